// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/decide.ipp: the order in which every command is judged: its size, the
// version it was made for, the gate, then its own rules. Nothing is changed before all of them have
// let it through.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/gate.hpp>

#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::decide_bodies {
namespace {

/// Everything that can be said without touching the state.
result<void> admit(const context& with, const case_state& state, const case_command& what,
                   permission& who, const task_state*& about) {
    QUYTRINH_ASSERT(with.definition != nullptr);
    if (auto fits = engine::check_sizes(what, with.bounds); !fits) return fits;
    const bool opening = std::holds_alternative<command::open>(what.body);
    if (opening && state.status != case_status::none)
        return fail(errc::invalid_argument, {"opened_already", what.target.str()});
    if (!opening && state.status != case_status::none && what.target != state.id &&
        !state.id.empty())
        return fail(errc::not_found, {what.target.str()});
    if (what.expected_version && *what.expected_version != state.version)
        return fail(errc::version_differs,
                    {std::to_string(state.version), std::to_string(*what.expected_version)});
    const engine::gate one(with, state, what);
    who = one.judge();
    about = one.found();
    if (who.allowed) return {};
    error why;
    why.code = who.rule;
    why.args = std::move(who.args);
    why.who_could = std::move(who.who_could);
    return fail(std::move(why));
}

/// Only after admit(): makes the state what it is after the command.
result<void> carry_out(const context& with, case_state& state, const case_command& what,
                       const permission& who, const task_state* about, ruling& out) {
    out.events.clear();
    engine::desk d(with, state, what, who, about, out.events);
    auto done = std::visit([&](const auto& c) { return engine::perform(d, c); }, what.body);
    if (!done) return done;
    if (state.id.empty()) state.id = what.target;
    out.result = std::move(d.out);
    out.result.target = state.id;
    out.result.version = state.version;
    return {};
}

/// What the rules say of a command, without a look for others.
errc tried(const context& with, case_state state, const case_command& what) {
    permission who;
    const task_state* about = nullptr;
    if (const auto let = admit(with, state, what, who, about); !let) return let.error().code;
    ruling made;
    const auto done = carry_out(with, state, what, who, about, made);
    return done ? errc{} : done.error().code;
}

/// Does the rule stand against the person, whatever the command says?
bool is_of_person(errc rule) noexcept {
    return rule == errc::not_permitted || rule == errc::same_person ||
           rule == errc::taken_by_other || rule == errc::already_confirmed;
}

/// A refusal with those of its names only who could do it now: the gate would let them through with
/// this very command, and the rule that stands against it does not stand against them. A state that
/// the refused command has moved on says nothing of it any more.
unexpected naming(const context& with, const case_state& state, std::uint64_t version,
                  const case_command& what, const unexpected& refused) {
    if (refused.reason()->who_could.empty()) return refused;
    error why = *refused.reason();
    if (state.version != version) why.who_could.clear();
    engine::each_in_place(with, what, why.who_could,
                          [&](const context& there, const case_command& same) {
                              if (!permit(there, state, same).allowed) return false;
                              const errc rule = tried(there, state, same);
                              return rule != why.code && !is_of_person(rule);
                          });
    return fail(std::move(why));
}

/// The state is copied or moved into the decision, once.
template <class State>
result<decision> judge(const context& with, State&& state, const case_command& what) {
    permission who;
    const task_state* about = nullptr;
    if (auto let = admit(with, state, what, who, about); !let)
        return naming(with, state, state.version, what, let.failure());
    const std::uint64_t version = state.version;
    result<decision> out{decision{{}, std::forward<State>(state), {}}};
    ruling made;
    if (auto done = carry_out(with, out->after, what, who, about, made); !done)
        return naming(with, out->after, version, what, done.failure());
    out->events = std::move(made.events);
    out->result = std::move(made.result);
    return out;
}

}  // namespace
}  // namespace detail::decide_bodies

result<decision> decide(const context& with, const case_state& state, const case_command& what) {
    return detail::decide_bodies::judge(with, state, what);
}

result<decision> decide(const context& with, case_state&& state, const case_command& what) {
    return detail::decide_bodies::judge(with, std::move(state), what);
}

result<void> decide_in(const context& with, case_state& state, const case_command& what,
                       ruling& out) {
    permission who;
    const task_state* about = nullptr;
    namespace own = detail::decide_bodies;
    const std::uint64_t version = state.version;
    auto done = own::admit(with, state, what, who, about);
    if (done) done = own::carry_out(with, state, what, who, about, out);
    if (done) return done;
    return own::naming(with, state, version, what, done.failure());
}

}  // namespace quytrinh
