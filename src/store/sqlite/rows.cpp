// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/rows.cpp: rows of the file as values.
#include "rows.hpp"

#include "pack.hpp"

#include <algorithm>
#include <utility>

namespace quytrinh::detail::sqlite {

head_row head_of(const run& row) {
    head_row head;
    head.id = case_id{row.bytes(1)};
    head.procedure = row.bytes(2);
    row.octets(3, head.definition);
    head.version = row.number(4, INT64_MAX);
    row.octets(5, head.hash);
    head.status = static_cast<stored_status>(row.number(6, 4));
    head.end_kind = row.bytes(7);
    head.reference = row.bytes(8);
    head.opener_unit = row.bytes(9);
    head.opener_person = row.bytes(10);
    head.opened_at = row.time(11);
    head.last_at = row.time(12);
    head.due_before = row.maybe_time(13);
    head.history_bytes = row.number(15, INT64_MAX);
    return head;
}

command_row command_of(const run& row) {
    command_row out;
    out.id = command_id{row.bytes(0)};
    out.kind = static_cast<command_kind>(row.number(1, 3));
    row.octets(2, out.digest);
    out.first_seq = row.number(3, INT64_MAX);
    out.last_seq = row.number(4, INT64_MAX);
    out.result = row.bytes(5);
    return out;
}

std::optional<command_row> find_command(connection& on, std::int64_t no, const command_id& id) {
    run row{on, sql::command};
    row.bind_all(no, id);
    if (!row.step()) return std::nullopt;
    return command_of(row);
}

void make_history(connection& on, std::int64_t no, const command_row& command,
                  const std::vector<stored_event>& events) {
    packer bytes;
    bytes.reserve(320 * std::min<std::size_t>(events.size(), 16));
    std::int64_t previous = 0;
    const std::int64_t first = no << seq_bits;
    const auto close = [&](std::uint64_t seq) {
        run row{on, sql::make_history};
        row.bind(first + static_cast<std::int64_t>(seq));
        if (seq == command.first_seq) {
            row.bind_all(static_cast<int>(command.kind), command.digest);
            row.bind_blob(command.result);
        } else
            row.bind_null().bind_null().bind_null();
        row.bind_blob(bytes.str()).finish();
        bytes.clear();
        previous = 0;
    };
    std::uint64_t from = command.first_seq;
    for (const auto& event : events) {
        if (bytes.size() >= history_row_bytes) {
            close(from);
            from = event.seq;
        }
        bytes.integer(static_cast<std::int64_t>(static_cast<std::uint64_t>(micros(event.at)) -
                                                static_cast<std::uint64_t>(previous)));
        previous = micros(event.at);
        bytes.text(event.header);
        bytes.octets(event.salt);
        bytes.text(event.payload);
        bytes.octets(event.hash);
    }
    close(from);
}

std::vector<stored_event> events_of(connection& on, std::int64_t no, std::uint64_t after,
                                    std::size_t limit) {
    std::vector<stored_event> out;
    const auto last = std::int64_t{1} << seq_bits;
    limit = std::min(limit, most_events);
    if (after >= static_cast<std::uint64_t>(last) - 1 || no <= 0 || no >= (std::int64_t{1} << 42) ||
        limit == 0)
        return out;
    run row{on, sql::history};
    const std::int64_t first = no << seq_bits;
    row.bind_all(first, first + static_cast<std::int64_t>(after) + 1, first + last - 1);
    while (out.size() < limit && row.step()) {
        auto seq = static_cast<std::uint64_t>(row.number(0) - first);
        unpacker in{row.view(1)};
        std::int64_t at = 0;
        for (; !in.finished() && out.size() < limit; ++seq) {
            at = static_cast<std::int64_t>(static_cast<std::uint64_t>(at) +
                                           static_cast<std::uint64_t>(in.integer()));
            stored_event event;
            event.seq = seq;
            event.at = at_micros(at);
            event.header = in.text();
            in.octets(event.salt);
            event.payload = in.text();
            in.octets(event.hash);
            if (seq > after) out.push_back(std::move(event));
        }
    }
    return out;
}

// -- lists of tasks -------------------------------------------------------------------------------

namespace {

constexpr std::uint64_t sign = std::uint64_t{1} << 63;

void put_number(std::string& to, std::uint64_t n) {
    int size = 0;
    for (std::uint64_t rest = n; rest != 0; rest >>= 8) ++size;
    to += static_cast<char>(size);
    while (size-- > 0) to += static_cast<char>(n >> (8 * size));
}
void put_text(std::string& to, std::string_view text) {
    const auto is_escaped = [](char c) { return c == '\0' || c == '\1'; };
    if (std::none_of(text.begin(), text.end(), is_escaped)) {
        to += text;
    } else {
        for (const char c : text) {
            if (is_escaped(c)) to += '\1';
            to += static_cast<char>(is_escaped(c) ? c + 1 : c);
        }
    }
    to += '\0';
}

/// Reads a place from its front.
class place_reader {
public:
    explicit place_reader(std::string_view bytes) : left_(bytes) {}
    [[nodiscard]] std::uint64_t bytes(std::uint64_t count) {
        if (count > 8 || count > left_.size()) throw bad_row{"a place cut off"};
        std::uint64_t n = 0;
        for (; count > 0; --count) n = n << 8 | next();
        return n;
    }
    [[nodiscard]] std::uint64_t number(std::uint64_t most) {
        const std::uint64_t n = bytes(bytes(1));
        if (n > most) throw bad_row{"a place out of range"};
        return n;
    }
    [[nodiscard]] std::string text() {
        std::string out;
        for (;;) {
            const auto c = static_cast<char>(bytes(1));
            if (c == '\0') return out;
            out += c == '\1' ? static_cast<char>(bytes(1) - 1) : c;
        }
    }
    [[nodiscard]] bool finished() const noexcept { return left_.empty(); }

private:
    unsigned char next() {
        const auto c = static_cast<unsigned char>(left_.front());
        left_.remove_prefix(1);
        return c;
    }
    std::string_view left_;
};

}  // namespace

std::string front_of_list(std::int64_t list) {
    std::string out;
    put_number(out, static_cast<std::uint64_t>(list));
    return out;
}

std::string place_in_list(std::int64_t list, std::int64_t due, std::string_view of,
                          std::string_view step, std::uint32_t round, std::uint32_t n) {
    std::string out;
    out.reserve(32 + of.size() + step.size());
    put_number(out, static_cast<std::uint64_t>(list));
    const std::uint64_t when = static_cast<std::uint64_t>(due) ^ sign;
    char highest_first[8];
    for (int i = 0; i < 8; ++i) highest_first[i] = static_cast<char>(when >> (56 - 8 * i));
    out.append(highest_first, 8);
    put_text(out, of);
    put_text(out, step);
    put_number(out, round);
    put_number(out, n);
    return out;
}

list_place read_place(std::string_view bytes) {
    place_reader in{bytes};
    list_place out;
    out.list = static_cast<std::int64_t>(in.number(INT64_MAX));
    out.due = static_cast<std::int64_t>(in.bytes(8) ^ sign);
    out.of = in.text();
    out.task.step = in.text();
    out.task.round = static_cast<std::uint32_t>(in.number(UINT32_MAX));
    out.n = static_cast<std::uint32_t>(in.number(UINT32_MAX));
    if (!in.finished()) throw bad_row{"a place that goes on"};
    return out;
}

// -- outbox ---------------------------------------------------------------------------------------

namespace {

/// Bits of an entry's first number.
constexpr std::uint64_t is_link = 1, is_aside = 2, has_failed = 4, bits_end = 8;

void pack_entry(packer& to, std::uint64_t& before, std::uint64_t seq, std::uint32_t n,
                outbox_kind kind, std::string_view body, const outbox_entry_row* tried) {
    const bool failed = tried != nullptr && (tried->attempts != 0 || !tried->last_error.empty());
    to.natural((kind == outbox_kind::link ? is_link : 0) |
               (tried != nullptr && tried->aside ? is_aside : 0) | (failed ? has_failed : 0));
    to.natural(seq - before);
    before = seq;
    to.natural(n);
    to.text(body);
    if (!failed) return;
    to.natural(tried->attempts);
    to.text(tried->last_error);
}

std::string pack_outbox(const outbox_pack& pack) {
    packer out;
    std::uint64_t seq = pack.seq;
    for (const auto& e : pack.entries) pack_entry(out, seq, e.seq, e.n, e.kind, e.body, &e);
    return out.str();
}

std::pair<std::int64_t, std::int64_t> count(const outbox_pack& pack) {
    std::int64_t pending = 0, aside = 0;
    for (const auto& e : pack.entries) ++(e.aside ? aside : pending);
    return {pending, aside};
}

}  // namespace

outbox_pack outbox_of(const run& row, int first) {
    outbox_pack out;
    out.seq = row.number(first, INT64_MAX);
    out.n = static_cast<std::uint32_t>(row.number(first + 1, UINT32_MAX));
    unpacker in{row.view(first + 2)};
    std::uint64_t seq = out.seq;
    while (!in.finished()) {
        outbox_entry_row& e = out.entries.emplace_back();
        const std::uint64_t bits = in.natural(bits_end - 1);
        e.kind = (bits & is_link) != 0 ? outbox_kind::link : outbox_kind::notice;
        e.aside = (bits & is_aside) != 0;
        e.seq = seq += in.natural(std::uint64_t{1} << seq_bits);
        e.n = static_cast<std::uint32_t>(in.natural(UINT32_MAX));
        e.body = in.text();
        if ((bits & has_failed) == 0) continue;
        e.attempts = static_cast<std::uint32_t>(in.natural(UINT32_MAX));
        e.last_error = in.text();
    }
    return out;
}

void make_outbox(connection& on, std::int64_t no, std::int64_t tenant,
                 const std::vector<outbox_row>& rows) {
    std::vector<const outbox_row*> sorted;
    sorted.reserve(rows.size());
    for (const auto& row : rows) sorted.push_back(&row);
    const auto before = [](const outbox_row* a, const outbox_row* b) {
        return std::pair{a->seq, a->n} < std::pair{b->seq, b->n};
    };
    if (!std::is_sorted(sorted.begin(), sorted.end(), before))
        std::sort(sorted.begin(), sorted.end(), before);
    packer bytes;
    bytes.reserve(128 * std::min(sorted.size(), outbox_row_entries));
    for (std::size_t at = 0; at < sorted.size(); at += outbox_row_entries) {
        const std::size_t end = std::min(at + outbox_row_entries, sorted.size());
        const outbox_row& first = *sorted[at];
        std::uint64_t seq = first.seq;
        bytes.clear();
        for (std::size_t i = at; i < end; ++i) {
            const outbox_row& e = *sorted[i];
            pack_entry(bytes, seq, e.seq, e.n, e.kind, e.body, nullptr);
        }
        run row{on, sql::make_entries};
        row.bind_all(no, first.seq, first.n, tenant, static_cast<std::int64_t>(end - at));
        row.bind_blob(bytes.str()).finish();
    }
}

std::optional<outbox_pack> find_outbox(connection& on, std::int64_t no, std::uint64_t seq,
                                       std::uint32_t n) {
    run row{on, sql::entries_with};
    row.bind_all(no, seq, n);
    if (!row.step()) return std::nullopt;
    return outbox_of(row, 0);
}

void save_outbox(connection& on, std::int64_t no, const outbox_pack& pack) {
    if (pack.entries.empty()) {
        run{on, sql::drop_entries}.bind_all(no, pack.seq, pack.n).finish();
        return;
    }
    const auto [pending, aside] = count(pack);
    const std::string bytes = pack_outbox(pack);
    run row{on, sql::change_entries};
    row.bind_all(no, pack.seq, pack.n, pending, aside).bind_blob(bytes).finish();
}

}  // namespace quytrinh::detail::sqlite
