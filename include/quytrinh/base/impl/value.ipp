// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/value.ipp: how values are made, copied and compared.
#pragma once

#include <quytrinh/base/value.hpp>

#include <utility>

namespace quytrinh {

value::value() noexcept = default;
value::value(const value& other) = default;
value::value(value&& other) noexcept = default;
value& value::operator=(const value& other) = default;
value& value::operator=(value&& other) noexcept = default;
value::~value() = default;

value::value(std::string text) : data_(std::move(text)) {}
value::value(const char* text) : data_(std::string(text)) {}
value::value(decimal number) : data_(number) {}
value::value(date day) : data_(day) {}
value::value(std::vector<std::string> items) : data_(std::move(items)) {}
value::value(value_rows rows) : data_(std::move(rows)) {}

value value::yes_no(bool yes) {
    value v;
    v.data_ = yes;
    return v;
}

bool operator==(const value& a, const value& b) { return a.data_ == b.data_; }

}  // namespace quytrinh
