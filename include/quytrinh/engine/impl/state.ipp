// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/state.ipp: finding things in the state of a case.
#pragma once

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <atomic>

namespace quytrinh {

std::optional<instant> case_state::next_clock() const noexcept {
    if (status != case_status::open || clock_stopped_at) return std::nullopt;
    std::optional<instant> next;
    const auto see = [&](const due_instant& due) {
        if (!next || due.before < *next) next = due.before;
    };
    if (case_due && !overdue) see(*case_due);
    for (const part_clock& p : parts)
        if (!p.closed_at && !p.overdue) see(p.due);
    return next;
}

bool case_state::clock_passed() const noexcept {
    return status == case_status::open &&
           (overdue || std::any_of(parts.begin(), parts.end(),
                                   [](const part_clock& p) { return !p.closed_at && p.overdue; }));
}

bool kept_list_base::owned_alone(long owners) noexcept {
#if defined(__SANITIZE_THREAD__)
    // The sanitizer does not understand fences: there every entry is copied, which is right too.
    static_cast<void>(owners);
    return false;
#else
    if (owners != 1) return false;
    // Whoever owned it until just now has done with it before we begin.
    std::atomic_thread_fence(std::memory_order_acquire);
    return true;
#endif
}

const task_state* case_state::find_task(const task_key& task) const noexcept {
    // From the end: what is asked for is nearly always the task that opened last.
    const auto found = std::find_if(tasks.rbegin(), tasks.rend(),
                                    [&](const task_state& t) { return t.task == task; });
    return found == tasks.rend() ? nullptr : &*found;
}

const consultation_state* case_state::find_consultation(const task_key& key) const noexcept {
    const auto found =
        std::find_if(consultations.rbegin(), consultations.rend(),
                     [&](const consultation_state& c) { return c.consultation == key; });
    return found == consultations.rend() ? nullptr : &*found;
}

const seat* case_state::find_seat(std::string_view role) const noexcept {
    const auto found =
        std::find_if(seats.begin(), seats.end(), [&](const seat& s) { return s.role == role; });
    return found == seats.end() ? nullptr : &*found;
}

const field_state* case_state::find_field(const field_ref& field) const noexcept {
    const auto in = [&](const form_state& form) -> const field_state* {
        const auto found = form.fields.find(field.field);
        return found == form.fields.end() ? nullptr : &found->second;
    };
    if (!field.form.empty()) {
        const auto form = forms.find(field.form);
        return form == forms.end() ? nullptr : in(form->second);
    }
    for (const auto& [code, form] : forms)
        if (const auto* found = in(form)) return found;
    return nullptr;
}

}  // namespace quytrinh
