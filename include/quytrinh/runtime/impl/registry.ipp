// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/registry.ipp: the procedures, calendars and tables that a runtime knows.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <mutex>
#include <utility>

namespace quytrinh {

namespace detail::registry {
namespace {

/// The diagnostics of both passes as one list; what could be read of a wrong text is checked too.
diagnostic_list judge(const parsed& text, const check_context& known) {
    diagnostic_list all = text.diagnostics;
    const procedure_ptr& readable = text.definition ? text.definition : text.draft;
    if (!readable) return all;
    const diagnostic_list more = quytrinh::check(*readable, known);
    for (const diagnostic& item : more.items) all.add(item, known.bounds.diagnostics);
    // What the checker counted but did not keep is counted here too.
    const auto kept = [&](severity level) {
        return static_cast<std::uint32_t>(
            std::count_if(more.items.begin(), more.items.end(),
                          [&](const diagnostic& d) { return d.level == level; }));
    };
    all.errors += more.errors - std::min(more.errors, kept(severity::error));
    all.warnings += more.warnings - std::min(more.warnings, kept(severity::warning));
    all.hints += more.hints - std::min(more.hints, kept(severity::hint));
    all.sort();
    return all;
}

}  // namespace
}  // namespace detail::registry

void runtime::impl::remember(procedure_ptr definition) {
    const bool later = !in_force(*definition);
    const std::unique_lock hold(guard);
    hashes.emplace(definition->hash, definition);
    // A text that is in force later leaves the present one in use until then.
    coming.erase(definition->code);
    auto& into = later && codes.contains(definition->code) ? coming : codes;
    into[definition->code] = std::move(definition);
}

bool runtime::impl::in_force(const procedure& of) const {
    const auto first = first_day_of(of.head.effective);
    if (!first) return true;
    const auto now = keep->now();
    return !now || *now >= start_of(*first, default_offset());
}

result<procedure_ptr> runtime::impl::by_code(std::string_view code) const {
    procedure_ptr next;
    {
        const std::shared_lock hold(guard);
        const auto found = codes.find(code);
        if (found == codes.end()) return fail(errc::procedure_unknown, {std::string(code)});
        const auto later = coming.find(code);
        if (later == coming.end()) return found->second;
        next = later->second;
        if (next == found->second) return next;
    }
    const bool now = in_force(*next);
    const std::unique_lock hold(guard);
    const auto found = codes.find(code);
    const auto later = coming.find(code);
    if (now && later != coming.end() && later->second == next) {
        found->second = next;
        coming.erase(later);
    }
    return found->second;
}

result<procedure_ptr> runtime::impl::by_hash(const digest256& hash) {
    {
        const std::shared_lock hold(guard);
        if (const auto found = hashes.find(hash); found != hashes.end()) return found->second;
    }
    return by_pinned_hash(hash);
}

result<procedure_ptr> runtime::impl::by_pinned_hash(const digest256& hash) {
    procedure_ptr known;
    {
        const std::shared_lock hold(guard);
        if (const auto found = hashes.find(hash); found != hashes.end()) known = found->second;
        if (known && proven.contains(hash)) return known;
    }
    auto row = keep->definition(tenant, hash);
    if (!row) return row.failure();
    if (!row->has_value() || sha256((*row)->closed) != hash)
        return fail(errc::store_corrupt, {"definition " + to_hex(hash)});
    if (!known) {
        auto definition = parse_pinned((*row)->closed, bounds);
        if (!definition) return definition.failure();
        known = std::move(*definition);
    }
    const std::unique_lock hold(guard);
    stored.insert(hash);
    proven.insert(hash);
    return hashes.emplace(hash, std::move(known)).first->second;
}

bool runtime::impl::is_stored(const digest256& hash) const {
    const std::shared_lock hold(guard);
    return stored.contains(hash);
}

void runtime::impl::mark_stored(const digest256& hash) {
    const std::unique_lock hold(guard);
    stored.insert(hash);
}

result<added> runtime::impl::add(std::string text, std::string name,
                                 const import_resolver& imports) {
    if (text.size() > bounds.definition_bytes)
        return fail(errc::limit_exceeded,
                    {"definition_bytes", std::to_string(bounds.definition_bytes)});
    parsed read =
        parse(std::move(name), std::move(text), imports ? imports : bundled_imports(), bounds);
    std::vector<procedure_ptr> others;
    check_context known;
    known.bounds = bounds;
    known.find_procedure = [&](std::string_view code) -> const procedure* {
        auto other = by_code(code);
        if (!other) return nullptr;
        others.push_back(std::move(*other));
        return others.back().get();
    };
    known.known_procedures = [&] {
        std::vector<std::string> all;
        const std::shared_lock hold(guard);
        for (const auto& [code, of] : codes) all.push_back(code);
        return all;
    };
    std::vector<detail::shell::calendar_ptr> looked_at;
    known.find_calendar = [&](std::string_view code) -> const calendar* {
        const std::shared_lock hold(guard);
        const auto found = calendars.find(code.empty() ? std::string_view(default_calendar) : code);
        if (found == calendars.end()) return nullptr;
        looked_at.push_back(found->second);
        return looked_at.back().get();
    };
    added out;
    out.diagnostics = detail::registry::judge(read, known);
    // What is wrong with a scenario alone stops no case; it stays among the diagnostics.
    const bool wrong_text = out.diagnostics.errors != read.scenario_errors;
    if (wrong_text || (!read.definition && !read.library)) {
        error wrong;
        wrong.code = errc::text_is_wrong;
        wrong.args.push_back(std::to_string(out.diagnostics.errors));
        wrong.diagnostics = std::move(out.diagnostics);
        return fail(std::move(wrong));
    }
    const procedure_ptr& given = read.definition ? read.definition : read.library;
    if (read.definition) {
        remember(read.definition);
    } else {
        for (const calendar& days : given->calendars)
            if (auto kept = add_calendar(days); !kept) return kept.failure();
    }
    out.definition = given;
    out.sources = std::move(read.sources);
    return out;
}

result<void> runtime::impl::add_calendar(calendar days) {
    if (auto fit = validate(days); !fit) return fit;
    auto shared = std::make_shared<const calendar>(std::move(days));
    const std::unique_lock hold(guard);
    auto& known = calendars[shared->code];
    // Events keep the version that they were counted with: one version must stay one calendar.
    if (known && known->version == shared->version && *known != *shared)
        return fail(errc::calendar_differs, {shared->code, shared->version});
    known = std::move(shared);
    return {};
}

detail::shell::calendar_ptr runtime::impl::calendar_for(const procedure_ptr& of) const {
    const std::shared_lock hold(guard);
    const std::string& code = of->calendar_code.empty() ? default_calendar : of->calendar_code;
    // A calendar written in the pinned text itself is as old as the case: nothing replaces it.
    for (const calendar& own : of->calendars)
        if (own.code == code) return {of, &own};
    const auto found = calendars.find(code);
    return found == calendars.end() ? nullptr : found->second;
}

std::chrono::minutes runtime::impl::offset_for(const procedure_ptr& of) const {
    const auto days = calendar_for(of);
    return days ? days->offset : default_offset();
}

std::chrono::minutes runtime::impl::default_offset() const {
    const std::shared_lock hold(guard);
    const auto found = calendars.find(default_calendar);
    return found == calendars.end() ? std::chrono::minutes{420} : found->second->offset;
}

}  // namespace quytrinh
