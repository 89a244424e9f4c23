// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/value.hpp: what a field of a form can hold.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/decimal.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh {

class value;

/// Rows of a list field, in the order of its columns.
using value_rows = std::vector<std::vector<value>>;

/// The value of one field. Text, person, unit, attachment name and one-of are strings (the field's
/// declared type says which); any-of and checklists are lists of strings; lists with columns are
/// rows. An empty value means "not filled in", which is never the same as an empty string.
class value {
public:
    using storage = std::variant<std::monostate, std::string, decimal, date, bool,
                                 std::vector<std::string>, value_rows>;

    value() = default;
    value(std::string text) : data_(std::move(text)) {}
    value(const char* text) : data_(std::string(text)) {}
    value(decimal number) : data_(number) {}
    value(date day) : data_(day) {}
    value(std::vector<std::string> items) : data_(std::move(items)) {}
    value(value_rows rows) : data_(std::move(rows)) {}
    /// Named, because a pointer would silently convert to bool.
    [[nodiscard]] static value yes_no(bool yes) {
        value v;
        v.data_ = yes;
        return v;
    }

    [[nodiscard]] bool empty() const noexcept { return data_.index() == 0; }
    [[nodiscard]] const storage& data() const noexcept { return data_; }
    template <class T>
    [[nodiscard]] const T* get_if() const noexcept {
        return std::get_if<T>(&data_);
    }

    friend bool operator==(const value& a, const value& b) { return a.data_ == b.data_; }

private:
    storage data_;
};

}  // namespace quytrinh
