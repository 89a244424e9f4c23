// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/memory_tables.hpp: the rows of a memory store and the orders they are read
// in. No locks here. Everything that can run out of memory happens before the first row changes.
#pragma once

#include <quytrinh/store/impl/cursor.hpp>
#include <quytrinh/store/impl/rules.hpp>
#include <quytrinh/store/store.hpp>

#include <boost/intrusive/set.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
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

struct task_node;

/// An order whose entries carry their own place in it: to enter and to leave it takes no memory, so
/// neither can fail.
namespace intrusive = boost::intrusive;
template <class Entry, class Compare>
using order_of_entries =
    intrusive::set<Entry, intrusive::compare<Compare>, intrusive::constant_time_size<false>>;
/// The links of an entry; one that is ended was taken out of its order before, or ends with it.
using order_links = intrusive::set_base_hook<intrusive::link_mode<intrusive::normal_link>>;

/// A task's entry standing in one order of tasks.
struct listing;

/// By due (none last), then case, task and entry.
struct by_due {
    bool operator()(const task_node* a, const task_node* b) const noexcept;
    bool operator()(const listing& a, const listing& b) const noexcept;
    bool operator()(const store_cursor::task_place& a, const listing& b) const noexcept;
};

struct listing : order_links {
    const task_node* node = nullptr;
    order_of_entries<listing, by_due>* in = nullptr;
};
using task_order = order_of_entries<listing, by_due>;

struct task_node : order_links {
    task_row row;
    const one_case* of = nullptr;
    std::optional<micros> offered_at;  ///< of the timer: when due, put back or its lease is over
    std::uint64_t fence = 0;
    std::uint32_t attempts = 0;
    std::uint32_t orders = 0;  ///< how many of `listed` are used
    /// In the orders of all, its unit, its role and its person.
    std::array<listing, 4> listed;
};

namespace due_bodies {

inline bool earlier(std::int64_t due_a, const std::string& of_a, const task_key& a,
                    std::uint32_t n_a, std::int64_t due_b, const std::string& of_b,
                    const task_key& b, std::uint32_t n_b) noexcept {
    if (due_a != due_b) return due_a < due_b;
    if (const int order = of_a.compare(of_b); order != 0) return order < 0;
    if (const int order = a.step.compare(b.step); order != 0) return order < 0;
    return a.round != b.round ? a.round < b.round : n_a < n_b;
}

}  // namespace due_bodies

inline bool by_due::operator()(const task_node* a, const task_node* b) const noexcept {
    return due_bodies::earlier(store_cursor::due_key(a->row), a->row.of.str(), a->row.task,
                               a->row.n, store_cursor::due_key(b->row), b->row.of.str(),
                               b->row.task, b->row.n);
}
inline bool by_due::operator()(const listing& a, const listing& b) const noexcept {
    return (*this)(a.node, b.node);
}
inline bool by_due::operator()(const store_cursor::task_place& a, const listing& b) const noexcept {
    const task_row& row = b.node->row;
    return due_bodies::earlier(a.due, a.of, a.task, a.n, store_cursor::due_key(row), row.of.str(),
                               row.task, row.n);
}

struct outbox_node {
    outbox_row row;
    std::uint32_t attempts = 0;
    bool set_aside = false;
    std::string last_error;
};

/// Notices or links of one case: a queue of which only the front is offered. The lease is on the
/// queue.
struct outbox_line : order_links {
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

/// Not noexcept, so that libstdc++ keeps the hash beside each entry: else it reads and hashes the
/// ids of its neighbours again, which among many have left the cache.
struct hash_of_id {
    template <class Tag>
    std::size_t operator()(const strong_id<Tag>& id) const {
        return std::hash<std::string>{}(id.str());
    }
};
using table_of_cases = std::unordered_map<case_id, struct one_case, hash_of_id>;

/// The commands of a case by their ids. They only grow, and a table of nodes is walked from end to
/// end when it does: at ten thousand, whose nodes have left the cache, that took milliseconds.
class command_table {
public:
    [[nodiscard]] const command_row* find(const command_id& id) const noexcept {
        if (slots_.empty()) return nullptr;
        const std::uint32_t hash = hash_of(id);
        for (std::size_t at = hash; const slot& one = slots_[at & (slots_.size() - 1)]; ++at)
            if (one.hash == hash && rows_[one.row - 1].id == id) return &rows_[one.row - 1];
        return nullptr;
    }
    /// One that is not there yet. All or nothing.
    void add(command_row row) {
        if (rows_.size() == rows_.capacity())
            rows_.reserve(std::max<std::size_t>(8, 2 * rows_.size()));
        // Half of the slots stay free.
        if (2 * (rows_.size() + 1) > slots_.size()) {
            std::vector<slot> wider(std::max<std::size_t>(16, 2 * slots_.size()));
            for (const slot& one : slots_)
                if (one) place(wider, one);
            slots_.swap(wider);
        }
        rows_.push_back(std::move(row));
        place(slots_, {hash_of(rows_.back().id), static_cast<std::uint32_t>(rows_.size())});
    }

private:
    struct slot {
        std::uint32_t hash = 0;
        std::uint32_t row = 0;  ///< its place, counted from one; 0: free
        explicit operator bool() const noexcept { return row != 0; }
    };
    static std::uint32_t hash_of(const command_id& id) noexcept {
        return static_cast<std::uint32_t>(std::hash<command_id>{}(id));
    }
    static void place(std::vector<slot>& in, slot what) noexcept {
        std::size_t at = what.hash;
        while (in[at & (in.size() - 1)]) ++at;
        in[at & (in.size() - 1)] = what;
    }

    std::vector<command_row> rows_;
    std::vector<slot> slots_;  ///< a power of two
};

struct one_case {
    head_row head;
    std::vector<stored_event> events;
    command_table commands;
    std::map<task_place, task_node> tasks;
    outbox_line lines[2];
    std::optional<snapshot_row> snapshot;
    std::string quarantine;
};

// -- orders ---------------------------------------------------------------------------------------

struct by_offer {
    bool operator()(const task_node& a, const task_node& b) const noexcept {
        return std::tie(a.offered_at, a.row.of, a.row.task) <
               std::tie(b.offered_at, b.row.of, b.row.task);
    }
    bool operator()(const outbox_line& a, const outbox_line& b) const noexcept {
        return std::tie(a.offered_at, a.of->head.id) < std::tie(b.offered_at, b.of->head.id);
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
    table_of_cases cases;
    std::set<const one_case*, by_opening> openings;
    std::map<std::string, case_id> references;
    std::map<digest256, definition_row> definitions;
    task_order tasks;
    std::map<std::string, task_order> by_party;  ///< units and roles
    std::map<std::string, task_order> by_person;
    order_of_entries<task_node, by_offer> timers;
    order_of_entries<outbox_line, by_offer> offers[2];
    std::set<case_id> with_outbox;
    outbox_counts outbox;
    std::map<by_minute, refusal_row> refusals;

    void forget_offer(task_node& t) noexcept { take_out(timers, t); }
    void offer(task_node& t, micros when) noexcept { put_in(timers, t, when); }
    void forget_offer(outbox_line& l, outbox_kind kind) noexcept {
        take_out(offers[static_cast<std::size_t>(kind)], l);
    }
    void offer(outbox_line& l, outbox_kind kind, micros when) noexcept {
        put_in(offers[static_cast<std::size_t>(kind)], l, when);
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
        for (std::uint32_t i = 0; i < t.orders; ++i)
            t.listed[i].in->erase(task_order::s_iterator_to(t.listed[i]));
        t.orders = 0;
    }

private:
    template <class Order, class Entry>
    static void take_out(Order& order, Entry& entry) noexcept {
        if (entry.offered_at) order.erase(Order::s_iterator_to(entry));
        entry.offered_at.reset();
    }
    template <class Order, class Entry>
    static void put_in(Order& order, Entry& entry, micros when) noexcept {
        take_out(order, entry);
        entry.offered_at = when;
        order.insert(entry);
    }
};

/// The rows of a batch, made beside the tables and moved in by `commit`, which cannot fail. What
/// the batch owns is taken out of it.
class prepared_batch {
public:
    prepared_batch(tenant_tables& tables, one_case* existing, write_batch& batch, micros now)
        : tables_(tables), batch_(batch), now_(now) {
        if (existing == nullptr) {
            make_room(tables.cases);
            fresh_.emplace(batch.of, one_case{});
            of_ = &fresh_.begin()->second;
            for (auto& line : of_->lines) line.of = of_;
            of_->head.id = batch.of;
            of_->head.opened_at = batch.head.opened_at;
            opening_.insert(of_);
        } else {
            of_ = existing;
        }
        if (!batch.head.reference.empty() && batch.head.reference != of_->head.reference)
            reference_.emplace(batch.head.reference, batch.of);
        if (batch.definition)
            definition_.emplace(batch.definition->hash, std::move(*batch.definition));
        const std::size_t added = batch.events.size();
        if (of_->events.capacity() - of_->events.size() < added)
            of_->events.reserve(
                std::max({of_->events.size() * 2, of_->events.size() + added, std::size_t{8}}));
        prepare_tasks();
        prepare_outbox();
        // Straight into the table, the last that can fail.
        of_->commands.add(std::move(batch.command));
    }

    void commit() noexcept {
        if (!fresh_.empty()) {
            tables_.cases.insert(fresh_.extract(fresh_.begin()));
            tables_.openings.insert(opening_.extract(opening_.begin()));
        }
        if (batch_.head.reference != of_->head.reference)
            tables_.references.erase(of_->head.reference);
        tables_.references.merge(reference_);
        tables_.definitions.merge(definition_);
        for (auto& event : batch_.events) of_->events.push_back(std::move(event));
        if (batch_.snapshot) of_->snapshot.swap(batch_.snapshot);
        of_->head = std::move(batch_.head);
        for (const auto& task : batch_.drop_tasks) tables_.drop_task(*of_, task);
        commit_tasks();
        commit_outbox();
    }

private:
    /// For one more, twice as much when it is full: the insertion then makes nothing anew.
    template <class Hashed>
    static void make_room(Hashed& in) {
        if (in.size() + 1 >
            static_cast<std::size_t>(static_cast<float>(in.bucket_count()) * in.max_load_factor()))
            in.reserve(2 * in.size() + 2);
    }
    void prepare_tasks() {
        for (auto& row : batch_.put_tasks) {
            // Of two rows of one place the latter stands, as it would one after the other.
            task_node& node = tasks_[task_place{row.task, row.n}];
            node.orders = 0;
            node.row = std::move(row);
            node.of = of_;
            list(node, tables_.tasks);
            list(node, tables_.by_party, node.row.unit);
            if (node.row.role != node.row.unit) list(node, tables_.by_party, node.row.role);
            list(node, tables_.by_person, node.row.person);
        }
    }
    static void list(task_node& node, task_order& into) noexcept {
        listing& one = node.listed[node.orders++];
        one.node = &node;
        one.in = &into;
    }
    static void list(task_node& node, std::map<std::string, task_order>& orders,
                     const std::string& key) {
        if (!key.empty()) list(node, orders[key]);
    }
    void commit_tasks() noexcept {
        while (!tasks_.empty()) {
            auto node = tasks_.extract(tasks_.begin());
            if (const auto old = of_->tasks.find(node.key()); old != of_->tasks.end()) {
                tables_.forget_task(old->second);
                of_->tasks.erase(old);
            }
            task_node& task = of_->tasks.insert(std::move(node)).position->second;
            for (std::uint32_t i = 0; i < task.orders; ++i)
                task.listed[i].in->insert(task.listed[i]);
            if (task.row.timer_at) tables_.offer(task, count(*task.row.timer_at));
        }
    }

    void prepare_outbox() {
        bool any = false;
        for (auto& row : batch_.outbox) {
            auto& entries = outbox_[static_cast<std::size_t>(row.kind)];
            const auto at = entries.try_emplace(entries.end(), outbox_line::place{row.seq, row.n});
            at->second.row = std::move(row);
            any = true;
        }
        const bool there = !of_->lines[0].entries.empty() || !of_->lines[1].entries.empty();
        if (any && (!there || batch_.settles)) with_outbox_.insert(batch_.of);
    }
    void commit_outbox() noexcept {
        for (std::size_t kind = 0; kind < 2; ++kind) {
            auto& line = of_->lines[kind];
            const std::size_t added = outbox_[kind].size();
            if (added == 0) continue;
            while (!outbox_[kind].empty())
                line.entries.insert(line.entries.end(),
                                    outbox_[kind].extract(outbox_[kind].begin()));
            line.pending += added;
            tables_.outbox.pending += added;
            if (line.offered_at) continue;
            line.fence = 0;
            tables_.offer(line, static_cast<outbox_kind>(kind), now_);
        }
        tables_.with_outbox.merge(with_outbox_);
    }

    tenant_tables& tables_;
    write_batch& batch_;
    micros now_;
    one_case* of_ = nullptr;
    table_of_cases fresh_;
    std::set<const one_case*, by_opening> opening_;
    std::map<std::string, case_id> reference_;
    std::map<digest256, definition_row> definition_;
    std::map<task_place, task_node> tasks_;
    std::map<outbox_line::place, outbox_node> outbox_[2];
    std::set<case_id> with_outbox_;
};

}  // namespace quytrinh::detail::memory_store
