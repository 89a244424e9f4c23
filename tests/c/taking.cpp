// SPDX-License-Identifier: BSL-1.0
// tests/c/taking.cpp: notifications that are taken for a while and confirmed; whoever dies in
// between, they are told.
#include <quytrinh/quytrinh.h>

#include <doctest/doctest.h>

#include "caller.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace quytrinh_c_tests;
namespace fs = std::filesystem;

namespace {

said take_some(office& from, std::uint32_t limit = 0, std::uint32_t lease_ms = 0) {
    return ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_take(from.handle, limit, lease_ms, QUYTRINH_EN, e, t);
    });
}
said settle(office& in, const std::string& request) {
    return ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_settle(in.handle, request.data(), request.size(), e, t);
    });
}
std::vector<std::string> all(const std::string& json, const std::string& name) {
    const std::string key = "\"" + name + "\":\"";
    std::vector<std::string> out;
    for (auto at = json.find(key); at != std::string::npos; at = json.find(key, at + 1)) {
        const auto begin = at + key.size();
        out.push_back(json.substr(begin, json.find('"', begin) - begin));
    }
    return out;
}
std::string listed(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "\"" : ",\"") + text + "\"";
    return "[" + out + "]";
}

}  // namespace

TEST_CASE("what is taken is confirmed or given back, and each receipt is answered for") {
    office in;
    in.open("open-1");
    in.open("open-2");
    const said taken = take_some(in);
    REQUIRE_EQ(taken.code, QUYTRINH_OK);
    const auto receipts = all(taken.text, "receipt");
    REQUIRE_GE(receipts.size(), 2);
    CHECK_EQ(all(taken.text, "key").size(), receipts.size());
    CHECK_EQ(take_some(in).text, R"({"notifications":[]})");
    CHECK_EQ(
        settle(in, R"({"confirm":)" + listed({receipts.front()}) + R"(,"give_back":[{"receipt":")" +
                       receipts.back() + R"(","why":"away"}]})")
            .text,
        R"({"confirmed":1,"given_back":1,"lapsed":[]})");
    CHECK_EQ(settle(in, R"({"confirm":)" + listed({receipts.front()}) + "}").text,
             R"({"confirmed":0,"given_back":0,"lapsed":)" + listed({receipts.front()}) + "}");
    CHECK_EQ(settle(in, "{}").text, R"({"confirmed":0,"given_back":0,"lapsed":[]})");
    // Beside a callback too: it is told what nobody has taken.
    CHECK_EQ(quytrinh_on_notification(
                 in.handle, [](void*, const char*, std::size_t) { return 0; }, nullptr, nullptr,
                 QUYTRINH_VI, nullptr),
             QUYTRINH_OK);
    CHECK_EQ(take_some(in).code, QUYTRINH_OK);
}

TEST_CASE("wrong requests to take and settle are refused with their place") {
    office in;
    in.open();
    CHECK_EQ(take_some(in, 0, 86'400'001).code, QUYTRINH_INVALID_ARGUMENT);
    for (const auto& [request, part] : std::vector<std::pair<std::string, std::string>>{
             {"[]", "must be an object"},
             {R"({"confirm":"a"})", "/confirm: must be a list"},
             {R"({"confirm":[1]})", "/confirm/0: must be a string"},
             {R"({"give_back":["a"]})", "/give_back/0: must be an object"},
             {R"({"give_back":[{"receipt":1}]})", "/give_back/0/receipt: must be a string"},
             {R"({"give_back":[{"receit":"a"}]})", "/give_back/0/receit: is not known here"},
             {R"({"done":[]})", "/done: is not known here"}}) {
        const said out = settle(in, request);
        CHECK_EQ(out.code, QUYTRINH_BAD_JSON);
        CHECK_MESSAGE(contains(out.error, part), out.error);
    }
    CHECK_EQ(settle(in, R"({"confirm":["a/b"]})").code, QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(settle(in, R"({"give_back":[{}]})").code, QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(settle(in, R"({"confirm":)" + listed(std::vector<std::string>(1'001, "a")) + "}").code,
             QUYTRINH_LIMIT_EXCEEDED);
}

// What a pull hands out counts as delivered at once; this is for those to whom that is too little.
TEST_CASE("a process that dies with what it has taken loses nothing") {
    char folder[] = "/tmp/quytrinh-taking-XXXXXX";
    REQUIRE(mkdtemp(folder) != nullptr);
    const std::string uri = std::string{"sqlite:"} + folder + "/cases.db";
    {
        office in(uri);
        REQUIRE_EQ(in.opened.code, QUYTRINH_OK);
        in.open();
    }
    int pipe_of[2];
    REQUIRE_EQ(pipe(pipe_of), 0);
    const pid_t child = fork();
    if (child == 0) {
        office in(uri);
        const said taken = take_some(in, 0, 30'000);
        (void)!write(pipe_of[1], taken.text.data(), taken.text.size());
        _exit(taken.code);  // nothing is released, nothing confirmed
    }
    close(pipe_of[1]);
    std::string lost;
    char some[4096];
    for (ssize_t n = 0; (n = read(pipe_of[0], some, sizeof some)) > 0;)
        lost.append(some, static_cast<std::size_t>(n));
    close(pipe_of[0]);
    int status = -1;
    REQUIRE_EQ(waitpid(child, &status, 0), child);
    REQUIRE_EQ(status, 0);
    REQUIRE_FALSE(all(lost, "key").empty());
    {
        office in(uri);
        REQUIRE_EQ(in.opened.code, QUYTRINH_OK);
        CHECK(all(take_some(in).text, "key").empty());  // they are still held
        std::int64_t now = 0;
        REQUIRE_EQ(quytrinh_now(in.handle, nullptr, &now), QUYTRINH_OK);
        REQUIRE_EQ(quytrinh_set_clock(in.handle, now + 30'000'000, nullptr), QUYTRINH_OK);
        CHECK(contains(settle(in, R"({"confirm":)" + listed(all(lost, "receipt")) + "}").text,
                       R"("confirmed":0)"));
        const said again = take_some(in);
        CHECK_EQ(all(again.text, "key"), all(lost, "key"));
        CHECK(contains(settle(in, R"({"confirm":)" + listed(all(again.text, "receipt")) + "}").text,
                       R"("lapsed":[])"));
        CHECK(contains(in.query(R"({"query":"outbox"})").text, "\"pending\":0"));
    }
    fs::remove_all(folder);
}
