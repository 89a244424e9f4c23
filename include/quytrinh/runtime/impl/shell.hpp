// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/shell.hpp: what a runtime is made of. Its rooms: registry.ipp (procedures,
// calendars, tables), envelope.ipp (what a command may look like), commit.ipp (read, decide,
// write), dispatch.ipp (what follows a commit, due work), query.ipp (reading), runtime.ipp (the
// public face).
#pragma once

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/impl/case_cache.hpp>
#include <quytrinh/runtime/impl/project.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace quytrinh::detail::shell {

using calendar_ptr = std::shared_ptr<const calendar>;
using table_fn = std::function<bool(const std::vector<value>& row)>;
using handler_fn = std::function<void(const notification&)>;

/// Attempts at one command whose case somebody else keeps changing.
inline constexpr int write_attempts = 10;
/// Folded cases kept in memory.
inline constexpr std::size_t cached_cases = 512;
/// Batches in one physical commit of execute_all.
inline constexpr std::size_t group_size = 256;
/// How long a claim of due work holds. A worker that dies gives its work free after this.
inline constexpr std::chrono::microseconds lease{std::chrono::seconds{60}};
/// Prefix of the command ids that the library makes for its own commands; a host's id may not begin
/// so.
inline constexpr std::string_view own_prefix = "quytrinh-";

/// A view of a case, read and folded.
struct loaded {
    std::optional<command_row> earlier;
    known_ptr known;  ///< null: the case does not exist
    std::string quarantine;
};

/// A command that may be written: its batch and what the case is afterwards.
struct prepared {
    write_batch batch;
    command_result result;
    known_ptr after;
};

/// What commits leave to be done before the call returns: links, which this thread carries out
/// itself, and whether there is anybody to be told.
struct follow_up {
    std::vector<outbox_row> links;
    bool notices = false;

    [[nodiscard]] bool empty() const noexcept { return links.empty() && !notices; }
    void add(follow_up&& more) {
        notices = notices || more.notices;
        for (outbox_row& row : more.links) links.push_back(std::move(row));
    }
    /// Before the batch is given to the store.
    void note(const std::vector<outbox_row>& rows) {
        for (const outbox_row& row : rows)
            if (row.kind == outbox_kind::link)
                links.push_back(row);
            else
                notices = true;
    }
};

/// What every command needs and leaves empty behind: made once for as many commands as run at one
/// time, not for each.
struct tools {
    sha256_stream hash;
    ruling made;
    std::vector<salt16> salts;
};
/// Thread-safe; no lock outlives a call.
class tool_box {
public:
    explicit tool_box(std::size_t kept) { free_.reserve(kept); }

    /// Gives them back at its end, unless by an exception: that may have left something in them.
    class loan {
    public:
        explicit loan(tool_box& from) : from_(from), tools_(from.take()) {}
        ~loan() {
            if (std::uncaught_exceptions() == before_) from_.put_back(std::move(tools_));
        }
        loan(const loan&) = delete;
        loan& operator=(const loan&) = delete;
        tools& operator*() noexcept { return *tools_; }

    private:
        tool_box& from_;
        std::unique_ptr<tools> tools_;
        int before_ = std::uncaught_exceptions();
    };

private:
    std::unique_ptr<tools> take() {
        {
            const std::lock_guard hold(guard_);
            if (!free_.empty()) {
                auto one = std::move(free_.back());
                free_.pop_back();
                return one;
            }
        }
        return std::make_unique<tools>();
    }
    void put_back(std::unique_ptr<tools> one) noexcept {
        one->made.events.clear();
        // A command that made thousands of events leaves no memory behind.
        if (one->made.events.capacity() > 16) return;
        const std::lock_guard hold(guard_);
        if (free_.size() < free_.capacity()) free_.push_back(std::move(one));
    }

    std::mutex guard_;
    std::vector<std::unique_ptr<tools>> free_;
};

/// Everything that a decision looks at, kept alive together. Not movable: the context points into
/// it.
struct judging {
    procedure_ptr definition;
    calendar_ptr days;
    facts known;
    std::vector<procedure_ptr> others;
    context with;
    judging() = default;
    judging(const judging&) = delete;
    judging& operator=(const judging&) = delete;
};

/// Why the runtime itself sends a command.
struct origin {
    command_kind kind = command_kind::host;
    /// For a linked opening: the pinned text of the child.
    std::optional<digest256> definition;
    std::optional<write_batch::settled_work> settles;
};

/// errc::limit_exceeded, invalid_utf8 or invalid_argument for what no command may look like,
/// whatever the procedure says. Gives whether all of its texts are in NFC.
[[nodiscard]] result<bool> admit(const case_command& what, const limits& bounds, bool from_host);

/// Every name and text of a command in NFC; only after admit(), which bounds the lengths.
void compose(case_command& what);

/// "2024-05-04", with the hour where hours count; empty unless a limit was counted.
[[nodiscard]] std::string due_text(const task_due& due, std::chrono::minutes offset);
/// The title of a step or consultation; empty when the procedure has none such.
[[nodiscard]] std::string title_of(const procedure& of, const std::string& step);
/// What a notification says of the event that caused it (notification.ipp).
void fill_in_event(notification& out, const case_event& fact, const case_state& state,
                   const procedure& definition, std::chrono::minutes offset);

}  // namespace quytrinh::detail::shell

namespace quytrinh {

struct runtime::impl {
    using known_ptr = detail::shell::known_ptr;
    using origin = detail::shell::origin;

    impl(definitions first, std::shared_ptr<store> store_of, trust whom_of, std::string tenant_of,
         limits bounds_of);

    // -- registry.ipp; every function takes the lock for itself and holds it for no callback
    void remember(procedure_ptr definition);
    /// Has the day come from which the text is in force?
    [[nodiscard]] bool in_force(const procedure& of) const;
    [[nodiscard]] result<procedure_ptr> by_code(std::string_view code) const;
    /// By the hash that a case is pinned to: from memory, else parsed from the store's text.
    [[nodiscard]] result<procedure_ptr> by_hash(const digest256& hash);
    /// The same for a case that is stored: its text must lie in the store as it was pinned. Read
    /// and hashed once for each text and process; only verify() reads it again.
    [[nodiscard]] result<procedure_ptr> by_pinned_hash(const digest256& hash);
    [[nodiscard]] result<added> add(std::string text, std::string name,
                                    const import_resolver& imports);
    [[nodiscard]] result<void> add_calendar(calendar days);
    /// Of a procedure: its own, the one it names, else the default; null when there is no such
    /// calendar.
    [[nodiscard]] detail::shell::calendar_ptr calendar_for(const procedure_ptr& of) const;
    [[nodiscard]] std::chrono::minutes offset_for(const procedure_ptr& of) const;
    [[nodiscard]] std::chrono::minutes default_offset() const;
    /// Is the text known to lie in the store?
    [[nodiscard]] bool is_stored(const digest256& hash) const;
    void mark_stored(const digest256& hash);

    // -- commit.ipp
    [[nodiscard]] result<detail::shell::loaded> load(const case_id& of, const command_id& id);
    [[nodiscard]] result<known_ptr> fold(const case_id& of, const case_view& view, known_ptr from);
    /// Fills in what a decision may know. `person` facts are asked of the host, without any lock.
    [[nodiscard]] result<void> prepare_context(detail::shell::judging& j, const case_command& what,
                                               procedure_ptr definition, instant not_before);
    /// `may_spend`: `base` may become the case after the command, if nobody else has it. It is then
    /// null afterwards, unless the command was refused before anything of it changed.
    [[nodiscard]] result<void> prepare(const case_command& what, const digest256& digest,
                                       const origin& from, known_ptr& base, bool may_spend,
                                       detail::shell::tools& with, detail::shell::prepared& out);
    [[nodiscard]] result<command_result> answer_of(const command_row& row, const digest256& digest,
                                                   const command_id& id) const;
    /// The whole path of one command. Adds what the commit left to do to `left`. A refusal that is
    /// given holds unless the command was done before.
    [[nodiscard]] result<command_result> run(const case_command& what, const origin& from,
                                             detail::shell::follow_up& left,
                                             std::optional<unexpected> refusal = {});
    [[nodiscard]] std::vector<result<command_result>> run_all(std::vector<case_command> batch,
                                                              detail::shell::follow_up& left);
    /// Id and target where the caller left them empty; admit(); compose().
    [[nodiscard]] result<void> complete_envelope(case_command& what, bool from_host);
    void note_refusal(const case_command& what, const error& why);
    [[nodiscard]] error quarantine(const case_id& of, const error& why);
    [[nodiscard]] result<command_id> make_id();
    void pause(int attempt) const;

    // -- dispatch.ipp
    void after_commit(detail::shell::follow_up left);
    void carry_out(std::vector<outbox_row> rows, due_report& report);
    void work_link(const work_item& item, due_report& report);
    [[nodiscard]] result<void> carry_out_link(const outbox_row& row,
                                              detail::shell::follow_up& left);
    [[nodiscard]] result<void> run_timers(std::size_t batch, due_report& report);
    [[nodiscard]] result<command_result> say_late(const case_id& of, const task_name& task,
                                                  detail::shell::follow_up& left);
    [[nodiscard]] result<void> run_links(std::size_t batch, due_report& report);
    /// At most `most` of them, `page` in one claim.
    [[nodiscard]] result<void> deliver(std::size_t page, std::size_t most, due_report& report);
    void deliver_one(const work_item& item, const detail::shell::handler_fn& handler,
                     due_report& report);
    /// store/case/seq/n: notification::key.
    [[nodiscard]] std::string key_of(const outbox_row& row) const;
    [[nodiscard]] result<notification> describe(const outbox_row& row, std::uint32_t attempts,
                                                std::uint64_t fence);
    void give_back(const work_item& item, const std::string& why, due_report& report);
    /// Counts a failed attempt; false when somebody else has the work by now.
    [[nodiscard]] result<bool> put_back(const work_item& item, const std::string& why,
                                        due_report& report);
    [[nodiscard]] command_id own_id(std::string_view cause, const case_id& of,
                                    std::string_view what) const;
    [[nodiscard]] result<case_event> event_of(const case_id& of, std::uint64_t seq);

    // -- taking.ipp
    [[nodiscard]] result<std::vector<notification>> take(std::size_t limit,
                                                         std::chrono::microseconds lease);
    /// The work that a receipt names; nothing when its lease is over.
    [[nodiscard]] result<std::optional<work_item>> taken(std::string_view receipt) const;

    // -- query.ipp
    [[nodiscard]] result<known_ptr> find(const case_id& of, std::string* quarantined);
    [[nodiscard]] result<task_view> view_of(task_entry entry,
                                            std::map<case_id, detail::shell::loaded>& seen);
    [[nodiscard]] result<void> verify(const case_id& of);
    [[nodiscard]] result<void> verify_chain(const case_id& of, const head_row& head,
                                            const case_view& view);

    /// How many rows are meant: 0 is limits::page, and more than limits::page_max are not given.
    [[nodiscard]] std::size_t rows(std::size_t asked) const noexcept {
        return asked == 0 ? bounds.page : asked < bounds.page_max ? asked : bounds.page_max;
    }

    std::shared_ptr<store> keep;
    trust whom;
    std::string tenant;
    limits bounds;
    store_caps caps;
    std::string worker;  ///< names this runtime in claims

    mutable std::shared_mutex guard;  ///< of everything down to `handler`
    /// The text that begins cases, by code; and one of a later date that will replace it.
    mutable std::map<std::string, procedure_ptr, std::less<>> codes, coming;
    std::map<digest256, procedure_ptr> hashes;
    std::set<digest256> stored;
    std::set<digest256> proven;  ///< read from the store, and found to be what the hash says
    std::map<std::string, detail::shell::calendar_ptr, std::less<>> calendars;
    std::string default_calendar = "HC.VN";
    std::map<std::string, std::shared_ptr<const detail::shell::table_fn>, std::less<>> tables;
    std::shared_ptr<const detail::shell::handler_fn> handler;

    std::mutex delivering_guard;
    std::set<std::thread::id>
        delivering;  ///< threads inside a handler: what they cause is delivered after

    detail::shell::case_cache cache{detail::shell::cached_cases};
    detail::shell::tool_box tool_shed{8};
};

}  // namespace quytrinh
