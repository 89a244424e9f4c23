// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/coverage.hpp: what of a procedure the cases of a test have touched, and what
// not.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure_ptr.hpp>
#include <quytrinh/render/draw.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace quytrinh::testing {

/// What is counted. Reminders and escalations are not, because the language has none yet; nor is a
/// limit that cannot be missed (`không nêu`, `theo quy định tại`).
enum class cover : std::uint8_t {
    step,    ///< completed (by every lead, where they lead jointly)
    branch,  ///< this line was the way on
    used_up,  ///< `tối đa 3 lần` was reached: the `sau đó →` taken, without one the last time
    kept,     ///< a task under this `thời hạn` line was done in time
    missed,        ///< … was not
    case_kept,     ///< the case, or the part of its way, ended within this `hạn chung`
    case_missed,   ///< … did not
    consultation,  ///< asked and answered
    answer,        ///< this one of its written answers was given
    acted,         ///< somebody acted as this party, which leads, is asked or notes
    told,          ///< this party, which only coordinates or is informed, was told something
    record,        ///< kept by this step
    link,          ///< this linked case was opened
    precondition,  ///< confirmed
};

/// One thing to cover, with the place of the line that it comes from.
struct coverage_item {
    cover what = cover::step;
    std::string step;         ///< or consultation; empty for what belongs to the case
    std::uint32_t index = 0;  ///< of the branch, limit, answer, record, link or precondition
    std::string subject;  ///< an outcome, an answer, a party, a record, a procedure, a condition
    place where;
    std::uint64_t times = 0;  ///< how often
    std::string first;        ///< label of the case that was first
};

/// Counts over whole cases. Reads nothing but events, so it serves for cases of a scenario, of a
/// world, or of an office. Not thread-safe.
class QUYTRINH_DECL coverage {
public:
    explicit coverage(procedure_ptr of);

    /// A case belongs to the text that it was opened with, file names included. `same` is `of()`
    /// read under other names: its cases count from now on. False when it says anything else.
    bool also_of(const procedure& same);
    /// One case from its opening on; of a case of another text nothing is counted. An event that
    /// cannot follow ends the reading: errc::store_corrupt.
    result<void> add(std::span<const case_event> history, std::string_view label = {});
    /// The same of a case that still runs: `so_far` is what it had come to, and then what it has.
    result<void> follow(case_state& so_far, std::span<const case_event> next,
                        std::string_view label = {});
    /// Limits of the whole case, when it has come this far.
    void conclude(const case_state& so_far, std::string_view label = {});
    /// Adds what another count of the same text has seen.
    void merge(const coverage& other);

    [[nodiscard]] const procedure& of() const noexcept { return *of_; }
    [[nodiscard]] const std::vector<coverage_item>& items() const noexcept { return items_; }
    [[nodiscard]] std::size_t total() const noexcept { return items_.size(); }
    [[nodiscard]] std::size_t covered() const noexcept { return covered_; }
    /// Rounded down, so that 100 means everything; 100 where there is nothing to cover.
    [[nodiscard]] unsigned percent() const noexcept;
    [[nodiscard]] std::vector<const coverage_item*> missing() const;
    /// How often; nothing where there is no such thing to cover. `subject` only without a step.
    [[nodiscard]] std::optional<std::uint64_t> times(cover what, std::string_view step,
                                                     std::uint32_t index = 0,
                                                     std::string_view subject = {}) const;

private:
    struct reading;
    /// What belongs to no step is told apart by its subject.
    using key = std::tuple<cover, std::string, std::uint32_t, std::string>;
    using key_view = std::tuple<cover, std::string_view, std::uint32_t, std::string_view>;
    struct by_view {
        using is_transparent = void;
        bool operator()(const key_view& a, const key_view& b) const noexcept { return a < b; }
    };
    [[nodiscard]] static key_view key_of(cover what, std::string_view step, std::uint32_t index,
                                         std::string_view subject);
    void want(cover what, std::string step, std::uint32_t index, std::string subject, place where);
    void want_parties();
    void hit(cover what, const std::string& step, std::uint32_t index, const std::string& subject,
             std::string_view label);
    [[nodiscard]] bool is_of(const digest256& definition) const noexcept;
    procedure_ptr of_;
    std::vector<digest256> also_;
    std::vector<coverage_item> items_;
    std::size_t covered_ = 0;  ///< of the items
    std::map<key, std::size_t, by_view> by_key_;
};

/// "bước 2, NOK → bước 1" and its like: what it is, in few words.
[[nodiscard]] QUYTRINH_DECL std::string describe(const coverage_item& item, const procedure& of,
                                                 language words);
/// How much is covered of each kind, then every thing that is not, with file:line and the line as
/// it is written.
[[nodiscard]] QUYTRINH_DECL std::string to_text(const coverage& what, language words);
/// One JSON object: procedure, covered, total, percent, items.
[[nodiscard]] QUYTRINH_DECL std::string to_json(const coverage& what);
/// For draw_svg: what is covered, partly covered and missing, with a legend.
[[nodiscard]] QUYTRINH_DECL draw_overlay overlay_of(const coverage& what, language words);

}  // namespace quytrinh::testing
