// SPDX-License-Identifier: BSL-1.0
// Several processes on one SQLite file, through the program.
#include "shell.hpp"

#include <string>

using namespace shell_of;

TEST_CASE("of processes that race for one task exactly one completes it") {
    const folder where;
    for (int round = 0; round < 5; ++round) {
        const auto opened =
            run(where.path(),
                "quytrinh open QT.HTKH.03 --by ĐVYC/nv01 --at 2023-12-11T08:00 --store cases.db");
        REQUIRE_MESSAGE(opened.code == 0, opened.output);
        const std::string id = opened.output.substr(0, 26);
        const auto raced =
            run(where.path(),
                "for i in 1 2 3 4 5 6; do ( if quytrinh do " + id +
                    " complete 1 --confirm all --by ĐVYC/nv0$i --store cases.db >out.$i 2>&1; "
                    "then echo won; else echo lost $?; fi ) & done; wait");
        CAPTURE(raced.output);
        std::size_t won = 0;
        std::size_t lost = 0;
        for (std::size_t at = raced.output.find("won"); at != std::string::npos;
             at = raced.output.find("won", at + 1))
            ++won;
        for (std::size_t at = raced.output.find("lost 1"); at != std::string::npos;
             at = raced.output.find("lost 1", at + 1))
            ++lost;
        CHECK(won == 1);
        CHECK(lost == 5);
        const auto proved =
            run(where.path(), "quytrinh history " + id + " --verify --store cases.db");
        CHECK_MESSAGE(proved.code == 0, proved.output);
    }
}

TEST_CASE("processes that send one command id all get one answer") {
    const folder where;
    const auto opened =
        run(where.path(),
            "quytrinh open QT.HTKH.03 --by ĐVYC/nv01 --at 2023-12-11T08:00 --store cases.db");
    REQUIRE_MESSAGE(opened.code == 0, opened.output);
    const std::string id = opened.output.substr(0, 26);
    const auto sent = run(
        where.path(),
        "for i in 1 2 3 4 5 6; do quytrinh do " + id +
            " complete 1 --confirm all --by ĐVYC/nv01 --id once --json --store cases.db >out.$i & "
            "done; wait; sort -u out.* | wc -l; cat out.1");
    // `sort -u out.* | wc -l`: one answer, in one line, whoever was first.
    CHECK_MESSAGE(std::stoi(sent.output) == 1, sent.output);
    CHECK_MESSAGE(sent.output.find(id) != std::string::npos, sent.output);
    const auto history =
        run(where.path(), "quytrinh history " + id + " --json --store cases.db | wc -l");
    const auto show = run(where.path(), "quytrinh show " + id + " --lang en --store cases.db");
    CHECK(show.output.find("Version: " + std::to_string(std::stoi(history.output))) !=
          std::string::npos);
}

TEST_CASE("an opening that is repeated finds its own case, in any process") {
    const folder where;
    const std::string line =
        "quytrinh open QT.HTKH.03 --by ĐVYC/nv01 --id mo-1 --reference 125/CV --store cases.db";
    const auto first = run(where.path(), line);
    const auto second = run(where.path(), line);
    CHECK(first.code == 0);
    CHECK(first.output == second.output);
    const auto other =
        run(where.path(),
            "quytrinh open QT.HTKH.03 --by ĐVYC/nv01 --reference 125/CV --store cases.db");
    CHECK(other.code == 1);
}
