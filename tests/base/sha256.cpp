// SPDX-License-Identifier: BSL-1.0
// tests/base/sha256.cpp: the published test vectors, and a stream that is the same as its pieces.
#include <quytrinh/base/sha256.hpp>

#include <quytrinh/base/error.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace quytrinh;

TEST_CASE("vectors of FIPS 180-4") {
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a stream gives the digest of its pieces, and starts again after finish") {
    sha256_stream stream;
    const digest256 whole = stream.add("ab").add("").add(std::uint8_t{'c'}).finish();
    CHECK(whole == sha256("abc"));
    CHECK(stream.finish() == sha256(""));
    CHECK(stream.add(whole).finish() ==
          sha256({reinterpret_cast<const char*>(whole.data()), whole.size()}));
    CHECK(stream.add(std::string_view("a\0b", 3)).finish() != sha256("a"));
}

TEST_CASE("a stream can be moved; the one it was moved from is a fault to use") {
    sha256_stream first;
    first.add("ab");
    sha256_stream second = std::move(first);
    CHECK(second.add("c").finish() == sha256("abc"));
    CHECK_THROWS_AS(first.add("x"), programming_error);
    CHECK_THROWS_AS(static_cast<void>(first.finish()), programming_error);
}

TEST_CASE("hex is read back, and only whole") {
    const digest256 digest = sha256("abc");
    const std::string hex = to_hex(digest);
    CHECK(digest_from_hex(hex) == digest);
    CHECK(digest_from_hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD") ==
          digest);
    CHECK_FALSE(digest_from_hex(""));
    CHECK_FALSE(digest_from_hex(hex.substr(1)));
    CHECK_FALSE(digest_from_hex(hex + "00"));
    std::string wrong = hex;
    wrong[63] = 'g';
    CHECK_FALSE(digest_from_hex(wrong));
    wrong[63] = '\0';
    CHECK_FALSE(digest_from_hex(wrong));
}

TEST_CASE("base32 is that of RFC 4648, lower-case, cut to length") {
    digest256 digest{};
    CHECK(to_base32(digest, 26) == std::string(26, 'a'));
    CHECK(to_base32(digest, 1000).size() == 52);
    CHECK(to_base32(digest, 0).empty());
    // "foobar" is MZXW6YTBOI in RFC 4648, section 10.
    const std::string_view foobar = "foobar";
    for (std::size_t i = 0; i < foobar.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(foobar[i]);
    CHECK(to_base32(digest, 9) == "mzxw6ytbo");
    digest.fill(0xFF);
    // 256 bits are 51 groups of five and one bit, which stands first in the last group.
    CHECK(to_base32(digest, 52) == std::string(51, '7') + "q");
}
