// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/cursor.hpp: page cursors: the key of the last row shown, spelled so that it
// can travel through URLs. Every query names its tenant itself, so a forged cursor shows nothing
// that the caller could not ask for.
#pragma once

#include <quytrinh/base/result.hpp>
#include <quytrinh/codec/impl/archive.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace quytrinh::detail::store_cursor {

/// Longer than any key: 255 bytes of case and of step, as hexadecimal.
inline constexpr std::size_t longest = 2048;

/// Tasks without a due come last.
inline constexpr std::int64_t no_due = std::numeric_limits<std::int64_t>::max();
inline std::int64_t due_key(const task_row& row) noexcept {
    return row.due_before ? row.due_before->time_since_epoch().count() : no_due;
}

struct task_place {
    std::int64_t due = 0;
    std::string of;
    task_key task;
    std::uint32_t n = 0;
};
struct case_place {
    std::int64_t opened_at = 0;
    std::string of;
};
/// Of cases past their due.
struct due_place {
    std::int64_t due = 0;
    std::string of;
};
struct outbox_place {
    std::string of;
    std::uint64_t seq = 0;
    std::uint32_t n = 0;
};

inline void put(codec::out_archive& io, const task_place& at) {
    io.to.array(5);
    io.to.natural(1);
    io.to.integer(at.due);
    io.to.text(at.of);
    io.put(at.task);
    io.to.natural(at.n);
}
inline void get(codec::in_archive& io, task_place& at) {
    io.expect_array(5);
    if (io.from.natural() != 1) io.from.fail("another query's");
    at.due = io.from.integer();
    io.get(at.of);
    io.get(at.task);
    io.get(at.n);
}
/// A place that is a moment and a case; `kind` tells one query's from another's.
inline void put_moment(codec::out_archive& io, std::uint64_t kind, std::int64_t when,
                       const std::string& of) {
    io.to.array(3);
    io.to.natural(kind);
    io.to.integer(when);
    io.to.text(of);
}
inline void get_moment(codec::in_archive& io, std::uint64_t kind, std::int64_t& when,
                       std::string& of) {
    io.expect_array(3);
    if (io.from.natural() != kind) io.from.fail("another query's");
    when = io.from.integer();
    io.get(of);
}
inline void put(codec::out_archive& io, const case_place& at) {
    put_moment(io, 2, at.opened_at, at.of);
}
inline void get(codec::in_archive& io, case_place& at) { get_moment(io, 2, at.opened_at, at.of); }
inline void put(codec::out_archive& io, const due_place& at) { put_moment(io, 4, at.due, at.of); }
inline void get(codec::in_archive& io, due_place& at) { get_moment(io, 4, at.due, at.of); }
inline void put(codec::out_archive& io, const outbox_place& at) {
    io.to.array(4);
    io.to.natural(3);
    io.to.text(at.of);
    io.to.natural(at.seq);
    io.to.natural(at.n);
}
inline void get(codec::in_archive& io, outbox_place& at) {
    io.expect_array(4);
    if (io.from.natural() != 3) io.from.fail("another query's");
    io.get(at.of);
    at.seq = io.from.natural();
    io.get(at.n);
}

template <class Place>
[[nodiscard]] std::string write_cursor(const Place& at) {
    codec::out_archive io;
    put(io, at);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : io.to.str()) {
        text += digits[static_cast<unsigned char>(c) >> 4];
        text += digits[static_cast<unsigned char>(c) & 15u];
    }
    return text;
}

/// errc::bad_cursor for anything that write_cursor did not make.
template <class Place>
[[nodiscard]] result<Place> read_cursor(std::string_view text) {
    if (text.size() > longest || text.size() % 2 != 0) return fail(errc::bad_cursor);
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        unsigned byte = 0;
        for (const char c : {text[i], text[i + 1]}) {
            if (c >= '0' && c <= '9')
                byte = byte * 16 + static_cast<unsigned>(c - '0');
            else if (c >= 'a' && c <= 'f')
                byte = byte * 16 + static_cast<unsigned>(c - 'a') + 10;
            else
                return fail(errc::bad_cursor);
        }
        bytes += static_cast<char>(byte);
    }
    codec::in_archive io{bytes};
    Place at;
    get(io, at);
    if (!io.from.finished()) return fail(errc::bad_cursor);
    return at;
}

/// A limit of 0 still shows one row: "no limit" cannot be asked for.
inline std::size_t rows_of_page(std::size_t asked) noexcept {
    return std::clamp<std::size_t>(asked, 1, limits{}.page_max);
}

}  // namespace quytrinh::detail::store_cursor
