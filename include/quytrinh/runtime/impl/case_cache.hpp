// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/case_cache.hpp: the folded states of the cases used last. A cache, never
// the truth: every write is conditional on the version that the state had, and a refusal is only
// believed after the case was read again.
#pragma once

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/impl/project.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quytrinh::detail::shell {

/// A case as it was after one version. Whoever shares it may only read it; whoever has it alone
/// makes the next version of it where it lies.
struct known_case {
    case_state state;
    digest256 hash{};
    procedure_ptr definition;
    project::tail grown;
    std::vector<project::open_rows> open;  ///< its entries in the store
};
using known_ptr = std::shared_ptr<const known_case>;

/// Least recently used goes first. Thread-safe; no lock outlives a call.
class case_cache {
public:
    explicit case_cache(std::size_t capacity) : capacity_(capacity) {}

    known_ptr get(const case_id& of) {
        const std::lock_guard hold(guard_);
        const auto found = slots_.find(of);
        if (found == slots_.end()) return nullptr;
        to_front(found->second);
        return found->second.what;
    }
    /// Keeps the newer of what is there and what is given.
    void put(const case_id& of, known_ptr what) {
        const std::lock_guard hold(guard_);
        const auto [found, added] = slots_.try_emplace(of);
        slot& here = found->second;
        if (added)
            here.of = &found->first;
        else
            unlink(here);
        link(here);
        if (!here.what || here.what->state.version <= what->state.version)
            here.what = std::move(what);
        if (slots_.size() > capacity_) {
            slot& last = *ends_.newer;
            unlink(last);
            slots_.erase(slots_.find(*last.of));
        }
    }
    /// Takes it out; whoever is its only owner then may change it. Its place is kept for what comes
    /// of it.
    known_ptr take(const case_id& of) {
        const std::lock_guard hold(guard_);
        const auto found = slots_.find(of);
        if (found == slots_.end()) return nullptr;
        return std::move(found->second.what);
    }
    void drop(const case_id& of) {
        const std::lock_guard hold(guard_);
        const auto found = slots_.find(of);
        if (found == slots_.end()) return;
        unlink(found->second);
        slots_.erase(found);
    }

private:
    /// One case in the ring of those used last: nothing is made or freed when it moves.
    struct slot {
        known_ptr what;
        const case_id* of = nullptr;
        slot *older = nullptr, *newer = nullptr;
    };

    static void unlink(slot& one) noexcept {
        one.older->newer = one.newer;
        one.newer->older = one.older;
    }
    /// As the newest.
    void link(slot& one) noexcept {
        one.newer = &ends_;
        one.older = ends_.older;
        ends_.older->newer = &one;
        ends_.older = &one;
    }
    void to_front(slot& one) noexcept {
        unlink(one);
        link(one);
    }

    std::mutex guard_;
    std::size_t capacity_;
    std::unordered_map<case_id, slot> slots_;
    /// Closes the ring: `older` is the newest of all, `newer` the oldest.
    slot ends_{nullptr, nullptr, &ends_, &ends_};
};

}  // namespace quytrinh::detail::shell
