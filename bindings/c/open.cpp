// SPDX-License-Identifier: BSL-1.0
// bindings/c/open.cpp: a store by its address, its clock, its copies.
#include "office.hpp"

#include <quytrinh/base/limits.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/sqlite.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <limits>

namespace quytrinh::c_abi {

namespace {

constexpr std::uint32_t known_flags = QUYTRINH_MANUAL_CLOCK | QUYTRINH_SEEDED | QUYTRINH_EXISTING |
                                      QUYTRINH_READ_ONLY | QUYTRINH_WEAK | QUYTRINH_NO_BUNDLED |
                                      QUYTRINH_UNCHECKED;
constexpr std::uint32_t sqlite_flags =
    QUYTRINH_EXISTING | QUYTRINH_READ_ONLY | QUYTRINH_WEAK | QUYTRINH_UNCHECKED;

[[noreturn]] void bad_option(std::string which) {
    refuse(errc::invalid_argument, {"options", std::move(which)});
}

/// A caller's options whatever header it was compiled with: of an older one the rest has its
/// defaults, of a newer one it must be zero.
quytrinh_open_options read_options(const quytrinh_open_options* from) {
    quytrinh_open_options out{};
    if (from == nullptr) return out;
    constexpr std::size_t least = offsetof(quytrinh_open_options, clock_us), most = 4096;
    std::size_t size = 0;
    std::memcpy(&size, from, sizeof size);
    if (size < least || size > most) bad_option("size " + std::to_string(size));
    std::memcpy(&out, from, std::min(size, sizeof out));
    return out;
}

void check_options(const quytrinh_open_options* from, const quytrinh_open_options& as) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(from);
    for (std::size_t at = sizeof as; at < as.size; ++at)
        if (bytes[at] != 0) bad_option("byte " + std::to_string(at));
    if ((as.flags & ~known_flags) != 0) bad_option("flags");
    if (as.reserved != 0) bad_option("reserved");
}

bool set_limit(limits& to, std::string_view name, std::uint64_t n) {
    const std::pair<std::string_view, std::size_t limits::*> sizes[] = {
        {"definition_bytes", &limits::definition_bytes},
        {"nesting", &limits::nesting},
        {"tokens_per_line", &limits::tokens_per_line},
        {"steps", &limits::steps},
        {"import_files", &limits::import_files},
        {"import_depth", &limits::import_depth},
        {"import_bytes", &limits::import_bytes},
        {"identifier_code_points", &limits::identifier_code_points},
        {"diagnostics", &limits::diagnostics},
        {"events_per_case", &limits::events_per_case},
        {"history_bytes", &limits::history_bytes},
        {"payload_bytes", &limits::payload_bytes},
        {"open_tasks", &limits::open_tasks},
        {"command_id_bytes", &limits::command_id_bytes},
        {"id_bytes", &limits::id_bytes},
        {"text_bytes", &limits::text_bytes},
        {"fields_per_command", &limits::fields_per_command},
        {"evaluation_steps", &limits::evaluation_steps},
        {"page", &limits::page},
        {"page_max", &limits::page_max},
    };
    for (const auto& [known, member] : sizes)
        if (known == name) {
            to.*member = n;
            return true;
        }
    if (name == "delivery_attempts")
        to.delivery_attempts = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(n, std::numeric_limits<std::uint32_t>::max()));
    else if (name == "limit_years")
        to.limit_years = static_cast<std::int64_t>(std::min<std::uint64_t>(n, 1'000'000));
    else
        return false;
    return true;
}

limits read_limits(std::string_view json) {
    limits out;
    if (json.empty()) return out;
    const json_tree tree = must(read_json(json));
    const auto* members = tree.get_if<json_tree::members>();
    if (members == nullptr) refuse(errc::bad_json, {"/: must be an object"});
    for (const auto& [name, number] : *members) {
        const auto* n = number.get_if<std::int64_t>();
        if (n == nullptr || *n <= 0)
            refuse(errc::bad_json, {"/" + name + ": must be a whole number above 0"});
        if (!set_limit(out, name, static_cast<std::uint64_t>(*n)))
            refuse(errc::bad_json, {"/" + name + ": is not known here"});
    }
    return out;  // the runtime holds them to their maxima
}

std::shared_ptr<store> open_store(std::string_view uri, const quytrinh_open_options& as) {
    std::optional<instant> clock;
    if ((as.flags & QUYTRINH_MANUAL_CLOCK) != 0) clock = moment_of_clock(as.clock_us);
    std::optional<std::uint64_t> seed;
    if ((as.flags & QUYTRINH_SEEDED) != 0) {
        if (!clock) bad_option("QUYTRINH_SEEDED");
        seed = as.seed;
    }
    if (uri == "memory:") {
        if ((as.flags & sqlite_flags) != 0) bad_option("memory:");
        return open_memory({clock, seed});
    }
    constexpr std::string_view scheme = "sqlite:";
    if (!uri.starts_with(scheme) || uri.size() == scheme.size() ||
        uri.find('\0') != std::string_view::npos)
        refuse(errc::invalid_argument, {"uri", std::string{uri.substr(0, 100)}});
    sqlite_options options;
    options.create = (as.flags & QUYTRINH_EXISTING) == 0;
    options.manual_clock = clock;
    options.seed = seed;
    options.read_only = (as.flags & QUYTRINH_READ_ONLY) != 0;
    options.allow_weak_durability = (as.flags & QUYTRINH_WEAK) != 0;
    if (as.lock_wait_ms != 0) options.lock_wait = std::chrono::milliseconds{as.lock_wait_ms};
    if (as.statement_ms != 0) options.statement_time = std::chrono::milliseconds{as.statement_ms};
    if (as.check_bytes != 0) options.check_bytes = as.check_bytes;
    if ((as.flags & QUYTRINH_UNCHECKED) != 0) options.check_bytes = 0;
    return must(open_sqlite(std::string{uri.substr(scheme.size())}, options));
}

using members_callback = callback<quytrinh_members_fn>;

/// What the host says of a person; a failure of it fails the command.
std::vector<membership> ask(const members_callback& host, const std::string& person) {
    const reply into;
    if (host.tell(host.user, person.data(), person.size(), into.handle()) != 0)
        refuse(errc::host_callback_failed, {"members"});
    const std::lock_guard hold(into.answers().guard);
    for (auto& unit : into.answers().units) unit.person = person;
    return into.answers().units;
}

}  // namespace

instant moment_of_clock(std::int64_t us) {
    constexpr std::chrono::sys_days first{std::chrono::year{1900} / 1 / 1},
        end{std::chrono::year{2200} / 1 / 1};
    const instant at{std::chrono::microseconds{us}};
    if (at < first || at >= end) refuse(errc::time_out_of_range, {std::to_string(us) + " us"});
    return at;
}

reply::reply() : object_(std::make_shared<reply_object>()) {
    handle_ = static_cast<quytrinh_reply*>(table::here().add(object_));
}

reply::~reply() { table::forget(handle_); }

import_resolver imports_of(quytrinh_import_fn function, void* user) {
    if (function == nullptr) return bundled_imports();
    return [function, user](std::string_view name) -> result<std::string> {
        const reply into;
        const std::int32_t said = function(user, name.data(), name.size(), into.handle());
        const std::lock_guard hold(into.answers().guard);
        if (said != 0 || !into.answers().answered)
            return fail(errc::not_found, {std::string{name}});
        return into.answers().text;
    };
}

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;
namespace qt = quytrinh;

std::int32_t quytrinh_open(const char* uri, std::size_t uri_size,
                           const quytrinh_open_options* options, quytrinh_error** error,
                           quytrinh_office** office) {
    return call(error, [&] {
        if (office != nullptr) *office = nullptr;  // also when the options cannot be read
        const quytrinh_open_options as = read_options(options);
        const auto members = keep(as.members, as.members_user, as.members_destroy);
        clear(office);
        check_options(options, as);
        const qt::limits bounds = read_limits(given(as.limits, as.limits_size, "options"));
        std::string tenant{given(as.tenant, as.tenant_size, "tenant")};
        if (tenant.empty()) tenant = "main";
        qt::trust whom = qt::trust_host;
        if (members->tell != nullptr)
            whom.memberships = [members](const std::string& person) {
                return ask(*members, person);
            };
        auto keep = open_store(named(uri, uri_size, "uri"), as);
        const bool bare = (as.flags & QUYTRINH_NO_BUNDLED) != 0;
        const qt::definitions known = bare ? qt::definitions{} : qt::bundled();
        qt::runtime with{known, std::move(keep), std::move(whom), tenant, bounds};
        std::vector<std::string> calendars;
        for (const qt::calendar& days : known.calendars) calendars.push_back(days.code);
        give<office_object>(office, std::move(with), std::move(tenant), std::move(calendars));
    });
}

std::int32_t quytrinh_now(quytrinh_office* office, quytrinh_error** error, std::int64_t* now_us) {
    return call(error, [&] {
        clear(now_us);
        const auto in = object_of<office_object>(office);
        *now_us = must(in->office.backing().now()).time_since_epoch().count();
    });
}

std::int32_t quytrinh_set_clock(quytrinh_office* office, std::int64_t to_us,
                                quytrinh_error** error) {
    return call(error, [&] {
        const auto in = object_of<office_object>(office);
        must(in->office.backing().set_clock(moment_of_clock(to_us)));
    });
}

std::int32_t quytrinh_backup(quytrinh_office* office, const char* path, std::size_t path_size,
                             quytrinh_error** error) {
    return call(error, [&] {
        const auto in = object_of<office_object>(office);
        must(qt::backup_sqlite(in->office.backing(),
                               std::string{named(path, path_size, "attachment")}));
    });
}

std::int32_t quytrinh_check_store(quytrinh_office* office, quytrinh_error** error) {
    return call(error, [&] {
        const auto in = object_of<office_object>(office);
        must(qt::check_sqlite(in->office.backing()));
    });
}

std::int32_t quytrinh_reply_text(quytrinh_reply* reply, const char* text, std::size_t text_size) {
    return call(nullptr, [&] {
        const auto to = object_of<reply_object>(reply);
        std::string copy{given(text, text_size, "text")};
        const std::lock_guard hold(to->guard);
        to->text = std::move(copy);
        to->answered = true;
    });
}

std::int32_t quytrinh_reply_member(quytrinh_reply* reply, const char* unit, std::size_t unit_size,
                                   std::int32_t head, std::uint64_t unit_version) {
    return call(nullptr, [&] {
        constexpr std::size_t most = 1'000;
        const auto to = object_of<reply_object>(reply);
        qt::membership one;
        one.unit = named(unit, unit_size, "unit");
        one.head = head != 0;
        one.unit_version = unit_version;
        const std::lock_guard hold(to->guard);
        if (to->units.size() >= most) refuse(qt::errc::limit_exceeded, {"unit", "1000"});
        to->units.push_back(std::move(one));
    });
}
