// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/error.hpp: error numbers, the error value and the exceptions made of them.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/diagnostic.hpp>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// Every reason for which a call can fail. Numbers are grouped by hundreds and never reused: they
/// are also the numbers of the C ABI. The rows stand in base/messages/errors.inc with their words.
enum class errc : std::uint16_t {
#define QUYTRINH_ERROR(number, name, vi, en) name = number,
#include <quytrinh/base/messages/errors.inc>
#undef QUYTRINH_ERROR
};

/// "task_not_open".
[[nodiscard]] QUYTRINH_DECL std::string_view name_of(errc code) noexcept;

/// Why something was not done. A value: copying may throw std::bad_alloc, nothing else does.
struct error {
    errc code{};
    /// Fill {0}, {1}… of the words. Names of the text and of the request as they stand; everything
    /// else is a neutral key (base/messages/terms.inc: "complete", "step_opened") that is put into
    /// words only when the error is shown. Never SQL text or credentials.
    std::vector<std::string> args;
    /// For a refusal: units or people who could act instead.
    std::vector<std::string> who_could;
    /// For errc::text_is_wrong: everything that is wrong in the text.
    diagnostic_list diagnostics;

    /// One sentence in the language asked for, with who could act instead.
    [[nodiscard]] QUYTRINH_DECL std::string text(language words = language::en) const;
};

/// Thrown by result<T>::value() and by constructors that cannot return a result.
class QUYTRINH_DECL exception : public std::runtime_error {
public:
    explicit exception(struct error reason);
    [[nodiscard]] const struct error& reason() const noexcept { return *reason_; }
    [[nodiscard]] errc code() const noexcept { return reason_->code; }

private:
    std::shared_ptr<const struct error> reason_;
};

/// What QUYTRINH_ASSERT throws: a fault of the programmer, not of the data.
class QUYTRINH_DECL programming_error : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

}  // namespace quytrinh
