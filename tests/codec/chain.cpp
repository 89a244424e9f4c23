// SPDX-License-Identifier: BSL-1.0
// tests/codec/chain.cpp
#include <quytrinh/codec/chain.hpp>

#include <doctest/doctest.h>

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/store/store.hpp>

#include "codec/random_values.hpp"

#include <map>
#include <vector>

using namespace quytrinh;
using quytrinh_tests::count_of;
using quytrinh_tests::dice;
using quytrinh_tests::filler;
using quytrinh_tests::seed_or;

namespace {

chain_identity some_identity() {
    chain_identity identity;
    identity.store[0] = 7;
    identity.tenant = "main";
    identity.of = case_id{"abcdefghijklmnopqrstuvwxyz"};
    identity.definition = sha256("quy trình");
    return identity;
}

std::vector<stored_event> some_history(const chain_identity& identity, std::size_t events,
                                       std::uint64_t seed) {
    std::vector<stored_event> out;
    digest256 previous{};
    filler some{seed};
    for (std::size_t i = 0; i < events; ++i) {
        case_event fact;
        fact.seq = i + 1;
        fact.at = instant{std::chrono::hours{400'000 + i}};
        fact.by = {"ĐVTH", "nv07"};
        fact.on_behalf_of = i % 3 == 0 ? "GĐ" : "";
        fact.as = i % 3 == 0 ? capacity::tuq : capacity::own;
        fact.why = basis::host_word;
        fact.cause = command_id{"lệnh-" + std::to_string(i)};
        if (i % 2 == 0) {
            event::task_completed body;
            some.fill(body);
            fact.body = body;
        } else {
            event::task_opened body;
            some.fill(body);
            fact.body = body;
        }
        salt16 salt{};
        for (auto& byte : salt) byte = static_cast<std::uint8_t>(some.roll.bits());
        out.push_back(seal(identity, previous, fact, salt));
        previous = out.back().hash;
    }
    return out;
}

/// The same events and salts, sealed in one call.
std::vector<stored_event> sealed_at_once(const chain_identity& identity,
                                         const std::vector<stored_event>& history,
                                         sha256_stream& hash) {
    std::vector<case_event> facts;
    std::vector<salt16> salts;
    for (const auto& stored : history) {
        facts.push_back(open_event(stored).value());
        salts.push_back(stored.salt);
    }
    return seal_all(identity, digest256{}, facts, salts.data(), hash);
}

/// The number of the first event that does not fit, 0 when all do.
std::uint64_t first_fault(const chain_identity& identity, const std::vector<stored_event>& history,
                          const digest256& head) {
    digest256 previous{};
    std::uint64_t seq = 0;
    for (const auto& event : history) {
        ++seq;
        if (event.seq != seq || !verify_event(identity, previous, event)) return seq;
        previous = event.hash;
    }
    return previous == head ? 0 : seq + 1;
}

}  // namespace

TEST_CASE("events sealed in one call are those sealed one by one") {
    sha256_stream hash;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto history = some_history(some_identity(), 1 + seed % 7, seed);
        CHECK(sealed_at_once(some_identity(), history, hash) == history);
    }
    CHECK(seal_all(some_identity(), digest256{}, {}, nullptr, hash).empty());
}

TEST_CASE("bytes that outgrow the writer's own are the same bytes") {
    // What an event comes to nearly always lies in the writer itself; more goes to memory of its
    // own, and a list or map of many entries takes more than the one byte kept free for it.
    chain_identity identity = some_identity();
    for (const std::size_t length : {700u, 760u, 767u, 768u, 769u, 1500u, 70'000u}) {
        case_event fact;
        fact.seq = 1;
        fact.cause = command_id{"c"};
        fact.body = event::commented{{}, std::string(length, 'x'), {}};
        const auto stored = seal(identity, digest256{}, fact, salt16{});
        CHECK(stored.payload == encode_payload(fact.body));
        CHECK(stored.payload.size() == length + (length < 65'536 ? 5 : 7));
        CHECK(open_event(stored).value() == fact);
        CHECK(verify_event(identity, digest256{}, stored).has_value());
    }
}

TEST_CASE("an event is sealed, verified and opened again") {
    const auto identity = some_identity();
    case_event fact;
    fact.seq = 1;
    fact.at = instant{std::chrono::microseconds{1'702'256'400'000'123}};
    fact.by = {"ĐVYC", "nv01"};
    fact.why = basis::host_callback;
    fact.cause = command_id{"mở"};
    fact.body = event::commented{task_key{"1", 1}, "đã xem", {}};
    const auto stored = seal(identity, digest256{}, fact, salt16{1, 2, 3});
    CHECK_EQ(stored.seq, 1);
    CHECK_EQ(stored.at, fact.at);
    CHECK(verify_event(identity, digest256{}, stored));
    const auto opened = open_event(stored);
    REQUIRE(opened);
    CHECK(*opened == fact);
    // The same again gives the same bytes, another salt another hash.
    CHECK(seal(identity, digest256{}, fact, salt16{1, 2, 3}) == stored);
    CHECK(seal(identity, digest256{}, fact, salt16{}).hash != stored.hash);
    CHECK_FALSE(verify_event(identity, stored.hash, stored));
}

TEST_CASE("the hash is the one the specification writes down") {
    // Computed here from the pieces, without the codec: SHA-256(0x00, name, previous, array of
    // fifteen).
    const auto identity = some_identity();
    case_event fact;
    fact.seq = 3;
    fact.at = instant{std::chrono::microseconds{1000}};
    fact.by = {"A", "b"};
    fact.as = capacity::tuq;
    fact.on_behalf_of = "L";
    fact.why = basis::assignment;
    fact.cause = command_id{"c"};
    fact.body = event::task_claimed{{"2", 1}, {}};
    const salt16 salt{9};
    digest256 previous{};
    previous[0] = 5;
    const auto stored = seal(identity, previous, fact, salt);
    CHECK(stored.payload == std::string{"\xA1\x01\x82\x61\x32\x01"});
    const digest256 commitment =
        sha256(std::string{"\x02\x09"} + std::string(15, '\0') + stored.payload);
    std::string header = "\x8F\x01\x50";
    header += std::string{"\x07"} + std::string(15, '\0');
    header +=
        "\x64main\x78\x1A"
        "abcdefghijklmnopqrstuvwxyz";
    header +=
        "\x03\x19\x03\xE8\x04\x61"
        "b\x61"
        "A\x01\x61"
        "L\x03";
    header += std::string{"\x58\x20"} +
              std::string(reinterpret_cast<const char*>(identity.definition.data()), 32);
    header +=
        "\x61"
        "c\x58\x20" +
        std::string(reinterpret_cast<const char*>(commitment.data()), 32);
    std::string whole(1, '\0');
    whole += "quytrinh-event-1";
    whole += std::string(reinterpret_cast<const char*>(previous.data()), 32) + header;
    CHECK(stored.hash == sha256(whole));
}

TEST_CASE("every byte of a ten-event case that is changed is found, and the place named") {
    const std::uint64_t seed = seed_or(5);
    CAPTURE(seed);
    const auto identity = some_identity();
    const auto history = some_history(identity, 10, seed);
    const digest256 head = history.back().hash;
    REQUIRE_EQ(first_fault(identity, history, head), 0);

    std::size_t tried = 0, missed = 0;
    for (std::size_t e = 0; e < history.size(); ++e) {
        auto changed = history;
        const digest256 before = e == 0 ? digest256{} : history[e - 1].hash;
        const auto found = [&] { return !verify_event(identity, before, changed[e]); };
        const auto try_byte = [&](auto& byte) {
            const auto kept = byte;
            for (unsigned bit = 0; bit < 8; ++bit) {
                byte = static_cast<std::decay_t<decltype(byte)>>(kept ^ (1u << bit));
                ++tried;
                if (!found()) ++missed;
            }
            for (const int all : {0x00, 0xFF}) {
                byte = static_cast<std::decay_t<decltype(byte)>>(all);
                if (byte == kept) continue;
                ++tried;
                if (!found()) ++missed;
            }
            byte = kept;
        };
        for (auto& byte : changed[e].header) try_byte(byte);
        for (auto& byte : changed[e].payload) try_byte(byte);
        for (auto& byte : changed[e].salt) try_byte(byte);
        for (auto& byte : changed[e].hash) try_byte(byte);
        changed[e].at += std::chrono::microseconds{1};
        ++tried;
        if (!found()) ++missed;
    }
    INFO("changes tried: ", tried);
    CHECK(tried > 10'000);
    CHECK_EQ(missed, 0);
}

TEST_CASE("events that are left out, added, exchanged or taken from elsewhere are found") {
    const auto identity = some_identity();
    const auto history = some_history(identity, 10, 6);
    const digest256 head = history.back().hash;
    for (std::size_t i = 0; i < history.size(); ++i) {
        auto without = history;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK_NE(first_fault(identity, without, head), 0);
        auto twice = history;
        twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), history[i]);
        CHECK_NE(first_fault(identity, twice, head), 0);
        for (std::size_t k = 0; k < i; ++k) {
            auto exchanged = history;
            std::swap(exchanged[i], exchanged[k]);
            CHECK_NE(first_fault(identity, exchanged, head), 0);
            // Renumbered, too.
            std::swap(exchanged[i].seq, exchanged[k].seq);
            CHECK_NE(first_fault(identity, exchanged, head), 0);
        }
    }
    auto other = identity;
    other.tenant = "khac";
    CHECK_EQ(first_fault(other, history, head), 1);
    other = identity;
    other.of = case_id{"zbcdefghijklmnopqrstuvwxyz"};
    CHECK_EQ(first_fault(other, history, head), 1);
    other = identity;
    other.store[15] = 1;
    CHECK_EQ(first_fault(other, history, head), 1);
    other = identity;
    other.definition[31] ^= 1;
    CHECK_EQ(first_fault(other, history, head), 1);
}

TEST_CASE("what cannot be an event is refused with its number") {
    const auto identity = some_identity();
    auto stored = some_history(identity, 1, 9).front();
    const auto refused = [](const result<case_event>& read) {
        REQUIRE_FALSE(read);
        CHECK_EQ(read.error().code, errc::store_corrupt);
        CHECK_EQ(read.error().args.front().substr(0, 8), "event 1:");
    };
    auto changed = stored;
    changed.header.clear();
    refused(open_event(changed));
    changed.header = std::string(5000, '\x8A');
    refused(open_event(changed));
    changed = stored;
    changed.header += '\0';
    refused(open_event(changed));
    changed = stored;
    changed.payload += '\0';
    refused(open_event(changed));
    changed = stored;
    changed.seq = 2;
    REQUIRE_FALSE(open_event(changed));
    CHECK_EQ(open_event(changed).error().args.front(),
             "event 2: the number differs from its header");
}

TEST_CASE("random headers are refused, never worse") {
    const std::uint64_t seed = seed_or(77);
    CAPTURE(seed);
    dice roll{seed};
    const auto identity = some_identity();
    const auto history = some_history(identity, 2, seed);
    for (std::size_t i = 0; i < count_of(20'000); ++i) {
        stored_event stored = history[1];
        if (roll.one_in(2)) {
            stored.header.clear();
            for (std::size_t n = roll.below(120); n > 0; --n)
                stored.header += static_cast<char>(roll.bits());
        } else {
            const std::size_t at = roll.below(stored.header.size());
            stored.header.erase(at, roll.below(4));
            stored.header.insert(at, roll.below(3), static_cast<char>(roll.bits()));
        }
        if (stored.header == history[1].header) continue;
        REQUIRE_FALSE(verify_event(identity, history[0].hash, stored));
        (void)open_event(stored);
    }
}

TEST_CASE("ids of cases follow from where and by what they were opened") {
    std::array<std::uint8_t, 16> store{};
    const auto id = derive_case_id(store, "main", command_id{"mở-1"});
    CHECK_EQ(id.str().size(), 26);
    CHECK_EQ(id.str().find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos);
    CHECK(derive_case_id(store, "main", command_id{"mở-1"}) == id);
    std::map<std::string, int> seen;
    ++seen[id.str()];
    ++seen[derive_case_id(store, "main", command_id{"mở-2"}).str()];
    // Pieces that run together the same way are still different pieces.
    ++seen[derive_case_id(store, "mainm", command_id{"ở-1"}).str()];
    ++seen[derive_case_id(store, "", command_id{"mainmở-1"}).str()];
    store[0] = 1;
    ++seen[derive_case_id(store, "main", command_id{"mở-1"}).str()];
    store[0] = 0;
    ++seen[derive_child_id(store, "main", id, 3, 0).str()];
    ++seen[derive_child_id(store, "main", id, 3, 1).str()];
    ++seen[derive_child_id(store, "main", id, 4, 0).str()];
    ++seen[derive_child_id(store, "mai", case_id{"n" + id.str()}, 3, 0).str()];
    CHECK_EQ(seen.size(), 9);
    // WARNING: ids of cases are kept by hosts; these never change.
    CHECK_EQ(derive_case_id(store, "main", command_id{"c1"}).str(), "rd2sfexss3gp2w2ybbfohgzwxq");
    CHECK_EQ(derive_child_id(store, "main", case_id{"c1"}, 3, 1).str(),
             "qlu2nzs2s52p66rfwyrl6s2ou7");
}
