// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/impl/draw_words.hpp: what a drawing says of a step in few words, in the language
// asked for.
#pragma once

#include <quytrinh/model/graph.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::drawing {

/// A mark as a sign that needs no colour.
[[nodiscard]] inline std::string_view sign_of(draw_overlay::mark m) noexcept {
    switch (m) {
    case draw_overlay::mark::none: break;
    case draw_overlay::mark::done: return "✓ ";
    case draw_overlay::mark::partly: return "◐ ";
    case draw_overlay::mark::missing: return "✗ ";
    }
    return {};
}

/// The words of a drawing that are not the procedure's own.
class draw_words {
public:
    draw_words(const procedure& of, language l, const draw_overlay* over = nullptr)
        : of_(of), l_(l), over_(over) {}

    [[nodiscard]] const draw_overlay* over() const noexcept { return over_; }
    [[nodiscard]] draw_overlay::mark mark_of(const step& s) const {
        if (over_ == nullptr) return draw_overlay::mark::none;
        const auto found = over_->steps.find(s.id);
        return found == over_->steps.end() ? draw_overlay::mark::none : found->second;
    }
    [[nodiscard]] draw_overlay::mark mark_of(const step& from, const flow_edge& e) const {
        if (over_ == nullptr) return draw_overlay::mark::none;
        const auto& marks = e.afterwards ? over_->afterwards : over_->branches;
        const auto found = marks.find({from.id, e.implied ? 0 : e.branch});
        return found == marks.end() ? draw_overlay::mark::none : found->second;
    }

    [[nodiscard]] bool vi() const noexcept { return l_ == language::vi; }
    [[nodiscard]] std::string_view pick(std::string_view in_vi, std::string_view in_en) const {
        return vi() ? in_vi : in_en;
    }
    [[nodiscard]] std::string start() const { return std::string(pick("Bắt đầu", "Start")); }
    [[nodiscard]] std::string end(const std::string& kind) const {
        std::string text(pick("Kết thúc", "End"));
        return kind.empty() ? text : text + ": " + kind;
    }
    /// "2. Kiểm tra thông tin".
    [[nodiscard]] static std::string title(const step& s) {
        return s.title.empty() ? s.id : s.id + ". " + s.title;
    }
    /// What is quoted from the text stays in its words, to the end: a branch, a condition with its
    /// `nếu`. All else is in the language of the drawing.
    [[nodiscard]] std::string label(const flow_edge& e) const {
        return e.label == "xong" || e.label == "done" ? std::string{} : e.label;
    }

    [[nodiscard]] std::string list(const std::vector<std::string>& codes) const {
        std::string text;
        for (const auto& code : codes) text += (text.empty() ? "" : ", ") + code;
        return text;
    }
    /// Who leads, as one line: codes, or the step whose lead it is.
    [[nodiscard]] std::string lead(const step& s) const {
        std::string text;
        const std::string_view between =
            s.lead.how == lead_clause::mode::any ? pick(" hoặc ", " or ") : ", ";
        for (const auto& code : s.lead.parties) {
            if (!text.empty()) text += between;
            text += code;
        }
        if (!s.lead.as_step.empty()) {
            if (!text.empty()) text += ", ";
            text += pick("như bước ", "as step ");
            text += s.lead.as_step;
        }
        if (s.lead.or_delegate) text += pick(" (hoặc ủy quyền)", " (or delegate)");
        return text;
    }
    /// Small lines under the title of a step: who else, and what it opens.
    [[nodiscard]] std::vector<std::string> notes(const step& s) const;
    [[nodiscard]] std::string_view not_stated() const { return pick("không nêu", "not stated"); }
    /// The limits of a step, a line each; empty when the text has none.
    [[nodiscard]] std::vector<std::string> limits(const step& s) const;

private:
    [[nodiscard]] std::string limit(const time_limit& l) const;
    [[nodiscard]] std::string event(const anchor& a) const;
    [[nodiscard]] std::string condition_as_written(const condition& c) const;

    const procedure& of_;
    language l_;
    const draw_overlay* over_;
};

inline std::vector<std::string> draw_words::notes(const step& s) const {
    std::vector<std::string> lines;
    const auto add = [&](std::string_view what, const std::string& who) {
        if (!who.empty()) lines.push_back(std::string(what) + who);
    };
    // The lane names the first lead; whoever leads beside it must be said.
    if (s.lead.parties.size() > 1 || !s.lead.as_step.empty() || s.lead.or_delegate)
        add(pick("Chủ trì: ", "Lead: "), lead(s));
    add(pick("Ghi nhận: ", "Recorded by: "), s.recorder);
    std::vector<std::string> with;
    for (const auto& p : s.with) with.insert(with.end(), p.parties.begin(), p.parties.end());
    add(pick("Phối hợp: ", "With: "), list(with));
    for (const auto& l : s.links)
        add(l.may ? pick("Khi cần mở ", "May open ") : pick("Mở ", "Opens "), l.procedure);
    if (s.at_any_step) lines.emplace_back(pick("Tại mọi bước", "At any step"));
    if (std::find(of_.may_open_at.begin(), of_.may_open_at.end(), s.id) != of_.may_open_at.end())
        lines.emplace_back(pick("Hồ sơ khác mở tại đây", "Other cases open here"));
    if (over_ != nullptr)
        if (const auto more = over_->notes.find(s.id); more != over_->notes.end())
            lines.insert(lines.end(), more->second.begin(), more->second.end());
    return lines;
}

inline std::string draw_words::event(const anchor& a) const {
    const std::string step = std::string(pick("bước ", "step ")) + a.step;
    switch (a.what) {
    case anchor::kind::task_receipt: return {};
    case anchor::kind::receipt: return std::string(pick("nhận ở ", "receipt at ")) + step;
    case anchor::kind::start: return std::string(pick("bắt đầu ", "start of ")) + step;
    case anchor::kind::completion: return std::string(pick("xong ", "completion of ")) + step;
    case anchor::kind::ok: return "OK " + std::string(pick("ở ", "at ")) + step;
    case anchor::kind::nok: return "NOK " + std::string(pick("ở ", "at ")) + step;
    case anchor::kind::opening: return std::string(pick("mở hồ sơ", "opening of the case"));
    case anchor::kind::signing: return std::string(pick("duyệt ", "approval of ")) + a.form;
    case anchor::kind::field: return '"' + a.field.field + '"';
    case anchor::kind::event: return '"' + a.text + '"';
    }
    return {};
}

inline std::string draw_words::limit(const time_limit& l) const {
    switch (l.what) {
    case time_limit::kind::not_stated: return std::string(not_stated());
    case time_limit::kind::immediately: return std::string(pick("ngay lập tức", "immediately"));
    case time_limit::kind::count: {
        std::string text = to_text(l.length, l_);
        const std::string from = event(l.from);
        if (!from.empty()) text += std::string(pick(" từ khi ", " from ")) + from;
        return text;
    }
    case time_limit::kind::from_field: {
        std::string text = std::string(pick("theo \"", "per \"")) + l.field.field + '"';
        return l.field.form.empty() ? text : text + " (" + l.field.form + ')';
    }
    case time_limit::kind::before_date:
    case time_limit::kind::through_date: {
        const bool before = l.what == time_limit::kind::before_date;
        std::string text(before ? pick("trước ", "before ") : pick("đến hết ", "through "));
        return text + (l.day ? to_day_first(*l.day) : std::string("?"));
    }
    case time_limit::kind::laid_down:
        return std::string(pick("theo \"", "as laid down in \"")) + l.text + '"';
    }
    return {};
}

inline std::string draw_words::condition_as_written(const condition& c) const {
    if (c.where.file >= of_.sources.size()) return {};
    std::string words;
    bool gap = false;
    for (const char byte : of_.sources[c.where.file].slice(c.where.range)) {
        const bool blank = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
        if (!blank) {
            if (gap && !words.empty()) words += ' ';
            words += byte;
        }
        gap = blank;
    }
    return words;
}

inline std::vector<std::string> draw_words::limits(const step& s) const {
    std::vector<std::string> lines;
    std::uint32_t number = 0;
    for (const auto& l : s.limits) {
        std::string text = limit(l);
        if (l.when) {
            const std::string words = condition_as_written(*l.when);
            text += std::string(of_.words == dialect::vi ? " nếu " : " if ") +
                    (words.empty() ? "…" : words);
        }
        if (over_ != nullptr)
            if (const auto said = over_->limits.find({s.id, number}); said != over_->limits.end())
                text += ": " + said->second;
        ++number;
        lines.push_back(std::move(text));
    }
    if (s.not_counted) lines.emplace_back(pick("không tính thời gian", "time not counted"));
    return lines;
}

}  // namespace quytrinh::detail::drawing
