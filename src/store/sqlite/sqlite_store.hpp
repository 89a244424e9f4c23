// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/sqlite_store.hpp: private. The store over one file: one connection that writes,
// a few that read. Bodies: open.cpp, write.cpp, batch.cpp, read.cpp, lists.cpp,
// work.cpp. What a writer knows of a case between its commits: standing.hpp.
//
// Writing. Threads queue for the writer; who has it takes the file's lock, so that of all threads
// and processes one commits or checkpoints at a time (SQLite 3.7.0 to 3.51.2 can lose a commit that
// a checkpoint races). Writes that wait together are committed together.
#pragma once

#include "connection.hpp"
#include "file.hpp"
#include "rows.hpp"
#include "standing.hpp"

#include <quytrinh/store/impl/entropy.hpp>
#include <quytrinh/store/impl/rules.hpp>
#include <quytrinh/store/sqlite.hpp>
#include <quytrinh/store/store.hpp>

#include <sys/types.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::sqlite {

class sqlite_store final : public store {
public:
    [[nodiscard]] static result<std::shared_ptr<store>> open(const std::string& path,
                                                             const sqlite_options& options);
    sqlite_store(const std::string& path, const sqlite_options& options);
    ~sqlite_store() override;
    sqlite_store(const sqlite_store&) = delete;
    sqlite_store& operator=(const sqlite_store&) = delete;

    store_caps caps() const override { return caps_; }
    result<instant> now() override;
    result<void> set_clock(instant to) override;
    result<void> entropy(std::span<std::uint8_t> out) override;

    result<case_view> read(const std::string& tenant, const case_id& of,
                           const command_id& id) override;
    write_outcome write(const std::string& tenant, const write_batch& batch) override;
    std::vector<write_outcome> write_group(const std::string& tenant,
                                           std::span<const write_batch> batches) override;
    result<std::optional<command_row>> lookup(const std::string& tenant, const case_id& of,
                                              const command_id& id) override;
    result<std::optional<definition_row>> definition(const std::string& tenant,
                                                     const digest256& hash) override;
    result<std::vector<work_item>> claim_due(const std::string& tenant, work_kind kind,
                                             std::size_t limit, std::chrono::microseconds lease,
                                             const std::string& worker) override;
    result<bool> settle(const std::string& tenant, const work_item& item) override;
    result<bool> put_back(const std::string& tenant, const work_item& item, instant next_try,
                          bool set_aside, const std::string& why) override;
    result<bool> offer_again(const std::string& tenant, const case_id& of, std::uint64_t seq,
                             std::uint32_t n) override;
    result<outbox_counts> count_outbox(const std::string& tenant) override;
    result<page_of<outbox_entry>> query_outbox(const std::string& tenant, bool set_aside_only,
                                               const std::string& cursor,
                                               std::size_t limit) override;
    result<page_of<task_entry>> query_tasks(const std::string& tenant, const task_query& which,
                                            const std::string& cursor, std::size_t limit) override;
    result<page_of<head_row>> overdue_cases(const std::string& tenant, const case_query& which,
                                            const std::string& cursor, std::size_t limit);
    result<page_of<head_row>> query_cases(const std::string& tenant, const case_query& which,
                                          const std::string& cursor, std::size_t limit) override;
    result<std::vector<stored_event>> history(const std::string& tenant, const case_id& of,
                                              std::uint64_t after_seq, std::size_t limit) override;
    result<void> record_refusal(const std::string& tenant, const refusal_row& row) override;
    result<std::vector<refusal_row>> refusals(const std::string& tenant,
                                              const case_id& of) override;
    result<void> quarantine(const std::string& tenant, const case_id& of,
                            const std::string& why) override;

    /// backup_sqlite.
    result<void> copy_to(const std::string& path);
    /// check_sqlite.
    result<void> check_all();

private:
    // -- opening (open.cpp)
    result<void> start(const sqlite_options& options);
    result<void> start_looking(const sqlite_options& options);
    result<void> take_lock(const place_on_disk& place);
    result<void> start_locked(const sqlite_options& options, const surroundings& before);
    void leave_as_found(const surroundings& before) noexcept;
    /// Is it ours and whole? Nothing is written.
    result<void> examine(connection& on, const sqlite_options& options, const surroundings& beside);
    result<void> verify_durability(connection& on, bool allow_weak);
    void read_meta(connection& on);
    void count_opening(const sqlite_options& options);
    std::unique_ptr<connection> connect(purpose what) const {
        return std::make_unique<connection>(path_, what, waits_);
    }
    /// The process that opened is another one: nothing may be touched.
    [[nodiscard]] bool forked() const noexcept;
    /// Why nothing at all can be asked of this store, if so.
    [[nodiscard]] std::optional<error> unusable() const;
    /// Why nothing can be written, if so.
    [[nodiscard]] std::optional<error> unwritable() const;

    // -- reading (read.cpp)
    /// Runs `body(connection)` in one snapshot.
    template <class Body>
    auto reading(Body&& body) -> decltype(body(std::declval<connection&>()));
    /// The same when this store only looks.
    template <class Body>
    auto looking(Body&& body) -> decltype(body(std::declval<connection&>()));
    class glance;
    struct loan;
    std::unique_ptr<connection> borrow();
    void give_back(std::unique_ptr<connection> used, bool good) noexcept;

    // -- writing (write.cpp)
    /// How far a commit must have come before it is reported. `soft` survives the end of the
    /// process; a lost machine may lose it, and then work is merely done again.
    enum class firmness : std::uint8_t { full, soft };
    class turn;
    /// Runs `body(connection)` in one transaction; what it returns is given back after the commit.
    template <class Body>
    auto writing(firmness how, Body&& body) -> decltype(body(std::declval<connection&>()));
    struct request {
        const std::string* tenant = nullptr;
        const write_batch* batch = nullptr;
        write_outcome out;
        bool taken = false, done = false;
    };
    /// Commits together or, when one of them spoils it, one by one. Never throws.
    void write_together(std::span<request* const> requests) noexcept;
    /// One physical commit; why there was none, when nothing is stored.
    std::optional<error> commit_together(std::span<request* const> requests);
    write_outcome apply(connection& on, const std::string& tenant, const write_batch& batch,
                        std::int64_t now);
    std::optional<write_outcome> apply_remembered(connection& on, std::int64_t tenant,
                                                  const write_batch& batch, std::int64_t now);
    bool go_on(connection& on, standing& from, const write_batch& batch, std::int64_t definition,
               std::int64_t now);
    void open_case(connection& on, std::int64_t tenant, std::int64_t definition,
                   const write_batch& batch, std::int64_t now);
    void add_rows(connection& on, const standing& to, const write_batch& batch);
    void after_commit(connection& on) noexcept;
    void note(const failure& why) noexcept {
        if (is_corruption(why)) corrupt_ = true;
    }

    // -- due work (work.cpp)
    struct found_work {
        standing of;
        bool timer = false;
        outbox_kind kind = outbox_kind::notice;
        std::size_t at = 0;  ///< in the tasks of the case, or in `row`
        outbox_pack row;
    };
    std::optional<found_work> find_work(connection& on, std::int64_t tenant, std::string_view key,
                                        std::uint64_t fence);
    void finish_work(connection& on, found_work& work);
    void advance_line(connection& on, found_work& work);
    std::uint64_t next_fence(connection& on);
    std::int64_t real_clock() noexcept;
    std::int64_t clock_of(connection& on);
    std::vector<work_item> claim_timers(connection& on, const std::string& tenant,
                                        std::size_t limit, std::chrono::microseconds lease);
    std::vector<work_item> claim_line(connection& on, const std::string& tenant, outbox_kind kind,
                                      std::size_t limit, std::chrono::microseconds lease);
    /// 0 when there is no such tenant.
    std::int64_t tenant_no(connection& on, const std::string& tenant);
    std::int64_t make_tenant(connection& on, const std::string& tenant);

    template <class Thrown>
    unexpected failed(const Thrown& why) const {
        return fail(error_of(why, path_));
    }

    std::string given_path_;
    std::string path_;
    unsigned mode_ = 0600;
    std::chrono::milliseconds lock_wait_;
    patience_of waits_;
    bool read_only_ = false;
    bool clock_waits_;         ///< sqlite_options::clock_waits, until it has moved; under `turn`
    std::int64_t looks_from_;  ///< a manual clock that is not, or not yet, in the file: no earlier
    pid_t process_;
    store_caps caps_;
    std::atomic<bool> corrupt_{false};
    std::atomic<std::int64_t> last_now_;

    std::mutex entropy_mutex_;
    std::optional<store_entropy::source> entropy_;

    std::timed_mutex writer_mutex_;  ///< of what follows
    lock_file lock_;
    std::unique_ptr<connection> writer_;
    bool writer_is_soft_ = false;
    std::map<std::string, std::int64_t> tenants_;
    bool tenant_made_ = false;  ///< in the transaction that is open
    writers_memory memory_;

    std::mutex queue_mutex_;
    std::condition_variable queue_moved_;
    std::deque<request*> queue_;
    bool leading_ = false;

    std::mutex readers_mutex_;
    std::condition_variable reader_free_;
    std::vector<std::unique_ptr<connection>> idle_readers_;
    std::size_t readers_ = 0;
};

}  // namespace quytrinh::detail::sqlite
