// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/dispatch.ipp: what follows a commit, and due work. Everything here is an
// ordinary command or an ordinary entry of the outbox, so that doing it twice, or by two processes,
// or after a crash in the middle, comes to the same.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <exception>
#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::dispatch {
namespace {

/// Claims of one kind that one command makes after its commit; the rest waits for run_due.
inline constexpr std::size_t rounds_after_commit = 16;
inline constexpr std::size_t page_after_commit = 64;
inline constexpr std::size_t told_after_commit = rounds_after_commit * page_after_commit;

/// 1 s, 2 s, 4 s… up to an hour.
std::chrono::microseconds pause_after(std::uint32_t attempts) noexcept {
    const std::uint32_t doublings = std::min<std::uint32_t>(attempts, 12);
    return std::min(std::chrono::seconds{std::int64_t{1} << doublings}, std::chrono::seconds{3600});
}

/// Words of somebody else's exception, fit to be stored.
std::string fit_to_store(std::string_view why) {
    constexpr std::size_t most = 500;
    std::string escaped = escape_controls(why.substr(0, most));
    if (escaped.size() > most) escaped.resize(most);
    while (!escaped.empty() && first_ill_formed(escaped)) escaped.pop_back();
    return escaped;
}

/// A mark that this thread is inside a handler of this runtime.
class inside {
public:
    inside(std::mutex& guard, std::set<std::thread::id>& threads)
        : guard_(guard), threads_(threads) {
        const std::lock_guard hold(guard_);
        entered_ = threads_.insert(std::this_thread::get_id()).second;
    }
    ~inside() {
        if (!entered_) return;
        const std::lock_guard hold(guard_);
        threads_.erase(std::this_thread::get_id());
    }
    inside(const inside&) = delete;
    inside& operator=(const inside&) = delete;
    [[nodiscard]] bool first() const noexcept { return entered_; }

private:
    std::mutex& guard_;
    std::set<std::thread::id>& threads_;
    bool entered_ = false;
};

}  // namespace
}  // namespace detail::dispatch

command_id runtime::impl::own_id(std::string_view cause, const case_id& of,
                                 std::string_view what) const {
    sha256_stream hash;
    hash.add("quytrinh-own-1").add(std::uint8_t{0}).add(cause).add(std::uint8_t{0});
    hash.add(of.str()).add(std::uint8_t{0}).add(what);
    return command_id{std::string(detail::shell::own_prefix) + std::string(cause) + "-" +
                      to_base32(hash.finish(), 40)};
}

result<case_event> runtime::impl::event_of(const case_id& of, std::uint64_t seq) {
    auto page = keep->history(tenant, of, seq - 1, 1);
    if (!page) return page.failure();
    if (page->size() != 1 || page->front().seq != seq)
        return fail(errc::store_corrupt, {"event " + std::to_string(seq) + " of case " + of.str()});
    return open_event(page->front());
}

void runtime::impl::after_commit(detail::shell::follow_up left) {
    due_report report;
    if (left.empty()) return;
    if (!left.links.empty()) carry_out(std::move(left.links), report);
    // The command itself has been answered: what cannot be delivered now stays in the outbox.
    (void)deliver(detail::dispatch::page_after_commit, detail::dispatch::told_after_commit, report);
}

void runtime::impl::carry_out(std::vector<outbox_row> rows, due_report& report) {
    std::map<std::string, outbox_row> own;
    for (outbox_row& row : rows) {
        std::string key =
            row.of.str() + "/" + std::to_string(row.seq) + "/" + std::to_string(row.n);
        own.emplace(std::move(key), std::move(row));
    }
    // Claimed oldest first, so that what a crash left behind is done before what was just asked
    // for.
    for (std::size_t round = 0; round < detail::dispatch::rounds_after_commit; ++round) {
        auto items = keep->claim_due(tenant, work_kind::link, detail::dispatch::page_after_commit,
                                     detail::shell::lease, worker);
        if (!items || items->empty()) break;
        for (const work_item& item : *items) {
            own.erase(item.key);
            work_link(item, report);
        }
    }
    // Somebody else has claimed these: done here as well, so that the linked case is there when the
    // call returns. Both come to the same; whoever claimed them settles them.
    for (const auto& [key, row] : own) {
        detail::shell::follow_up left;
        if (auto done = carry_out_link(row, left); !done) report.problems.push_back(done.error());
    }
}

void runtime::impl::work_link(const work_item& item, due_report& report) {
    outbox_row row;
    row.of = item.of;
    row.seq = item.seq;
    row.n = item.n;
    row.kind = outbox_kind::link;
    row.body = item.body;
    detail::shell::follow_up left;
    if (auto done = carry_out_link(row, left); !done) {
        report.problems.push_back(done.error());
        give_back(item, done.error().text(language::en), report);
        return;
    }
    ++report.links;
    if (auto settled = keep->settle(tenant, item); !settled.has_value())
        report.problems.push_back(settled.error());
}

result<void> runtime::impl::carry_out_link(const outbox_row& row, detail::shell::follow_up& left) {
    auto request = decode_link(row.body);
    if (!request) return request.failure();
    origin from;
    from.kind = command_kind::link;
    case_command report;
    command::link_report told;
    if (detail::project::is_end_report(row, *request)) {
        auto child = find(row.of, nullptr);
        if (!child) return child.failure();
        const case_state& state = (*child)->state;
        report.target = state.parent;
        told.child = row.of;
        told.seq = state.parent_seq;
        told.index = state.parent_index;
        told.ended = true;
        told.end_kind = state.end_kind;
    } else {
        auto asked = event_of(row.of, row.seq);
        if (!asked) return asked.failure();
        told.child = request->child;
        told.seq = row.seq;
        told.index = row.n - static_cast<std::uint32_t>(notices_of(asked->body).size());

        case_command opening;
        opening.target = request->child;
        opening.by = asked->by;
        opening.id =
            own_id("open", row.of, std::to_string(row.seq) + "/" + std::to_string(told.index));
        opening.body = command::open{request->procedure, request->bind, {},      request->carried,
                                     request->at_step,   row.of,        row.seq, told.index};
        from.definition = request->definition;
        if (auto opened = run(std::move(opening), from, left); !opened) return opened.failure();
        from.definition.reset();
        report.target = row.of;
    }
    const std::string cause =
        told.child.str() + "/" + std::to_string(told.seq) + "/" + std::to_string(told.index);
    report.id = own_id(told.ended ? "ended" : "opened", report.target, cause);
    const case_id parent = report.target;
    report.body = told;
    auto answered = run(std::move(report), from, left);
    if (answered) return {};
    // A linked case that was quick has ended, and that was reported, before this could say that it
    // is open: then there is nothing left to say.
    if (answered.error().code == errc::invalid_argument)
        if (auto known = find(parent, nullptr))
            for (const link_state& link : (*known)->state.links)
                if (link.other == told.child && link.seq == told.seq && link.index == told.index &&
                    (told.ended ? link.ended : link.opened))
                    return {};
    return answered.failure();
}

void runtime::impl::give_back(const work_item& item, const std::string& why, due_report& report) {
    // Where even this fails, the lease ends by itself.
    (void)put_back(item, why, report);
}

result<bool> runtime::impl::put_back(const work_item& item, const std::string& why,
                                     due_report& report) {
    const bool last =
        item.kind == work_kind::notice && item.attempts + 1 >= bounds.delivery_attempts;
    auto now = keep->now();
    if (!now) return now.failure();
    auto kept = keep->put_back(tenant, item, *now + detail::dispatch::pause_after(item.attempts),
                               last, detail::dispatch::fit_to_store(why));
    if (last && kept.has_value() && *kept) ++report.set_aside;
    return kept;
}

result<void> runtime::impl::run_timers(std::size_t batch, due_report& report) {
    auto items = keep->claim_due(tenant, work_kind::timer, batch, detail::shell::lease, worker);
    if (!items) return items.failure();
    report.more = report.more || items->size() >= batch;
    for (const work_item& item : *items) {
        case_command fired;
        fired.target = item.of;
        std::string task = to_string(item.task);
        // The due is part of the cause: a limit that was counted anew is another occurrence.
        std::string cause = task + "/" + std::to_string(item.due.time_since_epoch().count());
        if (auto known = find(item.of, nullptr)) {
            // "2.1" would name a step 2.1; where there is one, "2" is the only open task of step 2.
            if ((*known)->definition->find_step(task) != nullptr) task = item.task.step;
            // The clock of the case, at an instant at which the task may have been told before.
            const task_state* t = (*known)->state.find_task(item.task);
            if (t != nullptr && (t->overdue || !t->due.due || t->due.due->before != item.due))
                cause += "/case";
        }
        fired.id = own_id("timer", item.of, cause);
        fired.body = command::timer_fired{std::move(task)};
        origin from;
        from.kind = command_kind::timer;
        from.settles = write_batch::settled_work{item.key, item.fence};
        detail::shell::follow_up left;
        auto done = run(std::move(fired), from, left);
        if (done) {
            ++report.timers;
        } else {
            report.problems.push_back(done.error());
            give_back(item, done.error().text(language::en), report);
        }
    }
    return {};
}

result<command_result> runtime::impl::say_late(const case_id& of, const task_name& task,
                                               detail::shell::follow_up& left) {
    case_command fired;
    fired.target = of;
    {
        const auto known = find(of, nullptr);
        if (!known) return known.failure();
        const case_state& state = (*known)->state;
        const procedure& text = *(*known)->definition;
        const auto is_it = [&](const task_key& key, const task_due& due, task_status status) {
            const std::string exact = to_string(key);
            if (status != task_status::open || (exact != task && key.step != task)) return;
            // The same cause as of a timer, so that neither says what the other has said.
            const auto at = due.due ? due.due->before.time_since_epoch().count() : 0;
            fired.id = own_id("timer", of, exact + "/" + std::to_string(at));
            // "2.1" would name a step 2.1, as in run_timers.
            const bool is_step = text.find_step(exact) != nullptr;
            fired.body = command::timer_fired{is_step ? key.step : exact};
        };
        for (const task_state& t : state.tasks) is_it(t.task, t.due, t.status);
        for (const consultation_state& c : state.consultations)
            is_it(c.consultation, c.due, c.status);
    }
    if (fired.id.empty()) return fail(errc::task_not_open, {task, ""});
    origin from;
    from.kind = command_kind::timer;
    return run(fired, from, left);
}

result<void> runtime::impl::run_links(std::size_t batch, due_report& report) {
    auto items = keep->claim_due(tenant, work_kind::link, batch, detail::shell::lease, worker);
    if (!items) return items.failure();
    report.more = report.more || items->size() >= batch;
    for (const work_item& item : *items) work_link(item, report);
    return {};
}

void runtime::impl::deliver_one(const work_item& item, const detail::shell::handler_fn& tell,
                                due_report& report) {
    outbox_row row;
    row.of = item.of;
    row.seq = item.seq;
    row.n = item.n;
    row.body = item.body;
    auto told = describe(row, item.attempts, item.fence);
    if (!told) {
        report.problems.push_back(told.error());
        ++report.failed;
        give_back(item, told.error().text(language::en), report);
        return;
    }
    try {
        tell(*told);
    } catch (const std::exception& thrown) {
        ++report.failed;
        give_back(item, thrown.what(), report);
        return;
    } catch (...) {
        ++report.failed;
        give_back(item, "?", report);
        return;
    }
    ++report.delivered;
    if (auto settled = keep->settle(tenant, item); !settled.has_value())
        report.problems.push_back(settled.error());
}

result<void> runtime::impl::deliver(std::size_t page, std::size_t most, due_report& report) {
    {
        const std::shared_lock hold(guard);
        if (!handler || !*handler) return {};
    }
    const detail::dispatch::inside here(delivering_guard, delivering);
    // A handler that sends commands: what they cause is offered when it has returned, by the call
    // that is already delivering, so that no chain of handlers grows the stack.
    if (!here.first()) return {};
    for (std::size_t left = most; left > 0;) {
        std::shared_ptr<const detail::shell::handler_fn> tell;
        {
            const std::shared_lock hold(guard);
            tell = handler;
        }
        if (!tell || !*tell) return {};
        auto items = keep->claim_due(tenant, work_kind::notice, std::min(page, left),
                                     detail::shell::lease, worker);
        if (!items) return items.failure();
        if (items->empty()) return {};
        left -= std::min(left, items->size());
        std::set<case_id> halted;
        for (const work_item& item : *items) {
            // After a failure the later ones of the same case wait for it: order per case is
            // promised. The store offers them again together with it.
            if (halted.contains(item.of)) continue;
            const std::uint32_t failed = report.failed;
            const std::uint32_t aside = report.set_aside;
            deliver_one(item, *tell, report);
            if (report.failed != failed && report.set_aside == aside) halted.insert(item.of);
        }
        report.more = report.more || left == 0;
        if (!halted.empty() && halted.size() == items->size()) return {};
    }
    return {};
}

std::string runtime::impl::key_of(const outbox_row& row) const {
    const std::string_view id{reinterpret_cast<const char*>(caps.store_id.data()),
                              caps.store_id.size()};
    return to_base32(sha256(id), 16) + "/" + row.of.str() + "/" + std::to_string(row.seq) + "/" +
           std::to_string(row.n);
}

result<notification> runtime::impl::describe(const outbox_row& row, std::uint32_t attempts,
                                             std::uint64_t fence) {
    auto entry = decode_notice(row.body);
    if (!entry) return entry.failure();
    auto fact = event_of(row.of, row.seq);
    if (!fact) return fact.failure();
    known_ptr known = cache.get(row.of);
    if (!known || known->state.version < row.seq) {
        auto found = find(row.of, nullptr);
        if (!found) return found.failure();
        known = std::move(*found);
    }
    const case_state& state = known->state;
    const std::chrono::minutes offset = offset_for(known->definition);
    notification out;
    out.key = key_of(row);
    out.fence = fence;
    out.attempt = attempts + 1;
    out.what = std::move(*entry);
    out.of = row.of;
    out.procedure = state.procedure;
    out.procedure_title = known->definition->title;
    out.reference = state.reference;
    out.at = fact->at;
    out.by = fact->by;
    detail::shell::fill_in_event(out, *fact, state, *known->definition, offset);
    return out;
}

}  // namespace quytrinh
