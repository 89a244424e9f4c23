// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/parse.hpp: from texts to a procedure, with everything that is wrong.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/language/imports.hpp>
#include <quytrinh/model/procedure_ptr.hpp>
#include <quytrinh/time/due.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

struct calendar;       // time/calendar.hpp
struct scenario_list;  // model/scenario.hpp

/// What a parse gives: always the diagnostics and the texts, and the definitions where there are no
/// errors outside scenarios.
struct parsed {
    /// The procedure of the file; null when the text is wrong or the file is a library.
    procedure_ptr definition;
    /// A library file (units, forms, calendars and no procedure): what it declares, else empty.
    procedure_ptr library;
    /// What could be read of a procedure with errors, when every line about its flow was
    /// understood: for the checker, so that one run reports mistakes of both kinds. Never to be
    /// executed.
    procedure_ptr draft;
    /// The scenarios of the file (not of its imports), as far as they could be read; null when
    /// there are none. Whoever looks into them includes model/scenario.hpp. Of a file without a
    /// procedure their names are not judged yet (language/scenarios.hpp).
    std::shared_ptr<const scenario_list> scenarios;
    diagnostic_list diagnostics;
    std::vector<source_text> sources;
    /// Those of the errors that lie inside scenarios. They spoil the scenario (scenario::errors)
    /// and not the procedure, which is handed out, opened and drawn all the same.
    std::uint32_t scenario_errors = 0;

    /// No error anywhere.
    [[nodiscard]] bool ok() const noexcept { return diagnostics.ok(); }
    /// None but in scenarios.
    [[nodiscard]] bool sound() const noexcept { return diagnostics.errors == scenario_errors; }
};

/// Reads one file and its imports. Names are resolved, sections 2xxx included; flow and limits are
/// judged by the module `check`. Never throws for bad text, only std::bad_alloc. Time and memory
/// are linear in the length of the text, the stack is bounded (nesting is guarded before the
/// grammar sees it). Thread-safe.
[[nodiscard]] QUYTRINH_DECL parsed parse(std::string name, std::string text,
                                         const import_resolver& imports = {},
                                         const limits& bounds = {});

/// Reads a closed text that was checked when its case opened: names are resolved, nothing is judged
/// again, so that a check which has become stricter never stops a running case.
[[nodiscard]] QUYTRINH_DECL result<procedure_ptr> parse_pinned(std::string_view closed,
                                                               const limits& bounds = {});

/// A limit as an officer writes it (`chậm nhất 03 ngày làm việc`, `at most 2 hours`), for `quytrinh
/// due`. The error carries diagnostics: of the dialect in which less is wrong, else of `first`.
struct written_limit {
    enum class kind : std::uint8_t {
        count,         ///< `length`
        not_stated,    ///< `không nêu`: nothing to count
        immediately,   ///< `ngay lập tức`: nothing to count
        before_date,   ///< `trước ngày …`: `day` itself is too late
        through_date,  ///< `đến hết ngày …`
    };
    kind what = kind::count;
    amount length;
    std::optional<date> day;
    dialect words = dialect::vi;
};
[[nodiscard]] QUYTRINH_DECL result<written_limit> parse_limit(std::string_view text,
                                                              dialect first = dialect::vi);

/// The calendars of a calendar file; the error carries the diagnostics.
[[nodiscard]] QUYTRINH_DECL result<std::vector<calendar>> parse_calendars(std::string name,
                                                                          std::string text);

}  // namespace quytrinh
