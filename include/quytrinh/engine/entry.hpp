// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/entry.hpp: what a person enters in a case: fields, files, confirmations.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/value.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh {

/// A value for a field. `form` may stay empty when only one form of the procedure has the field. A
/// text value is read as the field's declared type (`20/12/2026`, `có`, `2,5`).
struct QUYTRINH_DECL field_entry {
    std::string form;
    std::string field;
    value content;
    field_entry();
    field_entry(std::string field_name, value v);
    field_entry(std::string form_code, std::string field_name, value v);
    friend bool operator==(const field_entry&, const field_entry&) = default;
};

/// A file that the host keeps; the library keeps its name, type, size and digest.
struct attachment {
    std::string name;
    std::string media_type;
    std::uint64_t size = 0;
    digest256 sha256{};
    /// What of its step it is, if anything: the condition that it is evidence of, or the paper
    /// without a form (`lập "Biên bản"`). A file whose own name is that of the paper needs no word
    /// here.
    std::string precondition;
    friend bool operator==(const attachment&, const attachment&) = default;
};

/// Which preconditions the actor confirms.
struct confirmation {
    bool all = false;
    std::vector<std::string> texts;
    friend bool operator==(const confirmation&, const confirmation&) = default;
};
QUYTRINH_DECL extern const confirmation all_preconditions;

/// Names a task: "2" is the only open task of step 2, "2.3" is round 3 of step 2. A step id wins
/// over step-and-round when both read the same.
using task_name = std::string;

}  // namespace quytrinh
