// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/option.hpp: what one person may do now in a case.
#pragma once

#include <quytrinh/base/error.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/actor.hpp>
#include <quytrinh/engine/task.hpp>
#include <quytrinh/model/field_type.hpp>

#include <string>
#include <vector>

namespace quytrinh {

struct case_state;  // engine/state.hpp
struct context;     // engine/context.hpp

/// What one person may do now: enough to build a form.
struct option {
    std::string command;  ///< "complete", "answer", …
    task_key task;
    std::string title;
    bool allowed = false;
    std::vector<std::string> who_could;
    /// Where an outcome may lead. Which way holds is judged when the step is completed; the first
    /// that does is taken.
    struct way {
        std::string when;   ///< its condition as written; empty without one
        std::string step;   ///< the next step; empty where the case ends
        std::string title;  ///< of the step, or the name of the end, which a plain end has not
    };
    struct outcome {
        std::string name;
        bool reason = false;
        std::vector<way> ways;
    };
    std::vector<outcome> outcomes;
    struct field {
        std::string form, name;
        field_type kind = field_type::text;  ///< for a program that draws the form
        std::string type;                    ///< the same in the words of the procedure's language
        bool required = false;
        std::vector<std::string> choices;
        value current;
        bool other_allowed = false;
        std::vector<std::string> columns;
        /// Of "complete", where not every outcome asks for it: the ones that do. Empty: all.
        std::vector<std::string> outcomes;
        /// Of "answer": the asker has filled it in, whoever answers only reads it.
        bool closed = false;
    };
    std::vector<field> fields;
    struct condition_to_confirm {
        std::string text;
        bool evidence = false;
        std::vector<std::string> outcomes;  ///< that ask for it; empty: all
    };
    std::vector<condition_to_confirm> preconditions;
    struct role_to_assign {
        std::string role;
        std::vector<std::string> outcomes;  ///< that ask for it; empty: all
    };
    std::vector<role_to_assign> assign_roles;
    std::vector<std::string> channels;
    std::vector<std::string> answers;
    std::vector<std::string> may_open;  ///< linked procedures that may be opened here
    std::string consultation;           ///< of "consult": which one
    errc rule{};                        ///< why not, when not allowed
    /// Of "complete", led jointly: who has yet to confirm, this actor included.
    std::vector<std::string> awaiting;
    /// Of "complete": papers without a form that the step makes and nobody has attached yet. Each
    /// is an attachment that says so (attachment::precondition), or has that name.
    std::vector<std::string> papers;
};
[[nodiscard]] QUYTRINH_DECL std::vector<option> options_for(const context& with,
                                                            const case_state& state,
                                                            const actor& who);

}  // namespace quytrinh
