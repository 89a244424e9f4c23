// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/rules.hpp: what every store asks of a batch before it touches anything, and
// the keys of due work. Shared by the adapters, so that they cannot disagree.
#pragma once

#include <quytrinh/base/result.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace quytrinh::detail::store_rules {

/// Hard maxima of limits.hpp: a store refuses what no limit could allow.
inline constexpr std::size_t id_max = 255, command_id_max = 128, text_max = 16 * 255;
inline constexpr std::size_t payload_max = std::size_t{2} << 20, closed_max = std::size_t{17} << 20;
inline constexpr std::size_t state_max = std::size_t{64} << 20;
inline constexpr std::size_t events_max = 10'000, tasks_max = 200'000, outbox_max = 200'000;
/// Items of one case in one claim, so that a case with thousands of notices leaves room for others.
inline constexpr std::size_t items_per_case = 32;
/// Rows that `refusals` gives at most, the oldest first.
inline constexpr std::size_t refusals_max = 10'000;
/// Epoch in the upper bits of a fence: what was claimed before a restore never fits afterwards.
inline constexpr unsigned fence_bits = 40;

inline result<void> wrong(const char* what) { return fail(errc::invalid_argument, {what}); }

inline bool good_id(const std::string& id, std::size_t most = id_max) noexcept {
    return !id.empty() && id.size() <= most && id.find('\0') == std::string::npos;
}
inline bool good_code(const std::string& code) noexcept { return code.size() <= id_max; }

inline result<void> check_task(const case_id& of, const task_row& row) {
    if (row.of != of) return wrong("task of another case");
    if (!good_code(row.task.step) || row.task.step.empty()) return wrong("step of a task");
    if (!good_code(row.role) || !good_code(row.unit) || !good_code(row.person))
        return wrong("party of a task");
    if (row.timer_at && row.n != 0) return wrong("timer beside entry 0");
    return {};
}

/// Tenant, then the batch alone: ids, numbers without a gap, sizes. What stands in the store is
/// compared later, inside the transaction.
inline result<void> check_batch(const std::string& tenant, const write_batch& batch) {
    if (!good_id(tenant)) return wrong("tenant");
    if (!good_id(batch.of.str()) || batch.of.str().find('/') != std::string::npos)
        return wrong("case id");
    if (!good_id(batch.command.id.str(), command_id_max)) return wrong("command id");
    if (batch.events.empty() || batch.events.size() > events_max) return wrong("number of events");
    std::uint64_t next = batch.expected_version;
    for (const auto& event : batch.events) {
        if (event.seq != ++next) return wrong("event numbers");
        if (event.payload.size() > payload_max || event.header.size() > 4096)
            return wrong("size of an event");
    }
    if (batch.head.id != batch.of) return wrong("head of another case");
    if (batch.head.version != next || batch.head.hash != batch.events.back().hash)
        return wrong("head beside the last event");
    if (batch.command.first_seq != batch.expected_version + 1 || batch.command.last_seq != next)
        return wrong("events of the command");
    if (batch.command.result.size() > payload_max) return wrong("size of the result");
    if (batch.head.status == stored_status::quarantined) return wrong("status of the head");
    if (!good_code(batch.head.procedure) || !good_code(batch.head.reference) ||
        !good_code(batch.head.opener_unit) || !good_code(batch.head.opener_person) ||
        batch.head.end_kind.size() > text_max)
        return wrong("codes of the head");
    if (batch.put_tasks.size() > tasks_max || batch.drop_tasks.size() > tasks_max ||
        batch.outbox.size() > outbox_max)
        return wrong("number of rows");
    for (const auto& row : batch.put_tasks)
        if (auto good = check_task(batch.of, row); !good) return good;
    // Nearly always in order: then each place is told apart from the one before it alone.
    using outbox_place = std::pair<std::uint64_t, std::uint32_t>;
    const bool in_order =
        std::adjacent_find(batch.outbox.begin(), batch.outbox.end(),
                           [](const outbox_row& a, const outbox_row& b) {
                               return outbox_place{a.seq, a.n} >= outbox_place{b.seq, b.n};
                           }) == batch.outbox.end();
    std::set<outbox_place> places;
    for (const auto& row : batch.outbox) {
        if (row.of != batch.of) return wrong("outbox of another case");
        if (row.kind != outbox_kind::notice && row.kind != outbox_kind::link)
            return wrong("kind of the outbox");
        if (!in_order && !places.emplace(row.seq, row.n).second)
            return wrong("outbox with one key twice");
        if (row.seq <= batch.expected_version || row.seq > next)
            return wrong("outbox of another event");
        if (row.body.size() > payload_max) return wrong("size of the outbox");
    }
    if (batch.snapshot &&
        (batch.snapshot->version != next || batch.snapshot->state.size() > state_max))
        return wrong("snapshot");
    if (batch.definition && batch.definition->closed.size() > closed_max)
        return wrong("size of the definition");
    return {};
}

inline std::string timer_key(const case_id& of, const task_key& task) {
    return of.str() + '/' + task.step + '.' + std::to_string(task.round);
}
inline std::string outbox_key(const case_id& of, std::uint64_t seq, std::uint32_t n) {
    return of.str() + '/' + std::to_string(seq) + '/' + std::to_string(n);
}

inline result<void> check_refusal(const std::string& tenant, const refusal_row& row) {
    if (!good_id(tenant)) return wrong("tenant");
    if (!good_code(row.of.str()) || !good_code(row.unit) || !good_code(row.person) ||
        !good_code(row.command))
        return wrong("codes of the refusal");
    return {};
}

/// Was the batch decided on the head as it is now? `stored` is null for a case that is not.
inline bool follows(const head_row* stored, const write_batch& batch) noexcept {
    if (stored == nullptr) return batch.expected_version == 0 && batch.expected_hash == digest256{};
    return stored->version == batch.expected_version && stored->hash == batch.expected_hash;
}

/// What does not change while a case lives.
inline result<void> check_same_case(const head_row& stored, const head_row& next) {
    if (stored.opened_at != next.opened_at || stored.procedure != next.procedure)
        return wrong("head beside its opening");
    return {};
}

/// The other way: which row a key names.
struct work_key {
    case_id of;
    bool timer = false;
    task_key task;
    std::uint64_t seq = 0;
    std::uint32_t n = 0;
};

template <class Number>
[[nodiscard]] bool read_number(std::string_view text, Number& out) noexcept {
    const auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), out);
    return why == std::errc{} && end == text.data() + text.size() && !text.empty();
}

/// Ids of cases have no '/', so the first one ends the case. A rest of digits, '/', digits is the
/// outbox; the round of a timer follows the last '.', which digits alone never have.
inline std::optional<work_key> read_key(std::string_view key) {
    work_key out;
    const auto slash = key.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    out.of = case_id{key.substr(0, slash)};
    const std::string_view rest = key.substr(slash + 1);
    if (const auto next = rest.find('/'); next != std::string_view::npos &&
                                          read_number(rest.substr(0, next), out.seq) &&
                                          read_number(rest.substr(next + 1), out.n))
        return out;
    const auto dot = rest.rfind('.');
    if (dot == std::string_view::npos || !read_number(rest.substr(dot + 1), out.task.round))
        return std::nullopt;
    out.timer = true;
    out.task.step = std::string{rest.substr(0, dot)};
    return out;
}

inline write_outcome rejected(error reason) {
    write_outcome out;
    out.what = write_outcome::kind::rejected;
    out.reason = std::move(reason);
    return out;
}
inline write_outcome rejected(errc code, std::initializer_list<std::string> args = {}) {
    error reason;
    reason.code = code;
    reason.args.assign(args.begin(), args.end());
    return rejected(std::move(reason));
}

}  // namespace quytrinh::detail::store_rules
