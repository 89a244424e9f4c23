// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/reporter.hpp: where findings go while texts are read: with their heading,
// counted, a bounded number of them kept.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

/// Where the first text has an error, whether or not the finding itself was kept.
struct error_place {
    span where;
    std::uint16_t code = 0;
};

/// Which look at the texts found it.
enum class looking_at : std::uint8_t { lines, names, whole };

class reporter {
public:
    explicit reporter(std::size_t keep) : keep_(keep) { headings_.emplace_back(); }

    /// Headings are kept for the whole run, so that a name that turns out unknown at the end of the
    /// text is still reported under its step.
    std::uint32_t enter(std::string heading) {
        headings_.push_back(std::move(heading));
        heading_ = static_cast<std::uint32_t>(headings_.size() - 1);
        return heading_;
    }
    void resume(std::uint32_t heading) noexcept { heading_ = heading; }
    [[nodiscard]] std::uint32_t heading() const noexcept { return heading_; }

    /// From now on notes the place of every error of the first text.
    void note_errors(std::vector<error_place>* places) noexcept { errors_ = places; }

    /// Suggestions are worth their cost only while somebody will read them.
    [[nodiscard]] bool keeping() const noexcept { return list_.items.size() < keep_; }

    void report(std::uint16_t code, place where, std::vector<std::string> args = {},
                std::optional<text_fix> fix = {}, std::vector<related_place> related = {}) {
        diagnostic item;
        item.code = code;
        const catalogue_row* row = find_diagnostic(code);
        item.level = row != nullptr ? row->level : severity::error;
        if (errors_ != nullptr && where.file == 0 && item.level == severity::error)
            errors_->push_back({where.range, code});
        if (keeping()) {
            looks_.push_back(looking);
            item.where = where;
            item.heading = headings_[heading_];
            item.args = std::move(args);
            item.fix = std::move(fix);
            item.related = std::move(related);
        }
        list_.add(std::move(item), keep_);
    }

    [[nodiscard]] const diagnostic_list& list() const noexcept { return list_; }
    looking_at looking = looking_at::lines;

    /// What was found since the last call, in the order of finding, with the look that found it.
    struct finding {
        looking_at look = looking_at::lines;
        diagnostic what;
    };
    [[nodiscard]] std::vector<finding> take_findings() {
        std::vector<finding> out;
        for (std::size_t i = 0; i < list_.items.size(); ++i)
            out.push_back({looks_[i], std::move(list_.items[i])});
        looks_.clear();
        list_ = {};
        return out;
    }
    /// Headings past these are forgotten; the last one that `from` names takes the place of `to`.
    [[nodiscard]] std::size_t headings() const noexcept { return headings_.size(); }
    void replace_heading(std::uint32_t to, std::uint32_t from) {
        headings_[to] = std::move(headings_[from]);
    }
    void forget_headings(std::size_t past) {
        headings_.resize(past);
        heading_ = 0;
    }
    [[nodiscard]] diagnostic_list take() {
        list_.sort();
        return std::move(list_);
    }

private:
    std::size_t keep_;
    std::vector<std::string> headings_;
    std::uint32_t heading_ = 0;
    std::vector<error_place>* errors_ = nullptr;
    std::vector<looking_at> looks_;  ///< of what is kept
    diagnostic_list list_;
};

/// A fix of one edit.
[[nodiscard]] inline text_fix replace(place where, std::string text, bool safe) {
    text_fix fix;
    fix.safe = safe;
    fix.edits.push_back({where, std::move(text)});
    return fix;
}

}  // namespace quytrinh::detail::grammar
