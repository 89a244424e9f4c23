// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/query.ipp: reading cases, and proving that what is read is what was
// written.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace quytrinh {

std::string detail::shell::due_text(const task_due& due, std::chrono::minutes offset) {
    if (due.kind != due_kind::counted || !due.due) return {};
    return to_iso(*due.due, offset);
}

std::string detail::shell::title_of(const procedure& of, const std::string& step) {
    const quytrinh::step* found = of.find_step(step);
    return found == nullptr ? std::string() : found->title;
}

std::string task_view::due() const {
    if (how != due_kind::counted || !due_at) return {};
    return to_iso(*due_at, offset);
}

result<runtime::impl::known_ptr> runtime::impl::find(const case_id& of, std::string* quarantined) {
    auto read = load(of, {});
    if (!read) return read.failure();
    if (!read->known) return fail(errc::not_found, {of.str()});
    if (quarantined != nullptr) *quarantined = std::move(read->quarantine);
    return std::move(read->known);
}

namespace detail::query {
namespace {

/// The due that the row of a list keeps, of a case that cannot be read: without its calendar it
/// ends with a day where it ends at midnight.
std::optional<due_instant> due_of_row(instant before, std::chrono::minutes offset) {
    // A damaged row may hold any number: what is far from every calendar is no due.
    const instant year_1900{std::chrono::days{-25'567}}, year_2200{std::chrono::days{84'006}};
    if (before < year_1900 || before > year_2200) return std::nullopt;
    due_instant due;
    due.before = before;
    const date day = day_of(before, offset);
    due.to_the_hour = before != start_of(day, offset);
    due.last_day = due.to_the_hour ? day : day_of(before - std::chrono::microseconds{1}, offset);
    return due;
}

}  // namespace
}  // namespace detail::query

result<task_view> runtime::impl::view_of(task_entry entry,
                                         std::map<case_id, detail::shell::loaded>& seen) {
    const task_row& row = entry.row;
    const auto due_of = [&](const known_ptr& known) -> const task_due* {
        if (!known) return nullptr;
        if (row.consultation) {
            const consultation_state* c = known->state.find_consultation(row.task);
            return c == nullptr ? nullptr : &c->due;
        }
        const task_state* t = known->state.find_task(row.task);
        return t == nullptr ? nullptr : &t->due;
    };
    const auto agrees = [&](const task_due* due) {
        if (due == nullptr) return false;
        return due->due ? row.due_before == due->due->before : !row.due_before;
    };
    detail::shell::loaded& of = seen[row.of];
    if (!of.known && of.quarantine.empty()) of.known = cache.get(row.of);
    if (of.quarantine.empty() && (entry.quarantined || !agrees(due_of(of.known)))) {
        auto fresh = load(row.of, {});
        if (!fresh && fresh.error().code != errc::case_quarantined) return fresh.failure();
        if (fresh && !fresh->known) return fail(errc::not_found, {row.of.str()});
        if (fresh) of = std::move(*fresh);
        if (!fresh) of = {std::nullopt, nullptr, fresh.error().args.at(1)};
    }
    task_view view;
    view.quarantine = of.quarantine;
    view.offset = default_offset();
    if (const known_ptr& known = of.known) {
        view.step_title = detail::shell::title_of(*known->definition, row.task.step);
        view.procedure_title = known->definition->title;
        view.offset = offset_for(known->definition);
        const task_state* t = known->state.find_task(row.task);
        const consultation_state* c = known->state.find_consultation(row.task);
        view.by_case =
            row.overdue && !(t != nullptr && t->overdue) && !(c != nullptr && c->overdue);
    }
    if (const task_due* due = due_of(of.known)) {
        view.how = due->kind;
        view.due_at = due->due;
    } else {
        if (row.due_before) view.due_at = detail::query::due_of_row(*row.due_before, view.offset);
        view.how = view.due_at ? due_kind::counted : due_kind::waiting;
    }
    view.entry = std::move(entry);
    return view;
}

result<void> runtime::impl::verify_chain(const case_id& of, const head_row& head,
                                         const case_view& view) {
    const chain_identity identity{caps.store_id, tenant, of, head.definition};
    case_state state;
    state.id = of;
    digest256 hash{};
    std::uint64_t bytes = 0;
    std::optional<case_state> snapshot;
    if (view.snapshot && view.snapshot->format == stored_format) {
        auto decoded = decode_state(view.snapshot->state);
        if (!decoded) return decoded.failure();
        snapshot = std::move(*decoded);
    }
    while (state.version < head.version) {
        auto page = keep->history(tenant, of, state.version, bounds.page_max);
        if (!page) return page.failure();
        if (page->empty())
            return fail(errc::store_corrupt, {"event " + std::to_string(state.version + 1) +
                                              " of case " + of.str() + " is missing"});
        for (const stored_event& event : *page) {
            if (auto fits = verify_event(identity, hash, event); !fits) return fits;
            auto fact = open_event(event);
            if (!fact) return fact.failure();
            if (auto applied = evolve(state, *fact); !applied) return applied;
            hash = event.hash;
            bytes += detail::project::size_of(event);
            if (snapshot && snapshot->version == state.version && !(*snapshot == state))
                return fail(errc::store_corrupt, {"snapshot of case " + of.str()});
        }
    }
    head_row expected = detail::project::head_of(state, hash, bytes);
    expected.status = head.status == stored_status::quarantined ? head.status : expected.status;
    if (!(expected == head)) return fail(errc::store_corrupt, {"head of case " + of.str()});

    std::vector<task_row> rows;
    std::string cursor;
    do {
        auto page = keep->query_tasks(tenant, {.of = of}, cursor, bounds.page_max);
        if (!page) return page.failure();
        for (task_entry& entry : page->rows) rows.push_back(std::move(entry.row));
        cursor = std::move(page->next);
    } while (!cursor.empty());
    std::sort(rows.begin(), rows.end(), [](const task_row& a, const task_row& b) {
        return std::tie(a.task, a.n) < std::tie(b.task, b.n);
    });
    if (rows != detail::project::all_rows(state))
        return fail(errc::store_corrupt, {"task list of case " + of.str()});
    return {};
}

result<void> runtime::impl::verify(const case_id& of) {
    // Writers go on while the chain is read: what looks broken because the case has grown meanwhile
    // is looked at again.
    for (int attempt = 0; attempt < detail::shell::write_attempts; ++attempt) {
        auto view = keep->read(tenant, of, {});
        if (!view) return view.failure();
        if (!view->head) return fail(errc::not_found, {of.str()});
        const head_row head = *view->head;
        auto text = keep->definition(tenant, head.definition);
        if (!text) return text.failure();
        result<void> whole;
        if (!text->has_value() || sha256((*text)->closed) != head.definition)
            whole = fail(errc::store_corrupt, {"definition " + to_hex(head.definition)});
        else
            whole = verify_chain(of, head, *view);
        if (whole || whole.error().code != errc::store_corrupt) return whole;
        auto again = keep->read(tenant, of, {});
        if (!again) return again.failure();
        if (again->head && again->head->version != head.version) continue;
        (void)quarantine(of, whole.error());
        return whole;
    }
    return fail(errc::conflict);
}

}  // namespace quytrinh
