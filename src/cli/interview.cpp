// SPDX-License-Identifier: BSL-1.0
// src/cli/interview.cpp: the questions. What the chosen outcome or an earlier answer rules out is
// not asked; what cannot be read as the type of its field is asked again.
#include "interview.hpp"

#include "events.hpp"
#include "files.hpp"
#include "office.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/kernel.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace cli {

using namespace quytrinh;

/// Reads conditions of the text with the answers so far before what the case knows.
struct interview::asked final : condition_reader {
    asked(const interview& here, const std::string& step_id)
        : here_(here), where_(here.of.definition->find_step(step_id)) {}

    void answer(const std::string& form, const std::string& field, value content) {
        answers_[{form, field}] = std::move(content);
    }

    /// Does the step ask for the field now? Unknown counts as yes. What is required only under a
    /// condition that does not hold has no use here.
    bool wants(const option::field& f) {
        const form_field* field = declared(f);
        if (where_ == nullptr || field == nullptr) return true;
        if (!field->required && ruled_out(field->required_if)) return false;
        return std::any_of(where_->acts.begin(), where_->acts.end(), [&](const form_act& act) {
            const bool writes =
                act.what == form_act::kind::fill || act.what == form_act::kind::append;
            const bool covers = act.code == f.form && (act.box.empty() || act.box == field->box) &&
                                (act.only.empty() || std::find(act.only.begin(), act.only.end(),
                                                               f.name) != act.only.end());
            return writes && covers && !ruled_out(act.when);
        });
    }
    bool needs(const option::field& f) {
        const form_field* field = declared(f);
        if (field == nullptr || f.required || !field->required_if) return f.required;
        const auto held = evaluate(*field->required_if, *this);
        return held && *held == truth::yes;
    }
    bool assigns(const std::string& role) {
        if (where_ == nullptr) return true;
        return std::any_of(
            where_->assignments.begin(), where_->assignments.end(),
            [&](const assignment_clause& a) { return a.role == role && !ruled_out(a.when); });
    }
    /// Is the paper without a form made now?
    bool makes(const std::string& paper) {
        if (where_ == nullptr) return true;
        return std::any_of(where_->acts.begin(), where_->acts.end(), [&](const form_act& act) {
            return act.what == form_act::kind::fill && act.paper == paper && !ruled_out(act.when);
        });
    }
    /// The members to choose from, of a role that must come from a group.
    [[nodiscard]] std::vector<std::string> candidates(const std::string& role) const {
        if (where_ == nullptr) return {};
        for (const assignment_clause& a : where_->assignments)
            if (a.role == role && !a.within.empty())
                if (const party* group = here_.of.definition->find_party(a.within))
                    return group->members;
        return {};
    }

    value read(const operand& what) override {
        switch (what.what) {
        case operand::kind::field: {
            const auto given = answers_.find({what.field.form, what.field.field});
            if (given != answers_.end()) return given->second;
            // What the form to be filled in shows stands before what the case has: a question has
            // a paper of its own.
            for (const option::field& f : here_.what.fields)
                if (f.name == what.field.field &&
                    (what.field.form.empty() || f.form == what.field.form))
                    return f.current;
            const field_state* known = here_.of.state.find_field(what.field);
            return known == nullptr ? value() : known->content;
        }
        case operand::kind::literal: return what.literal;
        case operand::kind::actor: return value(here_.by.person);
        case operand::kind::channel:
        case operand::kind::rounds:
        case operand::kind::entered_from: break;
        }
        return {};
    }
    truth has_row(const std::string& table, const std::vector<value>& row) override {
        const catalogue* found = here_.of.definition->find_catalogue(table);
        if (found == nullptr) return truth::unknown;
        if (is_of_office(*found)) {
            const auto told = here_.tables.has(table, row);
            return !told ? truth::unknown : *told ? truth::yes : truth::no;
        }
        std::vector<std::string> cells;
        for (const value& cell : row) {
            const auto* text = cell.get_if<std::string>();
            if (text == nullptr) return truth::unknown;
            cells.push_back(*text);
        }
        return std::find(found->rows.begin(), found->rows.end(), cells) != found->rows.end()
                   ? truth::yes
                   : truth::no;
    }
    std::string outcome() override { return here_.outcome; }

    /// The rows of the office's tables that the step looks up, as far as their cells are known.
    std::vector<std::pair<std::string, office_tables::row>> looked_up() {
        std::vector<std::pair<std::string, office_tables::row>> rows;
        const auto look = [&](const std::optional<condition>& when) {
            if (!when) return;
            // What is settled without the table is not asked.
            if (const auto held = evaluate(*when, *this); held && *held != truth::unknown) return;
            for (const condition_node& node : when->nodes) {
                if (node.what != condition_node::kind::in_table) continue;
                const catalogue* table = here_.of.definition->find_catalogue(node.table);
                if (table == nullptr || !is_of_office(*table)) continue;
                office_tables::row cells;
                for (const operand& cell : node.right) cells.push_back(read(cell));
                if (std::none_of(cells.begin(), cells.end(),
                                 [](const value& cell) { return cell.empty(); }))
                    rows.emplace_back(node.table, std::move(cells));
            }
        };
        if (where_ == nullptr) return rows;
        for (const form_act& one : where_->acts) look(one.when);
        for (const precondition& one : where_->preconditions) look(one.when);
        for (const assignment_clause& one : where_->assignments) look(one.when);
        for (const link_clause& one : where_->links) look(one.when);
        for (const branch& one : where_->branches) look(one.when);
        return rows;
    }

private:
    [[nodiscard]] const form_field* declared(const option::field& f) const {
        const form* found = here_.of.definition->find_form(f.form);
        return found == nullptr ? nullptr : found->find(f.name);
    }
    bool ruled_out(const std::optional<condition>& when) {
        if (!when) return false;
        const auto held = evaluate(*when, *this);
        return held && *held == truth::no;
    }

    const interview& here_;
    const step* where_;
    std::map<std::pair<std::string, std::string>, value> answers_;
};

namespace {

/// "2" or "1; 3" as the choices that stand under these numbers; other words as they are.
std::string numbered(const std::vector<std::string>& choices, const std::string& given) {
    std::vector<std::string> meant;
    for (std::size_t begin = 0; begin <= given.size();) {
        const std::size_t end = std::min(given.find(';', begin), given.size());
        std::string one = given.substr(begin, end - begin);
        while (!one.empty() && one.front() == ' ') one.erase(0, 1);
        while (!one.empty() && one.back() == ' ') one.pop_back();
        std::size_t number = 0;
        const char* last = one.data() + one.size();
        const auto read = std::from_chars(one.data(), last, number);
        const bool is_number = read.ec == std::errc{} && read.ptr == last;
        if (!is_number || number == 0 || number > choices.size() ||
            std::find(choices.begin(), choices.end(), one) != choices.end())
            return given;
        meant.push_back(choices[number - 1]);
        begin = end + 1;
    }
    return join(meant, "; ");
}

}  // namespace

bool interview::yes(const std::string& prompt) {
    const std::string text = ask(prompt);
    return !text.empty() && (text[0] == 'c' || text[0] == 'C' || text[0] == 'y' || text[0] == 'Y');
}

std::string interview::offered(const std::string& prompt, const std::string& key) {
    std::string& kept =
        typed[of.state.id.str() + "/" + to_string(what.task) + "/" + what.command + "/" + key];
    const std::string given = ask(prompt);
    if (!given.empty()) kept = given;
    return kept;
}

/// One of the choices, by its number or in words; asked again until it is one of them.
std::string interview::picked(word prompt, const std::vector<std::string>& choices,
                              const std::string& key, bool or_other) {
    std::string head;
    for (std::size_t i = 0; i < choices.size(); ++i)
        head += fmt::format("    {:>2}) {}\n", i + 1, safe(choices[i]));
    std::string& kept =
        typed[of.state.id.str() + "/" + to_string(what.task) + "/" + what.command + "/" + key];
    while (true) {
        std::string more = as.say(word::walk_one);
        if (or_other) more += ", " + as.say(word::walk_or_other);
        if (!kept.empty()) more += "; " + as.say(word::walk_now_is, safe(kept));
        const std::string given = ask(head + as.say(prompt, more));
        if (given.empty()) return kept;
        const std::string meant = to_nfc(numbered(choices, given));
        if (or_other || std::find(choices.begin(), choices.end(), meant) != choices.end())
            return kept = meant;
        line(as.say(word::walk_no_choice, safe(given), quoted(choices)));
    }
}

/// May the host's own list hold more channels than the text?
bool interview::channels_are_open(const std::string& id) const {
    const step* where = of.definition->find_step(id);
    const catalogue* list = where == nullptr || where->channel_catalogue.empty()
                                ? nullptr
                                : of.definition->find_catalogue(where->channel_catalogue);
    return list != nullptr && list->extensible;
}

std::string interview::text(word prompt, const std::string& key) {
    return offered(as.say(prompt), key);
}

/// "2.3", or "2" where the procedure has a step 2.3 of its own.
std::string interview::task() const {
    if (what.task.round == 0) return what.task.step;
    const std::string exact = to_string(what.task);
    return of.definition->find_step(exact) != nullptr ? what.task.step : exact;
}

std::string interview::question(const option::field& f, bool needed,
                                const std::string& draft) const {
    const std::string kept = !draft.empty()      ? safe(draft)
                             : f.current.empty() ? std::string()
                                                 : text_of(as, of.definition->words, f.current);
    std::string more = words_of(as, f.kind);
    if (needed) more += ", " + as.say(word::required_mark);
    if (!f.columns.empty()) more += ", " + as.say(word::walk_rows, safe(join(f.columns, " | ")));
    if (!f.choices.empty()) {
        const bool many = f.kind == field_type::any_of || f.kind == field_type::checklist;
        more += ", " + as.say(many ? word::walk_many : word::walk_one);
        if (f.other_allowed) more += ", " + as.say(word::walk_or_other);
    }
    if (!kept.empty())
        more += "; " + as.say(word::walk_now_is, kept);
    else if (!needed)
        more += "; " + as.say(word::walk_optional);
    std::string head;
    for (std::size_t i = 0; i < f.choices.size(); ++i)
        head += fmt::format("    {:>2}) {}\n", i + 1, safe(f.choices[i]));
    return head + as.say(word::walk_field, safe(f.name), more);
}

void interview::one_field(const option::field& f, std::vector<field_entry>& out, asked& now) {
    const std::string key =
        of.state.id.str() + "/" + to_string(what.task) + "/" + f.form + "/" + f.name;
    std::string& kept = typed[key];
    while (true) {
        std::string given = ask(question(f, now.needs(f), kept));
        given = given.empty() ? kept : numbered(f.choices, given);
        if (given.empty()) {
            now.answer(f.form, f.name, f.current);
            return;
        }
        std::vector<field_entry> read;
        const std::string pair = f.name + " trong " + f.form + "=" + given;
        const form* paper = of.definition->find_form(f.form);
        const form_field* field = paper == nullptr ? nullptr : paper->find(f.name);
        if (field == nullptr || !read_fields({pair}, *of.definition, read) || read.empty()) return;
        auto content = coerce(*of.definition, *field, read.front().content);
        if (!content) {
            report(as, content.error());
            kept.clear();
            continue;
        }
        kept = given;
        now.answer(f.form, f.name, *content);
        out.push_back(std::move(read.front()));
        return;
    }
}

void interview::fields(std::vector<field_entry>& out, asked& now) {
    for (const option::field& f : what.fields)
        if (now.wants(f)) one_field(f, out, now);
}

/// Whoever walks a case stands for the office: what its tables have is asked once a row.
void interview::rows(asked& now) {
    for (auto& [table, cells] : now.looked_up()) {
        if (tables.has(table, cells)) continue;
        const bool there =
            yes(as.say(word::walk_row, safe(table), text_of_row(as, of.definition->words, cells)));
        tables.tell(table, std::move(cells), there);
    }
}

/// A file that is there is described as `do --attach` does; of any other the walk has the name
/// only.
attachment interview::paper(const std::string& typed) const {
    if (auto found = describe_file(as, typed)) return *std::move(found);
    attachment named;
    named.name = typed;
    named.media_type = "application/octet-stream";
    return named;
}

command::complete interview::complete() {
    command::complete c;
    c.task = task();
    c.outcome = outcome;
    asked now(*this, what.task.step);
    fields(c.fields, now);
    rows(now);
    // The file that a field names comes with it, unless the case has it.
    for (field_entry& given : c.fields) {
        const auto* name = given.content.get_if<std::string>();
        const bool is_file =
            std::any_of(what.fields.begin(), what.fields.end(), [&](const option::field& f) {
                return f.kind == field_type::attachment && f.name == given.field &&
                       (given.form.empty() || f.form == given.form);
            });
        if (!is_file || name == nullptr ||
            std::any_of(of.state.attachments.begin(), of.state.attachments.end(),
                        [&](const attachment_state& a) { return a.file.name == *name; }))
            continue;
        c.attachments.push_back(paper(*name));
        given.content = value{c.attachments.back().name};
    }
    // A single channel is recorded by itself.
    if (what.channels.size() > 1)
        c.channel =
            picked(word::walk_channel, what.channels, "channel", channels_are_open(what.task.step));
    if (reason) c.reason = text(word::walk_reason, "reason");
    const auto asks = [&](const std::vector<std::string>& outcomes) {
        return outcomes.empty() ||
               std::find(outcomes.begin(), outcomes.end(), outcome) != outcomes.end();
    };
    for (const option::condition_to_confirm& p : what.preconditions) {
        if (!asks(p.outcomes) || !yes(as.say(word::walk_confirm, safe(p.text)))) continue;
        c.confirmed.texts.push_back(p.text);
        if (!p.evidence) continue;
        const std::string name = ask(as.say(word::walk_evidence, safe(p.text)));
        if (name.empty()) continue;
        c.attachments.push_back(paper(name));
        c.attachments.back().precondition = p.text;
    }
    for (const std::string& name : what.papers) {
        if (!now.makes(name)) continue;
        const std::string file = offered(as.say(word::walk_paper, safe(name)), "paper " + name);
        if (file.empty()) continue;
        c.attachments.push_back(paper(file));
        c.attachments.back().precondition = name;
    }
    for (const option::role_to_assign& one : what.assign_roles) {
        const std::string& role = one.role;
        if (!now.assigns(role)) continue;
        const party* known = of.definition->find_party(role);
        std::string name = safe(role);
        if (known != nullptr && !known->title.empty()) name += " “" + safe(known->title) + "”";
        const std::vector<std::string> from = now.candidates(role);
        const std::string shape =
            from.empty() ? as.say(word::walk_unit_person) : safe(join(from, " / "));
        const std::string who = offered(as.say(word::walk_assign, name, shape), "assign " + role);
        if (who.empty()) continue;
        const actor to = read_actor(who);
        c.assign.push_back({role, to.unit, to.person});
    }
    for (const std::string& code : what.may_open)
        if (yes(as.say(word::walk_may_open, safe(code)))) c.open_linked.push_back(code);
    return c;
}

command::body interview::handed_over(bool again) {
    const actor to = read_actor(text(word::walk_person, "person"));
    const bool bare = to.person.empty();
    const std::string person = bare ? to.unit : to.person;
    const std::string unit = bare ? "" : to.unit;
    if (!again) return command::assign{task(), unit, person, {}};
    return command::reassign{task(), unit, person, text(word::walk_reason, "reason")};
}

std::optional<command::body> interview::body() {
    const std::string& name = what.command;
    if (name == "complete") return complete();
    if (name == "receive") return command::receive{task()};
    if (name == "opine") return command::opine{task(), text(word::walk_text, "text")};
    if (name == "comment") return command::comment{task(), text(word::walk_text, "text")};
    if (name == "withdraw") return command::withdraw{text(word::walk_reason, "reason")};
    if (name == "cancel") return command::cancel{text(word::walk_reason, "reason")};
    if (name == "assign" || name == "reassign") return handed_over(name == "reassign");
    if (name == "consult") {
        command::consult c;
        c.consultation = what.consultation;
        c.task = task();
        asked now(*this, what.consultation);
        fields(c.fields, now);
        if (what.channels.size() > 1)
            c.channel = picked(word::walk_channel, what.channels, "channel",
                               channels_are_open(what.consultation));
        c.text = text(word::walk_text, "text " + what.consultation);
        return c;
    }
    if (name == "answer") {
        command::answer c;
        c.consultation = task();
        asked now(*this, what.task.step);
        // What the asker has filled in is not asked of the one who answers.
        for (const option::field& f : what.fields)
            if (!f.closed && f.current.empty() && now.wants(f)) one_field(f, c.fields, now);
        if (!what.answers.empty()) c.chosen = picked(word::walk_answer, what.answers, "answer");
        c.text = text(word::walk_text, "text");
        return c;
    }
    if (name == "signal") {
        command::signal c;
        c.event = what.answers.size() == 1 ? what.answers.front()
                                           : picked(word::walk_event, what.answers, "event");
        return c;
    }
    return std::nullopt;
}

}  // namespace cli
