// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/limits.ipp: the hard maxima. Stacks, 32-bit places and stores rely on them.
#pragma once

#include <quytrinh/base/limits.hpp>

#include <algorithm>
#include <type_traits>

namespace quytrinh {

limits within_maxima(limits wanted) noexcept {
    const auto at_most = [](auto& one, std::size_t most) {
        using number = std::remove_reference_t<decltype(one)>;
        one = std::clamp(one, number{1}, static_cast<number>(most));
    };
    at_most(wanted.definition_bytes, std::size_t{16} << 20);
    at_most(wanted.nesting, 256);
    at_most(wanted.tokens_per_line, 20'000);
    at_most(wanted.steps, 20'000);
    at_most(wanted.import_files, 256);
    at_most(wanted.import_depth, 32);
    at_most(wanted.import_bytes, std::size_t{16} << 20);
    at_most(wanted.identifier_code_points, 256);
    at_most(wanted.diagnostics, 10'000);
    at_most(wanted.events_per_case, 500'000);
    at_most(wanted.history_bytes, std::size_t{512} << 20);
    at_most(wanted.payload_bytes, std::size_t{2} << 20);
    at_most(wanted.open_tasks, 20'000);
    at_most(wanted.command_id_bytes, 128);
    at_most(wanted.id_bytes, 255);
    at_most(wanted.text_bytes, std::size_t{1} << 20);
    at_most(wanted.fields_per_command, 10'000);
    at_most(wanted.evaluation_steps, 1'000'000);
    at_most(wanted.delivery_attempts, 1'000);
    at_most(wanted.page_max, 1'000);
    at_most(wanted.page, wanted.page_max);
    at_most(wanted.limit_years, 200);
    return wanted;
}

}  // namespace quytrinh
