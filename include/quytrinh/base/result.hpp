// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/result.hpp: a value or an error, spelled like std::expected.
#pragma once

#include <quytrinh/base/error.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace quytrinh {

/// An error on its way into a result: `return fail(errc::not_found, {id})`.
struct unexpected {
    std::unique_ptr<error> reason;
};

[[nodiscard]] inline unexpected fail(error reason) {
    return {std::make_unique<error>(std::move(reason))};
}
[[nodiscard]] inline unexpected fail(errc code, std::initializer_list<std::string> args = {}) {
    error reason;
    reason.code = code;
    reason.args.assign(args.begin(), args.end());
    return fail(std::move(reason));
}

/// A value or an error. Differs from std::expected in two ways: `value()` of a temporary returns by
/// value, so that `for (auto& t : office.tasks(…).value())` is safe, and there is no conversion to
/// bool that could be mistaken for the value's own. Success costs one pointer more than the value.
template <class T>
class [[nodiscard]] result {
public:
    using value_type = T;

    result(T value) : value_(std::move(value)) {}
    result(unexpected failure) : reason_(std::move(failure.reason)) {}
    result(const result& other)
        : value_(other.value_),
          reason_(other.reason_ ? std::make_unique<quytrinh::error>(*other.reason_) : nullptr) {}
    result(result&&) noexcept(std::is_nothrow_move_constructible_v<T>) = default;
    result& operator=(const result& other) { return *this = result(other); }
    result& operator=(result&&) = default;

    [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
    [[nodiscard]] explicit operator bool() const noexcept requires(!std::is_same_v<T, bool>) {
        return has_value();
    }

    /// The value; throws quytrinh::exception when there is none. `r.value();` alone is a way to say
    /// so.
    T& value() & {
        check();
        return *value_;
    }
    const T& value() const& {
        check();
        return *value_;
    }
    T value() && {
        check();
        return std::move(*value_);
    }
    [[nodiscard]] T& operator*() & {
        QUYTRINH_ASSERT(value_.has_value());
        return *value_;
    }
    [[nodiscard]] const T& operator*() const& {
        QUYTRINH_ASSERT(value_.has_value());
        return *value_;
    }
    [[nodiscard]] T operator*() && {
        QUYTRINH_ASSERT(value_.has_value());
        return std::move(*value_);
    }
    [[nodiscard]] T* operator->() {
        QUYTRINH_ASSERT(value_.has_value());
        return &*value_;
    }
    [[nodiscard]] const T* operator->() const {
        QUYTRINH_ASSERT(value_.has_value());
        return &*value_;
    }
    [[nodiscard]] T value_or(T other) const& { return value_ ? *value_ : std::move(other); }

    [[nodiscard]] const quytrinh::error& error() const& {
        QUYTRINH_ASSERT(reason_ != nullptr);
        return *reason_;
    }
    /// Hands the error on: `if (!r) return r.failure();`
    [[nodiscard]] unexpected failure() const { return fail(error()); }

private:
    void check() const {
        if (!value_) throw exception(*reason_);
    }
    std::optional<T> value_;
    std::unique_ptr<quytrinh::error> reason_;
};

/// Success or an error.
template <>
class [[nodiscard]] result<void> {
public:
    using value_type = void;

    result() = default;
    result(unexpected failure) : reason_(std::move(failure.reason)) {}
    result(const result& other)
        : reason_(other.reason_ ? std::make_unique<quytrinh::error>(*other.reason_) : nullptr) {}
    result(result&&) noexcept = default;
    result& operator=(const result& other) { return *this = result(other); }
    result& operator=(result&&) noexcept = default;

    [[nodiscard]] bool has_value() const noexcept { return reason_ == nullptr; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }
    void value() const {
        if (reason_) throw exception(*reason_);
    }
    [[nodiscard]] const quytrinh::error& error() const& {
        QUYTRINH_ASSERT(reason_ != nullptr);
        return *reason_;
    }
    [[nodiscard]] unexpected failure() const { return fail(error()); }

private:
    std::unique_ptr<quytrinh::error> reason_;
};

}  // namespace quytrinh
