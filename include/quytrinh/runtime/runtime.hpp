// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/runtime.hpp: the shell around the kernel: read, decide, write, dispatch.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/command_result.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/notification.hpp>
#include <quytrinh/store/rows.hpp>
#include <quytrinh/time/due.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

// What `find` and `history` give. A file that looks into them includes runtime/views.hpp.
struct case_details;
struct history_entry;
struct option;    // engine/option.hpp
class store;      // store/store.hpp
struct calendar;  // time/calendar.hpp

/// Whose word says who belongs to a unit. Chosen in plain sight when a runtime is
/// made.
struct trust {
    /// Null: the host's own word, the actor is what the host says (`trust_host`).
    std::function<std::vector<membership>(const std::string& person)> memberships;
};
QUYTRINH_DECL extern const trust trust_host;

/// Options of the calls below; `by` is who acts. An empty `id` is made by the runtime and returned
/// in the result; give your own to make a repetition harmless.
struct open_options {
    actor by{};
    std::vector<binding> bind{};
    std::string reference{};
    std::vector<field_entry> fields{};
    std::string at_step{};
    command_id id{};
};
struct complete_options {
    actor by{};
    std::string outcome{};
    std::string reason{};
    std::vector<field_entry> fields{};
    confirmation confirmed{};
    std::vector<binding> assign{};
    std::vector<attachment> attachments{};
    std::string channel{};
    std::vector<std::string> open_linked{};
    std::string lead{};
    command_id id{};
    std::optional<std::uint64_t> expected_version{};
};

/// A task as a list shows it, with the words of its pinned procedure.
class QUYTRINH_DECL task_view {
public:
    task_entry entry;
    std::string step_title;
    std::string procedure_title;
    std::chrono::minutes offset{420};

    [[nodiscard]] const std::string& title() const noexcept { return step_title; }
    [[nodiscard]] std::string key() const { return to_string(entry.row.task); }
    [[nodiscard]] const case_id& of() const noexcept { return entry.row.of; }
    /// The last day in time ("2024-05-04"), with the hour where hours count; empty without a due.
    [[nodiscard]] std::string due() const;
    due_kind how = due_kind::not_stated;
    std::optional<due_instant> due_at;
    bool by_case = false;  ///< overdue because its case has passed an overall limit, not by itself
    /// Why its case takes no command (errc::store_corrupt has words for it); empty when healthy. Of
    /// a case that cannot be read only `entry` is known: no titles, and `due_at` is that of the
    /// row.
    std::string quarantine{};
};

/// What one call of run_due did.
struct due_report {
    std::uint32_t timers = 0;  ///< tasks and cases marked overdue
    std::uint32_t links = 0;   ///< linked cases opened or ends reported
    std::uint32_t delivered = 0;
    std::uint32_t failed = 0;  ///< attempts that threw; they will be tried again
    std::uint32_t set_aside = 0;
    bool more = false;            ///< the batch was full: call again
    std::vector<error> problems;  ///< cases that could not be worked on (quarantined, say)
};

/// What `add` gives: the procedure, and warnings that did not stop it.
struct added {
    procedure_ptr definition;
    diagnostic_list diagnostics;
    std::vector<source_text> sources;
};

/// A runtime over one store, for one tenant. Usable from any threads at once; it starts none. Calls
/// block. After a commit, notifications and links of that commit are carried out on the calling
/// thread before the call returns (no lock held, no transaction open; a handler may call back).
/// Everything that stays undone is done by run_due.
class QUYTRINH_DECL runtime {
public:
    runtime(definitions known, std::shared_ptr<store> keep, trust whom, std::string tenant = "main",
            limits bounds = {});
    ~runtime();
    runtime(runtime&&) noexcept;
    runtime& operator=(runtime&&) noexcept;

    // -- procedures
    /// Parses, checks and adds a procedure; errc::text_is_wrong carries every diagnostic. The same
    /// text again is harmless; another text under the same code replaces it for new cases only.
    [[nodiscard]] result<added> add(std::string text, std::string name = "procedure.quytrinh",
                                    const import_resolver& imports = {});
    [[nodiscard]] std::vector<procedure_ptr> procedures() const;
    [[nodiscard]] result<procedure_ptr> procedure_of(std::string_view code) const;
    /// Takes the place of the one with its code; errc::calendar_differs when that has the same
    /// version and says otherwise, since events keep the version that they were counted by.
    [[nodiscard]] result<void> add_calendar(calendar days);
    /// The calendar of procedures that name none ("HC.VN" unless set).
    [[nodiscard]] result<void> set_default_calendar(std::string_view code);
    [[nodiscard]] result<calendar> calendar_of(std::string_view code) const;
    /// Rows of a lookup table that the host keeps (`danh mục` with `cột`): true when it has the
    /// row.
    void set_table(std::string code, std::function<bool(const std::vector<value>& row)> has_row);

    // -- commands
    [[nodiscard]] result<case_id> open(std::string_view procedure, const open_options& options);
    [[nodiscard]] result<command_result> complete(const case_id& of, const task_name& task,
                                                  const complete_options& options);
    /// Every other command. An empty id is made; for command::open `target` is derived.
    [[nodiscard]] result<command_result> execute(case_command what);
    /// Several commands, committed together where the store can (group commit); each has its own
    /// result.
    [[nodiscard]] std::vector<result<command_result>> execute_all(std::vector<case_command> batch);
    /// The stored answer of a command id, after errc::outcome_unknown; nothing when it was never
    /// stored.
    [[nodiscard]] result<std::optional<command_result>> lookup(const case_id& of,
                                                               const command_id& id);

    // -- due work
    /// Offers each notification to `handler` on the calling thread after the commit. A handler that
    /// throws is tried again by run_due with growing pauses and set aside after
    /// limits::delivery_attempts. One handler; an empty one leaves notifications pending.
    void on_notification(std::function<void(const notification&)> handler);
    /// Fires due timers, carries out links, delivers notifications; at most `batch` of each (0:
    /// limits::page). What these cause is delivered as after any commit.
    [[nodiscard]] result<due_report> run_due(std::size_t batch = 0);
    /// Takes up to `limit` notifications (0: limits::page) for as long as `lease` (a millisecond to
    /// a day): for hosts without a handler, or with other processes that tell. Nobody else is given
    /// them meanwhile. What is not confirmed by then is given to the next who asks: each is told
    /// at least once, by whoever dies in between, too. Those of a case come in order, and of a case
    /// of which somebody holds some, none. Empty: there is nothing to take just now.
    [[nodiscard]] result<std::vector<notification>> take(
        std::size_t limit = 0, std::chrono::microseconds lease = std::chrono::seconds{60});
    /// What has this notification::receipt has been dealt with. False, and without effect, when the
    /// lease is over or the notification was given back, or confirmed before: whoever deals with it
    /// next drops it by its key, or tells it twice. Any process that has opened the store may say
    /// it. errc::invalid_argument for what is no receipt of this store.
    [[nodiscard]] result<bool> confirm(std::string_view receipt);
    /// It could not be dealt with: as a handler that throws, so it is offered again after a pause
    /// that grows, and set aside after limits::delivery_attempts. With it go all others of its case
    /// that are held under the same lease and not confirmed, so that order holds. False as above.
    [[nodiscard]] result<bool> give_back(std::string_view receipt, std::string_view why = {});
    /// Says that an open task or question is late, and tells whoever leads it, as a timer does. Of
    /// use for `ngay lập tức`: no timer waits for a limit without a length, so when it has passed
    /// is for the host to know. Said once; again it gives the same answer. errc::too_early where a
    /// limit is counted and has not passed; errc::task_not_open.
    [[nodiscard]] result<command_result> say_late(const case_id& of, const task_name& task);
    [[nodiscard]] result<outbox_counts> outbox() const;
    [[nodiscard]] result<std::vector<notification>> set_aside(std::size_t limit = 0) const;
    /// Takes what was set aside back into the queue, as if it had never been tried: the
    /// notification with this `notification::key`, or with an empty key all of them. How many;
    /// errc::not_found for a key of which nothing is set aside. They are delivered by run_due(), in
    /// event order again.
    [[nodiscard]] result<std::size_t> offer_again(std::string_view key = {});

    // -- queries; a `limit` of 0 is limits::page (100 unless set), a page has at most
    // limits::page_max rows
    [[nodiscard]] result<case_details> find(const case_id& of) const;
    /// Of a quarantined case nothing is allowed (option::rule is errc::case_quarantined).
    [[nodiscard]] result<std::vector<option>> options(const case_id& of, const actor& who) const;
    /// One page; `cursor` of the page before, empty for the first. Use task_pages for all.
    [[nodiscard]] result<std::vector<task_view>> tasks(const task_query& which,
                                                       std::size_t limit = 0) const;
    [[nodiscard]] result<page_of<task_view>> task_page(const task_query& which,
                                                       const std::string& cursor,
                                                       std::size_t limit = 0) const;
    /// One page. With case_query::overdue_at a page may hold fewer rows than asked for although
    /// there are more (`next` tells): a case whose clock stands still is not overdue, whatever its
    /// row says.
    [[nodiscard]] result<page_of<head_row>> cases(const case_query& which,
                                                  const std::string& cursor = {},
                                                  std::size_t limit = 0) const;
    [[nodiscard]] result<std::vector<history_entry>> history(const case_id& of) const;
    [[nodiscard]] result<std::vector<refusal_row>> refusals(const case_id& of) const;
    /// Recomputes the chain and refolds the events; errc::store_corrupt names the first event that
    /// does not fit, and the case is then quarantined where the store may be written.
    [[nodiscard]] result<void> verify(const case_id& of);

    [[nodiscard]] const store_caps& caps() const noexcept;
    [[nodiscard]] store& backing() const noexcept;
    [[nodiscard]] std::chrono::minutes offset() const noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace quytrinh
