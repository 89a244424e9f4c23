// SPDX-License-Identifier: BSL-1.0
// bindings/c/cases.cpp: commands, due work, notifications.
#include "office.hpp"
#include "request.hpp"
#include "views.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace quytrinh::c_abi {

namespace {

using notification_callback = callback<quytrinh_notification_fn>;

std::string execute_all(runtime& office, std::string_view text, language words) {
    constexpr std::size_t most = 1'000;
    const json_tree tree = must(read_json(text));
    const auto* items = tree.get_if<json_tree::list>();
    if (items == nullptr) refuse(errc::bad_json, {"/: must be a list"});
    if (items->size() > most) refuse(errc::limit_exceeded, {"command", std::to_string(most)});
    std::vector<case_command> batch;
    for (std::size_t i = 0; i < items->size(); ++i) {
        auto one = command_from_json(to_json((*items)[i]));
        if (!one && !one.error().args.empty())
            refuse(one.error().code, {"/" + std::to_string(i) + one.error().args.front()});
        batch.push_back(must(std::move(one)));
    }
    json_array out;
    for (const auto& done : office.execute_all(std::move(batch)))
        out.raw(done ? json_object().raw("result", to_json(*done)).str()
                     : json_object().raw("error", to_json(done.error(), words)).str());
    return out.str();
}

/// Keeps who is told of notifications. Both in one step, so that two who ask at the same time never
/// leave one of them as the handler and the other as whom this knows.
void tell(office_object& in, std::shared_ptr<notification_callback> whom, language words) {
    const std::lock_guard hold(in.guard);
    // What was there is let go after the lock: its destructor is the host's.
    in.told.swap(whom);
    if (in.told->tell == nullptr) {
        in.told = nullptr;
        return in.office.on_notification({});
    }
    const auto offset = in.office.offset();
    in.office.on_notification([now = in.told, offset, words](const notification& n) {
        const std::string json = view_of(n, offset, words);
        const std::int32_t said = now->tell(now->user, json.data(), json.size());
        if (said != 0) refuse(errc::host_callback_failed, {std::to_string(said)});
    });
}

std::string taken_view(const runtime& office, const std::vector<notification>& taken,
                       language words) {
    json_array out;
    for (const auto& one : taken) out.raw(view_of(one, office.offset(), words));
    return out.str();
}

std::string take(runtime& office, std::uint32_t limit, std::uint32_t lease_ms, language words) {
    const std::chrono::milliseconds lease{lease_ms == 0 ? 60'000 : lease_ms};
    return json_object()
        .raw("notifications", taken_view(office, must(office.take(limit, lease)), words))
        .str();
}

std::string receipt_of(const json_tree& from, const std::string& place) {
    const auto* receipt = from.get_if<std::string>();
    if (receipt == nullptr) refuse(errc::bad_json, {place + ": must be a string"});
    return *receipt;
}

/// What became of what was taken. First what was dealt with: giving one back takes the others of
/// its case along.
std::string settled(runtime& office, std::string_view text) {
    constexpr std::size_t most = 1'000;
    request with{text};
    const auto* confirmed = with.items("confirm");
    const auto* given_back = with.items("give_back");
    with.finish();
    if ((confirmed == nullptr ? 0 : confirmed->size()) +
            (given_back == nullptr ? 0 : given_back->size()) >
        most)
        refuse(errc::limit_exceeded, {"receipt", std::to_string(most)});
    std::uint64_t done = 0, back = 0;
    json_array lapsed;
    const auto note = [&](bool held, const std::string& receipt, std::uint64_t& count) {
        if (held)
            ++count;
        else
            lapsed.text(receipt);
    };
    for (std::size_t n = 0; confirmed != nullptr && n < confirmed->size(); ++n) {
        const auto receipt = receipt_of((*confirmed)[n], "/confirm/" + std::to_string(n));
        note(must(office.confirm(receipt)), receipt, done);
    }
    for (std::size_t n = 0; given_back != nullptr && n < given_back->size(); ++n) {
        const std::string place = "/give_back/" + std::to_string(n);
        const json_tree& one = (*given_back)[n];
        const auto* members = one.get_if<json_tree::members>();
        if (members == nullptr) refuse(errc::bad_json, {place + ": must be an object"});
        std::string receipt, why;
        for (const auto& [name, value] : *members) {
            if (name != "receipt" && name != "why")
                refuse(errc::bad_json, {place + "/" + name + ": is not known here"});
            (name == "why" ? why : receipt) = receipt_of(value, place + "/" + name);
        }
        note(must(office.give_back(receipt, why)), receipt, back);
    }
    return json_object()
        .number("confirmed", done)
        .number("given_back", back)
        .raw("lapsed", lapsed.str())
        .str();
}

void add(due_report& to, due_report&& more) {
    to.timers += more.timers;
    to.links += more.links;
    to.delivered += more.delivered;
    to.failed += more.failed;
    to.set_aside += more.set_aside;
    for (auto& problem : more.problems) to.problems.push_back(std::move(problem));
}

/// Taken and confirmed in one: told at most once.
std::string pull(office_object& in, std::size_t batch, language words) {
    if (batch == 0) batch = limits{}.page;
    {
        const std::lock_guard hold(in.guard);
        if (in.told) refuse(errc::store_busy);
    }
    due_report report = must(in.office.run_due(batch));
    json_array notifications;
    // One case gives but a part of what it has at a time.
    for (std::size_t left = report.more ? 0 : batch; left > 0;) {
        auto taken = must(in.office.take(left));
        if (taken.empty()) break;
        left -= std::min(left, taken.size());
        report.more = left == 0;
        for (auto& one : taken) {
            const std::string receipt = std::exchange(one.receipt, {});
            const std::string json = view_of(one, in.office.offset(), words);
            const auto confirmed = in.office.confirm(receipt);
            if (!confirmed.has_value()) {
                // It and what follows is handed out again when the lease is over.
                report.problems.push_back(confirmed.error());
                report.more = true;
                left = 0;
                break;
            }
            if (!*confirmed) continue;
            notifications.raw(json);
            ++report.delivered;
        }
    }
    return json_object()
        .raw("report", view_of(report, words))
        .raw("notifications", notifications.str())
        .str();
}

// -- time that passes

/// Whatever is due at this moment; how much that may be depends on what the commands of callbacks
/// make due.
void settle(runtime& office, due_report& report) {
    constexpr int most = 100'000;
    constexpr std::size_t most_problems = 1'000;
    for (int round = 0; round < most; ++round) {
        due_report did = must(office.run_due());
        const bool more = did.more;
        add(report, std::move(did));
        if (report.problems.size() > most_problems) report.problems.resize(most_problems);
        if (!more) return;
    }
    refuse(errc::limit_exceeded, {"run_due", std::to_string(most)});
}

/// What falls due first after `now`, up to `to`.
std::optional<instant> next_due(runtime& office, instant now, instant to) {
    std::optional<instant> next;
    const auto consider = [&](std::optional<instant> one) {
        if (one && *one > now && *one <= to && (!next || *one < *next)) next = one;
    };
    std::string cursor;
    do {
        const auto page = must(office.task_page({}, cursor, 1'000));
        for (const auto& row : page.rows) consider(row.entry.row.timer_at);
        // By due: nothing that follows is due earlier.
        const bool past = next && !page.rows.empty() && page.rows.back().entry.row.due_before &&
                          *page.rows.back().entry.row.due_before > *next;
        cursor = past ? std::string{} : page.next;
    } while (!cursor.empty());
    case_query late;
    late.overdue_at = to;
    do {
        const auto page = must(office.cases(late, cursor, 1'000));
        for (const auto& row : page.rows) consider(row.due_before);
        cursor = page.next;
    } while (!cursor.empty());
    return next;
}

std::string pass_to(runtime& office, instant to, language words) {
    constexpr int most = 100'000;
    due_report report;
    instant now = must(office.backing().now());
    if (to < now) refuse(errc::time_out_of_range, {to_iso(to, office.offset())});
    // A real clock refuses this before anything is done.
    must(office.backing().set_clock(now));
    for (int fired = 0;; ++fired) {
        settle(office, report);
        const auto next = next_due(office, now, to);
        if (!next) break;
        if (fired >= most) refuse(errc::limit_exceeded, {"timers", std::to_string(most)});
        now = *next;
        must(office.backing().set_clock(now));
    }
    must(office.backing().set_clock(to));
    settle(office, report);
    return view_of(report, words);
}

}  // namespace

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;
namespace qt = quytrinh;

std::int32_t quytrinh_execute(quytrinh_office* office, const char* command,
                              std::size_t command_size, quytrinh_error** error,
                              quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        auto what = qt::command_from_json(given_bytes(command, command_size, "command"));
        // What was read is UTF-8; only of what was not it is asked.
        if (!what) (void)given(command, command_size, "command");
        give_text(json, qt::to_json(must(in->office.execute(std::move(what.value())))));
    });
}

std::int32_t quytrinh_execute_all(quytrinh_office* office, const char* commands,
                                  std::size_t commands_size, std::int32_t words,
                                  quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        give_text(json, execute_all(in->office, given(commands, commands_size, "command"), as));
    });
}

std::int32_t quytrinh_verify(quytrinh_office* office, const char* case_id, std::size_t case_id_size,
                             quytrinh_error** error) {
    return call(error, [&] {
        const auto in = object_of<office_object>(office);
        must(in->office.verify(qt::case_id{named(case_id, case_id_size, "target")}));
    });
}

std::int32_t quytrinh_run_due(quytrinh_office* office, std::uint32_t batch, std::int32_t words,
                              quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        give_text(json, view_of(must(in->office.run_due(batch)), as));
    });
}

std::int32_t quytrinh_on_notification(quytrinh_office* office, quytrinh_notification_fn function,
                                      void* user, quytrinh_destroy_fn destroy, std::int32_t words,
                                      quytrinh_error** error) {
    return call(error, [&] {
        const auto whom = keep(function, user, destroy);
        tell(*object_of<office_object>(office), whom, language_of(words));
    });
}

std::int32_t quytrinh_pull(quytrinh_office* office, std::uint32_t batch, std::int32_t words,
                           quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        give_text(json, pull(*in, batch, language_of(words)));
    });
}

std::int32_t quytrinh_take(quytrinh_office* office, std::uint32_t limit, std::uint32_t lease_ms,
                           std::int32_t words, quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        give_text(json, take(in->office, limit, lease_ms, as));
    });
}

std::int32_t quytrinh_settle(quytrinh_office* office, const char* request, std::size_t request_size,
                             quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        give_text(json, settled(in->office, given(request, request_size, "text")));
    });
}

std::int32_t quytrinh_offer_again(quytrinh_office* office, const char* key, std::size_t key_size,
                                  quytrinh_error** error, std::uint64_t* count) {
    return call(error, [&] {
        clear(count);
        const auto in = object_of<office_object>(office);
        *count = must(in->office.offer_again(given(key, key_size, "text")));
    });
}

std::int32_t quytrinh_pass_to(quytrinh_office* office, std::int64_t to_us, std::int32_t words,
                              quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        give_text(json, pass_to(in->office, moment_of_clock(to_us), as));
    });
}
