// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/step.hpp: a step of a procedure: who, what, with which papers, until when, where
// to.
#pragma once

#include <quytrinh/base/source.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/party.hpp>
#include <quytrinh/time/due.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh {

/// `chủ trì`. `parties` holds party codes; empty when `as_step` names another step.
struct lead_clause {
    enum class mode : std::uint8_t {
        one,    ///< a single accountable lead
        joint,  ///< `A, B`: each completes, the first named is accountable
        any,    ///< `A hoặc B`: any one of them
    };
    mode how = mode::one;
    std::vector<std::string> parties;
    std::string as_step;       ///< `chủ trì như bước 1`
    bool or_delegate = false;  ///< `hoặc người được ủy quyền`
    place where;
    QUYTRINH_DECL friend bool operator==(const lead_clause& a, const lead_clause& b);
};

/// A unit that coordinates (`phối hợp`) or is told (`báo tin`), perhaps under a condition.
struct party_clause {
    std::vector<std::string> parties;
    std::optional<condition> when;
    place where;
    QUYTRINH_DECL friend bool operator==(const party_clause& a, const party_clause& b);
};

/// What a step does to a form or a paper.
struct form_act {
    enum class kind : std::uint8_t {
        fill,     ///< `lập`: a new version, which drops an approval
        use,      ///< `dùng`
        approve,  ///< `duyệt`: freezes the version and signs it
        append,   ///< `ghi thêm`: a later entry in an append-only box
        keep,     ///< `lưu HS.01`
        check,    ///< `kiểm tra đủ BK`
    };
    kind what = kind::fill;
    std::string code;               ///< form, record or checklist; empty for a paper
    std::string paper;              ///< `dùng "Mẫu số 02 …"`
    std::string box;                ///< `ô 1`
    std::vector<std::string> only;  ///< `chỉ "Dấu hiệu"`
    std::optional<condition> when;
    place where;
    QUYTRINH_DECL friend bool operator==(const form_act& a, const form_act& b);
};

struct precondition {
    std::string text;
    bool evidence = false;  ///< `có tài liệu kèm theo`
    std::optional<condition> when;
    place where;
    QUYTRINH_DECL friend bool operator==(const precondition& a, const precondition& b);
};

/// `phân công NTH, khác NKT, tối đa 02, trong PCM`.
struct assignment_clause {
    std::string role;
    std::vector<std::string> different_from;  ///< party codes
    std::string within;                       ///< group or unit
    std::uint32_t at_most = 1;
    std::optional<condition> when;
    place where;
    QUYTRINH_DECL friend bool operator==(const assignment_clause& a, const assignment_clause& b);
};

/// `khác người ở bước 5.5`: whoever decides here must not have acted there.
struct separation_clause {
    std::vector<std::string> steps;
    place where;
    QUYTRINH_DECL friend bool operator==(const separation_clause& a, const separation_clause& b);
};

/// The event from which a limit runs.
struct anchor {
    enum class kind : std::uint8_t {
        task_receipt,  ///< the receipt of this very task (the short form)
        receipt,
        start,
        completion,
        ok,
        nok,      ///< of `step`
        opening,  ///< of the case
        signing,  ///< the approval of `form`
        field,    ///< a date field
        event,    ///< an outside event (`signal`), named in `text`
    };
    kind what = kind::task_receipt;
    std::string step;
    bool first = false;  ///< `lần đầu`, else the latest
    std::string form;
    field_ref field;
    std::string text;
    friend bool operator==(const anchor&, const anchor&) = default;
};

struct time_limit {
    enum class kind : std::uint8_t {
        not_stated,    ///< `không nêu`
        immediately,   ///< `ngay lập tức`: due at once, shown as such, never counted as days
        count,         ///< an amount from an anchor
        from_field,    ///< `theo "Ngày hoàn thành" trong KHTH`
        before_date,   ///< `trước ngày 31/12/2026` (that day excluded)
        through_date,  ///< `đến hết ngày …`
        laid_down,     ///< `theo quy định tại "…"`
    };
    kind what = kind::not_stated;
    amount length;
    anchor from;
    field_ref field;
    bool approval_not_needed = false;  ///< `chưa cần duyệt`
    std::optional<date> day;
    std::string text;
    std::optional<condition> when;
    furniture source;
    place where;
    QUYTRINH_DECL friend bool operator==(const time_limit& a, const time_limit& b);
};

/// Where a branch leads.
struct target {
    bool ends = false;
    bool ends_all = false;  ///< `kết thúc toàn bộ`
    std::string step;       ///< when it does not end
    std::string end_kind;   ///< `kết thúc "Đạt"`; empty for a plain end
    place where;
    QUYTRINH_DECL friend bool operator==(const target& a, const target& b);
};

struct branch {
    enum class kind : std::uint8_t {
        done,  ///< `xong →`
        ok,
        nok,        ///< reserved outcomes
        named,      ///< `kết quả "…" →`
        condition,  ///< `nếu … →`
        otherwise,  ///< `còn lại →`
        next,       ///< nothing written, `các bước theo thứ tự`
    };
    kind what = kind::done;
    std::string name;               ///< of a named result
    std::optional<condition> when;  ///< of `nếu`, or the option at the end of an outcome's line
    target to;
    bool reason = false;               ///< `nêu lý do`
    std::uint32_t at_most = 0;         ///< `tối đa 3 lần`; 0 without a limit
    std::optional<target> afterwards;  ///< `sau đó →`
    furniture source;
    place where;
    /// The outcome as a command names it: "xong", "OK", "NOK" or the name.
    [[nodiscard]] QUYTRINH_DECL std::string outcome() const;
    QUYTRINH_DECL friend bool operator==(const branch& a, const branch& b);
};

/// `mở quy trình X …` (must) or `khi cần mở quy trình X` (may).
struct link_clause {
    std::string procedure;
    bool may = false;
    std::string at_step;                                        ///< `tại bước 5.3`
    std::vector<std::pair<std::string, std::string>> carrying;  ///< field here → field there
    bool replacing = false;                                     ///< `thay cho hồ sơ này`
    std::optional<condition> when;
    place where, procedure_where;
    QUYTRINH_DECL friend bool operator==(const link_clause& a, const link_clause& b);
};

enum class step_kind : std::uint8_t {
    step,
    consultation,  ///< `xin ý kiến … tại bước …`: a side question that comes back to the same task
};

struct step {
    step_kind kind = step_kind::step;
    std::string id;
    std::string title;
    lead_clause lead;                  ///< of a consultation: who is asked (`hỏi`)
    std::string recorder;              ///< `người ghi nhận`, for an external lead
    std::vector<party_clause> with;    ///< `phối hợp`
    std::vector<party_clause> inform;  ///< `báo tin`
    std::vector<std::string> work;
    std::vector<std::string> channels;  ///< strings
    std::string channel_catalogue;      ///< or a catalogue
    std::vector<std::string> inputs, outputs;
    std::vector<form_act> acts;
    std::vector<precondition> preconditions;
    std::vector<assignment_clause> assignments;
    std::vector<separation_clause> separations;
    std::vector<time_limit> limits;
    bool not_counted = false;       ///< `không tính thời gian`
    bool must_acknowledge = false;  ///< `phải xác nhận đã nhận`
    std::vector<branch> branches;
    std::vector<link_clause> links;
    // of a consultation:
    std::vector<std::string> at_steps;  ///< where it may be raised
    bool at_any_step = false;           ///< `tại mọi bước`
    std::vector<std::string> answers;   ///< `trả lời "A", "B"`; empty for free text
    furniture source;
    std::string doc;
    place where;
    QUYTRINH_DECL friend bool operator==(const step& a, const step& b);
};

}  // namespace quytrinh
