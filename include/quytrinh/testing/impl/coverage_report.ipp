// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/coverage_report.ipp: coverage for people (a table and what is missing), for
// programs (JSON) and on the drawing of the procedure.
#pragma once

#include <quytrinh/testing/coverage.hpp>

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/impl/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace quytrinh::testing {

namespace detail::coverage_report {
namespace {

struct kind_words {
    cover what;
    std::string_view name;    ///< in JSON
    std::string_view vi, en;  ///< of the table
};
constexpr std::array<kind_words, 14> kinds{{
    {cover::step, "step", "bước", "steps"},
    {cover::branch, "branch", "nhánh", "branches"},
    {cover::used_up, "used_up", "hết số lần quay lại", "loop limits reached"},
    {cover::kept, "kept", "thời hạn: đúng hạn", "deadlines kept"},
    {cover::missed, "missed", "thời hạn: quá hạn", "deadlines missed"},
    {cover::case_kept, "case_kept", "hạn chung: đúng hạn", "overall limits kept"},
    {cover::case_missed, "case_missed", "hạn chung: quá hạn", "overall limits missed"},
    {cover::consultation, "consultation", "xin ý kiến", "consultations"},
    {cover::answer, "answer", "câu trả lời", "answers"},
    {cover::acted, "acted", "bên tham gia: đã làm", "parties that acted"},
    {cover::told, "told", "bên liên quan: được báo", "parties that were told"},
    {cover::record, "record", "hồ sơ lưu", "records kept"},
    {cover::link, "link", "hồ sơ liên kết", "linked cases"},
    {cover::precondition, "precondition", "điều kiện", "preconditions"},
}};

const kind_words& words_of(cover what) {
    return *std::find_if(kinds.begin(), kinds.end(),
                         [&](const kind_words& k) { return k.what == what; });
}

std::string_view pick(language words, std::string_view vi, std::string_view en) {
    return words == language::vi ? vi : en;
}

/// The line of an item as it is written, its blanks put together.
std::string line_of(const coverage_item& item, const procedure& of) {
    if (item.where.file >= of.sources.size()) return {};
    const source_text& text = of.sources[item.where.file];
    const auto begin = text.locate(item.where.range.begin);
    std::string words;
    for (const char byte : text.slice(text.line(begin.line))) {
        const bool blank = byte == ' ' || byte == '\t';
        if (!blank)
            words += byte;
        else if (!words.empty() && words.back() != ' ')
            words += ' ';
    }
    while (!words.empty() && words.back() == ' ') words.pop_back();
    return escape_controls(words);
}

std::string place_of(const coverage_item& item, const procedure& of) {
    if (item.where.file >= of.sources.size()) return {};
    const source_text& text = of.sources[item.where.file];
    return escape_controls(text.name()) + ":" +
           std::to_string(text.locate(item.where.range.begin).line);
}

std::string quoted(std::string_view text) { return "“" + escape_controls(text) + "”"; }

std::string padded(std::string text, std::size_t width) {
    const std::size_t has = text_width(text);
    if (has < width) text.append(width - has, ' ');
    return text;
}

using mark = draw_overlay::mark;

/// How all of several things came out.
struct tally {
    std::size_t all = 0, covered = 0;
    void count(const coverage_item& item) {
        ++all;
        if (item.times != 0) ++covered;
    }
    [[nodiscard]] mark as_mark() const noexcept {
        if (all == 0) return mark::none;
        return covered == all ? mark::done : covered == 0 ? mark::missing : mark::partly;
    }
};

}  // namespace
}  // namespace detail::coverage_report

std::string describe(const coverage_item& item, const procedure& of, language words) {
    using namespace detail::coverage_report;
    const auto say = [&](std::string_view vi, std::string_view en) {
        return std::string(pick(words, vi, en));
    };
    const bool asked = [&] {
        const step* s = of.find_step(item.step);
        return s != nullptr && s->kind == step_kind::consultation;
    }();
    const std::string at =
        item.step.empty() ? std::string()
                          : (asked ? say("xin ý kiến ", "consultation ") : say("bước ", "step ")) +
                                escape_controls(item.step);
    const std::string what = escape_controls(item.subject);
    switch (item.what) {
    case cover::step: return at + say(" chưa hoàn thành lần nào", " was never completed");
    case cover::branch: return at + say(": chưa đi nhánh này", ": this way was never taken");
    case cover::used_up:
        return at + say(": chưa quay lại đến hết số lần", ": its returns were never used up");
    case cover::kept: return at + say(": chưa lần nào đúng hạn", ": never in time");
    case cover::missed: return at + say(": chưa lần nào quá hạn", ": never overdue");
    case cover::case_kept:
        return say("hạn chung: chưa lần nào đúng hạn", "overall limit: never in time");
    case cover::case_missed:
        return say("hạn chung: chưa lần nào quá hạn", "overall limit: never overdue");
    case cover::consultation:
        return at + say(": chưa hỏi và trả lời lần nào", " was never asked and answered");
    case cover::answer:
        return at + say(": chưa có câu trả lời ", ": nobody answered ") + quoted(item.subject);
    case cover::acted: return what + say(" chưa làm việc nào", " never acted");
    case cover::told: return what + say(" chưa được báo lần nào", " was never told anything");
    case cover::record: return at + say(": chưa lưu ", ": never kept: ") + what;
    case cover::link: return at + say(": chưa mở hồ sơ ", ": never opened a case of ") + what;
    case cover::precondition:
        return at + say(": chưa xác nhận điều kiện ", ": never confirmed: ") + quoted(item.subject);
    }
    return at;
}

std::string to_text(const coverage& what, language words) {
    using namespace detail::coverage_report;
    std::string out(pick(words, "Độ phủ của ", "Coverage of "));
    out += escape_controls(what.of().code) + ": " + std::to_string(what.covered()) + "/" +
           std::to_string(what.total()) + " (" + std::to_string(what.percent()) + " %)\n";
    for (const kind_words& kind : kinds) {
        tally count;
        for (const coverage_item& item : what.items())
            if (item.what == kind.what) count.count(item);
        if (count.all == 0) continue;
        out += "  " + padded(std::string(pick(words, kind.vi, kind.en)), 26) +
               std::to_string(count.covered) + "/" + std::to_string(count.all) + "\n";
    }
    const auto missing = what.missing();
    if (missing.empty()) return out;
    out += pick(words, "Chưa phủ:\n", "Not covered:\n");
    for (const coverage_item* item : missing) {
        out += "  " + place_of(*item, what.of()) + ": " + describe(*item, what.of(), words) + "\n";
        out += "      " + line_of(*item, what.of()) + "\n";
    }
    return out;
}

std::string to_json(const coverage& what) {
    using namespace detail::coverage_report;
    detail::json::object out;
    out.text("procedure", what.of().code);
    out.number("covered", what.covered()).number("total", what.total());
    out.number("percent", what.percent());
    std::string items;
    for (const coverage_item& item : what.items()) {
        detail::json::object one;
        one.text("kind", words_of(item.what).name);
        if (!item.step.empty()) one.text("step", item.step);
        one.number("index", item.index);
        if (!item.subject.empty()) one.text("subject", item.subject);
        if (item.where.file < what.of().sources.size()) {
            const source_text& text = what.of().sources[item.where.file];
            one.text("file", text.name());
            one.number("line", text.locate(item.where.range.begin).line);
        }
        one.text("words", line_of(item, what.of())).number("times", item.times);
        if (!item.first.empty()) one.text("first", item.first);
        items += (items.empty() ? "" : ",") + one.str();
    }
    out.raw("items", "[" + items + "]");
    return out.str();
}

draw_overlay overlay_of(const coverage& what, language words) {
    using namespace detail::coverage_report;
    draw_overlay over;
    std::map<std::string, tally> steps;
    const auto sign = [](const coverage_item& item) { return item.times != 0 ? "✓ " : "✗ "; };
    for (const coverage_item& item : what.items()) {
        if (item.step.empty()) continue;
        steps[item.step].count(item);
        const std::pair<std::string, std::uint32_t> here{item.step, item.index};
        const mark came_out = item.times != 0 ? mark::done : mark::missing;
        if (item.what == cover::branch) over.branches[here] = came_out;
        if (item.what == cover::used_up) over.afterwards[here] = came_out;
        if (item.what == cover::kept || item.what == cover::missed) {
            std::string& said = over.limits[here];
            if (!said.empty()) said += ", ";
            // A blank that is never a line's end, so that a sign stays with its word.
            said += item.times != 0 ? "✓\u00a0" : "✗\u00a0";
            said += item.what == cover::kept ? pick(words, "đúng hạn", "kept")
                                             : pick(words, "quá hạn", "missed");
        }
        if (item.what == cover::answer || item.what == cover::record || item.what == cover::link)
            over.notes[item.step].push_back(sign(item) + item.subject);
    }
    for (const auto& [id, count] : steps) over.steps[id] = count.as_mark();
    for (const step& s : what.of().steps)  // the way on that is not written
        if (s.branches.empty())
            over.branches[{s.id, 0}] = [&] {
                return what.times(cover::step, s.id).value_or(0) != 0 ? mark::done : mark::missing;
            }();
    std::string missing;
    for (const coverage_item& item : what.items()) {
        if (item.what != cover::acted && item.what != cover::told) continue;
        if (item.times == 0) missing += (missing.empty() ? "" : ", ") + item.subject;
    }
    over.under = std::string(pick(words, "Độ phủ: ", "Coverage: ")) +
                 std::to_string(what.covered()) + "/" + std::to_string(what.total()) + " (" +
                 std::to_string(what.percent()) + " %)";
    if (!missing.empty())
        over.under += std::string(pick(words, " · chưa tham gia: ", " · took no part: ")) + missing;
    over.legend = {
        {mark::done, std::string(pick(words, "đã phủ", "covered"))},
        {mark::partly, std::string(pick(words, "phủ một phần", "partly covered"))},
        {mark::missing, std::string(pick(words, "chưa phủ", "not covered"))},
    };
    return over;
}

}  // namespace quytrinh::testing
