// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/store.hpp: what a store must do. Cases, not tables: read a view, write one
// conditional batch, claim due work, query by key. Everything above an adapter works with these
// values only.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/codec/chain.hpp>
#include <quytrinh/engine/task.hpp>
#include <quytrinh/store/rows.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

enum class outbox_kind : std::uint8_t { notice, link };

/// Work to do after the commit. Its key is case/seq/n and never changes.
struct outbox_row {
    case_id of;
    std::uint64_t seq = 0;
    std::uint32_t n = 0;
    outbox_kind kind = outbox_kind::notice;
    std::string body;  ///< encode_notice or encode_link
    friend bool operator==(const outbox_row&, const outbox_row&) = default;
};

enum class command_kind : std::uint8_t { host, timer, link, answer };

struct command_row {
    command_id id;
    command_kind kind = command_kind::host;
    digest256 digest{};
    std::uint64_t first_seq = 0, last_seq = 0;
    std::string result;  ///< encode_result
    friend bool operator==(const command_row&, const command_row&) = default;
};

/// A cache, never the truth.
struct snapshot_row {
    std::uint64_t version = 0;
    int format = 0;     ///< of codec and evolve; an unknown one is ignored
    std::string state;  ///< encode_state
    friend bool operator==(const snapshot_row&, const snapshot_row&) = default;
};

struct definition_row {
    digest256 hash{};
    std::string code;
    std::string closed;  ///< closed_text
    friend bool operator==(const definition_row&, const definition_row&) = default;
};

/// What one accepted command changes. All of it or nothing.
struct write_batch {
    case_id of;
    std::uint64_t expected_version = 0;  ///< 0: the case must not exist
    /// The hash that the first event follows: that of the head as it was read; zero for a new case.
    /// The number alone would take a batch that was decided on another past of the same length.
    digest256 expected_hash{};
    command_row command;
    std::vector<stored_event> events;
    head_row head;
    std::vector<task_row> put_tasks;   ///< by (task, n)
    std::vector<task_key> drop_tasks;  ///< every entry of the task, before put_tasks
    std::vector<outbox_row> outbox;
    std::optional<snapshot_row> snapshot;
    std::optional<definition_row> definition;
    /// Due work that this command settles, closed in the same transaction if the fence is still
    /// good; a stale fence rejects the batch with errc::conflict: somebody else has that work now.
    struct settled_work {
        std::string key;
        std::uint64_t fence = 0;
    };
    std::optional<settled_work> settles;
};

/// committed: it is stored and will stay. duplicate: this command id was stored before, its row is
/// given. conflict: the head has another version or hash (decide again). rejected: this
/// attempt has had and will have no effect (with a reason of the store, 3xx, it says nothing of an
/// earlier attempt with the same id). unknown: the commit was sent and not answered; only `lookup`
/// or the same command id tells.
struct write_outcome {
    enum class kind : std::uint8_t { committed, duplicate, conflict, rejected, unknown };
    kind what = kind::committed;
    std::optional<command_row> earlier;  ///< duplicate
    std::optional<error> reason;         ///< rejected, unknown
};

/// What is known of a case at one moment. No lock stays held.
struct case_view {
    std::optional<command_row> earlier;  ///< the result of this command id, if it was stored
    std::optional<head_row> head;
    std::optional<snapshot_row> snapshot;  ///< the newest
    std::vector<stored_event> events;      ///< after the snapshot
    std::string quarantine;                ///< why writes are refused; empty when healthy
};

enum class work_kind : std::uint8_t { timer, notice, link };

/// Due work under a lease. `fence` grows with every claim of the same key.
struct work_item {
    work_kind kind = work_kind::timer;
    std::string key;  ///< case/step.round (timer) or case/seq/n
    case_id of;
    task_key task;          ///< timer
    instant due{};          ///< timer
    std::uint64_t seq = 0;  ///< notice, link
    std::uint32_t n = 0;
    std::string body;
    std::uint32_t attempts = 0;  ///< before this one
    std::uint64_t fence = 0;
};

struct outbox_entry {
    outbox_row row;
    std::uint32_t attempts = 0;
    bool set_aside = false;
    std::string last_error;
};

/// The interface. Every call may be made from any thread; calls block at most for the adapter's
/// lock wait (5 s unless set). In a forked child every call fails with errc::forked. All calls give
/// the strong guarantee but for the outcome `unknown`. Results come back as values: no cursor or
/// lock outlives a call.
class QUYTRINH_DECL store {
public:
    virtual ~store() = default;

    [[nodiscard]] virtual store_caps caps() const = 0;

    /// The store's clock; a manual one stands still until set_clock. Never before the time of an
    /// earlier call in the same process.
    [[nodiscard]] virtual result<instant> now() = 0;
    /// Manual clocks only (errc::clock_differs): moves it forward, never back.
    [[nodiscard]] virtual result<void> set_clock(instant to) = 0;
    /// Fills with unpredictable bytes (or seeded ones, where a test asked for that).
    [[nodiscard]] virtual result<void> entropy(std::span<std::uint8_t> out) = 0;

    /// One consistent view. An unknown case gives an empty view, not an error. `id` may be empty.
    [[nodiscard]] virtual result<case_view> read(const std::string& tenant, const case_id& of,
                                                 const command_id& id) = 0;
    /// The same for a caller who has the case as it was at `version` (not 0): as long as the head
    /// is not older, neither the snapshot nor the events up to there have to be given.
    [[nodiscard]] virtual result<case_view> read_after(const std::string& tenant, const case_id& of,
                                                       const command_id& id, std::uint64_t version);
    /// One short transaction: (1) insert the command id, waiting for a concurrent holder; (2) the
    /// head still has expected_version and expected_hash and is not quarantined; (3) events, head,
    /// tasks, outbox, snapshot, definition; (4) commit. No user code runs inside.
    [[nodiscard]] virtual write_outcome write(const std::string& tenant,
                                              const write_batch& batch) = 0;
    /// The same for a batch that the caller gives away: a store in memory keeps the very blocks.
    /// The batch is valid but unspecified afterwards, whatever the outcome.
    [[nodiscard]] virtual write_outcome write_given(const std::string& tenant, write_batch&& batch);
    /// Several batches in one physical commit where the adapter can (group commit); outcomes in
    /// order. A failed physical commit makes all of them unknown.
    [[nodiscard]] virtual std::vector<write_outcome> write_group(
        const std::string& tenant, std::span<const write_batch> batches);
    /// The settled answer for a command id: its row, or nothing when it was never stored and never
    /// will be (a concurrent holder is waited for).
    [[nodiscard]] virtual result<std::optional<command_row>> lookup(const std::string& tenant,
                                                                    const case_id& of,
                                                                    const command_id& id) = 0;
    [[nodiscard]] virtual result<std::optional<definition_row>> definition(
        const std::string& tenant, const digest256& hash) = 0;

    /// Claims up to `limit` due items of a kind, oldest first, for `lease`. Items of one case come
    /// in event order; an item whose earlier sibling (same case) is pending is not offered before
    /// it.
    [[nodiscard]] virtual result<std::vector<work_item>> claim_due(const std::string& tenant,
                                                                   work_kind kind,
                                                                   std::size_t limit,
                                                                   std::chrono::microseconds lease,
                                                                   const std::string& worker) = 0;
    /// Settles a claimed notice or link. False when the fence is stale (somebody else has it).
    [[nodiscard]] virtual result<bool> settle(const std::string& tenant, const work_item& item) = 0;
    /// Counts a failed attempt: offered again at `next_try`, or set aside for good.
    [[nodiscard]] virtual result<bool> put_back(const std::string& tenant, const work_item& item,
                                                instant next_try, bool set_aside,
                                                const std::string& why) = 0;
    /// Takes an entry that was set aside back into its case's queue, as if it had never been tried:
    /// it is offered at once, or after the entries before it, or when the lease on the queue is
    /// over. False when no such entry is set aside.
    [[nodiscard]] virtual result<bool> offer_again(const std::string& tenant, const case_id& of,
                                                   std::uint64_t seq, std::uint32_t n) = 0;
    [[nodiscard]] virtual result<outbox_counts> count_outbox(const std::string& tenant) = 0;
    [[nodiscard]] virtual result<page_of<outbox_entry>> query_outbox(const std::string& tenant,
                                                                     bool set_aside_only,
                                                                     const std::string& cursor,
                                                                     std::size_t limit) = 0;

    /// By due (those without one last), then case and task; keyset paging, stable under concurrent
    /// insert.
    [[nodiscard]] virtual result<page_of<task_entry>> query_tasks(const std::string& tenant,
                                                                  const task_query& which,
                                                                  const std::string& cursor,
                                                                  std::size_t limit) = 0;
    /// Newest first; with case_query::overdue_at by due. A cursor belongs to its order.
    [[nodiscard]] virtual result<page_of<head_row>> query_cases(const std::string& tenant,
                                                                const case_query& which,
                                                                const std::string& cursor,
                                                                std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<stored_event>> history(const std::string& tenant,
                                                                    const case_id& of,
                                                                    std::uint64_t after_seq,
                                                                    std::size_t limit) = 0;

    /// Outside the chain, at most one row per (case, actor, rule) and minute, with a counter.
    [[nodiscard]] virtual result<void> record_refusal(const std::string& tenant,
                                                      const refusal_row& row) = 0;
    [[nodiscard]] virtual result<std::vector<refusal_row>> refusals(const std::string& tenant,
                                                                    const case_id& of) = 0;
    /// Marks a case so that every write is refused (errc::case_quarantined).
    [[nodiscard]] virtual result<void> quarantine(const std::string& tenant, const case_id& of,
                                                  const std::string& why) = 0;
};

}  // namespace quytrinh
