// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/explore.ipp: random walks, and shrinking what they find.
#pragma once

#include <quytrinh/testing/explore.hpp>

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/impl/player.hpp>
#include <quytrinh/testing/impl/start.hpp>
#include <quytrinh/testing/impl/tale_text.hpp>

#include <algorithm>
#include <exception>
#include <random>
#include <set>
#include <tuple>
#include <utility>

namespace quytrinh::testing {

namespace detail::exploring {
namespace {

constexpr std::size_t most_retold = 400;
constexpr std::size_t report_every = 256;

/// A refusal that random values may deserve, or that the text itself announces.
bool is_fair(errc code) {
    return code == errc::loop_exhausted || code == errc::field_not_current ||
           code == errc::year_without_data || code == errc::time_out_of_range ||
           code == errc::limit_exceeded;
}

/// A way that the text leaves open whatever stands in the fields.
bool is_gap(errc code) { return code == errc::no_way_on || code == errc::condition_unknown; }

/// Had `options` said that this may be done?
bool offered(player& by, const move& tried) {
    if (!tried.what) return false;
    for (const option& o : by.at().options(tried.by)) {
        if (!o.allowed || o.command != name_of(*tried.what)) continue;
        if (const auto* c = std::get_if<command::complete>(&*tried.what))
            if (to_string(o.task) != c->task && o.task.step != c->task) continue;
        return true;
    }
    return false;
}

/// Does every outcome of the open task come to a refusal, whatever is entered?
bool is_dead_end(player& by, const procedure& of, const std::string& id) {
    const step* where = of.find_step(id);
    if (where == nullptr) return false;
    for (const task_state& open : by.state().tasks) {
        if (open.status != task_status::open || open.task.step != id) continue;
        const task_key key = open.task;
        std::vector<std::string> outcomes{{}};
        for (const branch& b : where->branches) outcomes.push_back(b.outcome());
        for (const std::string& outcome : outcomes)
            if (by.complete(key, wanted{outcome == "xong" ? std::string() : outcome, {}, {}, {}}))
                return false;
        return true;
    }
    return false;
}

/// May anybody do something that brings the case on?
bool can_go_on(player& by) {
    static const std::set<std::string> moves{"complete", "receive", "answer", "signal"};
    std::vector<std::string> units;
    const auto add = [&](const seat& s) {
        for (const std::string& unit : {s.role, s.unit})
            if (!unit.empty()) units.push_back(unit);
    };
    std::vector<actor> people;
    for (const task_state& t : by.state().tasks) {
        if (t.status != task_status::open) continue;
        for (const seat& s : t.leads) {
            add(s);
            if (!s.person.empty()) people.push_back({s.role, s.person});
        }
        if (!t.recorder.role.empty()) add(t.recorder);
        if (!t.assignee_unit.empty()) people.push_back({t.assignee_unit, t.assignee});
    }
    for (const consultation_state& c : by.state().consultations) {
        if (c.status != task_status::open) continue;
        for (const seat& s : c.asked) add(s);
        if (!c.recorder.role.empty()) add(c.recorder);
    }
    for (const std::string& unit : units)
        for (const char* suffix : {"-nv01", "-nv02", "-nv03", "-nv04", "-nv05"})
            people.push_back({unit, unit + suffix});
    for (const actor& who : people)
        for (const option& o : by.at().options(who))
            if (o.allowed && moves.contains(o.command)) return true;
    return false;
}

class explorer {
public:
    explorer(procedure_ptr of, const explore_options& options)
        : of_(std::move(of)),
          options_(options),
          random_(options.seed),
          out_{0, 0, 0, {}, coverage(of_)} {
        known_ = options.known ? options.known : std::make_shared<const definitions>(bundled());
        start_ = options.start ? *options.start : usual_start(*of_);
    }

    result<exploration> run();

private:
    std::size_t below(std::size_t n) {
        return n == 0 ? 0 : static_cast<std::size_t>(random_() % n);
    }
    bool chance(std::size_t one_in) { return below(one_in) == 0; }

    result<void> walk();
    bool turn(player& by);
    bool pass_time(player& by);
    bool finish_task(player& by, const task_state& t, const step& where);
    bool ask_or_answer(player& by);
    assignment some_values(player& by, const step& where, const trial_reader& seen);
    void stand_rows(player& by);
    void note(player& by, finding found, const std::optional<move>& last);
    [[nodiscard]] bool still_there(const tale& t, const finding& found,
                                   const std::optional<move>& last) const;
    [[nodiscard]] tale shrunk(tale t, const finding& found, const std::optional<move>& last) const;

    procedure_ptr of_;
    const explore_options& options_;
    std::mt19937_64 random_;
    std::shared_ptr<const definitions> known_;
    instant start_{};
    exploration out_;
    std::set<std::tuple<finding::kind, std::string, std::string, errc>> seen_;
};

result<exploration> explorer::run() {
    const std::size_t steps = std::min<std::size_t>(options_.steps, 10'000'000);
    const std::size_t most = std::clamp<std::size_t>(options_.findings, 1, 1'000);
    std::size_t reported = 0;
    while (out_.steps < steps && out_.findings.size() < most) {
        if (auto done = walk(); !done) return done.failure();
        if (options_.progress && out_.steps - reported >= report_every) {
            reported = out_.steps;
            options_.progress(out_.steps, out_.findings.size());
        }
    }
    return std::move(out_);
}

/// One case.
result<void> explorer::walk() {
    player by(of_, known_, start_, random_(), options_.bounds);
    ++out_.cases;
    ++out_.steps;
    stand_rows(by);
    std::vector<std::string> entries{{}};
    entries.insert(entries.end(), of_->may_open_at.begin(), of_->may_open_at.end());
    try {
        if (auto opened = by.open(entries[below(entries.size())]); !opened)
            return out_.cases == 1 ? opened : result<void>{};
        const std::size_t moves = std::min<std::size_t>(options_.moves, 10'000);
        for (std::size_t n = 0; n < moves && by.state().status == case_status::open; ++n) {
            if (out_.steps >= options_.steps || !turn(by)) break;
        }
        if (by.state().status != case_status::open) ++out_.ended;
        static_cast<void>(out_.reached.add(by.at().history()));
        if (auto sound = by.at().office().verify(by.at().at_hand()); !sound)
            note(by, {finding::kind::damaged, {}, {}, sound.error(), {}, {}, 0, 0}, {});
    } catch (const std::exception& thrown) {
        note(by, {finding::kind::thrown, {}, {}, {}, thrown.what(), {}, 0, 0}, {});
    }
    return {};
}

/// Tables of the host: sometimes with the row that a condition would ask for.
void explorer::stand_rows(player& by) {
    std::vector<table_row> rows = rows_of_nobody(*of_, day_of(start_, std::chrono::minutes{420}));
    const auto look = [&](const step& s, const std::optional<condition>& c) {
        if (!c) return;
        for (const condition_node& node : c->nodes) {
            if (node.what != condition_node::kind::in_table || chance(2)) continue;
            if (!is_table_of_host(*of_, node.table)) continue;
            const std::string lead = !s.recorder.empty()      ? s.recorder
                                     : s.lead.parties.empty() ? std::string()
                                                              : s.lead.parties.front();
            std::vector<value> cells;
            for (const operand& o : node.right) {
                const found_field f =
                    o.what == operand::kind::field ? find_field(*of_, o.field) : found_field{};
                cells.push_back(f.field != nullptr ? plausible(*of_, *f.field, by.today())
                                : o.what == operand::kind::actor ? value(somebody_of(lead))
                                                                 : o.literal);
            }
            rows.emplace_back(node.table, std::move(cells));
        }
    };
    for (const step& s : of_->steps) {
        for (const branch& b : s.branches) look(s, b.when);
        for (const assignment_clause& a : s.assignments) look(s, a.when);
    }
    by.stand(rows);
}

/// False when the walk is over.
bool explorer::turn(player& by) {
    ++out_.steps;
    if (chance(5) && pass_time(by)) return true;
    if (ask_or_answer(by)) return true;
    std::vector<task_state> open;
    for (const task_state& t : by.state().tasks)
        if (t.status == task_status::open) open.push_back(t);
    if (open.empty()) return false;
    const task_state t = open[below(open.size())];
    const step* where = of_->find_step(t.task.step);
    if (where == nullptr) return false;
    if (t.awaiting_receipt) return by.receive(t.task).has_value();
    return finish_task(by, t, *where);
}

bool explorer::pass_time(player& by) {
    const auto due = by.at().next_due();
    const instant to =
        due && chance(2) ? *due : by.at().now() + std::chrono::hours{1 + below(24 * 6)};
    return by.wait_until(to).has_value();
}

bool explorer::ask_or_answer(player& by) {
    for (const consultation_state& c : by.state().consultations) {
        if (c.status != task_status::open) continue;
        const step* question = of_->find_step(c.consultation.step);
        std::string chosen;
        if (question != nullptr && !question->answers.empty())
            chosen = question->answers[below(question->answers.size())];
        const task_key key = c.consultation;
        if (auto done = by.answer(key, chosen); !done && !is_fair(done.error().code)) {
            if (offered(by, by.last_try()))
                note(by, {finding::kind::refused, key.step, chosen, done.error(), {}, {}, 0, 0},
                     by.last_try());
            return false;
        } else {
            return done.has_value();
        }
    }
    if (!chance(4)) return false;
    for (const task_state& t : by.state().tasks) {
        if (t.status != task_status::open || t.awaiting_receipt) continue;
        for (const step& question : of_->steps) {
            if (question.kind != step_kind::consultation || !chance(2)) continue;
            if (!question.at_any_step &&
                std::find(question.at_steps.begin(), question.at_steps.end(), t.task.step) ==
                    question.at_steps.end())
                continue;
            const task_state task = t;
            const assignment nothing;
            const trial_reader seen = by.reader(task, {}, nothing);
            return by.ask(question, task.task, some_values(by, question, seen)).has_value();
        }
    }
    return false;
}

/// Some of the fields that a step fills in, with values that its conditions speak of.
assignment explorer::some_values(player& by, const step& where, const trial_reader& seen) {
    assignment some;
    for (const variable& name : by.fillable(where, seen)) {
        if (name == channel_variable) {
            const auto channels = by.channels_of(where);
            some[name] = value(channels[below(channels.size())]);
            continue;
        }
        const found_field f = find_field(*of_, {name.first, name.second});
        if (f.field == nullptr || chance(3)) continue;
        std::vector<value> all = candidates(*of_, f, by.today());
        value chosen = all[below(all.size())];
        if (chosen.empty()) continue;
        some[name] = std::move(chosen);
    }
    return some;
}

bool explorer::finish_task(player& by, const task_state& t, const step& where) {
    std::vector<std::string> outcomes;
    for (const branch& b : where.branches) {
        const std::string name = b.outcome() == "xong" ? std::string() : b.outcome();
        if (!t.confirmed.empty() && t.confirmed.front().outcome != b.outcome()) continue;
        if (std::find(outcomes.begin(), outcomes.end(), name) == outcomes.end())
            outcomes.push_back(name);
    }
    if (outcomes.empty()) outcomes.emplace_back();
    for (std::size_t i = outcomes.size(); i > 1; --i)
        std::swap(outcomes[i - 1], outcomes[below(i)]);
    std::optional<error> last;
    for (const std::string& outcome : outcomes) {
        const assignment nothing;
        const trial_reader seen =
            by.reader(t, outcome.empty() ? std::string("xong") : outcome, nothing);
        wanted to{outcome, some_values(by, where, seen), {}, {}};
        if (!where.lead.parties.empty())
            to.lead = where.lead.parties[below(where.lead.parties.size())];
        for (const link_clause& link : where.links)
            if (link.may && chance(3)) to.open_linked = {link.procedure};
        auto done = by.complete(t.task, to);
        if (done) return true;
        // What random values deserved is tried once more with plain ones; a gap is a gap.
        if (!is_gap(done.error().code)) {
            done = by.complete(t.task, wanted{outcome, {}, {}, {}});
            if (done) return true;
        }
        last = done.error();
        if (is_fair(last->code)) continue;
        if (!offered(by, by.last_try())) {
            if (!can_go_on(by)) break;
            return false;  // somebody else than those who were tried
        }
        note(by, {finding::kind::refused, where.id, outcome, last, {}, {}, 0, 0}, by.last_try());
        return false;
    }
    note(by, {finding::kind::dead_end, where.id, {}, last, {}, {}, 0, 0}, {});
    return false;
}

// ---------------------------------------------------------------- findings

/// Does the course still come to the same?
bool explorer::still_there(const tale& t, const finding& found,
                           const std::optional<move>& last) const {
    try {
        world w = world_of(t, known_, options_.seed, options_.bounds);
        if (retell(w, t)) return false;
        switch (found.what) {
        case finding::kind::refused: {
            if (!last || !last->what) return false;
            const auto answer = w.send(last->by, *last->what);
            return !answer && found.why && answer.error().code == found.why->code;
        }
        case finding::kind::dead_end: {
            player by(of_, known_, start_, options_.seed, options_.bounds);
            return by.follow(t) && is_dead_end(by, *of_, found.step);
        }
        case finding::kind::damaged: return !w.office().verify(w.at_hand());
        case finding::kind::thrown: return false;
        }
    } catch (const std::exception& thrown) {
        return found.what == finding::kind::thrown && found.words == thrown.what();
    }
    return false;
}

/// Without the moves that it does not need: halves first, then single ones.
tale explorer::shrunk(tale t, const finding& found, const std::optional<move>& last) const {
    if (!still_there(t, found, last)) return t;
    std::size_t told = 0;
    for (std::size_t size = std::max<std::size_t>(t.moves.size() / 2, 1); size > 0; size /= 2) {
        for (std::size_t at = 0; at < t.moves.size() && told < most_retold;) {
            tale shorter = t;
            const auto begin = shorter.moves.begin() + static_cast<std::ptrdiff_t>(at);
            const std::size_t count = std::min(size, shorter.moves.size() - at);
            shorter.moves.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
            ++told;
            if (still_there(shorter, found, last))
                t = std::move(shorter);
            else
                at += size;
        }
    }
    return t;
}

void explorer::note(player& by, finding found, const std::optional<move>& last) {
    const errc code = found.why ? found.why->code : errc{};
    if (!seen_.insert({found.what, found.step, found.outcome, code}).second) return;
    tale t = by.told();
    found.moves_found = t.moves.size() + (last ? 1 : 0);
    t = shrunk(std::move(t), found, last);
    found.moves = t.moves.size() + (last ? 1 : 0);
    try {
        world w = world_of(t, known_, options_.seed, options_.bounds);
        if (auto written = scenario_of(w, t)) found.course = *std::move(written);
        if (last)
            if (auto act = act_of(*of_, *last, by.at().offset())) {
                found.course.lines.push_back({*std::move(act), false, {}});
                scenario_expectation refused;
                refused.kind_of = scenario_expectation::kind::refused;
                found.course.lines.push_back({std::move(refused), false, {}});
            }
    } catch (const std::exception&) {
        // The course itself is what throws: it has been told as far as it goes.
    }
    found.course.title = describe(found, of_->words == dialect::vi ? language::vi : language::en);
    std::replace(found.course.title.begin(), found.course.title.end(), '"', '\'');
    out_.findings.push_back(std::move(found));
}

}  // namespace
}  // namespace detail::exploring

std::string describe(const finding& what, language words) {
    const bool vi = words == language::vi;
    const std::string at = what.step.empty() ? std::string()
                           : vi              ? " ở bước " + what.step
                                             : " at step " + what.step;
    const std::string why = what.why ? ": " + what.why->text(words) : std::string();
    switch (what.what) {
    case finding::kind::dead_end:
        return (vi ? "hồ sơ đi vào ngõ cụt" : "the case comes to a dead end") + at + why;
    case finding::kind::refused: {
        const std::string chosen = what.outcome.empty() ? std::string() : " " + what.outcome;
        return (vi ? "việc được mời làm lại bị từ chối" : "a move that was offered is refused") +
               at + chosen + why;
    }
    case finding::kind::thrown:
        return (vi ? "lỗi bất ngờ" : "something was thrown") + at + ": " + what.words;
    case finding::kind::damaged:
        return (vi ? "hồ sơ không khớp với lịch sử của nó"
                   : "the case does not agree with its history") +
               at + why;
    }
    return at;
}

result<exploration> explore(const procedure_ptr& of, const explore_options& options) {
    if (!of) return fail(errc::invalid_argument, {"procedure"});
    return detail::exploring::explorer(of, options).run();
}

}  // namespace quytrinh::testing
