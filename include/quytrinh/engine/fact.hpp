// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/fact.hpp: what facts are made of: who is told, how a limit
// came out, what was judged, what entering a field did beside.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/actor.hpp>
#include <quytrinh/engine/entry.hpp>
#include <quytrinh/engine/task.hpp>
#include <quytrinh/time/due.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh {

/// The due of a task with the reason for it. `waiting`: its anchor has not happened yet.
struct task_due {
    due_kind kind = due_kind::not_stated;
    std::optional<due_instant> due;  ///< counted, or immediately (due at the receipt)
    std::optional<instant> anchored_at;
    std::uint32_t limit_index = 0;  ///< which `thời hạn` line applied
    std::string text;               ///< laid_down: where it is laid down
    std::string calendar_code, calendar_version;
    counting_rule rule = counting_rule::blds_2015;
    std::vector<trace_line> trace;
    friend bool operator==(const task_due&, const task_due&) = default;
};

/// A condition that was judged, with the values it read.
struct judged {
    std::string what;  ///< the condition as written in the text
    bool held = false;
    std::vector<std::pair<std::string, value>> read;
    friend bool operator==(const judged&, const judged&) = default;
};

/// A link that the runtime must carry out after the commit, exactly once.
struct link_request {
    std::string procedure;
    digest256 definition{};  ///< pinned text of the child
    std::string at_step;
    std::vector<field_entry> carried;
    std::vector<binding> bind;
    bool replacing = false;
    case_id child;  ///< derived from parent, seq and index
    friend bool operator==(const link_request&, const link_request&) = default;
};

/// How long a record is kept, as far as it is known.
enum class keep_term : std::uint8_t {
    not_stated,
    start_not_stated,  ///< so long, but the text does not say from when
    waiting,           ///< runs from something that has not happened yet
    counted,
    forever,
};

/// A record that is kept: what is in it, by whom, until when, as its text had it at that moment.
struct kept_record {
    std::string code;
    std::vector<std::string> papers;  ///< its forms that had been filled in
    std::vector<seat> keepers;
    keep_term term = keep_term::not_stated;
    std::optional<date> last_day;  ///< counted: the last day of keeping, no day off moves it
    std::string afterwards;        ///< `hết thời gian lưu: tiêu hủy`, the word as written
    friend bool operator==(const kept_record&, const kept_record&) = default;
};

/// What entering fields does beside setting plain values. One member `effects` of every event that
/// carries fields, so that replay needs no form of the text.
struct form_effects {
    /// Entries of append-only boxes and of `ghi thêm`: every one stays, the last one is the field's
    /// value.
    std::vector<field_entry> appended;
    /// Forms of which a new version begins with this event (`lập`).
    std::vector<std::string> renewed;
    /// Of those, the ones whose approval falls with it.
    std::vector<std::string> unapproved;
    /// {form, box} closed by the end of the step; the box is empty for a form without boxes.
    std::vector<std::pair<std::string, std::string>> closed;
    /// {form, box} approved, where only a box is; `approved` of the event names the forms.
    std::vector<std::pair<std::string, std::string>> approved_boxes;
    /// Open tasks and consultations whose limit came out differently with these values.
    std::vector<std::pair<task_key, task_due>> dues;
    /// The appointed date of the case, where a conditional overall limit came out differently.
    std::optional<due_instant> case_due;
    /// Of `renewed`, the ones that start empty: a paper that only questions fill in is a new one
    /// each time.
    std::vector<std::string> emptied;
    /// Of an event about a consultation: forms that only questions fill in. What is entered lies in
    /// that consultation's own instance; when it is answered, the instance is what the flow reads.
    /// Events written before this was told apart have none here and write into the case's form.
    std::vector<std::string> own;
    friend bool operator==(const form_effects&, const form_effects&) = default;
};

}  // namespace quytrinh
