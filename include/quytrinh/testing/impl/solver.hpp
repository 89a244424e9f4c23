// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/solver.hpp: private. Finding values that make conditions come out as
// wanted, by trying the values that the procedure itself speaks of.
#pragma once

#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/procedure.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace quytrinh::testing::detail {

/// What can be chosen freely: fields by {form, field}; {"", "#channel"} is the channel and
/// {"#table", code} whether the row that is asked for stands in a table of the host.
using variable = std::pair<std::string, std::string>;
using assignment = std::map<variable, value>;
inline const variable channel_variable{"", "#channel"};

/// Table and cells.
using table_row = std::pair<std::string, std::vector<value>>;

/// A condition and how it should come out; not holding may be unknown too.
struct demand {
    const condition* what = nullptr;
    bool hold = true;
    std::string outcome{};  ///< that is being chosen, where it is not the reader's
};

/// Reads a case with values laid over it.
class trial_reader final : public condition_reader {
public:
    trial_reader(const procedure& of, const case_state* state, const assignment& over)
        : of_(&of), state_(state), over_(&over) {}
    void lay(const assignment& over) noexcept { over_ = &over; }
    value read(const operand& what) override;
    truth has_row(const std::string& table, const std::vector<value>& row) override;
    std::string outcome() override { return outcome_of; }
    /// Does the row stand in the table already?
    [[nodiscard]] bool has_row_now(const std::string& table, const std::vector<value>& row) const;

    std::string person, channel, entered_from, outcome_of;
    std::uint32_t round = 1;
    /// Rows of tables of the host that stand there already.
    const std::vector<table_row>* rows = nullptr;
    /// Rows that were asked for and were not there: they may not appear later.
    const std::vector<table_row>* absent = nullptr;
    /// Rows that were found because a variable says so.
    std::vector<table_row> needed;

private:
    const procedure* of_;
    const case_state* state_;
    const assignment* over_;
};

/// The field that a reference means, with its form; null when there is none.
struct found_field {
    const form* in = nullptr;
    const form_field* field = nullptr;
    [[nodiscard]] variable name() const { return {in->code, field->name}; }
};
[[nodiscard]] found_field find_field(const procedure& of, const field_ref& ref);

/// Is a limit read from this field?
[[nodiscard]] bool is_deadline(const procedure& of, const found_field& field);

/// A value that the field takes, as its type, its choices and its name suggest, the same every
/// time; `now` is for days.
[[nodiscard]] value plausible(const procedure& of, const form_field& field, date now);
/// `plausible` first, then what the conditions of the text compare the field with and what lies
/// just beside, its choices, and nothing where it may stay empty. At most 40.
[[nodiscard]] std::vector<value> candidates(const procedure& of, const found_field& field,
                                            date now);

/// Does the host keep the rows of this table?
[[nodiscard]] bool is_table_of_host(const procedure& of, const std::string& code);

/// The channels that a step takes, of its own or of a catalogue.
[[nodiscard]] std::vector<std::string> channels_of(const procedure& of, const step& where);

/// What a condition reads and could be chosen, in the order of the text.
void collect_variables(const procedure& of, const condition& c, std::vector<variable>& into);

/// What a search may cost in all: conditions that are worked out, and steps that are looked at. It
/// counts work, not time, so that equal texts give equal results on every machine.
struct effort {
    std::uint64_t most = 0;
    std::uint64_t spent = 0;
    [[nodiscard]] bool is_over() const noexcept { return spent >= most; }
};

/// Tries values for the `free` variables that the demands read, `fixed` ones stay, until every
/// demand comes out; nothing when none of at most `tries` does, or the effort is over. `reader` is
/// copied for each try.
struct solution {
    assignment values;
    std::vector<table_row> rows;
};
[[nodiscard]] std::optional<solution> solve(const procedure& of, const trial_reader& like,
                                            const std::vector<demand>& demands,
                                            const assignment& fixed, const std::set<variable>& free,
                                            date now, const std::vector<std::string>& channels,
                                            effort& cost, std::size_t tries = 20'000);

}  // namespace quytrinh::testing::detail
