// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/scenario_seen_case.ipp: what a scenario expects of a case as a whole: who
// is told, who may act, what is written and kept, how it stands.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/option.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/testing/impl/scenario_runner.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::testing::detail::scenario_runner {

namespace {

std::string text_of_value(const value& held) {
    if (const auto* text = held.get_if<std::string>()) return "“" + *text + "”";
    if (const auto* number = held.get_if<decimal>()) return number->text();
    if (const auto* day = held.get_if<date>()) return to_day_first(*day);
    if (const auto* items = held.get_if<std::vector<std::string>>()) {
        std::string out;
        for (const std::string& item : *items) out += (out.empty() ? "“" : ", “") + item + "”";
        return out;
    }
    if (const auto* rows = held.get_if<value_rows>()) {
        std::string out;
        for (const auto& row : *rows) {
            out += out.empty() ? "(" : ", (";
            for (std::size_t i = 0; i < row.size(); ++i)
                out += (i > 0 ? ", " : "") + text_of_value(row[i]);
            out += ")";
        }
        return out;
    }
    return {};
}
two_words words_of_value(const value& held) {
    if (held.empty()) return {"còn trống", "empty"};
    if (const auto* yes = held.get_if<bool>())
        return *yes ? two_words{"có", "yes"} : two_words{"không", "no"};
    return same_in_both(text_of_value(held));
}

/// Is this field of the form among what may be written?
bool offers(const option& open, const scenario_field& field) {
    return std::any_of(open.fields.begin(), open.fields.end(), [&](const option::field& one) {
        return one.name == field.field && (field.form.empty() || one.form == field.form);
    });
}

}  // namespace

void runner::see_told(const scenario_expectation& one) {
    using about = scenario_expectation::about;
    const std::string unit = text_of(one.who.unit);
    const std::string id = one.steps.empty() ? std::string{} : text_of(one.steps.front());
    const auto fits = [&](const notification& mail) {
        switch (one.of) {
        case about::anything: return true;
        case about::task:
        case about::question: return mail.task.step == id;
        case about::overdue:
            return mail.what.kind == notice_kind::task_overdue ||
                   mail.what.kind == notice_kind::case_overdue;
        case about::end:
            return mail.what.kind == notice_kind::case_ended ||
                   mail.what.kind == notice_kind::case_withdrawn ||
                   mail.what.kind == notice_kind::case_cancelled;
        }
        return false;
    };
    const case_details here = look();
    const party* const role = here.definition->find_party(unit);
    const bool is_opener = role != nullptr && role->binding == binding_kind::opener;
    const notification* found = nullptr;
    std::string others;
    const auto& all = world_->mail();
    for (std::size_t i = world_->unread_from(); i < all.size(); ++i) {
        if (!fits(all[i])) continue;
        const seat& to = all[i].what.to;
        // Whoever opened the case is told as such; a role that is the opener by the text means
        // them.
        const bool opener = to.role.empty() && is_opener && to.unit == here.state.opener.unit &&
                            (one.who.person.empty() || to.person == one.who.person);
        if (opener || is_seat(to, unit, one.who.person)) found = &all[i];
        const std::string name = to.role.empty() ? to.unit : to.role;
        if (others.find(name) == std::string::npos) others += (others.empty() ? "" : ", ") + name;
    }
    const bool wanted = one.kind_of == scenario_expectation::kind::told;
    if (wanted == (found != nullptr)) return;
    if (!wanted)
        return differ(
            {unit + " không được báo", unit + " is not told"},
            {"được báo: " + found->text(language::vi), "told: " + found->text(language::en)});
    differ({unit + " được báo", unit + " is told"},
           others.empty() ? two_words{"không ai được báo", "nobody is told"}
                          : two_words{"chỉ có " + others + " được báo", "only " + others + " is"});
}

void runner::see_may(const scenario_expectation& one) {
    using act = scenario_act::kind;
    const std::string id = text_of(one.act.step);
    const std::string outcome = text_of(one.act.outcome);
    const std::string round = text_of(one.act.round);
    const auto is_it = [&](const option& each) {
        switch (one.act.kind_of) {
        case act::complete:
            return each.command == "complete" && each.task.step == id &&
                   (outcome.empty() ||
                    std::any_of(each.outcomes.begin(), each.outcomes.end(),
                                [&](const auto& way) { return way.name == outcome; }));
        case act::record:
            return each.command == "record" && each.task.step == id &&
                   std::all_of(one.act.fields.begin(), one.act.fields.end(),
                               [&](const scenario_field& field) { return offers(each, field); });
        case act::opine: return each.command == "opine" && each.task.step == id;
        case act::claim: return each.command == "claim" && each.task.step == id;
        case act::assign:
            return (each.command == "assign" || each.command == "reassign") && each.task.step == id;
        case act::consult: return each.command == "consult" && each.consultation == id;
        case act::answer:
            return each.command == "answer" && each.task.step == id &&
                   (round.empty() || std::to_string(each.task.round) == round);
        case act::withdraw: return each.command == "withdraw";
        case act::cancel: return each.command == "cancel";
        case act::wait:
        case act::open:
        case act::receive:
        case act::release:
        case act::reassign:
        case act::attach:
        case act::say_late:
        case act::signal:
        case act::turn_to: break;
        }
        return false;
    };
    bool allowed = false;
    std::string who_could;
    for (const option& each : world_->options(actor_of(one.who))) {
        if (!is_it(each)) continue;
        allowed = allowed || each.allowed;
        for (const std::string& name : each.who_could)
            who_could += (who_could.empty() ? "" : ", ") + name;
    }
    const bool wanted = one.kind_of == scenario_expectation::kind::may;
    if (allowed == wanted) return;
    if (!wanted) return differ({"không làm được", "it cannot be done"}, {"làm được", "it can"});
    two_words seen = where_it_is();
    if (!who_could.empty())
        seen = std::move(seen) +
               two_words{"; người làm được: " + who_could, "; who could: " + who_could};
    differ({"làm được", "it can be done"}, std::move(seen));
}

bool runner::same(const value& held, const scenario_value& wanted) const {
    if (const auto* items = held.get_if<std::vector<std::string>>())
        return items->size() == 1 && items->front() == text_of(wanted);
    const value right = entered(wanted);
    if (held == right) return true;
    const auto* number = held.get_if<decimal>();
    const auto* other = right.get_if<decimal>();
    if (number != nullptr && other != nullptr) return number->text() == other->text();
    const auto* text = held.get_if<std::string>();
    return text != nullptr && *text == text_of(wanted);
}

void runner::see_field(const scenario_expectation& one) {
    using filling = scenario_expectation::filling;
    const case_details c = look();
    const field_state* found = c.state.find_field({one.field.form, one.field.field});
    if (!one.steps.empty()) {
        // Of that question, where it has a paper of its own; the last one put, unless one is named.
        const std::string id = text_of(one.steps.front());
        const std::string round = text_of(one.round);
        found = nullptr;
        for (const consultation_state& q : c.state.consultations) {
            if (q.consultation.step != id) continue;
            if (!round.empty() && std::to_string(q.consultation.round) != round) continue;
            found = nullptr;
            for (const auto& [code, form] : q.forms)
                if (const auto f = form.fields.find(one.field.field);
                    f != form.fields.end() && (one.field.form.empty() || one.field.form == code))
                    found = &f->second;
        }
    }
    const value held = found == nullptr ? value{} : found->content;
    const std::string name = "“" + one.field.field + "” ";
    if (one.how != filling::value) {
        if (held.empty() == (one.how == filling::empty)) return;
        return differ(
            same_in_both(name) + (one.how == filling::empty ? two_words{"chưa có", "is empty"}
                                                            : two_words{"đã có", "is filled"}),
            words_of_value(held));
    }
    bool right = false;
    if (one.field.items.size() == 1 && one.field.rows.empty()) {
        right = same(held, one.field.items.front());
    } else {
        const field_entry entry = entry_of(one.field);
        right = held == entry.content;
        const auto* items = held.get_if<std::vector<std::string>>();
        const auto* wanted = entry.content.get_if<std::vector<std::string>>();
        if (items != nullptr && wanted != nullptr)
            right =
                std::is_permutation(items->begin(), items->end(), wanted->begin(), wanted->end());
    }
    if (right) return;
    differ(
        same_in_both(name) + two_words{"là ", "is "} + words_of_value(entry_of(one.field).content),
        words_of_value(held));
}

void runner::see_record(const scenario_expectation& one) {
    const case_details c = look();
    const auto& kept = c.state.records;
    const bool is_kept = std::find(kept.begin(), kept.end(), one.code) != kept.end();
    if (one.kind_of == scenario_expectation::kind::not_kept) {
        if (is_kept)
            differ({"chưa lưu " + one.code, one.code + " is not kept"},
                   {"đã lưu " + one.code, one.code + " is kept"});
        return;
    }
    if (!is_kept) {
        std::string list;
        for (const std::string& code : kept) list += (list.empty() ? "" : ", ") + code;
        return differ({"đã lưu " + one.code, one.code + " is kept"},
                      list.empty() ? two_words{"chưa lưu gì", "nothing is kept"}
                                   : two_words{"chỉ lưu " + list, "only " + list + " is kept"});
    }
    if (!one.papers.empty()) see_papers(one, c.state);
    if (over() || (!one.forever && !one.last_day_unknown && !one.due.written())) return;
    see_keeping(one, c.state);
}

/// The forms in a record that had been filled in, in any order.
void runner::see_papers(const scenario_expectation& one, const case_state& state) {
    std::vector<std::string> wanted = one.papers, held;
    for (const kept_record& each : state.keeping)
        if (each.code == one.code) held = each.papers;
    std::sort(wanted.begin(), wanted.end());
    std::sort(held.begin(), held.end());
    if (wanted == held) return;
    const auto listed = [](const std::vector<std::string>& all) {
        std::string out;
        for (const std::string& each : all) out += (out.empty() ? "" : ", ") + each;
        return out;
    };
    const two_words made_of{one.code + " gồm ", one.code + " made of "};
    differ(made_of + same_in_both(listed(wanted)),
           held.empty() ? two_words{one.code + " không có biểu mẫu nào đã ghi",
                                    one.code + " holds no form that was filled in"}
                        : made_of + same_in_both(listed(held)));
}

/// Until when what is kept is kept.
void runner::see_keeping(const scenario_expectation& one, const case_state& state) {
    const auto at = std::find_if(state.keeping.begin(), state.keeping.end(),
                                 [&](const kept_record& each) { return each.code == one.code; });
    const bool vi = of_->words == dialect::vi;
    const bool from_column = one.due.what == kind::column;
    const auto until = [](std::string day) {
        return two_words{"đến hết ngày " + day, "through " + day};
    };
    const two_words forever{"vĩnh viễn", "all time"},
        unknown{"chưa biết đến bao giờ", "until a day not yet known"};
    const two_words not_stated{"không nêu", "not stated"};
    const scenario_value& day = of_row(one.due);
    const two_words wanted = one.forever                    ? forever
                             : one.last_day_unknown         ? unknown
                             : day.what == kind::not_stated ? not_stated
                                                            : until(text_of(day));
    two_words seen = not_stated;
    std::string last;
    if (at != state.keeping.end()) switch (at->term) {
        case keep_term::not_stated: break;
        case keep_term::start_not_stated:
        case keep_term::waiting: seen = unknown; break;
        case keep_term::forever: seen = forever; break;
        case keep_term::counted:
            last = at->last_day ? to_day_first(*at->last_day) : std::string{};
            seen = last.empty() ? unknown : until(last);
            break;
        }
    if (seen.vi == wanted.vi) return;
    std::optional<divergence::rewrite> mend;
    if (!from_column)
        mend = divergence::rewrite{one.due_where, seen.in(vi ? language::vi : language::en)};
    else if (!last.empty() && day.what == kind::date)
        mend = divergence::rewrite{day.where, last};
    const two_words kept{"đã lưu ", "kept "}, comma{", ", ", "};
    const two_words what = kept + same_in_both(one.code) + comma;
    differ(what + wanted, what + seen, std::move(mend));
}

void runner::see_approval(const scenario_expectation& one) {
    const case_details c = look();
    const auto at = c.state.forms.find(one.code);
    const bool is = at != c.state.forms.end() && at->second.approved_version.has_value() &&
                    *at->second.approved_version == at->second.version;
    if (is == (one.kind_of == scenario_expectation::kind::approved)) return;
    const two_words yes{one.code + " đã được duyệt", one.code + " is approved"};
    const two_words no{one.code + " chưa được duyệt", one.code + " is not approved"};
    differ(is ? no : yes, is ? yes : no);
}

void runner::see_case(const scenario_expectation& one) {
    using seen = scenario_expectation::kind;
    const case_details c = look();
    const std::string wanted = text_of(one.outcome);
    const auto status = [&](case_status right, two_words expected) {
        if (c.state.status != right) differ(std::move(expected), where_it_is());
    };
    switch (one.kind_of) {
    case seen::ended:
        status(case_status::ended, {"hồ sơ đã kết thúc", "the case has ended"});
        if (!over() && !wanted.empty() && c.state.end_kind != wanted)
            differ({"kết thúc “" + wanted + "”", "ended “" + wanted + "”"}, where_it_is());
        return;
    case seen::withdrawn:
        return status(case_status::withdrawn, {"hồ sơ đã rút", "the case is withdrawn"});
    case seen::cancelled:
        return status(case_status::cancelled, {"hồ sơ đã hủy", "the case is cancelled"});
    case seen::case_late:
        if (!c.state.overdue && !c.state.late)
            differ({"hồ sơ quá hạn", "the case is overdue"}, {"chưa quá hạn", "it is not"});
        return;
    case seen::open: {
        status(case_status::open, {"hồ sơ còn mở", "the case is open"});
        if (over()) return;
        task_due due;
        due.kind = c.state.case_due ? due_kind::counted : due_kind::not_stated;
        due.due = c.state.case_due;
        see_due(one, due);
        if (!over() && one.in_time && (c.state.overdue || c.state.late))
            differ({"chưa quá hạn", "not overdue"}, {"đã quá hạn", "overdue"});
        return;
    }
    case seen::task:
    case seen::question:
    case seen::done:
    case seen::answered:
    case seen::not_open:
    case seen::standing:
    case seen::told:
    case seen::not_told:
    case seen::may:
    case seen::may_not:
    case seen::field:
    case seen::record:
    case seen::not_kept:
    case seen::approved:
    case seen::not_approved:
    case seen::new_case:
    case seen::no_new_case:
    case seen::refused: return;
    }
}

void runner::see_new_case(const scenario_expectation& one) {
    const auto& all = world_->cases();
    const std::string step = one.steps.empty() ? std::string{} : text_of(one.steps.front());
    std::string others;
    for (std::size_t i = std::min(cases_before_, all.size()); i < all.size(); ++i) {
        const case_details c = world_->look(all[i]);
        if (c.state.parent.empty()) continue;
        const bool here =
            step.empty() || std::any_of(c.state.tasks.begin(), c.state.tasks.end(),
                                        [&](const task_state& t) { return t.task.step == step; });
        if (c.definition->code == one.code && here) {
            if (one.kind_of == scenario_expectation::kind::new_case) return;
            return differ({"không có hồ sơ mới " + one.code, "no new case of " + one.code},
                          {"có hồ sơ mới " + one.code, "a new case of " + one.code});
        }
        others += (others.empty() ? "" : ", ") + c.definition->code;
    }
    if (one.kind_of == scenario_expectation::kind::no_new_case) return;
    differ({"có hồ sơ mới " + one.code + (step.empty() ? "" : " ở bước " + step),
            "a new case of " + one.code + (step.empty() ? "" : " at step " + step)},
           others.empty() ? two_words{"không có hồ sơ mới nào", "there is no new case"}
                          : two_words{"hồ sơ mới: " + others, "new: " + others});
}

void runner::see_refused(const scenario_expectation& one) {
    if (!refusal_) {
        if (accepted_)
            return differ({"bị từ chối", "refused"},
                          two_words{"được nhận; ", "accepted; "} + where_it_is());
        return differ({"bị từ chối", "refused"}, {"chưa có ai làm việc gì", "nobody did anything"});
    }
    const std::string why = text_of(one.outcome);
    if (why.empty()) return;
    const two_words said{refusal_->text(language::vi), refusal_->text(language::en)};
    const std::string folded = fold(why);
    if (fold(said.vi).find(folded) != std::string::npos ||
        fold(said.en).find(folded) != std::string::npos)
        return;
    differ({"bị từ chối vì “" + why + "”", "refused because “" + why + "”"}, said);
}

}  // namespace quytrinh::testing::detail::scenario_runner
