// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/standing.hpp: private. A case as it stands, for whoever writes it: its rows in
// `cases` and `standing` as one value, and what a writer remembers of them between commits.
#pragma once

#include "connection.hpp"

#include <quytrinh/store/store.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quytrinh::detail::sqlite {

/// A task without a due sorts last.
inline constexpr std::int64_t no_due = INT64_MAX;

/// One entry of an open task, as it is packed in standing.tasks: sorted by (step, round, n).
/// Units, roles and persons are numbers of `list`.
struct task_entry_row {
    std::string step;
    std::uint32_t round = 0, n = 0;
    relation as = relation::lead;
    bool overdue = false, consultation = false;
    std::int64_t list = 0, person = 0;  ///< person: 0 when nobody is assigned
    std::int64_t opened_at = 0, due = no_due;
    std::optional<std::int64_t> timer_at;    ///< of entry 0, until it has fired
    std::optional<std::int64_t> offered_at;  ///< when due or put back
    std::uint64_t since = 0;  ///< with a timer: the version of the case that put the entry here
    std::uint32_t attempts = 0;
    /// Not packed: the lease on the timer, where somebody has looked (see read_leases). Before the
    /// third schema a fence was packed, and offered_at was the end of the lease.
    std::uint64_t fence = 0;
    std::optional<std::int64_t> leased_until;
    friend bool operator==(const task_entry_row&, const task_entry_row&) = default;

    [[nodiscard]] auto place() const { return std::tie(step, round, n); }
};
[[nodiscard]] std::string pack_tasks(const std::vector<task_entry_row>& tasks);
[[nodiscard]] std::vector<task_entry_row> unpack_tasks(std::string_view bytes);
/// When a timer is next to be claimed, and the first of all.
[[nodiscard]] std::optional<std::int64_t> offer_of(const task_entry_row& task) noexcept;
[[nodiscard]] std::optional<std::int64_t> first_offer(const std::vector<task_entry_row>& tasks);

/// Notices or links of a case: a queue of which the front is offered, when it is not empty.
struct queue_state {
    std::optional<std::int64_t> at;
    std::uint64_t fence = 0;
    std::uint64_t seq = 0;  ///< with n: the last entry claimed
    std::uint32_t n = 0;
};

struct standing {
    std::int64_t no = 0, tenant = 0;
    head_row head;
    std::string quarantine;
    std::int64_t turn = 0;
    std::vector<task_entry_row> tasks;
    std::optional<std::int64_t> noted_at;
    queue_state queues[2];  ///< by outbox_kind
};

/// Moments at which a case is looked at for its timers. Both may be made or dropped twice.
void make_moment(connection& on, const standing& of, std::int64_t at);
void drop_moment(connection& on, const standing& of, std::int64_t at);
/// Gives each timer of a case the lease that is good for it; those that are good for none go.
void read_leases(connection& on, std::int64_t no, std::vector<task_entry_row>& tasks);
void make_lease(connection& on, std::int64_t no, const task_entry_row& task);
/// Ends the lease of a timer, if there is one, and the moment at which it would have been over.
void drop_lease(connection& on, const standing& of, task_entry_row& task);

/// Reads the case; nothing when there is none, bad_row when its rows contradict themselves.
[[nodiscard]] std::optional<standing> read_standing(connection& on, std::int64_t tenant,
                                                    const case_id& of);
[[nodiscard]] std::optional<standing> read_standing(connection& on, std::int64_t no);
/// A case whose rows cannot be read is quarantined and no longer offered, so that it holds up no
/// other.
void set_apart(connection& on, std::int64_t no, const char* why);
/// Writes what the end of a claim has changed (the timers, of which all leases are known), or the
/// claim or its end on one queue.
void save_timers(connection& on, standing& of);
void save_queue(connection& on, standing& of, outbox_kind which);

/// What the writer remembers between commits, so that it need not read it again. Numbers of
/// tenants, definitions and lists never change once they are stored; a case is true as long as the
/// file has the same version and turn. Everything is forgotten when a transaction fails.
class writers_memory {
public:
    /// Cases with more tasks are read again rather than held.
    static constexpr std::size_t tasks_most = 64;

    [[nodiscard]] standing* find(std::int64_t tenant, const case_id& of);
    void keep(standing&& what);
    void forget(std::int64_t tenant, const case_id& of);
    void forget_all();
    /// A transaction begins; it was given up although nothing failed.
    void begin() noexcept { made_list_ = false; }
    void rolled_back() {
        if (made_list_) forget_all();
    }

    /// The number of a list; made when there is none.
    [[nodiscard]] std::int64_t list_no(connection& on, std::int64_t tenant, const std::string& unit,
                                       const std::string& role, const std::string& person);
    /// 0 when the definition is not stored.
    [[nodiscard]] std::int64_t definition_no(connection& on, std::int64_t tenant,
                                             const digest256& hash);

private:
    /// Two generations: what was not used while the younger one filled is forgotten.
    using generation = std::unordered_map<std::string, standing>;
    static constexpr std::size_t generation_size = 1024, lists_most = 20'000,
                                 definitions_most = 1'000;
    const std::string& name(std::int64_t tenant, const std::string& of);

    std::string name_;
    bool made_list_ = false;
    generation young_, old_;
    std::unordered_map<std::string, std::int64_t> lists_;
    std::map<std::pair<std::int64_t, digest256>, std::int64_t> definitions_;
};

}  // namespace quytrinh::detail::sqlite
