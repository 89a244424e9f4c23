// SPDX-License-Identifier: BSL-1.0
// src/cli/interview.hpp: asks, line by line, for what a command of the walk needs.
#pragma once

#include "commands.hpp"
#include "tables.hpp"

#include <quytrinh/quytrinh.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace cli {

/// What was typed for a command that was then refused, by task and question: offered again, so that
/// one mistake does not cost the whole form.
using drafts = std::map<std::string, std::string>;

/// One command, chosen from the menu.
struct interview {
    const common& as;
    const quytrinh::case_details& of;
    const quytrinh::option& what;
    const quytrinh::actor& by;
    std::string outcome;  ///< of "complete"
    bool reason = false;  ///< the outcome needs one
    std::function<std::string(const std::string& prompt)> ask;
    drafts& typed;
    office_tables& tables;

    /// Nothing for a command that is not made here.
    [[nodiscard]] std::optional<quytrinh::command::body> body();

private:
    struct asked;  ///< what applies with this outcome and the answers so far
    bool yes(const std::string& prompt);
    std::string text(word prompt, const std::string& key);
    std::string offered(const std::string& prompt, const std::string& key);
    std::string picked(word prompt, const std::vector<std::string>& choices, const std::string& key,
                       bool or_other = false);
    [[nodiscard]] bool channels_are_open(const std::string& id) const;
    [[nodiscard]] std::string task() const;
    [[nodiscard]] std::string question(const quytrinh::option::field& f, bool needed,
                                       const std::string& draft) const;
    void fields(std::vector<quytrinh::field_entry>& out, asked& now);
    void one_field(const quytrinh::option::field& f, std::vector<quytrinh::field_entry>& out,
                   asked& now);
    void rows(asked& now);
    [[nodiscard]] quytrinh::attachment paper(const std::string& typed) const;
    quytrinh::command::complete complete();
    quytrinh::command::body handed_over(bool again);
};

}  // namespace cli
