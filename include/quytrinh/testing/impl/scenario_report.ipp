// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/scenario_report.ipp: what happened in the cases of a run, in the words of
// an office.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/testing/impl/scenario_runner.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh::testing {

namespace detail::scenario_runner {

namespace {

/// Lines of a timeline that are kept: the last ones matter.
constexpr std::size_t longest_timeline = 200;

/// Whoever the scenario did not name is nobody in particular.
std::string person_of(const case_event& fact) {
    const bool named = !fact.by.person.empty() && !fact.by.person.ends_with(somebody_of({}));
    return named ? to_string(fact.by) : fact.by.unit;
}

std::string due_of(const task_due& due, std::chrono::minutes offset) {
    if (due.kind != due_kind::counted || !due.due) return {};
    return due.due->to_the_hour ? local_text(due.due->before, offset)
                                : to_day_first(due.due->last_day);
}

/// One fact as a sentence; empty for what nobody would note.
struct teller {
    const case_event& fact;
    std::chrono::minutes offset;

    two_words operator()(const event::case_opened& e) const {
        return {person_of(fact) + " mở hồ sơ " + e.procedure,
                person_of(fact) + " opens a case of " + e.procedure};
    }
    two_words operator()(const event::task_opened& e) const {
        std::string who;
        for (const seat& lead : e.leads)
            who += (who.empty() ? "" : ", ") + (lead.unit.empty() ? lead.role : lead.unit);
        const std::string due = due_of(e.due, offset);
        const std::string round = e.task.round > 1 ? std::to_string(e.task.round) : "";
        return {"→ bước " + e.task.step + " ở " + who + (round.empty() ? "" : ", vòng " + round) +
                    (due.empty() ? "" : ", đến hạn " + due),
                "→ step " + e.task.step + " at " + who + (round.empty() ? "" : ", round " + round) +
                    (due.empty() ? "" : ", due " + due)};
    }
    two_words operator()(const event::task_received& e) const {
        return {person_of(fact) + " xác nhận đã nhận bước " + e.task.step,
                person_of(fact) + " confirms receipt of step " + e.task.step};
    }
    two_words operator()(const event::task_claimed& e) const {
        return {person_of(fact) + " nhận việc bước " + e.task.step,
                person_of(fact) + " takes step " + e.task.step};
    }
    two_words operator()(const event::task_released& e) const {
        return {person_of(fact) + " trả việc bước " + e.task.step,
                person_of(fact) + " gives back step " + e.task.step};
    }
    two_words operator()(const event::task_assigned& e) const {
        return {"giao bước " + e.task.step + " cho " + e.person,
                "step " + e.task.step + " is handed to " + e.person};
    }
    two_words operator()(const event::fields_recorded& e) const {
        return {person_of(fact) + " ghi thông tin ở bước " + e.task.step,
                person_of(fact) + " writes at step " + e.task.step};
    }
    two_words operator()(const event::task_confirmed& e) const {
        return {person_of(fact) + " xác nhận bước " + e.task.step + outcome(e.outcome, e.reason),
                person_of(fact) + " confirms step " + e.task.step + outcome(e.outcome, e.reason)};
    }
    two_words operator()(const event::task_completed& e) const {
        const std::string rest = outcome(e.outcome, e.reason);
        return {
            person_of(fact) + " xong bước " + e.task.step + rest + (e.late ? ", trễ hạn" : ""),
            person_of(fact) + " finishes step " + e.task.step + rest + (e.late ? ", late" : "")};
    }
    two_words operator()(const event::opinion_given& e) const {
        return {person_of(fact) + " có ý kiến ở bước " + e.task.step,
                person_of(fact) + " comments at step " + e.task.step};
    }
    two_words operator()(const event::consultation_opened& e) const {
        const std::string due = due_of(e.due, offset);
        return {
            person_of(fact) + " hỏi " + e.consultation.step +
                (due.empty() ? "" : ", đến hạn " + due),
            person_of(fact) + " puts " + e.consultation.step + (due.empty() ? "" : ", due " + due)};
    }
    two_words operator()(const event::consultation_answered& e) const {
        return {person_of(fact) + " trả lời " + e.consultation.step,
                person_of(fact) + " replies to " + e.consultation.step};
    }
    two_words operator()(const event::commented&) const { return {}; }
    two_words operator()(const event::attached& e) const {
        return {person_of(fact) + " đính kèm “" + e.file.name + "”",
                person_of(fact) + " attaches “" + e.file.name + "”"};
    }
    two_words operator()(const event::signalled& e) const {
        return {"sự kiện “" + e.name + "”", "event “" + e.name + "”"};
    }
    two_words operator()(const event::task_overdue& e) const {
        return {"bước " + e.task.step + " quá hạn", "step " + e.task.step + " is overdue"};
    }
    two_words operator()(const event::linked&) const { return {}; }
    two_words operator()(const event::link_reported& e) const {
        return e.ended ? two_words{"hồ sơ liên kết kết thúc", "a linked case ends"}
                       : two_words{"hồ sơ liên kết được mở", "a linked case is opened"};
    }
    two_words operator()(const event::case_ended& e) const {
        const std::string as = e.end_kind.empty() ? "" : " “" + e.end_kind + "”";
        switch (e.how) {
        case event::case_ended::way::reached_end:
            return {"hồ sơ kết thúc" + as, "the case ends" + as};
        case event::case_ended::way::withdrawn:
            return {person_of(fact) + " rút hồ sơ", person_of(fact) + " withdraws the case"};
        case event::case_ended::way::cancelled:
            return {person_of(fact) + " hủy hồ sơ", person_of(fact) + " cancels the case"};
        }
        return {};
    }
    two_words operator()(const event::case_overdue&) const {
        return {"hồ sơ quá hạn chung", "the case is overdue"};
    }

private:
    static std::string outcome(const std::string& name, const std::string& reason) {
        std::string out = name.empty() || name == "xong" || name == "done" ? "" : ": " + name;
        if (!reason.empty()) out += " (“" + reason + "”)";
        return out;
    }
};

}  // namespace

std::vector<timeline_entry> timeline_of(const std::vector<scenario_case>& cases,
                                        std::chrono::minutes offset) {
    std::vector<timeline_entry> out;
    for (const scenario_case& one : cases)
        for (const case_event& fact : one.history) {
            two_words what = std::visit(teller{fact, offset}, fact.body);
            if (what.vi.empty()) continue;
            if (cases.size() > 1) {
                what.vi = one.definition->code + ": " + what.vi;
                what.en = one.definition->code + ": " + what.en;
            }
            out.push_back({fact.at, local_text(fact.at, offset), one.id, std::move(what)});
        }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    if (out.size() > longest_timeline)
        out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(longest_timeline));
    return out;
}

}  // namespace detail::scenario_runner

std::string to_text(const scenario& what, const scenario_run& one,
                    const std::vector<source_text>& sources, language words) {
    if (!one.first) return {};
    const bool vi = words == language::vi;
    const divergence& first = *one.first;
    std::string out;
    if (one.row > 0)
        out += (vi ? "  dòng " : "  row ") + std::to_string(one.row) +
               (vi ? " của bảng\n" : " of the table\n");
    if (first.where.file < sources.size()) {
        const source_text& source = sources[first.where.file];
        const line_column at = source.locate(first.where.range.begin);
        const std::string line = escape_controls(std::string(source.slice(first.where.range)));
        out += "  " + source.name() + ":" + std::to_string(at.line) + ": " + line + "\n";
    } else if (first.line < what.lines.size()) {
        out += (vi ? "  dòng thứ " : "  line ") + std::to_string(first.line + 1) + "\n";
    }
    out +=
        (vi ? "  cần thấy: " : "  expected: ") + escape_controls(first.expected.in(words)) + "\n";
    out += (vi ? "  đã thấy:  " : "  seen:     ") + escape_controls(first.seen.in(words)) + "\n";
    if (one.timeline.empty()) return out;
    out += vi ? "  diễn biến:\n" : "  what happened:\n";
    for (const timeline_entry& each : one.timeline)
        out += "    " + each.when + "  " + escape_controls(each.what.in(words)) + "\n";
    return out;
}

}  // namespace quytrinh::testing
