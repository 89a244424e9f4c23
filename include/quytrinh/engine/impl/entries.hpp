// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/entries.hpp: private. What a command enters into forms: which fields it
// names, whether this step may write them, and what follows for versions, approvals and boxes.
#pragma once

#include <quytrinh/engine/impl/reading.hpp>
#include <quytrinh/model/form.hpp>

#include <string>
#include <vector>

namespace quytrinh::detail::engine {

/// The words that a one-of, any-of or checklist field takes.
[[nodiscard]] std::vector<std::string> choices_of(const procedure& of, const form_field& field);

/// Finds the field of each entry and reads its value. A name that stands in several forms is the
/// one of a form that `where` works on; errc::field_ambiguous when that does not settle it.
[[nodiscard]] result<std::vector<entry>> read_entries(const procedure& of, const step* where,
                                                      const std::vector<field_entry>& given);

/// What a field of files holds names an attachment of the case, or one that comes with the command:
/// by its name, the last of that name, or by its number in the order of attaching. The name is
/// kept. errc::field_type.
[[nodiscard]] result<void> settle_files(const case_state& state,
                                        const std::vector<attachment>& given,
                                        std::vector<entry>& entries);

/// Does the act cover the field (form, box and `chỉ`)?
[[nodiscard]] bool covers(const form_act& act, const form& of, const form_field& field) noexcept;

/// The acts of a step that hold for this command. errc::condition_unknown names the empty field
/// where an act other than `lập` and `dùng` cannot be judged; an unjudged `lập` is not demanded.
struct acts {
    std::vector<const form_act*> fill, append, approve, keep, check;
    std::vector<const form_act*> papers;  ///< `lập` of what has no form here
    std::vector<judged> notes;
};
[[nodiscard]] result<acts> acts_of(const step& where, const reading& seen);

/// What an event must say about the entries of one command.
struct written {
    std::vector<field_entry> fields;
    form_effects effects;
};
/// Refuses entries that this step may not make (errc::field_locked, field_unknown), then works out
/// new versions, lost approvals and, when the step is `closing`, the boxes that close. `limits` are
/// not counted here.
[[nodiscard]] result<void> write_entries(const reading& seen, const step& where,
                                         const task_key& key, const acts& held, bool closing,
                                         written& out);

/// errc::field_missing, checklist_incomplete for the forms that `held` fills in.
[[nodiscard]] result<void> demand_fields(const reading& seen, const step& where, const acts& held);

/// Forms that only questions fill in, of those that this one does: each question has its own
/// instance. A form that steps fill in too is one paper of the case.
[[nodiscard]] std::vector<std::string> own_papers(const procedure& of, const step& question);

/// The forms that the acts fill, each once.
[[nodiscard]] std::vector<std::string> filled_by(const acts& held);

}  // namespace quytrinh::detail::engine
