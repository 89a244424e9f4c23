// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/taking.ipp: notifications that a host takes for a while and confirms. A
// receipt says all that is needed to settle one, so that nothing has to be remembered here, and
// whoever is handed it can confirm: store/case/seq/n, which is the key, and then
// /fence/attempts/until.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace quytrinh {

namespace detail::taking {
namespace {

inline constexpr std::chrono::microseconds shortest{std::chrono::milliseconds{1}};
inline constexpr std::chrono::microseconds longest{std::chrono::hours{24}};

std::string receipt_of(const notification& told, const work_item& item, instant until) {
    return told.key + '/' + std::to_string(item.fence) + '/' + std::to_string(item.attempts) + '/' +
           std::to_string(until.time_since_epoch().count());
}

template <class Number>
bool read(std::string_view text, Number& out) noexcept {
    const char* const end = text.data() + text.size();
    const auto [at, why] = std::from_chars(text.data(), end, out);
    return why == std::errc{} && at == end;
}

}  // namespace
}  // namespace detail::taking

result<std::vector<notification>> runtime::impl::take(std::size_t limit,
                                                      std::chrono::microseconds lease) {
    if (lease < detail::taking::shortest || lease > detail::taking::longest)
        return fail(errc::invalid_argument, {"lease"});
    // Before the claim: the receipt is never good for longer than the lease.
    const auto now = keep->now();
    if (!now) return now.failure();
    auto items = keep->claim_due(tenant, work_kind::notice, limit, lease, worker);
    if (!items) return items.failure();
    std::vector<notification> out;
    std::set<case_id> halted, given;
    for (const work_item& item : *items) {
        if (halted.contains(item.of)) continue;
        outbox_row row;
        row.of = item.of;
        row.seq = item.seq;
        row.n = item.n;
        row.body = item.body;
        auto told = describe(row, item.attempts, item.fence);
        if (!told) {
            // A case that cannot be read. Giving one back gives up the lease on all of its case, so
            // behind others that were taken it waits until theirs is over.
            due_report report;
            if (!given.contains(item.of)) give_back(item, told.error().text(language::en), report);
            halted.insert(item.of);
            continue;
        }
        told->receipt = detail::taking::receipt_of(*told, item, *now + lease);
        given.insert(item.of);
        out.push_back(std::move(*told));
    }
    return out;
}

result<std::optional<work_item>> runtime::impl::taken(std::string_view receipt) const {
    std::array<std::string_view, 7> parts;
    std::string_view rest = receipt;
    std::size_t count = 0;
    for (; count < parts.size(); ++count) {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        parts[count] = rest.substr(0, slash);
        rest.remove_prefix(std::min(slash + 1, rest.size()));
    }
    const auto& [store_part, case_part, seq, n, fence, attempts, until] = parts;
    work_item item;
    item.kind = work_kind::notice;
    std::int64_t over = 0;
    if (!rest.empty() || !detail::taking::read(seq, item.seq) || !detail::taking::read(n, item.n) ||
        !detail::taking::read(fence, item.fence) ||
        !detail::taking::read(attempts, item.attempts) || !detail::taking::read(until, over))
        return fail(errc::invalid_argument, {"receipt"});
    outbox_row row;
    row.of = item.of = case_id{case_part};
    row.seq = item.seq;
    row.n = item.n;
    const std::string key = key_of(row);
    if (receipt.substr(0, key.size()) != key) return fail(errc::invalid_argument, {"receipt"});
    item.key = key.substr(store_part.size() + 1);
    const auto now = keep->now();
    if (!now) return now.failure();
    if (now->time_since_epoch().count() >= over) return std::optional<work_item>{};
    return std::optional{std::move(item)};
}

result<std::vector<notification>> runtime::take(std::size_t limit,
                                                std::chrono::microseconds lease) {
    return impl_->take(impl_->rows(limit), lease);
}

result<bool> runtime::confirm(std::string_view receipt) {
    const auto item = impl_->taken(receipt);
    if (!item) return item.failure();
    if (!*item) return false;
    return impl_->keep->settle(impl_->tenant, **item);
}

result<bool> runtime::give_back(std::string_view receipt, std::string_view why) {
    const auto item = impl_->taken(receipt);
    if (!item) return item.failure();
    if (!*item) return false;
    due_report report;
    return impl_->put_back(**item, std::string{why}, report);
}

}  // namespace quytrinh
