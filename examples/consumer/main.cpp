// SPDX-License-Identifier: BSL-1.0
// A program that uses quytrinh from outside, through the installed package and nothing else: it
// opens a case, completes its first step, and finds the second in a unit's list. With the SQLite
// component it does so in a file that it reopens; header-only it uses the store in memory.
#include <quytrinh/quytrinh.hpp>
#ifdef CONSUMER_HAS_SQLITE
#    include <quytrinh/store/sqlite.hpp>
#endif
#ifdef CONSUMER_HAS_TESTING
#    include <quytrinh/testing.hpp>
#endif

#include <filesystem>
#include <iostream>
#include <memory>

namespace {

/// The first step of a new case; the case's id.
quytrinh::case_id begin(const std::shared_ptr<quytrinh::store>& store) {
    auto office = quytrinh::runtime{quytrinh::bundled(), store, quytrinh::trust_host};
    office.on_notification(
        [](const quytrinh::notification& n) { std::cout << n.text("vi") << '\n'; });
    const auto id = office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}}).value();
    static_cast<void>(
        office.complete(id, "1", {.by = {"ĐVYC", "nv01"}, .confirmed = quytrinh::all_preconditions})
            .value());
    return id;
}

/// What another process would find: the open task of the unit that is to act.
bool waits_at_step_2(const std::shared_ptr<quytrinh::store>& store, const quytrinh::case_id& id) {
    auto office = quytrinh::runtime{quytrinh::bundled(), store, quytrinh::trust_host};
    for (const auto& task : office.tasks({.unit = "ĐVTH"}).value())
        if (task.of() == id && task.key() == "2.1") {
            std::cout << task.title() << ", " << task.due() << '\n';
            return true;
        }
    return false;
}

}  // namespace

int main() {
    try {
#ifdef CONSUMER_HAS_SQLITE
        const auto file = std::filesystem::temp_directory_path() / "quytrinh-consumer.db";
        for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + part);
        const auto id = begin(quytrinh::open_sqlite(file.string()).value());
        const bool found = waits_at_step_2(quytrinh::open_sqlite(file.string()).value(), id);
        for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + part);
#else
        const auto store = quytrinh::open_memory();
        const auto id = begin(store);
        const bool found = waits_at_step_2(store, id);
#endif
        if (!found) return 1;
#ifdef CONSUMER_HAS_TESTING
        quytrinh::testing::world w{quytrinh::testing::world_options{}};
        w.open("QT.HTKH.03").by("ĐVYC");
        if (!w.task("1").open) return 1;
#endif
        std::cout << "consumer: done\n";
        return 0;
    } catch (const quytrinh::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
