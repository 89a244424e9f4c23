// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/player.hpp: private. Plays everybody's part in one case: finds who may act,
// fills in what a step asks for, and writes down each move that was accepted.
#pragma once

#include <quytrinh/testing/impl/solver.hpp>
#include <quytrinh/testing/impl/tale.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace quytrinh::testing::detail {

/// What a completion is to come to.
struct wanted {
    std::string outcome;
    assignment values;
    std::vector<std::string> open_linked;
    std::string lead;  ///< who should act, where several could
};

class player {
public:
    player(procedure_ptr of, const std::shared_ptr<const definitions>& known, instant start,
           std::uint64_t seed, const limits& bounds);

    /// Opens the case, at the first step where `at_step` is empty.
    [[nodiscard]] result<void> open(const std::string& at_step);
    /// Tells a tale that began where this one does, and goes on from there.
    [[nodiscard]] result<void> follow(const tale& t);
    [[nodiscard]] result<void> wait_until(instant to);
    /// One lead's completion; a joint task may need another.
    [[nodiscard]] result<command_result> complete(const task_key& task, const wanted& to);
    [[nodiscard]] result<command_result> receive(const task_key& task);
    [[nodiscard]] result<command_result> ask(const step& question, const task_key& task,
                                             const assignment& values);
    [[nodiscard]] result<command_result> answer(const task_key& consultation,
                                                const std::string& chosen);
    /// Of what is due at once, and has not been done.
    [[nodiscard]] result<command_result> say_late(const task_key& key);
    [[nodiscard]] result<command_result> signal(const std::string& event);
    /// Rows of tables of the host, before anything asked for them.
    void stand(const std::vector<table_row>& rows);

    [[nodiscard]] const procedure& of() const noexcept { return *told_.of; }
    [[nodiscard]] world& at() noexcept { return world_; }
    [[nodiscard]] const tale& told() const noexcept { return told_; }
    /// What was sent last, accepted or not.
    [[nodiscard]] const move& last_try() const noexcept { return last_try_; }
    /// The case as it stands; read anew after each move.
    [[nodiscard]] const case_state& state() const noexcept { return state_; }
    [[nodiscard]] date today() const { return day_of(world_.now(), world_.offset()); }
    /// A reader for conditions as a completion of the task would meet them.
    [[nodiscard]] trial_reader reader(const task_state& t, const std::string& outcome,
                                      const assignment& over) const;
    /// Fields that a step could fill in now, with the channel where it takes one.
    [[nodiscard]] std::set<variable> fillable(const step& where, const trial_reader& seen) const;
    [[nodiscard]] std::vector<std::string> channels_of(const step& where) const;

private:
    [[nodiscard]] task_name name_of(const task_key& key) const;
    [[nodiscard]] std::vector<actor> workers(const task_state& t, const std::string& first) const;
    [[nodiscard]] std::vector<actor> seated(const std::vector<seat>& seats, const seat& recorder,
                                            const std::string& first) const;
    [[nodiscard]] std::vector<field_entry> entries(const step& where, const trial_reader& seen,
                                                   const assignment& values) const;
    [[nodiscard]] std::vector<binding> assignments(const step& where, const trial_reader& seen,
                                                   const actor& by) const;
    [[nodiscard]] bool mend(command::complete& c, const step& where, const error& why);
    [[nodiscard]] bool mend(std::vector<field_entry>& fields, const actor& by, const error& why);
    [[nodiscard]] result<command_result> send(const actor& by, command::body body);
    void note_absent(const step& where, const trial_reader& seen);
    [[nodiscard]] std::string say(const char* vi, const char* en) const;

    tale told_;
    world world_;
    case_state state_;
    move last_try_;
    std::vector<table_row> absent_;
};

}  // namespace quytrinh::testing::detail
