// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/near.hpp: which of the names that are valid somewhere was perhaps meant.
#pragma once

#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace quytrinh::detail::near {

/// The nearest of the names that are offered, compared without marks and case. Of two equally near
/// the first in the alphabet, so that the order of a table does not matter. At most 2,000 are
/// looked at.
class nearest_name {
public:
    explicit nearest_name(std::string_view wanted)
        : wanted_(fold(wanted)), best_(wanted_.size() < 7 ? 1 : 2) {}

    /// True when this is the nearest so far.
    bool offer(const std::string& name) {
        if (++looked_at_ > 2'000) return false;
        const std::size_t distance = edit_distance(wanted_, fold(name), best_);
        if (distance > best_ || (distance == best_ && !found_.empty() && name >= found_))
            return false;
        best_ = distance;
        found_ = name;
        return true;
    }
    [[nodiscard]] const std::string& found() const noexcept { return found_; }

private:
    std::string wanted_;
    std::size_t best_;
    std::size_t looked_at_ = 0;
    std::string found_;
};

/// The same for numbers of steps. `9` is as near to `1` as to `3`, so a digit in the place of
/// another says nothing: only a character too many or too few does, or a letter in another case,
/// and only when one step alone is that near.
class nearest_step {
public:
    explicit nearest_step(std::string_view wanted) : wanted_(fold(wanted)) {}

    void offer(const std::string& id) {
        const std::string candidate = fold(id);
        const std::size_t longer = std::max(candidate.size(), wanted_.size());
        const std::size_t shorter = std::min(candidate.size(), wanted_.size());
        const bool near = candidate == wanted_ ||
                          (longer == shorter + 1 && edit_distance(candidate, wanted_, 1) == 1);
        if (!near) return;
        ++count_;
        found_ = id;
    }
    /// Empty when none was that near, or several.
    [[nodiscard]] std::string found() const { return count_ == 1 ? found_ : std::string(); }

private:
    std::string wanted_;
    std::size_t count_ = 0;
    std::string found_;
};

}  // namespace quytrinh::detail::near
