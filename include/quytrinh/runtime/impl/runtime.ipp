// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/runtime.ipp: the public face; the work is done in the other rooms.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/chain.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace quytrinh {

const trust trust_host{};

runtime::impl::impl(definitions first, std::shared_ptr<store> store_of, trust whom_of,
                    std::string tenant_of, limits bounds_of)
    : keep(std::move(store_of)),
      whom(std::move(whom_of)),
      tenant(std::move(tenant_of)),
      bounds(within_maxima(bounds_of)) {
    if (!keep) throw exception(error{errc::invalid_argument, {"store"}, {}, {}});
    if (tenant.empty() || tenant.size() > bounds.id_bytes || first_ill_formed(tenant) ||
        tenant.find('\0') != std::string::npos)
        throw exception(error{errc::invalid_argument, {"tenant"}, {}, {}});
    if (first_id_flaw(tenant)) throw exception(error{errc::invalid_argument, {"tenant"}, {}, {}});
    make_nfc(tenant);
    caps = keep->caps();
    for (procedure_ptr& definition : first.procedures) {
        if (!definition) throw exception(error{errc::invalid_argument, {"procedures"}, {}, {}});
        remember(std::move(definition));
    }
    for (calendar& days : first.calendars) add_calendar(std::move(days)).value();
    worker = make_id().value().str();
}

runtime::runtime(definitions known, std::shared_ptr<store> keep, trust whom, std::string tenant,
                 limits bounds)
    : impl_(std::make_unique<impl>(std::move(known), std::move(keep), std::move(whom),
                                   std::move(tenant), bounds)) {}
runtime::~runtime() = default;
runtime::runtime(runtime&&) noexcept = default;
runtime& runtime::operator=(runtime&&) noexcept = default;

// -- procedures

result<added> runtime::add(std::string text, std::string name, const import_resolver& imports) {
    return impl_->add(std::move(text), std::move(name), imports);
}

std::vector<procedure_ptr> runtime::procedures() const {
    const std::shared_lock hold(impl_->guard);
    std::vector<procedure_ptr> all;
    for (const auto& [code, definition] : impl_->codes) all.push_back(definition);
    return all;
}

result<procedure_ptr> runtime::procedure_of(std::string_view code) const {
    return impl_->by_code(to_nfc(code));
}

result<void> runtime::add_calendar(calendar days) { return impl_->add_calendar(std::move(days)); }

result<void> runtime::set_default_calendar(std::string_view code) {
    const std::unique_lock hold(impl_->guard);
    if (!impl_->calendars.contains(code)) return fail(errc::calendar_unknown, {std::string(code)});
    impl_->default_calendar = std::string(code);
    return {};
}

result<calendar> runtime::calendar_of(std::string_view code) const {
    const std::shared_lock hold(impl_->guard);
    const auto found = impl_->calendars.find(code);
    if (found == impl_->calendars.end()) return fail(errc::calendar_unknown, {std::string(code)});
    return *found->second;
}

void runtime::set_table(std::string code,
                        std::function<bool(const std::vector<value>& row)> has_row) {
    make_nfc(code);
    std::shared_ptr<const detail::shell::table_fn> shared;
    if (has_row) shared = std::make_shared<const detail::shell::table_fn>(std::move(has_row));
    const std::unique_lock hold(impl_->guard);
    // What goes is let go after the lock: it may be the host's code.
    impl_->tables[std::move(code)].swap(shared);
}

// -- commands

result<case_id> runtime::open(std::string_view procedure, const open_options& options) {
    case_command what;
    what.id = options.id;
    what.by = options.by;
    command::open opening;
    opening.procedure = std::string(procedure);
    opening.bind = options.bind;
    opening.reference = options.reference;
    opening.fields = options.fields;
    opening.at_step = options.at_step;
    what.body = std::move(opening);
    auto done = execute(std::move(what));
    if (!done) return done.failure();
    return done->target;
}

result<command_result> runtime::complete(const case_id& of, const task_name& task,
                                         const complete_options& options) {
    case_command what;
    what.id = options.id;
    what.target = of;
    what.by = options.by;
    what.expected_version = options.expected_version;
    command::complete c;
    c.task = task;
    c.outcome = options.outcome;
    c.reason = options.reason;
    c.fields = options.fields;
    c.confirmed = options.confirmed;
    c.assign = options.assign;
    c.attachments = options.attachments;
    c.channel = options.channel;
    c.open_linked = options.open_linked;
    c.lead = options.lead;
    what.body = std::move(c);
    return execute(std::move(what));
}

result<command_result> runtime::execute(case_command what) {
    if (auto fit = impl_->complete_envelope(what, true); !fit) return fit.failure();
    detail::shell::follow_up left;
    auto done = impl_->run(what, {}, left);
    if (!left.empty()) impl_->after_commit(std::move(left));
    return done;
}

std::vector<result<command_result>> runtime::execute_all(std::vector<case_command> batch) {
    detail::shell::follow_up left;
    auto answers = impl_->run_all(std::move(batch), left);
    if (!left.empty()) impl_->after_commit(std::move(left));
    return answers;
}

result<std::optional<command_result>> runtime::lookup(const case_id& of, const command_id& id) {
    auto row = impl_->keep->lookup(impl_->tenant, of, id);
    if (!row) return row.failure();
    if (!row->has_value()) return std::optional<command_result>();
    auto answer = impl_->answer_of(**row, (*row)->digest, id);
    if (!answer) return answer.failure();
    return std::optional<command_result>(std::move(*answer));
}

// -- due work

void runtime::on_notification(std::function<void(const notification&)> handler) {
    std::shared_ptr<const detail::shell::handler_fn> shared;
    if (handler) shared = std::make_shared<const detail::shell::handler_fn>(std::move(handler));
    const std::unique_lock hold(impl_->guard);
    impl_->handler.swap(shared);  // let go after the lock
}

result<due_report> runtime::run_due(std::size_t batch) {
    due_report report;
    batch = impl_->rows(batch);
    if (auto done = impl_->run_timers(batch, report); !done) return done.failure();
    if (auto done = impl_->run_links(batch, report); !done) return done.failure();
    const bool more = report.more;
    if (auto done = impl_->deliver(batch, batch, report); !done) return done.failure();
    report.more = report.more || more;
    return report;
}

result<command_result> runtime::say_late(const case_id& of, const task_name& task) {
    detail::shell::follow_up left;
    auto done = impl_->say_late(of, task, left);
    if (!left.empty()) impl_->after_commit(std::move(left));
    return done;
}

result<outbox_counts> runtime::outbox() const { return impl_->keep->count_outbox(impl_->tenant); }

result<std::vector<notification>> runtime::set_aside(std::size_t limit) const {
    limit = impl_->rows(limit);
    auto page = impl_->keep->query_outbox(impl_->tenant, true, {}, limit);
    if (!page) return page.failure();
    std::vector<notification> all;
    for (const outbox_entry& entry : page->rows) {
        if (entry.row.kind != outbox_kind::notice) continue;
        auto told = impl_->describe(entry.row, entry.attempts, 0);
        if (!told) return told.failure();
        told->attempt = entry.attempts;
        told->last_error = entry.last_error;
        all.push_back(std::move(*told));
    }
    return all;
}

result<std::size_t> runtime::offer_again(std::string_view key) {
    std::size_t taken = 0;
    std::string cursor;
    do {
        auto page = impl_->keep->query_outbox(impl_->tenant, true, cursor, impl_->bounds.page_max);
        if (!page) return page.failure();
        for (const outbox_entry& entry : page->rows) {
            const outbox_row& row = entry.row;
            if (!key.empty() && key != impl_->key_of(row)) continue;
            auto again = impl_->keep->offer_again(impl_->tenant, row.of, row.seq, row.n);
            if (!again.has_value()) return again.failure();
            taken += *again ? 1 : 0;
        }
        cursor = std::move(page->next);
    } while (!cursor.empty());
    if (taken == 0 && !key.empty()) return fail(errc::not_found, {std::string(key)});
    return taken;
}

// -- queries

result<case_details> runtime::find(const case_id& of) const {
    case_details out;
    auto known = impl_->find(of, &out.quarantine);
    if (!known) return known.failure();
    out.state = (*known)->state;
    out.definition = (*known)->definition;
    out.offset = impl_->offset_for(out.definition);
    return out;
}

result<std::vector<option>> runtime::options(const case_id& of, const actor& who) const {
    std::string quarantined;
    auto known = impl_->find(of, &quarantined);
    if (!known) return known.failure();
    case_command asked;
    asked.id = command_id{"options"};
    asked.target = of;
    asked.by = who;
    asked.body = command::comment{};
    const auto fit = detail::shell::admit(asked, impl_->bounds, true);
    if (!fit.has_value()) return fit.failure();
    detail::shell::compose(asked);
    detail::shell::judging j;
    if (auto ready =
            impl_->prepare_context(j, asked, (*known)->definition, (*known)->state.last_at);
        !ready)
        return ready.failure();
    std::vector<option> all = options_for(j.with, (*known)->state, asked.by);
    if (quarantined.empty()) return all;
    for (option& o : all) {
        o.allowed = false;
        o.rule = errc::case_quarantined;
        o.who_could.clear();
    }
    return all;
}

result<std::vector<task_view>> runtime::tasks(const task_query& which, std::size_t limit) const {
    if (limit == 0) limit = impl_->bounds.page;
    std::vector<task_view> all;
    std::string cursor;
    while (all.size() < limit) {
        auto page = task_page(which, cursor, limit - all.size());
        if (!page) return page.failure();
        for (task_view& view : page->rows) all.push_back(std::move(view));
        cursor = std::move(page->next);
        if (cursor.empty()) break;
    }
    return all;
}

result<page_of<task_view>> runtime::task_page(const task_query& which, const std::string& cursor,
                                              std::size_t limit) const {
    limit = impl_->rows(limit);
    task_query asked = which;
    for (std::string* name : {&asked.unit, &asked.person, &asked.procedure}) make_nfc(*name);
    auto page = impl_->keep->query_tasks(impl_->tenant, asked, cursor, limit);
    if (!page) return page.failure();
    page_of<task_view> out;
    std::map<case_id, detail::shell::loaded> seen;
    for (task_entry& entry : page->rows) {
        auto view = impl_->view_of(std::move(entry), seen);
        if (!view) return view.failure();
        out.rows.push_back(std::move(*view));
    }
    out.next = std::move(page->next);
    return out;
}

result<page_of<head_row>> runtime::cases(const case_query& which, const std::string& cursor,
                                         std::size_t limit) const {
    limit = impl_->rows(limit);
    case_query asked = which;
    for (std::string* name : {&asked.reference, &asked.procedure}) make_nfc(*name);
    auto page = impl_->keep->query_cases(impl_->tenant, asked, cursor, limit);
    if (!page || !which.overdue_at) return page;
    // The date of a case whose clock stands will move: only its state knows since when.
    std::erase_if(page->rows, [&](const head_row& row) {
        const auto known = impl_->find(row.id, nullptr);
        return known && (*known)->state.clock_stopped_at &&
               *(*known)->state.clock_stopped_at < row.due_before;
    });
    return page;
}

result<std::vector<history_entry>> runtime::history(const case_id& of) const {
    std::vector<history_entry> all;
    std::uint64_t after = 0;
    while (true) {
        auto page = impl_->keep->history(impl_->tenant, of, after, impl_->bounds.page_max);
        if (!page) return page.failure();
        if (page->empty()) break;
        for (const stored_event& event : *page) {
            auto fact = open_event(event);
            if (!fact) return fact.failure();
            all.push_back({std::move(*fact), event.hash});
            after = event.seq;
        }
    }
    if (all.empty()) return fail(errc::not_found, {of.str()});
    return all;
}

result<std::vector<refusal_row>> runtime::refusals(const case_id& of) const {
    return impl_->keep->refusals(impl_->tenant, of);
}

result<void> runtime::verify(const case_id& of) { return impl_->verify(of); }

const store_caps& runtime::caps() const noexcept { return impl_->caps; }
store& runtime::backing() const noexcept { return *impl_->keep; }
std::chrono::minutes runtime::offset() const noexcept { return impl_->default_offset(); }

}  // namespace quytrinh
