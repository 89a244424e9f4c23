// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/find_open.ipp: "2" or "2.3" against what is open.
#pragma once

#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include <optional>

namespace quytrinh {

namespace detail::find_open_bodies {
namespace {

/// Calls `found` with everything open of a step or consultation, in the order it opened.
template <class Found>
void each_open(const case_state& state, std::string_view step, Found&& found) {
    for (const auto& t : state.tasks)
        if (t.status == task_status::open && t.task.step == step)
            found(engine::open_work{&t, nullptr});
    for (const auto& c : state.consultations)
        if (c.status == task_status::open && c.consultation.step == step)
            found(engine::open_work{nullptr, &c});
}

/// The round after the last dot: at most nine digits, no leading zero.
std::optional<task_key> with_round(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return std::nullopt;
    const auto digits = name.substr(dot + 1);
    if (digits.empty() || digits.size() > 9 || digits.front() == '0') return std::nullopt;
    std::uint32_t round = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        round = round * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return task_key{std::string(name.substr(0, dot)), round};
}

}  // namespace
}  // namespace detail::find_open_bodies

result<detail::engine::open_work> detail::engine::open_named(const procedure& of,
                                                             const case_state& state,
                                                             const task_name& name) {
    namespace own = detail::find_open_bodies;
    if (of.find_step(name) != nullptr) {
        open_work only;
        std::size_t open = 0;
        own::each_open(state, name, [&](const open_work& one) {
            if (++open == 1) only = one;
        });
        if (open == 0) return fail(not_open(of, state, name));
        if (open == 1) return only;
        std::vector<std::string> names;
        own::each_open(state, name,
                       [&](const open_work& one) { names.push_back(to_string(one.key())); });
        return fail(errc::task_ambiguous, {name, listed(names)});
    }
    const auto exact = own::with_round(name);
    if (!exact || of.find_step(exact->step) == nullptr)
        return fail(errc::no_such_step, {of.code, name});
    open_work one{state.find_task(*exact), state.find_consultation(*exact)};
    if (one.task != nullptr && one.task->status != task_status::open) one.task = nullptr;
    if (one.question != nullptr && one.question->status != task_status::open)
        one.question = nullptr;
    if (one.task == nullptr && one.question == nullptr) return fail(not_open(of, state, name));
    return one;
}

result<task_key> find_open(const procedure& of, const case_state& state, const task_name& name) {
    const auto found = detail::engine::open_named(of, state, name);
    if (!found) return found.failure();
    return found->key();
}

}  // namespace quytrinh
