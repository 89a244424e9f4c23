// SPDX-License-Identifier: BSL-1.0
// tests/c/conformance.cpp: the scripts of bindings/conformance through C++ itself and through the C
// functions: the same results, the same refusals, the same bytes.
#include "caller.hpp"

#include <doctest/doctest.h>

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

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
    cpp_engine(instant clock, std::uint64_t seed)
        : keep_(open_memory({clock, seed})), office_(bundled(), keep_, trust_host) {}

    outcome act(const std::string& what, const json_tree& request) override {
        try {
            return {read_json(answer(what, request)).value(), {}};
        } catch (const exception& refusal) {
            return {{}, shortened(read_json(to_json(refusal.reason(), language::vi)).value())};
        }
    }

private:
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
        return "{}";
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
    c_engine(instant clock, std::uint64_t seed) {
        quytrinh_open_options options{};
        options.size = sizeof options;
        options.flags = QUYTRINH_MANUAL_CLOCK | QUYTRINH_SEEDED;
        options.clock_us = clock.time_since_epoch().count();
        options.seed = seed;
        REQUIRE_EQ(quytrinh_open("memory:", 7, &options, nullptr, &office_), QUYTRINH_OK);
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
    said call(const std::string& what, const json_tree& request) {
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

    quytrinh_office* office_ = nullptr;
};

// -- scripts -------------------------------------------------------------------------------------

const std::filesystem::path folder =
    std::filesystem::path(QUYTRINH_TESTS_DIR).parent_path() / "bindings" / "conformance";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

template <class Engine>
void run(const json_tree& script) {
    Engine with(moment(text_of(script, "clock")),
                static_cast<std::uint64_t>(*script.find("seed")->get_if<std::int64_t>()));
    std::size_t number = 0;
    for (const auto& step : *script.find("steps")->get_if<json_tree::list>()) {
        const json_tree& request = *step.find("request");
        ++number;
        INFO("step " << number << ": " << to_json(request));
        const outcome done = with.act(text_of(step, "do"), request);
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
    cpp_engine with(moment(text_of(script, "clock")),
                    static_cast<std::uint64_t>(*script.find("seed")->get_if<std::int64_t>()));
    std::string out = "{\"about\": " + to_json(*script.find("about")) +
                      ",\n \"clock\": " + to_json(*script.find("clock")) +
                      ", \"seed\": " + to_json(*script.find("seed")) + ",\n \"steps\": [";
    bool first = true;
    for (const auto& step : *script.find("steps")->get_if<json_tree::list>()) {
        const json_tree& request = *step.find("request");
        const outcome done = with.act(text_of(step, "do"), request);
        out += first ? "\n" : ",\n";
        first = false;
        out += "  {\"do\": " + to_json(*step.find("do")) + ", \"request\": " + to_json(request) +
               ",\n   " +
               (done.refuse ? "\"refuse\": " + to_json(*done.refuse)
                            : "\"expect\": " + to_json(done.expect)) +
               "}";
    }
    return out + "\n ],\n \"export\": \"" + with.exported() + "\"}\n";
}

}  // namespace

TEST_CASE("every script comes to the same through C++ and through C") {
    std::vector<std::filesystem::path> scripts;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") scripts.push_back(entry.path());
    std::sort(scripts.begin(), scripts.end());
    CHECK(scripts.size() >= 3);
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
        run<cpp_engine>(*script);
        run<c_engine>(*script);
    }
}
