// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/world.ipp: the virtual office: its store, its clock, its mail, and looking
// at it.
#pragma once

#include <quytrinh/testing/world.hpp>

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/engine/option.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace quytrinh::testing {

namespace detail::acting {
namespace {

constexpr std::chrono::minutes usual_offset{420};
/// Batches of due work that may follow one another at one instant.
constexpr std::uint32_t batches_at_once = 10'000;

std::string two(int number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

/// "14:00", local.
std::string hour_of(instant at, std::chrono::minutes offset) {
    const auto local = at + offset;
    const auto minute = std::chrono::floor<std::chrono::minutes>(
        local - std::chrono::floor<std::chrono::days>(local));
    const int all = static_cast<int>(minute.count());
    return two(all / 60) + ":" + two(all % 60);
}

error wrong_argument(std::string what, std::string_view given) {
    return error{errc::invalid_argument, {std::move(what), std::string(given)}, {}, {}};
}

std::shared_ptr<const definitions> shared_bundled() {
    static const auto read = std::make_shared<const definitions>(bundled());
    return read;
}

/// The same time of day so many days (of a sort) later.
result<instant> later_by_days(const calendar& days, instant from, std::int64_t count,
                              bool working) {
    date day = day_of(from, days.offset);
    const auto of_day = from - start_of(day, days.offset);
    if (!working) return start_of(day + std::chrono::days{count}, days.offset) + of_day;
    for (std::int64_t left = count; left > 0;) {
        day += std::chrono::days{1};
        const auto worked = is_working(days, day);
        if (!worked.has_value()) return worked.failure();
        if (*worked) --left;
    }
    return start_of(day, days.offset) + of_day;
}

result<instant> later_by_months(const calendar& days, instant from, std::int64_t months) {
    const date day = day_of(from, days.offset);
    const auto of_day = from - start_of(day, days.offset);
    const std::chrono::year_month_day was{std::chrono::sys_days{day.time_since_epoch()}};
    auto then = was + std::chrono::months{months};
    if (!then.ok()) then = then.year() / then.month() / std::chrono::last;
    return start_of(date{std::chrono::local_days{then}}, days.offset) + of_day;
}

/// So many minutes of opening hours later.
result<instant> later_in_working_time(const calendar& days, instant from, const amount& length) {
    const auto counted = count_limit(days, counting_rule::working_time, from, length);
    if (!counted) return counted.failure();
    return counted->due.before;
}

result<instant> later(const calendar& days, instant from, const amount& length) {
    const auto running = [&](std::chrono::microseconds one) -> result<instant> {
        const auto all = length.count.times(one.count());
        if (!all) return fail(errc::time_out_of_range, {length.count.text()});
        return from + std::chrono::microseconds{*all};
    };
    const std::int64_t whole = length.count.mantissa;
    const bool fraction = !length.count.is_integer();
    switch (length.unit) {
    case time_unit::minute: return running(std::chrono::minutes{1});
    case time_unit::hour: return running(std::chrono::hours{1});
    case time_unit::working_hour: return later_in_working_time(days, from, length);
    case time_unit::day:
        if (fraction) return running(std::chrono::days{1});
        return later_by_days(days, from, whole, false);
    case time_unit::working_day:
        if (fraction) return later_in_working_time(days, from, length);
        return later_by_days(days, from, whole, true);
    case time_unit::week:
        if (fraction) return running(std::chrono::weeks{1});
        return later_by_days(days, from, whole * 7, false);
    case time_unit::month:
        if (fraction) break;
        return later_by_months(days, from, whole);
    case time_unit::year:
        if (fraction) break;
        return later_by_months(days, from, whole * 12);
    }
    return fail(errc::rule_mismatch, {"passes", length.count.text()});
}

template <class T>
T must(result<T> answer) {
    return std::move(answer).value();
}

}  // namespace
}  // namespace detail::acting

struct world::impl {
    explicit impl(world_options given)
        : options(std::move(given)),
          known(options.known ? options.known : detail::acting::shared_bundled()),
          keep(open_memory({start_of_options(), options.seed})),
          office(*known, keep, trust_host, "main", options.bounds) {
        office.on_notification([this](const notification& n) { mail.push_back(n); });
    }
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;

    instant start_of_options() const {
        const auto at = read_instant(options.start, detail::acting::usual_offset);
        if (!at) throw exception(detail::acting::wrong_argument("start", options.start));
        return *at;
    }

    const case_id& or_at_hand(const case_id& of) const { return of.empty() ? at_hand : of; }

    void know(const std::vector<case_id>& children) {
        for (const case_id& child : children)
            if (std::find(cases.begin(), cases.end(), child) == cases.end()) cases.push_back(child);
    }

    result<void> settle_now() {
        for (std::uint32_t i = 0; i < detail::acting::batches_at_once; ++i) {
            auto did = office.run_due();
            if (!did) return did.failure();
            if (!did->problems.empty()) return fail(did->problems.front());
            if (!did->more) return {};
        }
        return fail(errc::limit_exceeded,
                    {"run_due", std::to_string(detail::acting::batches_at_once)});
    }

    /// The calendar that the case at hand counts by; a plain week where there is none.
    calendar days() const {
        std::string code = "HC.VN";
        if (!at_hand.empty())
            if (const auto found = office.find(at_hand); found)
                if (!found->definition->calendar_code.empty())
                    code = found->definition->calendar_code;
        auto named = office.calendar_of(code);
        return named ? *std::move(named) : plain_week();
    }

    world_options options;
    std::shared_ptr<const definitions> known;
    std::shared_ptr<store> keep;
    std::vector<notification> mail;  // before the runtime, which may write to it to its end
    std::size_t read_until = 0;
    std::map<std::string, std::shared_ptr<std::vector<std::vector<value>>>> tables;
    runtime office;
    std::vector<case_id> cases;
    case_id at_hand;
};

world::world(world_options options) : impl_(std::make_unique<impl>(std::move(options))) {}
world::world(std::string text, world_options options) : world(std::move(options)) {
    add(std::move(text));
}
world::~world() = default;
world::world(world&&) noexcept = default;
world& world::operator=(world&&) noexcept = default;

procedure_ptr world::add(std::string text, std::string name, const import_resolver& imports) {
    return detail::acting::must(impl_->office.add(std::move(text), std::move(name),
                                                  imports ? imports : bundled_imports()))
        .definition;
}

world& world::row(std::string table, std::vector<value> cells) {
    auto& rows = impl_->tables[table];
    if (!rows) rows = std::make_shared<std::vector<std::vector<value>>>();
    rows->push_back(std::move(cells));
    impl_->office.set_table(std::move(table), [rows](const std::vector<value>& asked) {
        return std::find(rows->begin(), rows->end(), asked) != rows->end();
    });
    return *this;
}

// -- time

instant world::now() const { return detail::acting::must(impl_->keep->now()); }

world& world::at(std::string_view when) {
    auto to = read_instant(when, offset());
    if (!to)
        if (const auto day = read_date(when)) to = start_of(*day, offset());
    if (!to) throw exception(detail::acting::wrong_argument("at", when));
    pass_to(*to).value();
    return *this;
}

world& world::passes(std::string_view length) {
    pass_to(after(length).value()).value();
    return *this;
}

result<instant> world::after(std::string_view length) const {
    auto read = parse_limit(length);
    if (!read) return read.failure();
    if (read->what != written_limit::kind::count)
        return fail(detail::acting::wrong_argument("passes", length));
    return after(read->length);
}

result<instant> world::after(const amount& length) const {
    return detail::acting::later(impl_->days(), now(), length);
}

std::optional<instant> world::next_due() const {
    std::optional<instant> next;
    const auto consider = [&](std::optional<instant> one) {
        if (one && (!next || *one < *next)) next = one;
    };
    const auto of = [](task_status status, const task_due& due,
                       bool overdue) -> std::optional<instant> {
        if (status != task_status::open || overdue || due.kind != due_kind::counted || !due.due)
            return std::nullopt;
        return due.due->before;
    };
    for (const case_id& id : impl_->cases) {
        const auto found = impl_->office.find(id);
        if (!found || found->state.status != case_status::open) continue;
        consider(found->state.next_clock());
        for (const task_state& t : found->state.tasks) consider(of(t.status, t.due, t.overdue));
        for (const consultation_state& c : found->state.consultations)
            consider(of(c.status, c.due, c.overdue));
    }
    return next;
}

result<void> world::pass_to(instant to) {
    const auto begun = impl_->keep->now();
    if (!begun) return begun.failure();
    if (to < *begun) return fail(errc::time_out_of_range, {to_iso(to, offset())});
    instant now = *begun;
    for (std::uint32_t fired = 0;; ++fired) {
        if (auto done = impl_->settle_now(); !done) return done;
        const auto next = next_due();
        // What is due and stays so after due work was done will not change by asking again.
        if (!next || *next > to || *next <= now) break;
        if (fired >= impl_->options.timers)
            return fail(errc::limit_exceeded, {"timers", std::to_string(fired)});
        now = *next;
        if (auto set = impl_->keep->set_clock(now); !set) return set;
    }
    if (auto set = impl_->keep->set_clock(to); !set) return set;
    return impl_->settle_now();
}

// -- what is seen

world& world::look_at(case_id of) {
    if (of.empty() || !impl_->office.find(of))
        throw exception(error{errc::not_found, {of.str()}, {}, {}});
    impl_->know({of});
    impl_->at_hand = std::move(of);
    return *this;
}
void world::know(const command_result& done) { impl_->know(done.children); }
void world::hold(const case_id& of) {
    impl_->know({of});
    impl_->at_hand = of;
}
const case_id& world::at_hand() const { return impl_->at_hand; }
const std::vector<case_id>& world::cases() const noexcept { return impl_->cases; }

case_details world::look(const case_id& of) const {
    return detail::acting::must(impl_->office.find(impl_->or_at_hand(of)));
}

std::vector<case_event> world::history(const case_id& of, std::uint64_t after) const {
    const std::size_t page = within_maxima(impl_->options.bounds).page_max;
    std::vector<case_event> facts;
    for (std::uint64_t seen = after;;) {
        const auto kept =
            detail::acting::must(impl_->keep->history("main", impl_->or_at_hand(of), seen, page));
        for (const stored_event& one : kept) facts.push_back(detail::acting::must(open_event(one)));
        if (kept.size() < page) return facts;
        seen = kept.back().seq;
    }
}

std::vector<option> world::options(const actor& who, const case_id& of) const {
    return detail::acting::must(impl_->office.options(impl_->or_at_hand(of), who));
}

std::string task_look::due() const {
    if (limit.kind != due_kind::counted || !limit.due) return {};
    std::string text = to_day_first(limit.due->last_day);
    if (limit.due->to_the_hour)
        text = detail::acting::hour_of(limit.due->before, offset) + " " + text;
    return text;
}

namespace detail::acting {
namespace {

std::vector<std::string> roles_of(const std::vector<seat>& seats) {
    std::vector<std::string> codes;
    for (const seat& one : seats) codes.push_back(one.role);
    return codes;
}

std::string title_in(const case_details& c, const std::string& step) {
    const auto* found = c.definition->find_step(step);
    return found == nullptr ? std::string() : found->title;
}

task_look look_of(const case_details& c, const task_state& t) {
    return {t.task,
            title_in(c, t.task.step),
            t.status == task_status::open,
            t.overdue,
            t.late,
            roles_of(t.leads),
            t.due,
            c.offset};
}
task_look look_of(const case_details& c, const consultation_state& q) {
    return {q.consultation,
            title_in(c, q.consultation.step),
            q.status == task_status::open,
            q.overdue,
            q.late,
            roles_of(q.asked),
            q.due,
            c.offset};
}

}  // namespace
}  // namespace detail::acting

task_look world::task(const std::string& name) const {
    const case_details c = look();
    // The open one of a step first, else its latest round.
    std::optional<task_look> found;
    const auto consider = [&](const auto& one, const task_key& key) {
        if (key.step != name && to_string(key) != name) return;
        task_look seen = detail::acting::look_of(c, one);
        if (!found || seen.open || !found->open) found = std::move(seen);
    };
    for (const task_state& t : c.state.tasks) consider(t, t.task);
    for (const consultation_state& q : c.state.consultations) consider(q, q.consultation);
    if (!found) throw exception(error{errc::task_not_open, {name, ""}, {}, {}});
    return *std::move(found);
}

std::vector<task_look> world::open_tasks() const {
    const case_details c = look();
    std::vector<task_look> all;
    for (const task_state& t : c.state.tasks)
        if (t.status == task_status::open) all.push_back(detail::acting::look_of(c, t));
    for (const consultation_state& q : c.state.consultations)
        if (q.status == task_status::open) all.push_back(detail::acting::look_of(c, q));
    return all;
}

bool world::ended() const { return look().state.status != case_status::open; }
std::string world::end_kind() const { return look().state.end_kind; }

const std::vector<notification>& world::mail() const noexcept { return impl_->mail; }
bool world::told(std::string_view party) const {
    return std::any_of(
        impl_->mail.begin() + static_cast<std::ptrdiff_t>(impl_->read_until), impl_->mail.end(),
        [&](const notification& n) { return n.what.to.role == party || n.what.to.unit == party; });
}
world& world::read_mail() {
    impl_->read_until = impl_->mail.size();
    return *this;
}

std::size_t world::unread_from() const noexcept { return impl_->read_until; }

runtime& world::office() noexcept { return impl_->office; }
std::chrono::minutes world::offset() const { return impl_->office.offset(); }

}  // namespace quytrinh::testing
