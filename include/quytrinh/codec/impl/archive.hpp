// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/archive.hpp: values to canonical bytes and back, over the lists of
// fields.hpp.
#pragma once

#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/codec/impl/cbor.hpp>
#include <quytrinh/codec/impl/fields.hpp>
#include <quytrinh/codec/impl/spelled_list.hpp>
#include <quytrinh/engine/kept_list.hpp>

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh {
struct comment_state;
}  // namespace quytrinh

namespace quytrinh::detail::codec {

using octets = std::array<std::uint8_t, 16>;

/// Days that can be turned into instants and back without overflow: 100,000 years either way.
inline constexpr std::int64_t far_days = 36'500'000;
inline constexpr std::int64_t far_micros = far_days * 86'400'000'000;

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<strong_id<Tag>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_vector<kept_list<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class K, class V>
inline constexpr bool is_map<std::map<K, V>> = true;
template <class T>
inline constexpr bool is_pair = false;
template <class A, class B>
inline constexpr bool is_pair<std::pair<A, B>> = true;
template <class T>
inline constexpr bool is_octets = false;
template <std::size_t N>
inline constexpr bool is_octets<std::array<std::uint8_t, N>> = true;

struct any_archive {
    template <class T>
    void operator()(unsigned, const char*, T&) {}
};
/// Has a list in fields.hpp.
template <class T>
concept listed = requires(any_archive& io, T& v) {
    fields(io, v);
};

/// Is not written: a reader that finds nothing has the same value.
template <class T>
[[nodiscard]] bool is_default(const T& v) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
        return v == T{};
    else if constexpr (is_optional<T>)
        return !v.has_value();
    else if constexpr (std::is_same_v<T, std::string> || is_vector<T> || is_map<T> || is_id<T> ||
                       std::is_same_v<T, value>)
        return v.empty();
    else
        return v == T{};
}

template <std::size_t N>
[[nodiscard]] std::string_view raw(const std::array<std::uint8_t, N>& bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), N};
}

/// Tags of a value that CBOR has no kind of its own for; they stand first in an array.
enum class value_tag : std::uint8_t { number = 1, day = 2, items = 3, rows = 4 };

// -- writing --------------------------------------------------------------------------------------

class out_archive {
public:
    template <class T>
    void operator()(unsigned key, const char*, const T& v) {
        if (is_default(v)) return;
        to.natural(key);
        put(v);
        ++entries_;
    }

    template <class T>
    void put(const T& v) {
        if constexpr (std::is_same_v<T, bool>)
            to.simple(v ? cbor::yes : cbor::no);
        else if constexpr (std::is_unsigned_v<T>)
            to.natural(v);
        else if constexpr (std::is_enum_v<T>)
            to.natural(static_cast<std::uint64_t>(v));
        else if constexpr (std::is_same_v<T, std::string>)
            to.text(v);
        else if constexpr (is_id<T>)
            to.text(v.str());
        else if constexpr (is_octets<T>)
            to.bytes(raw(v));
        else if constexpr (std::is_same_v<T, instant> || std::is_same_v<T, date>)
            to.integer(v.time_since_epoch().count());
        else if constexpr (std::is_same_v<T, value>)
            put_value(v);
        else if constexpr (std::is_same_v<T, task_key>) {
            to.array(2);
            to.text(v.step);
            to.natural(v.round);
        } else if constexpr (std::is_same_v<T, std::vector<trace_line>>)
            put_trace(v);
        else if constexpr (is_optional<T>)
            put(*v);
        else if constexpr (std::is_same_v<T, kept_list<comment_state>>)
            put_comments(v);
        else if constexpr (is_vector<T>) {
            to.array(v.size());
            for (const auto& item : v) put(item);
        } else if constexpr (is_map<T>) {
            to.array(v.size() * 2);
            for (const auto& [key, item] : v) {
                put(key);
                put(item);
            }
        } else if constexpr (is_pair<T>) {
            to.array(2);
            put(v.first);
            put(v.second);
        } else {
            static_assert(listed<const T>);
            const std::size_t begin = to.open_map();
            const std::size_t outer = std::exchange(entries_, 0);
            fields(*this, v);
            const std::size_t end = to.size();
            to.close_map(begin, entries_);
            // A state of many entries moves a little for their number.
            if constexpr (std::is_same_v<T, case_state>)
                if (comments_at != npos) comments_at += to.size() - end;
            entries_ = outer;
        }
    }

    cbor::writer to;
    /// Many comments are left out: whoever asks for that puts in what was spelled before.
    bool leaves_comments = false;
    std::size_t comments_at = npos;  ///< where their bytes belong; npos: they are there
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

private:
    template <class T>
    void put_comments(const kept_list<T>& all) {
        to.array(all.size());
        if (leaves_comments && all.size() >= spelled_list::least)
            comments_at = to.size();
        else
            for (const auto& one : all) put(one);
    }

    /// A trace is most of the bytes of a due: days as steps from the day before, and each line cut
    /// after its last member that says something.
    void put_trace(const std::vector<trace_line>& lines) {
        to.array(lines.size());
        std::int64_t previous = 0;
        for (const auto& line : lines) {
            const std::int64_t day = line.day.time_since_epoch().count();
            const std::size_t length = !line.note.empty() ? 5
                                       : line.minute != 0 ? 4
                                       : line.value != 0  ? 3
                                                          : 2;
            to.array(length);
            to.natural(static_cast<std::uint64_t>(line.step));
            to.integer(static_cast<std::int64_t>(static_cast<std::uint64_t>(day) -
                                                 static_cast<std::uint64_t>(previous)));
            if (length > 2) to.integer(line.value);
            if (length > 3) to.integer(line.minute);
            if (length > 4) to.text(line.note);
            previous = day;
        }
    }

    void put_value(const value& v) {
        if (const auto* words = v.get_if<std::string>())
            to.text(*words);
        else if (const auto* truth = v.get_if<bool>())
            to.simple(*truth ? cbor::yes : cbor::no);
        else if (const auto* number = v.get_if<decimal>()) {
            to.array(number->scale == 0 ? 2 : 3);
            to.natural(static_cast<unsigned>(value_tag::number));
            to.integer(number->mantissa);
            if (number->scale != 0) to.natural(number->scale);
        } else if (const auto* day = v.get_if<date>()) {
            to.array(2);
            to.natural(static_cast<unsigned>(value_tag::day));
            put(*day);
        } else if (const auto* items = v.get_if<std::vector<std::string>>()) {
            to.array(2);
            to.natural(static_cast<unsigned>(value_tag::items));
            put(*items);
        } else if (const auto* rows = v.get_if<value_rows>()) {
            // Only a list inside a list inside a list…; no field of a form is declared so.
            if (++rows_inside_ > 4)
                throw exception(error{errc::limit_exceeded, {"value nesting", "4"}, {}, {}});
            to.array(2);
            to.natural(static_cast<unsigned>(value_tag::rows));
            put(*rows);
            --rows_inside_;
        } else
            to.simple(cbor::null);
    }

    std::size_t entries_ = 0;
    unsigned rows_inside_ = 0;
};

// -- reading --------------------------------------------------------------------------------------

/// Mirror of out_archive. Every spelling that out_archive would not choose is a fault, but for keys
/// that this version does not know: they are passed over.
class in_archive {
public:
    explicit in_archive(std::string_view bytes) noexcept : from(bytes) {}

    template <class T>
    void operator()(unsigned key, const char*, T& v) {
        while (left_ > 0 && key_ < key) {
            from.skip();
            next_key();
        }
        if (left_ == 0 || key_ != key || !from.good()) return;
        get(v);
        if (from.good() && is_default(v)) from.fail("an empty member is written");
        next_key();
    }

    template <class T>
    void get(T& v) {
        if constexpr (std::is_same_v<T, bool>)
            v = from.boolean();
        else if constexpr (std::is_unsigned_v<T>)
            v = static_cast<T>(natural_below(std::numeric_limits<T>::max()));
        else if constexpr (std::is_enum_v<T>) {
            static_assert(known_values<T> > 0);
            v = static_cast<T>(natural_below(known_values<T> - 1));
        } else if constexpr (std::is_same_v<T, std::string>)
            v = copy(from.text());
        else if constexpr (is_id<T>)
            v = T{copy(from.text())};
        else if constexpr (is_octets<T>)
            get_octets(v);
        else if constexpr (std::is_same_v<T, instant>)
            v = instant{std::chrono::microseconds{integer_within(far_micros)}};
        else if constexpr (std::is_same_v<T, date>)
            v = date{to_days(integer_within(far_days))};
        else if constexpr (std::is_same_v<T, value>)
            get_value(v);
        else if constexpr (std::is_same_v<T, task_key>) {
            expect_array(2);
            get(v.step);
            get(v.round);
        } else if constexpr (std::is_same_v<T, std::vector<trace_line>>)
            get_trace(v);
        else if constexpr (is_optional<T>)
            get(v.emplace());
        else if constexpr (is_vector<T>)
            get_vector(v);
        else if constexpr (is_map<T>)
            get_map(v);
        else if constexpr (is_pair<T>) {
            expect_array(2);
            get(v.first);
            get(v.second);
        } else
            get_listed(v);
    }

    void expect_array(std::size_t count) noexcept {
        if (from.array() != count) from.fail("an array of the wrong length");
    }
    std::uint64_t natural_below(std::uint64_t most) noexcept {
        const std::uint64_t n = from.natural();
        if (n > most) from.fail("number out of range");
        return n > most ? 0 : n;
    }

    cbor::reader from;

private:
    static std::chrono::days to_days(std::int64_t n) noexcept {
        return std::chrono::days{static_cast<std::chrono::days::rep>(n)};
    }
    std::string copy(std::string_view words) {
        return from.allow(words.size()) ? std::string{words} : std::string{};
    }
    std::int64_t integer_within(std::int64_t most) noexcept {
        const std::int64_t n = from.integer();
        if (n > most || n < -most) from.fail("time out of range");
        return n > most || n < -most ? 0 : n;
    }
    template <std::size_t N>
    void get_octets(std::array<std::uint8_t, N>& v) noexcept {
        const std::string_view bytes = from.bytes();
        if (bytes.size() != N) {
            from.fail("a byte string of the wrong length");
            return;
        }
        for (std::size_t i = 0; i < N; ++i) v[i] = static_cast<std::uint8_t>(bytes[i]);
    }

    template <class List>
    void get_vector(List& v) {
        if (!from.enter()) return;
        for (std::size_t n = from.array(); n > 0 && from.allow(sizeof(typename List::value_type));
             --n)
            get(v.emplace_back());
        from.leave();
    }
    template <class K, class V>
    void get_map(std::map<K, V>& v) {
        if (!from.enter()) return;
        std::size_t n = from.array();
        if (n % 2 != 0) from.fail("a key without a value");
        for (; n > 0 && from.allow(sizeof(K) + sizeof(V) + 48); n -= 2) {
            K key{};
            get(key);
            if (!v.empty() && !(v.rbegin()->first < key)) from.fail("keys out of order");
            get(v.emplace_hint(v.end(), std::move(key), V{})->second);
        }
        from.leave();
    }
    template <class T>
    void get_listed(T& v) {
        static_assert(listed<T>);
        if (!from.enter()) return;
        const auto outer = std::pair{left_, key_};
        left_ = from.map();
        key_ = 0;
        if (left_ > 0) read_key(true);
        fields(*this, v);
        while (left_ > 0 && from.good()) {
            from.skip();
            next_key();
        }
        left_ = outer.first;
        key_ = outer.second;
        from.leave();
    }
    void next_key() noexcept {
        if (--left_ > 0) read_key(false);
        if (!from.good()) left_ = 0;
    }
    void read_key(bool first) noexcept {
        const std::uint64_t key = from.natural();
        if (!first && key <= key_) from.fail("keys out of order");
        key_ = key;
    }

    void get_trace(std::vector<trace_line>& lines) {
        std::uint64_t previous = 0;
        for (std::size_t n = from.array(); n > 0 && from.allow(sizeof(trace_line)); --n) {
            auto& line = lines.emplace_back();
            const std::size_t length = from.array();
            if (length < 2 || length > 5) from.fail("an array of the wrong length");
            get(line.step);
            const std::uint64_t day = previous + static_cast<std::uint64_t>(from.integer());
            if (day + far_days > 2 * static_cast<std::uint64_t>(far_days))
                from.fail("time out of range");
            if (length > 2) line.value = from.integer();
            if (length > 3) {
                const std::int64_t minute = from.integer();
                if (minute < -far_days || minute > far_days) from.fail("time out of range");
                line.minute = static_cast<std::int32_t>(minute);
            }
            if (length > 4) line.note = copy(from.text());
            if (!from.good()) return;
            const bool cut = length == 2 || (length == 3 && line.value != 0) ||
                             (length == 4 && line.minute != 0) ||
                             (length == 5 && !line.note.empty());
            if (!cut) from.fail("an empty member is written");
            line.day = date{to_days(static_cast<std::int64_t>(day))};
            previous = day;
        }
    }

    void get_value(value& v) {
        if (!from.enter()) return;
        switch (from.peek()) {
        case cbor::major::text:
        case cbor::major::bytes: v = value{copy(from.text())}; break;
        case cbor::major::array: get_tagged(v); break;
        case cbor::major::simple:
            if (from.is_null())
                from.nothing();
            else
                v = value::yes_no(from.boolean());
            break;
        case cbor::major::natural:
        case cbor::major::negative:
        case cbor::major::map:
        case cbor::major::tag: from.fail("not a value"); break;
        }
        from.leave();
    }
    void get_tagged(value& v) {
        const std::size_t length = from.array();
        const std::uint64_t tag = from.natural();
        if (tag == static_cast<unsigned>(value_tag::number) && (length == 2 || length == 3)) {
            const std::int64_t mantissa = from.integer();
            const auto scale = static_cast<std::uint8_t>(length == 3 ? natural_below(18) : 0);
            const decimal number = decimal::of(mantissa, scale);
            if (number != decimal{mantissa, scale} || (length == 3) != (scale != 0))
                from.fail("a number not in lowest terms");
            v = value{number};
        } else if (tag == static_cast<unsigned>(value_tag::day) && length == 2) {
            date day{};
            get(day);
            v = value{day};
        } else if (tag == static_cast<unsigned>(value_tag::items) && length == 2) {
            std::vector<std::string> items;
            get(items);
            v = value{std::move(items)};
        } else if (tag == static_cast<unsigned>(value_tag::rows) && length == 2) {
            value_rows rows;
            get(rows);
            v = value{std::move(rows)};
        } else
            from.fail("not a value");
    }

    std::uint64_t key_ = 0;
    std::size_t left_ = 0;
};

// -- whole values ---------------------------------------------------------------------------------

inline unexpected corrupt(const char* what, const cbor::reader& from) {
    return fail(errc::store_corrupt, {std::string{what} + ", byte " + std::to_string(from.at()) +
                                      ": " + (from.fault() != nullptr ? from.fault() : "unknown")});
}

template <class T>
[[nodiscard]] std::string to_bytes(const T& v) {
    out_archive io;
    io.put(v);
    return io.to.take();
}

template <class T>
[[nodiscard]] result<T> from_bytes(std::string_view bytes, const char* what, std::size_t most) {
    if (bytes.size() > most) return fail(errc::store_corrupt, {std::string{what} + ": too large"});
    in_archive io{bytes};
    T v{};
    io.get(v);
    if (!io.from.finished()) return corrupt(what, io.from);
    return v;
}

}  // namespace quytrinh::detail::codec
