// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/value.hpp: what a field of a form can hold.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/config.hpp>
#include <quytrinh/base/decimal.hpp>

#include <new>
#include <string>
#include <variant>
#include <vector>

namespace quytrinh {

class value;

/// Rows of a list field, in the order of its columns.
using value_rows = std::vector<std::vector<value>>;

/// The value of one field. Text, person, unit, attachment name and one-of are strings (the field's
/// declared type says which); any-of and checklists are lists of strings; lists with columns are
/// rows. An empty value means "not filled in", which is never the same as an empty string.
class QUYTRINH_DECL value {
public:
    using storage = std::variant<std::monostate, std::string, decimal, date, bool,
                                 std::vector<std::string>, value_rows>;

    // Out of line, so that a file which only hands values on does not compile what a variant does.
    value() noexcept;
    value(const value& other);
    value(value&& other) noexcept;
    value& operator=(const value& other);
    value& operator=(value&& other) noexcept;
    ~value();
    value(std::string text);
    value(const char* text);
    value(decimal number);
    value(date day);
    value(std::vector<std::string> items);
    value(value_rows rows);
    /// Named, because a pointer would silently convert to bool.
    [[nodiscard]] static value yes_no(bool yes);

    [[nodiscard]] bool empty() const noexcept;
    /// Only whoever looks into what this returns compiles the variant.
    [[nodiscard]] const storage& data() const noexcept { return *held(); }
    template <class T>
    [[nodiscard]] const T* get_if() const noexcept {
        return std::get_if<T>(held());
    }

    friend QUYTRINH_DECL bool operator==(const value& a, const value& b);

private:
    // Pointers: to take the address of a `storage` would already compile the variant.
    [[nodiscard]] storage* held() noexcept {
        return std::launder(reinterpret_cast<storage*>(bytes_));
    }
    [[nodiscard]] const storage* held() const noexcept {
        return std::launder(reinterpret_cast<const storage*>(bytes_));
    }

    // A `storage`, made and ended out of line: as a member it would be compiled by every file
    // that includes this one, and costs the compiler 4 MiB. The body checks size and alignment.
    alignas(decimal) alignas(
        std::string) unsigned char bytes_[sizeof(std::string) + alignof(decimal)];
};

}  // namespace quytrinh
