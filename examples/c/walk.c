/* SPDX-License-Identifier: BSL-1.0 */
/* A case of QT.HTKH.03 from its request to its report, in C; on a clock that is set by hand, so
 * that it prints the same every day. Usage: walk FILE
 *
 *   this program ── commands as JSON ──► quytrinh.h ── one atomic write each ──► FILE
 *        ▲                                   │
 *        └────── notifications as JSON ◄─────┘
 */
#include <quytrinh/quytrinh.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static quytrinh_office* office = NULL;
static char case_id[64] = "";
static int told = 0;

/* Ends the program with what the library says, in Vietnamese. */
static void check(int32_t code, quytrinh_error** error) {
    quytrinh_text* message = NULL;
    const char* text = "";
    size_t size = 0;
    if (code == QUYTRINH_OK) return;
    if (error != NULL && quytrinh_error_message(*error, QUYTRINH_VI, &message) == QUYTRINH_OK)
        quytrinh_text_get(message, &text, &size);
    fprintf(stderr, "%d: %s\n", (int)code, text);
    quytrinh_release(message);
    if (error != NULL) quytrinh_release(*error);
    quytrinh_release(office);
    exit(1);
}

/* The text of a member, copied; a host of its own would use its JSON library. */
static void member(const char* json, const char* name, char* out, size_t room) {
    char key[40];
    const char* at;
    size_t n = 0;
    snprintf(key, sizeof key, "\"%s\":\"", name);
    at = strstr(json, key);
    if (at != NULL)
        for (at += strlen(key); *at != '"' && *at != '\0' && n + 1 < room; ++at) out[n++] = *at;
    out[n] = '\0';
}

static int32_t tell(void* user, const char* json, size_t size) {
    (void)user, (void)json, (void)size;
    ++told;
    return 0;
}

/* A command; its members but for the case. */
static void send(const char* members) {
    quytrinh_error* error = NULL;
    quytrinh_text* answer = NULL;
    const char* json = NULL;
    size_t size = 0;
    char command[2000];
    const char* before = case_id[0] == '\0' ? "" : "\"case\":\"";
    const char* after = case_id[0] == '\0' ? "" : "\",";
    const int length =
        snprintf(command, sizeof command, "{%s%s%s%s}", before, case_id, after, members);
    if (length < 0 || (size_t)length >= sizeof command) exit(2);
    check(quytrinh_execute(office, command, (size_t)length, &error, &answer), &error);
    check(quytrinh_text_get(answer, &json, &size), NULL);
    if (case_id[0] == '\0') member(json, "case", case_id, sizeof case_id);
    quytrinh_release(answer);
}

/* Days from the beginning, at an hour of the day. */
static void now(int day, int hour) {
    quytrinh_error* error = NULL;
    quytrinh_text* report = NULL;
    const int64_t hours = (int64_t)day * 24 + hour - 8;
    const int64_t begin_us = INT64_C(1702256400000000); /* 2023-12-11T08:00:00+07:00 */
    check(quytrinh_set_clock(office, begin_us + hours * INT64_C(3600000000), &error), &error);
    check(quytrinh_run_due(office, 0, QUYTRINH_VI, &error, &report), &error);
    quytrinh_release(report);
}

/* What is open now, and until when. */
static void show(const char* what) {
    quytrinh_error* error = NULL;
    quytrinh_text* answer = NULL;
    const char* json = NULL;
    size_t size = 0;
    char request[200], task[40], unit[80], due[40];
    const int length =
        snprintf(request, sizeof request,
                 "{\"query\":\"tasks\",\"case\":\"%s\",\"relation\":\"lead\"}", case_id);
    check(quytrinh_query(office, request, (size_t)length, QUYTRINH_VI, &error, &answer), &error);
    check(quytrinh_text_get(answer, &json, &size), NULL);
    member(json, "task", task, sizeof task);
    member(json, "unit", unit, sizeof unit);
    member(json, "due", due, sizeof due);
    if (task[0] == '\0')
        printf("%s: hồ sơ kết thúc\n", what);
    else
        printf("%s: bước %s ở %s, hạn %s\n", what, task, unit, due[0] == '\0' ? "không nêu" : due);
    quytrinh_release(answer);
}

int main(int argc, char** argv) {
    quytrinh_open_options trial = {0};
    quytrinh_error* error = NULL;
    char uri[1000];
    if (argc != 2) return 2;
    trial.size = sizeof trial;
    trial.flags = QUYTRINH_MANUAL_CLOCK | QUYTRINH_SEEDED;
    trial.clock_us = INT64_C(1702256400000000);
    trial.seed = 1;
    snprintf(uri, sizeof uri, "sqlite:%s", argv[1]);
    check(quytrinh_open(uri, strlen(uri), &trial, &error, &office), &error);
    check(quytrinh_on_notification(office, tell, NULL, NULL, QUYTRINH_VI, &error), &error);

    send(
        "\"command\":\"open\",\"procedure\":\"QT.HTKH.03\",\"by\":\"ĐVYC/nv01\","
        "\"bind\":[{\"role\":\"ĐVTH\",\"unit\":\"P.HTKH\"}]");
    send(
        "\"command\":\"complete\",\"task\":\"1\",\"by\":\"ĐVYC/nv01\",\"confirmed\":{\"all\":true},"
        "\"fields\":[{\"field\":\"Loại yêu cầu\",\"value\":\"Truyền thông\"},"
        "{\"field\":\"Thông tin SPDV\",\"value\":\"phần mềm hồ sơ sức khỏe\"},"
        "{\"field\":\"Đầu mối của ĐVYC\",\"value\":\"nv01, máy lẻ 12\"}]");
    show("Đã gửi yêu cầu");
    now(8, 9);
    send("\"command\":\"complete\",\"task\":\"2\",\"by\":\"P.HTKH/nv07\",\"outcome\":\"OK\"");
    show("Đã tiếp nhận");
    now(9, 15);
    send(
        "\"command\":\"complete\",\"task\":\"3\",\"by\":\"P.HTKH/nv07\","
        "\"fields\":[{\"field\":\"Ngày hoàn thành\",\"value\":\"31/01/2024\"}]");
    show("Đã lập kế hoạch");
    now(17, 14);
    send("\"command\":\"complete\",\"task\":\"4\",\"by\":\"LĐTT/gd01\",\"outcome\":\"OK\"");
    show("Đã duyệt");
    now(50, 16);
    send("\"command\":\"complete\",\"task\":\"5\",\"by\":\"P.HTKH/nv07\"");
    show("Đã thực hiện");
    now(52, 9);
    send(
        "\"command\":\"complete\",\"task\":\"6\",\"by\":\"P.HTKH/nv07\","
        "\"fields\":[{\"field\":\"Kết quả thực hiện\",\"value\":\"đã tập huấn\"}]");
    send("\"command\":\"complete\",\"task\":\"6\",\"by\":\"ĐVYC/nv01\"");
    show("Đã báo cáo");

    check(quytrinh_verify(office, case_id, strlen(case_id), &error), &error);
    printf("%d thông báo, chuỗi băm đúng\n", told);
    return quytrinh_release(office);
}
