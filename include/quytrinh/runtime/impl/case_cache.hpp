// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/case_cache.hpp: the folded states of the cases used last. A cache, never
// the truth: every write is conditional on the version that the state had, and a refusal is only
// believed after the case was read again.
#pragma once

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/impl/project.hpp>

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace quytrinh::detail::shell {

/// A case as it was after one version. Immutable, so it may be handed to any thread.
struct known_case {
    case_state state;
    digest256 hash{};
    procedure_ptr definition;
    project::tail grown;
};
using known_ptr = std::shared_ptr<const known_case>;

/// Least recently used goes first. Thread-safe; no lock outlives a call.
class case_cache {
public:
    explicit case_cache(std::size_t capacity) : capacity_(capacity) {}

    known_ptr get(const case_id& of) {
        const std::lock_guard hold(guard_);
        const auto found = where_.find(of);
        if (found == where_.end()) return nullptr;
        touch(found->second);
        return found->second->second;
    }
    /// Keeps the newer of what is there and what is given.
    void put(const case_id& of, known_ptr what) {
        const std::lock_guard hold(guard_);
        if (const auto found = where_.find(of); found != where_.end()) {
            touch(found->second);
            if (found->second->second->state.version <= what->state.version)
                found->second->second = std::move(what);
            return;
        }
        order_.emplace_front(of, std::move(what));
        where_.emplace(of, order_.begin());
        if (order_.size() > capacity_) {
            where_.erase(order_.back().first);
            order_.pop_back();
        }
    }
    /// Takes it out; whoever is its only owner then may change it.
    known_ptr take(const case_id& of) {
        const std::lock_guard hold(guard_);
        const auto found = where_.find(of);
        if (found == where_.end()) return nullptr;
        known_ptr out = std::move(found->second->second);
        order_.erase(found->second);
        where_.erase(found);
        return out;
    }
    void drop(const case_id& of) {
        const std::lock_guard hold(guard_);
        const auto found = where_.find(of);
        if (found == where_.end()) return;
        order_.erase(found->second);
        where_.erase(found);
    }

private:
    using entry = std::pair<case_id, known_ptr>;
    std::mutex guard_;
    std::size_t capacity_;
    std::list<entry> order_;
    std::unordered_map<case_id, std::list<entry>::iterator> where_;

    /// To the front. Not list::splice: its check for equal allocators refers to abort, which
    /// nothing in the library may do.
    void touch(std::list<entry>::iterator& at) {
        if (at == order_.begin()) return;
        order_.push_front(std::move(*at));
        order_.erase(at);
        at = order_.begin();
    }
};

}  // namespace quytrinh::detail::shell
