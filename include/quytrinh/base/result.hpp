// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/result.hpp: a value or an error, spelled like std::expected.
#pragma once

#include <quytrinh/base/error.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace quytrinh {

/// An error on its way into a result: `return fail(errc::not_found, {id})`. Nothing when it holds
/// none. Out of line, so that a file which only hands results on compiles little.
class QUYTRINH_DECL unexpected {
public:
    unexpected() noexcept = default;
    explicit unexpected(error reason);
    unexpected(const unexpected& other);
    unexpected(unexpected&& other) noexcept : reason_(other.reason_) { other.reason_ = nullptr; }
    unexpected& operator=(unexpected other) noexcept {
        error* const mine = reason_;
        reason_ = other.reason_;
        other.reason_ = mine;
        return *this;
    }
    ~unexpected();

    [[nodiscard]] const error* reason() const noexcept { return reason_; }
    /// The reason, which must be there.
    [[nodiscard]] const error& held() const;
    /// Throws quytrinh::exception with the reason.
    [[noreturn]] void raise() const;

private:
    error* reason_ = nullptr;
};

[[nodiscard]] QUYTRINH_DECL unexpected fail(error reason);
[[nodiscard]] QUYTRINH_DECL unexpected fail(errc code,
                                            std::initializer_list<std::string> args = {});

/// A value or an error. Differs from std::expected in two ways: `value()` of a temporary returns by
/// value, so that `for (auto& t : office.tasks(…).value())` is safe, and there is no conversion to
/// bool that could be mistaken for the value's own. Success costs one pointer more than the value.
template <class T>
class [[nodiscard]] result {
public:
    using value_type = T;

    result(T value) : value_(std::move(value)) {}
    result(unexpected failure) : failure_(std::move(failure)) {}

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

    [[nodiscard]] const quytrinh::error& error() const& { return failure_.held(); }
    /// Hands the error on: `if (!r) return r.failure();`
    [[nodiscard]] unexpected failure() const {
        static_cast<void>(failure_.held());
        return failure_;
    }

private:
    void check() const {
        if (!value_) failure_.raise();
    }
    std::optional<T> value_;
    unexpected failure_;
};

/// Success or an error.
template <>
class [[nodiscard]] result<void> {
public:
    using value_type = void;

    result() = default;
    result(unexpected failure) : failure_(std::move(failure)) {}

    [[nodiscard]] bool has_value() const noexcept { return failure_.reason() == nullptr; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }
    void value() const {
        if (failure_.reason() != nullptr) failure_.raise();
    }
    [[nodiscard]] const quytrinh::error& error() const& { return failure_.held(); }
    [[nodiscard]] unexpected failure() const {
        static_cast<void>(failure_.held());
        return failure_;
    }

private:
    unexpected failure_;
};

}  // namespace quytrinh
