// SPDX-License-Identifier: BSL-1.0
// tests/engine/play.cpp: bodies of play.hpp, compiled once for all tests of the kernel.
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

#include "engine/play.hpp"

namespace play {

instant at(std::string_view text) {
    const auto found = read_instant(text, std::chrono::minutes{420});
    REQUIRE_MESSAGE(found.has_value(), std::string(text));
    return *found;
}

date day(std::string_view text) { return *read_date(text); }

calendar real_calendar() {
    calendar c = plain_week();
    c.code = "HC.VN";
    c.version = "2024";
    c.years = {2023, 2024};
    c.make_up_hours = c.week[0];
    const auto off = [&](std::string_view d, const char* why) {
        c.days[day(d)] = {day_kind::off, why};
    };
    off("02/01/2023", "nghỉ bù Tết Dương lịch");
    off("01/01/2024", "Tết Dương lịch");
    for (int d = 8; d <= 14; ++d) {
        const std::string text = (d < 10 ? "0" : "") + std::to_string(d) + "/02/2024";
        off(text, "Tết Nguyên đán");
    }
    off("18/04/2024", "Giỗ Tổ Hùng Vương");
    off("29/04/2024", "hoán đổi cho ngày 04/05/2024");
    off("30/04/2024", "Ngày Chiến thắng");
    off("01/05/2024", "Ngày Quốc tế Lao động");
    c.days[day("04/05/2024")] = {day_kind::working, "hoán đổi cho ngày 29/04/2024"};
    off("02/09/2024", "Quốc khánh");
    off("03/09/2024", "Quốc khánh");
    REQUIRE(validate(c).has_value());
    return c;
}

one_case::one_case(procedure p) : text(std::move(p)) { state.id = case_id{"case"}; }

one_case::one_case(build::procedure_builder b) : one_case(std::move(b.made)) {}

context one_case::with() const {
    context c;
    c.definition = &text;
    c.days = &days;
    c.known = &known;
    c.now = now;
    c.bounds = bounds;
    c.find_procedure = [this](std::string_view code) -> const procedure* {
        if (code == text.code) return &text;
        const auto found = others.find(std::string(code));
        return found == others.end() ? nullptr : &found->second;
    };
    c.child_id = [](std::uint64_t seq, std::uint32_t index) {
        return case_id{"child-" + std::to_string(seq) + "-" + std::to_string(index)};
    };
    return c;
}

case_command one_case::envelope(const std::string& by, command::body body) {
    case_command c;
    c.id = command_id{"c" + std::to_string(++commands)};
    c.target = case_id{"case"};
    c.by = read_actor(by);
    c.body = std::move(body);
    return c;
}

namespace {

/// Could somebody of this name send it now? What the case knows of persons it knows of the actor
/// only: here a name is taken at its word.
bool somebody_could(context with, const case_state& state, case_command same,
                    const std::string& name, errc rule) {
    const facts by_word;
    with.known = &by_word;
    const actor named = read_actor(name);
    for (const actor& who : {named, actor{named.unit, "ai-đó"}, actor{{}, name}}) {
        same.by = who;
        if (!permit(with, state, same).allowed) continue;
        const auto tried = decide(with, state, same);
        if (tried || tried.error().code != rule) return true;
    }
    return false;
}

}  // namespace

bool one_case::send(const case_command& c) {
    // A case that is not open yet is a default state, with or without its id.
    const case_state before = state;
    const context known_now = with();
    const auto gate = permit(known_now, state, c);
    auto made = decide(known_now, state, c);
    auto moved = decide(known_now, case_state(state), c);
    REQUIRE(state == before);
    REQUIRE(made.has_value() == moved.has_value());
    // On the state itself: the same, and a refusal before any fact leaves it as it was.
    case_state here = state;
    const auto in_place = decide_in(known_now, here, c, kept);
    REQUIRE(in_place.has_value() == made.has_value());
    if (!in_place && here.version == before.version) CHECK(here == before);
    if (!made) {
        CHECK(in_place.error().code == made.error().code);
        refused = made.error();
        CHECK(moved.error().code == refused.code);
        CHECK(moved.error().who_could == refused.who_could);
        // Whoever a refusal names was once the one who had been refused, or had nothing to do
        // there: each is tried with this very command.
        for (const auto& name : refused.who_could) {
            CAPTURE(name);
            CAPTURE(std::string(name_of(refused.code)));
            CHECK(somebody_could(known_now, state, c, name, refused.code));
        }
        return false;
    }
    CHECK(gate.allowed);
    CHECK(moved->events == made->events);
    CHECK(moved->after == made->after);
    CHECK(moved->result == made->result);
    CHECK(kept.events == made->events);
    CHECK(kept.result == made->result);
    CHECK(here == made->after);
    REQUIRE(!made->events.empty());
    for (const auto& e : made->events) {
        CHECK(e.seq == log.size() + 1);
        CHECK(e.at >= (log.empty() ? e.at : log.back().at));
        CHECK(e.cause == c.id);
        log.push_back(e);
    }
    case_state folded;
    folded.id = case_id{"case"};
    for (const auto& e : log) {
        const auto done = evolve(folded, e);
        REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().text()));
    }
    CHECK(folded == made->after);
    CHECK(made->result.version == folded.version);
    state = made->after;
    last = made->result;
    latest = made->events;
    return true;
}

bool one_case::send(const std::string& by, command::body body) {
    return send(envelope(by, std::move(body)));
}

void one_case::ok(const std::string& by, command::body body) {
    const bool done = send(by, std::move(body));
    REQUIRE_MESSAGE(done,
                    (done ? "" : refused.text() + " [" + std::string(name_of(refused.code)) + "]"));
}

errc one_case::no(const std::string& by, command::body body) {
    const bool done = send(by, std::move(body));
    REQUIRE_FALSE(done);
    // Every refusal has words in both languages, with no place left unfilled.
    CHECK(refused.text(language::en).find('{') == std::string::npos);
    CHECK(refused.text(language::vi).find('{') == std::string::npos);
    return refused.code;
}

void one_case::open(const std::string& by, command::open c) {
    if (c.procedure.empty()) c.procedure = text.code;
    ok(by, std::move(c));
}

void one_case::complete(const std::string& by, const std::string& task, command::complete c) {
    c.task = task;
    ok(by, std::move(c));
}

errc one_case::cannot_complete(const std::string& by, const std::string& task,
                               command::complete c) {
    c.task = task;
    return no(by, std::move(c));
}

const task_state& one_case::task(const std::string& step, std::uint32_t round) const {
    const auto* found = state.find_task({step, round});
    REQUIRE(found != nullptr);
    return *found;
}

const consultation_state& one_case::question(const std::string& id, std::uint32_t round) const {
    const auto* found = state.find_consultation({id, round});
    REQUIRE(found != nullptr);
    return *found;
}

std::string one_case::due_of(const task_due& due) const {
    switch (due.kind) {
    case due_kind::not_stated: return "not stated";
    case due_kind::laid_down: return "laid down";
    case due_kind::waiting: return "waiting";
    case due_kind::immediately: return "at once " + to_iso(*due.due, days.offset);
    case due_kind::counted: break;
    }
    return to_iso(*due.due, days.offset);
}

std::string one_case::due(const std::string& step, std::uint32_t round) const {
    return due_of(task(step, round).due);
}

std::string one_case::case_due() const {
    return state.case_due ? to_iso(*state.case_due, days.offset) : "none";
}

std::vector<std::string> one_case::told() const {
    static const char* const kinds[] = {
        "task_opened",    "task_returned",  "task_assigned", "task_completed", "task_overdue",
        "consulted",      "answered",       "opinion_given", "commented",      "case_ended",
        "case_withdrawn", "case_cancelled", "linked_opened", "linked_ended",   "case_overdue"};
    static const char* const relations[] = {"lead",   "joint", "coordinate", "inform",
                                            "opener", "asked", "keeper"};
    std::vector<std::string> all;
    for (const auto& e : latest)
        for (const auto& n : notices_of(e.body))
            all.push_back(kinds[static_cast<int>(n.kind)] + ">"s +
                          to_string(actor{n.to.unit, n.to.person}) + ":" +
                          relations[static_cast<int>(n.as)]);
    return all;
}

bool one_case::is_open(const std::string& step) const {
    return std::any_of(state.tasks.begin(), state.tasks.end(), [&](const task_state& t) {
        return t.task.step == step && t.status == task_status::open;
    });
}

value one_case::field(const std::string& form, const std::string& name) const {
    const auto* found = state.find_field({form, name});
    return found == nullptr ? value{} : found->content;
}

procedure htkh03() {
    using namespace build;
    procedure_builder p("QT.HTKH.03");
    p.made.title = "Yêu cầu truyền thông/Hỗ trợ khách hàng sau bán sản phẩm dịch vụ";
    p.made.parties.clear();
    p.role("ĐVYC").role("ĐVTH").role("LĐTT");
    p.form_of("KHTH", {{"Ngày hoàn thành", field_type::day}});
    p.form_of("XYK", {{"Khó khăn, vướng mắc", field_type::text}, {"Gấp", field_type::yes_no}});
    auto s1 =
        a_step("1", {"ĐVYC"}, "Gửi văn bản đề nghị công việc").with({"ĐVTH"}).go(done(to("2")));
    precondition approved;
    approved.text = "SPDV đã được phê duyệt triển khai";
    s1.made.preconditions.push_back(approved);
    s1.limit(not_stated());
    p.add(s1);
    auto nok1 = nok(to("1"));
    nok1.reason = true;
    p.add(a_step("2", {"ĐVTH"}, "Kiểm tra thông tin, tài liệu SPDV")
              .with({"ĐVYC"})
              .limit(within(build::days(3), anchor::kind::receipt, "1"))
              .go(build::ok(to("3")))
              .go(nok1));
    p.add(a_step("3", {"ĐVTH"}, "Thống nhất kế hoạch thực hiện")
              .with({"ĐVYC"})
              .fill("KHTH")
              .limit(within(build::days(7), anchor::kind::completion, "2"))
              .go(done(to("4"))));
    auto nok3 = nok(to("3"));
    nok3.reason = true;
    p.add(a_step("4", {"LĐTT"}, "Phê duyệt kế hoạch thực hiện")
              .with({"ĐVTH", "ĐVYC"})
              .approve("KHTH")
              .act_if(outcome("OK"))
              .limit(within(build::days(2), anchor::kind::receipt, "3"))
              .go(build::ok(to("5")))
              .go(nok3));
    p.add(a_step("5", {"ĐVTH"}, "Tổ chức thực hiện")
              .with({"ĐVYC"})
              .limit(from_field("KHTH", "Ngày hoàn thành"))
              .go(done(to("6"))));
    time_limit at_once;
    at_once.what = time_limit::kind::immediately;
    p.add(a_consultation("6a", {"5"}, {"LĐTT"})
              .fill("XYK")
              .limit(at_once)
              .limit_if(is("Gấp", value::yes_no(true)))
              .limit(within(build::days(2))));
    p.add(a_step("6", {"ĐVTH", "ĐVYC"}, "Báo cáo kết quả thực hiện")
              .with({"LĐTT"})
              .limit(not_stated())
              .go(done(end())));
    return p.made;
}

one_case htkh03_at(int step) {
    one_case c(htkh03());
    c.open("ĐVYC/nv01");
    if (step > 1) c.complete("ĐVYC/nv01", "1", {.confirmed = all_preconditions});
    if (step > 2) c.complete("ĐVTH/nv07", "2", {.outcome = "OK"});
    if (step > 3) c.complete("ĐVTH/nv07", "3", {.fields = {{"Ngày hoàn thành", "20/12/2023"}}});
    if (step > 4) c.complete("LĐTT/gđ", "4", {.outcome = "OK"});
    if (step > 5) c.complete("ĐVTH/nv07", "5");
    return c;
}

}  // namespace play
