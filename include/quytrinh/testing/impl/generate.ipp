// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/generate.ipp: case after case, each aimed at the first thing that is not
// covered yet; then without those that the others make superfluous.
#pragma once

#include <quytrinh/testing/generate.hpp>

#include <quytrinh/model/graph.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/impl/course.hpp>
#include <quytrinh/testing/impl/start.hpp>
#include <quytrinh/testing/impl/tale_text.hpp>

#include <algorithm>
#include <deque>
#include <set>
#include <tuple>
#include <utility>

namespace quytrinh::testing {

namespace detail::generating {
namespace {

using item_key = std::tuple<cover, std::string, std::uint32_t, std::string>;
item_key key_of(const coverage_item& item) {
    return {item.what, item.step, item.index, item.step.empty() ? item.subject : std::string()};
}

/// Aimed at one thing so often before it is given up.
constexpr std::uint32_t most_aims = 4;

class planner {
public:
    planner(procedure_ptr of, const generate_options& options)
        : of_(std::move(of)), options_(options), graph_(*of_), reached_(of_) {
        known_ = options.known ? options.known : std::make_shared<const definitions>(bundled());
        start_ = options.start ? *options.start : usual_start(*of_);
    }

    result<generated> run();

private:
    [[nodiscard]] const coverage_item* aim() const;
    [[nodiscard]] std::vector<demand> demands_of(const coverage_item& item) const;
    void add_path(const std::string& step, const std::string& from,
                  std::vector<demand>& into) const;
    [[nodiscard]] std::string entry_for(const std::string& step) const;
    [[nodiscard]] const step* host_of(const std::string& id) const;
    [[nodiscard]] assignment wishes_for(const coverage_item& item, std::uint32_t times);
    [[nodiscard]] value somebody_else(const form_field& field) const;
    void drop_superfluous();
    [[nodiscard]] std::string told_apart(const std::vector<scenario>& earlier,
                                         const scenario& one) const;
    result<generated> finish();

    struct kept_course {
        tale told;
        std::set<item_key> covers;
        std::vector<coverage_item> news;  ///< what it was the first to cover
    };
    procedure_ptr of_;
    const generate_options& options_;
    flow_graph graph_;
    coverage reached_;
    std::shared_ptr<const definitions> known_;
    instant start_{};
    std::vector<kept_course> kept_;
    std::map<item_key, std::uint32_t> aims_;
    std::map<item_key, std::optional<error>> beyond_;
    std::size_t tried_ = 0;
    detail::effort cost_;
    std::optional<error> gave_up_;
};

const coverage_item* planner::aim() const {
    const coverage_item* first = nullptr;
    std::uint32_t fewest = most_aims;
    for (const coverage_item& item : reached_.items()) {
        if (item.times != 0 || beyond_.contains(key_of(item))) continue;
        const auto found = aims_.find(key_of(item));
        const std::uint32_t aimed = found == aims_.end() ? 0 : found->second;
        if (aimed < fewest) {
            fewest = aimed;
            first = &item;
        }
        if (fewest == 0) break;
    }
    return first;
}

/// A consultation is met at a step where it may be raised.
const step* planner::host_of(const std::string& id) const {
    const step* s = of_->find_step(id);
    if (s == nullptr || s->kind == step_kind::step) return s;
    for (const step& host : of_->steps) {
        if (host.kind != step_kind::step) continue;
        const auto& at = s->at_steps;
        if (s->at_any_step || std::find(at.begin(), at.end(), host.id) != at.end()) return &host;
    }
    return nullptr;
}

/// The step where a case should begin, so that it can come to `step`; empty for the first.
std::string planner::entry_for(const std::string& step) const {
    const auto* host = host_of(step);
    if (host == nullptr) return {};
    const auto reaches = [&](std::uint32_t from) {
        std::vector<char> seen(graph_.vertices().size(), 0);
        std::deque<std::uint32_t> next{from};
        while (!next.empty()) {
            const std::uint32_t v = next.front();
            next.pop_front();
            if (v >= seen.size() || seen[v]) continue;
            seen[v] = 1;
            if (graph_.vertices()[v].what == flow_vertex::kind::step &&
                of_->steps[graph_.vertices()[v].step].id == host->id)
                return true;
            for (const flow_edge& e : graph_.out(v)) next.push_back(e.to);
        }
        return false;
    };
    if (reaches(graph_.entry())) return {};
    for (const std::string& id : of_->may_open_at)
        if (reaches(graph_.vertex_of(id))) return id;
    return {};
}

/// The conditions on a shortest way to a step.
void planner::add_path(const std::string& step, const std::string& from,
                       std::vector<demand>& into) const {
    const auto* host = host_of(step);
    if (host == nullptr) return;
    const std::uint32_t goal = graph_.vertex_of(host->id);
    const std::uint32_t begin = from.empty() ? graph_.entry() : graph_.vertex_of(from);
    std::vector<const flow_edge*> came(graph_.vertices().size(), nullptr);
    std::vector<char> seen(came.size(), 0);
    std::deque<std::uint32_t> next{begin};
    if (begin < seen.size()) seen[begin] = 1;
    while (!next.empty()) {
        const std::uint32_t v = next.front();
        next.pop_front();
        if (v >= came.size()) continue;
        for (const flow_edge& e : graph_.out(v)) {
            if (e.what == flow_edge::kind::consultation || seen[e.to]) continue;
            seen[e.to] = 1;
            came[e.to] = &e;
            next.push_back(e.to);
        }
    }
    for (std::uint32_t v = goal; v < came.size() && v != begin && came[v] != nullptr;
         v = came[v]->from) {
        const flow_edge& e = *came[v];
        if (e.implied || e.from >= of_->steps.size()) continue;
        const auto& branches = of_->steps[e.from].branches;
        for (std::uint32_t i = 0; i <= e.branch && i < branches.size(); ++i)
            if (branches[i].outcome() == branches[e.branch].outcome() && branches[i].when)
                into.push_back({&*branches[i].when, i == e.branch, branches[i].outcome()});
    }
}

std::vector<demand> planner::demands_of(const coverage_item& item) const {
    if (item.what == cover::case_kept || item.what == cover::case_missed)
        return demands_of_line(of_->overall, item.index);
    const step* s = of_->find_step(item.step);
    std::vector<demand> all;
    const auto hold = [&](const std::optional<condition>& when) {
        if (when) all.push_back({&*when, true, {}});
    };
    if (s == nullptr) {
        for (const step& one : of_->steps)
            for (const auto* clauses : {&one.with, &one.inform})
                for (const party_clause& clause : *clauses)
                    for (const std::string& party : clause.parties)
                        if (item.what == cover::told && party == item.subject && all.empty())
                            hold(clause.when);
        return all;
    }
    if (item.what == cover::kept || item.what == cover::missed)
        return demands_of_line(s->limits, item.index);
    if ((item.what == cover::branch || item.what == cover::used_up) &&
        item.index < s->branches.size())
        for (std::uint32_t i = 0; i <= item.index; ++i)
            if (const branch& b = s->branches[i];
                b.when && b.outcome() == s->branches[item.index].outcome())
                all.push_back({&*b.when, i == item.index, b.outcome()});
    if (item.what == cover::record && item.index < s->acts.size()) hold(s->acts[item.index].when);
    if (item.what == cover::link && item.index < s->links.size()) hold(s->links[item.index].when);
    if (item.what == cover::precondition && item.index < s->preconditions.size())
        hold(s->preconditions[item.index].when);
    return all;
}

/// The last of the choices: the first is what everybody else is given, and one unit is told once.
value planner::somebody_else(const form_field& field) const {
    if (field.choices.empty()) return plausible(*of_, field, day_of(start_, {}));
    if (field.type == field_type::any_of)
        return value(std::vector<std::string>{field.choices.back()});
    return value(field.choices.back());
}

/// Values that should stand in the fields of a case, so that what it is aimed at can happen.
assignment planner::wishes_for(const coverage_item& item, std::uint32_t times) {
    if (times % 2 == 1) return {};
    assignment wishes;
    // A party that a field names is there only when the field is filled in.
    if (const party* p = of_->find_party(item.subject);
        p != nullptr && item.step.empty() && p->binding == binding_kind::from_field)
        if (const found_field f = find_field(*of_, p->bound_from); f.field != nullptr)
            wishes[f.name()] = somebody_else(*f.field);
    std::vector<demand> own = demands_of(item), all = own;
    if (!item.step.empty()) add_path(item.step, entry_for(item.step), all);
    std::set<variable> free;
    for (const form& f : of_->forms)
        for (const form_field& field : f.fields) free.insert({f.code, field.name});
    std::vector<std::string> channels;
    if (const step* s = of_->find_step(item.step)) channels = detail::channels_of(*of_, *s);
    if (!channels.empty()) free.insert(channel_variable);
    const assignment nothing;
    const trial_reader seen(*of_, nullptr, nothing);
    const date today = day_of(start_, std::chrono::minutes{420});
    for (const std::vector<demand>* demands : {&all, &own})
        if (auto found = solve(*of_, seen, *demands, wishes, free, today, channels, cost_))
            return std::move(found->values);
    return wishes;
}

result<generated> planner::run() {
    std::optional<error> first_refusal;
    const std::size_t most = std::min<std::size_t>(options_.scenarios, 10'000);
    const std::size_t tries = std::min<std::size_t>(options_.tries, 100'000);
    const std::size_t moves = std::min<std::size_t>(options_.moves, 10'000);
    cost_.most = std::min<std::uint64_t>(options_.effort, 1'000'000'000'000);
    while (const coverage_item* found = aim()) {
        const auto over = [&](const char* what, std::uint64_t allowed) {
            gave_up_ = error{errc::limit_exceeded, {what, std::to_string(allowed)}, {}, {}};
        };
        if (tried_ >= tries) over("tries", tries);
        if (kept_.size() >= most) over("scenarios", most);
        if (cost_.is_over()) over("effort", cost_.most);
        if (gave_up_) break;
        const coverage_item item = *found;
        const std::uint32_t times = aims_[key_of(item)];
        const assignment wishes = wishes_for(item, times);
        player by(of_, known_, start_, options_.seed, options_.bounds);
        by.stand(rows_of_nobody(*of_, day_of(start_, std::chrono::minutes{420})));
        coverage now = reached_;
        // A second try goes for this alone, so that nothing nearer leads it away.
        const wanting wants = [&](cover what, const std::string& step, std::uint32_t index,
                                  const std::string& subject) {
            const item_key key{what, step, index, step.empty() ? subject : std::string()};
            if (times >= 2) return key == key_of(item);
            // The first case goes straight on and in time: it is the one that is read first.
            if (kept_.empty() && (what == cover::missed || what == cover::case_missed))
                return false;
            return !beyond_.contains(key);
        };
        course one(by, graph_, now, wants, item, wishes, cost_);
        one.walk(entry_for(item.step), moves);
        ++tried_;
        if (!one.opened() && !first_refusal) first_refusal = one.stuck();
        kept_course kept;
        for (std::size_t i = 0; i < now.items().size(); ++i)
            if (now.items()[i].times != 0 && reached_.items()[i].times == 0)
                kept.news.push_back(now.items()[i]);
        if (!kept.news.empty()) {
            coverage alone(of_);
            std::vector<case_event> history = by.at().history();
            std::erase_if(history,
                          [&](const case_event& fact) { return fact.seq > one.events_told(); });
            if (auto done = alone.add(history); !done) return done.failure();
            for (const coverage_item& covered : alone.items())
                if (covered.times != 0) kept.covers.insert(key_of(covered));
            kept.told = by.told();
            kept.told.moves.resize(std::min(kept.told.moves.size(), one.moves_told()));
            kept_.push_back(std::move(kept));
            reached_ = std::move(now);
        }
        if (reached_.times(item.what, item.step, item.index, item.subject).value_or(0) == 0 &&
            ++aims_[key_of(item)] >= most_aims)
            beyond_.emplace(key_of(item), one.stuck());
        if (options_.progress) options_.progress(tried_, reached_.missing().size());
    }
    if (kept_.empty() && first_refusal) return fail(*first_refusal);
    drop_superfluous();
    return finish();
}

/// From the last to the first: what the others cover without it goes.
void planner::drop_superfluous() {
    std::map<item_key, std::size_t> by_how_many;
    for (const kept_course& one : kept_)
        for (const item_key& key : one.covers) ++by_how_many[key];
    for (std::size_t i = kept_.size(); i-- > 0;) {
        const auto& covers = kept_[i].covers;
        if (std::any_of(covers.begin(), covers.end(),
                        [&](const item_key& key) { return by_how_many[key] == 1; }))
            continue;
        for (const item_key& key : covers) --by_how_many[key];
        kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

/// What is written into the first field that the earlier scenarios of this title fill otherwise:
/// "; “Số người” là 8".
std::string planner::told_apart(const std::vector<scenario>& earlier, const scenario& one) const {
    const auto written = [](const scenario& in) {
        std::vector<std::pair<std::string, const scenario_value*>> all;
        for (const scenario_line& line : in.lines)
            if (const auto* act = std::get_if<scenario_act>(&line.what))
                for (const scenario_field& field : act->fields)
                    if (field.items.size() == 1)
                        all.emplace_back(field.field, &field.items.front());
        return all;
    };
    const bool vi = of_->words == dialect::vi;
    const auto word_of = [&](const scenario_value& v) -> std::string {
        if (v.what == scenario_value::kind::yes) return vi ? "có" : "yes";
        if (v.what == scenario_value::kind::no) return vi ? "không" : "no";
        return v.what == scenario_value::kind::text ? "“" + v.text + "”" : v.text;
    };
    constexpr std::size_t longest = 60;
    for (const auto& mine : written(one)) {
        const bool same = std::any_of(earlier.begin(), earlier.end(), [&](const scenario& other) {
            const auto theirs = written(other);
            return other.title == one.title &&
                   std::any_of(theirs.begin(), theirs.end(), [&](const auto& each) {
                       return each.first == mine.first && *each.second == *mine.second;
                   });
        });
        const std::string word = word_of(*mine.second);
        if (same || word.empty() || word.size() > longest) continue;
        std::string out = "; “" + mine.first + (vi ? "” là " : "” is ") + word;
        std::replace(out.begin(), out.end(), '"', '\'');
        return out;
    }
    return {};
}

result<generated> planner::finish() {
    generated out{{}, coverage(of_), {}, tried_, gave_up_};
    std::set<std::string> titles;
    for (const kept_course& one : kept_) {
        world w = world_of(one.told, known_, options_.seed, options_.bounds);
        auto written = scenario_of(w, one.told);
        if (!written) return written.failure();
        if (titles.contains(written->title))
            written->title += told_apart(out.scenarios.items, *written);
        const std::string title = written->title;
        for (int n = 2; !titles.insert(written->title).second; ++n)
            written->title = title + " (" + std::to_string(n) + ")";
        if (auto done = out.reached.add(w.history(), written->title); !done) return done.failure();
        out.scenarios.items.push_back(*std::move(written));
    }
    for (const coverage_item* item : out.reached.missing()) {
        const auto why = beyond_.find(key_of(*item));
        out.unreached.push_back({*item, why == beyond_.end() ? gave_up_ : why->second});
    }
    return out;
}

}  // namespace
}  // namespace detail::generating

result<generated> generate_scenarios(const procedure_ptr& of, const generate_options& options) {
    if (!of) return fail(errc::invalid_argument, {"procedure"});
    return detail::generating::planner(of, options).run();
}

}  // namespace quytrinh::testing
