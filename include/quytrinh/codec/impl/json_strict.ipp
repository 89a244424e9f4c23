// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_strict.ipp: the grammar of RFC 8259, value by value. Nothing recurses.
#pragma once

#include <quytrinh/codec/impl/json_strict.hpp>

#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace quytrinh::detail::codec {

namespace {

inline unsigned json_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    return 16;
}

/// The four digits after \u; above 0xFFFF where they are none.
inline std::uint32_t json_unit(std::string_view digits) noexcept {
    if (digits.size() < 4) return 0x10000;
    std::uint32_t unit = 0;
    for (const char c : digits.substr(0, 4)) {
        const unsigned digit = json_digit(c);
        if (digit == 16) return 0x10000;
        unit = unit * 16 + digit;
    }
    return unit;
}
constexpr bool is_first_half(std::uint32_t unit) noexcept { return unit >> 10 == 0xD800 >> 10; }
constexpr bool is_second_half(std::uint32_t unit) noexcept { return unit >> 10 == 0xDC00 >> 10; }

void append_scalar(std::string& to, std::uint32_t c) {
    const auto tail = [&](unsigned shift) {
        to += static_cast<char>(0x80 | ((c >> shift) & 0x3F));
    };
    if (c < 0x80) {
        to += static_cast<char>(c);
    } else if (c < 0x800) {
        to += static_cast<char>(0xC0 | (c >> 6));
        tail(0);
    } else if (c < 0x10000) {
        to += static_cast<char>(0xE0 | (c >> 12));
        tail(6);
        tail(0);
    } else {
        to += static_cast<char>(0xF0 | (c >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// What a text with escapes says; they were looked at when it was read.
std::string without_escapes(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '\\') {
            out += bytes[i];
            continue;
        }
        switch (const char c = bytes[++i]) {
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u': {
            std::uint32_t unit = json_unit(bytes.substr(i + 1));
            i += 4;
            if (is_first_half(unit)) {
                const std::uint32_t second = json_unit(bytes.substr(i + 3));
                unit = 0x10000 + ((unit & 0x3FF) << 10) + (second & 0x3FF);
                i += 6;
            }
            append_scalar(out, unit);
            break;
        }
        default: out += c;  // a quotation mark or a stroke
        }
    }
    return out;
}

}  // namespace

class json_reader {
public:
    explicit json_reader(json_source& to) noexcept
        : text_(to.text_), places_(to.places_), source_(to) {}

    [[nodiscard]] bool read() {
        // A member is two rows; few are shorter than this.
        places_.reserve(std::min<std::size_t>(text_.size() / 6, 256) + 8);
        skip_blanks();
        bool whole = value();
        while (good() && !(whole && depth_ == 0)) whole = whole ? go_on() : value();
        if (!good()) return false;
        skip_blanks();
        if (at_ != text_.size()) fail("bytes after the end");
        return good();
    }
    [[nodiscard]] unexpected why() const {
        if (twice_) return quytrinh::fail(errc::bad_json, {"a name stands twice in one object"});
        return quytrinh::fail(errc::bad_json, {"byte " + std::to_string(at_) + ": " + fault_});
    }

private:
    [[nodiscard]] bool good() const noexcept { return fault_ == nullptr; }
    void fail(const char* why) noexcept { fault_ = why; }
    /// 0 at the end: no byte of JSON outside of a text is that.
    [[nodiscard]] char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_blanks() noexcept {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' ||
                                      text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }
    void fail_at(const char* why) noexcept { fail(at_ < text_.size() ? why : "cut off"); }
    json_place& add(json_kind kind, std::size_t at, std::size_t size) {
        json_place& made = places_.emplace_back();
        made.at = static_cast<std::uint32_t>(at);
        made.size = static_cast<std::uint32_t>(size);
        made.past = static_cast<std::uint32_t>(places_.size());
        made.kind = kind;
        return made;
    }

    /// False where something was opened whose first value comes next.
    bool value() {
        switch (peek()) {
        case '"': text(); return true;
        case '{': return open(json_kind::object, '}');
        case '[': return open(json_kind::list, ']');
        case 't': word("true", json_kind::yes); return true;
        case 'f': word("false", json_kind::no); return true;
        case 'n': word("null", json_kind::null); return true;
        default: number(); return true;
        }
    }

    bool open(json_kind kind, char end) {
        if (depth_ == json_depth) {
            fail("nested too deeply");
            return true;
        }
        open_[depth_] = static_cast<std::uint32_t>(places_.size());
        add(kind, at_++, 0);
        skip_blanks();
        if (peek() == end) {
            ++at_;
            return true;
        }
        ++depth_;
        if (kind == json_kind::object) name();
        return false;
    }

    /// After a value inside of something: another one, or its end.
    bool go_on() {
        const std::uint32_t row = open_[depth_ - 1];
        const bool object = places_[row].kind == json_kind::object;
        ++places_[row].size;
        skip_blanks();
        const char c = peek();
        if (c == ',') {
            ++at_;
            skip_blanks();
            if (object) name();
            return false;
        }
        if (c != (object ? '}' : ']')) {
            fail_at("a comma or the end of what is open is missing");
            return true;
        }
        ++at_;
        --depth_;
        places_[row].past = static_cast<std::uint32_t>(places_.size());
        if (object && says_twice(row)) {
            twice_ = true;
            fail("");
        }
        return true;
    }

    void name() {
        if (peek() != '"') return fail_at("a name in quotation marks is missing");
        text();
        if (!good()) return;
        skip_blanks();
        if (peek() != ':') return fail_at("a colon is missing");
        ++at_;
        skip_blanks();
    }

    void text() {
        const std::size_t begin = ++at_;
        bool escaped = false;
        unsigned char bits = 0;
        for (;; ++at_) {
            std::size_t at = at_;
            while (at < text_.size() && is_plain(text_[at]))
                bits |= static_cast<unsigned char>(text_[at++]);
            at_ = at;
            if (at == text_.size()) return fail("cut off");
            if (text_[at] == '"') break;
            if (text_[at] != '\\') return fail("a control character that is not escaped");
            escaped = true;
            if (!escape()) return;
        }
        const std::size_t size = at_ - begin;
        if (bits >= 0x80)
            if (const auto wrong = first_ill_formed(text_.substr(begin, size))) {
                at_ = begin + *wrong;
                return fail("no UTF-8");
            }
        ++at_;
        add(json_kind::text, begin, size).escaped = escaped;
    }
    static bool is_plain(char c) noexcept {
        return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    }
    /// Goes on to the last byte of it.
    bool escape() noexcept {
        const std::string_view rest = text_.substr(at_ + 1);
        if (rest.empty()) {
            fail("cut off");
        } else if (rest[0] == 'u') {
            const std::uint32_t unit = json_unit(rest.substr(1));
            if (unit > 0xFFFF)
                fail("not an escape");
            else if (is_second_half(unit))
                fail("half of a pair");
            else if (!is_first_half(unit))
                at_ += 5;
            else if (rest.size() < 11 || rest[5] != '\\' || rest[6] != 'u' ||
                     !is_second_half(json_unit(rest.substr(7))))
                fail("half of a pair");
            else
                at_ += 11;
        } else if (std::string_view{"\"\\/bfnrt"}.find(rest[0]) == std::string_view::npos) {
            fail("not an escape");
        } else {
            ++at_;
        }
        return good();
    }

    void word(std::string_view wanted, json_kind kind) {
        if (text_.substr(at_, wanted.size()) != wanted) return fail("not a value");
        add(kind, at_, wanted.size());
        at_ += wanted.size();
    }

    bool digits() noexcept {
        const std::size_t begin = at_;
        while (peek() >= '0' && peek() <= '9') ++at_;
        return at_ > begin;
    }
    void number() {
        const std::size_t begin = at_;
        if (peek() == '-') ++at_;
        const bool zero = peek() == '0';
        const std::size_t first = at_;
        if (!digits() || (zero && at_ > first + 1)) return fail_at("not a value");
        json_kind kind = json_kind::whole;
        if (peek() == '.') {
            ++at_;
            kind = json_kind::fraction;
            if (!digits()) return fail_at("not a value");
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            kind = json_kind::fraction;
            if (peek() == '+' || peek() == '-') ++at_;
            if (!digits()) return fail_at("not a value");
        }
        add(kind, begin, at_ - begin);
    }

    /// Are there two members of one name?
    [[nodiscard]] bool says_twice(std::uint32_t row) const {
        constexpr std::size_t few = 16;
        const std::size_t members = places_[row].size;
        if (members < 2) return false;
        std::array<std::string_view, few> seen;
        std::uint32_t at = row + 1;
        std::size_t n = 0;
        for (; members <= few && n < members && !places_[at].escaped; ++n) {
            seen[n] = text_.substr(places_[at].at, places_[at].size);
            for (std::size_t i = 0; i < n; ++i)
                if (seen[i] == seen[n]) return true;
            at = places_[at + 1].past;
        }
        if (n == members) return false;
        std::set<std::string> names;
        at = row + 1;
        for (n = 0; n < members; ++n) {
            if (!names.insert(json_value{source_, at}.text()).second) return true;
            at = places_[at + 1].past;
        }
        return false;
    }

    std::string_view text_;
    std::vector<json_place>& places_;
    const json_source& source_;
    std::size_t at_ = 0;
    std::array<std::uint32_t, json_depth> open_{};
    std::size_t depth_ = 0;
    const char* fault_ = nullptr;
    bool twice_ = false;
};

std::string json_value::text() const {
    return place().escaped ? without_escapes(bytes()) : std::string{bytes()};
}

std::optional<json_value> json_value::member(const char* name) const {
    const json_place* const row = of_->places_.data();
    const char* const text = of_->text_.data();
    std::uint32_t at = row_ + 1;
    for (std::uint32_t n = row[row_].size; n > 0; --n) {
        const json_place& its = row[at];
        if (its.escaped) {
            if (json_value{*of_, at}.text() == name) return json_value{*of_, at + 1};
        } else if (text[its.at] == *name && std::string_view{text + its.at, its.size} == name) {
            return json_value{*of_, at + 1};
        }
        at = row[at + 1].past;
    }
    return std::nullopt;
}

std::optional<std::int64_t> json_value::number() const noexcept {
    const std::string_view digits = bytes();
    std::int64_t n = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, n);
    return read.ec == std::errc{} && read.ptr == end ? std::optional{n} : std::nullopt;
}

std::optional<std::uint64_t> json_value::natural() const noexcept {
    if (const auto n = number()) return *n < 0 ? std::nullopt : std::optional<std::uint64_t>{*n};
    const std::string_view digits = bytes();
    std::uint64_t n = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, n);
    return read.ec == std::errc{} && read.ptr == end ? std::optional{n} : std::nullopt;
}

result<json_source> json_source::read(std::string_view text) {
    if (text.size() > json_max)
        return fail(errc::limit_exceeded, {"JSON", std::to_string(json_max)});
    json_source out;
    out.text_ = text;
    json_reader reader{out};
    if (!reader.read()) return reader.why();
    return out;
}

}  // namespace quytrinh::detail::codec
