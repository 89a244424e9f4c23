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

/// The state is copied or moved into the decision, once.
template <class State>
result<decision> judge(const context& with, State&& state, const case_command& what) {
    permission who;
    const task_state* about = nullptr;
    if (auto let = admit(with, state, what, who, about); !let) return let.failure();
    result<decision> out{decision{{}, std::forward<State>(state), {}}};
    ruling made;
    if (auto done = carry_out(with, out->after, what, who, about, made); !done)
        return done.failure();
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
    if (auto let = detail::decide_bodies::admit(with, state, what, who, about); !let) return let;
    return detail::decide_bodies::carry_out(with, state, what, who, about, out);
}

}  // namespace quytrinh
