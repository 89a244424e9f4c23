// SPDX-License-Identifier: BSL-1.0
// tests/runtime/runtime.cpp: commands, queries and identity of a runtime.
#include <quytrinh/runtime/runtime.hpp>

#include "office.hpp"
#include "wrapped_store.hpp"

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <cstdint>

using namespace office_of;

TEST_CASE("a case is opened, worked on and finished") {
    small_office o;
    const case_id of = o.open();
    CHECK(of.str().size() == 26);
    auto first = done(o.complete(of, "1", "A/nv01"));
    REQUIRE(first.opened.size() == 1);
    CHECK(to_string(first.opened[0]) == "2.1");
    CHECK_FALSE(first.id.empty());

    auto tasks = done(o.office.tasks({.unit = "B"}));
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].title() == "Xét");
    CHECK(tasks[0].key() == "2.1");
    CHECK(tasks[0].due() == "2023-12-14");
    CHECK(tasks[0].how == due_kind::counted);
    CHECK(tasks[0].entry.row.as == relation::lead);
    REQUIRE(done(o.office.tasks({.unit = "A"})).size() == 1);
    CHECK(done(o.office.tasks({.unit = "A"}))[0].entry.row.as == relation::coordinate);

    auto last = done(o.complete(of, "2", "B/nv02", "OK"));
    CHECK(last.ended);
    CHECK(last.end_kind == "Đạt");
    CHECK(o.state(of).status == case_status::ended);
    CHECK(done(o.office.tasks({})).empty());
    done(o.office.verify(of));
}

TEST_CASE(
    "the id of a case follows from the command that opened it, and repeating it finds the same "
    "case") {
    small_office o;
    open_options options;
    options.by = who("A/nv01");
    options.id = command_id{"opening-1"};
    const case_id of = done(o.office.open("QT.THU", options));
    CHECK(of == derive_case_id(o.office.caps().store_id, "main", options.id));
    CHECK(done(o.office.open("QT.THU", options)) == of);
    CHECK(o.state(of).version == done(o.office.history(of)).size());

    options.reference = "another";
    auto other = o.office.open("QT.THU", options);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == errc::command_id_reused);

    // A second runtime over the same store knows nothing beforehand.
    small_office again(o.keep);
    options.reference.clear();
    CHECK(done(again.office.open("QT.THU", options)) == of);
}

TEST_CASE("a repeated command answers the same and does nothing") {
    small_office o;
    const case_id of = o.open();
    const auto first = done(o.complete(of, "1", "A/nv01", {}, {}, "c1"));
    const auto version = o.state(of).version;
    const auto again = done(o.complete(of, "1", "A/nv01", {}, {}, "c1"));
    CHECK(again == first);
    CHECK(encode_result(again) == encode_result(first));
    CHECK(o.state(of).version == version);

    auto different = o.complete(of, "1", "A/nv09", {}, {}, "c1");
    REQUIRE_FALSE(different);
    CHECK(different.error().code == errc::command_id_reused);

    const auto stored = done(o.office.lookup(of, command_id{"c1"}));
    REQUIRE(stored.has_value());
    CHECK(*stored == first);
    CHECK_FALSE(done(o.office.lookup(of, command_id{"never"})).has_value());

    small_office other(o.keep);
    CHECK(done(other.complete(of, "1", "A/nv01", {}, {}, "c1")) == first);
}

TEST_CASE("only accepted commands consume their id") {
    small_office o;
    const case_id of = o.open();
    auto refused = o.complete(of, "2", "B/nv02", "OK", {}, "c1");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::task_not_open);
    done(o.complete(of, "1", "A/nv01"));
    done(o.complete(of, "2", "B/nv02", "OK", {}, "c1"));
}

TEST_CASE("a refusal leaves no trace but its record") {
    small_office o;
    const case_id of = o.open();
    const auto before = done(o.office.history(of)).size();
    for (int i = 0; i < 3; ++i) {
        auto refused = o.complete(of, "1", "C/nv03");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::not_permitted);
        CHECK_FALSE(refused.error().who_could.empty());
    }
    CHECK(done(o.office.history(of)).size() == before);
    const auto rows = done(o.office.refusals(of));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].count == 3);
    CHECK(rows[0].unit == "C");
    CHECK(rows[0].command == "complete");
    CHECK(rows[0].rule == static_cast<std::uint16_t>(errc::not_permitted));
}

TEST_CASE("a form that was filled against an older state is refused") {
    small_office o;
    const case_id of = o.open();
    const auto version = o.state(of).version;
    complete_options options;
    options.by = who("A/nv01");
    options.expected_version = version + 1;
    auto refused = o.office.complete(of, "1", options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::version_differs);
    options.expected_version = version;
    done(o.office.complete(of, "1", options));
    auto late = o.office.complete(of, "1", options);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == errc::version_differs);
}

TEST_CASE("a reference is unique and finds its case") {
    small_office o;
    open_options options;
    options.by = who("A/nv01");
    options.reference = "125/CV";
    const case_id of = done(o.office.open("QT.THU", options));
    auto second = o.office.open("QT.THU", options);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == errc::reference_taken);
    CHECK(second.error().args.at(1) == of.str());
    auto page = done(o.office.cases({.reference = "125/CV"}));
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0].id == of);
    // A case that never came to be leaves nothing but a line without a case.
    CHECK(done(o.office.refusals(case_id{})).size() == 1);
}

TEST_CASE("what no command may look like is refused before anything is read") {
    small_office o;
    const case_id of = o.open();
    const auto code = [](const auto& r) { return r.has_value() ? errc{} : r.error().code; };
    CHECK(code(o.complete(of, "1", "A/nv01", {}, {}, std::string(129, 'x'))) ==
          errc::limit_exceeded);
    CHECK(code(o.complete(of, "1", "A/nv01", {}, {}, "quytrinh-timer-x")) ==
          errc::invalid_argument);
    CHECK(code(o.complete(of, "1", "A/nv01", {}, "\xff")) == errc::invalid_utf8);
    CHECK(code(o.complete(of, "1", "A/nv01", {}, std::string("a\0b", 3))) == errc::invalid_utf8);
    CHECK(code(o.complete(of, "1", "A/nv01", {}, std::string(65u << 10, 'x'))) ==
          errc::limit_exceeded);
    CHECK(code(o.complete(of, "1", std::string(300, 'x').c_str())) == errc::limit_exceeded);
    CHECK(code(o.send(of, "A/nv01", command::timer_fired{"1"})) == errc::invalid_argument);
    CHECK(code(o.send(of, "A/nv01", command::link_report{})) == errc::invalid_argument);
    command::open stolen;
    stolen.procedure = "QT.THU";
    CHECK(code(o.send(of, "A/nv01", stolen, "x")) == errc::invalid_argument);
    stolen.parent = of;
    CHECK(code(o.send({}, "A/nv01", stolen)) == errc::invalid_argument);
    CHECK(code(o.send(case_id{"nowhere"}, "A/nv01", command::comment{{}, "x"})) == errc::not_found);
    CHECK(code(o.office.open("QT.KHONG", {.by = who("A/nv01")})) == errc::procedure_unknown);
    CHECK(code(o.office.find(case_id{"nowhere"})) == errc::not_found);
    CHECK(code(o.office.history(case_id{"nowhere"})) == errc::not_found);
    CHECK(code(o.office.verify(case_id{"nowhere"})) == errc::not_found);
    CHECK(o.state(of).version == done(o.office.history(of)).size());
}

TEST_CASE("a case keeps the text it started with when the procedure gets a new one") {
    small_office o;
    const case_id of = o.open();
    std::string text(small_text);
    text.replace(text.find("03 ngày"), std::string_view("03 ngày").size(), "09 ngày");
    const auto added = done(o.office.add(text));
    CHECK(done(o.office.procedure_of("QT.THU"))->hash == added.definition->hash);
    done(o.complete(of, "1", "A/nv01"));
    CHECK(done(o.office.tasks({.unit = "B"}))[0].due() == "2023-12-14");
    const case_id next = o.open();
    done(o.complete(next, "1", "A/nv01"));
    CHECK(done(o.office.tasks({.unit = "B", .of = next}))[0].due() == "2023-12-20");

    // A runtime that never heard of either text works on both cases: the texts lie in the store.
    runtime bare(only_calendars(), o.keep, trust_host);
    complete_options options;
    options.by = who("B/nv02");
    options.outcome = "OK";
    CHECK(done(bare.complete(of, "2", options)).ended);
    CHECK(done(bare.find(next)).definition->hash == added.definition->hash);
    done(bare.verify(of));
    done(bare.verify(next));
}

TEST_CASE("a text that is wrong is not added, and says everything") {
    small_office o;
    auto wrong = o.office.add(
        "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.SAI \"Sai\"\nbước 1 \"Một\"\n"
        "  chủ trì KHONG\n  thời hạn chậm nhất 03 ngày kể từ khi nhận\n  xong → bước 9\n");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == errc::text_is_wrong);
    CHECK(wrong.error().diagnostics.errors >= 2);
    CHECK_FALSE(o.office.procedure_of("QT.SAI"));
    limits small;
    small.definition_bytes = 100;
    runtime tight(only_calendars(), open_memory(), trust_host, "main", small);
    auto large = tight.add(std::string(small_text));
    REQUIRE_FALSE(large);
    CHECK(large.error().code == errc::limit_exceeded);
}

TEST_CASE("a scenario that is wrong stops no case; what is wrong with it is said all the same") {
    small_office o;
    std::string text(small_text);
    text.replace(text.find("QT.THU"), 6, "QT.KB");
    text +=
        "kịch bản \"Hỏng\"\n  giả sử thời điểm 11/12/2023 08:00\n  khi A xong bước 9\n"
        "  thì hồ sơ kết thúc\n";
    const auto added = done(o.office.add(text));
    CHECK(added.diagnostics.errors == 1);
    open_options how;
    how.by = who("A/nv01");
    const case_id of = done(o.office.open("QT.KB", how));
    runtime bare(only_calendars(), o.keep, trust_host);
    done(bare.complete(of, "1", {.by = who("A/nv01")}));
    CHECK(done(bare.find(of)).definition->hash == added.definition->hash);
}

TEST_CASE("a state is folded from snapshot and events alike, and a long case stays whole") {
    small_office o;
    const case_id of = o.open();
    for (int i = 0; i < 40; ++i) {
        done(o.complete(of, "1", "A/nv01"));
        done(o.complete(of, "2", "B/nv02", "NOK", "thiếu " + std::to_string(i)));
    }
    const auto view = done(o.keep->read("main", of, {}));
    REQUIRE(view.snapshot.has_value());
    CHECK(view.events.size() < 40);
    CHECK(view.snapshot->version + view.events.size() == view.head->version);
    small_office cold(o.keep);
    CHECK(cold.state(of) == o.state(of));
    CHECK(cold.state(of).tasks.back().task == task_key{"1", 41});
    done(cold.complete(of, "1", "A/nv01"));
    // The first runtime's memory of the case is old now: it must find that out.
    done(o.complete(of, "2", "B/nv02", "OK"));
    CHECK(o.state(of) == cold.state(of));
    done(o.office.verify(of));
}

TEST_CASE("nobody is refused because of an old memory") {
    small_office first;
    small_office second(first.keep);
    const case_id of = first.open();
    done(second.complete(of, "1", "A/nv01"));
    // `first` still remembers step 1 as open and step 2 as not begun.
    auto repeated = first.complete(of, "1", "A/nv01");
    REQUIRE_FALSE(repeated);
    CHECK(repeated.error().code == errc::task_not_open);
    done(second.complete(of, "2", "B/nv02", "NOK", "thiếu"));
    done(first.complete(of, "1", "A/nv01"));
    done(first.complete(of, "2", "B/nv02", "OK"));
}

// A refused command threw away what was remembered of its case: to refuse one was dearer than to
// carry it out, and whoever sent nonsense made the office fold the same case again and again.
TEST_CASE("a refusal reads what is new of a case and nothing else") {
    struct counting final : wrapped_store {
        using wrapped_store::wrapped_store;
        result<case_view> read(const std::string& t, const case_id& of,
                               const command_id& id) override {
            ++whole;
            return real->read(t, of, id);
        }
        result<case_view> read_after(const std::string& t, const case_id& of, const command_id& id,
                                     std::uint64_t version) override {
            auto view = real->read_after(t, of, id, version);
            events += view.value().events.size();
            return view;
        }
        int whole = 0;
        std::size_t events = 0;
    };
    auto keep = std::make_shared<counting>(open_memory({at("2023-12-11T08:00"), 7}));
    small_office o(keep), other(keep);
    const case_id of = o.open();
    const int before = keep->whole;
    for (int i = 0; i < 5; ++i) {
        CHECK_FALSE(o.complete(of, "2", "B/nv02", "OK"));
        CHECK_FALSE(o.complete(of, "1", "X/x"));
    }
    done(o.complete(of, "1", "A/nv01"));
    CHECK(keep->whole == before);
    CHECK(keep->events == 0);
    // In a batch too.
    case_command wrong;
    wrong.target = of;
    wrong.by = who("X/x");
    wrong.body = command::complete{};
    for (const auto& answer : o.office.execute_all({wrong, wrong})) CHECK_FALSE(answer);
    CHECK(keep->whole == before);
    CHECK(keep->events == 0);
    // Behind somebody else's commands it reads those.
    done(other.complete(of, "2", "B/nv02", "NOK", "thiếu"));
    done(o.complete(of, "1", "A/nv01"));
    CHECK(keep->events == 2);
    CHECK(o.state(of) == other.state(of));
    done(o.office.verify(of));
}

TEST_CASE("memberships of the host decide when the host's word alone does not") {
    int asked = 0;
    trust whom;
    whom.memberships = [&](const std::string& person) {
        ++asked;
        std::vector<facts::membership> all;
        if (person == "nv01") all.push_back({person, "A", false, 1});
        if (person == "nv02") all.push_back({person, "B", false, 1});
        return all;
    };
    small_office o({}, whom);
    const case_id of = o.open("A/nv01");
    CHECK(asked > 0);
    auto stranger = o.complete(of, "1", "A/nv02");
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error().code == errc::not_permitted);
    done(o.complete(of, "1", "A/nv01"));
    done(o.complete(of, "2", "B/nv02", "OK"));
    CHECK(done(o.office.history(of)).back().fact.why != basis::host_word);

    trust broken;
    broken.memberships = [](const std::string&) -> std::vector<facts::membership> {
        throw std::runtime_error("directory is down");
    };
    small_office b({}, broken);
    auto failed = b.office.open("QT.THU", {.by = who("A/nv01")});
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == errc::host_callback_failed);
    // Said by a binding: not put into words twice, in two languages.
    broken.memberships = [](const std::string&) -> std::vector<facts::membership> {
        throw exception(error{errc::host_callback_failed, {"members"}, {}, {}});
    };
    small_office c({}, broken);
    failed = c.office.open("QT.THU", {.by = who("A/nv01")});
    REQUIRE_FALSE(failed);
    CHECK_EQ(failed.error().args, std::vector<std::string>{"members"});
}

// A directory that failed was asked again for the same command, so a binding could not tell which
// failure belonged to which of two calls.
TEST_CASE("who does not know a person is asked once") {
    int asked = 0;
    bool down = false;
    trust whom;
    whom.memberships = [&](const std::string& person) -> std::vector<facts::membership> {
        ++asked;
        if (down) throw std::runtime_error("directory is down");
        return {{person, person == "nv02" ? "B" : "A", false, 1}};
    };
    small_office o({}, whom);
    const case_id of = o.open("A/nv01");
    case_command what;
    what.id = command_id{"the-same"};
    what.target = of;
    what.by = who("A/nv01");
    what.body = command::complete{"1"};
    const auto before = o.state(of).version;
    down = true;
    const auto fails_after_one_question = [&](const auto& failed) {
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == errc::host_callback_failed);
        CHECK_EQ(std::exchange(asked, 0), 1);
    };
    asked = 0;
    fails_after_one_question(o.office.open("QT.THU", {.by = who("A/nv01")}));
    fails_after_one_question(o.office.execute(what));
    fails_after_one_question(o.office.execute_all({what}).at(0));
    CHECK_EQ(o.state(of).version, before);
    // What was done before is answered whether anybody knows persons or not.
    down = false;
    done(o.office.execute(what));
    down = true;
    done(o.office.execute(what));
    done(o.office.execute_all({what}).at(0));
}

TEST_CASE("several commands are committed together, each with its own answer") {
    small_office o;
    const case_id a = o.open();
    const case_id b = o.open();
    std::vector<case_command> batch;
    const auto add = [&](const case_id& of, const char* by, command::body body,
                         std::string id = {}) {
        case_command c;
        c.id = command_id{std::move(id)};
        c.target = of;
        c.by = who(by);
        c.body = std::move(body);
        batch.push_back(std::move(c));
    };
    command::complete ok;
    ok.task = "2";
    ok.outcome = "OK";
    command::open opening;
    opening.procedure = "QT.THU";
    add(a, "A/nv01", command::complete{"1"}, "x");
    add(a, "B/nv02", ok);                      // builds on the one before it
    add(b, "C/nv03", command::complete{"1"});  // refused
    add(b, "A/nv01", command::complete{"1"});
    add({}, "A/nv01", opening);
    add(a, "A/nv01", command::complete{"1"}, "x");   // the same again
    add(b, "A/nv01", command::comment{{}, "\xff"});  // not UTF-8
    add(case_id{"nowhere"}, "A/nv01", command::comment{{}, "x"});
    auto answers = o.office.execute_all(std::move(batch));
    REQUIRE(answers.size() == 8);
    CHECK(answers[0].has_value());
    CHECK(done(answers[1]).ended);
    REQUIRE_FALSE(answers[2].has_value());
    CHECK(answers[2].error().code == errc::not_permitted);
    CHECK(answers[3].has_value());
    CHECK(done(answers[4]).target.str().size() == 26);
    CHECK(done(answers[5]) == done(answers[0]));
    REQUIRE_FALSE(answers[6].has_value());
    CHECK(answers[6].error().code == errc::invalid_utf8);
    REQUIRE_FALSE(answers[7].has_value());
    CHECK(answers[7].error().code == errc::not_found);
    CHECK(o.state(a).status == case_status::ended);
    CHECK(o.state(b).tasks.back().task.step == "2");
    for (const case_id& of : {a, b}) done(o.office.verify(of));
    CHECK(o.office.execute_all({}).empty());
}

namespace {

/// Somebody else acts between the decisions of a group and its commit.
class interrupted_store : public office_of::wrapped_store {
public:
    using wrapped_store::wrapped_store;
    std::vector<write_outcome> write_group(const std::string& tenant,
                                           std::span<const write_batch> batches) override {
        if (auto act = std::exchange(before, nullptr)) act();
        return real->write_group(tenant, batches);
    }
    std::function<void()> before;
};

}  // namespace

TEST_CASE("who comes in between two commands of a group does not become a part of their past") {
    auto interrupted =
        std::make_shared<interrupted_store>(open_memory({at("2023-12-11T08:00"), 7}));
    small_office o(interrupted);
    small_office other(interrupted->real);
    const case_id of = o.open();
    // The one in between writes as many events as the first of the group would have.
    interrupted->before = [&] {
        done(other.send(of, "A/nv09", command::comment{{}, "chen ngang"}));
    };
    std::vector<case_command> batch(2);
    for (auto& one : batch) {
        one.target = of;
        one.by = who("A/nv01");
        one.body = command::comment{{}, "ghi chú"};
    }
    const auto answers = o.office.execute_all(batch);
    REQUIRE(answers.size() == 2);
    for (const auto& answer : answers) CHECK(answer.has_value());
    CHECK(o.state(of).version == 5);
    done(o.office.verify(of));
    done(other.office.verify(of));
}

TEST_CASE("pages of tasks follow one another without a gap") {
    small_office o;
    for (int i = 0; i < 25; ++i) {
        const case_id of = o.open();
        done(o.complete(of, "1", "A/nv01"));
    }
    std::vector<std::string> seen;
    std::string cursor;
    do {
        auto page = done(o.office.task_page({.unit = "B"}, cursor, 10));
        for (const task_view& t : page.rows) seen.push_back(t.of().str());
        cursor = page.next;
    } while (!cursor.empty());
    CHECK(seen.size() == 25);
    std::sort(seen.begin(), seen.end());
    CHECK(std::unique(seen.begin(), seen.end()) == seen.end());
    CHECK(done(o.office.tasks({.unit = "B"}, 1000)).size() == 25);
    CHECK(done(o.office.tasks({.unit = "B"}, 7)).size() == 7);
    auto bad = o.office.task_page({}, "garbage", 10);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == errc::bad_cursor);
}

TEST_CASE("options say what a person may do and who else could") {
    small_office o;
    const case_id of = o.open();
    const auto mine = done(o.office.options(of, who("A/nv01")));
    const auto found = std::find_if(mine.begin(), mine.end(),
                                    [](const option& p) { return p.command == "complete"; });
    REQUIRE(found != mine.end());
    CHECK(found->allowed);
    CHECK(found->title == "Gửi");
    for (const option& p : done(o.office.options(of, who("C/nv03"))))
        if (p.command == "complete") CHECK_FALSE(p.allowed);
}

TEST_CASE("a runtime needs a store and a tenant") {
    CHECK_THROWS_AS(runtime({}, nullptr, trust_host), exception);
    CHECK_THROWS_AS(runtime({}, open_memory(), trust_host, ""), exception);
    CHECK_THROWS_AS(runtime({}, open_memory(), trust_host, "\xff"), exception);
    auto first = open_memory();
    small_office other(first);
    const case_id of = other.open();
    runtime elsewhere(only_calendars(), first, trust_host, "khac");
    CHECK_FALSE(elsewhere.find(of));
    CHECK(done(elsewhere.tasks({})).empty());
}

TEST_CASE("calendars and tables can be changed while cases run") {
    small_office o;
    CHECK(done(o.office.calendar_of("HC.VN")).code == "HC.VN");
    auto none = o.office.set_default_calendar("KHONG.CO");
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::calendar_unknown);
    calendar own = done(o.office.calendar_of("HC.VN"));
    own.code = "CQ.RIENG";
    own.offset = std::chrono::minutes{480};
    done(o.office.add_calendar(own));
    done(o.office.set_default_calendar("CQ.RIENG"));
    CHECK(o.office.offset() == std::chrono::minutes{480});
    // What a due date was counted by is told by its version alone.
    done(o.office.add_calendar(own));
    own.title += " khác";
    const auto other = o.office.add_calendar(own);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == errc::calendar_differs);
    own.version += "-1";
    done(o.office.add_calendar(own));
    own.week = {};
    CHECK_FALSE(o.office.add_calendar(own));
    o.office.set_table("PQ", [](const std::vector<value>&) { return true; });
    o.office.set_table("PQ", nullptr);
}

TEST_CASE("limits are held to their maxima, and a limit of zero breaks nothing") {
    limits none;
    none.page = none.page_max = none.delivery_attempts = 0;
    small_office tight({}, trust_host, none);
    const case_id of = tight.open();
    tight.open();
    CHECK(done(tight.office.task_page({.unit = "A"}, {})).rows.size() == 1);
    CHECK(done(tight.office.cases({})).rows.size() == 1);
    CHECK(done(tight.office.history(of)).size() == 2);
    CHECK(done(tight.office.set_aside()).empty());
    (void)done(tight.office.run_due());

    limits huge;
    huge.text_bytes = huge.payload_bytes = huge.page_max = SIZE_MAX;
    small_office wide({}, trust_host, huge);
    const case_id other = wide.open();
    const std::size_t most = std::size_t{1} << 20;
    done(wide.send(other, "A/nv01", command::comment{{}, std::string(most, 'x')}));
    const auto over = wide.send(other, "A/nv01", command::comment{{}, std::string(most + 1, 'x')});
    REQUIRE_FALSE(over.has_value());
    CHECK(over.error().code == errc::limit_exceeded);
    CHECK(over.error().args == std::vector<std::string>{"text_bytes", std::to_string(most)});
}

TEST_CASE("a query that names no number of rows gets limits::page of them") {
    limits few;
    few.page = 2;
    small_office o({}, trust_host, few);
    for (int i = 0; i < 5; ++i) o.open();
    CHECK(done(o.office.tasks({.unit = "A"})).size() == 2);
    CHECK(done(o.office.tasks({.unit = "A"}, 4)).size() == 4);
    CHECK(done(o.office.task_page({.unit = "A"}, {})).rows.size() == 2);
    CHECK(done(o.office.cases({})).rows.size() == 2);
    CHECK(done(o.office.cases({}, {}, 5)).rows.size() == 5);
}

// The state that is remembered is used up by the command that goes on from it.
TEST_CASE("a refusal leaves a case as it was, and what somebody looks at stays as they saw it") {
    small_office o;
    const case_id of = o.open();
    for (int round = 0; round < 3; ++round) {
        const case_state before = o.state(of);
        CHECK_FALSE(o.complete(of, "1", "X/x"));
        CHECK(o.state(of) == before);
        CHECK_FALSE(o.complete(of, "2", "B/nv02", "OK"));
        CHECK_FALSE(o.complete(of, "1", "B/nv02"));
        CHECK(o.state(of) == before);
        const case_details seen = done(o.office.find(of));
        done(o.complete(of, "1", "A/nv01"));
        CHECK(seen.state == before);
        CHECK(o.state(of).version > before.version);
        done(o.complete(of, "2", "B/nv02", "NOK", "thiếu"));
    }
    done(o.office.verify(of));
    small_office cold(o.keep);
    CHECK(cold.state(of) == o.state(of));
}

TEST_CASE("commands of one case in one batch, and of several") {
    small_office o;
    const case_id first = o.open(), second = o.open();
    const auto complete = [](const case_id& of, const char* task, const char* by,
                             const char* outcome) {
        case_command what;
        what.target = of;
        what.by = who(by);
        command::complete body;
        body.task = task;
        body.outcome = outcome;
        body.reason = "thiếu";
        what.body = std::move(body);
        return what;
    };
    const auto done_all = o.office.execute_all(
        {complete(first, "1", "A/nv01", ""), complete(second, "1", "A/nv01", ""),
         complete(first, "2", "B/nv02", "NOK"), complete(second, "1", "A/nv01", ""),
         complete(first, "1", "A/nv01", "")});
    REQUIRE(done_all.size() == 5);
    for (std::size_t i = 0; i < done_all.size(); ++i) CHECK(done_all[i].has_value() == (i != 3));
    CHECK(o.state(first).find_task({"2", 2}) != nullptr);
    CHECK(o.state(second).find_task({"2", 1}) != nullptr);
    done(o.office.verify(first));
    done(o.office.verify(second));
}
