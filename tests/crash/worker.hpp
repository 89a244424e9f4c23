// SPDX-License-Identifier: BSL-1.0
// tests/crash/worker.hpp: the life of a process that will be killed: an office on a SQLite file,
// used through the public interface only.
#pragma once

#include "crash/children.hpp"

#include <quytrinh/runtime/runtime.hpp>

#include <cstdint>
#include <string>

namespace crash_tests {

/// What a process is doing when it is killed.
enum class habit : unsigned { opening, alone, threads, due_work, backup, count_of_habits };
[[nodiscard]] const char* name_of(habit what);

struct life {
    std::string file;
    bool manual = true;
    habit what = habit::alone;
    std::uint64_t seed = 0;
    std::string name;  ///< begins every command id; unique
};

/// A trial store begins here.
[[nodiscard]] quytrinh::instant first_day();

/// Works until it is killed, or for `commands` commands a thread.
void live(const life& which, const quytrinh::definitions& known, const reporter& say,
          std::size_t commands);

}  // namespace crash_tests
