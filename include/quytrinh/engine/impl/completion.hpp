// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/completion.hpp: private. One completion on its way through the rules of its
// step.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>

#include <string>
#include <vector>

namespace quytrinh::detail::engine {

/// One completion on its way through the rules.
struct completion {
    desk& d;
    const command::complete& c;
    const task_state& task;
    const step& where;
    std::string outcome;
    std::vector<entry> entries;
    std::string channel;
    acts held;
    std::vector<std::string> ticked;  ///< by this command
    std::vector<std::string> approved;
    written out;
    std::vector<judged> notes;

    reading seen;

    /// What conditions read, once outcome, entries and channel stand. They stay where they are.
    void settle() {
        seen = d.look();
        seen.pending = &entries;
        seen.about = &task.task;
        seen.channel = channel;
        seen.outcome = outcome;
        seen = seen.from(task);
    }
    [[nodiscard]] const reading& look() const noexcept { return seen; }
};

/// Ticks must name something that this step asks for: a misspelt one would be believed for ever.
/// Items of a checklist that is a field of a form are entered there.
[[nodiscard]] result<void> settle_ticks(completion& now);
[[nodiscard]] result<void> check_attachments(const completion& now);
/// What a file of this step may be said to be: its preconditions, and the papers without a form
/// that it makes or uses.
[[nodiscard]] std::vector<std::string> papers_of(const step& where);
/// Is there a file of this task that is the paper, by what it is said to be or by its own name?
[[nodiscard]] bool has_paper(const case_state& state, const task_key& task,
                             const std::string& paper);
/// `lập "Biên bản"`: a paper without a form is an attachment of the task; errc::paper_missing.
[[nodiscard]] result<void> demand_papers(const completion& now);
/// errc::precondition_missing, evidence_missing, condition_unknown.
[[nodiscard]] result<void> demand_preconditions(completion& now);
/// `hình thức`: where the text names a single one, that is the one that was used.
void settle_channel(completion& now);
void settle_channel(const procedure& of, const step& where, std::string& chosen);
/// Refuses where the text names channels and none was chosen.
[[nodiscard]] result<void> demand_channel(const procedure& of, const step& where,
                                          const std::string& chosen);
/// Where it names several, one of them is recorded before the step ends; errc::field_missing.
[[nodiscard]] result<void> demand_channel(const completion& now);
/// `kiểm tra đủ BK`: every item, ticked in a field of the checklist or confirmed with the
/// completion.
[[nodiscard]] result<void> demand_checklists(const completion& now);
/// `duyệt X`: freezes the version that stands, so there must be one.
[[nodiscard]] result<void> settle_approvals(completion& now);
/// `lưu HS.01`: something of it must have been filled in, and one of `gồm một trong`.
/// errc::record_empty, form_not_filled.
[[nodiscard]] result<void> demand_records(const completion& now);
/// What is kept, by whom and until when; the keepers are told.
void keep_records(const completion& now, event::task_completed& e, notice_list& notices);

}  // namespace quytrinh::detail::engine
