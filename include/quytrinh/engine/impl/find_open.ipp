// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/find_open.ipp: "2" or "2.3" against what is open.
#pragma once

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
        if (t.status == task_status::open && t.task.step == step) found(t.task);
    for (const auto& c : state.consultations)
        if (c.status == task_status::open && c.consultation.step == step) found(c.consultation);
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

result<task_key> find_open(const procedure& of, const case_state& state, const task_name& name) {
    namespace own = detail::find_open_bodies;
    if (of.find_step(name) != nullptr) {
        const task_key* only = nullptr;
        bool several = false;
        own::each_open(state, name, [&](const task_key& key) {
            several = only != nullptr;
            if (only == nullptr) only = &key;
        });
        if (only == nullptr) return fail(detail::engine::not_open(of, state, name));
        if (!several) return *only;
        std::vector<std::string> names;
        own::each_open(state, name, [&](const task_key& key) { names.push_back(to_string(key)); });
        return fail(errc::task_ambiguous, {name, detail::engine::listed(names)});
    }
    const auto exact = own::with_round(name);
    if (!exact || of.find_step(exact->step) == nullptr)
        return fail(errc::no_such_step, {of.code, name});
    const auto* task = state.find_task(*exact);
    const auto* question = state.find_consultation(*exact);
    if ((task != nullptr && task->status == task_status::open) ||
        (question != nullptr && question->status == task_status::open))
        return *exact;
    return fail(detail::engine::not_open(of, state, name));
}

}  // namespace quytrinh
