// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/scenario_runner.hpp: one run of one scenario: what its lines do to a world,
// and what they find there.
#pragma once

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/scenario.hpp>
#include <quytrinh/testing/world.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh::testing::detail::scenario_runner {

/// Thrown nowhere: the first divergence is kept, and nothing is done after it.
class runner {
public:
    using kind = scenario_value::kind;

    runner(const scenario& what, const procedure_ptr& of, const scenario_options& with,
           std::size_t row);

    [[nodiscard]] scenario_run take();

private:
    // -- values (scenario.ipp)
    /// The value, or that of its column in this row.
    [[nodiscard]] const scenario_value& of_row(const scenario_value& one) const;
    [[nodiscard]] std::string text_of(const scenario_value& one) const;
    [[nodiscard]] std::string moment_of(const scenario_value& one) const;
    [[nodiscard]] value entered(const scenario_value& one) const;
    [[nodiscard]] field_entry entry_of(const scenario_field& one) const;
    [[nodiscard]] actor actor_of(const scenario_person& who) const;

    // -- what happens (scenario.ipp)
    void prepare();
    void line(std::size_t index);
    void act(const scenario_act& one, std::size_t index);
    [[nodiscard]] bool pass(const scenario_act& one);
    void turn_to(const scenario_act& one);
    [[nodiscard]] result<void> open(const scenario_act& one, const actor& by);
    [[nodiscard]] result<void> deed(const scenario_act& one);
    [[nodiscard]] std::string task_of(const scenario_act& one) const;
    [[nodiscard]] command::complete completion(const scenario_act& one) const;
    [[nodiscard]] std::string only_task(const actor& by) const;
    [[nodiscard]] bool refusal_expected(std::size_t index) const;

    // -- what is seen (scenario_seen.ipp)
    void see(const scenario_expectation& one);
    void see_task(const scenario_expectation& one);
    void see_done(const scenario_expectation& one);
    void see_standing(const scenario_expectation& one);
    void see_told(const scenario_expectation& one);
    void see_may(const scenario_expectation& one);
    void see_field(const scenario_expectation& one);
    void see_record(const scenario_expectation& one);
    void see_approval(const scenario_expectation& one);
    void see_papers(const scenario_expectation& one, const case_state& state);
    void see_keeping(const scenario_expectation& one, const case_state& state);
    void see_case(const scenario_expectation& one);
    void see_new_case(const scenario_expectation& one);
    void see_refused(const scenario_expectation& one);
    void see_due(const scenario_expectation& one, const task_due& due);
    void see_channel(const scenario_expectation& one, const std::string& recorded);
    [[nodiscard]] bool same(const value& held, const scenario_value& wanted) const;
    [[nodiscard]] two_words where_it_is() const;
    [[nodiscard]] case_details look() const { return world_->look(); }
    [[nodiscard]] std::string due_text(const due_instant& due) const;

    /// Keeps the first divergence.
    void differ(two_words expected, two_words seen, std::optional<divergence::rewrite> mend = {});
    void stop(run_stop why, two_words reason);
    [[nodiscard]] bool over() const noexcept { return run_.first.has_value(); }

    const scenario& what_;
    procedure_ptr of_;
    const scenario_options& with_;
    std::size_t row_;
    std::optional<testing::world> world_;
    scenario_run run_;
    std::size_t at_ = 0;  ///< line
    bool opened_ = false;
    instant begun_{};
    std::vector<binding> bindings_;
    std::string reference_;
    std::optional<error> refusal_;  ///< of the last deed, where a line expects one
    bool accepted_ = false;         ///< the last deed was
    std::size_t cases_before_ = 0;  ///< when the last `khi` began
};

/// "11/12/2023 08:00".
[[nodiscard]] std::string local_text(instant at, std::chrono::minutes offset);
/// What happened in these cases, in the order of time.
[[nodiscard]] std::vector<timeline_entry> timeline_of(const std::vector<scenario_case>& cases,
                                                      std::chrono::minutes offset);
[[nodiscard]] two_words same_in_both(std::string text);
[[nodiscard]] inline two_words operator+(two_words a, const two_words& b) {
    a.vi += b.vi;
    a.en += b.en;
    return a;
}
/// Is it this party or unit, and this person where one is named?
[[nodiscard]] bool is_seat(const seat& one, const std::string& unit, const std::string& person);

}  // namespace quytrinh::testing::detail::scenario_runner
