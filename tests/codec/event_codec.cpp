// SPDX-License-Identifier: BSL-1.0
// tests/codec/event_codec.cpp
#include <quytrinh/codec/event_codec.hpp>

#include <doctest/doctest.h>

#include <quytrinh/codec/impl/json_archive.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include "codec/random_values.hpp"

#include <boost/json/serialize.hpp>
#include <boost/pfr/tuple_size.hpp>

#include <cstdlib>
#include <fstream>

using namespace quytrinh;
using quytrinh_tests::count_of;
using quytrinh_tests::dice;
using quytrinh_tests::filler;
using quytrinh_tests::seed_or;
namespace qc = quytrinh::detail::codec;

namespace {

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15u];
    }
    return out;
}

std::string from_hex(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        out += static_cast<char>(std::stoi(std::string{text.substr(i, 2)}, nullptr, 16));
    return out;
}

struct member_counter {
    unsigned count = 0;
    unsigned last = 0;
    bool ascending = true;
    std::vector<std::string> names;
    void operator()(unsigned key, const char* name, auto&) {
        ++count;
        ascending = ascending && key > last;
        last = key;
        names.push_back(name);
    }
};

/// Every member of T is listed once, under ascending keys and different names.
template <class T>
void check_listed(unsigned left_out = 0) {
    member_counter counter;
    T v{};
    qc::fields(counter, v);
    CAPTURE(counter.names.front());
    CHECK_EQ(counter.count + left_out, boost::pfr::tuple_size_v<T>);
    CHECK(counter.ascending);
    for (std::size_t i = 0; i < counter.names.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) CHECK_NE(counter.names[i], counter.names[k]);
    // What is empty is not written.
    CHECK_EQ(hex(qc::to_bytes(v)), "a0");
}

template <class... T>
void check_all_listed(std::variant<T...>*) {
    (check_listed<T>(), ...);
}

template <class T>
std::string bytes_of(const T& v) {
    return qc::to_bytes(v);
}
template <class T>
result<T> back(const std::string& bytes) {
    return qc::from_bytes<T>(bytes, "test", bytes.size());
}

/// All members by chance, then each member alone.
template <class T>
void check_round_trips(std::uint64_t seed, std::size_t count) {
    CAPTURE(seed);
    member_counter members;
    T nothing{};
    qc::fields(members, nothing);
    for (std::size_t i = 0; i < count + members.count; ++i) {
        filler some{seed + i};
        if (i >= count) some.only = i - count;
        T v{};
        some.fill(v);
        const std::string bytes = bytes_of(v);
        const auto again = back<T>(bytes);
        INFO("run ", i);
        if (!again) FAIL(again.error().text(), " in ", hex(bytes));
        CHECK(*again == v);
        CHECK_EQ(hex(bytes_of(*again)), hex(bytes));
    }
}

template <class... T>
void check_all_round_trips(std::variant<T...>*, std::uint64_t seed, std::size_t count) {
    (check_round_trips<T>(seed, count), ...);
}

}  // namespace

TEST_CASE("every member of every stored structure is listed") {
    check_all_listed(static_cast<event::body*>(nullptr));
    check_all_listed(static_cast<command::body*>(nullptr));
    check_listed<actor>();
    check_listed<seat>();
    check_listed<binding>();
    check_listed<notice>();
    check_listed<attachment>();
    check_listed<confirmation>();
    check_listed<judged>();
    check_listed<link_request>();
    check_listed<form_effects>();
    check_listed<due_instant>();
    check_listed<task_due>();
    check_listed<task_state>();
    check_listed<task_state::confirmation_of>();
    check_listed<task_state::opinion>();
    check_listed<consultation_state>();
    check_listed<field_state>();
    check_listed<form_state>();
    check_listed<step_history>();
    check_listed<comment_state>();
    check_listed<attachment_state>();
    check_listed<link_state>();
    check_listed<case_state>();
    check_listed<command_result>(1);  // its id is the runtime's
    static_assert(boost::pfr::tuple_size_v<trace_line> == 5, "trace lines are packed by hand");
    static_assert(boost::pfr::tuple_size_v<task_key> == 2, "task keys are packed by hand");
}

TEST_CASE("every enumerator that is stored is known, and the next one is not") {
    // The last of each, so that an addition is noticed here.
    CHECK_EQ(static_cast<unsigned>(relation::keeper) + 1, qc::known_values<relation>);
    CHECK_EQ(static_cast<unsigned>(notice_kind::case_overdue) + 1, qc::known_values<notice_kind>);
    CHECK_EQ(static_cast<unsigned>(due_kind::waiting) + 1, qc::known_values<due_kind>);
    CHECK_EQ(static_cast<unsigned>(counting_rule::working_time) + 1,
             qc::known_values<counting_rule>);
    CHECK_EQ(static_cast<unsigned>(trace_step::years) + 1, qc::known_values<trace_step>);
    CHECK_EQ(static_cast<unsigned>(case_status::cancelled) + 1, qc::known_values<case_status>);
    CHECK_EQ(static_cast<unsigned>(task_status::closed) + 1, qc::known_values<task_status>);
    CHECK_EQ(static_cast<unsigned>(capacity::system) + 1, qc::known_values<capacity>);
    CHECK_EQ(static_cast<unsigned>(basis::system) + 1, qc::known_values<basis>);
    CHECK_EQ(static_cast<unsigned>(event::case_ended::way::cancelled) + 1,
             qc::known_values<event::case_ended::way>);
    CHECK_EQ(static_cast<unsigned>(keep_term::forever) + 1, qc::known_values<keep_term>);
    CHECK_FALSE(decode_notice(from_hex("a1010f")));  // kind 15
    CHECK(decode_notice(from_hex("a1010e")));
}

TEST_CASE("what is written is read again, member by member and all at once") {
    const std::uint64_t seed = seed_or(20260101);
    check_all_round_trips(static_cast<event::body*>(nullptr), seed, count_of(60));
    check_all_round_trips(static_cast<command::body*>(nullptr), seed, count_of(20));
    check_round_trips<case_state>(seed, count_of(200));
    check_round_trips<command_result>(seed, count_of(50));
    check_round_trips<notice>(seed, count_of(50));
    check_round_trips<link_request>(seed, count_of(50));
}

TEST_CASE("payloads are read by their type") {
    const std::uint64_t seed = seed_or(7);
    CAPTURE(seed);
    const auto each = [&]<std::size_t... I>(std::index_sequence<I...>) {
        (
            [&] {
                event::body body{std::in_place_index<I>};
                filler some{seed + I};
                some.fill(std::get<I>(body));
                const auto again = decode_payload(type_of(body), encode_payload(body));
                REQUIRE(again);
                CHECK(*again == body);
            }(),
            ...);
    };
    each(std::make_index_sequence<std::variant_size_v<event::body>>{});
    for (const std::uint16_t type : {0, 21, 999, 65535}) {
        const auto unknown = decode_payload(type, from_hex("a0"));
        REQUIRE_FALSE(unknown);
        CHECK_EQ(unknown.error().code, errc::store_corrupt);
    }
}

TEST_CASE("states, results, notices and links have doors of their own") {
    filler some{seed_or(11)};
    case_state state;
    some.fill(state);
    CHECK(*decode_state(encode_state(state)) == state);
    command_result answer;
    some.fill(answer);
    CHECK(*decode_result(encode_result(answer)) == answer);
    answer.id = command_id{"not stored"};
    CHECK(decode_result(encode_result(answer))->id.empty());
    notice entry;
    some.fill(entry);
    CHECK(*decode_notice(encode_notice(entry)) == entry);
    link_request link;
    some.fill(link);
    CHECK(*decode_link(encode_link(link)) == link);
}

TEST_CASE("a command's digest covers what it says and not how often it is said") {
    case_command what;
    what.id = command_id{"one"};
    what.target = case_id{"c"};
    what.by = {"ĐVTH", "nv07"};
    what.body = command::complete{.task = "2", .outcome = "NOK", .reason = "thiếu"};
    const digest256 digest = digest_of(what);

    case_command same = what;
    same.id = command_id{"two"};
    CHECK(digest_of(same) == digest);

    const auto differs = [&](auto change) {
        case_command other = what;
        change(other);
        CHECK(digest_of(other) != digest);
    };
    differs([](case_command& c) { c.target = case_id{"d"}; });
    differs([](case_command& c) { c.by.person = "nv08"; });
    differs([](case_command& c) { c.by = {"nv07", "ĐVTH"}; });
    differs([](case_command& c) { c.expected_version = 0; });
    differs([](case_command& c) { c.body = command::comment{"2", "thiếu"}; });
    differs([](case_command& c) { std::get<command::complete>(c.body).outcome = "OK"; });
    differs([](case_command& c) { std::get<command::complete>(c.body).confirmed.all = true; });

    // Claim and release say the same words; the number of the command tells them apart.
    case_command claim = what, release = what;
    claim.body = command::claim{"2"};
    release.body = command::release{"2"};
    CHECK(digest_of(claim) != digest_of(release));

    // The id of a new case follows from the command's id: named or not makes no difference.
    case_command open = what, named = what;
    open.body = named.body = command::open{.procedure = "QT.HTKH.03"};
    open.target = case_id{};
    CHECK(digest_of(open) == digest_of(named));
}

TEST_CASE("values nested beyond any form are refused, not overflowed") {
    value deep;
    for (int i = 0; i < 6; ++i) deep = value{value_rows{{deep}}};
    case_command what;
    what.body = command::record{.task = "1", .fields = {{"a", deep}}};
    CHECK_THROWS_AS((void)encode_command(what), quytrinh::exception);
}

TEST_CASE("a short text is spelled as a long one is, well-formed or not") {
    // Short ones are looked over while they are copied, long ones sixteen bytes at a time.
    const std::string_view pieces[] = {"a",        " ",        "Đ",    "ệ", "漢",   "\U0001F600",
                                       "\xED\xA0", "\xE0\x80", "\xC0", "ư", "\x80", "\xF0\x9F"};
    for (const std::string_view first : pieces)
        for (const std::string_view second : pieces)
            for (std::size_t ahead = 0; ahead < 30; ++ahead) {
                std::string words(ahead, 'x');
                words += first;
                words += second;
                CAPTURE(words);
                detail::cbor::writer to;
                to.text(words);
                const bool sound = !first_ill_formed(words);
                detail::cbor::writer plain;
                plain.head(sound ? detail::cbor::major::text : detail::cbor::major::bytes,
                           words.size());
                plain.append(words);
                REQUIRE(to.str() == plain.str());
                detail::cbor::reader from(to.str());
                CHECK(from.text() == words);
                CHECK(from.finished());
            }
}

TEST_CASE("the reader takes one spelling only") {
    const auto refused = [](const char* bytes) {
        CAPTURE(bytes);
        const auto read = decode_notice(from_hex(bytes));
        REQUIRE_FALSE(read);
        CHECK_EQ(read.error().code, errc::store_corrupt);
        CHECK_FALSE(read.error().args.empty());
    };
    CHECK(decode_notice(from_hex("a0")));
    CHECK(decode_notice(from_hex("a10101")));
    refused("");                        // nothing at all
    refused("a1");                      // cut off
    refused("a101");                    //
    refused("a0a0");                    // something after the end
    refused("bfff");                    // indefinite length
    refused("a1011801");                // 1 in two bytes
    refused("a101190001");              //
    refused("a1180101");                // the key in two bytes
    refused("a10100");                  // a zero that need not stand there
    refused("a2030101010");             // keys descending
    refused("a201010101");              // a key twice
    refused("a1012001");                // a negative number
    refused("a101f93c00");              // a float
    refused("a101c101");                // a tag
    refused("a101f7");                  // undefined
    refused("a101f4");                  // false instead of a number
    refused("a102a10161");              // text cut off
    refused("a102a10162c328");          // text that is not UTF-8
    refused("a102a1014161");            // text as bytes
    refused("a102a1017f6161ff");        // text in pieces
    refused("a1029b7fffffffffffffff");  // a list that cannot be there
    refused("9b0000000100000000");
    refused("80");
    refused("6161");
    CHECK(decode_notice(from_hex("a102a10142c328"))->to.role == "\xC3\x28");
}

TEST_CASE("keys that are not known are passed over, but only when they are well formed") {
    const auto read = decode_notice(from_hex("a4010102a101616118638201a10182f5f61864a0"));
    REQUIRE(read);
    CHECK_EQ(read->kind, notice_kind::task_returned);
    CHECK_EQ(read->to.role, "a");
    CHECK_EQ(hex(encode_notice(*read)), "a2010102a1016161");
    CHECK(decode_notice(from_hex("a10418ff")));
    CHECK_FALSE(decode_notice(from_hex("a10418ff00")));
    CHECK_FALSE(decode_notice(from_hex("a1041801")));  // not the shortest inside
    CHECK_FALSE(decode_notice(from_hex("a104fa00000000")));
    CHECK_FALSE(decode_notice(from_hex("a104a202010101")));  // keys descending inside
    CHECK_FALSE(decode_notice(from_hex("a1047f")));
    std::string deep(30, '\x81');
    CHECK_FALSE(decode_notice(from_hex("a104") + deep + '\0'));
    std::string shallow(20, '\x81');
    CHECK(decode_notice(from_hex("a104") + shallow + '\0'));
}

TEST_CASE("small bytes do not become gigabytes") {
    // A million empty tasks in a megabyte.
    std::string bytes = from_hex("a1149a00100000");
    bytes.append(1u << 20, '\xA0');
    const auto read = decode_state(bytes);
    REQUIRE_FALSE(read);
    CHECK_EQ(read.error().code, errc::store_corrupt);
    CHECK_FALSE(decode_payload(1, std::string((2u << 20) + 1, '\xA0')));
}

TEST_CASE("random bytes are refused or read back the same, never worse") {
    const std::uint64_t seed = seed_or(42);
    CAPTURE(seed);
    dice roll{seed};
    std::size_t read = 0;
    for (std::size_t i = 0; i < count_of(20'000); ++i) {
        std::string bytes;
        for (std::size_t n = roll.below(40); n > 0; --n) bytes += static_cast<char>(roll.bits());
        if (!bytes.empty() && roll.one_in(2)) bytes[0] = static_cast<char>(0xA0 + roll.below(6));
        for (std::uint16_t type = 1; type <= std::variant_size_v<event::body>; ++type)
            if (const auto body = decode_payload(type, bytes)) {
                ++read;
                (void)encode_payload(*body);
            }
        (void)decode_state(bytes);
        (void)decode_result(bytes);
        (void)decode_link(bytes);
    }
    INFO("random bytes that could be read: ", read);
}

TEST_CASE("true bytes with faults are refused or mean something that is written the same way") {
    const std::uint64_t seed = seed_or(43);
    CAPTURE(seed);
    dice roll{seed};
    std::size_t refused = 0, taken = 0;
    for (std::size_t i = 0; i < count_of(4'000); ++i) {
        filler some{seed + i};
        case_state state;
        some.fill(state);
        std::string bytes = encode_state(state);
        switch (roll.below(4)) {
        case 0: bytes[roll.below(bytes.size())] = static_cast<char>(roll.bits()); break;
        case 1: bytes[roll.below(bytes.size())] ^= static_cast<char>(1u << roll.below(8)); break;
        case 2: bytes.resize(roll.below(bytes.size())); break;
        default: bytes.insert(roll.below(bytes.size()), 1, static_cast<char>(roll.bits())); break;
        }
        const auto read = decode_state(bytes);
        if (!read) {
            CHECK_EQ(read.error().code, errc::store_corrupt);
            ++refused;
            continue;
        }
        ++taken;
        // Keys that are not known are dropped; everything else has one spelling.
        const std::string again = encode_state(*read);
        CHECK(*decode_state(again) == *read);
        CHECK(again.size() <= bytes.size());
    }
    CHECK(refused > taken / 10);
    CHECK(taken > 0);
}

namespace {

/// One stored thing: a name, its bytes, and what they mean.
struct sample {
    std::string name, bytes, meaning;
};

template <std::size_t... I>
std::vector<sample> payloads_of(std::index_sequence<I...>) {
    std::vector<sample> out;
    (
        [&out] {
            filler some{1000 + I};
            event::body body{std::in_place_index<I>};
            some.fill(std::get<I>(body));
            out.push_back({std::string{name_of(body)}, encode_payload(body), {}});
        }(),
        ...);
    return out;
}

std::vector<sample> make_samples() {
    auto out = payloads_of(std::make_index_sequence<std::variant_size_v<event::body>>{});
    filler some{2000};
    case_state state;
    some.fill(state);
    out.push_back({"state", encode_state(state), {}});
    command_result answer;
    some.fill(answer);
    out.push_back({"result", encode_result(answer), {}});
    notice entry;
    some.fill(entry);
    out.push_back({"notice", encode_notice(entry), {}});
    link_request link;
    some.fill(link);
    out.push_back({"link", encode_link(link), {}});
    return out;
}

/// Reads the bytes and says what they mean and how they are written again.
result<sample> understand(const std::string& name, const std::string& bytes) {
    constexpr std::chrono::minutes hanoi{420};
    const qc::json_out plain{hanoi, false};
    if (name == "state") {
        const auto read = decode_state(bytes);
        if (!read) return read.failure();
        return sample{name, encode_state(*read), to_json(*read, hanoi)};
    }
    if (name == "result") {
        const auto read = decode_result(bytes);
        if (!read) return read.failure();
        return sample{name, encode_result(*read), to_json(*read)};
    }
    if (name == "notice") {
        const auto read = decode_notice(bytes);
        if (!read) return read.failure();
        return sample{name, encode_notice(*read), boost::json::serialize(plain.show(*read))};
    }
    if (name == "link") {
        const auto read = decode_link(bytes);
        if (!read) return read.failure();
        return sample{name, encode_link(*read), boost::json::serialize(plain.show(*read))};
    }
    for (std::uint16_t type = 1; type <= std::variant_size_v<event::body>; ++type) {
        const auto empty = decode_payload(type, "\xA0");
        if (!empty || name_of(*empty) != name) continue;
        const auto read = decode_payload(type, bytes);
        if (!read) return read.failure();
        case_event fact;
        fact.seq = type;
        fact.body = *read;
        return sample{name, encode_payload(*read), to_json(fact, hanoi)};
    }
    return fail(errc::store_corrupt, {"no such thing"});
}

}  // namespace

TEST_CASE("bytes that were written once mean the same for ever") {
    // A line that changes here is a change of the stored format: cases of earlier versions would no
    // longer be read or no longer verify. New lines are welcome; QUYTRINH_RESET_GOLDEN=1 writes the
    // file anew.
    const std::string path = std::string{QUYTRINH_TESTS_DIR} + "/golden/codec/stored_1.txt";
    if (std::getenv("QUYTRINH_RESET_GOLDEN") != nullptr) {
        std::ofstream out{path, std::ios::binary};
        for (const auto& one : make_samples())
            out << one.name << '\t' << hex(one.bytes) << '\t'
                << understand(one.name, one.bytes)->meaning << '\n';
    }
    std::ifstream in{path, std::ios::binary};
    REQUIRE_MESSAGE(in.good(), path);
    std::size_t lines = 0;
    for (std::string line; std::getline(in, line); ++lines) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        REQUIRE_NE(second, std::string::npos);
        const std::string name = line.substr(0, first);
        CAPTURE(name);
        const std::string bytes = from_hex(line.substr(first + 1, second - first - 1));
        const auto read = understand(name, bytes);
        REQUIRE(read);
        CHECK_EQ(hex(read->bytes), hex(bytes));
        CHECK_EQ(read->meaning, line.substr(second + 1));
    }
    CHECK_GE(lines, std::variant_size_v<event::body> + 4);
}

TEST_CASE("a state whose comments were spelled before has the same bytes") {
    // Ten thousand comments were looked up and over again for every snapshot of their case.
    filler some{7};
    case_state state;
    some.fill(state);
    state.comments = {};
    qc::spelled_list kept;
    const auto say = [&](case_state& in) {
        in.comments.push_back({std::nullopt,
                               {"P.KTT", "nv" + std::to_string(in.comments.size())},
                               {},
                               "Đã gọi điện, hẹn chiều mai."});
    };
    // More snapshots than parts are kept.
    for (std::size_t i = 0; i < 40; ++i) {
        for (std::size_t n = 0; n < 5 + i % 3; ++n) say(state);
        const bool is_long = state.comments.size() >= qc::spelled_list::least;
        CHECK(qc::encode_state(state, kept) == encode_state(state));
        CHECK(kept.count == (is_long ? state.comments.size() : 0));
        CHECK(kept.parts.size() <= qc::spelled_list::most_parts);
    }
    CHECK(qc::encode_state(state, kept) == encode_state(state));
    // Two that go on from one state, each with a comment of its own: one of them may be lost, and
    // neither may see the other's.
    case_state other = state;
    qc::spelled_list others = kept;
    say(state);
    other.comments.push_back({std::nullopt, {"P.HTKH", "nv01"}, {}, "Chưa liên lạc được."});
    CHECK(qc::encode_state(state, kept) == encode_state(state));
    CHECK(qc::encode_state(other, others) == encode_state(other));
    CHECK(qc::encode_state(state, kept) == encode_state(state));
}
