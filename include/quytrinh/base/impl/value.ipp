// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/value.ipp: how values are made, copied and compared.
#pragma once

#include <quytrinh/base/value.hpp>

#include <type_traits>
#include <utility>

namespace quytrinh {

value::value() noexcept {
    static_assert(sizeof(storage) <= sizeof(bytes_) && alignof(storage) <= alignof(value));
    static_assert(std::is_nothrow_move_constructible_v<storage>);
    static_assert(std::is_nothrow_move_assignable_v<storage>);
    ::new (bytes_) storage;
}
value::value(const value& other) { ::new (bytes_) storage(other.data()); }
value::value(value&& other) noexcept { ::new (bytes_) storage(std::move(*other.held())); }
value& value::operator=(const value& other) {
    *held() = other.data();
    return *this;
}
value& value::operator=(value&& other) noexcept {
    *held() = std::move(*other.held());
    return *this;
}
value::~value() { held()->~storage(); }

value::value(std::string text) { ::new (bytes_) storage(std::move(text)); }
value::value(const char* text) { ::new (bytes_) storage(std::string(text)); }
value::value(decimal number) { ::new (bytes_) storage(number); }
value::value(date day) { ::new (bytes_) storage(day); }
value::value(std::vector<std::string> items) { ::new (bytes_) storage(std::move(items)); }
value::value(value_rows rows) { ::new (bytes_) storage(std::move(rows)); }

bool value::empty() const noexcept { return data().index() == 0; }

value value::yes_no(bool yes) {
    value v;
    *v.held() = yes;
    return v;
}

bool operator==(const value& a, const value& b) { return a.data() == b.data(); }

}  // namespace quytrinh
