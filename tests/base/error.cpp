// SPDX-License-Identifier: BSL-1.0
// tests/base/error.cpp: every error number has its name and its words in both languages.
#include <quytrinh/base/error.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace quytrinh;

namespace {
error make(errc code, std::vector<std::string> args, std::vector<std::string> who = {}) {
    error e;
    e.code = code;
    e.args = std::move(args);
    e.who_could = std::move(who);
    return e;
}
}  // namespace

TEST_CASE("an error says itself in two languages") {
    const error e = make(errc::task_not_open, {"5"});
    CHECK(name_of(e.code) == "task_not_open");
    CHECK(e.text() == "step 5 has no open task");
    CHECK(e.text(language::vi) == "bước 5 hiện không có việc nào đang mở");
}

TEST_CASE("a refusal names who could act instead") {
    const error one = make(errc::not_permitted, {"ĐVTH/nv07", "complete", "4"}, {"LĐTT"});
    CHECK(one.text() == "ĐVTH/nv07 may not complete the task at step 4; who could: LĐTT");
    const error two = make(errc::task_not_open, {"1"}, {"ĐVYC", "ĐVTH"});
    CHECK(two.text(language::vi) ==
          "bước 1 hiện không có việc nào đang mở; người có thể làm: ĐVYC, ĐVTH");
}

TEST_CASE("an act that concerns no step names none") {
    const error one = make(errc::not_permitted, {"LĐTT/gd01", "rút hồ sơ", ""}, {"ĐVYC"});
    CHECK(one.text(language::vi) == "LĐTT/gd01 không được rút hồ sơ; người có thể làm: ĐVYC");
    const error other = make(errc::tick_unknown, {"1", "lạ", ""});
    CHECK(other.text(language::vi) == "bước 1 không có điều kiện hay mục nào là “lạ”");
    const error bare = make(errc::not_permitted, {});
    CHECK(bare.text().find('[') == std::string::npos);
}

TEST_CASE("a refusal that many could do names some and counts the rest") {
    const error e = make(errc::task_not_open, {"1"}, std::vector<std::string>(40, "P"));
    const std::string text = e.text();
    CHECK(text.find("and 28 more") != std::string::npos);
    CHECK(text.size() < 200);
}

TEST_CASE("neutral keys are put into the words of the language asked for") {
    const error right = make(errc::right_not_written, {"QT.X", "open_linked", "3", "QT.Y"});
    CHECK(right.text() == "procedure QT.X does not allow opening procedure QT.Y at step 3");
    CHECK(right.text(language::vi) == "quy trình QT.X không cho phép mở quy trình QT.Y ở bước 3");
    // A key that is not known (of a newer store, say) is shown as it stands.
    CHECK(make(errc::case_not_open, {"archived"}).text() == "the case is already archived");
    // What has nothing to say is left out.
    CHECK(make(errc::not_permitted, {"X/b", "cancel", ""}).text() == "X/b may not cancel the case");
    CHECK(make(errc::not_permitted, {"X/b", "claim", "2"}).text(language::vi) ==
          "X/b không được nhận việc ở bước 2");
    const error lead = make(errc::binding_wrong, {"P", "", "no_such_lead", "A, B"});
    CHECK(lead.text() == "P cannot be bound: the next step has no such lead to choose, only: A, B");
    // An argument is never read as words with holes.
    CHECK(make(errc::not_found, {"{0} [0|x] {0:act}"}).text() == "{0} [0|x] {0:act} not found");
    CHECK(make(errc::invalid_argument, {"person", "[1|{1}]"}).text() ==
          "invalid argument: person “[1|{1}]”");
}

TEST_CASE("no sentence begins with nobody, or has words of the code in it") {
    // It was " không được mở hồ sơ ở bước 1", with a blank where the name was not given.
    const error nobody = make(errc::not_permitted, {"", "open", "1"});
    CHECK(nobody.text(language::vi) == "người chưa nêu tên không được mở hồ sơ ở bước 1");
    CHECK(nobody.text() == "a person who is not named may not open a case at step 1");
    // It was "dùng real, không dùng được với manual".
    const error clock = make(errc::clock_differs, {"real", "manual"});
    CHECK(clock.text(language::vi) ==
          "cơ sở dữ liệu này dùng đồng hồ thật, không dùng được với đồng hồ đặt tay");
    CHECK(clock.text() ==
          "this store runs on the real clock, it cannot be used with a clock that is set by hand");
    // It was "đối số không hợp lệ: not a store of open_sqlite".
    const error other = make(errc::invalid_argument, {"not a store of open_sqlite"});
    CHECK(other.text(language::vi) ==
          "đối số không hợp lệ: cơ sở dữ liệu này không phải tệp SQLite");
    CHECK(other.text() == "invalid argument: this store is not a SQLite file");
}

TEST_CASE("an amount that a rule cannot count is said in the language of who reads") {
    // The English message held "0,5 ngày làm việc", as the argument was made.
    const error half = make(errc::rule_mismatch, {"BLDS.2015", "0,5 working_day"});
    CHECK(half.text(language::vi) == "cách tính BLDS.2015 không tính được 0,5 ngày làm việc");
    CHECK(half.text() == "counting rule BLDS.2015 cannot count 0.5 working days");
    const error one = make(errc::rule_mismatch, {"giờ hành chính", "1 month"});
    CHECK(one.text(language::vi) == "cách tính giờ hành chính không tính được 1 tháng");
    CHECK(one.text() == "counting rule working time cannot count 1 month");
    // What older stores keep stands as it is.
    CHECK(make(errc::rule_mismatch, {"BLDS.2015", "0,5 ngày"}).text() ==
          "counting rule BLDS.2015 cannot count 0,5 ngày");
}

TEST_CASE("every reason of replay and of JSON has words in both languages") {
    const auto said = [](errc code, const char* fault) {
        return make(code, {fault}).text(language::vi);
    };
    CHECK(said(errc::store_corrupt, "event 4: nothing to claim") ==
          "dữ liệu hỏng: sự kiện 4: không có việc để nhận");
    CHECK(said(errc::store_corrupt, "ho-so.db: quick_check: row 3 missing from index i") ==
          "dữ liệu hỏng: ho-so.db: bộ kiểm tra của SQLite báo: row 3 missing from index i");
    CHECK(said(errc::bad_json, "/by: must be an object") ==
          "JSON không hợp lệ: /by: phải là đối tượng");
    CHECK(make(errc::bad_json, {"/by: must be an object"}).text() ==
          "invalid JSON: /by: must be an object");
}

TEST_CASE("what is wrong with stored bytes is said in one language, part by part") {
    const auto said = [](const char* fault) {
        return make(errc::store_corrupt, {fault}).text(language::vi);
    };
    CHECK(said("event 4: the hash does not fit") == "dữ liệu hỏng: sự kiện 4: mã băm không khớp");
    CHECK(said("event 12: payload, byte 3: cut off") ==
          "dữ liệu hỏng: sự kiện 12: nội dung, byte 3: bị cắt cụt");
    CHECK(said("event 2 of case abc is missing") == "dữ liệu hỏng: thiếu sự kiện 2 của hồ sơ abc");
    CHECK(said("a: b/cases.db: a list with a task that is not open") ==
          "dữ liệu hỏng: a: b/cases.db: danh sách có việc không mở");
    const error apart = make(errc::case_quarantined, {"abc", "head of case abc"});
    CHECK(apart.text(language::vi) ==
          "hồ sơ abc bị cách ly vì dữ liệu không nhất quán: dòng chính của hồ sơ abc không khớp "
          "lịch sử");
    CHECK(apart.text() ==
          "case abc is quarantined, its data is inconsistent: the main row of case abc does not "
          "fit its history");
    // Reasons that older stores keep, and words of a host.
    CHECK(make(errc::case_quarantined, {"abc", "corrupt data: event 4: the hash does not fit"})
              .text(language::vi) ==
          "hồ sơ abc bị cách ly vì dữ liệu không nhất quán: sự kiện 4: mã băm không khớp");
    CHECK(said("theo quyết định: event") == "dữ liệu hỏng: theo quyết định: event");
    // A hole takes a whole word, and what stood in it is never read as words with holes.
    CHECK(said("event ") == "dữ liệu hỏng: event ");
    CHECK(said("event {0}[1|x]") == "dữ liệu hỏng: sự kiện {0}[1|x]");
    CHECK(said("event 4\n") != "dữ liệu hỏng: sự kiện 4\n");
    CHECK(said(std::string(1 << 20, ':').c_str()).size() < 1000);
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += "event 1: ";
    CHECK(said(many.c_str()).size() < 2000);
    CHECK(make(errc::invalid_argument, {"head beside its opening"}).text(language::vi) ==
          "đối số không hợp lệ: dòng chính của hồ sơ không khớp lúc mở");
}

TEST_CASE("no officer reads the name of a bound or of a part of a command") {
    const char* const bounds[] = {"definition_bytes", "events_per_case", "history_bytes",
                                  "payload_bytes",    "open_tasks",      "command_id_bytes",
                                  "id_bytes",         "text_bytes",      "fields_per_command",
                                  "evaluation_steps", "limit_years",     "source_text",
                                  "events per case"};
    for (const char* name : bounds) {
        const error why = make(errc::limit_exceeded, {name, "7"});
        CAPTURE(name);
        CHECK(why.text(language::vi).find(name) == std::string::npos);
        CHECK(why.text(language::vi).find('_') == std::string::npos);
        CHECK(why.text(language::en).find('_') == std::string::npos);
    }
    CHECK(make(errc::limit_exceeded, {"text_bytes", "65536"}).text(language::vi) ==
          "vượt giới hạn số byte của một nội dung: cho phép 65536");
    CHECK(make(errc::invalid_argument, {"no_text"}).text(language::vi) ==
          "đối số không hợp lệ: thiếu nội dung");
    for (const char* part : {"no_text", "no_person", "no_file_name", "event_in_the_future",
                             "rows_in_rows", "opened_already", "last_confirms", "linked_already"}) {
        const error why = make(errc::invalid_argument, {part});
        CHECK(why.text(language::vi).find('_') == std::string::npos);
        CHECK(why.text(language::en).find('_') == std::string::npos);
    }
}

TEST_CASE("nothing from outside can add a line to a message") {
    const error e = make(errc::not_found, {"x\nlỗi: giả"}, {"A\r\nB", "\xE2\x80\xAE"});
    for (const auto words : {language::vi, language::en}) {
        const std::string text = e.text(words);
        CHECK(text.find('\n') == std::string::npos);
        CHECK(text.find('\r') == std::string::npos);
        CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
    }
    CHECK(make(errc::not_found, {std::string(1 << 20, 'x')}).text().size() < 1000);
}

TEST_CASE("every row: a name, words in both languages, the same holes in both, no full stop") {
    const auto holes = [](const std::string& text) {
        std::string found;
        for (char digit = '0'; digit <= '9'; ++digit)
            if (text.find(std::string{'{', digit, '}'}) != std::string::npos) found += digit;
        return found;
    };
    const errc all[] = {
#define QUYTRINH_ERROR(number, name, vi, en) errc::name,
#include <quytrinh/base/messages/errors.inc>
#undef QUYTRINH_ERROR
    };
    for (const errc code : all) {
        const std::string name{name_of(code)};
        CAPTURE(name);
        CHECK(name != "unknown");
        const std::string vi = make(code, {}).text(language::vi);
        const std::string en = make(code, {}).text(language::en);
        CHECK_FALSE(vi.empty());
        CHECK_FALSE(en.empty());
        CHECK(vi != en);
        CHECK(holes(vi) == holes(en));
        CHECK(vi.back() != '.');
        CHECK(en.back() != '.');
    }
}

TEST_CASE("a number without a row is still said") {
    const error e = make(static_cast<errc>(65'000), {});
    CHECK(name_of(e.code) == "unknown");
    CHECK(e.text() == "error 65000");
    CHECK(e.text(language::vi) == "lỗi 65000");
}

TEST_CASE("an exception carries its error, and copies share it") {
    const exception first{make(errc::conflict, {})};
    const exception second = first;
    CHECK(second.code() == errc::conflict);
    CHECK(&first.reason() == &second.reason());
    CHECK(std::string{second.what()} == first.reason().text());
    CHECK_THROWS_AS(throw second, std::runtime_error);
}
