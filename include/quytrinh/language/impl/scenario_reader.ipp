// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/scenario_reader.ipp: values, deeds and what is seen, as scenarios say
// them.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/scenario_reader.hpp>
#include <quytrinh/language/impl/vocabulary.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

bool scenario_reader::moment(scenario_value& out) {
    const token* const first = at_;
    if (column(out)) return true;
    if (s_.dead()) return false;
    word_at day;
    token_kind how = token_kind::date;
    if (!s_.take_date(at_, day, how)) return false;
    const auto known = how == token_kind::date ? read_date(day.text) : std::nullopt;
    if (how != token_kind::date)
        s_.complain(diag::date_not_whole, day.where, {day.text});
    else if (!known)
        s_.complain(diag::no_such_date, day.where, {day.text});
    std::string words = known ? to_day_first(*known) : std::string{};
    word_at hour;
    if (at_->kind != token_kind::time) return set(out, kind::date, first, std::move(words));
    s_.take_time(at_, hour);
    if (hour.text.size() == 4) hour.text.insert(0, "0");
    if (hour.text >= "24:00" || hour.text.substr(3) > "59")
        s_.complain(diag::no_such_time, hour.where, {hour.text});
    return set(out, kind::moment, first, known ? words + " " + hour.text : words);
}

bool scenario_reader::outcome(scenario_value& out) {
    const token* const first = at_;
    if (word(keyword::ok)) return set(out, kind::ok, first);
    if (word(keyword::nok)) return set(out, kind::nok, first);
    return text(out);
}

bool scenario_reader::value(scenario_value& out) {
    const token* const first = at_;
    if (at_->kind == token_kind::date || at_->kind == token_kind::month ||
        at_->kind == token_kind::pair)
        return moment(out);
    if (outcome(out)) return true;
    if (word(keyword::yes)) return set(out, kind::yes, first);
    if (word(keyword::no)) return set(out, kind::no, first);
    if (word(keyword::not_stated)) return set(out, kind::not_stated, first);
    if (word(keyword::immediately)) return set(out, kind::immediately, first);
    std::string name;
    if (code(name)) return set(out, kind::code, first, std::move(name));
    number_at number;
    const std::string written{s_.text_of(*at_)};
    if (s_.take_amount(at_, number)) return set(out, kind::number, first, written);
    word_at step;
    return s_.take_step(at_, step) && set(out, kind::step, first, step.text);
}

bool scenario_reader::maybe_at_step(scenario_value& out) {
    if (!peeks(keyword::at) && !peeks(keyword::at_place)) {
        s_.expected(at_, wanted::word, keyword::at);
        return true;
    }
    return at_step(out);
}

bool scenario_reader::round_number(scenario_value& out) {
    const token* const first = at_;
    if (column(out)) return true;
    number_at number;
    const std::string written{s_.text_of(*at_)};
    return s_.take_integer(at_, number) && set(out, kind::number, first, written);
}

bool scenario_reader::round_behind(scenario_value& out) {
    if (at_->kind != token_kind::comma || !s_.peeks(at_ + 1, keyword::round)) return true;
    skip_comma();
    return word(keyword::round) && round_number(out);
}

bool scenario_reader::at_question(scenario_expectation& out) {
    if (!peeks(keyword::at) && !peeks(keyword::at_place)) return true;
    return word(keyword::at, keyword::at_place) && word(keyword::question) &&
           step_id(out.steps.emplace_back()) && round_behind(out.round);
}

bool scenario_reader::who(scenario_person& out) {
    const token* const first = at_;
    std::string name;
    if (code(name))
        set(out.unit, kind::code, first, std::move(name));
    else if (!column(out.unit))
        return false;
    return at_->kind != token_kind::string || text(out.person);
}

bool scenario_reader::field_value(scenario_field& out) {
    if (!word(keyword::is)) return false;
    do {
        if (at_->kind == token_kind::open) {
            if (!cells(out.rows.emplace_back())) return false;
        } else if (peeks(keyword::among)) {
            // `là có trong KHTH`: the two words are read as one.
            const token* const first = at_;
            scenario_value yes;
            if (!word(keyword::among)) return false;
            set(yes, kind::yes, first);
            out.items.push_back(std::move(yes));
            return form_behind(out, first);
        } else if (!value(out.items.emplace_back())) {
            return false;
        }
    } while (word(keyword::and_word));
    const token* const first = at_;
    return !peeks(keyword::in_form) || (word(keyword::in_form) && form_behind(out, first));
}

bool scenario_reader::fields(std::vector<scenario_field>& out) {
    do {
        scenario_field& one = out.emplace_back();
        if (!field_name(one) || !field_value(one)) return false;
    } while (at_->kind == token_kind::comma && at_[1].kind == token_kind::string && comma());
    return true;
}

bool scenario_reader::form_behind(scenario_field& out, const token* first) {
    if (!code(out.form)) return false;
    s_.complain(diag::form_after_value, since(first).range,
                {out.field, out.form, std::string(spelled(keyword::in_form, s_.words().words())),
                 std::string(spelled(keyword::is, s_.words().words()))});
    return true;
}

/// `phân công NTH là P.A "nv01", NKT là P.B`
bool scenario_reader::assignments(scenario_act& out) {
    do {
        auto& [role, person] = out.assigned.emplace_back();
        if (!code(role) || !word(keyword::stands_for) || !who(person)) return false;
    } while (at_->kind == token_kind::comma && at_[1].kind == token_kind::code && comma());
    return true;
}

/// `đính kèm "biên bản.pdf" cho "Đã được phê duyệt"`
bool scenario_reader::files(scenario_act& out) {
    do {
        auto& [file, evidence] = out.files.emplace_back();
        if (!text(file)) return false;
        if (peeks(keyword::to_whom) && !(word(keyword::to_whom) && text(evidence))) return false;
    } while (at_->kind == token_kind::comma && at_[1].kind == token_kind::string && comma());
    return true;
}

/// What may follow every deed, in any order.
bool scenario_reader::options(scenario_act& out) {
    while (!ends()) {
        skip_comma();
        if (word(keyword::because)) {
            if (!text(out.because)) return false;
        } else if (word(keyword::writes)) {
            if (!fields(out.fields)) return false;
        } else if (word(keyword::not_ticking)) {
            out.nothing_ticked = at_->kind != token_kind::string;
            while (at_->kind == token_kind::string && text(out.unticked.emplace_back()))
                if (at_->kind == token_kind::comma && at_[1].kind == token_kind::string) ++at_;
        } else if (word(keyword::assigning)) {
            if (!assignments(out)) return false;
        } else if (word(keyword::attaches)) {
            if (!files(out)) return false;
        } else if (word(keyword::channel)) {
            if (!text(out.channel)) return false;
        } else if (word(keyword::open_procedure)) {
            if (!code(out.opens.emplace_back())) return false;
        } else if (word(keyword::passing_to)) {
            if (!code(out.lead)) return false;
        } else if (word(keyword::round)) {
            if (!round_number(out.round)) return false;
        } else {
            return s_.take_line_end(at_);
        }
    }
    return true;
}

/// What somebody does, behind who it is.
bool scenario_reader::deed(scenario_act& out) {
    using act = scenario_act::kind;
    const auto is = [&](act what) {
        out.kind_of = what;
        return true;
    };
    if (word(keyword::finishes)) return is(act::complete) && step(out.step);
    if (word(keyword::chooses))
        return is(act::complete) && outcome(out.outcome) && at_step(out.step);
    if (word(keyword::opens)) return is(act::open) && maybe_at_step(out.step);
    if (word(keyword::writes))
        return is(act::record) && fields(out.fields) && maybe_at_step(out.step);
    if (word(keyword::confirms_receipt)) return is(act::receive) && step(out.step);
    if (word(keyword::takes)) return is(act::claim) && step(out.step);
    if (word(keyword::gives_back)) return is(act::release) && step(out.step);
    if (peeks(keyword::hands) || peeks(keyword::hands_again)) {
        const bool again = peeks(keyword::hands_again);
        (void)word(again ? keyword::hands_again : keyword::hands);
        is(again ? act::reassign : act::assign);
        if (!step(out.step) || !word(keyword::to_whom)) return false;
        return at_->kind == token_kind::string ? text(out.to.person) : who(out.to);
    }
    if (word(keyword::comments)) return is(act::opine) && at_step(out.step) && text(out.text);
    if (word(keyword::puts)) return is(act::consult) && step_id(out.step) && text(out.text);
    if (word(keyword::replies)) return is(act::answer) && step_id(out.step) && outcome(out.outcome);
    if (word(keyword::attaches)) return is(act::attach) && files(out) && maybe_at_step(out.step);
    if (word(keyword::withdraws)) return is(act::withdraw);
    if (word(keyword::cancels)) return is(act::cancel);
    if (word(keyword::notes_event)) return is(act::signal) && text(out.text);
    return could_be({keyword::hands, keyword::hands_again});
}

/// `chọn OK ở bước 4`, `ghi "Gấp" ở bước 5` behind `có thể`, `không thể`.
bool scenario_reader::possible(scenario_act& out) {
    using act = scenario_act::kind;
    const auto is = [&](act what) {
        out.kind_of = what;
        return true;
    };
    if (word(keyword::finish)) return is(act::complete) && step(out.step);
    if (word(keyword::choose_outcome))
        return is(act::complete) && outcome(out.outcome) && at_step(out.step);
    if (word(keyword::put)) return is(act::consult) && step_id(out.step);
    if (word(keyword::reply))
        return is(act::answer) && step_id(out.step) && round_behind(out.round);
    if (word(keyword::write)) {
        is(act::record);
        while (at_->kind == token_kind::string) {
            if (!field_name(out.fields.emplace_back())) return false;
            if (at_->kind == token_kind::comma && at_[1].kind == token_kind::string) ++at_;
        }
        return at_step(out.step);
    }
    if (word(keyword::comment)) return is(act::opine) && at_step(out.step);
    if (word(keyword::take)) return is(act::claim) && step(out.step);
    if (word(keyword::hand)) return is(act::assign) && step(out.step);
    if (word(keyword::withdraw_case)) return is(act::withdraw);
    return word(keyword::cancel_case) && is(act::cancel);
}

/// `14/12/2023`, `không nêu`, `ngay lập tức`, behind `đến hạn`.
bool scenario_reader::due(scenario_expectation& out) {
    const token* const first = at_;
    bool read = true;
    if (word(keyword::not_stated))
        set(out.due, kind::not_stated, first);
    else if (word(keyword::immediately))
        set(out.due, kind::immediately, first);
    else
        read = moment(out.due);
    out.due_where = out.due.where;
    return read;
}

/// `, đến hạn 14/12/2023, vòng 2, quá hạn`
bool scenario_reader::details(scenario_expectation& out) {
    while (!ends()) {
        skip_comma();
        if (word(keyword::due_on)) {
            if (!due(out)) return false;
        } else if (word(keyword::round)) {
            if (!round_number(out.round)) return false;
        } else if (word(keyword::is_overdue) || word(keyword::late)) {
            out.overdue = true;
        } else if (word(keyword::not_overdue) || word(keyword::in_time)) {
            out.in_time = true;
        } else if (of_one_task(out) && word(keyword::channel)) {
            if (!text(out.channel)) return false;
        } else {
            return s_.take_line_end(at_);
        }
    }
    return true;
}

bool scenario_reader::of_task(scenario_expectation& out) {
    using seen = scenario_expectation::kind;
    const bool question = peeks(keyword::question);
    if (!word(question ? keyword::question : keyword::step) || !step_id(out.steps.emplace_back()))
        return false;
    out.kind_of = question ? seen::question : seen::task;
    if (question && word(keyword::is_answered)) {
        out.kind_of = seen::answered;
        return (ends() || at_->kind == token_kind::comma || outcome(out.outcome)) &&
               round_behind(out.round);
    }
    if (!question && word(keyword::is_done)) {
        out.kind_of = seen::done;
        const bool named = peeks(keyword::ok) || peeks(keyword::nok) ||
                           at_->kind == token_kind::string || peeks(keyword::per_column);
        if (named && !outcome(out.outcome)) return false;
        if (!named) could_be({keyword::ok, keyword::nok});
        return details(out);
    }
    if (word(keyword::not_open)) {
        out.kind_of = seen::not_open;
        return true;
    }
    if (word(keyword::at, keyword::at_place) && !who(out.who)) return false;
    return details(out);
}

bool scenario_reader::of_party(scenario_expectation& out) {
    using seen = scenario_expectation::kind;
    const token* const first = at_;
    if (!who(out.who)) return false;
    const bool form = out.who.unit.what == kind::code && out.who.person.empty();
    if (form && (word(keyword::is_approved) || word(keyword::not_approved))) {
        out.kind_of = s_.peeks(at_ - 1, keyword::is_approved) ? seen::approved : seen::not_approved;
        out.code_where = since(first);
        out.code_where.range.end = first->end;
        out.code = std::exchange(out.who, {}).unit.text;
        return true;
    }
    if (word(keyword::may) || word(keyword::may_not)) {
        out.kind_of = s_.peeks(at_ - 1, keyword::may) ? seen::may : seen::may_not;
        out.act.who = out.who;
        return possible(out.act);
    }
    const bool told = word(keyword::is_told);
    if (!told && !word(keyword::not_told)) return false;
    out.kind_of = told ? seen::told : seen::not_told;
    if (!word(keyword::about)) return true;
    using about = scenario_expectation::about;
    if (word(keyword::is_overdue)) {
        out.of = about::overdue;
    } else if (word(keyword::case_end)) {
        out.of = about::end;
    } else {
        out.of = peeks(keyword::question) ? about::question : about::task;
        if (!word(out.of == about::question ? keyword::question : keyword::step))
            return could_be({keyword::question});
        return step_id(out.steps.emplace_back());
    }
    return true;
}

/// `đã lưu HS.01, đến hết ngày 31/12/2026`, `chưa lưu "Biên bản"`
bool scenario_reader::of_record(scenario_expectation& out) {
    using seen = scenario_expectation::kind;
    out.kind_of = peeks(keyword::is_kept) ? seen::record : seen::not_kept;
    if (!word(out.kind_of == seen::record ? keyword::is_kept : keyword::is_not_kept)) return false;
    const token* const first = at_;
    out.code_quoted = !code(out.code);
    if (out.code_quoted && !text(out.code)) return false;
    out.code_where = since(first);
    if (out.kind_of == seen::not_kept) return true;
    if (word(keyword::made_of)) {
        do {
            if (!code(out.papers.emplace_back())) return false;
        } while (at_->kind == token_kind::comma && at_[1].kind == token_kind::code && comma());
    }
    skip_comma();
    if (ends()) return true;
    const token* const until = at_;
    bool read = true;
    if (word(keyword::forever))
        out.forever = true;
    else if (word(keyword::until_unknown))
        out.last_day_unknown = true;
    else if (word(keyword::not_stated))
        set(out.due, kind::not_stated, until);
    else
        read = word(keyword::through_date) && moment(out.due);
    out.due_where = since(until);
    return read;
}

bool scenario_reader::of_case(scenario_expectation& out) {
    using seen = scenario_expectation::kind;
    if (word(keyword::has_ended)) {
        out.kind_of = seen::ended;
        return ends() || text(out.outcome);
    }
    if (word(keyword::is_withdrawn)) {
        out.kind_of = seen::withdrawn;
        return true;
    }
    if (word(keyword::is_cancelled)) {
        out.kind_of = seen::cancelled;
        return true;
    }
    if (word(keyword::is_overdue)) {
        out.kind_of = seen::case_late;
        return true;
    }
    out.kind_of = seen::open;
    if (word(keyword::due_on)) return due(out);
    return word(keyword::still_open) && details(out);
}

}  // namespace quytrinh::detail::grammar
