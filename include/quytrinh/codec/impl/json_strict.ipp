// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_strict.ipp: what Boost.JSON's parser meets becomes a row of places.
#pragma once

#include <quytrinh/codec/impl/json_strict.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <limits>
#include <set>

namespace quytrinh::detail::codec {

/// Called by boost::json::basic_parser, whose names these are.
class json_reader {
public:
    using error_code = boost::json::error_code;
    using string_view = boost::json::string_view;
    static constexpr std::size_t max_object_size = json_max, max_array_size = json_max,
                                 max_key_size = json_max, max_string_size = json_max;

    explicit json_reader(json_source& to) : to_(to) {
        // A member is two rows; few are shorter than this.
        to_.places_.reserve(std::min<std::size_t>(to.text_.size() / 6, 256) + 8);
    }
    [[nodiscard]] bool is_said_twice() const noexcept { return twice_; }

    bool on_document_begin(error_code&) noexcept { return true; }
    bool on_document_end(error_code&) noexcept { return true; }
    bool on_object_begin(error_code&) { return open(json_kind::object); }
    bool on_object_end(std::size_t members, error_code& why) {
        twice_ = says_twice(close(members), members);
        if (twice_) why = make_error_code(boost::system::errc::invalid_argument);
        return !twice_;
    }
    bool on_array_begin(error_code&) { return open(json_kind::list); }
    bool on_array_end(std::size_t items, error_code&) {
        close(items);
        return true;
    }
    bool on_key_part(string_view part, std::size_t, error_code&) { return lay_apart(part); }
    bool on_key(string_view rest, std::size_t size, error_code&) { return text(rest, size); }
    bool on_string_part(string_view part, std::size_t, error_code&) { return lay_apart(part); }
    bool on_string(string_view rest, std::size_t size, error_code&) { return text(rest, size); }
    bool on_number_part(string_view, error_code&) noexcept { return true; }
    bool on_int64(std::int64_t n, string_view, error_code&) {
        add(json_kind::whole).number = static_cast<std::uint64_t>(n);
        return true;
    }
    bool on_uint64(std::uint64_t n, string_view, error_code&) {
        constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
        add(n <= most ? json_kind::whole : json_kind::natural).number = n;
        return true;
    }
    bool on_double(double, string_view, error_code&) {
        add(json_kind::fraction);
        return true;
    }
    bool on_bool(bool said, error_code&) {
        add(said ? json_kind::yes : json_kind::no);
        return true;
    }
    bool on_null(error_code&) {
        add(json_kind::null);
        return true;
    }
    bool on_comment_part(string_view, error_code&) noexcept { return true; }
    bool on_comment(string_view, error_code&) noexcept { return true; }

private:
    json_place& add(json_kind kind) {
        json_place& made = to_.places_.emplace_back();
        made.past = static_cast<std::uint32_t>(to_.places_.size());
        made.kind = kind;
        return made;
    }
    bool open(json_kind kind) {
        open_[depth_++] = static_cast<std::uint32_t>(to_.places_.size());
        add(kind);
        return true;
    }
    std::uint32_t close(std::size_t size) noexcept {
        const std::uint32_t row = open_[--depth_];
        to_.places_[row].size = static_cast<std::uint32_t>(size);
        to_.places_[row].past = static_cast<std::uint32_t>(to_.places_.size());
        return row;
    }
    bool lay_apart(string_view part) {
        to_.apart_.append(part.data(), part.size());
        return true;
    }
    /// The last piece of a text of `size` bytes; one of a single piece lies in what is read.
    bool text(string_view rest, std::size_t size) {
        json_place& made = add(json_kind::text);
        made.size = static_cast<std::uint32_t>(size);
        made.escaped = rest.size() != size || !lies_in_text(rest);
        if (made.escaped) lay_apart(rest);
        made.number = made.escaped ? to_.apart_.size() - size
                                   : static_cast<std::uint64_t>(rest.data() - to_.text_.data());
        return true;
    }
    [[nodiscard]] bool lies_in_text(string_view part) const noexcept {
        const std::less_equal<const char*> in_order;
        return in_order(to_.text_.data(), part.data()) &&
               in_order(part.data() + part.size(), to_.text_.data() + to_.text_.size());
    }

    [[nodiscard]] bool says_twice(std::uint32_t row, std::size_t members) const {
        constexpr std::size_t few = 16;
        std::array<std::string_view, few> seen;
        std::set<std::string_view> many;
        std::uint32_t at = row + 1;
        for (std::size_t n = 0; n < members; ++n) {
            const std::string_view name = json_value{to_, at}.text();
            if (members > few) {
                if (!many.insert(name).second) return true;
            } else {
                const auto end = seen.begin() + static_cast<std::ptrdiff_t>(n);
                if (std::find(seen.begin(), end, name) != end) return true;
                seen[n] = name;
            }
            at = to_.places_[at + 1].past;
        }
        return false;
    }

    json_source& to_;
    std::array<std::uint32_t, json_depth + 1> open_{};
    std::size_t depth_ = 0;
    bool twice_ = false;
};

namespace {

/// What Boost.JSON found, in words that both languages have.
const char* json_fault(const boost::json::error_code& why) {
    using boost::json::error;
    if (why == error::incomplete) return "cut off";
    if (why == error::extra_data) return "bytes after the end";
    if (why == error::too_deep) return "nested too deeply";
    if (why == error::illegal_leading_surrogate || why == error::illegal_trailing_surrogate)
        return "half of a pair";
    if (why == error::expected_hex_digit || why == error::expected_utf16_escape)
        return "not an escape";
    return "no JSON";
}

}  // namespace

std::optional<json_value> json_value::member(const char* name) const {
    const std::string_view wanted{name};
    std::uint32_t at = row_ + 1;
    for (std::uint32_t n = place().size; n > 0; --n) {
        if (json_value{*of_, at}.text() == wanted) return json_value{*of_, at + 1};
        at = of_->places_[at + 1].past;
    }
    return std::nullopt;
}

std::optional<std::int64_t> json_value::number() const noexcept {
    if (!is(json_kind::whole)) return std::nullopt;
    return static_cast<std::int64_t>(place().number);
}

std::optional<std::uint64_t> json_value::natural() const noexcept {
    const auto n = number();
    if (!is(json_kind::natural) && (!n || *n < 0)) return std::nullopt;
    return place().number;
}

result<json_source> json_source::read(std::string_view text) {
    if (text.size() > json_max)
        return fail(errc::limit_exceeded, {"JSON", std::to_string(json_max)});
    json_source out;
    out.text_ = text;
    boost::json::parse_options strict;
    strict.max_depth = json_depth;
    boost::json::basic_parser<json_reader> parser{strict, out};
    boost::json::error_code why;
    std::size_t at = parser.write_some(false, text.data(), text.size(), why);
    if (!why && at < text.size()) why = boost::json::error::extra_data;
    if (parser.handler().is_said_twice())
        return fail(errc::bad_json, {"a name stands twice in one object"});
    if (why) return fail(errc::bad_json, {"byte " + std::to_string(at) + ": " + json_fault(why)});
    return out;
}

}  // namespace quytrinh::detail::codec
