// SPDX-License-Identifier: BSL-1.0
// tests/engine/play.hpp: one case walked through the kernel, every decision proven against its own
// events.
#pragma once

#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>

#include "support/model_builder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace play {

using namespace quytrinh;
using namespace std::string_literals;

/// "11/12/2023 08:00", local time of UTC+7.
[[nodiscard]] instant at(std::string_view text);
[[nodiscard]] date day(std::string_view text);

/// Public holidays of December 2023 to December 2024 as decided, with the swap of 29/4 for Saturday
/// 4/5.
[[nodiscard]] calendar real_calendar();

/// One case. `send` judges a command and, when it is accepted, proves that the state after it is
/// the fold of the events, that the numbers have no gap and that time does not run backwards.
struct one_case {
    procedure text;
    calendar days = real_calendar();
    facts known;
    case_state state;
    std::vector<case_event> log;
    instant now = at("11/12/2023 08:00");
    std::map<std::string, procedure> others;
    limits bounds;
    int commands = 0;
    command_result last;
    std::vector<case_event> latest;  ///< events of the last accepted command
    error refused;                   ///< of the last refused one
    ruling kept;                     ///< its memory is used again by each command

    explicit one_case(procedure p);
    explicit one_case(build::procedure_builder b);

    [[nodiscard]] context with() const;
    [[nodiscard]] case_command envelope(const std::string& by, command::body body);

    /// Was it accepted?
    bool send(const case_command& c);
    bool send(const std::string& by, command::body body);
    /// Must be accepted.
    void ok(const std::string& by, command::body body);
    /// Must be refused; gives the reason.
    errc no(const std::string& by, command::body body);

    void open(const std::string& by, command::open c = {});
    void complete(const std::string& by, const std::string& task, command::complete c = {});
    errc cannot_complete(const std::string& by, const std::string& task, command::complete c = {});
    void go_to(std::string_view time) { now = at(time); }

    [[nodiscard]] const task_state& task(const std::string& step, std::uint32_t round = 1) const;
    [[nodiscard]] const consultation_state& question(const std::string& id,
                                                     std::uint32_t round = 1) const;
    /// "2023-12-14" or "…T14:00"; the kind where there is no date.
    [[nodiscard]] std::string due_of(const task_due& due) const;
    [[nodiscard]] std::string due(const std::string& step, std::uint32_t round = 1) const;
    [[nodiscard]] std::string case_due() const;
    /// "task_opened>ĐVTH:lead" for every notice of the last command, in order.
    [[nodiscard]] std::vector<std::string> told() const;
    [[nodiscard]] bool is_open(const std::string& step) const;
    [[nodiscard]] value field(const std::string& form, const std::string& name) const;

    /// The first event of one kind of the last command.
    template <class Event>
    [[nodiscard]] const Event& event_of() const {
        const auto found = std::find_if(latest.begin(), latest.end(), [](const case_event& e) {
            return std::holds_alternative<Event>(e.body);
        });
        REQUIRE(found != latest.end());
        return std::get<Event>(found->body);
    }
};

/// HTKH.03 in short: its six steps and the consultation.
[[nodiscard]] procedure htkh03();
/// HTKH.03 at the given step, by the shortest way.
[[nodiscard]] one_case htkh03_at(int step);

}  // namespace play
