// SPDX-License-Identifier: BSL-1.0
// src/cli/commands.hpp: the commands of the program and what each is told. options.cpp reads them
// from the command line; text.cpp, rewrite.cpp, due.cpp, act.cpp, look.cpp, deliver.cpp and
// walk.cpp carry them out and return the exit code.
#pragma once

#include "output.hpp"

#include <quytrinh/base/chrono.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Of times that are given without an offset: Vietnam's.
inline constexpr std::chrono::minutes usual_offset{420};

struct new_args {
    std::string file;
    bool force = false;  ///< here and below: replace a file that exists
};
int run_new(const common& as, const new_args& given);

struct check_args {
    std::vector<std::string> files;
    bool fix = false;   ///< put the safe fixes into the files
    bool diff = false;  ///< with `fix`: only show what would change
};
int run_check(const common& as, const check_args& given);

struct explain_args {
    std::vector<std::string> codes;
};
int run_explain(const common& as, const explain_args& given);

struct test_args {
    std::vector<std::string> what;    ///< files, folders, codes of bundled procedures
    std::vector<std::string> with;    ///< files of more procedures and calendars
    std::string junit;                ///< a file for the report
    bool update = false;              ///< show what the scenarios would have to say
    bool yes = false;                 ///< with `update`: write it into the files without asking
    bool force = false;               ///< let a report replace a file of any kind
    bool coverage = false;            ///< count what the scenarios touch of their procedures
    std::string coverage_svg;         ///< draw it
    std::optional<unsigned> require;  ///< per cent; less is a failure
};
int run_test(const common& as, const test_args& given);
struct format_args {
    std::vector<std::string> files;  ///< "-" is the standard input
    bool check = false, diff = false;
};
int run_format(const common& as, const format_args& given);

struct translate_args {
    std::string file;
    std::string to;
    std::string out;
    bool force = false;
};
int run_translate(const common& as, const translate_args& given);

struct draw_args {
    std::string procedure;
    std::string format = "svg";
    std::string out;
    bool force = false;
};
int run_draw(const common& as, const draw_args& given);

struct due_args {
    std::string limit;
    std::string from;
    std::string calendar;
    std::string rule;
};
int run_due_date(const common& as, const due_args& given);

/// Which store, and with which clock.
struct store_args {
    std::string path;
    std::string at;
    std::optional<std::uint64_t> seed;
    std::vector<std::string> with;  ///< files of more procedures and calendars
};

struct open_args {
    store_args store;
    std::string procedure;
    std::string by;
    std::vector<std::string> bind;
    std::vector<std::string> fields;
    std::string reference;
    std::vector<std::string> rows;  ///< here and below: of tables of the office
    std::string at_step;
    std::string id;
};
int run_open(const common& as, const open_args& given);

struct do_args {
    store_args store;
    std::string of;
    std::string command;
    std::vector<std::string> rest;
    std::string by, id;
    std::optional<std::uint64_t> expect;
    std::string outcome, reason, text, channel, lead, to, relation, happened, media_type;
    std::vector<std::string> fields, confirm, assign, attach, open_linked, rows;
    /// The options that were given, as they are spelled ("--outcome").
    std::vector<std::string> used;
};
int run_do(const common& as, const do_args& given);
/// "complete, receive, …": for the help.
[[nodiscard]] std::string known_commands();

struct options_args {
    store_args store;
    std::string of;
    std::string by;
    std::vector<std::string> rows;
};
int run_options(const common& as, const options_args& given);

struct tasks_args {
    store_args store;
    std::string unit, person, procedure;
    bool overdue = false;
    std::size_t limit = 100;
};
int run_tasks(const common& as, const tasks_args& given);

struct show_args {
    store_args store;
    std::string of;
};
int run_show(const common& as, const show_args& given);

struct history_args {
    store_args store;
    std::string of;
    bool verify = false;
    bool trace = false;  ///< how each limit was counted
};
int run_history(const common& as, const history_args& given);

struct run_due_args {
    store_args store;
    std::size_t batch = 100;
};
int run_run_due(const common& as, const run_due_args& given);

struct cases_args {
    store_args store;
    std::string procedure;
    bool overdue = false;
    std::size_t limit = 100;
};
int run_cases(const common& as, const cases_args& given);

struct refusals_args {
    store_args store;
    std::string of;  ///< of every case, and of openings, when empty
    std::size_t limit = 100;
};
int run_refusals(const common& as, const refusals_args& given);

struct notices_args {
    store_args store;
    std::string retry;
    std::size_t limit = 100;
};
int run_notices(const common& as, const notices_args& given);

struct walk_args {
    store_args store;
    std::string procedure;
    std::string by;
    std::vector<std::string> bind;
    std::vector<std::string> rows;
    std::string reference;
    bool real = false;
};
int run_walk(const common& as, const walk_args& given);

struct scenarios_args {
    std::string procedure, out, at;
    std::vector<std::string> with;
    std::optional<std::uint64_t> seed;
    bool force = false;
};
int run_scenarios(const common& as, const scenarios_args& given);

struct explore_args {
    std::string procedure, at;
    std::vector<std::string> with;
    std::uint64_t seed = 1;
    std::size_t steps = 10'000;
};
int run_explore(const common& as, const explore_args& given);

/// Reads the command line and does it.
int main_of(int argc, const char* const* argv);

}  // namespace cli
