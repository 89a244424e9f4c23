// SPDX-License-Identifier: BSL-1.0
// tests/runtime/identity.cpp: one person, unit or file number typed in two Unicode forms is one,
// and what only looks the same is refused. Keyboards that compose and the file names of some
// systems give the decomposed form every day.
#include <quytrinh/runtime/runtime.hpp>

#include <quytrinh/engine/kernel.hpp>

#include "office.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/option.hpp>

using namespace office_of;

namespace {

// The same names twice: composed, and with their marks apart.
const char* const unit_nfc = "P.KẾ";
const char* const unit_nfd = "P.KE\u0302\u0301";
const char* const hai_nfc = "P.KẾ/hải";
const char* const hai_nfd = "P.KE\u0302\u0301/ha\u0309i";

constexpr std::string_view checked_text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.KT "Kiểm tra"
  một ngày là ngày lịch
vai trò A "Bên A"
vai trò B "Bên B"
vai trò N "Đơn vị được nêu"
  lấy theo "Đơn vị" trong F
biểu mẫu F "Phiếu"
  thông tin "Đơn vị" là đơn vị
  thông tin "Người" là người
bước 1 "Làm"
  chủ trì A
  lập F
  thời hạn không nêu
  xong → bước 2
bước 2 "Kiểm tra"
  chủ trì B
  khác người ở bước 1
  thời hạn không nêu
  xong → bước 3
bước 3 "Nhận"
  chủ trì N
  thời hạn không nêu
  xong → kết thúc
)";

struct two_forms : small_office {
    explicit two_forms(trust whom = trust_host) : small_office({}, std::move(whom)) {
        done(office.add(std::string(checked_text), "kt.quytrinh"));
    }
    case_id open_as(const char* by, const char* bound = unit_nfc) {
        open_options options;
        options.by = who(by);
        options.bind = {{"A", bound, {}}, {"B", bound, {}}};
        return done(office.open("QT.KT", options));
    }
    result<command_result> fill(const case_id& of, const char* by, const char* field,
                                const char* as, std::string id = {}) {
        complete_options options;
        options.by = who(by);
        options.fields = {{field, value{std::string(as)}}};
        options.id = command_id{std::move(id)};
        return office.complete(of, "1", options);
    }
};

}  // namespace

TEST_CASE("who may act does not hang on the form in which a name is typed") {
    REQUIRE(std::string(unit_nfc) != unit_nfd);
    REQUIRE(to_nfc(hai_nfd) == hai_nfc);
    for (const char* bound : {unit_nfc, unit_nfd}) {
        for (const char* by : {hai_nfc, hai_nfd}) {
            two_forms o;
            const case_id of = o.open_as(hai_nfc, bound);
            done(o.send(of, hai_nfc, command::claim{"1"}));
            // Taken by one person: the other form is that person, not somebody else.
            done(o.fill(of, by, "Đơn vị", unit_nfd));
            CHECK(o.state(of).tasks.front().closed_by == actor{unit_nfc, "hải"});
        }
    }
}

TEST_CASE("different persons are different persons, not different spellings") {
    two_forms o;
    const case_id of = o.open_as(hai_nfc);
    done(o.fill(of, hai_nfc, "Đơn vị", unit_nfc));
    for (const char* by : {hai_nfc, hai_nfd}) {
        const auto same = o.complete(of, "2", by);
        REQUIRE_FALSE(same.has_value());
        CHECK(same.error().code == errc::same_person);
    }
    done(o.complete(of, "2", "P.KẾ/hai"));  // without the mark it is another name
}

TEST_CASE("a unit that a field names has its tasks, in both forms of the question") {
    two_forms o;
    const case_id of = o.open_as(hai_nfc);
    done(o.fill(of, hai_nfc, "Đơn vị", "P.KE\u0302\u0301"));
    done(o.complete(of, "2", "P.KẾ/lan"));
    for (const char* unit : {unit_nfc, unit_nfd}) {
        task_query asked;
        asked.unit = unit;
        CHECK(done(o.office.tasks(asked)).size() == 1);
        asked.person = "ha\u0309i";
        CHECK(done(o.office.tasks(asked)).size() <= 1);
    }
    for (const char* by : {hai_nfc, hai_nfd}) {
        const auto may = done(o.office.options(of, who(by)));
        REQUIRE_FALSE(may.empty());
        CHECK(may.front().allowed);
    }
    done(o.complete(of, "3", hai_nfd));
}

TEST_CASE("a file number is taken in both forms and found in both") {
    small_office o;
    open_options options;
    options.by = who("A/x");
    options.reference = "Số 1/KẾ";
    const case_id of = done(o.office.open("QT.THU", options));
    options.reference = "So\u0302\u0301 1/KE\u0302\u0301";
    const auto again = o.office.open("QT.THU", options);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == errc::reference_taken);
    CHECK(again.error().args.front() == "Số 1/KẾ");
    for (const char* asked : {"Số 1/KẾ", "So\u0302\u0301 1/KE\u0302\u0301"}) {
        case_query which;
        which.reference = asked;
        const auto found = done(o.office.cases(which));
        REQUIRE(found.rows.size() == 1);
        CHECK(found.rows.front().id == of);
    }
}

TEST_CASE("a command sent again in the other form is the same command") {
    two_forms o;
    const case_id of = o.open_as(hai_nfc);
    const auto once = done(o.fill(of, hai_nfc, "Đơn vị", unit_nfc, "lệnh 1"));
    const auto twice = done(o.fill(of, hai_nfd, "\u0110o\u031Bn vi\u0323", unit_nfd, "lệnh 1"));
    CHECK(twice == once);
    const auto other = o.fill(of, hai_nfc, "Đơn vị", "P.KE", "lệnh 1");
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().code == errc::command_id_reused);
}

TEST_CASE("memberships that the host gives are compared in one form") {
    for (const char* unit : {unit_nfc, unit_nfd}) {
        two_forms o(trust{[&](const std::string& person) {
            CHECK(is_nfc(person));
            return std::vector<facts::membership>{{person, unit, false, 0}};
        }});
        const case_id of = o.open_as(hai_nfd);
        done(o.fill(of, hai_nfd, "Đơn vị", unit_nfc));
    }
}

TEST_CASE("what cannot be seen, a blank at an end and a slash make no other person") {
    struct row {
        const char* person;
        const char* character;
        const char* place;
    };
    const row rows[] = {
        {"hải ", "U+0020", "4"},           {" hải", "U+0020", "1"},
        {"h\u200Bải", "U+200B", "2"},      {"h\u202Eải", "U+202E", "2"},
        {"hải\n", "U+000A", "4"},          {"hải\t", "U+0009", "4"},
        {"hải/x", "U+002F", "4"},          {"h\u00ADải", "U+00AD", "2"},
        {"hải\u00A0", "U+00A0", "4"},      {"h\u2003ải", "U+2003", "2"},
        {"\U000E0041hải", "U+E0041", "1"}, {"hải\x7F", "U+007F", "4"},
    };
    two_forms o;
    const case_id of = o.open_as(hai_nfc);
    const auto refused = [&](const row& r, const char* part, const auto& answer) {
        CAPTURE(r.character);
        CAPTURE(part);
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == errc::id_character);
        CHECK(answer.error().args ==
              std::vector<std::string>{part, r.character, r.place, r.person});
        for (const auto lang : {language::vi, language::en}) {
            const std::string text = answer.error().text(lang);
            CHECK(text.find(r.character) != std::string::npos);
            CHECK(text.find("by.") == std::string::npos);  // a key, not a word
        }
    };
    for (const row& r : rows) {
        case_command what;
        what.target = of;
        what.by = {unit_nfc, r.person};
        what.body = command::claim{"1"};
        refused(r, "by.person", o.office.execute(what));
        what.by = {r.person, "x"};
        refused(r, "by.unit", o.office.execute(what));
        what.by = who(hai_nfc);
        what.body = command::assign{"1", {}, r.person, {}};
        refused(r, "person", o.office.execute(what));
        what.body = command::assign{"1", r.person, "x", {}};
        refused(r, "unit", o.office.execute(what));

        open_options options;
        options.by = who(hai_nfc);
        options.bind = {{"A", r.person, {}}};
        refused(r, "unit", o.office.open("QT.KT", options));
        options.bind = {{"A", unit_nfc, r.person}};
        refused(r, "person", o.office.open("QT.KT", options));
        if (std::string_view(r.character) == "U+002F") continue;
        options.bind = {};
        options.reference = r.person;
        refused(r, "reference", o.office.open("QT.KT", options));
    }
    // In a field, too; there the slash parts the unit from the person, and blanks around are none.
    for (const char* bad : {"h\u200Bải", "P.KẾ/h\u200Bải", "P.KẾ/hải/x", "P.KẾ/ hải"}) {
        const auto answer = o.fill(of, hai_nfc, "Người", bad);
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == errc::id_character);
        CHECK(answer.error().args.front() == "Người");
    }
    CHECK(o.state(of).version == 2);
    done(o.fill(of, hai_nfc, "Người", " P.KẾ/hải "));
}

TEST_CASE("a tenant is a name like the others") {
    CHECK_THROWS_AS(runtime(only_calendars(), open_memory({}), trust_host, "cơ quan\u200B"),
                    exception);
    runtime one(only_calendars(), open_memory({}), trust_host, "S\u01A1\u0309");
    CHECK(one.cases({}).has_value());
}
