// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/entry.ipp: how entries are made.
#pragma once

#include <quytrinh/engine/entry.hpp>

#include <utility>

namespace quytrinh {

field_entry::field_entry() = default;
field_entry::field_entry(std::string field_name, value v)
    : field(std::move(field_name)), content(std::move(v)) {}
field_entry::field_entry(std::string form_code, std::string field_name, value v)
    : form(std::move(form_code)), field(std::move(field_name)), content(std::move(v)) {}

// Ready before any other static object can ask for it.
constinit const confirmation all_preconditions{true, {}};

}  // namespace quytrinh
