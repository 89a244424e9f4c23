// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/edited_text.ipp: after an edit, the steps that it touches are read again
// into the state that a whole reading left, and what lies below is moved.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/edited_text.hpp>
#include <quytrinh/language/impl/places.hpp>
#include <quytrinh/language/impl/reading.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

namespace quytrinh {

namespace detail::grammar {

struct edited_state {
    edited_state(std::string file, std::string written, import_resolver from, const limits& within)
        : name(std::move(file)),
          text(std::move(written)),
          imports(std::move(from)),
          bounds(within) {}

    std::string name, text;
    import_resolver imports;
    limits bounds;

    std::unique_ptr<reading> read;  ///< null: the next edit reads the whole
    text_parts parts;
    std::vector<reporter::finding> found;  ///< silences not yet heard
    const vocabulary* words = nullptr;     ///< that names are told in
    std::shared_ptr<procedure> made;       ///< holds the model, if it was given
    std::size_t lines_read = 0;
    parsed out;

    void read_whole();
    void give(std::vector<source_text> sources, diagnostic_list list);
    [[nodiscard]] bool can_be_read_by_parts() const;
};

/// One edit, from the parts that it touches to the result.
class part_reader {
public:
    using state = edited_state;
    explicit part_reader(state& s) : s_(s), b_(s.read->built()), report_(s.read->report()) {}

    static void forget_names_used(builder& b) {
        b.uses_.clear();
        b.field_uses_.clear();
    }
    [[nodiscard]] static const vocabulary* words_of(const builder& b) { return b.words_; }

    /// Before the text changes: which steps the edit touches. False: none that can be read alone.
    [[nodiscard]] bool choose(span where, std::string_view with) {
        const auto& all = s_.parts.all;
        const auto after =
            std::upper_bound(all.begin(), all.end(), where.begin,
                             [](std::uint32_t at, const text_part& one) { return at < one.begin; });
        if (after == all.begin()) return false;
        first_ = static_cast<std::size_t>(after - all.begin()) - 1;
        last_ = first_;
        while (where.end >= all[last_].end && last_ + 1 < all.size()) ++last_;
        const text_part& from = all[first_];
        begin_ = from.begin;
        old_end_ = all[last_].end;
        delta_ = static_cast<std::int64_t>(with.size()) - (where.end - where.begin);
        new_end_ = static_cast<std::uint32_t>(old_end_ + delta_);
        if (first_ == 0 || !all[first_ - 1].closed || begin_ < s_.parts.settled ||
            begin_ < b_.procedure_place.range.end || begin_ < 64)
            return false;
        for (std::size_t i = first_; i <= last_; ++i)
            if (!all[i].alone) return false;
        // A block of text may reach from one part into others.
        return text_between(begin_, old_end_).find("\"\"\"") == std::string_view::npos &&
               !looked_at_from_above();
    }

    /// After the text has changed. False: read the whole.
    [[nodiscard]] bool run() {
        const std::string_view text = s_.text;
        if (text_between(begin_, new_end_).find("\"\"\"") != std::string_view::npos) return false;
        if (text[begin_ - 1] == '\r' && begin_ < text.size() && text[begin_] == '\n') return false;
        if (!within_bounds()) return false;
        take_model();
        if (!take_steps_out() || !read_again()) return false;
        if (!move_what_lies_below() || !settle_doubts()) return false;
        b_.words_ = s_.words;
        b_.resolve_names_of(first_step_, count_);
        keep_headings();
        return finish();
    }

private:
    [[nodiscard]] std::string_view text_between(std::uint32_t from, std::uint32_t to) const {
        return std::string_view(s_.text).substr(from, to - from);
    }
    [[nodiscard]] bool in_part(const place& where) const {
        return where.file == 0 && where.range.begin >= begin_ &&
               (where.range.end <= old_end_ && (where.range.begin < old_end_ || at_end()));
    }
    [[nodiscard]] bool at_end() const { return last_ + 1 == s_.parts.all.size(); }

    /// A line that was not understood may have looked at some twenty lines below it.
    [[nodiscard]] bool looked_at_from_above() const {
        std::size_t from = begin_;
        for (int lines = 0; lines < 25 && from > 0; ++lines)
            from = from < 2 ? 0 : std::string_view(s_.text).find_last_of("\r\n", from - 2) + 1;
        return std::any_of(s_.found.begin(), s_.found.end(), [&](const auto& one) {
            return one.look == looking_at::lines && one.what.where.file == 0 &&
                   one.what.where.range.begin >= from && one.what.where.range.begin < begin_;
        });
    }

    [[nodiscard]] bool within_bounds() {
        const limits& bounds = s_.read->bounds();
        std::size_t total = s_.text.size();
        for (std::size_t i = 1; i < s_.out.sources.size(); ++i)
            total += s_.out.sources[i].text().size();
        if (s_.text.size() > bounds.definition_bytes ||
            (s_.out.sources.size() > 1 && total > bounds.import_bytes))
            return false;
        budget_ = steps_allowed(s_.text.size());
        for (std::size_t i = 0; i < s_.parts.all.size(); ++i) {
            if (i >= first_ && i <= last_) continue;
            const std::uint64_t spent = s_.parts.all[i].spent;
            if (spent >= budget_) return false;
            budget_ -= spent;
        }
        return true;
    }

    /// The model comes back from who was given it, as a copy if somebody still holds it.
    void take_model() {
        sources_ = std::move(s_.out.sources);
        s_.out = {};
        if (s_.made == nullptr) {
            s_.made = std::make_shared<procedure>();
        } else if (s_.made.use_count() == 1) {
            // Who let go of it last may have read it in another thread.
            std::atomic_thread_fence(std::memory_order_acquire);
            b_.model_ = std::move(*s_.made);
        } else {
            // Made and moved: assigning a copy would be as much code again.
            procedure copy{*s_.made};
            b_.model_ = std::move(copy);
            s_.made = std::make_shared<procedure>();
        }
    }

    [[nodiscard]] bool take_steps_out() {
        first_step_ = s_.parts.all[first_].first_step;
        count_ = last_ - first_ + 1;
        steps_ = std::move(b_.model_.steps);
        b_.model_.steps.clear();
        for (std::size_t i = first_step_; i < first_step_ + count_; ++i) {
            const std::string& id = steps_[i].id;
            const auto declared = b_.steps_.find(id);
            const auto heading = b_.step_headings_.find(id);
            // Of two steps with one number the first has it.
            if (declared == b_.steps_.end() || !in_part(declared->second) ||
                heading == b_.step_headings_.end())
                return false;
            headings_.push_back(heading->second);
            b_.steps_.erase(declared);
            b_.step_headings_.erase(heading);
        }
        for (silence& one : b_.model_.silences) {
            if (in_part(one.where)) continue;
            one.met = false;
            silences_.push_back(std::move(one));
        }
        b_.model_.silences.clear();
        lost_ = std::move(b_.lost_);
        b_.lost_.clear();
        for (std::size_t i = 0; i < count_; ++i) lost_.erase(first_step_ + i);
        return true;
    }

    [[nodiscard]] std::size_t declarations() const {
        const procedure& p = b_.model_;
        return p.parties.size() + p.forms.size() + p.catalogues.size() + p.records.size() +
               p.calendars.size() + p.terms.size() + p.documents.size() + p.overall.size() +
               p.rights.size() + b_.scenarios_.size() + b_.imports.size() + b_.contents_.size();
    }
    /// Suggestions for a line know only what was declared above it.
    [[nodiscard]] bool declares_below() const {
        const auto below = [&](const auto& one) {
            return one.where.file != 0 || one.where.range.begin >= begin_;
        };
        const procedure& p = b_.model_;
        return !b_.contents_.empty() || std::any_of(p.parties.begin(), p.parties.end(), below) ||
               std::any_of(p.forms.begin(), p.forms.end(), below);
    }

    [[nodiscard]] bool read_again() {
        const std::size_t before = declarations();
        headings_before_ = report_.headings();
        report_.looking = looking_at::lines;
        again_.heading = s_.parts.heading;
        if (!again_.read_again(b_, s_.text, begin_, new_end_, budget_)) return false;
        if (declarations() != before || b_.model_.steps.size() != count_ ||
            again_.all.size() != count_)
            return false;
        if (report_.list().total() > 0 && declares_below()) return false;
        for (std::size_t i = 0; i < count_; ++i) {
            const step& now = b_.model_.steps[i];
            const step& then = steps_[first_step_ + i];
            if (now.id != then.id || now.kind != then.kind) return false;
            again_.all[i].first_step = first_step_ + i;
        }
        for (const auto& [at, kinds] : b_.lost_) lost_[first_step_ + at] = kinds;
        return true;
    }

    /// Where a place of the lines around the part is now. What reaches into the part cannot be
    /// told.
    void move(place& where) {
        if (where.file != 0 || where.range.end <= begin_) return;
        if (where.range.begin < old_end_) {
            torn_ = true;
            return;
        }
        where.range.begin = static_cast<std::uint32_t>(where.range.begin + delta_);
        where.range.end = static_cast<std::uint32_t>(where.range.end + delta_);
    }

    [[nodiscard]] bool move_what_lies_below() {
        const auto mover = [this](place& where) { move(where); };
        place_mover<decltype(mover)> places{mover};
        std::vector<step> made = std::move(b_.model_.steps);
        std::vector<silence> answers = std::move(b_.model_.silences);
        b_.model_.steps.clear();
        b_.model_.silences.clear();
        places.all(b_.model_);
        for (std::size_t i = first_step_ + count_; i < steps_.size(); ++i) places.of(steps_[i]);
        for (silence& one : silences_) places.of(one);
        for (auto& one : b_.codes_) move(one.second.where);
        for (auto* names : {&b_.terms_, &b_.documents_, &b_.alias_places_})
            for (auto& one : *names) move(one.second);
        move(b_.procedure_place);
        for (auto& [id, where] : b_.steps_)
            if (where.range.begin >= old_end_) move(where);
        auto& found = s_.found;
        found.erase(std::remove_if(found.begin(), found.end(),
                                   [&](const auto& one) { return in_part(one.what.where); }),
                    found.end());
        for (auto& one : found) places.of(one.what);
        for (std::size_t i = 0; i < count_; ++i) steps_[first_step_ + i] = std::move(made[i]);
        b_.model_.steps = std::move(steps_);
        put_silences_back(std::move(answers));
        b_.lost_ = std::move(lost_);
        return !torn_;
    }

    void put_silences_back(std::vector<silence> made) {
        auto at = std::find_if(silences_.begin(), silences_.end(), [&](const silence& one) {
            return one.where.file != 0 || one.where.range.begin >= begin_;
        });
        silences_.insert(at, std::make_move_iterator(made.begin()),
                         std::make_move_iterator(made.end()));
        b_.model_.silences = std::move(silences_);
    }

    /// What lines that were not understood excuse elsewhere must be what it was.
    [[nodiscard]] bool settle_doubts() {
        auto& all = s_.parts.all;
        doubts then, now;
        for (std::size_t i = first_; i <= last_; ++i) then.add(all[i].left);
        for (const text_part& one : again_.all) now.add(one.left);
        if (then.nameless != now.nameless) return false;
        for (const std::string& name : then.names)
            if (now.names.count(name) == 0 && b_.pardoned_.count(name) != 0) return false;
        const bool missed = std::any_of(s_.found.begin(), s_.found.end(), [](const auto& one) {
            return one.look == looking_at::names;
        });
        for (const std::string& name : now.names)
            if (missed && then.names.count(name) == 0) return false;
        std::move(again_.all.begin(), again_.all.end(),
                  all.begin() + static_cast<std::ptrdiff_t>(first_));
        for (std::size_t i = last_ + 1; i < all.size(); ++i) {
            all[i].begin = static_cast<std::uint32_t>(all[i].begin + delta_);
            all[i].end = static_cast<std::uint32_t>(all[i].end + delta_);
        }
        s_.parts.together(b_, s_.read->of_imports());
        return true;
    }

    void keep_headings() {
        for (std::size_t i = 0; i < count_; ++i) {
            std::uint32_t& heading = b_.step_headings_.at(b_.model_.steps[first_step_ + i].id);
            report_.replace_heading(headings_[i], heading);
            heading = headings_[i];
        }
        report_.forget_headings(headings_before_);
    }

    [[nodiscard]] bool finish() {
        forget_names_used(b_);
        auto made = report_.take_findings();
        s_.found.insert(s_.found.end(), std::make_move_iterator(made.begin()),
                        std::make_move_iterator(made.end()));
        if (s_.found.size() >= s_.read->bounds().diagnostics) return false;
        sources_.front() = source_text(s_.name, s_.text);
        b_.model_.hash = sha256(closed_text(sources_));
        s_.lines_read = again_.lines_read;
        diagnostic_list list;
        for (const auto& one : s_.found) list.add(one.what, s_.found.size());
        list.sort();
        s_.give(std::move(sources_), std::move(list));
        return true;
    }

    state& s_;
    builder& b_;
    reporter& report_;
    std::size_t first_ = 0, last_ = 0;        ///< parts
    std::size_t first_step_ = 0, count_ = 0;  ///< their steps
    std::uint32_t begin_ = 0, old_end_ = 0, new_end_ = 0;
    std::int64_t delta_ = 0;
    std::uint64_t budget_ = 0;
    bool torn_ = false;
    text_parts again_;
    std::vector<source_text> sources_;
    std::vector<step> steps_;
    std::vector<silence> silences_;
    std::vector<std::uint32_t> headings_;
    std::size_t headings_before_ = 0;
    std::unordered_map<std::size_t, unread_clauses::kinds> lost_;
};

bool edited_state::can_be_read_by_parts() const {
    // What tells the dialect, and where the procedure begins, must stand above all steps.
    const bool doubtful = std::any_of(found.begin(), found.end(), [](const auto& one) {
        return one.what.code == diag::edition_line_missing ||
               one.what.code == diag::edition_line_wrong || one.what.code == diag::edition_newer ||
               one.what.code == diag::dialect_differs || one.what.code == diag::second_procedure;
    });
    return !doubtful && !parts.whole_only && parts.settled != 0 && read->built().has_procedure() &&
           out.scenarios == nullptr;
}

/// Hands the model out with all that was found.
void edited_state::give(std::vector<source_text> sources, diagnostic_list list) {
    out = conclude(read->built(), std::move(sources), std::move(list), made);
    if (!out.definition && !out.library && !out.draft) made.reset();
}

void edited_state::read_whole() {
    read.reset();
    parts = {};
    found.clear();
    out = {};
    made = std::make_shared<procedure>();
    auto fresh = std::make_unique<reading>(imports, bounds);
    fresh->keep_parts(parts);
    fresh->run(name, text);
    reporter& report = fresh->report();
    const bool all_kept = report.list().total() < fresh->bounds().diagnostics;
    diagnostic_list list;
    if (all_kept) {
        found = report.take_findings();
        for (const auto& one : found) list.add(one.what, found.size());
        list.sort();
    } else {
        list = report.take();
    }
    std::vector<source_text> sources = std::move(fresh->sources());
    read = std::move(fresh);
    give(std::move(sources), std::move(list));
    lines_read = parts.lines_read;
    words = part_reader::words_of(read->built());
    part_reader::forget_names_used(read->built());
    if (!all_kept || !can_be_read_by_parts()) read.reset();
}

}  // namespace detail::grammar

struct edited_text::state : detail::grammar::edited_state {
    using edited_state::edited_state;
};

edited_text::edited_text(std::string name, std::string text, import_resolver imports,
                         const limits& bounds)
    : state_(
          std::make_unique<state>(std::move(name), std::move(text), std::move(imports), bounds)) {
    state_->read_whole();
}

edited_text::~edited_text() = default;
edited_text::edited_text(edited_text&&) noexcept = default;
edited_text& edited_text::operator=(edited_text&&) noexcept = default;

const parsed& edited_text::reading() const noexcept { return state_->out; }
std::string_view edited_text::text() const noexcept { return state_->text; }
std::size_t edited_text::lines_read() const noexcept { return state_->lines_read; }

result<void> edited_text::edit(span where, std::string_view with) {
    using detail::grammar::part_reader;
    state& s = *state_;
    if (where.begin > where.end || where.end > s.text.size())
        return fail(errc::invalid_argument, {"text"});
    std::unique_ptr<part_reader> part;
    if (s.read) part = std::make_unique<part_reader>(s);
    const bool chosen = part && part->choose(where, with);
    s.text.replace(where.begin, where.end - where.begin, with);
    try {
        if (!chosen || !part->run()) s.read_whole();
    } catch (...) {
        // No edit goes on from what was half done.
        s.read.reset();
        throw;
    }
    return {};
}

}  // namespace quytrinh
