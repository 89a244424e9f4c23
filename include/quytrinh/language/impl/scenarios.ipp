// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/scenarios.ipp: scenarios as text, in either dialect, so that what a tool
// makes or mends is read again as it was meant.
#pragma once

#include <quytrinh/language/impl/vocabulary.hpp>
#include <quytrinh/language/scenarios.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh {

namespace detail::scenario_text {

namespace {

class writer {
public:
    using kind = scenario_value::kind;
    using kind_of_value = kind;

    explicit writer(dialect words) : words_(words) {}

    [[nodiscard]] std::string take() { return std::move(out_); }

    /// A word, with a blank before it where something stands already.
    writer& word(std::string_view text) {
        if (!out_.empty() && out_.back() != '(' && out_.back() != '\n') out_ += ' ';
        out_ += text;
        return *this;
    }
    writer& word(keyword id) { return word(detail::grammar::spelled(id, words_)); }
    writer& comma() {
        out_ += ',';
        return *this;
    }
    /// In quotes; a text that a quoted one cannot hold becomes a block.
    writer& quoted(std::string_view text) {
        const bool block = text.find_first_of("\"\n\r") != std::string_view::npos;
        std::string inside{text};
        // Nothing in quotes may hold three of them.
        while (inside.find("\"\"\"") != std::string::npos || inside.ends_with('"'))
            inside.replace(inside.find_last_of('"'), 1, "”");
        const std::string_view mark = block ? "\"\"\"" : "\"";
        return word(std::string(mark) + inside + std::string(mark));
    }

    writer& value(const scenario_value& one) {
        switch (one.what) {
        case kind::none: return *this;
        case kind::text: return quoted(one.text);
        case kind::code:
        case kind::step:
        case kind::number:
        case kind::date:
        case kind::moment: return word(one.text);
        case kind::yes: return word(keyword::yes);
        case kind::no: return word(keyword::no);
        case kind::ok: return word(keyword::ok);
        case kind::nok: return word(keyword::nok);
        case kind::not_stated: return word(keyword::not_stated);
        case kind::immediately: return word(keyword::immediately);
        case kind::column: return word(keyword::per_column).quoted(one.text);
        }
        return *this;
    }
    writer& who(const scenario_person& one) {
        value(one.unit);
        return one.person.empty() ? *this : quoted(one.person);
    }
    writer& step(const scenario_value& one) { return word(keyword::step).value(one); }
    writer& at_step(const scenario_value& one) {
        return one.written() ? word(keyword::at).step(one) : *this;
    }
    writer& round(const scenario_value& one) {
        return one.written() ? comma().word(keyword::round).value(one) : *this;
    }
    writer& cells(const std::vector<scenario_value>& row) {
        word("(");
        list(row);
        out_ += ')';
        return *this;
    }
    writer& list(const std::vector<scenario_value>& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i > 0) comma();
            value(all[i]);
        }
        return *this;
    }
    writer& field_name(const scenario_field& one) {
        quoted(one.field);
        return one.form.empty() ? *this : word(keyword::in_form).word(one.form);
    }
    writer& field(const scenario_field& one) {
        field_name(one).word(keyword::is);
        bool first = true;
        const auto between = [&] {
            if (!std::exchange(first, false)) word(keyword::and_word);
        };
        for (const scenario_value& item : one.items) {
            between();
            value(item);
        }
        for (const auto& row : one.rows) {
            between();
            cells(row);
        }
        return *this;
    }
    writer& fields(const std::vector<scenario_field>& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i > 0) comma();
            field(all[i]);
        }
        return *this;
    }
    writer& length(const amount& one);

    void given(const scenario_given& one, bool also);
    void act(const scenario_act& one);
    void deed(const scenario_act& one);
    void options(const scenario_act& one);
    void expectation(const scenario_expectation& one);
    void possible(const scenario_act& one);
    void of_task(const scenario_expectation& one);
    void of_party(const scenario_expectation& one);
    void details(const scenario_expectation& one);
    void line(const scenario_line& one);

private:
    dialect words_;
    std::string out_;
};

writer& writer::length(const amount& one) {
    keyword unit = keyword::day;
    switch (one.unit) {
    case time_unit::minute: unit = keyword::minute; break;
    case time_unit::hour: unit = keyword::hour; break;
    case time_unit::working_hour: unit = keyword::working_hour; break;
    case time_unit::day: unit = keyword::day; break;
    case time_unit::working_day: unit = keyword::working_day; break;
    case time_unit::week: unit = keyword::week; break;
    case time_unit::month: unit = keyword::month; break;
    case time_unit::year: unit = keyword::year; break;
    }
    return word(one.count.text()).word(unit);
}

void writer::given(const scenario_given& one, bool also) {
    if (one.kind_of == scenario_given::kind::time) {
        word(keyword::given_time).value(one.what);
        return;
    }
    word(also ? keyword::also : keyword::given);
    switch (one.kind_of) {
    case scenario_given::kind::time: break;
    case scenario_given::kind::binding:
        word(one.subject).word(keyword::stands_for).who(one.who);
        break;
    case scenario_given::kind::calendar: word(keyword::by_calendar).word(one.subject); break;
    case scenario_given::kind::reference: word(keyword::case_number).value(one.what); break;
    case scenario_given::kind::row:
        word(one.subject).word(keyword::has_row).cells(one.cells);
        break;
    }
}

void writer::act(const scenario_act& one) {
    const bool alone = one.kind_of == scenario_act::kind::wait;
    if (one.later)
        length(*one.later).word(keyword::later_on);
    else if (one.until.written())
        word(keyword::moment).value(one.until);
    if (alone) return;
    if (one.later || one.until.written()) comma();
    if (one.kind_of == scenario_act::kind::turn_to) {
        word(keyword::turns_to).word(one.case_of);
        return;
    }
    if (one.kind_of == scenario_act::kind::say_late) {
        word(keyword::notes_overdue);
        word(one.of_question ? keyword::question : keyword::step).value(one.step);
        return;
    }
    who(one.who);
    deed(one);
    options(one);
}

void writer::deed(const scenario_act& one) {
    using kind = scenario_act::kind;
    switch (one.kind_of) {
    case kind::wait:
    case kind::say_late:
    case kind::turn_to: break;
    case kind::open: word(keyword::opens).at_step(one.step); break;
    case kind::complete:
        if (one.outcome.written())
            word(keyword::chooses).value(one.outcome).at_step(one.step);
        else
            word(keyword::finishes).step(one.step);
        break;
    case kind::record: word(keyword::writes).fields(one.fields).at_step(one.step); break;
    case kind::receive: word(keyword::confirms_receipt).step(one.step); break;
    case kind::claim: word(keyword::takes).step(one.step); break;
    case kind::release: word(keyword::gives_back).step(one.step); break;
    case kind::assign:
    case kind::reassign:
        word(one.kind_of == kind::assign ? keyword::hands : keyword::hands_again).step(one.step);
        word(keyword::to_whom).who(one.to);
        break;
    case kind::opine: word(keyword::comments).at_step(one.step).value(one.text); break;
    case kind::consult: word(keyword::puts).value(one.step).value(one.text); break;
    case kind::answer: word(keyword::replies).value(one.step).value(one.outcome); break;
    case kind::attach:
        word(keyword::attaches);
        for (std::size_t i = 0; i < one.files.size(); ++i) {
            if (i > 0) comma();
            quoted(one.files[i].first);
            if (!one.files[i].second.empty()) word(keyword::to_whom).quoted(one.files[i].second);
        }
        at_step(one.step);
        break;
    case kind::withdraw: word(keyword::withdraws); break;
    case kind::cancel: word(keyword::cancels); break;
    case kind::signal: word(keyword::notes_event).value(one.text); break;
    }
}

void writer::options(const scenario_act& one) {
    using kind = scenario_act::kind;
    round(one.round);
    if (one.because.written()) word(keyword::because).value(one.because);
    if (one.kind_of != kind::record && !one.fields.empty())
        comma().word(keyword::writes).fields(one.fields);
    if (one.nothing_ticked || !one.unticked.empty()) comma().word(keyword::not_ticking);
    for (std::size_t i = 0; i < one.unticked.size(); ++i) {
        if (i > 0) comma();
        quoted(one.unticked[i]);
    }
    for (std::size_t i = 0; i < one.assigned.size(); ++i) {
        comma();
        if (i == 0) word(keyword::assigning);
        word(one.assigned[i].first).word(keyword::stands_for).who(one.assigned[i].second);
    }
    if (one.kind_of != kind::attach)
        for (std::size_t i = 0; i < one.files.size(); ++i) {
            comma();
            if (i == 0) word(keyword::attaches);
            quoted(one.files[i].first);
            if (!one.files[i].second.empty()) word(keyword::to_whom).quoted(one.files[i].second);
        }
    if (!one.channel.empty()) comma().word(keyword::channel).quoted(one.channel);
    for (const std::string& code : one.opens) comma().word(keyword::open_procedure).word(code);
    if (!one.lead.empty()) comma().word(keyword::passing_to).word(one.lead);
}

void writer::possible(const scenario_act& one) {
    using kind = scenario_act::kind;
    if (one.kind_of == kind::complete && one.outcome.written())
        word(keyword::choose_outcome).value(one.outcome).at_step(one.step);
    else if (one.kind_of == kind::complete)
        word(keyword::finish).step(one.step);
    else if (one.kind_of == kind::consult)
        word(keyword::put).value(one.step);
    else if (one.kind_of == kind::answer)
        word(keyword::reply).value(one.step).round(one.round);
    else if (one.kind_of == kind::record) {
        word(keyword::write);
        for (std::size_t i = 0; i < one.fields.size(); ++i) {
            if (i > 0) comma();
            field_name(one.fields[i]);
        }
        at_step(one.step);
    } else if (one.kind_of == kind::opine)
        word(keyword::comment).at_step(one.step);
    else if (one.kind_of == kind::claim)
        word(keyword::take).step(one.step);
    else if (one.kind_of == kind::assign)
        word(keyword::hand).step(one.step);
    else if (one.kind_of == kind::withdraw)
        word(keyword::withdraw_case);
    else
        word(keyword::cancel_case);
}

void writer::details(const scenario_expectation& one) {
    const bool done = one.kind_of == scenario_expectation::kind::done;
    if (one.due.written()) comma().word(keyword::due_on).value(one.due);
    round(one.round);
    if (one.overdue) comma().word(done ? keyword::late : keyword::is_overdue);
    if (one.in_time) comma().word(done ? keyword::in_time : keyword::not_overdue);
    if (!one.channel.empty()) comma().word(keyword::channel).quoted(one.channel);
}

void writer::of_task(const scenario_expectation& one) {
    using kind = scenario_expectation::kind;
    if (one.kind_of == kind::standing) word(keyword::now_at);
    const bool question = one.kind_of == kind::question || one.kind_of == kind::answered;
    word(question ? keyword::question : keyword::step).list(one.steps);
    if (one.kind_of == kind::not_open) word(keyword::not_open);
    if (one.kind_of == kind::done) word(keyword::is_done).value(one.outcome);
    if (one.kind_of == kind::answered) word(keyword::is_answered).value(one.outcome);
    if (one.who.unit.written()) word(keyword::at).who(one.who);
    details(one);
}

void writer::of_party(const scenario_expectation& one) {
    using kind = scenario_expectation::kind;
    using about = scenario_expectation::about;
    who(one.who);
    if (one.kind_of == kind::may || one.kind_of == kind::may_not) {
        word(one.kind_of == kind::may ? keyword::may : keyword::may_not);
        return possible(one.act);
    }
    word(one.kind_of == kind::told ? keyword::is_told : keyword::not_told);
    if (one.of == about::anything) return;
    word(keyword::about);
    if (one.of == about::overdue)
        word(keyword::is_overdue);
    else if (one.of == about::end)
        word(keyword::case_end);
    else
        word(one.of == about::task ? keyword::step : keyword::question).list(one.steps);
}

void writer::expectation(const scenario_expectation& one) {
    using kind = scenario_expectation::kind;
    using filling = scenario_expectation::filling;
    switch (one.kind_of) {
    case kind::task:
    case kind::question:
    case kind::done:
    case kind::answered:
    case kind::not_open:
    case kind::standing: return of_task(one);
    case kind::told:
    case kind::not_told:
    case kind::may:
    case kind::may_not: return of_party(one);
    case kind::field:
        if (one.how == filling::value)
            field(one.field);
        else
            field_name(one.field).word(one.how == filling::filled ? keyword::filled
                                                                  : keyword::not_filled);
        if (!one.steps.empty())
            word(keyword::at).word(keyword::question).list(one.steps).round(one.round);
        return;
    case kind::record:
    case kind::not_kept:
        word(one.kind_of == kind::record ? keyword::is_kept : keyword::is_not_kept);
        // A paper that has no code stands in quotes.
        if (one.code_quoted)
            quoted(one.code);
        else
            word(one.code);
        for (std::size_t i = 0; i < one.papers.size(); ++i) {
            if (i == 0)
                word(keyword::made_of);
            else
                comma();
            word(one.papers[i]);
        }
        if (one.forever) comma().word(keyword::forever);
        if (one.last_day_unknown) comma().word(keyword::until_unknown);
        if (one.due.what == kind_of_value::not_stated)
            comma().word(keyword::not_stated);
        else if (one.due.written())
            comma().word(keyword::through_date).value(one.due);
        return;
    case kind::approved:
    case kind::not_approved:
        word(one.code);
        word(one.kind_of == kind::approved ? keyword::is_approved : keyword::not_approved);
        return;
    case kind::ended: word(keyword::the_case).word(keyword::has_ended).value(one.outcome); return;
    case kind::open: word(keyword::the_case).word(keyword::still_open); return details(one);
    case kind::withdrawn: word(keyword::the_case).word(keyword::is_withdrawn); return;
    case kind::cancelled: word(keyword::the_case).word(keyword::is_cancelled); return;
    case kind::case_late: word(keyword::the_case).word(keyword::is_overdue); return;
    case kind::no_new_case: word(keyword::no_new_case).word(one.code); return;
    case kind::new_case:
        word(keyword::new_case).word(one.code);
        if (!one.steps.empty()) at_step(one.steps.front());
        return;
    case kind::refused:
        word(keyword::is_refused);
        if (one.outcome.written()) word(keyword::because).value(one.outcome);
        return;
    }
}

void writer::line(const scenario_line& one) {
    if (const auto* had = std::get_if<scenario_given>(&one.what)) return given(*had, one.also);
    const auto* done = std::get_if<scenario_act>(&one.what);
    word(one.also ? keyword::also : done != nullptr ? keyword::when : keyword::expect);
    if (done != nullptr)
        act(*done);
    else
        expectation(std::get<scenario_expectation>(one.what));
}

}  // namespace

}  // namespace detail::scenario_text

std::string write_scenario_line(const scenario_line& what, dialect words) {
    detail::scenario_text::writer out{words};
    out.line(what);
    return out.take();
}

std::string write_scenario(const scenario& what, dialect words) {
    using detail::scenario_text::writer;
    std::string text;
    for (std::size_t at = 0; at < what.doc.size();) {
        const std::size_t end = std::min(what.doc.find('\n', at), what.doc.size());
        text += "## " + what.doc.substr(at, end - at) + "\n";
        at = end + 1;
    }
    writer head{words};
    head.word(keyword::scenario).quoted(what.title);
    if (!what.procedure.empty()) head.word(keyword::of_procedure).word(what.procedure);
    text += head.take() + "\n";
    for (const scenario_line& one : what.lines) {
        text += "  " + write_scenario_line(one, words) + "\n";
    }
    if (what.table.columns.empty()) return text;
    writer table{words};
    table.word(keyword::table);
    for (std::size_t i = 0; i < what.table.columns.size(); ++i) {
        if (i > 0) table.comma();
        table.quoted(what.table.columns[i]);
    }
    text += "  " + table.take() + "\n";
    for (const scenario_table::row& one : what.table.rows) {
        writer row{words};
        row.word(keyword::row).list(one.cells);
        text += "  " + row.take() + "\n";
    }
    return text;
}

}  // namespace quytrinh
