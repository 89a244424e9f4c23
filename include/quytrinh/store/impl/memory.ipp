// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/memory.ipp: cases of the memory store: read, write, history, refusals.
#pragma once

#include <quytrinh/store/store.hpp>

#include <quytrinh/store/impl/memory_store.hpp>
#include <quytrinh/store/memory.hpp>

#include <limits>
#include <memory>

namespace quytrinh {

namespace detail::memory_store {

result<case_view> memory_store::read(const std::string& tenant, const case_id& of,
                                     const command_id& id) {
    return read_after(tenant, of, id, 0);
}

result<case_view> memory_store::read_after(const std::string& tenant, const case_id& of,
                                           const command_id& id, std::uint64_t version) {
    const std::lock_guard lock{mutex_};
    case_view view;
    const one_case* found = find(tenant, of);
    if (found == nullptr) return view;
    if (const command_row* earlier = found->commands.find(id)) view.earlier = *earlier;
    view.head = found->head;
    view.quarantine = found->quarantine;
    const bool known = version > 0 && version <= found->head.version;
    std::uint64_t after = known ? version : 0;
    if (found->snapshot && found->snapshot->format == stored_format &&
        found->snapshot->version > after) {
        view.snapshot = found->snapshot;
        after = found->snapshot->version;
    }
    const auto from =
        static_cast<std::size_t>(std::min<std::uint64_t>(after, found->events.size()));
    view.events.assign(found->events.begin() + static_cast<std::ptrdiff_t>(from),
                       found->events.end());
    return view;
}

write_outcome memory_store::write(const std::string& tenant, const write_batch& batch) {
    return write_given(tenant, write_batch(batch));
}

write_outcome memory_store::write_given(const std::string& tenant, write_batch&& batch) {
    if (const auto good = store_rules::check_batch(tenant, batch); !good)
        return store_rules::rejected(good.error());
    const std::lock_guard lock{mutex_};
    auto& tables = tenants_[tenant];
    one_case* const existing = find(tenant, batch.of);
    write_outcome out;
    if (existing != nullptr) {
        if (const command_row* earlier = existing->commands.find(batch.command.id)) {
            out.what = write_outcome::kind::duplicate;
            out.earlier = *earlier;
            return out;
        }
        if (!existing->quarantine.empty())
            return store_rules::rejected(errc::case_quarantined,
                                         {batch.of.str(), existing->quarantine});
    }
    if (!store_rules::follows(existing != nullptr ? &existing->head : nullptr, batch)) {
        out.what = write_outcome::kind::conflict;
        return out;
    }
    if (existing != nullptr)
        if (const auto same = store_rules::check_same_case(existing->head, batch.head); !same)
            return store_rules::rejected(same.error());
    if (const auto at = tables.references.find(batch.head.reference);
        at != tables.references.end() && at->second != batch.of)
        return store_rules::rejected(errc::reference_taken,
                                     {batch.head.reference, at->second.str()});
    if (!(batch.definition && batch.definition->hash == batch.head.definition) &&
        !tables.definitions.contains(batch.head.definition))
        return store_rules::rejected(errc::invalid_argument,
                                     {"definition of the head is not stored"});
    std::optional<claimed> settled;
    if (batch.settles) {
        settled = find_claimed(tables, batch.settles->key, batch.settles->fence);
        if (!settled) return store_rules::rejected(errc::conflict);
    }
    prepared_batch rows{tables, existing, batch, clock()};
    if (settled) finish(tables, *settled);
    rows.commit();
    return out;
}

result<std::optional<command_row>> memory_store::lookup(const std::string& tenant,
                                                        const case_id& of, const command_id& id) {
    const std::lock_guard lock{mutex_};
    std::optional<command_row> row;
    if (const one_case* found = find(tenant, of))
        if (const command_row* earlier = found->commands.find(id)) row = *earlier;
    return row;
}

result<std::optional<definition_row>> memory_store::definition(const std::string& tenant,
                                                               const digest256& hash) {
    const std::lock_guard lock{mutex_};
    std::optional<definition_row> row;
    if (const auto* tables = find(tenant))
        if (const auto at = tables->definitions.find(hash); at != tables->definitions.end())
            row = at->second;
    return row;
}

result<std::vector<stored_event>> memory_store::history(const std::string& tenant,
                                                        const case_id& of, std::uint64_t after_seq,
                                                        std::size_t limit) {
    const std::lock_guard lock{mutex_};
    std::vector<stored_event> out;
    const one_case* found = find(tenant, of);
    if (found == nullptr || after_seq >= found->events.size()) return out;
    const auto from = static_cast<std::size_t>(after_seq);
    const std::size_t rows = std::min(limit, found->events.size() - from);
    out.assign(found->events.begin() + static_cast<std::ptrdiff_t>(from),
               found->events.begin() + static_cast<std::ptrdiff_t>(from + rows));
    return out;
}

result<void> memory_store::record_refusal(const std::string& tenant, const refusal_row& row) {
    if (auto good = store_rules::check_refusal(tenant, row); !good) return good;
    const std::lock_guard lock{mutex_};
    const micros minute =
        std::chrono::floor<std::chrono::minutes>(row.first_at).time_since_epoch().count();
    const auto [at, added] = tenants_[tenant].refusals.try_emplace(
        by_minute{row.of, row.unit, row.person, row.rule, minute}, row);
    if (added) at->second.count = 0;
    ++at->second.count;
    at->second.last_at = std::max(at->second.last_at, std::max(row.first_at, row.last_at));
    return {};
}

result<std::vector<refusal_row>> memory_store::refusals(const std::string& tenant,
                                                        const case_id& of) {
    const std::lock_guard lock{mutex_};
    std::vector<refusal_row> out;
    const auto* tables = find(tenant);
    if (tables == nullptr) return out;
    by_minute from;
    from.of = of;
    from.minute = std::numeric_limits<micros>::min();
    for (auto at = tables->refusals.lower_bound(from);
         at != tables->refusals.end() && at->first.of == of &&
         out.size() < store_rules::refusals_max;
         ++at)
        out.push_back(at->second);
    return out;
}

result<void> memory_store::quarantine(const std::string& tenant, const case_id& of,
                                      const std::string& why) {
    if (why.size() > store_rules::text_max) return store_rules::wrong("reason of the quarantine");
    const std::lock_guard lock{mutex_};
    one_case* const found = find(tenant, of);
    if (found == nullptr) return fail(errc::not_found, {of.str()});
    if (!found->quarantine.empty()) return {};
    found->quarantine = why.empty() ? std::string{"?"} : why;
    found->head.status = stored_status::quarantined;
    auto& tables = *find(tenant);
    for (auto& [place, node] : found->tasks) tables.forget_offer(node);
    return {};
}

}  // namespace detail::memory_store

std::shared_ptr<store> open_memory(const memory_options& options) {
    return std::make_shared<detail::memory_store::memory_store>(options);
}

}  // namespace quytrinh
