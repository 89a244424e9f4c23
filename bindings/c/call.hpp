// SPDX-License-Identifier: BSL-1.0
// bindings/c/call.hpp: what every entry point has in common: its arguments are looked at, nothing
// is thrown out of it, and what failed becomes a number and an error object.
#pragma once

#include "table.hpp"

#include <quytrinh/base/error.hpp>
#include <quytrinh/base/source.hpp>

#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quytrinh::c_abi {

struct text_object : object {
    static constexpr kind as = kind::text;
    explicit text_object(std::string bytes) : object(as), text(std::move(bytes)) {}
    const std::string text;
};

struct error_object : object {
    static constexpr kind as = kind::error;
    error_object(error why, std::vector<source_text> of)
        : object(as), reason(std::move(why)), sources(std::move(of)) {}
    const error reason;
    const std::vector<source_text> sources;  ///< that the places of its diagnostics stand in
};

/// Diagnostics with the texts that they are about; thrown inside an entry point only.
struct wrong_text {
    error reason;
    std::vector<source_text> sources;
};

[[noreturn]] void refuse(errc code, std::initializer_list<std::string> args = {});

/// Bytes of the caller, bounded; whoever reads them sees to it that they are UTF-8.
std::string_view given_bytes(const char* data, std::size_t size, const char* part);
/// A text of the caller: bounded, UTF-8. `part` is a term of base/messages/terms.inc.
std::string_view given(const char* data, std::size_t size, const char* part);
/// The same for one that may not be empty.
std::string_view named(const char* data, std::size_t size, const char* part);
language language_of(std::int32_t words);

/// The number, and an object of it where the caller wants one and there is memory.
std::int32_t answer(quytrinh_error** error, quytrinh::error reason,
                    std::vector<source_text> sources = {}) noexcept;
std::int32_t answer_exception(quytrinh_error** error) noexcept;

/// Runs the body of an entry point. Where a result must go has been made empty before.
template <class Body>
std::int32_t call(quytrinh_error** error, Body&& body) noexcept {
    if (error != nullptr) *error = nullptr;
    try {
        std::forward<Body>(body)();
        return QUYTRINH_OK;
    } catch (...) {
        return answer_exception(error);
    }
}

/// Makes a result empty; where it goes must be there.
template <class T>
void clear(T* out) {
    if (out == nullptr) refuse(errc::invalid_argument, {"out"});
    *out = T{};
}

inline void give_text(quytrinh_text** out, std::string bytes) {
    give<text_object>(out, std::move(bytes));
}

}  // namespace quytrinh::c_abi
