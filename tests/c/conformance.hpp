// SPDX-License-Identifier: BSL-1.0
// tests/c/conformance.hpp: what carries out a script of bindings/conformance, and the one of them
// that does it by the C functions.
#pragma once

#include "caller.hpp"

#include <doctest/doctest.h>

#include <quytrinh/codec/json.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/quytrinh.hpp>

#include "../../bindings/c/views.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quytrinh::conformance {

using quytrinh_c_tests::ask;
using quytrinh_c_tests::said;

/// What a step came to, as the scripts write it.
struct outcome {
    json_tree expect;  ///< when nothing was refused
    std::optional<json_tree> refuse;
};

inline const std::string& text_of(const json_tree& tree, std::string_view name) {
    static const std::string none;
    const json_tree* found = tree.find(name);
    const auto* words = found == nullptr ? nullptr : found->get_if<std::string>();
    return words == nullptr ? none : *words;
}

/// Number, name and sentence of an error.
inline json_tree shortened(const json_tree& error) {
    json_tree::members out;
    for (const char* name : {"code", "name", "message"})
        if (const json_tree* found = error.find(name)) out.push_back({name, *found});
    json_tree tree;
    tree.data = std::move(out);
    return tree;
}

inline instant moment(const std::string& text) { return read_instant(text, {}).value(); }

/// A store with a clock that is set by hand, and what the host of a script says.
struct setting {
    instant clock;
    std::uint64_t seed;
    std::string file;  ///< empty: in memory
    const json_tree* members = nullptr;
    const json_tree* tables = nullptr;
    const json_tree* bounds = nullptr;  ///< limits

    [[nodiscard]] limits limits_of() const {
        limits out;
        if (bounds == nullptr) return out;
        const auto* attempts = bounds->find("delivery_attempts");
        REQUIRE(attempts != nullptr);  // no script needs another
        out.delivery_attempts = static_cast<std::uint32_t>(*attempts->get_if<std::int64_t>());
        return out;
    }
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

inline int small(const json_tree& tree, std::string_view name) {
    const json_tree* found = tree.find(name);
    return found == nullptr ? 0 : static_cast<int>(*found->get_if<std::int64_t>());
}

/// Of the answer of a test only how it went.
inline std::string how_it_went(const json_tree& answer) {
    return c_abi::json_object()
        .raw("ok", to_json(*answer.find("ok")))
        .raw("scenarios", to_json(*answer.find("scenarios")))
        .raw("failed", to_json(*answer.find("failed")))
        .str();
}
/// Of the answer of a rewriting only the text.
inline std::string what_came_out(const json_tree& answer) {
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
        const std::string bounds = by.bounds == nullptr ? std::string{} : to_json(*by.bounds);
        options.limits = bounds.data();
        options.limits_size = bounds.size();
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
        if (what == "take") {
            const auto limit =
                static_cast<std::uint32_t>(*request.find("limit")->get_if<std::int64_t>());
            said out = ask([&](quytrinh_error** e, quytrinh_text** t) {
                return quytrinh_take(office_, limit, 0, QUYTRINH_VI, e, t);
            });
            receipts_.clear();
            const json_tree shown = read(out.text);
            for (const auto& one : *shown.find("notifications")->get_if<json_tree::list>())
                receipts_.push_back(text_of(one, "receipt"));
            return out;
        }
        if (what == "confirm" || what == "give_back") return settle(what, request);
        if (what == "open") {
            const std::string& uri = text_of(request, "uri");
            quytrinh_office* opened = nullptr;
            return ask(
                [&](quytrinh_error** e, quytrinh_text**) {
                    const auto code = quytrinh_open(uri.data(), uri.size(), nullptr, e, &opened);
                    quytrinh_release(opened);
                    return code;
                },
                QUYTRINH_VI);
        }
        return simply(what, request);
    }
    said settle(const std::string& what, const json_tree& request) {
        c_abi::json_array items;
        const auto receipt = [&](const json_tree& n) {
            return receipts_.at(static_cast<std::size_t>(*n.get_if<std::int64_t>()));
        };
        const json_tree& taken = *request.find("taken");
        if (what == "give_back")
            items.raw(c_abi::json_object()
                          .text("receipt", receipt(taken))
                          .text("why", text_of(request, "why"))
                          .str());
        else
            for (const auto& n : *taken.get_if<json_tree::list>()) items.text(receipt(n));
        const std::string text = c_abi::json_object().raw(what, items.str()).str();
        said out = ask(
            [&](quytrinh_error** e, quytrinh_text** t) {
                return quytrinh_settle(office_, text.data(), text.size(), e, t);
            },
            QUYTRINH_VI);
        if (out.code == QUYTRINH_OK)
            out.text =
                c_abi::json_object().truth("held", out.text.ends_with("\"lapsed\":[]}")).str();
        return out;
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
    std::vector<std::string> receipts_;  ///< by the last "take"
};

}  // namespace quytrinh::conformance
