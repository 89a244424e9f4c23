# SPDX-License-Identifier: BSL-1.0
# Tests by kind, listed by hand; the folders mirror include/quytrinh.

# Unit tests: compiled once, linked with quytrinh::core (unit_core) and quytrinh::header_only
# (unit_header_only).
set(QUYTRINH_UNIT_TESTS
    base/catalogue.cpp
    base/chrono.cpp
    base/config.cpp
    base/decimal.cpp
    base/diagnostic.cpp
    base/error.cpp
    base/ids.cpp
    base/limits.cpp
    base/result.cpp
    base/sha256.cpp
    base/source.cpp
    base/unicode.cpp
    base/value.cpp
    ext/boost_graph.cpp
    model/condition.cpp
    model/form.cpp
    model/graph.cpp
    model/party.cpp
    model/procedure.cpp
    model/step.cpp
)

# Unit tests that need quytrinh::sqlite: linked once, as unit_sqlite.
set(QUYTRINH_SQLITE_TESTS
)

# Fuzz targets: tests/fuzz/<name>.cpp with LLVMFuzzerTestOneInput, corpus in tests/fuzz/corpus/<name>/.
set(QUYTRINH_FUZZ_TARGETS
)

# The benchmark, one program (tests/bench/).
set(QUYTRINH_BENCH_SOURCES
)
