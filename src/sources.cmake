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
    engine/actor.cpp
    engine/assignments.cpp
    engine/coerce.cpp
    engine/command.cpp
    engine/decide.cpp
    engine/decide_ask.cpp
    engine/decide_complete.cpp
    engine/decide_enter.cpp
    engine/decide_hold.cpp
    engine/decide_open.cpp
    engine/decide_outside.cpp
    engine/desk.cpp
    engine/due.cpp
    engine/entries.cpp
    engine/event.cpp
    engine/evolve.cpp
    engine/find_open.cpp
    engine/links.cpp
    engine/options.cpp
    engine/parties.cpp
    engine/permit.cpp
    engine/permit_commands.cpp
    engine/reading.cpp
    engine/sizes.cpp
    engine/state.cpp
    engine/words.cpp
    codec/chain.cpp
    codec/event_codec.cpp
    codec/json.cpp
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
