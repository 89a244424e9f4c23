// SPDX-License-Identifier: BSL-1.0
// src/cli/act.cpp: open and do: the commands that change a case.
#include "commands.hpp"
#include "files.hpp"
#include "office.hpp"
#include "tables.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>

#include <algorithm>
#include <array>

namespace cli {

using namespace quytrinh;

namespace {

/// A command of the kernel as the program takes it. `options` lists what it takes beside --by, --id
/// and
/// --expect; whatever else is given is a mistake, never ignored.
struct command_form {
    std::string_view name;
    std::size_t least, most;  ///< arguments after the name
    std::string_view options;
    word argument = word::arg_task;  ///< what the first one is
};

constexpr std::array<command_form, 17> forms{{
    {"complete", 1, 1,
     "--outcome --reason --field --confirm --assign --attach --channel --open-linked --lead"},
    {"receive", 1, 1, ""},
    {"claim", 1, 1, ""},
    {"release", 1, 1, ""},
    {"assign", 1, 1, "--to --reason"},
    {"reassign", 1, 1, "--to --reason"},
    {"record", 1, 1, "--field --channel"},
    {"opine", 1, 1, "--text"},
    {"consult", 1, 2, "--text --field --channel", word::arg_question},
    {"answer", 1, 1, "--outcome --text --field", word::arg_question},
    {"comment", 0, 1, "--text"},
    {"attach", 1, 2, "--confirm --media-type", word::arg_attached},
    {"withdraw", 0, 0, "--reason"},
    {"cancel", 0, 0, "--reason"},
    {"signal", 1, 1, "--text --happened", word::arg_event},
    {"link", 1, 1, "--relation", word::arg_other_case},
    {"timer_fired", 1, 1, ""},
}};
/// The last row is known only to be refused with the library's own words.
constexpr std::size_t offered = 16;

bool takes(const command_form& form, std::string_view option) {
    std::string_view rest = form.options;
    while (!rest.empty()) {
        const auto space = rest.find(' ');
        if (rest.substr(0, space) == option) return true;
        if (space == std::string_view::npos) break;
        rest.remove_prefix(space + 1);
    }
    return false;
}

/// A command, or the exit code of a mistake that has been reported.
struct made {
    std::optional<command::body> body;
    int code = usage;
};

made bad(int code) { return {std::nullopt, code}; }

/// Fields need the procedure that the case is pinned to, for their types.
std::optional<int> fields_of(const common& as, const runtime& office, const do_args& given,
                             const case_id& of, std::vector<field_entry>& out) {
    if (given.fields.empty()) return std::nullopt;
    auto found = office.find(of);
    if (!found) return report(as, found.error());
    if (!read_fields(given.fields, *found->definition, out))
        return misuse(as, as.say(word::usage_pair, "--field", given.fields.front()));
    return std::nullopt;
}

/// A field of files, `Name` or `Name in FORM`, that the name stands for; a condition or a paper of
/// the step that is called the same comes first.
bool names_file_field(const procedure& of, const std::string& at, const std::string& name,
                      const std::string& file, std::vector<field_entry>& out) {
    const step* s = of.find_step(at);
    if (s == nullptr) s = of.find_step(at.substr(0, at.rfind('.')));  // "2.1": its first round
    if (s != nullptr) {
        for (const precondition& p : s->preconditions)
            if (p.text == name) return false;
        for (const form_act& a : s->acts)
            if (a.paper == name) return false;
    }
    std::vector<field_entry> read;
    if (!read_fields({name + "=" + file}, of, read) || read.size() != 1) return false;
    const auto is_it = [&](const form& f) {
        if (!read[0].form.empty() && f.code != read[0].form) return false;
        const form_field* field = f.find(read[0].field);
        return field != nullptr && field->type == field_type::attachment;
    };
    if (std::none_of(of.forms.begin(), of.forms.end(), is_it)) return false;
    out.push_back(std::move(read[0]));
    return true;
}

/// "FILE", or what it is: "precondition=FILE", "paper=FILE", "field=FILE".
std::optional<int> attachments_of(const common& as, const runtime& office, const case_id& of,
                                  const std::vector<std::string>& texts, command::complete& c) {
    if (texts.empty()) return std::nullopt;
    auto found = office.find(of);
    if (!found) return report(as, found.error());
    for (const std::string& text : texts) {
        const auto pair = read_pair(text);
        auto file = describe_file(as, pair ? pair->second : text);
        if (!file) return report(as, file.error());
        if (pair &&
            !names_file_field(*found->definition, c.task, pair->first, file->name, c.fields))
            file->precondition = pair->first;
        c.attachments.push_back(std::move(*file));
    }
    return std::nullopt;
}

made make_complete(const common& as, const runtime& office, const do_args& given,
                   const case_id& of) {
    command::complete c;
    c.task = given.rest[0];
    c.outcome = given.outcome;
    c.reason = given.reason;
    c.channel = given.channel;
    c.lead = given.lead;
    c.open_linked = given.open_linked;
    for (const std::string& text : given.confirm) {
        if (text == "all" || text == "tất cả")
            c.confirmed.all = true;
        else
            c.confirmed.texts.push_back(text);
    }
    if (!read_bindings(given.assign, c.assign))
        return bad(misuse(as, as.say(word::usage_pair, "--assign", given.assign.front())));
    if (const auto fault = fields_of(as, office, given, of, c.fields)) return bad(*fault);
    if (const auto fault = attachments_of(as, office, of, given.attach, c)) return bad(*fault);
    return {std::move(c), done};
}

made make_attach(const common& as, const do_args& given) {
    command::attach c;
    if (given.rest.size() == 2) c.task = given.rest.front();
    auto file = describe_file(as, given.rest.back());
    if (!file) return bad(report(as, file.error()));
    c.file = std::move(*file);
    if (!given.media_type.empty()) c.file.media_type = given.media_type;
    if (!given.confirm.empty()) c.file.precondition = given.confirm.front();
    return {std::move(c), done};
}

template <class Assignment>
made make_assignment(const common& as, const do_args& given) {
    if (given.to.empty()) return bad(misuse(as, as.say(word::usage_needs, given.command, "--to")));
    Assignment c;
    c.task = given.rest[0];
    c.reason = given.reason;
    const auto slash = given.to.find('/');
    c.person = slash == std::string::npos ? given.to : given.to.substr(slash + 1);
    if (slash != std::string::npos) c.unit = given.to.substr(0, slash);
    return {std::move(c), done};
}

made make_signal(const common& as, const runtime& office, const do_args& given) {
    command::signal c;
    c.event = given.rest[0];
    c.text = given.text;
    if (!given.happened.empty()) {
        c.happened_at = read_when(given.happened, office.offset());
        if (!c.happened_at) return bad(misuse(as, as.say(word::usage_instant, given.happened)));
    }
    return {std::move(c), done};
}

made make_body(const common& as, const runtime& office, const do_args& given, const case_id& of) {
    const std::string& name = given.command;
    const std::vector<std::string>& rest = given.rest;
    if (name == "complete") return make_complete(as, office, given, of);
    if (name == "receive") return {command::receive{rest[0]}, done};
    if (name == "claim") return {command::claim{rest[0]}, done};
    if (name == "release") return {command::release{rest[0]}, done};
    if (name == "assign") return make_assignment<command::assign>(as, given);
    if (name == "reassign") return make_assignment<command::reassign>(as, given);
    if (name == "record") {
        command::record c{rest[0], {}, given.channel};
        if (const auto fault = fields_of(as, office, given, of, c.fields)) return bad(*fault);
        return {std::move(c), done};
    }
    if (name == "opine") return {command::opine{rest[0], given.text}, done};
    if (name == "consult") {
        command::consult c{rest[0], rest.size() > 1 ? rest[1] : "", given.text, {}, given.channel};
        if (const auto fault = fields_of(as, office, given, of, c.fields)) return bad(*fault);
        return {std::move(c), done};
    }
    if (name == "answer") {
        command::answer c{rest[0], given.outcome, given.text, {}};
        if (const auto fault = fields_of(as, office, given, of, c.fields)) return bad(*fault);
        return {std::move(c), done};
    }
    if (name == "comment") return {command::comment{rest.empty() ? "" : rest[0], given.text}, done};
    if (name == "attach") return make_attach(as, given);
    if (name == "withdraw") return {command::withdraw{given.reason}, done};
    if (name == "cancel") return {command::cancel{given.reason}, done};
    if (name == "signal") return make_signal(as, office, given);
    if (name == "link") {
        auto other = find_case(as, office, rest[0]);
        if (!other) return bad(report(as, other.error()));
        return {command::link{*other, given.relation}, done};
    }
    return {command::timer_fired{rest[0]}, done};
}

/// What came of a command: the tasks that it opened with who must act and until when.
void tell(const common& as, const runtime& office, const command_result& result, bool completed) {
    if (as.json) {
        line(to_json(result));
        return;
    }
    line(as, as.say(word::done_version, result.target.str(), result.version));
    auto found = office.find(result.target);
    if (!found) return;
    for (const task_key& key : result.opened) {
        std::string text = as.say(word::done_opened, name_of(*found->definition, key));
        if (const task_state* t = found->state.find_task(key))
            text += ": " + names_of(as, t->leads, t->any_lead) + ", " +
                    limit_of(as, t->due, found->offset);
        else if (const consultation_state* c = found->state.find_consultation(key))
            text +=
                ": " + names_of(as, c->asked, true) + ", " + limit_of(as, c->due, found->offset);
        line(as, text);
    }
    for (const task_state& t : found->state.tasks)
        if (const confirmations who = confirmations_of(t); completed && !who.given.empty())
            line(as,
                 as.say(word::done_awaits, name_of(*found->definition, t.task), join(who.missing)));
    for (const case_id& child : result.children) line(as, as.say(word::done_child, child.str()));
    if (!result.ended) return;
    if (found->state.status == case_status::withdrawn)
        line(as, as.say(word::done_withdrawn));
    else if (found->state.status == case_status::cancelled)
        line(as, as.say(word::done_cancelled));
    else
        line(as, result.end_kind.empty() ? as.say(word::done_ended)
                                         : as.say(word::done_ended_as, safe(result.end_kind)));
}

}  // namespace

std::string known_commands() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < offered; ++i) names.emplace_back(forms[i].name);
    return join(names);
}

namespace {

/// The case that was opened; `code` says what a refusal, which has been reported, exits with.
struct opened_case {
    case_id id;
    std::string procedure;
    int code = done;
};

opened_case open_in(const common& as, runtime& office, const open_args& given) {
    auto definition = add_procedure(as, office, given.procedure);
    if (!definition) return {{}, {}, report(as, definition.error())};
    if (const auto used = in_use(office, **definition); !used)
        return {{}, {}, report(as, used.error())};
    open_options options;
    options.by = read_actor(given.by);
    options.reference = given.reference;
    options.at_step = given.at_step;
    options.id = command_id{given.id};
    if (!read_bindings(given.bind, options.bind))
        return {{}, {}, misuse(as, as.say(word::usage_pair, "--bind", given.bind.front()))};
    if (!read_fields(given.fields, **definition, options.fields))
        return {{}, {}, misuse(as, as.say(word::usage_pair, "--field", given.fields.front()))};
    if (const auto fault = office_tables(office).read(as, **definition, given.rows))
        return {{}, {}, *fault};
    auto opened = office.open((*definition)->code, options);
    if (!opened) return {{}, {}, report(as, opened.error())};
    return {*opened, (*definition)->code, done};
}

}  // namespace

int run_open(const common& as, const open_args& given) {
    common now = as;
    if (is_new_store(given.store)) {
        // What is refused leaves no file behind: before there is a store, it is tried without one.
        auto trial = try_in_memory(as, given.store);
        if (!trial) return report(as, trial.error());
        const opened_case tried = open_in(as, **trial, given);
        if (tried.code != done) return tried.code;
        now.told = true;
    }
    auto office = open_office(now, given.store, opening::or_create);
    if (!office) return report(now, office.error());
    const opened_case opened = open_in(now, **office, given);
    if (opened.code != done) return opened.code;
    if (as.json)
        line(json_object().text("case", opened.id.str()).text("procedure", opened.procedure).str());
    else
        line(opened.id.str());
    return done;
}

int run_do(const common& as, const do_args& given) {
    const auto form = std::find_if(forms.begin(), forms.end(),
                                   [&](const command_form& f) { return f.name == given.command; });
    if (form == forms.end())
        return misuse(as, as.say(word::usage_no_such_command, given.command, known_commands()));
    if (given.rest.size() < form->least)
        return misuse(as, as.say(word::usage_needs, given.command, as.say(form->argument)));
    if (given.rest.size() > form->most)
        return misuse(as, as.say(word::usage_too_many, given.command, given.rest[form->most]));
    for (const std::string& option : given.used)
        if (!takes(*form, option))
            return misuse(as, as.say(word::usage_not_for, given.command, option));

    auto office = open_office(as, given.store, opening::command);
    if (!office) return report(as, office.error());
    auto of = find_case(as, **office, given.of);
    if (!of) return report(as, of.error());
    case_command what;
    what.id = command_id{given.id};
    what.target = *of;
    what.by = read_actor(given.by);
    what.expected_version = given.expect;
    if (const auto fault = read_rows(as, **office, *of, given.rows)) return *fault;
    made body = make_body(as, **office, given, *of);
    if (!body.body) return body.code;
    what.body = std::move(*body.body);
    auto result = (*office)->execute(std::move(what));
    if (!result) return report(as, result.error());
    tell(as, **office, *result, given.command == "complete");
    auto waiting = (*office)->outbox();
    if (!as.json && waiting && waiting->pending > 0)
        line(as, as.say(word::outbox_waiting, waiting->pending));
    return done;
}

}  // namespace cli
