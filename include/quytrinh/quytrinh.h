/* SPDX-License-Identifier: BSL-1.0 */
// quytrinh/quytrinh.h: the library for every language, in C11 (component `c`).
#pragma once

#include <quytrinh/errors.h>

#include <stddef.h>
#include <stdint.h>

/* Conventions. They hold for every function here; a comment below says only what is particular.
 *
 *  1. Every function but quytrinh_abi_version and quytrinh_version returns QUYTRINH_OK (0) or one
 *     of the numbers of quytrinh/errors.h, which are those of the C++ library and never reused.
 *  2. A handle names an object in a table; it is no address. NULL, a handle that was released, one
 *     of another kind and any other number are QUYTRINH_INVALID_ARGUMENT, never a crash. A number
 *     is not given twice in the life of a process.
 *  3. quytrinh_release takes any handle, in any order, and NULL. An object that another call is
 *     using lives until that call returns. Offices, texts and errors do not need each other.
 *  4. Texts are UTF-8 with their length in bytes; no terminating zero is asked for. NULL with
 *     length 0 is an empty text. Texts that are no UTF-8 are QUYTRINH_INVALID_UTF8.
 *  5. Results come last. They are set to NULL or 0 first, and left so when the call fails. A result
 *     that is a handle must be released; quytrinh_text_get gives its bytes.
 *  6. `error` may be NULL. Otherwise it is set to NULL, and on failure to an error object to be
 *     released, unless memory for it is missing too.
 *  7. Wide data is JSON, one line, as quytrinh/codec/json.hpp says: instants with their offset,
 *     decimals in quotation marks, at most 8 MiB and 20 levels deep from outside. A member that is
 *     not known is QUYTRINH_BAD_JSON. Readers must pass over members that they do not know.
 *  8. A struct of options begins with its size, so that it can grow: sizeof of it as the caller was
 *     compiled. What lies beyond is zero; what is zero has its default.
 *  9. Every function may be called from any thread at any time. The library starts no thread,
 *     prints nothing, installs no handler and never ends the process. No C++ exception leaves it.
 *     Do not cancel a thread (pthread_cancel) nor longjmp out of a callback inside a call.
 * 10. Callbacks are called on the thread that is inside a function of this library, with no lock
 *     held: they may call anything here, replace or remove themselves (and are still told what was
 *     taken for delivery before), and release the office. They return 0 for success. A C++
 *     exception that leaves one counts as a failure. What a callback is given is valid until it
 *     returns. `destroy` (may be NULL) is called with `user` exactly once, also when the function
 *     that takes it fails, on the thread that lets go last; of options only once their size is
 *     right.
 * 11. In a forked child every handle of the parent is QUYTRINH_FORKED, release included, which then
 *     does nothing. The child may open anew.
 * 12. The order of parameters and the numbers here do not change while quytrinh_abi_version() says
 *     the same; functions, flags and members of options structs may be added, which
 *     QUYTRINH_ABI_MINOR counts. "Since" names the version of the library that first has it. Stable
 *     is each function, type, enum and number of this header and of quytrinh/errors.h, none is
 *     experimental; what a comment does not date is of 1.0.
 */

#if defined(_WIN32) && defined(QUYTRINH_C_BUILDING)
#    define QUYTRINH_API __declspec(dllexport)
#elif defined(_WIN32) && !defined(QUYTRINH_C_STATIC)
#    define QUYTRINH_API __declspec(dllimport)
#elif defined(__GNUC__)
#    define QUYTRINH_API __attribute__((visibility("default")))
#else
#    define QUYTRINH_API
#endif

#define QUYTRINH_ABI_VERSION 1
#define QUYTRINH_ABI_MINOR 0

#ifdef __cplusplus
extern "C" {
#endif

/** A store and the procedures that run on it. Since 1.0, as the handles below. */
typedef struct quytrinh_office quytrinh_office;
/** Bytes that a call gave. */
typedef struct quytrinh_text quytrinh_text;
/** Why a call failed. */
typedef struct quytrinh_error quytrinh_error;
/** Where a callback puts its answer; valid only until the callback returns. */
typedef struct quytrinh_reply quytrinh_reply;

/** Language of messages; the parameter `words`. Since 1.0. */
typedef enum quytrinh_words { QUYTRINH_VI = 0, QUYTRINH_EN = 1 } quytrinh_words;

/** What quytrinh_draw draws; its parameter `kind`. Since 1.0. */
typedef enum quytrinh_drawing {
    QUYTRINH_SVG = 0,
    QUYTRINH_DOT = 1,
    QUYTRINH_MERMAID = 2
} quytrinh_drawing;

/** Flags of quytrinh_open_options. Since 1.0. */
typedef enum quytrinh_open_flag {
    QUYTRINH_MANUAL_CLOCK = 1, /**< a trial store whose clock is set by hand, from `clock_us` on */
    QUYTRINH_SEEDED = 2,       /**< entropy from `seed`; with a manual clock only */
    QUYTRINH_EXISTING = 4,     /**< sqlite: do not make the file */
    QUYTRINH_READ_ONLY = 8,    /**< sqlite: only look */
    QUYTRINH_WEAK = 16,        /**< sqlite: settings that do not guarantee durability are taken */
    QUYTRINH_NO_BUNDLED = 32,  /**< start without the procedures and calendars that ship */
    QUYTRINH_UNCHECKED = 64    /**< sqlite: do not read the file through when it is opened */
} quytrinh_open_flag;

/** Whatever belongs to `user` is let go. Since 1.0. */
typedef void (*quytrinh_destroy_fn)(void* user);
/** One notification as JSON: key, kind, case, task, to, text … Delivered at least once, in event
 *  order per case; `key` is the same every time. Not 0: it is offered again later. Since 1.0. */
typedef int32_t (*quytrinh_notification_fn)(void* user, const char* json, size_t size);
/** The units of a person, each by quytrinh_reply_member. Since 1.0. */
typedef int32_t (*quytrinh_members_fn)(void* user, const char* person, size_t size,
                                       quytrinh_reply* reply);
/** The text of an import, by quytrinh_reply_text. Not 0: there is none. Since 1.0. */
typedef int32_t (*quytrinh_import_fn)(void* user, const char* name, size_t size,
                                      quytrinh_reply* reply);
/** 1: the table has this row (a JSON list of values), 0: it has not; below 0: failed. Since 1.0. */
typedef int32_t (*quytrinh_row_fn)(void* user, const char* row, size_t size);
/** How far quytrinh_test has come: cases or moves made, and what was found or is left. Not 0: it
 *  stops with QUYTRINH_HOST_CALLBACK_FAILED. Since 1.0. */
typedef int32_t (*quytrinh_progress_fn)(void* user, uint64_t done, uint64_t found);

/** See convention 8; C++: quytrinh::memory_options, sqlite_options, limits. Since 1.0. */
typedef struct quytrinh_open_options {
    size_t size;           /**< sizeof(quytrinh_open_options) */
    uint32_t flags;        /**< of quytrinh_open_flag, added up */
    uint32_t lock_wait_ms; /**< sqlite: 5,000 unless said */
    uint32_t statement_ms; /**< sqlite: 30,000 unless said */
    uint32_t reserved;     /**< 0 */
    int64_t clock_us;      /**< microseconds since 1970-01-01T00:00:00Z */
    uint64_t seed;
    uint64_t check_bytes; /**< sqlite: files up to this are read through; 32 MiB unless said */
    const char* tenant;   /**< "main" unless said */
    size_t tenant_size;
    const char* limits; /**< JSON object of names of quytrinh/base/limits.hpp and numbers */
    size_t limits_size;
    quytrinh_members_fn members; /**< who belongs where; NULL: the host's own word is trusted */
    void* members_user;
    quytrinh_destroy_fn members_destroy;
} quytrinh_open_options;

/* -- the library ------------------------------------------------------------------------------ */

/** QUYTRINH_ABI_VERSION of the library that was loaded; a caller compares it with its own. Since
 *  1.0. */
QUYTRINH_API uint32_t quytrinh_abi_version(void);
/** "1.0.0", with a terminating zero; never released. Since 1.0. */
QUYTRINH_API const char* quytrinh_version(void);
/** Lets an object of any kind go. Since 1.0. */
QUYTRINH_API int32_t quytrinh_release(void* handle);
/** How many objects this process has not released: for tests of leaks. Since 1.0. */
QUYTRINH_API int32_t quytrinh_live_handles(uint64_t* count);
/** The bytes of a text, with a zero after them that `size` does not count. Valid until the text is
 *  released. Since 1.0. */
QUYTRINH_API int32_t quytrinh_text_get(quytrinh_text* text, const char** data, size_t* size);
/** One sentence, with who could act instead. Since 1.0. */
QUYTRINH_API int32_t quytrinh_error_message(quytrinh_error* error, int32_t words,
                                            quytrinh_text** message);
/** code, name, message, args, who_could; of a wrong text also errors, warnings and diagnostics with
 *  file, line, column, message, help. Since 1.0. */
QUYTRINH_API int32_t quytrinh_error_json(quytrinh_error* error, int32_t words,
                                         quytrinh_text** json);

/* -- offices ---------------------------------------------------------------------------------- */

/** Opens a store by its address: `memory:` or `sqlite:FILE`, a path as it stands. `options` may be
 *  NULL. C++: open_memory, open_sqlite, runtime. Since 1.0. */
QUYTRINH_API int32_t quytrinh_open(const char* uri, size_t uri_size,
                                   const quytrinh_open_options* options, quytrinh_error** error,
                                   quytrinh_office** office);
/** Microseconds since 1970 by the store's clock. Since 1.0. */
QUYTRINH_API int32_t quytrinh_now(quytrinh_office* office, quytrinh_error** error, int64_t* now_us);
/** Manual clocks only (QUYTRINH_CLOCK_DIFFERS): moves it forward, never back. Since 1.0. */
QUYTRINH_API int32_t quytrinh_set_clock(quytrinh_office* office, int64_t to_us,
                                        quytrinh_error** error);
/** A consistent copy of a SQLite store in use; C++: backup_sqlite. Since 1.0. */
QUYTRINH_API int32_t quytrinh_backup(quytrinh_office* office, const char* path, size_t path_size,
                                     quytrinh_error** error);
/** Reads a SQLite store through; C++: check_sqlite. Since 1.0. */
QUYTRINH_API int32_t quytrinh_check_store(quytrinh_office* office, quytrinh_error** error);

/* -- procedures and calendars ----------------------------------------------------------------- */

/** Reads, checks and adds a procedure or a library; the answer has code, title and the diagnostics
 *  that did not stop it. `name` is shown in diagnostics. `import` may be NULL: the texts that ship
 *  can be imported; it is not called after this returns. Since 1.0. */
QUYTRINH_API int32_t quytrinh_add(quytrinh_office* office, const char* name, size_t name_size,
                                  const char* text, size_t text_size, quytrinh_import_fn import,
                                  void* import_user, int32_t words, quytrinh_error** error,
                                  quytrinh_text** json);
/** Everything that is wrong with a text: ok, errors, warnings, hints, diagnostics. Wrong texts are
 *  no failure of this call. `office` may be NULL: only the bundled procedures are known. Since
 *  1.0. */
QUYTRINH_API int32_t quytrinh_check(quytrinh_office* office, const char* name, size_t name_size,
                                    const char* text, size_t text_size, quytrinh_import_fn import,
                                    void* import_user, int32_t words, quytrinh_error** error,
                                    quytrinh_text** json);
/** Writes a text anew; nothing else is changed. `request` says how: {"do":"fix"} puts in the fixes
 *  that are safe, {"do":"format"} lays it out, {"do":"translate","to":"en"} writes it in the other
 *  dialect, {"do":"mend"} has its scenarios say what really happens. The answer has `text`,
 *  `changed`, and what was done. `office`, `name` and `import` as in quytrinh_check. Since 1.0. */
QUYTRINH_API int32_t quytrinh_rewrite(quytrinh_office* office, const char* name, size_t name_size,
                                      const char* text, size_t text_size, quytrinh_import_fn import,
                                      void* import_user, const char* request, size_t request_size,
                                      int32_t words, quytrinh_error** error, quytrinh_text** json);
/** Tests a procedure in offices of its own, in virtual time; nothing is kept. {"do":"run"} carries
 *  out the scenarios of `text`, {"do":"generate"} makes scenarios that cover a procedure,
 *  {"do":"explore"} looks for dead ends by random walks; the last two take the procedure of `text`,
 *  or with an empty one {"procedure":"QT.HTKH.03"}. `office` (may be NULL) gives the procedures and
 *  calendars that are known. `progress` may be NULL; it is called on this thread. Blocks as long as
 *  the bounds in `request` allow. bindings/c/README.md has all members. Since 1.0. */
QUYTRINH_API int32_t quytrinh_test(quytrinh_office* office, const char* name, size_t name_size,
                                   const char* text, size_t text_size, quytrinh_import_fn import,
                                   void* import_user, const char* request, size_t request_size,
                                   quytrinh_progress_fn progress, void* progress_user,
                                   int32_t words, quytrinh_error** error, quytrinh_text** json);
/** Asks about days, texts and proofs, of which no case needs to be there:
 *  {"ask":"working_day","day":"2024-04-29"}, {"ask":"chain", …}. What can be asked:
 *  bindings/c/README.md. `office` may be NULL: what ships is known. Since 1.0. */
QUYTRINH_API int32_t quytrinh_ask(quytrinh_office* office, const char* request, size_t request_size,
                                  int32_t words, quytrinh_error** error, quytrinh_text** json);
/** Draws a procedure by its code. Since 1.0. */
QUYTRINH_API int32_t quytrinh_draw(quytrinh_office* office, const char* code, size_t code_size,
                                   int32_t kind, int32_t words, quytrinh_error** error,
                                   quytrinh_text** drawing);
/** Adds every calendar of a calendar file; gives their codes. Since 1.0. */
QUYTRINH_API int32_t quytrinh_add_calendars(quytrinh_office* office, const char* name,
                                            size_t name_size, const char* text, size_t text_size,
                                            quytrinh_error** error, quytrinh_text** json);
/** The calendar of procedures that name none. Since 1.0. */
QUYTRINH_API int32_t quytrinh_default_calendar(quytrinh_office* office, const char* code,
                                               size_t code_size, quytrinh_error** error);
/** Turns a switch of a calendar (`lựa chọn`) on or off. Since 1.0. */
QUYTRINH_API int32_t quytrinh_switch_calendar(quytrinh_office* office, const char* code,
                                              size_t code_size, const char* name, size_t name_size,
                                              int32_t on, quytrinh_error** error);
/** The rows of a lookup table that the host keeps. Since 1.0. */
QUYTRINH_API int32_t quytrinh_set_table(quytrinh_office* office, const char* code, size_t code_size,
                                        quytrinh_row_fn has_row, void* user,
                                        quytrinh_destroy_fn destroy, quytrinh_error** error);
/** Counts a limit, and why: {"limit":"chậm nhất 03 ngày làm việc","from":"2024-04-26T08:00+07:00",
 *  "rule":"blds_2015","calendar":"HC.VN"}. `rule` and `calendar` may be left out. `office` may be
 *  NULL: the calendars that ship. Since 1.0. */
QUYTRINH_API int32_t quytrinh_due(quytrinh_office* office, const char* request, size_t request_size,
                                  int32_t words, quytrinh_error** error, quytrinh_text** json);

/* -- cases ------------------------------------------------------------------------------------ */

/** One command: {"command":"open","procedure":"QT.HTKH.03","by":{"unit":"ĐVYC","person":"nv01"}},
 *  {"command":"complete","case":"…","task":"1", …}. The answer has case, version, opened, ended and
 *  the command's id. Send the same id again after QUYTRINH_OUTCOME_UNKNOWN. Since 1.0. */
QUYTRINH_API int32_t quytrinh_execute(quytrinh_office* office, const char* command,
                                      size_t command_size, quytrinh_error** error,
                                      quytrinh_text** json);
/** A JSON list of commands, committed together where the store can; the answer has for each either
 *  {"result":…} or {"error":…}. At most 1,000. Since 1.0. */
QUYTRINH_API int32_t quytrinh_execute_all(quytrinh_office* office, const char* commands,
                                          size_t commands_size, int32_t words,
                                          quytrinh_error** error, quytrinh_text** json);
/** Asks without changing anything: {"query":"tasks","unit":"ĐVTH","limit":50,"cursor":""}. The
 *  queries and their members: bindings/c/README.md. Pages have `rows` and `next`, which is the
 *  cursor of the next page, empty after the last. Since 1.0. */
QUYTRINH_API int32_t quytrinh_query(quytrinh_office* office, const char* request,
                                    size_t request_size, int32_t words, quytrinh_error** error,
                                    quytrinh_text** json);
/** Recomputes the chain of a case and folds its events anew; a case that does not fit is
 *  quarantined. Since 1.0. */
QUYTRINH_API int32_t quytrinh_verify(quytrinh_office* office, const char* case_id,
                                     size_t case_id_size, quytrinh_error** error);
/** Fires timers, carries out links, delivers notifications, at most `batch` of each (0: 100). The
 *  answer counts them; `more` asks to call again. Since 1.0. */
QUYTRINH_API int32_t quytrinh_run_due(quytrinh_office* office, uint32_t batch, int32_t words,
                                      quytrinh_error** error, quytrinh_text** json);
/** Has notifications told to `tell`, after the commit and before the command returns, or by
 *  quytrinh_run_due. Takes the place of the one before; NULL: they wait. `words` is the language of
 *  their sentence. Since 1.0. */
QUYTRINH_API int32_t quytrinh_on_notification(quytrinh_office* office,
                                              quytrinh_notification_fn tell, void* user,
                                              quytrinh_destroy_fn destroy, int32_t words,
                                              quytrinh_error** error);
/** Takes up to `limit` notifications (0: 100) for `lease_ms` (0: 60,000; at most a day):
 *  {"notifications":[…]}, each with a `receipt`; empty when there is nothing to take just now.
 *  Nobody else is given them meanwhile, in whatever process. What quytrinh_settle has not confirmed
 *  by then is given to the next who asks, so each is told at least once, whoever dies in between.
 *  Those of a case come in order. Timers and links are quytrinh_run_due's. C++: runtime::take.
 *  Since 1.0. */
QUYTRINH_API int32_t quytrinh_take(quytrinh_office* office, uint32_t limit, uint32_t lease_ms,
                                   int32_t words, quytrinh_error** error, quytrinh_text** json);
/** Says what became of what was taken, in any process:
 *  {"confirm":["receipt",…],"give_back":[{"receipt":…,"why":…},…]}, 1,000 at most. What is given
 *  back is offered again later, with all others of its case that are held and not confirmed, and
 *  set aside after too many attempts. The answer: {"confirmed":2,"given_back":0,"lapsed":[…]};
 *  `lapsed` are receipts whose lease was over (or that were settled before): those notifications
 *  are told again. When it fails, some may have been confirmed. C++: runtime::confirm, give_back.
 *  Since 1.0. */
QUYTRINH_API int32_t quytrinh_settle(quytrinh_office* office, const char* request,
                                     size_t request_size, quytrinh_error** error,
                                     quytrinh_text** json);
/** quytrinh_run_due, quytrinh_take and the confirmation of all in one:
 *  {"report":…,"notifications":[…]}. They count as delivered before the host has dealt with any, so
 *  each is told at most once: a program that ends meanwhile has lost what it was handed, at most
 *  `batch`. While more timers or links than `batch` are due only these are worked on, and `more`
 *  asks to call again. QUYTRINH_STORE_BUSY while a callback is set. Since 1.0. */
QUYTRINH_API int32_t quytrinh_pull(quytrinh_office* office, uint32_t batch, int32_t words,
                                   quytrinh_error** error, quytrinh_text** json);

/** Takes notifications that were set aside back into the queue: the one of this `key`, with an
 *  empty key all of them; gives how many. QUYTRINH_NOT_FOUND for a key of which nothing is set
 *  aside. C++: runtime::offer_again. Since 1.0. */
QUYTRINH_API int32_t quytrinh_offer_again(quytrinh_office* office, const char* key, size_t key_size,
                                          quytrinh_error** error, uint64_t* count);
/** Manual clocks only: lets time pass up to a moment, stopping at everything that falls due on the
 *  way and doing it, as quytrinh_run_due would have at that moment; so a test lives through a year.
 *  The answer is the report of all of it. QUYTRINH_LIMIT_EXCEEDED after 100,000 timers. Since
 *  1.0. */
QUYTRINH_API int32_t quytrinh_pass_to(quytrinh_office* office, int64_t to_us, int32_t words,
                                      quytrinh_error** error, quytrinh_text** json);

/* -- what callbacks answer ------------------------------------------------------------------- */

/** The text that was asked for. Since 1.0. */
QUYTRINH_API int32_t quytrinh_reply_text(quytrinh_reply* reply, const char* text, size_t text_size);
/** One unit of the person that was asked for; `unit_version` counts changes of that unit, or is 0.
 *  Since 1.0. */
QUYTRINH_API int32_t quytrinh_reply_member(quytrinh_reply* reply, const char* unit,
                                           size_t unit_size, int32_t head, uint64_t unit_version);

#ifdef __cplusplus
}
#endif
