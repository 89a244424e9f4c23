// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/gate.hpp: private. The one gate as a room: what one actor may do in one
// case. Default deny: every way through is an `allow` that somebody wrote down here.
#pragma once

#include <quytrinh/engine/impl/parties.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::engine {

class gate {
public:
    gate(const context& with, const case_state& state, const case_command& what);

    [[nodiscard]] permission judge() const;
    /// Leaves those in who would be let through with this very command.
    void keep_able(std::vector<std::string>& names) const;
    /// The task that the command names, once it was looked for.
    [[nodiscard]] const task_state* found() const noexcept { return found_; }

private:
    [[nodiscard]] permission rule() const;
    [[nodiscard]] permission on(const command::open& c) const;
    [[nodiscard]] permission on(const command::receive& c) const;
    [[nodiscard]] permission on(const command::claim& c) const;
    [[nodiscard]] permission on(const command::release& c) const;
    [[nodiscard]] permission on(const command::assign& c) const;
    [[nodiscard]] permission on(const command::reassign& c) const;
    [[nodiscard]] permission on(const command::record& c) const;
    [[nodiscard]] permission on(const command::complete& c) const;
    [[nodiscard]] permission on(const command::opine& c) const;
    [[nodiscard]] permission on(const command::consult& c) const;
    [[nodiscard]] permission on(const command::answer& c) const;
    [[nodiscard]] permission on(const command::comment& c) const;
    [[nodiscard]] permission on(const command::attach& c) const;
    [[nodiscard]] permission on(const command::withdraw& c) const;
    [[nodiscard]] permission on(const command::cancel& c) const;
    [[nodiscard]] permission on(const command::signal& c) const;
    [[nodiscard]] permission on(const command::timer_fired& c) const;
    [[nodiscard]] permission on(const command::link& c) const;
    [[nodiscard]] permission on(const command::link_report& c) const;

    // -- ways through
    /// Whoever does the work of a task: its lead, who took it or was given it, who notes for an
    /// outside lead. `decides`: the rules of different persons hold.
    [[nodiscard]] permission worker(const task_state& t, bool decides) const;
    /// Whoever may give the task to a person: the lead unit, not the person it was given to by
    /// authority.
    [[nodiscard]] permission disposer(const task_state& t) const;
    [[nodiscard]] permission taker(const task_state& t) const;
    /// Somebody who has a part in the task, or in any open task of the case.
    [[nodiscard]] permission participant(const task_name& name, bool informed_too) const;
    [[nodiscard]] permission by_right(right_clause::kind what) const;

    [[nodiscard]] permission allow(const seat& place, const hat& worn, capacity as,
                                   std::string on_behalf_of = {}, bool assigned = false) const;
    [[nodiscard]] permission system() const;
    [[nodiscard]] permission deny(errc rule, std::vector<std::string> args,
                                  std::vector<std::string> who_could = {}) const;
    [[nodiscard]] permission deny(const error& why) const;
    [[nodiscard]] permission not_permitted(const std::string& step,
                                           std::vector<std::string> who_could) const;

    // -- questions
    [[nodiscard]] const hat* sits(const seat& place) const;
    [[nodiscard]] const hat* is_taker(const task_state& t) const;
    [[nodiscard]] std::vector<std::string> workers_of(const task_state& t) const;
    /// Those of them who sit on another seat than this one.
    [[nodiscard]] std::vector<std::string> others_than(const task_state& t, const seat& place,
                                                       const actor& who) const;
    /// The step that this person did and another must do, with whom; empty when nothing forbids.
    [[nodiscard]] std::string forbidden_by(const task_state& t, const seat& place,
                                           const actor& who) const;
    [[nodiscard]] bool acted_on_by_others(const seat& place) const;
    [[nodiscard]] const task_state* task(const task_name& name, permission& why) const;
    [[nodiscard]] std::string me() const;

    const context& with_;
    const procedure& text_;
    const case_state& state_;
    const case_command& what_;
    std::vector<hat> hats_;
    basis basis_ = basis::host_word;
    mutable const task_state* found_ = nullptr;
};

/// What a name stands for among what is open: a task or a consultation.
struct open_work {
    const task_state* task = nullptr;
    const consultation_state* question = nullptr;
    [[nodiscard]] const task_key& key() const noexcept {
        return task != nullptr ? task->task : question->consultation;
    }
};
/// `find_open` without a copy of the key and without looking for it again.
[[nodiscard]] result<open_work> open_named(const procedure& of, const case_state& state,
                                           const task_name& name);
/// Leaves the names in for which `passes` says yes to this very command, sent by somebody of that
/// name: a unit, the person of a unit, a person alone.
void each_in_place(const context& with, const case_command& what, std::vector<std::string>& names,
                   const std::function<bool(const context&, const case_command&)>& passes);

/// The rules of different persons (`khác người ở bước`, `phân công B, khác A`) for somebody who
/// would do the task on this seat: the step or role that stands against it, empty when none does.
[[nodiscard]] std::string separated_from(const procedure& of, const case_state& state,
                                         const step& where, std::string_view role,
                                         const actor& who);

/// Arguments of errc::person_missing: why nobody may do a step on this seat without being named,
/// because a rule of different persons holds for it or names it; empty when none does. Also the
/// step that such a rule names: done by nobody in particular, it would leave nobody for the other.
[[nodiscard]] std::vector<std::string> needs_name(const procedure& of, const step& where,
                                                  std::string_view role);

/// Parties that must be another person than whoever is `role`: `phân công NKT, khác NTH`, seen from
/// either of the two.
[[nodiscard]] std::vector<std::string> apart_from(const procedure& of, std::string_view role);

/// Arguments of errc::same_person. `against` is the step that this person did, or the role that
/// they have; `another_of`: where another person may be found, empty when that is not known.
[[nodiscard]] std::vector<std::string> same_person_args(const procedure& of, const actor& who,
                                                        const std::string& against,
                                                        const std::string& step,
                                                        const std::string& another_of);

/// The state of a case at the moment before its first event: who opens it and who was bound. The
/// bindings are checked, and roles that must be bound at opening must be. Used by the gate and by
/// decide.
[[nodiscard]] result<case_state> before_opening(const context& with, const case_command& what,
                                                const command::open& c);
/// Where an opening enters: the first printed step, or one where the text allows it.
[[nodiscard]] result<const step*> entry_of(const procedure& of, const command::open& c);

}  // namespace quytrinh::detail::engine
