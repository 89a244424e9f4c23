// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/scenario_seen.ipp: holding what a scenario expects against what the case
// is.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/testing/impl/scenario_runner.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::testing::detail::scenario_runner {

namespace {

std::string names_of(const std::vector<seat>& seats) {
    std::string out;
    for (const seat& one : seats) {
        const std::string unit =
            one.unit.empty() || one.unit == one.role ? one.role : one.role + " (" + one.unit + ")";
        out += (out.empty() ? "" : ", ") + unit;
    }
    return out;
}

}  // namespace

bool is_seat(const seat& one, const std::string& unit, const std::string& person) {
    return (one.role == unit || one.unit == unit) && (person.empty() || one.person == person);
}

std::string runner::due_text(const due_instant& due) const {
    return due.to_the_hour ? local_text(due.before, look().offset) : to_day_first(due.last_day);
}

/// Where the case is, as an officer would say it.
two_words runner::where_it_is() const {
    const case_details c = look();
    switch (c.state.status) {
    case case_status::ended: {
        const std::string as = c.state.end_kind.empty() ? "" : " “" + c.state.end_kind + "”";
        return {"hồ sơ đã kết thúc" + as, "the case has ended" + as};
    }
    case case_status::withdrawn: return {"hồ sơ đã rút", "the case is withdrawn"};
    case case_status::cancelled: return {"hồ sơ đã hủy", "the case is cancelled"};
    case case_status::none:
    case case_status::open: break;
    }
    two_words out{"đang ở ", "now at "};
    bool first = true;
    for (const task_state& task : c.state.tasks) {
        if (task.status != task_status::open) continue;
        if (!std::exchange(first, false)) out = std::move(out) + same_in_both("; ");
        const std::string round = std::to_string(task.task.round);
        const std::string id = task.task.step;
        const std::string who = names_of(task.leads);
        out = std::move(out) + two_words{"bước " + id + " (" + who + ", vòng " + round + ")",
                                         "step " + id + " (" + who + ", round " + round + ")"};
    }
    for (const consultation_state& asked : c.state.consultations)
        if (asked.status == task_status::open)
            out = std::move(out) + two_words{"; câu hỏi " + asked.consultation.step,
                                             "; question " + asked.consultation.step};
    return out;
}

void runner::see(const scenario_expectation& one) {
    using seen = scenario_expectation::kind;
    switch (one.kind_of) {
    case seen::task:
    case seen::question: return see_task(one);
    case seen::done:
    case seen::answered: return see_done(one);
    case seen::not_open:
    case seen::standing: return see_standing(one);
    case seen::told:
    case seen::not_told: return see_told(one);
    case seen::may:
    case seen::may_not: return see_may(one);
    case seen::field: return see_field(one);
    case seen::record:
    case seen::not_kept: return see_record(one);
    case seen::approved:
    case seen::not_approved: return see_approval(one);
    case seen::ended:
    case seen::open:
    case seen::withdrawn:
    case seen::cancelled:
    case seen::case_late: return see_case(one);
    case seen::new_case:
    case seen::no_new_case: return see_new_case(one);
    case seen::refused: return see_refused(one);
    }
}

void runner::see_due(const scenario_expectation& one, const task_due& due) {
    const scenario_value& wanted = of_row(one.due);
    if (!wanted.written()) return;
    const bool counted = due.due.has_value() && due.kind == due_kind::counted;
    bool right = false;
    switch (wanted.what) {
    case kind::not_stated: right = due.kind == due_kind::not_stated; break;
    case kind::immediately: right = due.kind == due_kind::immediately; break;
    case kind::date: right = counted && to_day_first(due.due->last_day) == wanted.text; break;
    case kind::moment:
        right = counted && due.due->to_the_hour && due_text(*due.due) == wanted.text;
        break;
    case kind::none:
    case kind::text:
    case kind::code:
    case kind::step:
    case kind::number:
    case kind::yes:
    case kind::no:
    case kind::ok:
    case kind::nok:
    case kind::column: break;
    }
    if (right) return;
    two_words seen;
    std::optional<divergence::rewrite> mend;
    const bool vi = of_->words == dialect::vi;
    const place where = one.due.what == kind::column ? wanted.where : one.due_where;
    if (counted) {
        seen = {"hạn là " + due_text(*due.due), "it is due " + due_text(*due.due)};
        mend = divergence::rewrite{where, due_text(*due.due)};
    } else if (due.kind == due_kind::immediately) {
        seen = {"phải làm ngay lập tức", "it is due immediately"};
        mend = divergence::rewrite{where, vi ? "ngay lập tức" : "immediately"};
    } else if (due.kind == due_kind::not_stated) {
        seen = {"không có hạn", "it has no limit"};
        mend = divergence::rewrite{where, vi ? "không nêu" : "not stated"};
    } else if (due.kind == due_kind::waiting) {
        seen = {"hạn chưa tính được, còn chờ một việc", "its limit still waits for an event"};
    } else {
        seen = {"hạn theo quy định tại “" + due.text + "”",
                "it is laid down in “" + due.text + "”"};
    }
    const std::string text = wanted.what == kind::not_stated ? (vi ? "không nêu" : "not stated")
                             : wanted.what == kind::immediately
                                 ? (vi ? "ngay lập tức" : "immediately")
                                 : wanted.text;
    differ({"đến hạn " + text, "due " + text}, std::move(seen), std::move(mend));
}

void runner::see_channel(const scenario_expectation& one, const std::string& recorded) {
    if (over() || one.channel.empty() || recorded == one.channel) return;
    differ({"hình thức “" + one.channel + "”", "channel “" + one.channel + "”"},
           recorded.empty()
               ? two_words{"chưa ghi hình thức nào", "no channel is recorded"}
               : two_words{"hình thức “" + recorded + "”", "channel “" + recorded + "”"});
}

void runner::see_task(const scenario_expectation& one) {
    const case_details c = look();
    const std::string id = text_of(one.steps.front());
    const std::string round = text_of(one.round);
    const bool question = one.kind_of == scenario_expectation::kind::question;
    const two_words name = question ? two_words{"câu hỏi " + id, "question " + id}
                                    : two_words{"bước " + id, "step " + id};
    const auto judge = [&](const task_key& key, const std::vector<seat>& leads,
                           const std::string& assignee, const task_due& due, bool overdue) {
        const std::string unit = text_of(one.who.unit);
        const auto held = [&](const std::string& person) {
            return std::any_of(leads.begin(), leads.end(),
                               [&](const seat& s) { return is_seat(s, unit, person); });
        };
        if (!unit.empty() && !held({}))
            return differ(name + two_words{" ở " + unit, " at " + unit},
                          two_words{"ở " + names_of(leads), "at " + names_of(leads)});
        // A person is named: they hold the seat, or the task was given to them.
        const std::string& person = one.who.person;
        if (!person.empty() && assignee != person && !(assignee.empty() && held(person)))
            return differ(same_in_both(person), !assignee.empty()
                                                    ? same_in_both(assignee)
                                                    : two_words{"không của riêng ai trong " + unit,
                                                                "nobody's of " + unit + " alone"});
        if (!round.empty() && std::to_string(key.round) != round)
            return differ(
                {"vòng " + round, "round " + round},
                {"vòng " + std::to_string(key.round), "round " + std::to_string(key.round)});
        see_due(one, due);
        if (over()) return;
        if (one.overdue && !overdue)
            return differ({"quá hạn", "overdue"}, {"chưa quá hạn", "not overdue"});
        if (one.in_time && overdue)
            return differ({"chưa quá hạn", "not overdue"}, {"đã quá hạn", "overdue"});
    };
    const std::string unit = text_of(one.who.unit);
    if (question) {
        const auto several = std::count_if(
            c.state.consultations.begin(), c.state.consultations.end(), [&](const auto& q) {
                return q.consultation.step == id && q.status == task_status::open;
            });
        for (const consultation_state& q : c.state.consultations)
            if (q.consultation.step == id && q.status == task_status::open &&
                (round.empty() || several < 2 || std::to_string(q.consultation.round) == round)) {
                judge(q.consultation, q.asked, {}, q.due, q.overdue);
                return see_channel(one, q.channel);
            }
    } else {
        for (const task_state& t : c.state.tasks)
            if (t.task.step == id && t.status == task_status::open) {
                judge(t.task, t.leads, t.assignee, t.due, t.overdue);
                return see_channel(one, t.channel);
            }
    }
    std::optional<divergence::rewrite> mend;
    std::vector<std::string> open;
    for (const task_state& t : c.state.tasks)
        if (t.status == task_status::open) open.push_back(t.task.step);
    if (!question && open.size() == 1 && one.steps.front().what != kind::column)
        mend = divergence::rewrite{one.steps.front().where, open.front()};
    differ(name + two_words{" đang mở", " is open"}, where_it_is(), std::move(mend));
}

void runner::see_done(const scenario_expectation& one) {
    const case_details c = look();
    const std::string id = text_of(one.steps.front());
    const std::string wanted = text_of(one.outcome);
    const std::string round = text_of(one.round);
    if (one.kind_of == scenario_expectation::kind::answered) {
        const consultation_state* last = nullptr;
        for (const consultation_state& q : c.state.consultations)
            if (q.consultation.step == id && q.status == task_status::done &&
                (round.empty() || std::to_string(q.consultation.round) == round))
                last = &q;
        if (last == nullptr)
            return differ({"câu hỏi " + id + " đã trả lời", "question " + id + " is answered"},
                          {"chưa được trả lời", "it is not answered"});
        if (!wanted.empty() && last->answer != wanted && last->answer_text != wanted)
            differ(same_in_both("“" + wanted + "”"),
                   same_in_both("“" + (last->answer.empty() ? last->answer_text : last->answer) +
                                "”"));
        return;
    }
    const task_state* last = nullptr;
    for (const task_state& t : c.state.tasks)
        if (t.task.step == id && t.status == task_status::done &&
            (round.empty() || std::to_string(t.task.round) == round))
            last = &t;
    if (last == nullptr)
        return differ({"bước " + id + " đã xong", "step " + id + " is done"}, where_it_is());
    if (!wanted.empty() && last->outcome != wanted)
        return differ({"kết quả " + wanted, "outcome " + wanted},
                      {"kết quả " + last->outcome, "outcome " + last->outcome});
    if (one.overdue && !last->late) differ({"xong trễ hạn", "done late"}, {"đúng hạn", "in time"});
    if (one.in_time && last->late) differ({"xong đúng hạn", "done in time"}, {"trễ hạn", "late"});
    see_channel(one, last->channel);
}

void runner::see_standing(const scenario_expectation& one) {
    const case_details c = look();
    std::vector<std::string> open;
    std::string round;
    const std::string first = text_of(one.steps.front());
    for (const task_state& t : c.state.tasks) {
        if (t.status != task_status::open) continue;
        open.push_back(t.task.step);
        if (t.task.step == first) round = std::to_string(t.task.round);
    }
    std::vector<std::string> wanted;
    for (const scenario_value& id : one.steps) wanted.push_back(text_of(id));
    if (one.kind_of == scenario_expectation::kind::not_open) {
        if (std::find(open.begin(), open.end(), first) != open.end())
            differ({"bước " + first + " chưa mở", "step " + first + " is not open"}, where_it_is());
        return;
    }
    std::string list;
    for (const std::string& id : wanted) list += (list.empty() ? "" : ", ") + id;
    auto sorted_open = open;
    auto sorted_wanted = wanted;
    std::sort(sorted_open.begin(), sorted_open.end());
    std::sort(sorted_wanted.begin(), sorted_wanted.end());
    if (sorted_open != sorted_wanted) {
        std::optional<divergence::rewrite> mend;
        const bool columns = std::any_of(one.steps.begin(), one.steps.end(), [](const auto& each) {
            return each.what == kind::column;
        });
        if (!columns && !open.empty()) {
            std::string text;
            for (const std::string& id : open) text += (text.empty() ? "" : ", ") + id;
            const place where{
                one.steps.front().where.file,
                {one.steps.front().where.range.begin, one.steps.back().where.range.end}};
            mend = divergence::rewrite{where, text};
        }
        return differ({"đang ở bước " + list, "now at step " + list}, where_it_is(),
                      std::move(mend));
    }
    const std::string asked = text_of(one.round);
    if (!asked.empty() && asked != round)
        differ({"vòng " + asked, "round " + asked}, {"vòng " + round, "round " + round});
}

}  // namespace quytrinh::testing::detail::scenario_runner
