// SPDX-License-Identifier: BSL-1.0
// tests/c/conformance.cpp: the scripts of bindings/conformance through C++ itself and through the C
// functions: the same results, the same refusals, the same bytes.
#include "conformance.hpp"

#include <doctest/doctest.h>

#include <quytrinh/base/fixes.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/sqlite.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/testing/scenario.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>
#include <quytrinh/time/lunar.hpp>

#include "../../bindings/c/surroundings.hpp"
#include "../../bindings/c/views.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

using namespace quytrinh;
using namespace quytrinh::conformance;

namespace {

// -- C++ -----------------------------------------------------------------------------------------

class cpp_engine : public engine {
public:
    explicit cpp_engine(const setting& by)
        : keep_(store_of(by)), office_(bundled(), keep_, people_of(by), "main", by.limits_of()) {
        if (by.tables == nullptr) return;
        for (const auto& [code, rows] : *by.tables->get_if<json_tree::members>())
            office_.set_table(code, [&rows = rows](const std::vector<value>& row) {
                c_abi::json_array cells;
                for (const auto& cell : row) cells.raw(to_json(cell));
                return setting::has(rows, read(cells.str()));
            });
    }

    outcome act(const std::string& what, const json_tree& request) override {
        try {
            return {read_json(answer(what, request)).value(), {}};
        } catch (const exception& refusal) {
            return {{}, shortened(read_json(to_json(refusal.reason(), language::vi)).value())};
        }
    }

private:
    static std::shared_ptr<store> store_of(const setting& by) {
        if (by.file.empty()) return open_memory({by.clock, by.seed});
        sqlite_options options;
        options.manual_clock = by.clock;
        options.seed = by.seed;
        return open_sqlite(by.file, options).value();
    }
    static trust people_of(const setting& by) {
        if (by.members == nullptr) return trust_host;
        return {[by](const std::string& person) -> std::vector<membership> {
            try {
                return by.units_of(person);
            } catch (const std::runtime_error&) {
                throw exception(error{errc::host_callback_failed, {"members"}, {}, {}});
            }
        }};
    }
    std::string answer(const std::string& what, const json_tree& request) {
        const std::string text = to_json(request);
        if (what == "execute")
            return to_json(office_.execute(command_from_json(text).value()).value());
        if (what == "execute_all") return all(request);
        if (what == "query") return c_abi::answer_query(office_, "main", text, language::vi);
        if (what == "run_due") return c_abi::view_of(office_.run_due().value(), language::vi);
        if (what == "pull") return pull();
        if (what == "take") return take(request);
        if (what == "confirm" || what == "give_back") return settle(what, request);
        if (what == "open") {
            const std::string& uri = text_of(request, "uri");
            (void)open_sqlite(uri.substr(uri.find(':') + 1)).value();
        }
        if (what == "verify") office_.verify(case_id{text_of(request, "case")}).value();
        if (what == "clock") keep_->set_clock(moment(text_of(request, "to"))).value();
        if (what == "due") return due(request);
        if (what == "add") return add(text_of(request, "text"));
        if (what == "check") return check(text_of(request, "text"));
        if (what == "rewrite") return rewrite(request);
        if (what == "test") return test(request);
        if (what == "ask") return about_days(request);
        if (what == "draw") return draw(request);
        if (what == "pass_to") return pass_to(moment(text_of(request, "to")));
        if (what == "offer_again")
            return c_abi::json_object()
                .number("count", office_.offer_again(text_of(request, "key")).value())
                .str();
        if (what == "default_calendar")
            office_.set_default_calendar(text_of(request, "code")).value();
        if (what == "switch_calendar")
            office_
                .add_calendar(with_switch(office_.calendar_of(text_of(request, "code")).value(),
                                          text_of(request, "name"),
                                          *request.find("on")->get_if<bool>())
                                  .value())
                .value();
        return "{}";
    }
    std::string take(const json_tree& request) {
        taken_ = office_.take(number_of(request, "limit")).value();
        c_abi::json_array out;
        for (const auto& one : taken_) out.raw(c_abi::view_of(one, office_.offset(), language::vi));
        return c_abi::json_object().raw("notifications", out.str()).str();
    }
    std::string settle(const std::string& what, const json_tree& request) {
        bool held = true;
        if (what == "give_back")
            held = office_
                       .give_back(taken_.at(number_of(request, "taken")).receipt,
                                  text_of(request, "why"))
                       .value();
        else
            for (const auto& n : *request.find("taken")->get_if<json_tree::list>())
                held =
                    office_
                        .confirm(
                            taken_.at(static_cast<std::size_t>(*n.get_if<std::int64_t>())).receipt)
                        .value() &&
                    held;
        return c_abi::json_object().truth("held", held).str();
    }
    static std::size_t number_of(const json_tree& request, const char* name) {
        return static_cast<std::size_t>(*request.find(name)->get_if<std::int64_t>());
    }
    /// Both passes, as an office makes them.
    diagnostic_list judged(const parsed& text) {
        std::vector<std::shared_ptr<calendar>> days;
        check_context context;
        context.find_procedure = [&](std::string_view code) -> const quytrinh::procedure* {
            const auto found = office_.procedure_of(code);
            return found ? found->get() : nullptr;
        };
        context.find_calendar = [&](std::string_view code) -> const calendar* {
            auto found = office_.calendar_of(code.empty() ? "HC.VN" : code);
            if (!found) return nullptr;
            return days.emplace_back(std::make_shared<calendar>(*std::move(found))).get();
        };
        diagnostic_list all = text.diagnostics;
        if (const auto& of = text.definition ? text.definition : text.draft; of)
            for (const auto& one : quytrinh::check(*of, context).items) all.add(one);
        all.sort();
        return all;
    }
    std::string check(const std::string& text) {
        const parsed found = parse("procedure.quytrinh", text);
        return c_abi::verdict(judged(found), found, language::vi);
    }
    std::string rewrite(const json_tree& request) {
        const std::string& text = text_of(request, "text");
        const json_tree& how = *request.find("request");
        const std::string what = text_of(how, "do");
        std::string out;
        if (what == "format")
            out = format(text).value().text;
        else if (what == "translate")
            out = translate(text, text_of(how, "to") == "en" ? dialect::en : dialect::vi).value();
        else if (what == "fix")
            out = apply_safe_fixes(text, [&](std::string_view now) {
                      return judged(parse("procedure.quytrinh", std::string{now}));
                  }).text;
        else
            throw exception(error{errc::bad_json, {"/do: is not known"}, {}, {}});
        return c_abi::json_object().text("text", out).truth("changed", out != text).str();
    }
    std::string test(const json_tree& request) {
        const parsed text = parse("procedure.quytrinh", text_of(request, "text"));
        if (const diagnostic_list all = judged(text); !all.ok())
            throw exception(error{errc::text_is_wrong, {std::to_string(all.errors)}, {}, {}});
        int failed = 0;
        for (const auto& one : text.scenarios->items)
            failed +=
                testing::run(one, office_.procedure_of(one.procedure).value()).passed() ? 0 : 1;
        return c_abi::json_object()
            .truth("ok", failed == 0)
            .number("scenarios", text.scenarios->items.size())
            .number("failed", failed)
            .str();
    }
    std::string about_days(const json_tree& request) {
        const std::string& what = text_of(request, "ask");
        const auto days = office_.calendar_of("HC.VN").value();
        const auto day = read_date(text_of(request, "day")).value_or(date{});
        c_abi::json_object out;
        if (what == "working_day") {
            c_abi::json_array hours;
            const bool works = is_working(days, day).value();
            for (const auto& one : hours_of(days, day).value())
                hours.raw("[" + std::to_string(one.from) + "," + std::to_string(one.to) + "]");
            return out.truth("working", works)
                .text("reason", reason_of(days, day))
                .raw("hours", hours.str())
                .str();
        }
        if (what == "working_minutes")
            return out
                .number("minutes", working_minutes(days, moment(text_of(request, "from")),
                                                   moment(text_of(request, "to")))
                                       .value())
                .str();
        if (what == "lunar") {
            const auto of = to_lunar(day).value();
            return out.number("year", of.year)
                .number("month", of.month)
                .number("day", of.day)
                .truth("leap", of.leap)
                .str();
        }
        if (what == "solar")
            return out
                .text("day", to_iso(to_solar({small(request, "year"), small(request, "month"),
                                              small(request, "day")})
                                        .value()))
                .str();
        throw exception(error{errc::bad_json, {"/ask: is not known"}, {}, {}});
    }
    std::string draw(const json_tree& request) {
        const auto of = office_.procedure_of(text_of(request, "code")).value();
        const std::string& kind = text_of(request, "kind");
        std::string out = kind == "dot"       ? draw_dot(*of)
                          : kind == "mermaid" ? draw_mermaid(*of)
                                              : draw_svg(*of);
        return c_abi::json_object().text("drawing", out).str();
    }
    /// Everything that is open is looked at before each step of time.
    std::string pass_to(instant to) {
        due_report all;
        instant now = keep_->now().value();
        if (to < now)
            throw exception(error{errc::time_out_of_range, {to_iso(to, office_.offset())}, {}, {}});
        for (;;) {
            const auto did = office_.run_due().value();
            all.timers += did.timers;
            all.links += did.links;
            all.delivered += did.delivered;
            CHECK_FALSE(did.more);
            std::optional<instant> next;
            const auto consider = [&](std::optional<instant> one) {
                if (one && *one > now && *one <= to && (!next || *one < *next)) next = one;
            };
            for (const auto& row : office_.tasks({}, 1'000).value())
                consider(row.entry.row.timer_at);
            for (const auto& row : office_.cases({}, {}, 1'000).value().rows)
                if (row.status == stored_status::open) consider(row.due_before);
            if (!next) break;
            now = *next;
            keep_->set_clock(now).value();
        }
        keep_->set_clock(to).value();
        return c_abi::view_of(all, language::vi);
    }
    std::string all(const json_tree& request) {
        std::vector<case_command> batch;
        for (const auto& one : *request.get_if<json_tree::list>())
            batch.push_back(command_from_json(to_json(one)).value());
        std::string out;
        for (const auto& done : office_.execute_all(std::move(batch)))
            out += std::string(out.empty() ? "" : ",") +
                   (done ? "{\"result\":" + to_json(*done)
                         : "{\"error\":" + to_json(done.error(), language::vi)) +
                   "}";
        return "[" + out + "]";
    }
    std::string pull() {
        std::string told;
        office_.on_notification([&](const notification& one) {
            told += (told.empty() ? "" : ",") + c_abi::view_of(one, office_.offset(), language::vi);
        });
        const auto report = office_.run_due().value();
        office_.on_notification({});
        return "{\"report\":" + c_abi::view_of(report, language::vi) + ",\"notifications\":[" +
               told + "]}";
    }
    std::string add(const std::string& text) {
        const auto done = office_.add(text).value();
        auto out = c_abi::short_view(*done.definition);
        c_abi::add_diagnostics(out, done.diagnostics, done.sources, language::vi);
        return out.str();
    }
    std::string due(const json_tree& request) {
        const auto days = office_.calendar_of("HC.VN").value();
        const auto written = parse_limit(text_of(request, "limit")).value();
        const auto rule = text_of(request, "rule") == "working_time" ? counting_rule::working_time
                                                                     : counting_rule::blds_2015;
        return to_json(
            count_limit(days, rule, moment(text_of(request, "from")), written.length).value(),
            days.offset, language::vi);
    }
    std::string events(const std::string& id) override {
        const auto hex = [](std::string_view bytes) {
            std::string out;
            for (const char c : bytes) {
                const auto byte = static_cast<unsigned char>(c);
                out += "0123456789abcdef"[byte >> 4];
                out += "0123456789abcdef"[byte & 15];
            }
            return out;
        };
        std::string out;
        for (const auto& one : keep_->history("main", case_id{id}, 0, 10'000).value())
            out += std::to_string(one.seq) + " " + to_hex(one.hash) + " " +
                   hex({reinterpret_cast<const char*>(one.salt.data()), one.salt.size()}) + " " +
                   hex(one.header) + " " + hex(one.payload) + "\n";
        return out;
    }

    std::shared_ptr<store> keep_;
    runtime office_;
    std::vector<notification> taken_;  ///< by the last "take"
};

// -- scripts -------------------------------------------------------------------------------------

const std::filesystem::path folder =
    std::filesystem::path(QUYTRINH_TESTS_DIR).parent_path() / "bindings" / "conformance";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

setting setting_of(const json_tree& script, const std::string& file) {
    return {moment(text_of(script, "clock")),
            static_cast<std::uint64_t>(*script.find("seed")->get_if<std::int64_t>()),
            file,
            script.find("members"),
            script.find("tables"),
            script.find("limits")};
}

template <class Engine>
void run(const json_tree& script, const std::string& file) {
    Engine with(setting_of(script, file));
    std::size_t number = 0;
    for (const auto& step : *script.find("steps")->get_if<json_tree::list>()) {
        const json_tree& request = *step.find("request");
        ++number;
        INFO("step " << number << ": " << to_json(request));
        const outcome done = with.act(text_of(step, "do"), request);
        if (text_of(step, "only") == "memory" && !file.empty()) continue;
        const json_tree* expect = step.find("expect");
        const json_tree* refuse = step.find("refuse");
        CHECK((expect != nullptr) != (refuse != nullptr));
        if (done.refuse) {
            CHECK_MESSAGE((refuse != nullptr && *refuse == *done.refuse), to_json(*done.refuse));
        } else {
            CHECK_MESSAGE((expect != nullptr && *expect == done.expect), to_json(done.expect));
        }
    }
    CHECK(number > 5);
    CHECK_EQ(with.exported(), text_of(script, "export"));
}

/// What C++ answers, written into a script; one line a step.
std::string rewritten(const json_tree& script) {
    cpp_engine with(setting_of(script, {}));
    std::string out = "{\"about\": " + to_json(*script.find("about")) +
                      ",\n \"clock\": " + to_json(*script.find("clock")) +
                      ", \"seed\": " + to_json(*script.find("seed"));
    if (const json_tree* only = script.find("only")) out += ", \"only\": " + to_json(*only);
    for (const char* name : {"members", "tables", "limits"})
        if (const json_tree* said_by_host = script.find(name))
            out += ",\n \"" + std::string{name} + "\": " + to_json(*said_by_host);
    out += ",\n \"steps\": [";
    bool first = true;
    for (const auto& step : *script.find("steps")->get_if<json_tree::list>()) {
        const json_tree& request = *step.find("request");
        const outcome done = with.act(text_of(step, "do"), request);
        out += first ? "\n" : ",\n";
        first = false;
        out += "  {\"do\": " + to_json(*step.find("do"));
        if (const json_tree* only = step.find("only")) out += ", \"only\": " + to_json(*only);
        out += ", \"request\": " + to_json(request) + ",\n   " +
               (done.refuse ? "\"refuse\": " + to_json(*done.refuse)
                            : "\"expect\": " + to_json(done.expect)) +
               "}";
    }
    return out + "\n ],\n \"export\": \"" + with.exported() + "\"}\n";
}

/// A new file of a folder that goes with it.
class folder_of_test {
public:
    folder_of_test() {
        std::string name = (std::filesystem::temp_directory_path() / "quytrinh-c-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~folder_of_test() { std::filesystem::remove_all(path_); }
    folder_of_test(const folder_of_test&) = delete;
    folder_of_test& operator=(const folder_of_test&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const {
        return (path_ / name).string();
    }

private:
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("every script comes to the same through C++ and through C") {
    std::vector<std::filesystem::path> scripts;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") scripts.push_back(entry.path());
    std::sort(scripts.begin(), scripts.end());
    CHECK(scripts.size() >= 9);
    const char* reset = std::getenv("QUYTRINH_RESET_GOLDEN");
    for (const auto& path : scripts) {
        const std::string name = path.filename().string();
        INFO(name);
        auto script = read_json(read_file(path));
        REQUIRE_MESSAGE(script, name);
        if (reset != nullptr && std::string_view(reset) == "1") {
            std::ofstream{path, std::ios::binary} << rewritten(*script);
            script = read_json(read_file(path));
        }
        run<cpp_engine>(*script, {});
        run<c_engine>(*script, {});
        if (text_of(*script, "only") == "memory") continue;
        const folder_of_test files;
        run<cpp_engine>(*script, files.file("cpp.db"));
        run<c_engine>(*script, files.file("c.db"));
    }
}
