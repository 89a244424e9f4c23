// SPDX-License-Identifier: BSL-1.0
// src/cli/options.cpp: the command line, with CLI11.
#include "commands.hpp"
#include "help.hpp"
#include "office.hpp"

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/unicode.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <optional>

namespace cli {

using quytrinh::language;

namespace {

/// The language must be known before the help is written: `--lang` is looked for by itself.
std::optional<language> asked_language(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view text(argv[i]);
        std::string_view given;
        if (text == "--") return std::nullopt;
        if (text == "--lang" && i + 1 < argc) given = argv[i + 1];
        if (text.substr(0, 7) == "--lang=") given = text.substr(7);
        if (given == "vi") return language::vi;
        if (given == "en") return language::en;
    }
    return std::nullopt;
}

std::string version_text() {
    return "quytrinh " + std::to_string(QUYTRINH_VERSION_MAJOR) + "." +
           std::to_string(QUYTRINH_VERSION_MINOR) + "." + std::to_string(QUYTRINH_VERSION_PATCH);
}

/// A positional argument has a name for people; an option is its own.
std::string thing_named(const common& as, const std::string& name) {
    static constexpr std::pair<std::string_view, word> names[] = {
        {"case", word::pos_case},           {"command", word::pos_command},
        {"procedure", word::pos_procedure}, {"file", word::pos_file},
        {"files", word::pos_file},          {"limit", word::pos_limit},
    };
    for (const auto& [known, words] : names)
        if (known == name) return as.say(words);
    return argument_named(as, name);
}

/// What went wrong, in the language asked for; the names of options are the same in both.
std::string words_of(const common& as, const CLI::ParseError& fault) {
    const std::string name = fault.get_name();
    const std::string what = fault.what();
    // CLI11 begins with the name of what it is about: "--store is required".
    const std::string about = what.substr(0, what.find_first_of(" :"));
    if (name == "RequiredError") {
        if (about == "A" || about == "Requires")
            return as.say(word::usage_missing, as.say(word::label_subcommand));
        return as.say(word::usage_missing, thing_named(as, about));
    }
    // CLI11 names this one after the command.
    if (fault.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
        const auto colon = what.find(": ");
        return as.say(word::usage_unknown,
                      colon == std::string::npos ? what : what.substr(colon + 2));
    }
    if (name == "ArgumentMismatch") return as.say(word::usage_no_value, thing_named(as, about));
    // The words are those of the checks below: "--limit: …".
    if (name == "ValidationError") {
        const auto colon = what.find(": ");
        return colon == std::string::npos ? what : what.substr(colon + 2);
    }
    if (name == "ConversionError") {
        constexpr std::string_view before = "Could not convert: ";
        return as.say(word::usage_value,
                      what.rfind(before, 0) == 0 ? what.substr(before.size()) : what);
    }
    if (name == "RequiresError") {
        const auto space = what.rfind(' ');
        return as.say(word::usage_missing, what.substr(space + 1));
    }
    return what;
}

class command_line {
public:
    explicit command_line(common as) : as_(as), app_(as_.say(word::about), "quytrinh") {
        app_.formatter(help_pages(as_));
        app_.option_defaults()->group(as_.say(word::label_options_group));
        app_.set_help_flag("-h,--help", as_.say(word::opt_help));
        app_.set_version_flag("--version", version_text(), as_.say(word::opt_version));
        common_options(app_);
        app_.require_subcommand(1);
        text_commands();
        testing_commands();
        case_commands();
        do_command();
        reading_commands();
    }

    int run(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& fault) {
            if (fault.get_exit_code() == 0) {
                const int code = app_.exit(fault);
                return code == 0 ? done : usage;
            }
            const auto chosen = app_.get_subcommands();
            const auto rest = app_.remaining();
            const std::string why =
                chosen.empty() && !rest.empty()
                    ? as_.say(word::usage_no_such_command, rest.front(), commands())
                    : words_of(as_, fault);
            // Where reading stopped is no matter: JSON was asked for if it was asked for anywhere.
            for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i)
                if (std::string_view(argv[i]) == "--json") as_.json = true;
            misuse(as_, why);
            if (!as_.json)
                error_line(as_.say(word::usage_help, chosen.empty()
                                                         ? std::string()
                                                         : chosen.front()->get_name() + " "));
            return usage;
        }
        if (!lang_.empty() && lang_ != "vi" && lang_ != "en")
            return misuse(as_, as_.say(word::usage_lang, lang_));
        as_.width = width_ ? *width_ : width_of_terminal();
        return carry_out_();
    }

private:
    [[nodiscard]] std::string commands() {
        std::vector<std::string> names;
        for (const CLI::App* sub : app_.get_subcommands({})) names.push_back(sub->get_name());
        return join(names);
    }
    void common_options(CLI::App& to) {
        text(&to, "--lang", lang_, word::opt_lang, "vi|en");
        to.add_flag("--json", as_.json, as_.say(word::opt_json));
    }
    CLI::App* command(const char* name, word about, std::function<int()> what) {
        CLI::App* sub = app_.add_subcommand(name, as_.say(about));
        // CLI11 gives it the usual group before it looks at what is usual here.
        sub->get_help_ptr()->group(as_.say(word::label_options_group));
        sub->group(as_.say(word::label_subcommands));
        common_options(*sub);
        sub->callback([this, what = std::move(what)] { carry_out_ = what; });
        return sub;
    }
    /// Several values need the option several times: a value may begin with anything.
    CLI::Option* many(CLI::App* sub, const char* name, std::vector<std::string>& to, word about,
                      const char* type) {
        return sub->add_option(name, to, as_.say(about))
            ->type_name(type)
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->allow_extra_args(false);
    }
    CLI::Option* text(CLI::App* sub, const char* name, std::string& to, word about,
                      const char* type) {
        return sub->add_option(name, to, as_.say(about))->type_name(type)->check(not_empty(name));
    }
    /// `--id "$ID"` where nobody set ID is a mistake, not a command without an id.
    CLI::Validator not_empty(std::string name) {
        return {[this, name = std::move(name)](std::string& given) {
                    // Of "-o,--out" the long name.
                    const std::string shown = name.substr(name.rfind(',') + 1);
                    return given.empty() ? as_.say(word::usage_empty, thing_named(as_, shown))
                                         : std::string();
                },
                "", "not_empty"};
    }
    /// Checks in our own words; CLI11's are English.
    CLI::Validator number_between(std::string name, std::uint64_t least, std::uint64_t most) {
        return {[this, name = std::move(name), least, most](std::string& given) {
                    std::uint64_t number = 0;
                    const char* end = given.data() + given.size();
                    const auto read = std::from_chars(given.data(), end, number);
                    const bool good = read.ec == std::errc{} && read.ptr == end;
                    return good && number >= least && number <= most
                               ? std::string()
                               : as_.say(word::usage_range, name, least, most, given);
                },
                "", "number"};
    }
    CLI::Validator one_of(std::string name, std::vector<std::string> words) {
        return {[this, name = std::move(name), words = std::move(words)](std::string& given) {
                    return std::find(words.begin(), words.end(), given) != words.end()
                               ? std::string()
                               : as_.say(word::usage_one_of, name, join(words), given);
                },
                "", "one_of"};
    }
    CLI::Validator a_moment() {
        return {[this](std::string& given) {
                    return read_when(given, usual_offset) ? std::string()
                                                          : as_.say(word::usage_instant, given);
                },
                "", "moment"};
    }
    void store_options(CLI::App* sub, store_args& to, bool required) {
        text(sub, "--store", to.path, word::opt_store, "FILE")->required(required);
        CLI::Option* at =
            text(sub, "--at", to.at, word::opt_at, "2023-12-11T08:00:00+07:00")->check(a_moment());
        sub->add_option("--with", to.with, as_.say(word::opt_with))->type_name("FILE");
        sub->add_option("--width", width_, as_.say(word::opt_width))
            ->type_name("N")
            ->check(number_between("--width", 0, 10'000));
        // For examples and tests that must come out the same every time.
        sub->add_option("--seed", to.seed, as_.say(word::opt_seed))
            ->type_name("N")
            ->check(number_between("--seed", 0, std::numeric_limits<std::uint64_t>::max()))
            ->needs(at)
            ->group("");
    }

    void most_rows(CLI::App* sub, std::size_t& to, std::uint64_t most) {
        sub->add_option("--limit", to, as_.say(word::opt_limit))
            ->type_name("N")
            ->check(number_between("--limit", 1, most));
    }

    void text_commands() {
        CLI::App* sub = command("new", word::about_new, [this] { return run_new(as_, new_); });
        text(sub, "file", new_.file, word::opt_file, "FILE")->required();
        sub->add_flag("--force", new_.force, as_.say(word::opt_force));

        sub = command("check", word::about_check, [this] { return run_check(as_, check_); });
        sub->add_option("files", check_.files, as_.say(word::opt_file))
            ->type_name("FILE")
            ->required();
        CLI::Option* fix = sub->add_flag("--fix", check_.fix, as_.say(word::opt_fix));
        sub->add_flag("--diff", check_.diff, as_.say(word::opt_diff))->needs(fix);

        sub =
            command("explain", word::about_explain, [this] { return run_explain(as_, explain_); });
        sub->add_option("codes", explain_.codes, as_.say(word::opt_codes))->type_name("QT4017");

        sub = command("test", word::about_test, [this] { return run_test(as_, test_); });
        sub->add_option("what", test_.what, as_.say(word::opt_test_what))
            ->type_name("FILE|FOLDER|CODE");
        sub->add_option("--with", test_.with, as_.say(word::opt_with))
            ->type_name("FILE")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->allow_extra_args(false);
        text(sub, "--junit", test_.junit, word::opt_junit, "FILE");
        CLI::Option* update = sub->add_flag("--update", test_.update, as_.say(word::opt_update));
        sub->add_flag("--yes", test_.yes, as_.say(word::opt_yes))->needs(update);
        sub->add_flag("--coverage", test_.coverage, as_.say(word::opt_coverage));
        text(sub, "--coverage-svg", test_.coverage_svg, word::opt_coverage_svg, "FILE");
        sub->add_flag("--force", test_.force, as_.say(word::opt_force_other));
        sub->add_option("--require", test_.require, as_.say(word::opt_require))
            ->type_name("N")
            ->check(number_between("--require", 0, 100));

        sub = command("format", word::about_format, [this] { return run_format(as_, format_); });
        sub->add_option("files", format_.files, as_.say(word::opt_file_or_input))
            ->type_name("FILE")
            ->required();
        sub->add_flag("--check", format_.check, as_.say(word::opt_format_check));
        sub->add_flag("--diff", format_.diff, as_.say(word::opt_diff));

        sub = command("translate", word::about_translate,
                      [this] { return run_translate(as_, translate_); });
        text(sub, "file", translate_.file, word::opt_file_or_input, "FILE")->required();
        text(sub, "--to", translate_.to, word::opt_to_dialect, "vi|en")
            ->check(one_of("--to", {"vi", "en"}))
            ->required();
        text(sub, "-o,--out", translate_.out, word::opt_out, "FILE");
        sub->add_flag("--force", translate_.force, as_.say(word::opt_force));

        sub = command("draw", word::about_draw, [this] { return run_draw(as_, draw_); });
        text(sub, "procedure", draw_.procedure, word::opt_procedure, "CODE|FILE")->required();
        sub->add_option("--as", draw_.format, as_.say(word::opt_as))
            ->type_name("FORMAT")
            ->check(one_of("--as", {"svg", "dot", "mermaid"}));
        text(sub, "-o,--out", draw_.out, word::opt_out, "FILE");
        sub->add_flag("--force", draw_.force, as_.say(word::opt_force));

        sub = command("due", word::about_due, [this] { return run_due_date(as_, due_); });
        text(sub, "limit", due_.limit, word::opt_limit_text, "TEXT")->required();
        text(sub, "--from", due_.from, word::opt_from, "26/04/2024");
        text(sub, "--calendar", due_.calendar, word::opt_calendar, "FILE");
        text(sub, "--rule", due_.rule, word::opt_rule, "RULE");
    }

    void testing_commands() {
        const auto seed = number_between("--seed", 0, std::numeric_limits<std::uint64_t>::max());
        CLI::App* sub = command("scenarios", word::about_scenarios,
                                [this] { return run_scenarios(as_, scenarios_); });
        text(sub, "procedure", scenarios_.procedure, word::opt_procedure, "CODE|FILE")->required();
        text(sub, "-o,--out", scenarios_.out, word::opt_out, "FILE");
        sub->add_flag("--force", scenarios_.force, as_.say(word::opt_force));
        text(sub, "--at", scenarios_.at, word::opt_begins, "11/12/2023 08:00")->check(a_moment());
        sub->add_option("--with", scenarios_.with, as_.say(word::opt_with))->type_name("FILE");
        sub->add_option("--seed", scenarios_.seed, as_.say(word::opt_walk_seed))
            ->type_name("N")
            ->check(seed);

        sub =
            command("explore", word::about_explore, [this] { return run_explore(as_, explore_); });
        text(sub, "procedure", explore_.procedure, word::opt_procedure, "CODE|FILE")->required();
        sub->add_option("--seed", explore_.seed, as_.say(word::opt_walk_seed))
            ->type_name("N")
            ->check(seed);
        sub->add_option("--steps", explore_.steps, as_.say(word::opt_steps))
            ->type_name("M")
            ->check(number_between("--steps", 1, 10'000'000));
        text(sub, "--at", explore_.at, word::opt_begins, "11/12/2023 08:00")->check(a_moment());
        sub->add_option("--with", explore_.with, as_.say(word::opt_with))->type_name("FILE");
    }

    void case_commands() {
        CLI::App* sub = command("open", word::about_open, [this] { return run_open(as_, open_); });
        text(sub, "procedure", open_.procedure, word::opt_procedure, "CODE|FILE")->required();
        text(sub, "--by", open_.by, word::opt_by, "ĐVYC/nv01")->required();
        store_options(sub, open_.store, true);
        many(sub, "--bind", open_.bind, word::opt_bind, "ĐVTH=P.HTKH");
        text(sub, "--reference", open_.reference, word::opt_reference, "TEXT");
        many(sub, "--field", open_.fields, word::opt_field, "NAME=VALUE");
        many(sub, "--row", open_.rows, word::opt_row, "PQ=\"nv03\",…");
        text(sub, "--at-step", open_.at_step, word::opt_at_step, "STEP");
        text(sub, "--id", open_.id, word::opt_id, "ID");

        sub = command("run", word::about_run, [this] { return run_walk(as_, walk_); });
        text(sub, "procedure", walk_.procedure, word::opt_procedure, "CODE|FILE")->required();
        text(sub, "--by", walk_.by, word::opt_walk_by, "ĐVYC/nv01");
        store_options(sub, walk_.store, false);
        many(sub, "--bind", walk_.bind, word::opt_bind, "ĐVTH=P.HTKH");
        many(sub, "--row", walk_.rows, word::opt_row, "PQ=\"nv03\",…");
        text(sub, "--reference", walk_.reference, word::opt_reference, "TEXT");
        sub->add_flag("--real", walk_.real, as_.say(word::opt_real));

        sub =
            command("run-due", word::about_run_due, [this] { return run_run_due(as_, run_due_); });
        store_options(sub, run_due_.store, true);
        sub->add_option("--batch", run_due_.batch, as_.say(word::opt_batch))
            ->type_name("N")
            ->check(number_between("--batch", 1, 1000));
    }

    void do_command() {
        CLI::App* sub = command("do", word::about_do, [this] {
            // Which options were given decides whether the command takes them.
            for (const auto& [name, option] : do_options_)
                if (option->count() > 0) do_.used.push_back(name);
            return run_do(as_, do_);
        });
        text(sub, "case", do_.of, word::opt_case, "CASE")->required();
        sub->add_option("command", do_.command, as_.say(word::opt_command, known_commands()))
            ->type_name("COMMAND")
            ->required();
        sub->add_option("arguments", do_.rest, as_.say(word::opt_arguments))->type_name("…");
        store_options(sub, do_.store, true);
        text(sub, "--by", do_.by, word::opt_by, "ĐVTH/nv07")->required();
        text(sub, "--id", do_.id, word::opt_id, "ID");
        many(sub, "--row", do_.rows, word::opt_row, "PQ=\"nv03\",…");
        sub->add_option("--expect", do_.expect, as_.say(word::opt_expect))
            ->type_name("N")
            ->check(number_between("--expect", 0, std::numeric_limits<std::uint64_t>::max()));
        const auto one = [&](const char* name, std::string& to, word about, const char* type) {
            do_options_.emplace_back(name, text(sub, name, to, about, type));
        };
        const auto several = [&](const char* name, std::vector<std::string>& to, word about,
                                 const char* type) {
            do_options_.emplace_back(name, many(sub, name, to, about, type));
        };
        one("--outcome", do_.outcome, word::opt_outcome, "NAME");
        one("--reason", do_.reason, word::opt_reason, "TEXT");
        one("--text", do_.text, word::opt_text, "TEXT");
        several("--field", do_.fields, word::opt_field, "NAME=VALUE");
        several("--confirm", do_.confirm, word::opt_confirm, "all|TEXT");
        several("--assign", do_.assign, word::opt_assign, "NTH=ĐVTH/nv05");
        several("--attach", do_.attach, word::opt_attach, "FILE");
        several("--open-linked", do_.open_linked, word::opt_open_linked, "CODE");
        one("--channel", do_.channel, word::opt_channel, "TEXT");
        one("--lead", do_.lead, word::opt_lead, "UNIT");
        one("--to", do_.to, word::opt_to, "ĐVTH/nv05");
        one("--relation", do_.relation, word::opt_relation, "TEXT");
        one("--happened", do_.happened, word::opt_happened, "WHEN");
        one("--media-type", do_.media_type, word::opt_media_type, "TYPE");
    }

    void reading_commands() {
        CLI::App* sub =
            command("options", word::about_options, [this] { return run_options(as_, options_); });
        text(sub, "case", options_.of, word::opt_case, "CASE")->required();
        text(sub, "--by", options_.by, word::opt_by, "ĐVTH/nv07");
        many(sub, "--row", options_.rows, word::opt_row, "PQ=\"nv03\",…");
        store_options(sub, options_.store, true);

        sub = command("tasks", word::about_tasks, [this] { return run_tasks(as_, tasks_); });
        text(sub, "--unit", tasks_.unit, word::opt_unit, "ĐVTH");
        text(sub, "--person", tasks_.person, word::opt_person, "nv07");
        text(sub, "--procedure", tasks_.procedure, word::opt_procedure, "CODE");
        sub->add_flag("--overdue", tasks_.overdue, as_.say(word::opt_overdue));
        most_rows(sub, tasks_.limit, 100000);
        store_options(sub, tasks_.store, true);

        sub = command("cases", word::about_cases, [this] { return run_cases(as_, cases_); });
        text(sub, "--procedure", cases_.procedure, word::opt_procedure, "CODE");
        sub->add_flag("--overdue", cases_.overdue, as_.say(word::opt_cases_overdue));
        most_rows(sub, cases_.limit, 100000);
        store_options(sub, cases_.store, true);

        sub = command("show", word::about_show, [this] { return run_show(as_, show_); });
        text(sub, "case", show_.of, word::opt_case, "CASE")->required();
        store_options(sub, show_.store, true);

        sub =
            command("history", word::about_history, [this] { return run_history(as_, history_); });
        text(sub, "case", history_.of, word::opt_case, "CASE")->required();
        sub->add_flag("--verify", history_.verify, as_.say(word::opt_verify));
        sub->add_flag("--trace", history_.trace, as_.say(word::opt_trace));
        store_options(sub, history_.store, true);

        sub = command("refusals", word::about_refusals,
                      [this] { return run_refusals(as_, refusals_); });
        text(sub, "case", refusals_.of, word::opt_case, "CASE");
        most_rows(sub, refusals_.limit, 100000);
        store_options(sub, refusals_.store, true);

        sub =
            command("notices", word::about_notices, [this] { return run_notices(as_, notices_); });
        most_rows(sub, notices_.limit, 1000);
        text(sub, "--retry", notices_.retry, word::opt_retry, "N|all");
        store_options(sub, notices_.store, true);
    }

    common as_;
    CLI::App app_;
    std::string lang_;
    std::optional<std::size_t> width_;
    std::function<int()> carry_out_;
    std::vector<std::pair<std::string, CLI::Option*>> do_options_;
    new_args new_;
    check_args check_;
    explain_args explain_;
    test_args test_;
    format_args format_;
    translate_args translate_;
    draw_args draw_;
    due_args due_;
    open_args open_;
    do_args do_;
    options_args options_;
    tasks_args tasks_;
    show_args show_;
    history_args history_;
    run_due_args run_due_;
    notices_args notices_;
    refusals_args refusals_;
    cases_args cases_;
    walk_args walk_;
    scenarios_args scenarios_;
    explore_args explore_;
};

}  // namespace

int main_of(int argc, const char* const* argv) {
    common as{asked_language(argc, argv).value_or(language_of_environment()), false};
    for (int i = 1; i < argc; ++i)
        if (quytrinh::first_ill_formed(argv[i])) return misuse(as, as.say(word::usage_encoding));
    command_line all(as);
    const int code = all.run(argc, argv);
    if (flush()) return code;
    error_line(as.say(word::error_line, as.say(word::error_output)));
    return wrong;
}

}  // namespace cli
