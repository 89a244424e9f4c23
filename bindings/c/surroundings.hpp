// SPDX-License-Identifier: BSL-1.0
// bindings/c/surroundings.hpp: what a text may refer to, how it is judged, and the words of
// requests about days.
#pragma once

#include "office.hpp"
#include "request.hpp"

#include <quytrinh/language/parse.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/due.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace quytrinh::c_abi {

/// What the office knows, or without one what ships.
class surroundings {
public:
    explicit surroundings(const std::shared_ptr<office_object>& in);
    [[nodiscard]] result<procedure_ptr> procedure_of(std::string_view code) const;
    /// The usual one for an empty code.
    [[nodiscard]] result<calendar> calendar_of(std::string_view code) const;
    /// All of it, for offices of tests; `also` (may be null) takes the place of what has its code.
    [[nodiscard]] std::shared_ptr<const definitions> all(const procedure_ptr& also) const;

private:
    std::shared_ptr<office_object> office_;
    definitions bundled_;
    std::string usual_ = "HC.VN";
};

/// The office of a handle that may be NULL.
[[nodiscard]] std::shared_ptr<office_object> perhaps(quytrinh_office* office);
[[nodiscard]] std::string name_or(std::string_view name, const char* other);

/// Both passes over a text, as adding it would make them.
[[nodiscard]] diagnostic_list judged(const surroundings& known, const parsed& read);
/// ok, errors, diagnostics, procedure.
[[nodiscard]] std::string verdict(const diagnostic_list& all, const parsed& read, language words);
/// A text that must be right for what is asked, scenarios aside. Throws wrong_text.
[[nodiscard]] parsed read_right(const surroundings& known, const std::string& name,
                                const std::string& text, const import_resolver& imports);

/// `rule`, or the one that this length is counted by unless it is said.
[[nodiscard]] counting_rule rule_of(const std::string& word, const amount& length);
/// A member that is a moment, or a day: its beginning.
[[nodiscard]] instant moment_of(const char* member, const std::string& text,
                                std::chrono::minutes offset);
[[nodiscard]] date day_of(const char* member, const std::string& text);

}  // namespace quytrinh::c_abi
