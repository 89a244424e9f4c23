/* SPDX-License-Identifier: BSL-1.0 */
/* tests/c/c11.c: the header read by a C compiler, and a call of every function from C: with what
 * is wrong with it, for there is nothing to crash on. */
#include <quytrinh/quytrinh.h>

#include <stdio.h>
#include <string.h>

static int failures = 0;

static void expect(int32_t code, int32_t wanted, const char* what) {
    if (code == wanted) return;
    printf("%s: %d, not %d\n", what, (int)code, (int)wanted);
    ++failures;
}

#define NOBODY(call) expect((call), QUYTRINH_INVALID_ARGUMENT, #call)

static int32_t row(void* user, const char* json, size_t size) {
    (void)user, (void)json, (void)size;
    return 1;
}

int main(void) {
    quytrinh_office* office = NULL;
    quytrinh_error* error = NULL;
    quytrinh_text* text = NULL;
    quytrinh_text* json = NULL;
    const char* data = NULL;
    size_t size = 0;
    int64_t now = 0;
    uint64_t live = 99;
    const char* ask = "{\"query\":\"store\"}";

    if (quytrinh_abi_version() != QUYTRINH_ABI_VERSION) ++failures;
    if (strcmp(quytrinh_version(), "1.0.0") != 0) ++failures;
    expect(quytrinh_release(NULL), QUYTRINH_OK, "release(NULL)");
    expect(quytrinh_live_handles(&live), QUYTRINH_OK, "live");
    if (live != 0) ++failures;

    NOBODY(quytrinh_live_handles(NULL));
    NOBODY(quytrinh_release(&now));
    NOBODY(quytrinh_text_get(NULL, &data, &size));
    NOBODY(quytrinh_error_message(NULL, QUYTRINH_EN, &text));
    NOBODY(quytrinh_error_json(NULL, QUYTRINH_EN, &text));
    NOBODY(quytrinh_open(NULL, 0, NULL, NULL, &office));
    NOBODY(quytrinh_open("memory:", 7, NULL, NULL, NULL));
    NOBODY(quytrinh_now(NULL, NULL, &now));
    NOBODY(quytrinh_set_clock(NULL, 0, NULL));
    NOBODY(quytrinh_backup(NULL, "x", 1, NULL));
    NOBODY(quytrinh_check_store(NULL, NULL));
    NOBODY(quytrinh_add(NULL, NULL, 0, NULL, 0, NULL, NULL, QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_check(NULL, NULL, 0, NULL, 0, NULL, NULL, QUYTRINH_VI, NULL, NULL));
    NOBODY(quytrinh_draw(NULL, "A", 1, QUYTRINH_SVG, QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_add_calendars(NULL, NULL, 0, NULL, 0, NULL, &text));
    NOBODY(quytrinh_default_calendar(NULL, "A", 1, NULL));
    NOBODY(quytrinh_switch_calendar(NULL, "A", 1, "B", 1, 1, NULL));
    NOBODY(quytrinh_set_table(NULL, "A", 1, row, NULL, NULL, NULL));
    NOBODY(quytrinh_due(NULL, NULL, 0, QUYTRINH_VI, NULL, NULL));
    NOBODY(quytrinh_execute(NULL, ask, strlen(ask), NULL, &text));
    NOBODY(quytrinh_execute_all(NULL, ask, strlen(ask), QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_query(NULL, ask, strlen(ask), QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_verify(NULL, "A", 1, NULL));
    NOBODY(quytrinh_run_due(NULL, 0, QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_on_notification(NULL, NULL, NULL, NULL, QUYTRINH_VI, NULL));
    NOBODY(quytrinh_pull(NULL, 0, QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_take(NULL, 0, 0, QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_settle(NULL, "{}", 2, NULL, &text));
    NOBODY(quytrinh_rewrite(NULL, NULL, 0, NULL, 0, NULL, NULL, NULL, 0, QUYTRINH_VI, NULL, NULL));
    NOBODY(quytrinh_test(NULL, NULL, 0, NULL, 0, NULL, NULL, NULL, 0, NULL, NULL, QUYTRINH_VI, NULL,
                         NULL));
    NOBODY(quytrinh_ask(NULL, NULL, 0, QUYTRINH_VI, NULL, NULL));
    NOBODY(quytrinh_offer_again(NULL, NULL, 0, NULL, &live));
    NOBODY(quytrinh_pass_to(NULL, 0, QUYTRINH_VI, NULL, &text));
    NOBODY(quytrinh_reply_text(NULL, "A", 1));
    NOBODY(quytrinh_reply_member(NULL, "A", 1, 0, 0));

    /* A store that is there, and one that is not. */
    expect(quytrinh_open("memory:", 7, NULL, &error, &office), QUYTRINH_OK, "open");
    if (error != NULL || office == NULL) ++failures;
    expect(quytrinh_query(office, ask, strlen(ask), QUYTRINH_EN, &error, &json), QUYTRINH_OK,
           "query");
    expect(quytrinh_text_get(json, &data, &size), QUYTRINH_OK, "text");
    if (size < 2 || data[size] != '\0' || strstr(data, "\"kind\":\"memory\"") == NULL) ++failures;
    expect(quytrinh_query(office, "{}", 2, QUYTRINH_EN, &error, &text), QUYTRINH_BAD_JSON, "{}");
    if (error == NULL || text != NULL) ++failures;
    expect(quytrinh_error_message(error, QUYTRINH_VI, &text), QUYTRINH_OK, "message");
    /* In any order: the office before what came of it. */
    expect(quytrinh_release(office), QUYTRINH_OK, "release office");
    expect(quytrinh_release(error), QUYTRINH_OK, "release error");
    expect(quytrinh_release(json), QUYTRINH_OK, "release json");
    expect(quytrinh_release(text), QUYTRINH_OK, "release text");
    NOBODY(quytrinh_release(text));
    expect(quytrinh_live_handles(&live), QUYTRINH_OK, "live");
    if (live != 0) ++failures;
    if (failures == 0) puts("c11: done");
    return failures;
}
