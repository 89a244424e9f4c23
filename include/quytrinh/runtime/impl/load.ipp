// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/load.ipp: a case from its store: the newest snapshot, the events after it,
// each held against the chain; and what becomes of a case that cannot be true.
#pragma once

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/impl/shell.hpp>
#include <quytrinh/store/store.hpp>

#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace quytrinh {

error runtime::impl::quarantine(const case_id& of, const error& why) {
    cache.drop(of);
    // Kept as it is neutral: put into words when it is shown.
    const std::string words = why.args.empty() ? std::string(name_of(why.code)) : why.args.front();
    // Best effort: when the store cannot even be marked, the next reader finds the same fault.
    (void)keep->quarantine(tenant, of, words);
    return {errc::case_quarantined, {of.str(), words}, {}, {}};
}

result<detail::shell::loaded> runtime::impl::load(const case_id& of, const command_id& id) {
    known_ptr cached = cache.get(of);
    auto view = cached ? keep->read_after(tenant, of, id, cached->state.version)
                       : keep->read(tenant, of, id);
    if (!view) return view.failure();
    detail::shell::loaded out;
    out.earlier = std::move(view->earlier);
    out.quarantine = std::move(view->quarantine);
    if (!view->head) return out;
    const head_row& head = *view->head;
    if (cached && cached->state.version == head.version && cached->hash == head.hash) {
        if (!detail::project::agrees(head, cached->state))
            return fail(
                quarantine(of, {errc::store_corrupt, {"head of case " + of.str()}, {}, {}}));
        out.known = std::move(cached);
        return out;
    }
    auto folded = fold(of, *view, cached);
    if (!folded && cached) {
        // What was remembered may be of another past of this case (a store put back from a backup).
        cache.drop(of);
        view = keep->read(tenant, of, id);
        if (!view) return view.failure();
        if (!view->head) return detail::shell::loaded{};
        out.earlier = std::move(view->earlier);
        out.quarantine = std::move(view->quarantine);
        folded = fold(of, *view, nullptr);
    }
    if (!folded) {
        if (folded.error().code != errc::store_corrupt) return folded.failure();
        return fail(quarantine(of, folded.error()));
    }
    cache.put(of, *folded);
    out.known = std::move(*folded);
    return out;
}

result<runtime::impl::known_ptr> runtime::impl::fold(const case_id& of, const case_view& view,
                                                     known_ptr from) {
    const head_row& head = *view.head;
    auto next = std::make_shared<detail::shell::known_case>();
    std::vector<stored_event> older;
    const std::vector<stored_event>* events = &view.events;
    const std::uint64_t first = view.events.empty() ? head.version + 1 : view.events.front().seq;
    if (from && from->state.version < head.version && from->state.version + 1 >= first) {
        *next = *from;
    } else {
        next->state.id = of;
        bool usable = false;
        if (view.snapshot && view.snapshot->format == stored_format && view.snapshot->version > 0) {
            if (auto state = decode_state(view.snapshot->state);
                state && state->version == view.snapshot->version && state->id == of) {
                // The hash that the first event after a snapshot follows is the snapshot's own
                // event's.
                auto last = keep->history(tenant, of, state->version - 1, 1);
                if (!last) return last.failure();
                if (last->size() == 1 && last->front().seq == state->version) {
                    next->state = std::move(*state);
                    next->hash = last->front().hash;
                    next->grown.snapshot = view.snapshot->state.size();
                    usable = true;
                }
            }
        }
        if (!usable && view.snapshot) {
            // A snapshot that cannot be used is ignored and the state folded from the first event.
            while (older.empty() || older.back().seq < head.version) {
                auto page = keep->history(tenant, of, older.empty() ? 0 : older.back().seq,
                                          bounds.page_max);
                if (!page) return page.failure();
                if (page->empty()) break;
                older.insert(older.end(), std::make_move_iterator(page->begin()),
                             std::make_move_iterator(page->end()));
            }
            events = &older;
        }
    }
    const chain_identity identity{caps.store_id, tenant, of, head.definition};
    for (const stored_event& kept : *events) {
        if (kept.seq <= next->state.version) continue;
        if (kept.seq > head.version) break;
        if (auto fits = verify_event(identity, next->hash, kept); !fits) return fits.failure();
        auto fact = open_event(kept);
        if (!fact) return fact.failure();
        if (auto applied = evolve(next->state, *fact); !applied) return applied.failure();
        next->hash = kept.hash;
        next->grown.events += 1;
        next->grown.bytes += detail::project::size_of(kept);
    }
    if (next->state.version != head.version || next->hash != head.hash || next->state.id != of ||
        !detail::project::agrees(head, next->state))
        return fail(errc::store_corrupt, {"head of case " + of.str()});
    next->grown.all_bytes = head.history_bytes;
    next->open = detail::project::rows_of_open(next->state);
    auto definition = by_pinned_hash(head.definition);
    if (!definition) return definition.failure();
    next->definition = std::move(*definition);
    return known_ptr(std::move(next));
}

}  // namespace quytrinh
