// SPDX-License-Identifier: BSL-1.0
// tests/codec/json_tree.cpp
#include <quytrinh/codec/json_tree.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>

#include "../support/seeded.hpp"

using namespace quytrinh;

namespace {

/// Some JSON, as a careless program may write it.
void write_some(quytrinh_tests::dice& roll, std::string& to, int depth) {
    const auto blank = [&] {
        if (roll.below(6) == 0) to += " \t\n\r"[roll.below(4)];
    };
    const auto text = [&] {
        constexpr const char* parts[] = {"a",       "b",
                                         "Đề nghị", "\\u0111",
                                         "\\n",     "\\\\",
                                         "\\\"",    "/",
                                         "\\/",     "\\ud83d\\ude00",
                                         "😀",       "\x7f",
                                         "\\u0000", ":",
                                         "{",       "long enough to be no short string"};
        to += '"';
        for (std::size_t n = roll.below(3); n > 0; --n) to += parts[roll.below(std::size(parts))];
        to += '"';
    };
    blank();
    switch (roll.below(depth > 0 ? 9 : 7)) {
    case 0: to += "null"; break;
    case 1: to += "true"; break;
    case 2: to += "false"; break;
    case 3: {
        constexpr const char* numbers[] = {"0",
                                           "-0",
                                           "7",
                                           "-12",
                                           "9223372036854775807",
                                           "9223372036854775808",
                                           "18446744073709551615",
                                           "1.5",
                                           "1e3",
                                           "18446744073709551616",
                                           "-9223372036854775808"};
        to += numbers[roll.below(std::size(numbers))];
        break;
    }
    case 7: {
        to += '[';
        for (std::size_t n = roll.below(4); n > 0; --n) {
            write_some(roll, to, depth - 1);
            if (n > 1) to += ',';
        }
        to += ']';
        break;
    }
    case 8: {
        to += '{';
        for (std::size_t n = roll.below(roll.below(9) == 0 ? 40 : 4); n > 0; --n) {
            blank();
            text();
            blank();
            to += ':';
            write_some(roll, to, depth - 1);
            if (n > 1) to += ',';
        }
        to += '}';
        break;
    }
    default: text();
    }
    blank();
}

/// What read_json takes beside the grammar: whole numbers, and every name once.
bool is_taken(const boost::json::value& v, std::size_t& members) {
    if (v.is_double()) return false;
    if (v.is_array())
        for (const auto& item : v.get_array())
            if (!is_taken(item, members)) return false;
    if (v.is_object())
        for (const auto& member : v.get_object()) {
            ++members;
            if (!is_taken(member.value(), members)) return false;
        }
    return true;
}
std::size_t members_spelled(std::string_view text) {
    std::size_t count = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (inside && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            inside = !inside;
        else if (!inside && text[i] == ':')
            ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("what is read, and what is refused, is what Boost.JSON reads and refuses") {
    const std::uint64_t seed = quytrinh_tests::seed_or(20);
    CAPTURE(seed);
    quytrinh_tests::dice roll{seed};
    std::size_t read = 0, refused = 0;
    for (std::size_t i = 0; i < quytrinh_tests::count_of(20'000); ++i) {
        std::string text;
        write_some(roll, text, 4);
        for (std::size_t n = roll.below(3); n > 0 && !text.empty(); --n) {
            constexpr std::string_view bytes{"{}[]\",:0a\\u-.e \xC3\xED\xA0\x01"};
            const std::size_t at = roll.below(text.size());
            switch (roll.below(3)) {
            case 0: text[at] = bytes[roll.below(bytes.size())]; break;
            case 1: text.erase(at, 1 + roll.below(5)); break;
            default: text.insert(at, 1, bytes[roll.below(bytes.size())]); break;
            }
        }
        boost::system::error_code why;
        boost::json::parse_options options;
        options.max_depth = 20;
        const auto theirs = boost::json::parse(text, why, {}, options);
        std::size_t members = 0;
        const bool taken = !why && is_taken(theirs, members) && members == members_spelled(text);
        const auto ours = read_json(text);
        INFO(text);
        REQUIRE_EQ(ours.has_value(), taken);
        if (taken) CHECK_EQ(to_json(*ours), boost::json::serialize(theirs));
        ++(taken ? read : refused);
    }
    CHECK_GT(read, quytrinh_tests::count_of(20'000) / 5);
    CHECK_GT(refused, quytrinh_tests::count_of(20'000) / 5);
}

TEST_CASE("what is wrong with a text, and where, is said in both languages") {
    const auto said = [](std::string_view text, language words) {
        return read_json(text).error().text(words);
    };
    CHECK_EQ(said("[1", language::en), "invalid JSON: byte 2: cut off");
    CHECK_EQ(said("[1 2]", language::vi),
             "JSON không hợp lệ: byte 3: chỗ này không đúng cú pháp JSON");
    CHECK_EQ(said("{a:1}", language::en), "invalid JSON: byte 1: this cannot stand here in JSON");
    CHECK_EQ(said("[\"\\udc00\"]", language::en), "invalid JSON: byte 8: half of a \\u pair");
    CHECK_EQ(said("[\"\\u00g0\"]", language::vi),
             "JSON không hợp lệ: byte 6: sau dấu \\ không đọc được");
    CHECK_EQ(said("[] []", language::vi), "JSON không hợp lệ: byte 3: thừa byte ở cuối");
}

TEST_CASE("what is read is what was written, member by member") {
    const std::string text =
        R"({"b":[1,-2,18446744073709551615],"a":{"t":true,"n":null},"s":"Đề nghị"})";
    const auto tree = read_json(text).value();
    CHECK_EQ(to_json(tree), text);
    REQUIRE(tree.find("b") != nullptr);
    const auto* numbers = tree.find("b")->get_if<json_tree::list>();
    REQUIRE(numbers != nullptr);
    CHECK_EQ(*(*numbers)[1].get_if<std::int64_t>(), -2);
    CHECK_EQ(*(*numbers)[2].get_if<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
    CHECK(tree.find("c") == nullptr);
    CHECK((*numbers)[0].find("b") == nullptr);
}

TEST_CASE("trees are equal whatever the order of members, not of items") {
    const auto a = read_json(R"({"x":1,"y":[1,2]})").value();
    CHECK(a == read_json(R"({"y":[1,2],"x":1})").value());
    CHECK_FALSE(a == read_json(R"({"y":[2,1],"x":1})").value());
    CHECK_FALSE(a == read_json(R"({"x":1})").value());
    CHECK_FALSE(a == read_json(R"({"x":1,"y":[1,2],"z":null})").value());
    CHECK_FALSE(read_json("[]").value() == read_json("{}").value());
}

TEST_CASE("fractions, repetitions, depth, size and bytes that are no UTF-8 are refused") {
    const std::string deep = std::string(30, '[') + std::string(30, ']');
    for (const std::string& text :
         {std::string{}, std::string{"1.5"}, std::string{"[1e3]"}, std::string{R"({"a":1,"a":2})"},
          std::string{"{} {}"}, std::string{"\"\xff\""}, std::string{"[1,]"}, deep}) {
        const auto read = read_json(text);
        INFO(text);
        REQUIRE_FALSE(read);
        CHECK_EQ(read.error().code, errc::bad_json);
    }
    const auto huge = read_json(std::string(std::size_t{9} << 20, ' '));
    REQUIRE_FALSE(huge);
    CHECK_EQ(huge.error().code, errc::limit_exceeded);
}
