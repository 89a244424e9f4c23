// SPDX-License-Identifier: BSL-1.0
// tests/procedures/desk.hpp: one case of a bundled procedure on a memory store with a clock that
// the test moves: who does what, when, and what came of it, in the words of the procedure.
#pragma once

#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/counting.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace desk_of {

using namespace quytrinh;

inline constexpr std::chrono::minutes vietnam{420};

/// "11/12/2023 08:00", Vietnamese time.
inline instant clock(std::string_view text) {
    const auto at = read_instant(text, vietnam);
    REQUIRE_MESSAGE(at.has_value(), "not an instant: " << text);
    return *at;
}

/// "ĐVTH/nv07".
inline actor who(const char* text) { return read_actor(text); }

/// What a person does with a task, written as it is said:
/// act("ĐVTH/nv07").choose("NOK").because("…").
struct act {
    complete_options options;
    explicit act(const char* by) { options.by = who(by); }
    act&& choose(std::string outcome) && {
        options.outcome = std::move(outcome);
        return std::move(*this);
    }
    act&& because(std::string reason) && {
        options.reason = std::move(reason);
        return std::move(*this);
    }
    act&& confirming_all() && {
        options.confirmed = all_preconditions;
        return std::move(*this);
    }
    act&& confirming(std::string text) && {
        options.confirmed.texts.push_back(std::move(text));
        return std::move(*this);
    }
    act&& with(std::string field, value content) && {
        options.fields.emplace_back(std::move(field), std::move(content));
        return std::move(*this);
    }
    act&& assigning(std::string role, std::string unit, std::string person = {}) && {
        options.assign.push_back({std::move(role), std::move(unit), std::move(person)});
        return std::move(*this);
    }
    act&& through(std::string channel) && {
        options.channel = std::move(channel);
        return std::move(*this);
    }
    act&& opening(std::string procedure) && {
        options.open_linked.push_back(std::move(procedure));
        return std::move(*this);
    }
};

class desk {
public:
    explicit desk(std::string_view start, trust whom = trust_host)
        : keep(open_memory({clock(start), 7})), office(bundled(), keep, std::move(whom)) {
        office.on_notification([this](const notification& n) { mail.push_back(n); });
    }

    desk(const desk&) = delete;
    desk& operator=(const desk&) = delete;

    /// Moves the clock. Due work is done only by run_due.
    void at(std::string_view moment) { keep->set_clock(clock(moment)).value(); }

    /// Opens a case and looks at it from now on.
    case_id open(std::string_view procedure, const char* by, std::vector<binding> bind = {}) {
        open_options options;
        options.by = who(by);
        options.bind = std::move(bind);
        of = done(office.open(procedure, options));
        return of;
    }
    /// The act must succeed.
    command_result does(const char* task, const act& what) {
        CAPTURE(task);
        mail.clear();
        return done(office.complete(of, task, what.options));
    }
    /// The act must be refused, and leave the case as it was. Says why.
    error refused(const char* task, const act& what) {
        CAPTURE(task);
        const auto before = state().version;
        auto outcome = office.complete(of, task, what.options);
        REQUIRE_FALSE(outcome.has_value());
        CHECK(state().version == before);
        return outcome.error();
    }
    errc refusal(const char* task, const act& what) { return refused(task, what).code; }

    result<command_result> sends(const char* by, command::body body) {
        case_command what;
        what.target = of;
        what.by = who(by);
        what.body = std::move(body);
        mail.clear();
        return office.execute(std::move(what));
    }

    [[nodiscard]] case_state state() const { return office.find(of).value().state; }

    /// "2.2 3.1": what is open now, consultations too.
    [[nodiscard]] std::string open_tasks() const {
        const auto now = state();
        std::string text;
        const auto add = [&text](const task_key& key) {
            text += (text.empty() ? "" : " ") + to_string(key);
        };
        for (const auto& task : now.tasks)
            if (task.status == task_status::open) add(task.task);
        for (const auto& question : now.consultations)
            if (question.status == task_status::open) add(question.consultation);
        return text;
    }
    /// "2023-12-14", "không nêu", "ngay" or what the limit came out as.
    [[nodiscard]] std::string due(std::string_view name) const {
        const auto now = state();
        const task_due* due = nullptr;
        for (const auto& task : now.tasks)
            if (to_string(task.task) == name) due = &task.due;
        for (const auto& question : now.consultations)
            if (to_string(question.consultation) == name) due = &question.due;
        REQUIRE_MESSAGE(due != nullptr, "no task " << name);
        switch (due->kind) {
        case due_kind::not_stated: return "không nêu";
        case due_kind::immediately: return "ngay";
        case due_kind::laid_down: return due->text;
        case due_kind::waiting: return "chờ";
        case due_kind::counted: break;
        }
        REQUIRE(due->due.has_value());
        return to_iso(*due->due, vietnam);
    }
    [[nodiscard]] task_state task(std::string_view name) const {
        for (const auto& task : state().tasks)
            if (to_string(task.task) == name) return task;
        FAIL("no task " << name);
        return {};
    }
    [[nodiscard]] value field(std::string form, std::string name) const {
        const auto now = state();
        const auto* found = now.find_field({std::move(form), std::move(name)});
        return found ? found->content : value{};
    }
    /// Was this party told of this, by the last act?
    [[nodiscard]] bool told(std::string_view role, notice_kind kind) const {
        return std::any_of(mail.begin(), mail.end(), [&](const notification& n) {
            return n.what.to.role == role && n.what.kind == kind;
        });
    }
    [[nodiscard]] bool told(std::string_view role, notice_kind kind, relation as) const {
        return std::any_of(mail.begin(), mail.end(), [&](const notification& n) {
            return n.what.to.role == role && n.what.kind == kind && n.what.as == as;
        });
    }
    /// The last event of one kind.
    template <class Event>
    [[nodiscard]] std::pair<case_event, Event> last() const {
        const auto lines = office.history(of).value();
        for (auto line = lines.rbegin(); line != lines.rend(); ++line)
            if (const auto* body = std::get_if<Event>(&line->fact.body)) return {line->fact, *body};
        FAIL("no such event");
        return {};
    }

    std::shared_ptr<store> keep;
    runtime office;
    std::vector<notification> mail;  ///< of the last act
    case_id of;

private:
    /// The value, or a failure that says in words why there is none.
    template <class T>
    static T done(result<T> outcome) {
        if (!outcome.has_value()) FAIL(outcome.error().text(language::en));
        return std::move(outcome).value();
    }
};

}  // namespace desk_of
