// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/memory_tables.hpp: the rows of a memory store and the orders they are read
// in. No locks here. Everything that can run out of memory happens before the first row changes.
#pragma once

#include <quytrinh/store/impl/cursor.hpp>
#include <quytrinh/store/impl/rules.hpp>
#include <quytrinh/store/store.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace quytrinh::detail::memory_store {

using micros = std::int64_t;
inline micros count(instant at) noexcept { return at.time_since_epoch().count(); }
inline instant at_micros(micros n) noexcept { return instant{std::chrono::microseconds{n}}; }

/// now + lease without overflow.
inline micros after(micros now, std::chrono::microseconds lease) noexcept {
    const micros length = lease.count() < 0 ? 0 : lease.count();
    return now > std::numeric_limits<micros>::max() - length ? std::numeric_limits<micros>::max()
                                                             : now + length;
}

struct one_case;

struct task_node {
    task_row row;
    const one_case* of = nullptr;
    std::optional<micros> offered_at;  ///< of the timer: when due, put back or its lease is over
    std::uint64_t fence = 0;
    std::uint32_t attempts = 0;
};

struct outbox_node {
    outbox_row row;
    std::uint32_t attempts = 0;
    bool set_aside = false;
    std::string last_error;
};

/// Notices or links of one case: a queue of which only the front is offered. The lease is on the
/// queue.
struct outbox_line {
    using place = std::pair<std::uint64_t, std::uint32_t>;
    std::map<place, outbox_node> entries;
    std::size_t pending = 0;
    std::optional<micros> offered_at;
    std::uint64_t fence = 0;
    place claimed_to{};
    const one_case* of = nullptr;

    [[nodiscard]] const std::pair<const place, outbox_node>* front() const noexcept {
        for (const auto& entry : entries)
            if (!entry.second.set_aside) return &entry;
        return nullptr;
    }
};

using task_place = std::pair<task_key, std::uint32_t>;

struct one_case {
    head_row head;
    std::vector<stored_event> events;
    std::map<command_id, command_row> commands;
    std::map<task_place, task_node> tasks;
    outbox_line lines[2];
    std::optional<snapshot_row> snapshot;
    std::string quarantine;
};

// -- orders ---------------------------------------------------------------------------------------

struct by_due {
    using is_transparent = void;
    static auto key(const task_node* t) {
        return std::tuple<std::int64_t, const std::string&, const std::string&, std::uint32_t,
                          std::uint32_t>(store_cursor::due_key(t->row), t->row.of.str(),
                                         t->row.task.step, t->row.task.round, t->row.n);
    }
    static auto key(const store_cursor::task_place& p) {
        return std::tuple<std::int64_t, const std::string&, const std::string&, std::uint32_t,
                          std::uint32_t>(p.due, p.of, p.task.step, p.task.round, p.n);
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
        return key(a) < key(b);
    }
};
using task_order = std::set<const task_node*, by_due>;

struct by_offer {
    bool operator()(const task_node* a, const task_node* b) const {
        return std::tie(a->offered_at, a->row.of, a->row.task) <
               std::tie(b->offered_at, b->row.of, b->row.task);
    }
    bool operator()(const outbox_line* a, const outbox_line* b) const {
        return std::tie(a->offered_at, a->of->head.id) < std::tie(b->offered_at, b->of->head.id);
    }
};

/// Newest first.
struct by_opening {
    using is_transparent = void;
    static auto key(const one_case* c) {
        return std::pair<micros, const std::string&>(count(c->head.opened_at), c->head.id.str());
    }
    static auto key(const store_cursor::case_place& p) {
        return std::pair<micros, const std::string&>(p.opened_at, p.of);
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
        return key(b) < key(a);
    }
};

struct by_minute {
    case_id of;
    std::string unit, person;
    std::uint16_t rule = 0;
    micros minute = 0;
    friend bool operator<(const by_minute& a, const by_minute& b) {
        return std::tie(a.of, a.minute, a.unit, a.person, a.rule) <
               std::tie(b.of, b.minute, b.unit, b.person, b.rule);
    }
};

/// Everything of one tenant.
struct tenant_tables {
    std::map<case_id, one_case> cases;
    std::set<const one_case*, by_opening> openings;
    std::map<std::string, case_id> references;
    std::map<digest256, definition_row> definitions;
    task_order tasks;
    std::map<std::string, task_order> by_party;  ///< units and roles
    std::map<std::string, task_order> by_person;
    std::set<task_node*, by_offer> timers;
    std::set<outbox_line*, by_offer> offers[2];
    std::set<case_id> with_outbox;
    outbox_counts outbox;
    std::map<by_minute, refusal_row> refusals;

    void forget_offer(task_node& t) noexcept {
        if (t.offered_at) timers.erase(&t);
        t.offered_at.reset();
    }
    void offer(task_node& t, micros when) { move_or_insert(timers, &t, t.offered_at, when); }
    void forget_offer(outbox_line& l, outbox_kind kind) noexcept {
        if (l.offered_at) offers[static_cast<std::size_t>(kind)].erase(&l);
        l.offered_at.reset();
    }
    void offer(outbox_line& l, outbox_kind kind, micros when) {
        move_or_insert(offers[static_cast<std::size_t>(kind)], &l, l.offered_at, when);
    }

    void drop_task(one_case& of, const task_key& task) noexcept {
        auto at = of.tasks.lower_bound(task_place{task, 0});
        while (at != of.tasks.end() && at->first.first == task) {
            forget_task(at->second);
            at = of.tasks.erase(at);
        }
    }
    void forget_task(task_node& t) noexcept {
        forget_offer(t);
        tasks.erase(&t);
        forget_in(by_party, t.row.unit, t);
        if (t.row.role != t.row.unit) forget_in(by_party, t.row.role, t);
        forget_in(by_person, t.row.person, t);
    }

private:
    /// A node that is there already is moved, not made anew: that cannot fail.
    template <class Order, class Entry>
    static void move_or_insert(Order& order, Entry* entry, std::optional<micros>& offered_at,
                               micros when) {
        if (offered_at) {
            auto node = order.extract(entry);
            offered_at = when;
            order.insert(std::move(node));
        } else {
            offered_at = when;
            order.insert(entry);
        }
    }
    static void forget_in(std::map<std::string, task_order>& orders, const std::string& key,
                          task_node& t) noexcept {
        if (const auto at = orders.find(key); at != orders.end()) at->second.erase(&t);
    }
};

/// The rows of a batch, made beside the tables and moved in by `commit`, which cannot fail.
class prepared_batch {
public:
    prepared_batch(tenant_tables& tables, one_case* existing, const write_batch& batch, micros now)
        : tables_(tables), batch_(batch), now_(now) {
        if (existing == nullptr) {
            fresh_.emplace(batch.of, one_case{});
            of_ = &fresh_.begin()->second;
            for (auto& line : of_->lines) line.of = of_;
            head_ = batch.head;
            of_->head.id = batch.of;
            of_->head.opened_at = batch.head.opened_at;
            opening_.insert(of_);
        } else {
            of_ = existing;
            head_ = batch.head;
        }
        if (!batch.head.reference.empty()) reference_.emplace(batch.head.reference, batch.of);
        if (batch.definition) definition_.emplace(batch.definition->hash, *batch.definition);
        command_.emplace(batch.command.id, batch.command);
        snapshot_ = batch.snapshot;
        events_ = batch.events;
        if (of_->events.capacity() - of_->events.size() < events_.size())
            of_->events.reserve(
                std::max(of_->events.size() * 2, of_->events.size() + events_.size()));
        prepare_tasks();
        prepare_outbox();
    }

    void commit() noexcept {
        if (!fresh_.empty()) {
            tables_.cases.insert(fresh_.extract(fresh_.begin()));
            tables_.openings.insert(opening_.extract(opening_.begin()));
        }
        if (head_.reference != of_->head.reference) tables_.references.erase(of_->head.reference);
        tables_.references.merge(reference_);
        tables_.definitions.merge(definition_);
        of_->commands.merge(command_);
        for (auto& event : events_) of_->events.push_back(std::move(event));
        if (snapshot_) of_->snapshot.swap(snapshot_);
        std::swap(of_->head, head_);
        for (const auto& task : batch_.drop_tasks) tables_.drop_task(*of_, task);
        commit_tasks();
        commit_outbox();
    }

private:
    void prepare_tasks() {
        for (const auto& row : batch_.put_tasks) {
            const auto [at, added] = tasks_.try_emplace(task_place{row.task, row.n});
            at->second.row = row;
            at->second.of = of_;
        }
        for (auto& [place, node] : tasks_) {
            all_.insert(&node);
            add_to(parties_, tables_.by_party, node.row.unit, node);
            if (node.row.role != node.row.unit)
                add_to(parties_, tables_.by_party, node.row.role, node);
            add_to(people_, tables_.by_person, node.row.person, node);
            if (node.row.timer_at) {
                node.offered_at = count(*node.row.timer_at);
                timers_.insert(&node);
            }
        }
    }
    void add_to(std::map<std::string, task_order>& made, std::map<std::string, task_order>& tables,
                const std::string& key, const task_node& node) {
        if (key.empty()) return;
        made[key].insert(&node);
        tables.try_emplace(key);
    }
    void commit_tasks() noexcept {
        while (!tasks_.empty()) {
            auto node = tasks_.extract(tasks_.begin());
            if (const auto old = of_->tasks.find(node.key()); old != of_->tasks.end()) {
                tables_.forget_task(old->second);
                of_->tasks.erase(old);
            }
            of_->tasks.insert(std::move(node));
        }
        tables_.tasks.merge(all_);
        for (auto& [key, order] : parties_) tables_.by_party.find(key)->second.merge(order);
        for (auto& [key, order] : people_) tables_.by_person.find(key)->second.merge(order);
        tables_.timers.merge(timers_);
    }

    void prepare_outbox() {
        for (const auto& row : batch_.outbox) {
            const auto kind = static_cast<std::size_t>(row.kind);
            const auto [at, added] = outbox_[kind].try_emplace({row.seq, row.n});
            at->second.row = row;
        }
        for (std::size_t kind = 0; kind < 2; ++kind) {
            auto& line = of_->lines[kind];
            // The node of an order is made now, also for a line that is offered already: what the
            // batch settles may end that.
            if (!outbox_[kind].empty()) lines_[kind].insert(&line);
        }
        if (!batch_.outbox.empty()) with_outbox_.insert(batch_.of);
    }
    void commit_outbox() noexcept {
        for (std::size_t kind = 0; kind < 2; ++kind) {
            auto& line = of_->lines[kind];
            const std::size_t added = outbox_[kind].size();
            line.entries.merge(outbox_[kind]);
            line.pending += added;
            tables_.outbox.pending += added;
            if (added == 0 || line.offered_at) continue;
            line.offered_at = now_;
            line.fence = 0;
            tables_.offers[kind].merge(lines_[kind]);
        }
        tables_.with_outbox.merge(with_outbox_);
    }

    tenant_tables& tables_;
    const write_batch& batch_;
    micros now_;
    one_case* of_ = nullptr;
    head_row head_;
    std::map<case_id, one_case> fresh_;
    std::set<const one_case*, by_opening> opening_;
    std::map<std::string, case_id> reference_;
    std::map<digest256, definition_row> definition_;
    std::map<command_id, command_row> command_;
    std::optional<snapshot_row> snapshot_;
    std::vector<stored_event> events_;
    std::map<task_place, task_node> tasks_;
    task_order all_;
    std::map<std::string, task_order> parties_, people_;
    std::set<task_node*, by_offer> timers_;
    std::map<outbox_line::place, outbox_node> outbox_[2];
    std::set<outbox_line*, by_offer> lines_[2];
    std::set<case_id> with_outbox_;
};

}  // namespace quytrinh::detail::memory_store
