// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/course.ipp: how a case finds its way to what is not covered yet.
#pragma once

#include <quytrinh/testing/impl/course.hpp>

#include <quytrinh/engine/kernel.hpp>

#include <algorithm>

namespace quytrinh::testing::detail {

course::course(player& by, const flow_graph& graph, coverage& reached, wanting wants,
               const coverage_item& aim, assignment wishes, effort& cost)
    : by_(by),
      graph_(graph),
      reached_(reached),
      wants_(std::move(wants)),
      aim_(aim),
      wishes_(std::move(wishes)),
      cost_(cost) {
    for (const step& s : by_.of().steps)
        if (s.kind == step_kind::consultation) questions_.push_back(&s);
}

/// Who has gained nothing for so many moves goes home; after as many again he stops.
std::uint32_t course::patience() const {
    return 12 + 3 * static_cast<std::uint32_t>(by_.of().steps.size());
}

bool course::want(cover what, const std::string& step, std::uint32_t index,
                  const std::string& subject) const {
    if (idle_ > patience()) return false;
    const auto times = reached_.times(what, step, index, subject);
    return times && *times == 0 && wants_(what, step, index, subject);
}

void course::observe() {
    const std::size_t before = reached_.covered();
    if (auto done = reached_.follow(followed_, by_.at().history({}, followed_.version)); !done)
        stuck_ = done.error();
    // The clocks of a case and of its parts are counted at its end: what has come to pass of them
    // is a gain now.
    std::size_t clocks = followed_.overdue || followed_.late ? 1 : 0;
    for (const part_clock& p : followed_.parts) clocks += p.overdue || p.late || p.closed_at;
    const bool gained = reached_.covered() > before || clocks > clocks_;
    clocks_ = clocks;
    idle_ = gained ? 0 : idle_ + 1;
    if (gained || followed_.status != case_status::open) {
        told_ = by_.told().moves.size();
        told_version_ = followed_.version;
    }
    const bool there =
        reached_.times(aim_.what, aim_.step, aim_.index, aim_.subject).value_or(0) != 0;
    // Values that have brought the case where it should go would keep it in a loop.
    if (there || idle_ > patience()) wishes_.clear();
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
    while (by_.state().status == case_status::open) {
        const bool spent = by_.told().moves.size() >= moves;
        if (spent || idle_ > 2 * patience()) {
            const std::size_t most = spent ? moves : by_.told().moves.size();
            if (spent || !stuck_)
                stuck_ = error{errc::limit_exceeded, {"moves", std::to_string(most)}, {}, {}};
            break;
        }
        // Each move looks at every step.
        cost_.spent += 100 + 25 * by_.of().steps.size();
        if (cost_.is_over() || !move_on()) break;
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
    for (const step* one : questions_) {
        const step& question = *one;
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
            const auto found = solve(
                by_.of(), seen,
                line ? demands_of_line(question.limits, *line) : std::vector<demand>{}, nothing,
                by_.fillable(question, seen), by_.today(), by_.channels_of(question), cost_);
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
    const assignment nothing;
    const trial_reader seen =
        by_.reader(t, to.by == nullptr ? std::string("xong") : to.by->outcome(), nothing);
    const std::set<variable> free = by_.fillable(where, seen);
    assignment fixed;
    std::optional<solution> found = values_for(t, where, to, done, free, fixed);
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
    // Other values may open what was closed.
    if (!done.values.empty()) barred_.clear();
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
