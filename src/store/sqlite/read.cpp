// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/read.cpp: views of one case, clock, entropy, refusals, quarantine.
#include "rows.hpp"
#include "turns.hpp"

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>

namespace quytrinh::detail::sqlite {

namespace {

/// Connections that read at the same time; more wait for one of them.
constexpr std::size_t readers_most = 4;

}  // namespace

std::unique_ptr<connection> sqlite_store::borrow() {
    {
        std::unique_lock lock{readers_mutex_};
        const bool free = reader_free_.wait_for(
            lock, lock_wait_, [&] { return !idle_readers_.empty() || readers_ < readers_most; });
        if (!free) return nullptr;
        if (!idle_readers_.empty()) {
            auto on = std::move(idle_readers_.back());
            idle_readers_.pop_back();
            return on;
        }
        ++readers_;
    }
    try {
        return connect(purpose::read);
    } catch (...) {
        const std::lock_guard lock{readers_mutex_};
        --readers_;
        reader_free_.notify_one();
        throw;
    }
}

void sqlite_store::give_back(std::unique_ptr<connection> used, bool good) noexcept {
    if (!good) used.reset();
    const std::lock_guard lock{readers_mutex_};
    if (used)
        idle_readers_.push_back(std::move(used));  // room was reserved when the store was opened
    else
        --readers_;
    reader_free_.notify_one();
}

result<case_view> sqlite_store::read(const std::string& tenant, const case_id& of,
                                     const command_id& id) {
    return reading([&](connection& on) -> result<case_view> {
        case_view view;
        std::int64_t no = 0;
        {
            run row{on, sql::head};
            row.bind_all(tenant, of);
            if (!row.step()) return view;
            no = row.number(0);
            view.head = head_of(row);
            view.quarantine = row.bytes(14);
        }
        if (!id.empty()) view.earlier = find_command(on, no, id);
        std::uint64_t after = 0;
        {
            run row{on, sql::snapshot};
            row.bind(no);
            if (row.step() && row.number(1) == stored_format) {
                view.snapshot.emplace();
                view.snapshot->version = row.number(0, INT64_MAX);
                view.snapshot->format = stored_format;
                view.snapshot->state = row.bytes(2);
                after = view.snapshot->version;
            }
        }
        view.events = events_of(on, no, after, most_events);
        return view;
    });
}

result<std::optional<command_row>> sqlite_store::lookup(const std::string& tenant,
                                                        const case_id& of, const command_id& id) {
    // Behind the file's lock: a commit that another process has begun is over before this looks.
    if (auto why = unusable()) return fail(std::move(*why));
    if (!read_only_) {
        turn mine{*this, steady::now() + lock_wait_};
        if (!mine.has_lock()) return fail(errc::store_busy);
    }
    return reading([&](connection& on) -> result<std::optional<command_row>> {
        std::int64_t no = 0;
        {
            run row{on, sql::case_no};
            row.bind_all(tenant, of);
            if (!row.step()) return std::optional<command_row>{};
            no = row.number(0);
        }
        return find_command(on, no, id);
    });
}

result<std::optional<definition_row>> sqlite_store::definition(const std::string& tenant,
                                                               const digest256& hash) {
    return reading([&](connection& on) -> result<std::optional<definition_row>> {
        run row{on, sql::definition};
        row.bind_all(tenant, hash);
        if (!row.step()) return std::optional<definition_row>{};
        definition_row out;
        row.octets(0, out.hash);
        out.code = row.bytes(1);
        out.closed = row.bytes(2);
        return std::optional{std::move(out)};
    });
}

result<std::vector<stored_event>> sqlite_store::history(const std::string& tenant,
                                                        const case_id& of, std::uint64_t after_seq,
                                                        std::size_t limit) {
    return reading([&](connection& on) -> result<std::vector<stored_event>> {
        std::int64_t no = 0;
        {
            run row{on, sql::case_no};
            row.bind_all(tenant, of);
            if (!row.step()) return std::vector<stored_event>{};
            no = row.number(0);
        }
        return events_of(on, no, after_seq, std::min(limit, most_events));
    });
}

// -- clock and entropy
// ------------------------------------------------------------------------------

std::int64_t sqlite_store::real_clock() noexcept {
    const auto read =
        std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    const std::int64_t now = read.time_since_epoch().count();
    // Never before the time of an earlier call, whatever the system does to its clock.
    std::int64_t last = last_now_.load();
    while (last < now && !last_now_.compare_exchange_weak(last, now)) {}
    return std::max(last, now);
}

std::int64_t sqlite_store::clock_of(connection& on) {
    if (caps_.clock == clock_kind::real) return real_clock();
    run row{on, sql::clock};
    if (!row.step()) throw bad_row{"no clock"};
    return std::max(row.number(0), looks_from_);
}

result<instant> sqlite_store::now() {
    if (auto why = unusable()) return fail(std::move(*why));
    if (caps_.clock == clock_kind::real) return at_micros(real_clock());
    return reading([&](connection& on) -> result<instant> { return at_micros(clock_of(on)); });
}

result<void> sqlite_store::set_clock(instant to) {
    if (auto why = unwritable()) return fail(std::move(*why));
    if (caps_.clock == clock_kind::real) return fail(errc::clock_differs, {"real", "manual"});
    return writing(firmness::full, [&](connection& on) -> result<void> {
        if (micros(to) < looks_from_ || run{on, sql::set_clock}.bind(to).finish() != 1)
            return fail(errc::invalid_argument, {"clock set back"});
        return {};
    });
}

result<void> sqlite_store::entropy(std::span<std::uint8_t> out) {
    if (auto why = unusable()) return fail(std::move(*why));
    const std::lock_guard lock{entropy_mutex_};
    return entropy_->fill(out);
}

// -- beside the chain
// -------------------------------------------------------------------------------

result<void> sqlite_store::record_refusal(const std::string& tenant, const refusal_row& row) {
    if (auto good = store_rules::check_refusal(tenant, row); !good) return good;
    return writing(firmness::full, [&](connection& on) -> result<void> {
        tenant_made_ = false;
        std::int64_t owner = tenant_no(on, tenant);
        if (owner == 0) owner = make_tenant(on, tenant);
        const instant minute{std::chrono::floor<std::chrono::minutes>(row.first_at)};
        run{on, sql::record_refusal}
            .bind_all(owner, row.of, minute, row.unit, row.person, static_cast<int>(row.rule),
                      row.command, row.first_at, std::max(row.first_at, row.last_at))
            .finish();
        return {};
    });
}

result<std::vector<refusal_row>> sqlite_store::refusals(const std::string& tenant,
                                                        const case_id& of) {
    return reading([&](connection& on) -> result<std::vector<refusal_row>> {
        run row{on, sql::refusals};
        row.bind_all(tenant, of, static_cast<std::int64_t>(store_rules::refusals_max));
        std::vector<refusal_row> out;
        while (row.step()) {
            refusal_row one;
            one.of = of;
            one.unit = row.bytes(0);
            one.person = row.bytes(1);
            one.rule = static_cast<std::uint16_t>(row.number(2, 0xFFFF));
            one.command = row.bytes(3);
            one.first_at = row.time(4);
            one.last_at = row.time(5);
            one.count = row.number(6, INT64_MAX);
            out.push_back(std::move(one));
        }
        return out;
    });
}

result<void> sqlite_store::quarantine(const std::string& tenant, const case_id& of,
                                      const std::string& why) {
    if (why.size() > store_rules::text_max) return store_rules::wrong("reason of the quarantine");
    return writing(firmness::full, [&](connection& on) -> result<void> {
        std::int64_t no = 0;
        {
            run row{on, sql::case_no};
            row.bind_all(tenant, of);
            if (!row.step()) return fail(errc::not_found, {of.str()});
            no = row.number(0);
        }
        memory_.forget(tenant_no(on, tenant), of);
        const std::string reason = why.empty() ? "?" : why;
        if (run{on, sql::quarantine}.bind_all(no, reason).finish() == 1)
            run{on, sql::park_timers}.bind(no).finish();
        return {};
    });
}

}  // namespace quytrinh::detail::sqlite
