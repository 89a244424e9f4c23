// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/upgrade.hpp: private. What a schema number defines, and from one to the next.
#pragma once

#include "connection.hpp"
#include "schema.hpp"

#include <cstdlib>
#include <string>
#include <tuple>
#include <vector>

namespace quytrinh::detail::sqlite {

using object = std::tuple<std::string, std::string, std::string, std::string>;

/// Everything that a schema defines, as its text.
inline std::vector<object> objects_of(connection& on) {
    std::vector<object> out;
    run row{on, sql::objects};
    while (row.step()) out.emplace_back(row.bytes(0), row.bytes(1), row.bytes(2), row.bytes(3));
    return out;
}

/// All tables and indexes of a schema number, in an empty database.
inline void make_schema(connection& on, int number) {
    on.script(create_schema);
    for (int step = 1; step < number; ++step) on.script(schema_steps[step - 1]);
}

/// The objects that a file of ours has: those of an empty database made just now.
inline std::vector<object> objects_of_ours(int number) {
    connection empty{":memory:", purpose::make, {}};
    make_schema(empty, number);
    return objects_of(empty);
}

inline int schema_number(connection& on) {
    return static_cast<int>(std::strtol(on.pragma("PRAGMA user_version").c_str(), nullptr, 10));
}

/// Brings an older file up to date: all of it or nothing. Only under the lock of the file.
inline void bring_up_to_date(connection& on) {
    if (schema_number(on) >= schema_version) return;
    transaction whole{on, sql::begin_write};
    for (int number = schema_number(on); number < schema_version; ++number)
        on.script(schema_steps[number - 1]);
    on.script("PRAGMA user_version = 2");
    whole.commit();
}

}  // namespace quytrinh::detail::sqlite
