// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/notification.ipp: what a notification says of its event, and its sentence
// in both languages. A sentence has three parts: what happened to which step of which case, the
// particulars (outcome, reason, limit, words of a person), and how the recipient stands to it.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/counting.hpp>

#include <variant>

namespace quytrinh {

namespace detail::notification_text {
namespace {

void take_due(notification& out, const task_due& due, std::chrono::minutes offset) {
    out.due = shell::due_text(due, offset);
    out.due_how = due.kind;
}

/// The task or consultation that an event is about, its particulars, and the linked case.
struct reader {
    notification& out;
    const case_state& state;
    std::chrono::minutes offset;

    void about(const task_key& key) const {
        out.task = key;
        if (const task_state* t = state.find_task(key)) take_due(out, t->due, offset);
        if (const consultation_state* c = state.find_consultation(key))
            take_due(out, c->due, offset);
    }
    void operator()(const event::case_opened&) const {}
    void operator()(const event::task_opened& e) const {
        about(e.task);
        take_due(out, e.due, offset);
        out.reason = e.return_reason;
        if (out.reason.empty()) out.reason = reason_of_leaving(e.from_step);
    }
    /// A branch may need a reason and yet lead on: whoever goes on with it is told why. The task
    /// that was left closed at the moment at which the new one opened.
    [[nodiscard]] std::string reason_of_leaving(const std::string& step) const {
        for (auto t = state.tasks.rbegin(); t != state.tasks.rend(); ++t)
            if (t->task.step == step && t->closed_at && *t->closed_at == out.at) return t->reason;
        return {};
    }
    void operator()(const event::task_received& e) const {
        about(e.task);
        take_due(out, e.due, offset);
    }
    void operator()(const event::task_claimed& e) const { about(e.task); }
    void operator()(const event::task_released& e) const { about(e.task); }
    void operator()(const event::task_assigned& e) const {
        about(e.task);
        out.reason = e.reason;
    }
    void operator()(const event::fields_recorded& e) const { about(e.task); }
    void operator()(const event::task_confirmed& e) const {
        about(e.task);
        out.outcome = e.outcome;
        out.reason = e.reason;
    }
    void operator()(const event::task_completed& e) const {
        about(e.task);
        out.outcome = e.outcome;
        out.reason = e.reason;
    }
    void operator()(const event::opinion_given& e) const {
        about(e.task);
        out.text_of = e.text;
    }
    void operator()(const event::consultation_opened& e) const {
        about(e.consultation);
        take_due(out, e.due, offset);
        out.text_of = e.text;
    }
    void operator()(const event::consultation_answered& e) const {
        about(e.consultation);
        out.outcome = e.answer;
        out.text_of = e.text;
    }
    void operator()(const event::commented& e) const {
        if (e.task) about(*e.task);
        out.text_of = e.text;
    }
    void operator()(const event::attached& e) const {
        if (e.task) about(*e.task);
        out.text_of = e.file.name;
    }
    void operator()(const event::signalled& e) const { out.text_of = e.text; }
    void operator()(const event::task_overdue& e) const { about(e.task); }
    void operator()(const event::linked& e) const { out.other = e.other; }
    void operator()(const event::link_reported& e) const {
        out.other = e.child;
        out.outcome = e.end_kind;
    }
    void operator()(const event::case_overdue& e) const {
        out.due = to_iso(e.due, offset);
        out.due_how = due_kind::counted;
    }
    void operator()(const event::case_ended& e) const {
        out.outcome = e.end_kind;
        out.reason = e.reason;
    }
};

std::string who_of(const seat& to) {
    // The head of a unit is addressed through the role of the text that says so.
    if (to.head && !to.role.empty() && !to.unit.empty()) return to.role + " (" + to.unit + ")";
    const std::string& unit = to.unit.empty() ? to.role : to.unit;
    return to.person.empty() ? unit : unit + "/" + to.person;
}

/// "14/12/2023", "14:00 ngày 14/12/2023"; the ISO text itself when it is neither.
std::string day_of(const std::string& iso, bool vi) {
    const auto day = read_date(std::string_view(iso).substr(0, 10));
    if (!day) return iso;
    const std::string text = to_day_first(*day);
    if (iso.size() <= 11) return text;
    const std::string hour = iso.substr(11, 5);
    return vi ? hour + " ngày " + text : hour + " on " + text;
}

/// The words of one language, so that both sentences are built the same way.
struct words {
    bool vi;
    const notification& n;

    [[nodiscard]] std::string pick(const char* viet, const char* english) const {
        return vi ? viet : english;
    }
    [[nodiscard]] std::string the_case() const {
        const std::string name = n.reference.empty() ? n.of.str() : n.reference;
        return pick("hồ sơ ", "case ") + name + " (" + n.procedure + ")";
    }
    /// "Bước 2 “Kiểm tra” của hồ sơ 125/CV (QT.HTKH.03)"; the case alone when there is no task.
    [[nodiscard]] std::string subject() const {
        if (n.task.step.empty()) {
            std::string text = the_case();
            text.replace(0, pick("h", "c").size(), pick("H", "C"));
            return text;
        }
        std::string text = pick("Bước ", "Step ") + n.task.step;
        if (!n.task_title.empty()) text += " “" + n.task_title + "”";
        if (n.task.round > 1)
            text += pick(", vòng ", ", round ") + std::to_string(n.task.round) + ",";
        return text + pick(" của ", " of ") + the_case();
    }
    [[nodiscard]] std::string due() const {
        switch (n.due_how) {
        case due_kind::not_stated: return {};
        case due_kind::immediately: return pick(", phải làm ngay", ", to be done immediately");
        case due_kind::counted:
            return n.due.empty() ? std::string() : pick(", hạn ", ", due ") + day_of(n.due, vi);
        case due_kind::laid_down:
            return pick(", hạn theo quy định riêng", ", due as laid down elsewhere");
        case due_kind::waiting: return pick(", hạn chưa tính được", ", due not known yet");
        }
        return {};
    }
    /// Words of a person, apart from those of the sentence.
    [[nodiscard]] static std::string quoted(const std::string& text) { return "“" + text + "”"; }
    [[nodiscard]] std::string outcome() const {
        if (n.outcome.empty() || n.outcome == "xong" || n.outcome == "done") return {};
        // OK and NOK are codes; a named outcome is a text of the procedure.
        const bool code = n.outcome == "OK" || n.outcome == "NOK";
        return pick(" với kết quả ", " with outcome ") + (code ? n.outcome : quoted(n.outcome));
    }
    [[nodiscard]] std::string reason() const {
        return n.reason.empty() ? std::string()
                                : pick(", lý do: ", ", reason: ") + quoted(n.reason);
    }
    [[nodiscard]] std::string said() const {
        return n.text_of.empty() ? std::string() : ": " + quoted(n.text_of);
    }
    [[nodiscard]] std::string by() const { return to_string(n.by); }
    [[nodiscard]] std::string who() const { return who_of(n.what.to); }

    /// How the recipient stands to it.
    [[nodiscard]] std::string standing() const {
        switch (n.what.as) {
        case relation::lead: return who() + pick(" chủ trì", " leads");
        case relation::joint: return who() + pick(" cùng chủ trì", " leads jointly");
        case relation::coordinate: return who() + pick(" phối hợp", " coordinates");
        case relation::inform:
            return vi ? "báo để " + who() + " biết" : "for the information of " + who();
        case relation::opener:
            return vi ? "báo để người mở hồ sơ (" + who() + ") biết"
                      : "for the information of " + who() + ", who opened the case";
        case relation::asked: return who() + pick(" được hỏi ý kiến", " is asked");
        case relation::keeper: return who() + pick(" lưu hồ sơ", " keeps the record");
        }
        return who();
    }
    [[nodiscard]] bool acts() const noexcept {
        return n.what.as == relation::lead || n.what.as == relation::joint;
    }

    [[nodiscard]] std::string opened() const {
        switch (n.what.as) {
        case relation::lead:
            return subject() + pick(" đang chờ ", " is waiting for ") + who() + due() + reason();
        case relation::joint:
            return subject() + pick(" đang chờ ", " is waiting for ") + who() +
                   pick(" cùng chủ trì", " to lead jointly") + due() + reason();
        case relation::coordinate:
        case relation::inform:
        case relation::opener:
        case relation::asked:
        case relation::keeper: break;
        }
        return subject() + pick(" đã mở", " is open") + due() + reason() + "; " + standing();
    }
    [[nodiscard]] std::string returned() const {
        if (acts())
            return subject() + pick(" bị trả lại cho ", " was returned to ") + who() + due() +
                   reason();
        return subject() + pick(" đã bị trả lại", " was returned") + due() + reason() + "; " +
               standing();
    }
    [[nodiscard]] std::string assigned() const {
        return subject() + pick(" được phân công cho ", " is assigned to ") + who() + due() +
               reason();
    }
    /// A joint lead is told when another one has confirmed: the task is not done yet.
    [[nodiscard]] std::string confirmed() const {
        return by() + pick(" đã xác nhận", " confirmed") + place() + outcome() + reason() +
               pick("; còn chờ ", "; it still waits for ") + who() +
               pick(" cùng xác nhận", " to confirm");
    }
    [[nodiscard]] std::string overdue() const {
        std::string text = subject() + pick(" đã quá hạn", " is overdue");
        if (!n.due.empty()) text += pick(" (hạn ", " (it was due ") + day_of(n.due, vi) + ")";
        return text + "; " + standing();
    }
    /// The limit of the whole case, or of a part of its way.
    [[nodiscard]] std::string the_case_overdue() const {
        std::string text = subject() + pick(" đã quá hạn chung", " has passed its overall limit");
        if (!n.text_of.empty()) text += pick(" của đường ", " of the way ") + n.text_of;
        if (!n.due.empty()) text += pick(" (hạn ", " (it was due ") + day_of(n.due, vi) + ")";
        return text + "; " + standing();
    }
    [[nodiscard]] std::string linked(bool ended) const {
        std::string text = subject();
        if (ended)
            text += pick(" có hồ sơ liên kết ", " has a linked case ") + n.other.str() +
                    pick(" đã kết thúc", " that has ended") + outcome();
        else
            text += pick(" đã mở hồ sơ liên kết ", " opened the linked case ") + n.other.str();
        return text + "; " + standing();
    }

    [[nodiscard]] std::string sentence() const {
        switch (n.what.kind) {
        case notice_kind::task_opened: return opened();
        case notice_kind::task_returned: return returned();
        case notice_kind::task_assigned: return assigned();
        case notice_kind::task_completed:
            if (n.what.as == relation::joint) return confirmed();
            return subject() + pick(" đã xong", " is done") + outcome() + reason() + "; " +
                   standing();
        case notice_kind::task_overdue: return overdue();
        case notice_kind::consulted:
            if (n.what.as == relation::asked)
                return by() + pick(" xin ý kiến ", " asks for the opinion of ") + who() + place() +
                       due() + said();
            return by() + pick(" xin ý kiến", " asks for an opinion") + place() + due() + said() +
                   "; " + standing();
        case notice_kind::answered:
            return by() + pick(" đã trả lời", " answered") + place() + outcome() + said() + "; " +
                   standing();
        case notice_kind::opinion_given:
            return by() + pick(" đã có ý kiến", " gave an opinion") + place() + said() + "; " +
                   standing();
        case notice_kind::commented:
            return by() + pick(" đã nhận xét", " commented") + place() + said() + "; " + standing();
        case notice_kind::case_ended:
            return subject() + pick(" đã kết thúc", " has ended") + outcome() + reason() + "; " +
                   standing();
        case notice_kind::case_withdrawn:
            return subject() + pick(" đã được rút", " was withdrawn") + reason() + "; " +
                   standing();
        case notice_kind::case_cancelled:
            return subject() + pick(" đã bị hủy", " was cancelled") + reason() + "; " + standing();
        case notice_kind::case_overdue: return the_case_overdue();
        case notice_kind::linked_opened: return linked(false);
        case notice_kind::linked_ended: return linked(true);
        }
        return {};
    }
    /// The subject as the place of an act: " ở bước 2 … của hồ sơ …", " về hồ sơ …".
    [[nodiscard]] std::string place() const {
        const bool whole = n.task.step.empty();
        std::string text = subject();
        text.replace(0, 1, whole ? pick("h", "c") : pick("b", "s"));
        return (whole ? pick(" về ", " on ") : pick(" ở ", " at ")) + text;
    }
};

}  // namespace
}  // namespace detail::notification_text

void detail::shell::fill_in_event(notification& out, const case_event& fact,
                                  const case_state& state, const procedure& definition,
                                  std::chrono::minutes offset) {
    std::visit(notification_text::reader{out, state, offset}, fact.body);
    if (const auto* late = std::get_if<event::case_overdue>(&fact.body);
        late != nullptr && late->part && *late->part < definition.overall.size()) {
        const overall_limit& part = definition.overall[*late->part];
        out.text_of = part.from_step + " → " + part.to_step;
    }
    if (!out.task.step.empty()) out.task_title = title_of(definition, out.task.step);
}

std::string notification::text(language words_in) const {
    const detail::notification_text::words in{words_in == language::vi, *this};
    // Texts of people may hold anything: one notification stays one line.
    return escape_controls(in.sentence() + ".");
}

std::string notification::text(std::string_view words_in) const {
    return text(words_in == "vi" ? language::vi : language::en);
}

}  // namespace quytrinh
