# SPDX-License-Identifier: BSL-1.0
# Sources by target, listed by hand. Core: by module in the order data flows; each includes one
# impl/*.ipp of the same name.
set(QUYTRINH_CORE_SOURCES
    base/catalogue.cpp
    base/chrono.cpp
    base/config.cpp
    base/decimal.cpp
    base/diagnostic.cpp
    base/error.cpp
    base/sha256.cpp
    base/source.cpp
    base/unicode.cpp
    time/calendar.cpp
    time/counting.cpp
    time/counting_text.cpp
    time/lunar.cpp
    model/condition.cpp
    model/equality.cpp
    model/graph.cpp
    model/procedure.cpp
    codec/chain.cpp
    codec/event_codec.cpp
    procedures/bundled.cpp
    procedures/texts.cpp
    store/memory.cpp
    store/memory_work.cpp
    store/store.cpp
    runtime/commit.cpp
    runtime/dispatch.cpp
    runtime/envelope.cpp
    runtime/notification.cpp
    runtime/project.cpp
    runtime/query.cpp
    runtime/registry.cpp
    runtime/runtime.cpp
)

# quytrinh::sqlite (src/store/sqlite/).
set(QUYTRINH_SQLITE_SOURCES
)

# The program quytrinh (src/cli/).
set(QUYTRINH_CLI_SOURCES
)
