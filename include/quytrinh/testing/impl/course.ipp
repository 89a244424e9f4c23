// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/course.ipp: how a case finds its way to what is not covered yet.
#pragma once

#include <quytrinh/testing/impl/course.hpp>

#include <quytrinh/engine/kernel.hpp>

#include <algorithm>
#include <deque>
#include <limits>
#include <tuple>

namespace quytrinh::testing::detail {

namespace coursing {
namespace {

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
/// A step is visited so often for what can be gained there; after that it gains nothing.
constexpr std::uint32_t most_visits = 4;
constexpr std::uint32_t most_questions = 12;

std::uint32_t plus(std::uint32_t a, std::uint32_t b) { return a == nowhere ? nowhere : a + b; }

bool is_among(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

bool may_be_raised(const step& question, const std::string& at) {
    return question.kind == step_kind::consultation &&
           (question.at_any_step || is_among(question.at_steps, at));
}

/// Steps in rings around the vertices that count 0, against the edges.
void spread(const flow_graph& graph, std::vector<std::uint32_t>& distance) {
    std::deque<std::uint32_t> next;
    std::vector<std::uint32_t> order;
    for (std::uint32_t v = 0; v < distance.size(); ++v)
        if (distance[v] != nowhere) order.push_back(v);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return distance[a] < distance[b]; });
    next.assign(order.begin(), order.end());
    while (!next.empty()) {
        const std::uint32_t v = next.front();
        next.pop_front();
        for (const std::uint32_t e : graph.in(v)) {
            const flow_edge& edge = graph.edges()[e];
            if (edge.what == flow_edge::kind::consultation) continue;
            if (distance[edge.from] <= plus(distance[v], 1)) continue;
            distance[edge.from] = plus(distance[v], 1);
            next.push_back(edge.from);
        }
    }
}

}  // namespace
}  // namespace coursing

course::course(player& by, const flow_graph& graph, coverage& reached, wanting wants,
               assignment wishes)
    : by_(by),
      graph_(graph),
      reached_(reached),
      wants_(std::move(wants)),
      wishes_(std::move(wishes)) {}

bool course::want(cover what, const std::string& step, std::uint32_t index,
                  const std::string& subject) const {
    // Who has long gained nothing goes home.
    if (idle_ > 12 + 3 * by_.of().steps.size()) return false;
    const auto times = reached_.times(what, step, index, subject);
    return times && *times == 0 && wants_(what, step, index, subject);
}

void course::observe() {
    const std::size_t before = reached_.covered();
    if (auto done = reached_.follow(followed_, by_.at().history({}, followed_.version)); !done)
        stuck_ = done.error();
    idle_ = reached_.covered() > before ? 0 : idle_ + 1;
}

void course::walk(const std::string& at_step, std::size_t moves) {
    if (auto opened = by_.open(at_step); !opened) {
        stuck_ = opened.error();
        return;
    }
    opened_ = true;
    observe();
    to_end_.assign(graph_.vertices().size(), coursing::nowhere);
    for (std::uint32_t v = 0; v < to_end_.size(); ++v)
        if (graph_.vertices()[v].what == flow_vertex::kind::end) to_end_[v] = 0;
    coursing::spread(graph_, to_end_);
    while (by_.state().status == case_status::open && by_.told().moves.size() < moves) {
        if (!move_on()) break;
        observe();
    }
    reached_.conclude(followed_);
}

/// One move; false when nobody can do anything that would help.
bool course::move_on() {
    measure();
    if (answer_open()) return true;
    for (const task_state& open : by_.state().tasks) {
        if (open.status != task_status::open) continue;
        const task_state t = open;
        const step* where = by_.of().find_step(t.task.step);
        if (where == nullptr) continue;
        if (start_task(t) || ask(t, *where)) return true;
        if (wait_for_limit(t.task, t.due, t.overdue) || wait_for_case(t)) return true;
        if (finish(t, *where)) return true;
    }
    return false;
}

// ---------------------------------------------------------------- where to

/// Can a visit to this step cover anything?
bool course::rewarding(const step& where) const {
    const auto found = visits_.find(where.id);
    if (found != visits_.end() && found->second >= coursing::most_visits) return false;
    const auto at = [&](const step& s) {
        if (want(s.kind == step_kind::step ? cover::step : cover::consultation, s.id)) return true;
        for (std::uint32_t i = 0; i < s.limits.size(); ++i)
            if (want(cover::kept, s.id, i) || want(cover::missed, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.answers.size(); ++i)
            if (want(cover::answer, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.preconditions.size(); ++i)
            if (want(cover::precondition, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.acts.size(); ++i)
            if (want(cover::record, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.links.size(); ++i)
            if (want(cover::link, s.id, i)) return true;
        for (const std::string& party : s.lead.parties)
            if (want(cover::acted, {}, 0, party)) return true;
        for (const auto* clauses : {&s.with, &s.inform})
            for (const party_clause& clause : *clauses)
                for (const std::string& party : clause.parties)
                    if (want(cover::told, {}, 0, party)) return true;
        return !s.recorder.empty() && want(cover::acted, {}, 0, s.recorder);
    };
    if (at(where)) return true;
    for (const step& s : by_.of().steps) {
        if (!coursing::may_be_raised(s, where.id)) continue;
        const auto asked = asked_.find(s.id);
        if (asked != asked_.end() && asked->second >= coursing::most_questions) continue;
        if (at(s)) return true;
    }
    return false;
}

/// How far each step is from something that is wanted.
void course::measure() {
    const procedure& of = by_.of();
    to_gain_.assign(graph_.vertices().size(), coursing::nowhere);
    for (std::uint32_t v = 0; v < of.steps.size(); ++v) {
        const step& s = of.steps[v];
        if (s.kind != step_kind::step) continue;
        if (rewarding(s)) {
            to_gain_[v] = 0;
            continue;
        }
        for (std::uint32_t i = 0; i < s.branches.size(); ++i) {
            if (barred_.contains({s.id, i})) continue;
            const auto taken = taken_.find({s.id, i});
            const std::uint32_t times = taken == taken_.end() ? 0 : taken->second;
            if (times > std::max(s.branches[i].at_most + 1, coursing::most_visits)) continue;
            if (want(cover::branch, s.id, i) || want(cover::used_up, s.id, i)) to_gain_[v] = 1;
        }
    }
    coursing::spread(graph_, to_gain_);
}

std::vector<course::way> course::ways(const task_state& t, const step& where) const {
    std::vector<way> all;
    const auto weigh = [&](way one) {
        const bool ends = one.to < graph_.vertices().size() &&
                          graph_.vertices()[one.to].what == flow_vertex::kind::end;
        one.to_end = one.to < to_end_.size() ? to_end_[one.to] : coursing::nowhere;
        const std::uint32_t on =
            ends || one.to >= to_gain_.size() ? coursing::nowhere : to_gain_[one.to];
        one.cost = one.gains ? 0 : coursing::plus(on, 1);
        all.push_back(std::move(one));
    };
    for (const flow_edge& e : graph_.out(graph_.vertex_of(where.id))) {
        if (e.what == flow_edge::kind::consultation) continue;
        if (e.implied) {
            weigh({0, nullptr, {}, e.to, false, 0, 0});
            continue;
        }
        const branch& b = where.branches[e.branch];
        const auto counted = by_.state().taken.find({where.id, e.branch});
        const std::uint32_t times = counted == by_.state().taken.end() ? 0 : counted->second;
        const bool used = b.at_most != 0 && times >= b.at_most;
        if (used != e.afterwards) continue;
        const std::string outcome = b.outcome() == "xong" ? std::string() : b.outcome();
        if (!t.confirmed.empty() && t.confirmed.front().outcome != b.outcome()) continue;
        const bool gains = (!used && want(cover::branch, where.id, e.branch)) ||
                           want(cover::used_up, where.id, e.branch);
        weigh(
            {e.branch, &b, outcome, e.to, gains && !barred_.contains({where.id, e.branch}), 0, 0});
    }
    // What gains first; else nearest to a gain; else nearest to an end. Straight on before back.
    std::stable_sort(all.begin(), all.end(), [&](const way& a, const way& b) {
        const auto rank = [&](const way& w) {
            return std::make_tuple(barred_.contains({where.id, w.index}), w.cost, w.to_end);
        };
        return rank(a) < rank(b);
    });
    return all;
}

std::vector<demand> course::demands_of(const step& where, const way& to) const {
    std::vector<demand> all;
    if (to.by == nullptr) return all;
    for (const branch& b : where.branches) {
        const bool it = &b == to.by;
        if (b.outcome() == to.by->outcome() && b.when) all.push_back({&*b.when, it, b.outcome()});
        if (it) break;
    }
    return all;
}

/// What else could be covered on this way, if its conditions can be met too.
void course::add_bonus(const step& where, const way& to, std::vector<demand>& into,
                       wanted& done) const {
    const std::string outcome = to.by == nullptr ? std::string("xong") : to.by->outcome();
    const auto hold = [&](const std::optional<condition>& when) {
        if (when) into.push_back({&*when, true, outcome});
    };
    for (std::uint32_t i = 0; i < where.acts.size(); ++i)
        if (where.acts[i].what == form_act::kind::keep && want(cover::record, where.id, i))
            hold(where.acts[i].when);
    for (std::uint32_t i = 0; i < where.preconditions.size(); ++i)
        if (want(cover::precondition, where.id, i)) hold(where.preconditions[i].when);
    for (std::uint32_t i = 0; i < where.links.size(); ++i) {
        if (!want(cover::link, where.id, i)) continue;
        hold(where.links[i].when);
        if (where.links[i].may && !coursing::is_among(done.open_linked, where.links[i].procedure))
            done.open_linked.push_back(where.links[i].procedure);
    }
    for (const auto* clauses : {&where.with, &where.inform})
        for (const party_clause& clause : *clauses)
            for (const std::string& party : clause.parties)
                if (want(cover::told, {}, 0, party)) hold(clause.when);
}

// ---------------------------------------------------------------- moves

/// Acknowledges, and lets happen what a limit waits for.
bool course::start_task(const task_state& t) {
    if (t.awaiting_receipt) {
        auto done = by_.receive(t.task);
        if (!done) stuck_ = done.error();
        return done.has_value();
    }
    const step* where = by_.of().find_step(t.task.step);
    if (t.due.kind != due_kind::waiting || where == nullptr) return false;
    for (const time_limit& l : where->limits) {
        if (l.what != time_limit::kind::count || l.from.what != anchor::kind::event) continue;
        if (!signalled_.insert(l.from.text).second) continue;
        if (by_.signal(l.from.text)) return true;
    }
    return false;
}

bool course::answer_open() {
    for (const consultation_state& c : by_.state().consultations) {
        if (c.status != task_status::open) continue;
        if (wait_for_limit(c.consultation, c.due, c.overdue)) return true;
        const step* question = by_.of().find_step(c.consultation.step);
        std::string chosen;
        if (question != nullptr && !question->answers.empty()) {
            chosen = question->answers.front();
            for (std::uint32_t i = 0; i < question->answers.size(); ++i)
                if (want(cover::answer, question->id, i)) {
                    chosen = question->answers[i];
                    break;
                }
        }
        auto done = by_.answer(c.consultation, chosen);
        if (!done) stuck_ = done.error();
        return done.has_value();
    }
    return false;
}

/// Raises a question when there is something to cover with it.
bool course::ask(const task_state& t, const step& where) {
    for (const step& question : by_.of().steps) {
        if (!coursing::may_be_raised(question, where.id)) continue;
        std::uint32_t& asked = asked_[question.id];
        if (asked >= coursing::most_questions) continue;
        bool wanted_here = want(cover::consultation, question.id);
        for (std::uint32_t i = 0; i < question.answers.size(); ++i)
            wanted_here = wanted_here || want(cover::answer, question.id, i);
        for (const std::string& party : question.lead.parties)
            wanted_here = wanted_here || want(cover::acted, {}, 0, party);
        std::vector<std::optional<std::uint32_t>> lines;
        for (std::uint32_t i = 0; i < question.limits.size(); ++i)
            if (want(cover::kept, question.id, i) || want(cover::missed, question.id, i))
                lines.emplace_back(i);
        if (wanted_here) lines.emplace_back(std::nullopt);
        const assignment nothing;
        for (const auto& line : lines) {
            const trial_reader seen = by_.reader(t, {}, nothing);
            const auto found =
                solve(by_.of(), seen,
                      line ? demands_of_line(question.limits, *line) : std::vector<demand>{},
                      nothing, by_.fillable(question, seen), by_.today(), {});
            if (!found) continue;
            ++asked;
            auto done = by_.ask(question, t.task, found->values);
            if (done) return true;
            stuck_ = done.error();
        }
    }
    return false;
}

bool course::clocks_wanted(cover what) const {
    for (std::uint32_t i = 0; i < by_.of().overall.size(); ++i)
        if (want(what, {}, i)) return true;
    return false;
}

/// Lets a limit pass whose missing is all that is wanted of it.
bool course::wait_for_limit(const task_key& task, const task_due& due, bool overdue) {
    const std::string& id = task.step;
    const bool at_once = due.kind == due_kind::immediately;
    if (overdue || !due.due || (due.kind != due_kind::counted && !at_once)) return false;
    if (want(cover::kept, id, due.limit_index) || !want(cover::missed, id, due.limit_index))
        return false;
    const auto clock = by_.state().next_clock();
    if (at_once) {
        auto said = by_.say_late(task);
        if (!said) stuck_ = said.error();
        return said.has_value();
    }
    if (clock && *clock <= due.due->before && clocks_wanted(cover::case_kept)) return false;
    const instant before = by_.at().now();
    if (auto done = by_.wait_until(due.due->before); !done) stuck_ = done.error();
    return by_.at().now() > before;
}

/// Lets an overall limit pass, once its keeping has been seen.
bool course::wait_for_case(const task_state& t) {
    const auto clock = by_.state().next_clock();
    if (!clock || !clocks_wanted(cover::case_missed) || clocks_wanted(cover::case_kept))
        return false;
    if (t.due.kind == due_kind::counted && want(cover::kept, t.task.step, t.due.limit_index))
        return false;
    const instant before = by_.at().now();
    if (auto done = by_.wait_until(*clock); !done) stuck_ = done.error();
    return by_.at().now() > before;
}

bool course::take(const task_state& t, const step& where, const way& to) {
    wanted done;
    done.outcome = to.outcome;
    for (const std::string& party : where.lead.parties)
        if (want(cover::acted, {}, 0, party)) {
            done.lead = party;
            break;
        }
    const std::vector<demand> must = demands_of(where, to);
    std::vector<demand> also = must;
    add_bonus(where, to, also, done);
    const assignment nothing;
    const trial_reader seen =
        by_.reader(t, to.by == nullptr ? std::string("xong") : to.by->outcome(), nothing);
    const std::set<variable> free = by_.fillable(where, seen);
    assignment fixed;
    const std::vector<std::string> channels = by_.channels_of(where);
    for (const variable& name : free) {
        const auto wish = wishes_.find(name);
        if (wish == wishes_.end()) continue;
        const auto* word = wish->second.get_if<std::string>();
        if (name == channel_variable && (word == nullptr || !coursing::is_among(channels, *word)))
            continue;
        fixed.insert(*wish);
    }
    std::optional<solution> found;
    for (const assignment* wishes : {&std::as_const(fixed), &nothing}) {
        for (const std::vector<demand>* demands : {&std::as_const(also), &must}) {
            found =
                solve(by_.of(), seen, *demands, *wishes, free, by_.today(), by_.channels_of(where));
            if (found) break;
        }
        if (found) break;
    }
    if (!found) return false;
    by_.stand(found->rows);
    for (const variable& name : free)
        if (const auto wish = fixed.find(name); wish != fixed.end()) found->values.insert(*wish);
    std::erase_if(found->values, [&](const auto& one) { return !free.contains(one.first); });
    done.values = std::move(found->values);
    auto answer = by_.complete(t.task, done);
    if (!answer) {
        stuck_ = answer.error();
        return false;
    }
    stuck_.reset();
    ++taken_[{where.id, to.index}];
    return true;
}

bool course::finish(const task_state& t, const step& where) {
    for (const way& to : ways(t, where)) {
        if (take(t, where, to)) {
            ++visits_[where.id];
            return true;
        }
        barred_.insert({where.id, to.index});
    }
    // No values were found with which any way can be taken: the kernel says why it cannot.
    if (!stuck_) {
        wanted plain;
        if (!where.branches.empty() && where.branches.front().outcome() != "xong")
            plain.outcome = where.branches.front().outcome();
        auto done = by_.complete(t.task, plain);
        if (done) {
            ++visits_[where.id];
            return true;
        }
        stuck_ = done.error();
    }
    return false;
}

}  // namespace quytrinh::testing::detail
