// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/kept_list.hpp: a list that grows at one end and whose copies share its entries.
#pragma once

#include <quytrinh/base/config.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace quytrinh {

/// What every kept_list shares.
class QUYTRINH_DECL kept_list_base {
protected:
    /// Does a count of owners say that there is no other, now and as far as others can be seen?
    [[nodiscard]] static bool owned_alone(long owners) noexcept;
};

/// What a case collects: tasks, comments, files. Every command makes a new state from the one
/// before, so a list of thousands must cost next to nothing to copy: entries are shared, all full
/// blocks of them as one, and an entry is copied when it is changed. Copying takes 33 counted
/// pointers at most, whatever the length; reading one entry is constant, and adding one is but for
/// a pointer to each full block at every 32nd. Thread safety: as of std::vector; copies that share
/// entries may be used from different threads.
template <class T>
class kept_list : kept_list_base {
public:
    using value_type = T;
    using size_type = std::size_t;

    class const_iterator {
    public:
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;
        const_iterator() noexcept = default;
        const_iterator(const kept_list* of, std::size_t at) noexcept : of_(of), at_(at) {}
        reference operator*() const noexcept { return (*of_)[at_]; }
        pointer operator->() const noexcept { return &(*of_)[at_]; }
        const_iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        const_iterator operator++(int) noexcept { return {of_, at_++}; }
        const_iterator& operator--() noexcept {
            --at_;
            return *this;
        }
        const_iterator operator--(int) noexcept { return {of_, at_--}; }
        friend bool operator==(const const_iterator& a, const const_iterator& b) noexcept {
            return a.at_ == b.at_;
        }

    private:
        const kept_list* of_ = nullptr;
        std::size_t at_ = 0;
    };
    using iterator = const_iterator;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return full() * block_size + last_.size(); }
    /// `at` < size().
    [[nodiscard]] const T& operator[](std::size_t at) const noexcept {
        const std::size_t block = at / block_size;
        return block < full() ? *(*(*blocks_)[block])[at % block_size] : *last_[at % block_size];
    }
    [[nodiscard]] const T& front() const noexcept { return (*this)[0]; }
    [[nodiscard]] const T& back() const noexcept { return (*this)[size() - 1]; }
    [[nodiscard]] const_iterator begin() const noexcept { return {this, 0}; }
    [[nodiscard]] const_iterator end() const noexcept { return {this, size()}; }
    [[nodiscard]] const_reverse_iterator rbegin() const noexcept {
        return const_reverse_iterator(end());
    }
    [[nodiscard]] const_reverse_iterator rend() const noexcept {
        return const_reverse_iterator(begin());
    }

    void push_back(T entry) { emplace_back() = std::move(entry); }
    /// The new entry, to be filled in before the list is copied: a copy has the very same one.
    T& emplace_back() {
        if (last_.size() == block_size) {
            if (!blocks_) blocks_ = std::make_shared<blocks>();
            own(blocks_).push_back(std::make_shared<block>(last_));
            last_.clear();
        }
        last_.push_back(std::make_shared<T>());
        return *last_.back();
    }
    /// An entry (`at` < size()) to be changed before the list is copied: of this list alone, others
    /// that had it keep it as it was. References to entries do not follow.
    [[nodiscard]] T& edit(std::size_t at) {
        const std::size_t of = at / block_size;
        if (of == full()) return own(last_[at % block_size]);
        return own(own(own(blocks_)[of])[at % block_size]);
    }

    friend bool operator==(const kept_list& a, const kept_list& b) {
        if (a.size() != b.size()) return false;
        if (a.blocks_ != b.blocks_)
            for (std::size_t i = 0; i < a.full(); ++i)
                if (!same(*(*a.blocks_)[i], *(*b.blocks_)[i])) return false;
        return same(a.last_, b.last_);
    }

private:
    static constexpr std::size_t block_size = 32;
    using block = std::vector<std::shared_ptr<T>>;
    using blocks = std::vector<std::shared_ptr<block>>;

    [[nodiscard]] std::size_t full() const noexcept { return blocks_ ? blocks_->size() : 0; }

    template <class Shared>
    static Shared& own(std::shared_ptr<Shared>& entry) {
        if (!owned_alone(entry.use_count())) entry = std::make_shared<Shared>(*entry);
        return *entry;
    }
    static bool same(const block& a, const block& b) {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a[i] != b[i] && !(*a[i] == *b[i])) return false;
        return true;
    }

    std::shared_ptr<blocks> blocks_;  ///< full ones
    block last_;
};

}  // namespace quytrinh
