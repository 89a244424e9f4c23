// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/desk.hpp: private. The desk at which one command is judged: what is known,
// what was decided so far, and the few acts that several commands share. decide_*.ipp hold one
// function each command.
#pragma once

#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/impl/due.hpp>
#include <quytrinh/engine/impl/entries.hpp>
#include <quytrinh/engine/impl/parties.hpp>
#include <quytrinh/engine/impl/reading.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh::detail::engine {

/// Recipients of one event, each once: a unit that is both lead and coordinator is told once, as
/// lead.
class notice_list {
public:
    explicit notice_list(std::size_t expected = 0) { notices_.reserve(expected); }
    void tell(notice_kind kind, const seat& to, relation as);
    void tell(notice_kind kind, const std::vector<seat>& to, relation as);
    [[nodiscard]] std::vector<notice> take() noexcept { return std::move(notices_); }

private:
    std::vector<notice> notices_;
};

struct desk {
    desk(const context& with_of, case_state& state_of, const case_command& what_of,
         const permission& who_of, const task_state* about_of, std::vector<case_event>& events_of);

    const context& with;
    const procedure& text;
    case_state& state;  ///< as evolved so far
    const case_command& what;
    const permission& who;
    const task_state* about;  ///< the task that the command names, where the gate has found it
    actor by;                 ///< as resolved in the case
    instant at;               ///< of every event of this command
    std::vector<case_event>& events;
    command_result out;

    /// Begins the next event, in place: an event is large, and every one is built exactly where it
    /// stays.
    template <class Event>
    [[nodiscard]] Event& begin() {
        const in_place made{*this, [] { return event::body(std::in_place_type<Event>); }};
        return *std::get_if<Event>(&events.emplace_back(made).body);
    }
    /// What an event is made of where it stays: the first kind of event is never made and ended
    /// before the kind that is meant.
    struct in_place {
        const desk& d;
        event::body (*empty)();
        operator case_event() const {
            return {d.next_seq(),       d.at,      d.by,      d.who.as,
                    d.who.on_behalf_of, d.who.why, d.what.id, empty()};
        }
    };
    /// Evolves the state with the event begun last. errc::limit_exceeded past
    /// limits::events_per_case.
    [[nodiscard]] result<void> commit();
    template <class Event>
    [[nodiscard]] result<void> emit(Event fact) {
        begin<Event>() = std::move(fact);
        return commit();
    }
    /// The number that the next event will have.
    [[nodiscard]] std::uint64_t next_seq() const noexcept { return state.version + 1; }
    /// What a condition sees, from nowhere in particular.
    [[nodiscard]] reading look() const;
    /// The open task or the refusal; the gate has found it before.
    [[nodiscard]] result<const task_state*> task(const task_name& name) const;
    [[nodiscard]] result<const step*> step_of(const task_key& key) const;
    [[nodiscard]] std::string me() const { return to_string(by); }
    /// Does the person belong to the unit, as far as it is known? With the host's word: yes.
    [[nodiscard]] bool belongs(const std::string& person, const std::string& unit) const;
    /// A unit as a command names it: a party's code stands for its unit in this case.
    [[nodiscard]] std::string unit_named(const std::string& code) const;
};

/// Where a task comes from.
struct arrival {
    std::string from_step;
    bool returned = false;
    std::string reason;
    /// It came back with a NOK or a reason; a flow may also lead back without anything being wrong.
    bool rejected = false;
    std::string lead;  ///< who of a `hoặc` lead gets it; empty: any
};
/// errc::limit_exceeded when limits::open_tasks tasks and questions are open.
[[nodiscard]] result<void> room_for_one_more(const desk& d);
/// Opens the next round of a step: leads, limit, notices. errc::role_unbound, limit_exceeded.
[[nodiscard]] result<void> open_task(desk& d, const step& where, const arrival& how);
/// Ends the case; what is open is closed with it.
[[nodiscard]] result<void> end_case(desk& d, event::case_ended::way how, std::string end_kind,
                                    std::string reason);
/// Records whose keeping runs from the end of the case, with their last day.
[[nodiscard]] std::vector<kept_record> kept_at_end(const desk& d);

/// Errors of size and form that no state can excuse: ids, texts, numbers of things.
[[nodiscard]] result<void> check_sizes(const case_command& what, const limits& bounds);
/// errc::id_character when a text cannot be the id of a person, a unit or a case (first_id_flaw),
/// or is not in NFC. `part` names it: a key, or a field of the text.
[[nodiscard]] result<void> check_identity(const std::string& text, const std::string& part,
                                          char also);

/// The channel of a step as the text spells it; errc::choice_unknown. A step that names none takes
/// any.
[[nodiscard]] result<std::string> channel_named(const procedure& of, const step& where,
                                                const std::string& given);
/// What a step names as channels.
[[nodiscard]] std::vector<std::string> channels_of(const procedure& of, const step& where);

/// A way to choose at the end of a step: "OK", "NOK", a name, or "xong" where there is nothing to
/// choose.
[[nodiscard]] std::vector<std::string> outcomes_of(const step& where);
/// Can the flow get from one step to another?
[[nodiscard]] bool leads_to(const procedure& of, const step& from, const step& to);
/// The printed step after this one, consultations aside; null after the last.
[[nodiscard]] const step* next_printed(const procedure& of, const step& where) noexcept;

/// Seats of the task that still have to act, and whoever notes for an outside lead.
void tell_leads(notice_list& notices, notice_kind kind, const task_state& task);

/// What a step's `phân công` clauses make of the bindings given. errc::assignment_missing,
/// binding_wrong, same_person, condition_unknown.
[[nodiscard]] result<std::vector<seat>> assign_roles(const desk& d, const step& where,
                                                     const reading& seen,
                                                     const std::vector<binding>& given,
                                                     std::vector<judged>& notes);
/// The linked cases that a completion asks for, each checked as its own opening would check it.
[[nodiscard]] result<std::vector<link_request>> link_requests(const desk& d, const step& where,
                                                              const reading& seen,
                                                              const std::vector<std::string>& asked,
                                                              std::vector<judged>& notes);

// One function for each command; the gate has let it through.
[[nodiscard]] result<void> perform(desk& d, const command::open& c);
[[nodiscard]] result<void> perform(desk& d, const command::receive& c);
[[nodiscard]] result<void> perform(desk& d, const command::claim& c);
[[nodiscard]] result<void> perform(desk& d, const command::release& c);
[[nodiscard]] result<void> perform(desk& d, const command::assign& c);
[[nodiscard]] result<void> perform(desk& d, const command::reassign& c);
[[nodiscard]] result<void> perform(desk& d, const command::record& c);
[[nodiscard]] result<void> perform(desk& d, const command::complete& c);
[[nodiscard]] result<void> perform(desk& d, const command::opine& c);
[[nodiscard]] result<void> perform(desk& d, const command::consult& c);
[[nodiscard]] result<void> perform(desk& d, const command::answer& c);
[[nodiscard]] result<void> perform(desk& d, const command::comment& c);
[[nodiscard]] result<void> perform(desk& d, const command::attach& c);
[[nodiscard]] result<void> perform(desk& d, const command::withdraw& c);
[[nodiscard]] result<void> perform(desk& d, const command::cancel& c);
[[nodiscard]] result<void> perform(desk& d, const command::signal& c);
[[nodiscard]] result<void> perform(desk& d, const command::timer_fired& c);
[[nodiscard]] result<void> perform(desk& d, const command::link& c);
[[nodiscard]] result<void> perform(desk& d, const command::link_report& c);

}  // namespace quytrinh::detail::engine
