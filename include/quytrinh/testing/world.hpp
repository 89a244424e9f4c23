// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/world.hpp: a virtual office for tests: time that passes when it is told to,
// people who are whoever the test says, mail that is caught. Behind it stand the real runtime and
// kernel.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/command_result.hpp>
#include <quytrinh/engine/option.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/notification.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/runtime/views.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::testing {

/// What a world begins with. Equal options and equal calls give equal worlds, ids included.
struct world_options {
    /// Local time of the calendars, day first or ISO; where a procedure that is added comes into
    /// force later, its case is opened on that day or later.
    std::string start = "02/01/2024 08:00";
    std::uint64_t seed = 1;
    /// Procedures and calendars that are known; `add` brings more. Null: `bundled()`, read once.
    std::shared_ptr<const definitions> known{};
    limits bounds{};
    /// Timers that one passing of time may fire before it is stopped (errc::limit_exceeded).
    std::uint32_t timers = 100'000;
};

/// A task or a consultation as a test looks at it.
struct task_look {
    task_key key;
    std::string title;
    bool open = false, overdue = false, late = false;
    std::vector<std::string> leads;  ///< party codes: who has it, or who is asked
    task_due limit;
    std::chrono::minutes offset{420};
    /// "14/12/2023", or "14:00 14/12/2023" where hours count; empty where nothing is counted.
    [[nodiscard]] QUYTRINH_DECL std::string due() const;
};

class world;

/// Who acts for a unit when the test names nobody: somebody of this unit and of no other.
[[nodiscard]] QUYTRINH_DECL std::string somebody_of(std::string_view unit);

/// Opens a case: `w.open("QT.X").bind("NPH", "P.1").by("ĐVYC")`. `by` acts, the rest only prepares.
class QUYTRINH_DECL case_opening {
public:
    case_opening& bind(std::string role, std::string unit, std::string person = {});
    case_opening& with(std::string field, value content);
    case_opening& reference(std::string number);
    case_opening& at_step(std::string step);
    /// Throws quytrinh::exception with the words of the refusal.
    case_id by(std::string unit, std::string person = {});

private:
    friend class world;
    case_opening(world& of, std::string procedure);
    world* world_;
    command::open what_;
};

/// Somebody who acts in the case at hand. Adjectives first, the verb last: the verb acts at once
/// and throws quytrinh::exception with the words of the refusal, and nothing has happened then.
class QUYTRINH_DECL person {
public:
    person& because(std::string reason);
    person& with(std::string field, value content);
    person& with(std::string form, std::string field, value content);
    /// Ticks these only; without it every precondition and item of a checklist is ticked.
    person& ticking(std::vector<std::string> texts);
    person& assigning(std::string role, std::string unit, std::string name);
    person& by_channel(std::string channel);
    person& attaching(std::string file, std::string evidence_of = {});
    person& opening_linked(std::string procedure);
    /// Who of an `A hoặc B` lead gets the next task.
    person& sending_to(std::string lead);

    command_result completes(std::string task);
    command_result chooses(std::string outcome, std::string task);
    command_result records(std::string task);
    command_result receives(std::string task);
    command_result claims(std::string task);
    command_result releases(std::string task);
    command_result assigns(std::string task, std::string to);
    command_result opines(std::string task, std::string text);
    command_result asks(std::string consultation, std::string text = {}, std::string task = {});
    command_result answers(std::string consultation, std::string answer, std::string text = {});
    command_result comments(std::string text, std::string task = {});
    command_result withdraws();
    command_result cancels();
    command_result signals(std::string event, std::string text = {});

private:
    friend class world;
    person(world& of, actor who);
    command_result does(command::body body);
    world* world_;
    actor who_;
    command::complete form_;
};

/// The virtual office. Everybody may act for the unit that the test names, several persons of it
/// too. Calls without `result` throw quytrinh::exception; `send`, `open_case` and `pass_to` give
/// results. Time passes through every due instant on the way, so that what is missed is marked as
/// missed before anybody acts again. Used by one thread at a time.
class QUYTRINH_DECL world {
public:
    explicit world(world_options options = {});
    /// The same, with one more procedure; errc::text_is_wrong carries its diagnostics.
    explicit world(std::string text, world_options options = {});
    ~world();
    world(world&&) noexcept;
    world& operator=(world&&) noexcept;

    // -- what is known
    procedure_ptr add(std::string text, std::string name = "procedure.quytrinh",
                      const import_resolver& imports = {});

    /// A row of a lookup table that the host keeps (`danh mục` with `cột` and no rows); a table
    /// that was never named has none, and what reads it is not known.
    world& row(std::string table, std::vector<value> cells);

    // -- time
    [[nodiscard]] instant now() const;
    /// "11/12/2023 08:00": never back, which is errc::time_out_of_range.
    world& at(std::string_view when);
    /// "2 ngày", "3 ngày làm việc", "4 giờ", "30 phút", "2 tuần", "1 tháng"; English too. Days keep
    /// the time of day; working days are those of the calendar of the case at hand.
    world& passes(std::string_view length);
    [[nodiscard]] result<void> pass_to(instant to);
    [[nodiscard]] result<instant> after(std::string_view length) const;
    [[nodiscard]] result<instant> after(const amount& length) const;
    /// Says that a task or question that is due `ngay lập tức` is late: no time that passes does,
    /// as its text gives no length (runtime::say_late).
    world& says_late(const std::string& task);
    /// The next instant at which a limit of an open case passes.
    [[nodiscard]] std::optional<instant> next_due() const;

    // -- people
    [[nodiscard]] case_opening open(std::string procedure);
    [[nodiscard]] person as(std::string unit, std::string name = {});
    [[nodiscard]] result<case_id> open_case(const actor& by, command::open what);
    /// A command on the case at hand, or on `of`.
    [[nodiscard]] result<command_result> send(const actor& by, command::body body,
                                              const case_id& of = {});
    /// What the case at hand refuses: the error of what `attempt` does; throws
    /// quytrinh::programming_error when nothing was refused.
    error refused(const std::function<void()>& attempt);

    // -- what is seen; the case at hand is the one opened last, or what `look_at` chose
    world& look_at(case_id of);
    [[nodiscard]] const case_id& at_hand() const;
    /// Every case of this world in the order of opening, linked ones too.
    [[nodiscard]] const std::vector<case_id>& cases() const noexcept;
    [[nodiscard]] case_details look(const case_id& of = {}) const;
    /// Its events, those after number `after` where that is given.
    [[nodiscard]] std::vector<case_event> history(const case_id& of = {},
                                                  std::uint64_t after = 0) const;
    [[nodiscard]] std::vector<option> options(const actor& who, const case_id& of = {}) const;
    /// The open task "2" or the exact round "2.3", done or not; errc::task_not_open when there is
    /// none.
    [[nodiscard]] task_look task(const std::string& name) const;
    [[nodiscard]] std::vector<task_look> open_tasks() const;
    [[nodiscard]] bool ended() const;
    [[nodiscard]] std::string end_kind() const;
    /// Everything that was delivered, in order.
    [[nodiscard]] const std::vector<notification>& mail() const noexcept;
    /// Was this party told since the last `read_mail`?
    [[nodiscard]] bool told(std::string_view party) const;
    world& read_mail();
    /// Index into `mail` of what came first after the last `read_mail`.
    [[nodiscard]] std::size_t unread_from() const noexcept;

    [[nodiscard]] runtime& office() noexcept;
    [[nodiscard]] std::chrono::minutes offset() const;

private:
    void know(const command_result& done);
    void hold(const case_id& of);
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace quytrinh::testing
