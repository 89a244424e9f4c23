// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/procedure.hpp: a whole procedure, as an immutable value.
#pragma once

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/model/form.hpp>
#include <quytrinh/model/party.hpp>
#include <quytrinh/model/procedure_ptr.hpp>
#include <quytrinh/model/step.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/due.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

struct diagnostic;      // base/diagnostic.hpp
struct unread_clauses;  // model/unread.hpp

/// A date that a document may know only to the month (`12/2023`) or not at all.
struct document_date {
    bool stated = false;   ///< false: `không nêu` or not written
    bool written = false;  ///< the clause stands in the text
    int year = 0;
    unsigned month = 0;  ///< 0 when only a year is known
    unsigned day = 0;    ///< 0 when only a month is known
    friend bool operator==(const document_date&, const document_date&) = default;
};

/// The first day that it names: of its month or its year where no day is known. Nothing when it is
/// not stated.
[[nodiscard]] QUYTRINH_DECL std::optional<date> first_day_of(const document_date& of) noexcept;
/// "01/01/2024", "01/2024", "2024": as far as it is known.
[[nodiscard]] QUYTRINH_DECL std::string to_day_first(const document_date& of);

/// Drafter, checker or approver: a title (a post), with a name where the text gives one.
struct signatory {
    std::string name;
    std::string title;
    friend bool operator==(const signatory&, const signatory&) = default;
};

/// The furniture of the document's first pages.
struct document_head {
    std::string part_of;          ///< `thuộc tài liệu QT.CTCL`
    std::string agency;           ///< `cơ quan`
    std::string issue, revision;  ///< "01", "00"; "không nêu" leaves them empty
    document_date issued, effective;
    std::vector<signatory> drafters, checkers, approvers;
    std::vector<std::string> bases, cites;
    std::string purpose, scope;
    std::vector<std::string> owners;  ///< party codes
    struct copy_to {
        std::vector<std::string> parties;
        std::vector<std::string> purposes;  ///< the Vietnamese word, or a text
        friend bool operator==(const copy_to&, const copy_to&) = default;
    };
    std::vector<copy_to> copies;  ///< `nơi nhận`
    friend bool operator==(const document_head&, const document_head&) = default;
};

struct term {
    std::string code;
    std::string meaning;
    furniture source;
    place where;
    QUYTRINH_DECL friend bool operator==(const term& a, const term& b);
};

/// `tài liệu QT.BIS.01 "…"`: something referred to that is not written in this language.
struct document {
    std::string code;
    std::string title;
    furniture source;
    place where;
    QUYTRINH_DECL friend bool operator==(const document& a, const document& b);
};

/// `được rút: ĐVYC, trước bước 5` and its like: rights beyond the source, off unless written.
struct right_clause {
    enum class kind : std::uint8_t { withdraw, cancel };
    kind what = kind::withdraw;
    std::vector<std::string> parties;
    std::string before_step;
    place where;
    QUYTRINH_DECL friend bool operator==(const right_clause& a, const right_clause& b);
};

/// `hạn chung 10 ngày làm việc [từ bước a đến bước b] [nếu …]`.
struct overall_limit {
    amount length;
    std::string from_step, to_step;
    std::optional<condition> when;
    place where;
    QUYTRINH_DECL friend bool operator==(const overall_limit& a, const overall_limit& b);
};

/// `bỏ qua QT4015 vì "…"`: a warning or hint that the author knows of and answers for, about the
/// line below or, where that has none, about the header of the block it stands in. Never an error.
struct silence {
    std::uint16_t code = 0;
    std::string reason;
    place where;
    place below;       ///< the next line that says something
    place header;      ///< the header of its block
    bool met = false;  ///< the reader of the text has found such a thing there, and left it out
    QUYTRINH_DECL friend bool operator==(const silence& a, const silence& b);
};

/// Takes out the findings that a silence answers for, errors never, and marks those silences as
/// met. Gives how many were taken out, by severity: the caller's counts are its own.
struct silenced {
    std::uint32_t warnings = 0, hints = 0;
};
QUYTRINH_DECL silenced hush(std::vector<silence>& all, std::vector<diagnostic>& found);

/// A checked, closed text as a value. Built once (language/parse.hpp), shared by pointer, read from
/// any thread. The model, not the text, is the only truth about flow; `sources` and the places in
/// it serve messages and drawings.
struct procedure {
    std::string code;
    std::string title;
    dialect words = dialect::vi;
    int edition = 1;
    document_head head;
    furniture source;
    std::string doc;

    counting_rule rule = counting_rule::blds_2015;
    time_unit plain_day = time_unit::day;    ///< what a bare `ngày` means: day or working_day
    time_unit plain_hour = time_unit::hour;  ///< hour or working_hour
    std::string calendar_code;               ///< `theo lịch HC.VN`; empty: the host's default
    bool steps_in_order = false;
    bool no_deadlines_stated = false;
    bool no_records_stated = false;
    std::vector<overall_limit> overall;
    std::vector<right_clause> rights;
    std::vector<std::string> may_open_at;  ///< `được mở tại bước 5.3`

    std::vector<term> terms;
    std::vector<document> documents;
    std::vector<party> parties;
    std::vector<catalogue> catalogues;  ///< checklists too
    std::vector<form> forms;
    std::vector<record> records;
    std::vector<calendar> calendars;
    std::vector<step> steps;  ///< consultations too, as printed

    std::vector<source_text> sources;  ///< the file and its imports, in resolution order
    digest256 hash{};                  ///< SHA-256 of the closed text (see closed_text)
    place where;
    /// Of a draft, a text with errors, what of it is not known; null of every other. A draft is for
    /// the checker, never to be executed.
    std::shared_ptr<const unread_clauses> unread;
    place calendar_where{};  ///< of `theo lịch …`
    std::vector<silence> silences;

    [[nodiscard]] QUYTRINH_DECL const step* find_step(std::string_view id) const noexcept;
    [[nodiscard]] QUYTRINH_DECL const party* find_party(std::string_view code) const noexcept;
    [[nodiscard]] QUYTRINH_DECL const form* find_form(std::string_view code) const noexcept;
    [[nodiscard]] QUYTRINH_DECL const catalogue* find_catalogue(
        std::string_view code) const noexcept;
    [[nodiscard]] QUYTRINH_DECL const record* find_record(std::string_view code) const noexcept;
    /// The first printed step, which starts the case; null when there is none.
    [[nodiscard]] QUYTRINH_DECL const step* first_step() const noexcept;
    /// Equal models; places, sources, hash and dialect (a spelling) are not compared: the
    /// formatter's law needs that.
    [[nodiscard]] QUYTRINH_DECL bool same_meaning(const procedure& other) const;

    /// Makes find_step O(log n); the parser calls it once all steps stand. Without it, or after
    /// steps have changed, find_step still answers rightly, in O(n).
    QUYTRINH_DECL void index_steps();

private:
    std::vector<std::uint32_t> steps_by_id_;
};

/// The bytes that are pinned and hashed: every text in resolution order, each with its name and
/// length (decimal, in a header line), so that two different sets of files never give the same
/// bytes.
[[nodiscard]] QUYTRINH_DECL std::string closed_text(const std::vector<source_text>& sources);
/// The texts back from closed_text; errc::store_corrupt when the bytes are not one.
[[nodiscard]] QUYTRINH_DECL result<std::vector<source_text>> open_closed_text(
    std::string_view bytes);

}  // namespace quytrinh
