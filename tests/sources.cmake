# SPDX-License-Identifier: BSL-1.0
# Tests by kind, listed by hand; the folders mirror include/quytrinh.

# What every store must do; run by the tests of each.
set(QUYTRINH_CONFORMANCE
    store/conformance.cpp
    store/conformance_queries.cpp
    store/conformance_rows.cpp
    store/conformance_threads.cpp
    store/conformance_work.cpp
    store/conformance_writes.cpp
)

# Unit tests: compiled once, linked with quytrinh::core (unit_core) and quytrinh::header_only
# (unit_header_only).
set(QUYTRINH_UNIT_TESTS
    base/catalogue.cpp
    base/chrono.cpp
    base/config.cpp
    base/decimal.cpp
    base/diagnostic.cpp
    base/error.cpp
    base/fixes.cpp
    base/ids.cpp
    base/limits.cpp
    base/random.cpp
    base/result.cpp
    base/sha256.cpp
    base/source.cpp
    base/unicode.cpp
    base/value.cpp
    check/approvals.cpp
    check/branches.cpp
    check/check.cpp
    check/conditions.cpp
    check/flow.cpp
    check/golden.cpp
    check/guards.cpp
    check/limits.cpp
    check/links.cpp
    check/names.cpp
    check/overall.cpp
    check/overlaps.cpp
    check/papers.cpp
    check/roles.cpp
    check/soundness.cpp
    check/unread.cpp
    engine/actor.cpp
    engine/coerce.cpp
    engine/command.cpp
    engine/declared.cpp
    engine/event.cpp
    engine/evolve.cpp
    engine/find_open.cpp
    engine/kept_list.cpp
    engine/kernel_clock.cpp
    engine/kernel_complete.cpp
    engine/kernel_different.cpp
    engine/kernel_due.cpp
    engine/kernel_forms.cpp
    engine/kernel_hold.cpp
    engine/kernel_htkh03.cpp
    engine/kernel_instances.cpp
    engine/kernel_named.cpp
    engine/kernel_open.cpp
    engine/kernel_options.cpp
    engine/kernel_outside.cpp
    engine/kernel_random.cpp
    engine/kernel_refusals.cpp
    engine/play.cpp
    engine/refusals.cpp
    engine/state.cpp
    ext/boost_graph.cpp
    language/clauses.cpp
    language/document_words.cpp
    language/edited_text.cpp
    language/format.cpp
    language/golden.cpp
    language/hostile.cpp
    language/keywords.cpp
    language/laws.cpp
    language/lexer.cpp
    language/lookup_tables.cpp
    language/manual.cpp
    language/parse.cpp
    language/reached.cpp
    language/safe_fixes.cpp
    language/scenarios.cpp
    language/silence.cpp
    language/suggestions.cpp
    language/translate.cpp
    model/condition.cpp
    model/form.cpp
    model/graph.cpp
    model/party.cpp
    model/procedure.cpp
    model/scenario.cpp
    model/step.cpp
    procedures/additions.cpp
    procedures/calendar.cpp
    procedures/ctcl_a.cpp
    procedures/ctcl_b.cpp
    procedures/htkh_02.cpp
    procedures/htkh_03.cpp
    procedures/manual.cpp
    procedures/table_ctcl.cpp
    procedures/table_htkh.cpp
    procedures/texts.cpp
    procedures/words_ctcl.cpp
    procedures/words_htkh.cpp
    render/draw.cpp
    runtime/checklist.cpp
    runtime/clock.cpp
    runtime/dispatch.cpp
    runtime/identity.cpp
    runtime/limits.cpp
    runtime/notification.cpp
    runtime/project.cpp
    runtime/quarantine.cpp
    runtime/repetition.cpp
    runtime/runtime.cpp
    runtime/taking.cpp
    runtime/threads.cpp
    time/calendar.cpp
    time/counting.cpp
    time/counting_slow.cpp
    time/counting_spans.cpp
    time/counting_text.cpp
    time/lunar.cpp
    codec/chain.cpp
    codec/event_codec.cpp
    codec/json.cpp
    codec/json_tree.cpp
    ${QUYTRINH_CONFORMANCE}
    store/memory.cpp
)

# Tests of quytrinh::testing: unit_testing, and header-only with the rest.
set(QUYTRINH_TESTING_TESTS
    testing/bundled_scenarios.cpp
    testing/coverage.cpp
    testing/doctest.cpp
    testing/explore.cpp
    testing/generate.cpp
    testing/mutants.cpp
    testing/scenario.cpp
    testing/world.cpp
)

# Unit tests that need quytrinh::sqlite: linked once, as unit_sqlite.
set(QUYTRINH_SQLITE_TESTS
    ${QUYTRINH_CONFORMANCE}
    store/sqlite.cpp
    store/sqlite_backup.cpp
    store/sqlite_damage.cpp
    store/sqlite_files.cpp
    store/sqlite_faults.cpp
    store/sqlite_log.cpp
    store/sqlite_looking.cpp
    store/sqlite_mutants.cpp
    store/sqlite_outcome.cpp
    store/sqlite_plans.cpp
    store/sqlite_timers.cpp
    store/sqlite_upgrade.cpp
)

# What threads share, for ThreadSanitizer alone (preset tsan): unit_threads.
set(QUYTRINH_THREAD_TESTS
    runtime/threads.cpp
    ${QUYTRINH_CONFORMANCE}
    store/memory.cpp
    store/sqlite.cpp
    store/sqlite_backup.cpp
)

# Tests of the program quytrinh and of examples: they start processes (label `program`).
set(QUYTRINH_PROGRAM_TESTS
    cli/diff.cpp
    cli/golden.cpp
    cli/help.cpp
    cli/pages.cpp
    cli/processes.cpp
)

# Processes that are killed and processes that race (label `program`; POSIX): test_crash.
set(QUYTRINH_CRASH_TESTS
    crash/audit.cpp
    crash/book.cpp
    crash/kill.cpp
    crash/race.cpp
    crash/worker.cpp
)

# Fuzz targets by name: tests/fuzz/<name>.cpp, corpus in tests/fuzz/corpus/<name>/.
set(QUYTRINH_FUZZ_TARGETS
    condition
    edit
    format
    parser
    scenario
)

# The benchmark, one program (tests/bench/), not part of `all`.
set(QUYTRINH_BENCH_SOURCES
    bindings.cpp
    build.cpp
    harness.cpp
    kernel.cpp
    main.cpp
    memory.cpp
    parse.cpp
    scenario.cpp
    sqlite.cpp
    sqlite_floor.cpp
    walker.cpp
)
