// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/cbor.hpp: deterministic CBOR (RFC 8949 section 4.2.1), the little of it that
// is stored: integers, text, byte strings, arrays, maps, true, false and null. One value has one
// spelling; the reader refuses every other.
#pragma once

#include <quytrinh/base/impl/common_utf8.hpp>
#include <quytrinh/base/unicode.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace quytrinh::detail::cbor {

/// Arrays and maps inside one another; a state needs eight, rows of a list field the rest.
inline constexpr unsigned max_depth = 24;

enum class major : std::uint8_t { natural, negative, bytes, text, array, map, tag, simple };

inline constexpr std::uint8_t no = 0xF4, yes = 0xF5, null = 0xF6;

/// ASCII is most of what is stored; only the rest is decoded.
inline bool well_formed(std::string_view text) noexcept {
    const char* at = text.data();
    std::size_t left = text.size();
    std::uint64_t seen = 0, eight = 0;
    for (; left >= sizeof eight; at += sizeof eight, left -= sizeof eight) {
        std::memcpy(&eight, at, sizeof eight);
        seen |= eight;
    }
    for (; left > 0; ++at, --left) seen |= static_cast<unsigned char>(*at);
    return (seen & 0x8080808080808080u) == 0 || !first_ill_formed(text);
}

/// Appends to bytes of its own: what nearly all values come to lies in the writer itself, and what
/// is taken out is exactly as long as it is. Counts of arrays and maps are the caller's to keep
/// true.
class writer {
public:
    writer() noexcept : begin_(inside_), at_(inside_), end_(inside_ + sizeof inside_) {}
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;

    void head(major kind, std::uint64_t n) {
        if (n < 24 && at_ != end_)
            *at_++ = static_cast<char>(static_cast<unsigned>(kind) << 5 | static_cast<unsigned>(n));
        else
            long_head(kind, n);
    }
    void natural(std::uint64_t n) { head(major::natural, n); }
    void integer(std::int64_t n) {
        if (n >= 0)
            head(major::natural, static_cast<std::uint64_t>(n));
        else
            head(major::negative, ~static_cast<std::uint64_t>(n));
    }
    void bytes(std::string_view raw) {
        head(major::bytes, raw.size());
        append(raw);
    }
    /// Text that is not UTF-8 becomes a byte string: nothing that was accepted once may be lost.
    void text(std::string_view words) {
        char* const to = room(longest_head + words.size());
        static_assert(unicode::short_text == 24);  // a head of one byte
        at_ = words.size() < unicode::short_text && copy_common(to + 1, words)
                  ? spell_short(to, major::text, words.size()) + words.size()
                  : spell_text(to, words);
    }
    void simple(std::uint8_t byte) {
        *room(1) = static_cast<char>(byte);
        ++at_;
    }
    void array(std::size_t count) { head(major::array, count); }
    /// Bytes that were spelled before.
    void append(std::string_view spelled) {
        if (spelled.empty()) return;  // its data may be null, which memcpy must not be given
        char* const to = room(spelled.size());
        std::memcpy(to, spelled.data(), spelled.size());
        at_ = to + spelled.size();
    }

    /// A map whose number of entries is known only when they are written: of few, as nearly always,
    /// it takes the one byte that was kept free for it.
    [[nodiscard]] std::size_t open_map() {
        simple(0);
        return size() - 1;
    }
    void close_map(std::size_t begin, std::size_t entries) {
        char spelled[longest_head];
        const std::size_t length = spell(spelled, major::map, entries);
        if (length > 1) {
            room(length - 1);
            char* const behind = begin_ + begin + 1;
            std::memmove(behind + length - 1, behind, static_cast<std::size_t>(at_ - behind));
            std::memcpy(behind, spelled + 1, length - 1);
            at_ += length - 1;
        }
        begin_[begin] = spelled[0];
    }

    [[nodiscard]] std::size_t size() const noexcept {
        return static_cast<std::size_t>(at_ - begin_);
    }
    [[nodiscard]] std::string_view str() const noexcept { return {begin_, size()}; }
    /// The bytes as a text of their own.
    [[nodiscard]] std::string take() const { return std::string{str()}; }

private:
    static constexpr std::size_t longest_head = 9;

    void long_head(major kind, std::uint64_t n) {
        char* const to = room(longest_head);
        at_ = to + spell(to, kind, n);
    }
    static char* spell_short(char* to, major kind, std::size_t n) noexcept {
        *to = static_cast<char>(static_cast<unsigned>(kind) << 5 | static_cast<unsigned>(n));
        return to + 1;
    }
    /// Codes, names and steps are a few bytes of ASCII and of Vietnamese: looked over while they
    /// are copied. False where a text needs a closer look.
    static bool copy_common(char* to, std::string_view words) noexcept {
        const char *from = words.data(), *const end = from + words.size();
        while (from != end) {
            if (static_cast<unsigned char>(*from) < 0x80) {
                *to++ = *from++;
                continue;
            }
            std::size_t length = unicode::common_length(from, static_cast<std::size_t>(end - from));
            if (length == 0) return false;
            for (; length > 0; --length) *to++ = *from++;
        }
        return true;
    }
    static char* spell_text(char* to, std::string_view words) {
        to += spell(to, well_formed(words) ? major::text : major::bytes, words.size());
        if (!words.empty()) std::memcpy(to, words.data(), words.size());
        return to + words.size();
    }
    /// Where `n` more bytes may be written.
    char* room(std::size_t n) {
        if (static_cast<std::size_t>(end_ - at_) < n) grow(n);
        return at_;
    }
    void grow(std::size_t n) {
        const std::size_t used = size();
        const std::size_t next = 2 * static_cast<std::size_t>(end_ - begin_) + n;
        std::unique_ptr<char[]> larger{new char[next]};
        std::memcpy(larger.get(), begin_, used);
        outside_ = std::move(larger);
        begin_ = outside_.get();
        at_ = begin_ + used;
        end_ = begin_ + next;
    }
    static std::size_t spell(char* spelled, major kind, std::uint64_t n) noexcept {
        const auto first = static_cast<unsigned>(kind) << 5;
        if (n < 24) {
            spelled[0] = static_cast<char>(first | static_cast<unsigned>(n));
            return 1;
        }
        const std::size_t length = n <= 0xFF ? 1 : n <= 0xFFFF ? 2 : n <= 0xFFFFFFFF ? 4 : 8;
        const unsigned low = length == 1 ? 24u : length == 2 ? 25u : length == 4 ? 26u : 27u;
        spelled[0] = static_cast<char>(first | low);
        for (std::size_t i = 0; i < length; ++i)
            spelled[1 + i] = static_cast<char>(n >> (8 * (length - 1 - i)));
        return length + 1;
    }

    std::unique_ptr<char[]> outside_;
    char *begin_, *at_, *end_;
    char inside_[768];
};

/// Reads hostile bytes. After the first fault every call gives nothing and `good()` stays false, so
/// callers need no check after each. Memory that decoded values take is bounded by `allow`.
class reader {
public:
    explicit reader(std::string_view in) noexcept
        : in_(in), budget_(in.size() * 64 + (std::size_t{256} << 10)) {}

    [[nodiscard]] bool good() const noexcept { return fault_ == nullptr; }
    [[nodiscard]] const char* fault() const noexcept { return fault_; }
    [[nodiscard]] std::size_t at() const noexcept { return at_; }
    [[nodiscard]] bool finished() noexcept {
        if (good() && at_ != in_.size()) fail("bytes after the end");
        return good();
    }
    void fail(const char* why) noexcept {
        if (fault_ == nullptr) fault_ = why;
    }

    /// A list of tiny entries must not become gigabytes of structures.
    bool allow(std::size_t bytes) noexcept {
        if (bytes > budget_) {
            fail("too large when decoded");
            return false;
        }
        budget_ -= bytes;
        return good();
    }
    bool enter() noexcept {
        if (++depth_ > max_depth) fail("nested too deeply");
        return good();
    }
    void leave() noexcept { --depth_; }

    [[nodiscard]] major peek() noexcept {
        if (!good() || at_ >= in_.size()) {
            fail("cut off");
            return major::simple;
        }
        return static_cast<major>(byte_at(at_) >> 5);
    }
    std::uint64_t natural() noexcept { return expect(major::natural, "not a number"); }
    std::int64_t integer() noexcept {
        const bool negative = peek() == major::negative;
        const std::uint64_t n =
            expect(negative ? major::negative : major::natural, "not an integer");
        if (n > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            fail("integer out of range");
            return 0;
        }
        return negative ? -1 - static_cast<std::int64_t>(n) : static_cast<std::int64_t>(n);
    }
    std::string_view bytes() noexcept { return take(expect(major::bytes, "not a byte string")); }
    std::string_view text() noexcept {
        const bool raw = peek() == major::bytes;
        const std::string_view words = take(expect(raw ? major::bytes : major::text, "not a text"));
        if (good() && well_formed(words) == raw) fail(raw ? "text as bytes" : "not UTF-8");
        return good() ? words : std::string_view{};
    }
    bool boolean() noexcept {
        const unsigned byte = one();
        if (byte != yes && byte != no) fail("not true or false");
        return byte == yes;
    }
    [[nodiscard]] bool is_null() const noexcept {
        return good() && at_ < in_.size() && byte_at(at_) == null;
    }
    void nothing() noexcept {
        if (one() != null) fail("not null");
    }
    /// Number of entries; every entry takes at least one byte, so a lie is seen at once.
    std::size_t array() noexcept { return counted(expect(major::array, "not an array"), 1); }
    std::size_t map() noexcept { return counted(expect(major::map, "not a map"), 2); }

    /// Passes over one well-formed value of any kind.
    void skip() noexcept {
        if (!enter()) return;
        switch (peek()) {
        case major::natural:
        case major::negative: integer_of_any_size(); break;
        case major::bytes: bytes(); break;
        case major::text: text(); break;
        case major::array:
            for (std::size_t n = array(); good() && n > 0; --n) skip();
            break;
        case major::map: skip_map(); break;
        case major::tag: fail("a tag"); break;
        case major::simple: {
            const unsigned byte = one();
            if (byte != yes && byte != no && byte != null)
                fail("a float or an unknown simple value");
            break;
        }
        }
        leave();
    }

private:
    [[nodiscard]] unsigned byte_at(std::size_t i) const noexcept {
        return static_cast<unsigned char>(in_[i]);
    }
    unsigned one() noexcept {
        if (!good() || at_ >= in_.size()) {
            fail("cut off");
            return 0;
        }
        return byte_at(at_++);
    }
    std::uint64_t expect(major kind, const char* otherwise) noexcept {
        if (peek() != kind || !good()) {
            fail(otherwise);
            return 0;
        }
        const unsigned low = one() & 31u;
        if (low < 24) return low;
        if (low > 27) {
            fail("indefinite or reserved length");
            return 0;
        }
        const unsigned length = 1u << (low - 24);
        std::uint64_t n = 0;
        for (unsigned i = 0; i < length; ++i) n = (n << 8) | one();
        const std::uint64_t least = length == 1   ? 24
                                    : length == 2 ? 0x100
                                    : length == 4 ? 0x10000
                                                  : 0x100000000;
        if (n < least) fail("not the shortest form");
        return good() ? n : 0;
    }
    void integer_of_any_size() noexcept {
        expect(peek() == major::negative ? major::negative : major::natural, "not an integer");
    }
    std::size_t counted(std::uint64_t n, std::size_t least_bytes) noexcept {
        if (n > (in_.size() - at_) / least_bytes) {
            fail("cut off");
            return 0;
        }
        return static_cast<std::size_t>(n);
    }
    std::string_view take(std::uint64_t n) noexcept {
        if (!good() || n > in_.size() - at_) {
            fail("cut off");
            return {};
        }
        const auto piece = in_.substr(at_, static_cast<std::size_t>(n));
        at_ += piece.size();
        return piece;
    }
    void skip_map() noexcept {
        std::string_view previous;
        for (std::size_t n = map(); good() && n > 0; --n) {
            const std::size_t begin = at_;
            skip();
            const auto key = in_.substr(begin, at_ - begin);
            if (!previous.empty() && !(previous < key)) fail("keys out of order");
            previous = key;
            if (good()) skip();
        }
    }

    std::string_view in_;
    std::size_t at_ = 0;
    std::size_t budget_;
    unsigned depth_ = 0;
    const char* fault_ = nullptr;
};

}  // namespace quytrinh::detail::cbor
