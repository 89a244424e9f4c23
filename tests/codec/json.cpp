// SPDX-License-Identifier: BSL-1.0
// tests/codec/json.cpp
#include <quytrinh/codec/json.hpp>

#include <doctest/doctest.h>

#include <quytrinh/codec/impl/json_archive.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>

#include "codec/random_values.hpp"

using namespace quytrinh;
using quytrinh_tests::count_of;
using quytrinh_tests::dice;
using quytrinh_tests::filler;
using quytrinh_tests::seed_or;
namespace qc = quytrinh::detail::codec;

namespace {

constexpr std::chrono::minutes hanoi{420};

std::string refused(std::string_view text) {
    const auto read = command_from_json(text);
    REQUIRE_FALSE(read);
    CHECK_EQ(read.error().code, errc::bad_json);
    REQUIRE_FALSE(read.error().args.empty());
    return read.error().args.front();
}

/// What a filler made may hold text that is no UTF-8; JSON cannot.
struct cleaner {
    template <class T>
    void operator()(unsigned, const char*, T& v) {
        clean(v);
    }
    template <class T>
    void clean(T& v) {
        if constexpr (std::is_same_v<T, std::string>)
            v = qc::shown(v);
        else if constexpr (qc::is_id<T>)
            v = T{qc::shown(v.str())};
        else if constexpr (std::is_same_v<T, value>)
            v = cleaned(v);
        else if constexpr (qc::is_vector<T>)
            for (auto& item : v) clean(item);
        else if constexpr (requires { qc::fields(*this, v); })
            qc::fields(*this, v);
    }
    static value cleaned(const value& v) {
        if (const auto* words = v.get_if<std::string>()) return value{qc::shown(*words)};
        if (auto items = v.get_if<std::vector<std::string>>()) {
            auto list = *items;
            for (auto& word : list) word = qc::shown(word);
            return value{list};
        }
        if (auto rows = v.get_if<value_rows>()) {
            auto list = *rows;
            for (auto& row : list)
                for (auto& cell : row) cell = cleaned(cell);
            return value{list};
        }
        return v;
    }
};

template <std::size_t I>
void one_command(std::uint64_t seed) {
    for (std::uint64_t run = 0; run < count_of(15); ++run) {
        filler some{seed + run};
        std::variant_alternative_t<I, command::body> body{};
        some.fill(body);
        cleaner{}.clean(body);
        case_command what;
        what.body = body;
        what.id = command_id{"c"};
        what.target = case_id{"t"};
        what.by = {"Đ/V", "nv/1"};
        if (run % 2 == 0) what.expected_version = run;
        const std::string text = to_json(what);
        const auto again = command_from_json(text);
        if (!again) FAIL(again.error().text(), " in ", text);
        CHECK(again->id == what.id);
        CHECK(again->target == what.target);
        CHECK(again->by == what.by);
        CHECK(again->expected_version == what.expected_version);
        CHECK(again->body == what.body);
        CHECK_EQ(to_json(*again), text);
    }
}
template <std::size_t... I>
void every_command(std::uint64_t seed, std::index_sequence<I...>) {
    (one_command<I>(seed), ...);
}

}  // namespace

TEST_CASE("an event is one line with its keys in a fixed order") {
    case_event fact;
    fact.seq = 4;
    fact.at = *read_instant("2023-12-11T08:00:00+07:00", hanoi);
    fact.by = {"ĐVTH", "nv07"};
    fact.why = basis::host_word;
    fact.cause = command_id{"c-4"};
    event::task_completed body;
    body.task = {"2", 1};
    body.lead = "ĐVTH";
    body.outcome = "NOK";
    body.reason = "thiếu \"chữ ký\"\n";
    body.fields = {{"XYK", "Số ngày", value{decimal::of(25, 1)}},
                   {"XYK", "Hạn", value{*read_date("2024-05-04")}}};
    fact.body = body;
    CHECK_EQ(to_json(fact, hanoi),
             R"({"seq":4,"at":"2023-12-11T08:00:00+07:00","event":"task_completed",)"
             R"("by":{"unit":"ĐVTH","person":"nv07"},"as":"own","why":"host_word","cause":"c-4",)"
             R"("body":{"task":"2.1","lead":"ĐVTH","outcome":"NOK","reason":"thiếu \"chữ ký\"\n",)"
             R"("fields":[{"form":"XYK","field":"Số ngày","value":"2.5"},)"
             R"({"form":"XYK","field":"Hạn","value":"2024-05-04"}]}})");
}

TEST_CASE("values keep to plain JSON") {
    CHECK_EQ(to_json(value{}), "null");
    CHECK_EQ(to_json(value{"có"}), "\"có\"");
    CHECK_EQ(to_json(value{""}), "\"\"");
    CHECK_EQ(to_json(value::yes_no(false)), "false");
    CHECK_EQ(to_json(value{decimal::of(-25, 2)}), "\"-0.25\"");
    CHECK_EQ(to_json(value{*read_date("04/05/2024")}), "\"2024-05-04\"");
    CHECK_EQ(to_json(value{std::vector<std::string>{"a", "b"}}), R"(["a","b"])");
    CHECK_EQ(to_json(value{value_rows{{value{"a"}, value{}}, {}}}), R"([["a",null],[]])");
    CHECK_EQ(to_json(value{"\xFFx\xC3"}), "\"\xEF\xBF\xBDx\xEF\xBF\xBD\"");
}

TEST_CASE("a result shows everything, also what is empty") {
    command_result result_of;
    result_of.target = case_id{"c"};
    result_of.version = 3;
    result_of.opened = {{"2", 1}};
    result_of.id = command_id{"x"};
    CHECK_EQ(to_json(result_of), R"({"case":"c","version":3,"opened":["2.1"],"children":[],)"
                                 R"("ended":false,"end_kind":"","id":"x"})");
}

TEST_CASE("a state is shown by names") {
    case_state state;
    state.id = case_id{"c"};
    state.status = case_status::open;
    state.tasks.emplace_back();
    state.tasks.edit(0).task = {"1", 2};
    state.tasks.edit(0).due.kind = due_kind::counted;
    state.tasks.edit(0).due.trace = {{trace_step::counted, *read_date("2024-04-29"), 0, 1, ""}};
    state.forms["XYK"].fields["Gấp"].content = value::yes_no(true);
    state.taken[{"1", 1}] = 2;
    CHECK_EQ(to_json(state, hanoi),
             R"({"id":"c","status":"open","tasks":[{"task":"1.2","due":{"kind":"counted",)"
             R"("trace":[{"step":"counted","day":"2024-04-29","value":1}]}}],)"
             R"("forms":{"XYK":{"fields":{"Gấp":{"value":true}}}},"taken":[[["1",1],2]]})");
}

TEST_CASE("an error carries its number, its words and who could act") {
    error reason;
    reason.code = errc::not_permitted;
    reason.args = {"ĐVYC/nv01", "hoàn thành", "2"};
    reason.who_could = {"ĐVTH"};
    const std::string text = to_json(reason, language::vi);
    CHECK_EQ(text.find(R"({"code":204,"name":"not_permitted","message":")"), 0);
    CHECK_NE(text.find(R"("args":["ĐVYC/nv01","hoàn thành","2"],"who_could":["ĐVTH"]})"),
             std::string::npos);
}

TEST_CASE("diagnostics are one line each, with places people and editors understand") {
    diagnostic_list list;
    diagnostic item;
    item.code = 1010;
    item.where = {0, {5, 7}};
    item.heading = "bước 2";
    item.args = {"a"};
    item.fix = text_fix{true, {{{0, {5, 7}}, "đ"}}};
    list.add(item);
    item.where.file = 9;
    list.add(item);
    const std::vector<source_text> sources{source_text{"a.quytrinh", "một\nhai ba"}};
    const std::string lines = to_json_lines(list, sources, language::vi);
    CHECK_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
    CHECK_EQ(lines.find(R"({"code":"QT1010","name":"missing_number","severity":"error",)"
                        R"("file":"a.quytrinh","begin":5,"end":7,"line":)"),
             0);
    CHECK_NE(lines.find(R"("heading":"bước 2","message":)"), std::string::npos);
    CHECK_NE(lines.find(R"("safe":true,"edits":[{"file":"a.quytrinh","begin":5,"end":7,)"),
             std::string::npos);
    CHECK_NE(lines.find(R"("file":null)"), std::string::npos);
}

TEST_CASE("a command is read with everything it can say") {
    const auto read = command_from_json(R"({
        "command": "complete", "id": "c-1", "case": "abc", "by": "ĐVTH/nv07", "expected_version": 3,
        "task": "2", "outcome": "NOK", "reason": "thiếu",
        "fields": [{"form": "XYK", "field": "Số", "value": {"decimal": "2.5"}},
                   {"field": "Gấp", "value": true}, {"field": "Ghi chú", "value": "x"},
                   {"field": "Ngày", "value": {"date": "2024-05-04"}},
                   {"field": "Mục", "value": ["a", "b"]},
                   {"field": "Bảng", "value": [["a", 5], [null, false]]}],
        "confirmed": {"all": true}, "assign": [{"role": "CVKT", "unit": "P.KT", "person": "nv09"}],
        "attachments": [{"name": "a.pdf", "size": 12,
            "sha256": "0000000000000000000000000000000000000000000000000000000000000001"}]
    })");
    REQUIRE_MESSAGE(read, (read ? std::string{} : read.error().text()));
    CHECK_EQ(read->id.str(), "c-1");
    CHECK(read->by == actor{"ĐVTH", "nv07"});
    CHECK_EQ(read->expected_version, 3);
    const auto& body = std::get<command::complete>(read->body);
    CHECK_EQ(body.outcome, "NOK");
    CHECK(body.confirmed.all);
    REQUIRE_EQ(body.fields.size(), 6);
    CHECK(body.fields[0].content == value{decimal::of(25, 1)});
    CHECK(body.fields[3].content == value{*read_date("2024-05-04")});
    CHECK(body.fields[4].content == value{std::vector<std::string>{"a", "b"}});
    CHECK(body.fields[5].content ==
          value{value_rows{{value{"a"}, value{decimal::of(5)}}, {value{}, value::yes_no(false)}}});
    CHECK_EQ(body.attachments[0].sha256[31], 1);
    const auto again = command_from_json(to_json(*read));
    REQUIRE(again);
    CHECK(again->body == read->body);
}

TEST_CASE("every command goes to JSON and back") {
    const std::uint64_t seed = seed_or(3);
    CAPTURE(seed);
    every_command(seed, std::make_index_sequence<std::variant_size_v<command::body>>{});
}

TEST_CASE("what is not a command is refused with its place") {
    CHECK_EQ(refused("[]"), "/: must be an object");
    CHECK_EQ(refused("{}"), "/command: is missing");
    CHECK_EQ(refused(R"({"command":"dance"})"), "/command: is not known");
    CHECK_EQ(refused(R"({"command":5})"), "/command: must be a string");
    CHECK_EQ(refused(R"({"command":"claim","tsk":"1"})"), "/tsk: is not known here");
    CHECK_EQ(refused(R"({"command":"claim","task":1})"), "/task: must be a string");
    CHECK_EQ(refused(R"({"command":"complete","fields":[{"field":"a"},{"feld":"a"}]})"),
             "/fields/1/feld: is not known here");
    CHECK_EQ(
        refused(R"({"command":"complete","fields":[{"field":"a","value":2.5}]})"),
        "/fields/0/value: must be a text, true, false, a list, or a decimal in quotation marks");
    CHECK_EQ(refused(R"({"command":"complete","fields":[{"field":"a","value":{"decimal":"x"}}]})"),
             "/fields/0/value: must be a decimal with a point, at most 18 places");
    CHECK_EQ(
        refused(R"({"command":"complete","fields":[{"field":"a","value":{"date":"2024-02-30"}}]})"),
        "/fields/0/value: must be a day, 2023-12-11");
    CHECK_EQ(refused(R"({"command":"complete","confirmed":true})"),
             "/confirmed: must be an object");
    CHECK_EQ(refused(R"({"command":"complete","expected_version":-1})"),
             "/expected_version: must be a whole number, not negative");
    CHECK_EQ(refused(R"({"command":"signal","event":"e","happened_at":"2023-12-11T08:00:00"})"),
             "/happened_at: must be an instant with its offset, 2023-12-11T08:00:00+07:00");
    CHECK_EQ(refused(R"({"command":"attach","file":{"sha256":"00"}})"),
             "/file/sha256: must be a SHA-256 in hexadecimal");
    CHECK_EQ(refused(R"({"command":"open","parent_index":4294967296})"),
             "/parent_index: is too large");
    CHECK_EQ(refused(R"({"command":"claim","task":"1","task":"2"})"),
             "a name stands twice in one object");
    CHECK_EQ(refused(R"({"command":"claim","by":{"unit":"a:b","unit":"c"}})"),
             "a name stands twice in one object");
    CHECK_EQ(refused(R"({"command":"claim","by":["a"]})"), "/by: must be an object");
    for (const char* text :
         {"", "{", R"({"command":"claim"} x)", R"({'command':'claim'})", "nul", "\xEF\xBB\xBF{}",
          "{\"command\":\"cl\xFF\"}", R"({"command":"\ud800"})", R"({"command":"claim",})"})
        CHECK_EQ(refused(text).substr(0, 5), "byte ");
}

TEST_CASE("colons, quotation marks and backslashes inside texts are not members") {
    const auto read = command_from_json(R"({"command":"comment","text":"a:b \"c\":\\"})");
    REQUIRE(read);
    CHECK_EQ(std::get<command::comment>(read->body).text, "a:b \"c\":\\");
}

TEST_CASE("large and deep texts are refused in good time") {
    std::string deep =
        R"({"command":"record","fields":[{"field":"a","value":)" + std::string(100'000, '[');
    CHECK_EQ(refused(deep).substr(0, 5), "byte ");
    std::string nested =
        R"({"command":"record","fields":[{"field":"a","value":[[[[[[[[[["x"]]]]]]]]]]}]})";
    CHECK_FALSE(command_from_json(nested));
    const auto large = command_from_json(std::string((8u << 20) + 1, ' '));
    REQUIRE_FALSE(large);
    CHECK_EQ(large.error().code, errc::limit_exceeded);
}

TEST_CASE("mangled commands are refused or read, never worse") {
    const std::uint64_t seed = seed_or(12);
    CAPTURE(seed);
    dice roll{seed};
    for (std::size_t i = 0; i < count_of(3'000); ++i) {
        filler some{seed + i};
        case_command what;
        command::complete body;
        some.fill(body);
        what.body = body;
        std::string text = to_json(what);
        for (std::size_t n = 1 + roll.below(3); n > 0; --n) {
            const std::size_t at = roll.below(text.size());
            switch (roll.below(3)) {
            case 0: text[at] = "{}[]\",:0a\\"[roll.below(10)]; break;
            case 1: text.erase(at, 1 + roll.below(5)); break;
            default: text.insert(at, 1, "{}[]\",:0a\\"[roll.below(10)]); break;
            }
        }
        if (const auto read = command_from_json(text))
            CHECK(command_from_json(to_json(*read))->body == read->body);
        else
            CHECK_EQ(read.error().code, errc::bad_json);
    }
}

TEST_CASE("options show everything that a form needs") {
    option one;
    one.command = "complete";
    one.task = {"2", 1};
    one.allowed = true;
    one.outcomes = {{"NOK", true, {{"\"X\" là có", "1", "Lập"}}}};
    option other;
    other.command = "claim";
    other.rule = errc::taken_by_other;
    const std::string text = to_json(std::vector<option>{one, other});
    CHECK_EQ(
        text.find(R"([{"command":"complete","task":"2.1","title":"","allowed":true,"who_could":[],)"
                  R"("outcomes":[{"name":"NOK","reason":true,)"
                  R"("ways":[{"when":"\"X\" là có","step":"1","title":"Lập"}]}],"fields":[])"),
        0);
    CHECK_NE(text.find(R"("rule":null)"), std::string::npos);
    CHECK_NE(text.find(R"("rule":"taken_by_other")"), std::string::npos);
}

TEST_CASE("a counted limit explains itself") {
    counted_limit limit;
    limit.due.last_day = *read_date("2024-05-04");
    limit.due.before = start_of(*read_date("2024-05-05"), hanoi);
    limit.calendar_version = "1";
    limit.trace = {{trace_step::due, limit.due.last_day, 0, 0, ""}};
    const std::string text = to_json(limit, hanoi, language::vi);
    CHECK_EQ(text.find(R"({"due":"2024-05-04","before":"2024-05-05T00:00:00+07:00",)"
                       R"("last_day":"2024-05-04",)"
                       R"("to_the_hour":false,"calendar_version":"1",)"
                       R"("trace":[{"step":"due","day":"2024-05-04",)"),
             0);
}
