// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/reading.hpp: private. What a condition sees: the state of the case, with the
// values of the command being judged laid over it.
#pragma once

#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/procedure.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quytrinh::detail::engine {

/// One value on its way into a form, of the field's own type.
struct entry {
    const form* of = nullptr;
    const form_field* field = nullptr;
    value content;
};

/// Everything that can be read, by reference; cheap to copy and to point at another task.
struct reading {
    const context* with = nullptr;
    const case_state* state = nullptr;
    const actor* by = nullptr;
    const std::vector<entry>* pending = nullptr;
    /// What the command will do to forms: renewed, unapproved…
    const form_effects* coming = nullptr;
    /// Forms that it approves.
    const std::vector<std::string>* approving = nullptr;
    /// Of a command about a question: the forms of which that question has its own instance, and
    /// the question itself, null while it is being put.
    const std::vector<std::string>* own = nullptr;
    const consultation_state* asked = nullptr;
    /// Who looks instead: the flow, or another question that is open. What is being asked is not
    /// for them; what is being answered is the flow's from then on.
    bool outside = false;
    const consultation_state* other = nullptr;
    /// The task that the command is about, and the channel that it records for it.
    const task_key* about = nullptr;
    std::string_view channel, outcome, entered_from;
    std::uint32_t round = 0;

    /// The field's value as it will stand; null when nothing has filled it.
    [[nodiscard]] const value* find(const field_ref& field) const {
        return find(field.form, field.field);
    }
    [[nodiscard]] const value* find(const std::string& form, const std::string& field) const;
    /// The instance of a form that is read here, without the values of the command; null: none.
    [[nodiscard]] const form_state* form_of(const std::string& code) const;
    /// Is the form approved as it will stand?
    [[nodiscard]] bool approved(const field_ref& field) const;
    /// The same, seen from a task, or from an open question.
    [[nodiscard]] reading from(const task_state& task) const;
    [[nodiscard]] reading from(const consultation_state& question) const;
    /// Do the values of the command count here for this form?
    [[nodiscard]] bool counts(const std::string& code) const;
};

/// A condition judged: how it came out, what was read, and what was missing when it is unknown.
struct verdict {
    truth held = truth::yes;
    judged note;
    std::string missing;
};
/// errc::limit_exceeded past limits::evaluation_steps.
[[nodiscard]] result<verdict> judge(const condition& c, const reading& from);
/// `judge` for a clause that may have no condition: without one it holds and nothing is noted. What
/// was judged is added to `notes`; `missing` names what was empty when it is unknown.
[[nodiscard]] result<truth> weigh(const std::optional<condition>& c, const reading& from,
                                  std::vector<judged>& notes, std::string& missing);
/// How it comes out and nothing else, where nobody asks what was read.
[[nodiscard]] result<truth> judge_only(const condition& c, const reading& from);
/// For clauses that cannot be refused (who is told): unknown does not hold.
[[nodiscard]] bool holds(const condition& c, const reading& from);

}  // namespace quytrinh::detail::engine
