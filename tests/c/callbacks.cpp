// SPDX-License-Identifier: BSL-1.0
// tests/c/callbacks.cpp: callbacks that fail, throw, re-enter, remove themselves, release the
// office; other threads; forked children.
#include "caller.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#ifndef _WIN32
#    include <sys/wait.h>
#    include <unistd.h>
#endif

using namespace quytrinh_c_tests;

namespace {

/// What a callback of these tests does, and what became of it.
struct listener {
    quytrinh_office* where = nullptr;
    int told = 0, destroyed = 0;
    std::int32_t answer = 0;
    bool again = false;
    bool throws = false, re_enters = false, removes_itself = false, releases = false, pulls = false;
    std::vector<std::int32_t> codes;
    std::string last;

    static std::int32_t tell(void* user, const char* json, std::size_t size) {
        auto& self = *static_cast<listener*>(user);
        ++self.told;
        self.last.assign(json, size);
        self.again = self.again || contains(self.last, "\"attempt\":2");
        if (self.re_enters) {
            const said out = ask([&](quytrinh_error** e, quytrinh_text** t) {
                const std::string open =
                    R"({"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv01","id":"again"})";
                return quytrinh_execute(self.where, open.data(), open.size(), e, t);
            });
            self.codes.push_back(out.code);
        }
        if (self.pulls)
            self.codes.push_back(quytrinh_pull(self.where, 0, QUYTRINH_VI, nullptr, nullptr));
        if (self.removes_itself) {
            self.codes.push_back(quytrinh_on_notification(self.where, nullptr, nullptr, nullptr,
                                                          QUYTRINH_VI, nullptr));
            if (self.destroyed != 0) self.codes.push_back(-1);  // not while it runs
        }
        if (self.releases) self.codes.push_back(quytrinh_release(self.where));
        if (self.throws) throw std::runtime_error("the host's own");
        return self.answer;
    }
    static void destroy(void* user) { ++static_cast<listener*>(user)->destroyed; }

    std::int32_t listen(office& to) {
        where = to.handle;
        return quytrinh_on_notification(to.handle, tell, this, destroy, QUYTRINH_VI, nullptr);
    }
};

}  // namespace

TEST_CASE("a callback is told after the commit, and let go once") {
    listener one, two;
    {
        office in;
        REQUIRE_EQ(one.listen(in), QUYTRINH_OK);
        CHECK_EQ(in.open().size(), 26);
        CHECK(one.told > 0);
        CHECK(contains(one.last, "\"kind\":\"task_opened\""));
        CHECK_EQ(one.destroyed, 0);
        REQUIRE_EQ(two.listen(in), QUYTRINH_OK);
        CHECK_EQ(one.destroyed, 1);
        CHECK_EQ(quytrinh_pull(in.handle, 0, QUYTRINH_VI, nullptr, nullptr),
                 QUYTRINH_INVALID_ARGUMENT);
        quytrinh_text* text = nullptr;
        CHECK_EQ(quytrinh_pull(in.handle, 0, QUYTRINH_VI, nullptr, &text), QUYTRINH_STORE_BUSY);
        CHECK_EQ(two.destroyed, 0);
    }
    CHECK_EQ(two.destroyed, 1);
    // Also where nothing could be registered.
    listener none;
    CHECK_EQ(quytrinh_on_notification(nullptr, listener::tell, &none, listener::destroy,
                                      QUYTRINH_VI, nullptr),
             QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(none.destroyed, 1);
}

TEST_CASE("a callback that fails or throws is tried again") {
    for (const bool throws : {false, true}) {
        listener bad;
        bad.answer = 7;
        bad.throws = throws;
        office in;
        REQUIRE_EQ(bad.listen(in), QUYTRINH_OK);
        CHECK_EQ(in.open().size(), 26);  // the command itself has succeeded
        CHECK(bad.told > 0);
        const int before = bad.told;
        CHECK_FALSE(contains(in.query(R"({"query":"outbox"})").text, "\"pending\":0"));
        CHECK_EQ(quytrinh_set_clock(in.handle, office::trial().clock_us + 3'600'000'000, nullptr),
                 QUYTRINH_OK);
        bad.answer = 0;
        bad.throws = false;
        const said report = ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_run_due(in.handle, 0, QUYTRINH_VI, e, t);
        });
        CHECK_EQ(report.code, QUYTRINH_OK);
        CHECK(bad.told > before);
        CHECK(bad.again);
        CHECK(contains(in.query(R"({"query":"outbox"})").text, "\"pending\":0"));
    }
}

TEST_CASE("a callback may send commands, remove itself and release its office") {
    SUBCASE("commands") {
        listener one;
        one.re_enters = true;
        office in;
        REQUIRE_EQ(one.listen(in), QUYTRINH_OK);
        in.open();
        REQUIRE_FALSE(one.codes.empty());
        for (const auto code : one.codes) CHECK_EQ(code, QUYTRINH_OK);
    }
    SUBCASE("itself") {
        listener one;
        one.removes_itself = true;
        office in;
        REQUIRE_EQ(one.listen(in), QUYTRINH_OK);
        in.open();
        for (const auto code : one.codes) CHECK_EQ(code, QUYTRINH_OK);
        CHECK_EQ(one.destroyed, 1);
        const int told = one.told;  // what was taken for delivery before, too
        CHECK(told > 0);
        in.open("open-2");
        CHECK_EQ(one.told, told);
    }
    SUBCASE("office") {
        listener one;
        one.releases = true;
        office in;
        REQUIRE_EQ(one.listen(in), QUYTRINH_OK);
        CHECK_EQ(in.open().size(), 26);
        CHECK_EQ(one.codes.front(), QUYTRINH_OK);
        CHECK_EQ(one.destroyed, 1);
        CHECK_EQ(in.execute("{}").code, QUYTRINH_INVALID_ARGUMENT);
        in.handle = nullptr;
    }
    SUBCASE("pulling inside of it") {
        listener one;
        one.pulls = true;
        office in;
        REQUIRE_EQ(one.listen(in), QUYTRINH_OK);
        in.open();
        CHECK_EQ(one.codes.front(), QUYTRINH_INVALID_ARGUMENT);  // nowhere to put it
    }
}

namespace {

struct register_of_people {
    int asked = 0, destroyed = 0;
    bool fails = false;
    quytrinh_reply* kept = nullptr;

    static std::int32_t members(void* user, const char* person, std::size_t size,
                                quytrinh_reply* reply) {
        auto& self = *static_cast<register_of_people*>(user);
        ++self.asked;
        self.kept = reply;
        if (self.fails) throw std::runtime_error("no register");
        if (std::string_view(person, size) != "nv01") return 0;
        // Nobody releases a reply; it goes with the call.
        if (quytrinh_release(reply) != QUYTRINH_INVALID_ARGUMENT) return 1;
        return quytrinh_reply_member(reply, "ĐVYC", std::string_view("ĐVYC").size(), 0, 1);
    }
    static void destroy(void* user) { ++static_cast<register_of_people*>(user)->destroyed; }
};

}  // namespace

TEST_CASE("the host's register says who belongs where") {
    const std::uint64_t before = live();
    register_of_people people;
    auto options = office::trial();
    options.members = register_of_people::members;
    options.members_user = &people;
    options.members_destroy = register_of_people::destroy;
    {
        office in("memory:", options);
        REQUIRE_EQ(in.opened.code, QUYTRINH_OK);
        CHECK_EQ(in.open().size(), 26);
        CHECK(people.asked > 0);
        CHECK_EQ(quytrinh_reply_member(people.kept, "X", 1, 0, 0), QUYTRINH_INVALID_ARGUMENT);
        const said other =
            in.execute(R"({"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv02"})");
        CHECK_EQ(other.code, QUYTRINH_NOT_PERMITTED);
        people.fails = true;
        const said failed = in.execute(
            R"({"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv01","id":"third"})");
        CHECK(failed.code != QUYTRINH_OK);
        CHECK_EQ(people.destroyed, 0);
    }
    CHECK_EQ(people.destroyed, 1);
    office never("nothing:", options);
    CHECK_EQ(never.opened.code, QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(people.destroyed, 2);
    CHECK_EQ(live(), before);
}

TEST_CASE("imports come from the caller, or there are none") {
    struct files {
        int asked = 0;
        std::string text;
        static std::int32_t give(void* user, const char*, std::size_t, quytrinh_reply* reply) {
            auto& self = *static_cast<files*>(user);
            ++self.asked;
            if (self.text.empty()) return 0;  // says yes and gives nothing
            return quytrinh_reply_text(reply, self.text.data(), self.text.size());
        }
    } from;
    const std::string text =
        "ngôn ngữ quy trình 1, tiếng Việt\nlấy từ tệp \"đơn vị.quytrinh\"\nquy trình QT.02 \"B\"\n"
        "  các bước theo thứ tự\n  không nêu hồ sơ lưu\nbước 1 \"Nhận\"\n  chủ trì MC\n"
        "  thời hạn không nêu\n";
    const auto check = [&] {
        return ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_check(nullptr, nullptr, 0, text.data(), text.size(), files::give, &from,
                                  QUYTRINH_EN, e, t);
        });
    };
    said out = check();
    CHECK_EQ(out.code, QUYTRINH_OK);
    CHECK_EQ(from.asked, 1);
    CHECK(contains(out.text, "\"ok\":false"));
    from.text = "ngôn ngữ quy trình 1, tiếng Việt\nvai trò MC \"Một cửa\"\n";
    out = check();
    CHECK_EQ(from.asked, 2);
    INFO(out.text);
    CHECK(contains(out.text, "\"ok\":true"));
}

TEST_CASE("threads share offices, and may release them under one another") {
    const std::uint64_t before = live();
    for (int round = 0; round < 8; ++round) {
        office in;
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 20; ++i) {
                    const std::string id = std::to_string(t) + "-" + std::to_string(i);
                    const said out = in.execute(
                        R"({"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv01","id":")" +
                        id + "\"}");
                    // Either it came in time, or the handle was gone: nothing else.
                    if (out.code != QUYTRINH_OK && out.code != QUYTRINH_INVALID_ARGUMENT) ++wrong;
                    if (t == 3 && i == 10 && round % 2 == 0) quytrinh_release(in.handle);
                }
            });
        for (auto& thread : threads) thread.join();
        CHECK_EQ(wrong.load(), 0);
    }
    CHECK_EQ(live(), before);
}

#ifndef _WIN32
TEST_CASE("in a forked child the parent's handles answer forked, and the child may open anew") {
    listener one;  // outlives what lets it go
    office in;
    REQUIRE_EQ(one.listen(in), QUYTRINH_OK);
    const std::string id = in.open();
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        int faults = 0;
        std::int64_t now = 0;
        if (quytrinh_now(in.handle, nullptr, &now) != QUYTRINH_FORKED) faults |= 1;
        if (quytrinh_release(in.handle) != QUYTRINH_FORKED) faults |= 2;
        if (live() != 0) faults |= 4;
        {
            office own;
            if (own.opened.code != QUYTRINH_OK || own.open().size() != 26) faults |= 8;
            if (quytrinh_now(in.handle, nullptr, &now) != QUYTRINH_FORKED) faults |= 16;
            if (own.handle == in.handle) faults |= 32;
        }
        if (one.destroyed != 0) faults |= 64;
        _exit(faults);
    }
    int status = 0;
    REQUIRE_EQ(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 0);
    CHECK_EQ(in.open(), id);  // the parent goes on
}
#endif
