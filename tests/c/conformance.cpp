// SPDX-License-Identifier: BSL-1.0
// tests/c/conformance.cpp: the scripts of bindings/conformance through C++ itself and through the C
// functions: the same results, the same refusals, the same bytes.
#include "caller.hpp"

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
using quytrinh_c_tests::ask;
using quytrinh_c_tests::said;

namespace {

/// What a step came to, as the scripts write it.
struct outcome {
    json_tree expect;  ///< when nothing was refused
    std::optional<json_tree> refuse;
};

const std::string& text_of(const json_tree& tree, std::string_view name) {
    static const std::string none;
    const json_tree* found = tree.find(name);
    const auto* words = found == nullptr ? nullptr : found->get_if<std::string>();
    return words == nullptr ? none : *words;
}

/// Number, name and sentence of an error.
json_tree shortened(const json_tree& error) {
    json_tree::members out;
    for (const char* name : {"code", "name", "message"})
        if (const json_tree* found = error.find(name)) out.push_back({name, *found});
    json_tree tree;
    tree.data = std::move(out);
    return tree;
}

instant moment(const std::string& text) { return read_instant(text, {}).value(); }

/// A store with a clock that is set by hand, and what the host of a script says.
struct setting {
    instant clock;
    std::uint64_t seed;
    std::string file;  ///< empty: in memory
    const json_tree* members = nullptr;
    const json_tree* tables = nullptr;

    [[nodiscard]] std::vector<membership> units_of(const std::string& person) const {
        const json_tree* found = members->find(person);
        if (found == nullptr) throw std::runtime_error("nobody knows " + person);
        std::vector<membership> out;
        for (const auto& unit : *found->get_if<json_tree::list>()) {
            const auto* head = unit.get_if<json_tree::list>();
            const json_tree& name = head == nullptr ? unit : head->front();
            membership one;
            one.person = person;
            one.unit = *name.get_if<std::string>();
            one.head = head != nullptr && *head->back().get_if<bool>();
            out.push_back(std::move(one));
        }
        return out;
    }
    [[nodiscard]] static bool has(const json_tree& rows, const json_tree& row) {
        const auto& all = *rows.get_if<json_tree::list>();
        return std::find(all.begin(), all.end(), row) != all.end();
    }
};

json_tree read(std::string_view json) { return read_json(json).value(); }

int small(const json_tree& tree, std::string_view name) {
    const json_tree* found = tree.find(name);
    return found == nullptr ? 0 : static_cast<int>(*found->get_if<std::int64_t>());
}

/// Of the answer of a test only how it went.
std::string how_it_went(const json_tree& answer) {
    return c_abi::json_object()
        .raw("ok", to_json(*answer.find("ok")))
        .raw("scenarios", to_json(*answer.find("scenarios")))
        .raw("failed", to_json(*answer.find("failed")))
        .str();
}
/// Of the answer of a rewriting only the text.
std::string what_came_out(const json_tree& answer) {
    return c_abi::json_object()
        .raw("text", to_json(*answer.find("text")))
        .raw("changed", to_json(*answer.find("changed")))
        .str();
}

class engine {
public:
    virtual ~engine() = default;
    virtual outcome act(const std::string& what, const json_tree& request) = 0;
    [[nodiscard]] std::string exported() {
        std::vector<std::string> ids;
        std::string cursor;
        do {
            const auto page = ask_for(R"({"query":"cases","cursor":")" + cursor + "\"}");
            for (const auto& row : *page.find("rows")->get_if<json_tree::list>())
                ids.push_back(text_of(row, "case"));
            cursor = text_of(page, "next");
        } while (!cursor.empty());
        std::sort(ids.begin(), ids.end());
        std::string all;
        for (const auto& id : ids) all += "case " + id + "\n" + events(id);
        return to_hex(sha256(all));
    }

protected:
    virtual std::string events(const std::string& id) = 0;
    json_tree ask_for(const std::string& query) {
        const auto done = act("query", read_json(query).value());
        REQUIRE_FALSE(done.refuse);
        return done.expect;
    }
};

// -- C++ -----------------------------------------------------------------------------------------

class cpp_engine : public engine {
public:
    explicit cpp_engine(const setting& by)
        : keep_(store_of(by)), office_(bundled(), keep_, people_of(by)) {
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
        if (!text.ok())
            throw exception(
                error{errc::text_is_wrong, {std::to_string(text.diagnostics.errors)}, {}, {}});
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
};

// -- C -------------------------------------------------------------------------------------------

class c_engine : public engine {
public:
    explicit c_engine(const setting& by) : by_(by) {
        quytrinh_open_options options{};
        options.size = sizeof options;
        options.flags = QUYTRINH_MANUAL_CLOCK | QUYTRINH_SEEDED;
        options.clock_us = by.clock.time_since_epoch().count();
        options.seed = by.seed;
        if (by.members != nullptr) {
            options.members = units;
            options.members_user = &by_;
        }
        const std::string uri = by.file.empty() ? "memory:" : "sqlite:" + by.file;
        REQUIRE_EQ(quytrinh_open(uri.data(), uri.size(), &options, nullptr, &office_), QUYTRINH_OK);
        if (by.tables == nullptr) return;
        for (const auto& [code, rows] : *by.tables->get_if<json_tree::members>())
            REQUIRE_EQ(quytrinh_set_table(office_, code.data(), code.size(), has_row,
                                          const_cast<json_tree*>(&rows), nullptr, nullptr),
                       QUYTRINH_OK);
    }
    ~c_engine() override { quytrinh_release(office_); }
    c_engine(const c_engine&) = delete;
    c_engine& operator=(const c_engine&) = delete;

    outcome act(const std::string& what, const json_tree& request) override {
        const said out = call(what, request);
        if (out.code != QUYTRINH_OK) {
            const auto error = read_json(out.error).value();
            CHECK_EQ(*error.find("code")->get_if<std::int64_t>(), out.code);
            return {{}, shortened(error)};
        }
        return {read_json(out.text.empty() ? "{}" : out.text).value(), {}};
    }

private:
    static std::int32_t units(void* user, const char* person, std::size_t size,
                              quytrinh_reply* reply) {
        try {
            for (const auto& one : static_cast<const setting*>(user)->units_of({person, size}))
                quytrinh_reply_member(reply, one.unit.data(), one.unit.size(), one.head ? 1 : 0, 0);
            return 0;
        } catch (const std::runtime_error&) {
            return 1;  // nobody of that name
        }
    }
    static std::int32_t has_row(void* rows, const char* row, std::size_t size) {
        return setting::has(*static_cast<const json_tree*>(rows), read({row, size})) ? 1 : 0;
    }
    said call(const std::string& what, const json_tree& request) {
        const auto on_text = [&](auto function) {
            return ask(
                [&](quytrinh_error** e, quytrinh_text** t) {
                    const std::string& given = text_of(request, "text");
                    const std::string how = to_json(*request.find("request"));
                    return function(given, how, e, t);
                },
                QUYTRINH_VI);
        };
        if (what == "rewrite") {
            said out = on_text([&](const std::string& given, const std::string& how, auto e,
                                   auto t) {
                return quytrinh_rewrite(office_, nullptr, 0, given.data(), given.size(), nullptr,
                                        nullptr, how.data(), how.size(), QUYTRINH_VI, e, t);
            });
            if (out.code == QUYTRINH_OK) out.text = what_came_out(read(out.text));
            return out;
        }
        if (what == "test") {
            said out =
                on_text([&](const std::string& given, const std::string& how, auto e, auto t) {
                    return quytrinh_test(office_, nullptr, 0, given.data(), given.size(), nullptr,
                                         nullptr, how.data(), how.size(), nullptr, nullptr,
                                         QUYTRINH_VI, e, t);
                });
            if (out.code == QUYTRINH_OK) out.text = how_it_went(read(out.text));
            return out;
        }
        if (what == "draw") {
            const std::string& code = text_of(request, "code");
            const std::string& kind = text_of(request, "kind");
            const std::int32_t which = kind == "dot"       ? QUYTRINH_DOT
                                       : kind == "mermaid" ? QUYTRINH_MERMAID
                                                           : QUYTRINH_SVG;
            said out = ask(
                [&](quytrinh_error** e, quytrinh_text** t) {
                    return quytrinh_draw(office_, code.data(), code.size(), which, QUYTRINH_VI, e,
                                         t);
                },
                QUYTRINH_VI);
            out.text = c_abi::json_object().text("drawing", out.text).str();
            return out;
        }
        if (what == "offer_again") {
            const std::string& key = text_of(request, "key");
            std::uint64_t count = 0;
            said out = ask(
                [&](quytrinh_error** e, quytrinh_text**) {
                    return quytrinh_offer_again(office_, key.data(), key.size(), e, &count);
                },
                QUYTRINH_VI);
            out.text = c_abi::json_object().number("count", count).str();
            return out;
        }
        return simply(what, request);
    }
    said simply(const std::string& what, const json_tree& request) {
        const std::string text = to_json(request);
        quytrinh_error* error = nullptr;
        quytrinh_text* json = nullptr;
        std::int32_t code = -1;
        if (what == "execute")
            code = quytrinh_execute(office_, text.data(), text.size(), &error, &json);
        else if (what == "execute_all")
            code =
                quytrinh_execute_all(office_, text.data(), text.size(), QUYTRINH_VI, &error, &json);
        else if (what == "query")
            code = quytrinh_query(office_, text.data(), text.size(), QUYTRINH_VI, &error, &json);
        else if (what == "run_due")
            code = quytrinh_run_due(office_, 0, QUYTRINH_VI, &error, &json);
        else if (what == "pull")
            code = quytrinh_pull(office_, 0, QUYTRINH_VI, &error, &json);
        else if (what == "due")
            code = quytrinh_due(office_, text.data(), text.size(), QUYTRINH_VI, &error, &json);
        else if (what == "clock")
            code = quytrinh_set_clock(
                office_, moment(text_of(request, "to")).time_since_epoch().count(), &error);
        else if (what == "verify") {
            const std::string& id = text_of(request, "case");
            code = quytrinh_verify(office_, id.data(), id.size(), &error);
        } else if (what == "ask") {
            code = quytrinh_ask(office_, text.data(), text.size(), QUYTRINH_VI, &error, &json);
        } else if (what == "pass_to") {
            code =
                quytrinh_pass_to(office_, moment(text_of(request, "to")).time_since_epoch().count(),
                                 QUYTRINH_VI, &error, &json);
        } else if (what == "check") {
            const std::string& judged = text_of(request, "text");
            code = quytrinh_check(office_, nullptr, 0, judged.data(), judged.size(), nullptr,
                                  nullptr, QUYTRINH_VI, &error, &json);
        } else if (what == "default_calendar") {
            const std::string& usual = text_of(request, "code");
            code = quytrinh_default_calendar(office_, usual.data(), usual.size(), &error);
        } else if (what == "switch_calendar") {
            const std::string& days = text_of(request, "code");
            const std::string& name = text_of(request, "name");
            code = quytrinh_switch_calendar(office_, days.data(), days.size(), name.data(),
                                            name.size(),
                                            *request.find("on")->get_if<bool>() ? 1 : 0, &error);
        } else if (what == "add") {
            const std::string& added = text_of(request, "text");
            code = quytrinh_add(office_, nullptr, 0, added.data(), added.size(), nullptr, nullptr,
                                QUYTRINH_VI, &error, &json);
        }
        said out{code, json == nullptr ? std::string{} : quytrinh_c_tests::take(json), {}};
        if (error != nullptr) out.error = quytrinh_c_tests::take(error, QUYTRINH_VI);
        return out;
    }
    std::string events(const std::string& id) override {
        std::string out, cursor;
        do {
            const auto page = ask_for(R"({"query":"export","limit":7,"case":")" + id +
                                      R"(","cursor":")" + cursor + "\"}");
            for (const auto& row : *page.find("rows")->get_if<json_tree::list>()) {
                out += std::to_string(*row.find("seq")->get_if<std::int64_t>());
                for (const char* name : {"hash", "salt", "header", "payload"})
                    out += " " + text_of(row, name);
                out += "\n";
            }
            cursor = text_of(page, "next");
        } while (!cursor.empty());
        return out;
    }

    setting by_;
    quytrinh_office* office_ = nullptr;
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
            static_cast<std::uint64_t>(*script.find("seed")->get_if<std::int64_t>()), file,
            script.find("members"), script.find("tables")};
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
    for (const char* name : {"members", "tables"})
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
    CHECK(scripts.size() >= 7);
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
