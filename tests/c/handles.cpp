// SPDX-License-Identifier: BSL-1.0
// tests/c/handles.cpp: numbers, handles of every wrong kind, lengths, texts, options.
#include "caller.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <set>
#include <thread>
#include <vector>

using namespace quytrinh_c_tests;

TEST_CASE("every error number of C is that of C++") {
    std::set<int> seen{0};
#define QUYTRINH_ERROR(number, name, vi, en) seen.insert(number);
#include <quytrinh/base/messages/errors.inc>
#undef QUYTRINH_ERROR
    CHECK_EQ(QUYTRINH_OK, 0);
    CHECK(seen.contains(QUYTRINH_FORKED));
    CHECK_EQ(QUYTRINH_FORKED, 309);
    CHECK_EQ(QUYTRINH_INVALID_ARGUMENT, 100);
    CHECK_EQ(QUYTRINH_INTERNAL, 900);
    // The rest: c.errors compares the whole header.
}

// Programs have these numbers compiled into them: another order in the header would change what
// they mean there, and no call would fail. Two of the seven flags were looked at.
static_assert(QUYTRINH_VI == 0 && QUYTRINH_EN == 1);
static_assert(QUYTRINH_SVG == 0 && QUYTRINH_DOT == 1 && QUYTRINH_MERMAID == 2);
static_assert(QUYTRINH_MANUAL_CLOCK == 1 && QUYTRINH_SEEDED == 2 && QUYTRINH_EXISTING == 4);
static_assert(QUYTRINH_READ_ONLY == 8 && QUYTRINH_WEAK == 16 && QUYTRINH_NO_BUNDLED == 32);
static_assert(QUYTRINH_UNCHECKED == 64);
static_assert(QUYTRINH_OK == 0 && QUYTRINH_ABI_VERSION == 1);

TEST_CASE("a handle that was released, of another kind or made up is an error, and nothing more") {
    const std::uint64_t before = live();
    {
        office in;
        REQUIRE_EQ(in.opened.code, QUYTRINH_OK);
        CHECK_EQ(live(), before + 1);
        // An office is no text and no error; a text is no office.
        const char* data = nullptr;
        std::size_t size = 0;
        quytrinh_text* text = nullptr;
        auto* const office_as_text = reinterpret_cast<quytrinh_text*>(in.handle);
        CHECK_EQ(quytrinh_text_get(office_as_text, &data, &size), QUYTRINH_INVALID_ARGUMENT);
        CHECK_EQ(
            quytrinh_error_json(reinterpret_cast<quytrinh_error*>(in.handle), QUYTRINH_EN, &text),
            QUYTRINH_INVALID_ARGUMENT);
        const std::string ask = R"({"query":"outbox"})";
        REQUIRE_EQ(quytrinh_query(in.handle, ask.data(), ask.size(), QUYTRINH_EN, nullptr, &text),
                   QUYTRINH_OK);
        CHECK_EQ(quytrinh_run_due(reinterpret_cast<quytrinh_office*>(text), 0, QUYTRINH_EN, nullptr,
                                  &text),
                 QUYTRINH_INVALID_ARGUMENT);
        CHECK(text == nullptr);  // where a result goes is made empty first
        CHECK_EQ(live(), before + 2);
    }
    // The text above is still there: its handle was lost on purpose, its number is the last given.
    CHECK_EQ(live(), before + 1);
}

TEST_CASE("no number near a live handle, no bit of it changed, no address is another handle") {
    office in;
    const auto number = reinterpret_cast<std::uintptr_t>(in.handle);
    int local = 0;
    std::vector<std::uintptr_t> wrong{1, 2, 4096, reinterpret_cast<std::uintptr_t>(&local),
                                      std::numeric_limits<std::uintptr_t>::max()};
    for (unsigned bit = 0; bit < 64; ++bit) wrong.push_back(number ^ (std::uintptr_t{1} << bit));
    std::int64_t now = 0;
    std::size_t taken = 0;
    for (const auto one : wrong) {
        if (quytrinh_now(reinterpret_cast<quytrinh_office*>(one), nullptr, &now) !=
            QUYTRINH_INVALID_ARGUMENT)
            ++taken;
    }
    CHECK_EQ(taken, 0);
    CHECK_EQ(quytrinh_now(in.handle, nullptr, &now), QUYTRINH_OK);
    auto* const stale = in.handle;
    CHECK_EQ(quytrinh_release(stale), QUYTRINH_OK);
    CHECK_EQ(quytrinh_release(stale), QUYTRINH_INVALID_ARGUMENT);
    office again;
    CHECK(again.handle != stale);
    CHECK_EQ(quytrinh_now(stale, nullptr, &now), QUYTRINH_INVALID_ARGUMENT);
}

TEST_CASE("texts are bounded, there and UTF-8") {
    office in;
    for (const std::string& bad :
         {std::string("\xff"), std::string("a\xc3"), std::string("\xed\xa0\x80")}) {
        const said out = in.add(bad);
        CHECK_EQ(out.code, QUYTRINH_INVALID_UTF8);
        CHECK(contains(out.error, "\"name\":\"invalid_utf8\""));
        CHECK_EQ(quytrinh_verify(in.handle, bad.data(), bad.size(), nullptr),
                 QUYTRINH_INVALID_UTF8);
    }
    CHECK_EQ(quytrinh_verify(in.handle, nullptr, 3, nullptr), QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(quytrinh_verify(in.handle, nullptr, 0, nullptr), QUYTRINH_INVALID_ARGUMENT);
    // A length that was never set is caught before a byte is read.
    const char here[] = "{}";
    for (const std::size_t size : {std::numeric_limits<std::size_t>::max(), std::size_t{1} << 40,
                                   (std::size_t{16} << 20) + 1})
        CHECK_EQ(quytrinh_query(in.handle, here, size, QUYTRINH_EN, nullptr, nullptr),
                 QUYTRINH_INVALID_ARGUMENT);
    const said out = ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_query(in.handle, here, std::size_t{1} << 40, QUYTRINH_EN, e, t);
    });
    CHECK_EQ(out.code, QUYTRINH_LIMIT_EXCEEDED);
    // A zero within is a character like any other.
    const std::string zero("memory:\0x", 9);
    quytrinh_office* office = nullptr;
    CHECK_EQ(quytrinh_open(zero.data(), zero.size(), nullptr, nullptr, &office),
             QUYTRINH_INVALID_ARGUMENT);
    const std::string zero_path("sqlite:/tmp/a\0b", 15);
    CHECK_EQ(quytrinh_open(zero_path.data(), zero_path.size(), nullptr, nullptr, &office),
             QUYTRINH_INVALID_ARGUMENT);
}

TEST_CASE("JSON that is wrong, deep or huge is refused with the place") {
    office in;
    const std::string deep = std::string(100'000, '[');
    const std::string huge = "{\"query\":\"" + std::string(std::size_t{9} << 20, 'a') + "\"}";
    for (const std::string& bad :
         {std::string("{"), std::string("[]"), std::string("null"),
          std::string("{\"a\":1,\"a\":2}"), std::string("{\"query\":7}"),
          std::string("{\"query\":\"nothing\"}"), std::string("{\"query\":\"store\",\"x\":1}"),
          std::string("{\"query\":\"tasks\",\"limit\":-1}"),
          std::string("{\"query\":\"tasks\",\"limit\":1.5}"),
          std::string("{\"query\":\"tasks\",\"relation\":\"boss\"}"), deep}) {
        CHECK_EQ(in.query(bad).code, QUYTRINH_BAD_JSON);
        CHECK_EQ(in.execute(bad).code, QUYTRINH_BAD_JSON);
    }
    CHECK_EQ(in.query(huge).code, QUYTRINH_LIMIT_EXCEEDED);
    CHECK(contains(in.query("{\"query\":\"store\",\"x\":1}").error, "/x: is not known here"));
    CHECK_EQ(in.query(R"({"query":"tasks","cursor":"none of ours"})").code, QUYTRINH_BAD_CURSOR);
    CHECK_EQ(in.query(R"({"query":"case","case":"none of ours"})").code, QUYTRINH_NOT_FOUND);
    CHECK_EQ(in.query(R"({"query":"export","case":"none of ours"})").code, QUYTRINH_NOT_FOUND);
}

TEST_CASE("options of an older caller have defaults, of a newer one zeros, else they are refused") {
    const auto code_of = [](const void* options, std::string_view uri = "memory:") {
        auto* made = reinterpret_cast<quytrinh_office*>(std::uintptr_t{7});
        const auto code =
            quytrinh_open(uri.data(), uri.size(),
                          static_cast<const quytrinh_open_options*>(options), nullptr, &made);
        // Once the office of before was left there when the size of the options was wrong.
        CHECK_EQ(made != nullptr, code == QUYTRINH_OK);
        quytrinh_release(made);
        return code;
    };
    auto options = office::trial();
    CHECK_EQ(code_of(&options), QUYTRINH_OK);
    options.flags = 0;
    options.size = offsetof(quytrinh_open_options, clock_us);
    CHECK_EQ(code_of(&options), QUYTRINH_OK);
    for (const std::size_t size : {std::size_t{0}, std::size_t{8}, std::size_t{4097},
                                   std::numeric_limits<std::size_t>::max()}) {
        options.size = size;
        CHECK_EQ(code_of(&options), QUYTRINH_INVALID_ARGUMENT);
    }
    struct newer {
        quytrinh_open_options known;
        std::uint64_t more[4];
    } later{office::trial(), {}};
    later.known.size = sizeof later;
    CHECK_EQ(code_of(&later), QUYTRINH_OK);
    later.more[3] = 1;
    CHECK_EQ(code_of(&later), QUYTRINH_INVALID_ARGUMENT);

    options = office::trial();
    options.flags |= 1u << 30;
    CHECK_EQ(code_of(&options), QUYTRINH_INVALID_ARGUMENT);
    options = office::trial();
    options.reserved = 1;
    CHECK_EQ(code_of(&options), QUYTRINH_INVALID_ARGUMENT);
    options = office::trial();
    options.flags |= QUYTRINH_READ_ONLY;  // says nothing for a memory store
    CHECK_EQ(code_of(&options), QUYTRINH_INVALID_ARGUMENT);
    options = office::trial();
    options.flags = QUYTRINH_SEEDED;
    CHECK_EQ(code_of(&options), QUYTRINH_INVALID_ARGUMENT);
    for (const std::int64_t far :
         {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        options = office::trial();
        options.clock_us = far;
        CHECK_EQ(code_of(&options), QUYTRINH_TIME_OUT_OF_RANGE);
        office in;
        CHECK_EQ(quytrinh_set_clock(in.handle, far, nullptr), QUYTRINH_TIME_OUT_OF_RANGE);
    }
    const auto limited = [&](std::string_view json) {
        options = office::trial();
        options.limits = json.data();
        options.limits_size = json.size();
        return code_of(&options);
    };
    CHECK_EQ(limited(R"({"page":2,"limit_years":3,"delivery_attempts":1})"), QUYTRINH_OK);
    CHECK_EQ(limited(R"({"pages":2})"), QUYTRINH_BAD_JSON);
    CHECK_EQ(limited(R"({"page":0})"), QUYTRINH_BAD_JSON);
    CHECK_EQ(limited("[]"), QUYTRINH_BAD_JSON);
    for (const std::string_view uri :
         {"", "memory", "memory:x", "sqlite:", "postgres:x", "SQLITE:x"})
        CHECK_EQ(code_of(nullptr, uri), QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(code_of(nullptr, "sqlite:/nowhere/at/all.db"), QUYTRINH_STORE_UNAVAILABLE);
}

TEST_CASE("words other than vi and en are refused, errors speak both") {
    office in;
    quytrinh_error* error = nullptr;
    quytrinh_text* text = nullptr;
    const std::string ask = R"({"query":"store"})";
    CHECK_EQ(quytrinh_query(in.handle, ask.data(), ask.size(), 2, &error, &text),
             QUYTRINH_INVALID_ARGUMENT);
    REQUIRE(error != nullptr);
    CHECK_EQ(quytrinh_error_message(error, QUYTRINH_VI, &text), QUYTRINH_OK);
    CHECK_EQ(take(text), "đối số không hợp lệ: ngôn ngữ “2”");
    CHECK_EQ(quytrinh_error_message(error, QUYTRINH_EN, &text), QUYTRINH_OK);
    CHECK_EQ(take(text), "invalid argument: language “2”");
    CHECK_EQ(quytrinh_error_message(error, -1, &text), QUYTRINH_INVALID_ARGUMENT);
    quytrinh_release(error);
}
