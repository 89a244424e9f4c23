// SPDX-License-Identifier: BSL-1.0
// tests/base/limits.cpp: the defaults are those of the published contract.
#include <quytrinh/base/limits.hpp>

#include <doctest/doctest.h>

#include <initializer_list>

TEST_CASE("no limit is zero, which would mean none") {
    const quytrinh::limits l;
    for (const std::size_t limit : {l.definition_bytes,
                                    l.nesting,
                                    l.tokens_per_line,
                                    l.steps,
                                    l.import_files,
                                    l.import_depth,
                                    l.import_bytes,
                                    l.identifier_code_points,
                                    l.diagnostics,
                                    l.events_per_case,
                                    l.history_bytes,
                                    l.payload_bytes,
                                    l.open_tasks,
                                    l.command_id_bytes,
                                    l.id_bytes,
                                    l.text_bytes,
                                    l.fields_per_command,
                                    l.evaluation_steps,
                                    l.page,
                                    l.page_max})
        CHECK(limit > 0);
    CHECK(l.delivery_attempts == 20);
    CHECK(l.definition_bytes == 1'048'576);
    CHECK(l.nesting == 64);
    CHECK(l.events_per_case == 50'000);
    CHECK(l.payload_bytes == 262'144);
    CHECK(l.page <= l.page_max);
}
