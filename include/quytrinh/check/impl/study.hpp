// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/study.hpp: one procedure under study: its graph, its names by hash, who uses
// what, and the findings so far. Every rule works on this; none changes the procedure.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/check/impl/words.hpp>
#include <quytrinh/model/graph.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/unread.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

inline constexpr std::uint32_t none = 0xffffffff;

/// Things with a code, by code. Of two with the same code the first counts.
class code_index {
public:
    template <class Items>
    explicit code_index(const Items& items) {
        index_.reserve(items.size());
        for (std::uint32_t i = 0; i < items.size(); ++i) index_.try_emplace(items[i].code, i);
    }
    [[nodiscard]] std::uint32_t find(std::string_view code) const {
        const auto at = index_.find(code);
        return at == index_.end() ? none : at->second;
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> index_;
};

/// A field as a name found it. `form` is the form that was named, also when the field is one that
/// `có đủ nội dung như` brings in.
struct found_field {
    std::uint32_t form = none;
    const form_field* field = nullptr;
    bool ambiguous = false;
    explicit operator bool() const noexcept { return field != nullptr; }
};

/// Shape of the flow, computed once with Boost.Graph (flow.ipp).
struct flow_shape {
    std::vector<std::uint32_t> entries;  ///< the first step and the steps of `được mở tại`
    std::vector<char> reachable;         ///< by vertex, from any entry
    std::vector<std::uint32_t> component;  ///< strongly connected component by vertex
    std::uint32_t components = 0;
    std::vector<std::uint32_t> order;  ///< all vertices, topological when loops are left out
    std::vector<char> unresolved;      ///< by vertex: some way on of the step leads nowhere known
    bool open = false;                 ///< a step that is reached is one of those
    std::vector<char>
        stuck;  ///< by vertex, or empty: steps of loops that a case cannot leave (soundness.ipp)
};

class study {
public:
    study(const procedure& p, const check_context& c);
    study(const study&) = delete;
    study& operator=(const study&) = delete;

    const procedure& of;
    const check_context& context;
    const flow_graph graph;
    const words say;
    const code_index parties, forms, catalogues, records;
    flow_shape shape;
    /// Leaves of conditions that may still be tried with a value (guards.ipp): a bound on the
    /// whole.
    mutable std::size_t trials_left = 300'000;

    [[nodiscard]] bool is_step(std::uint32_t v) const {
        return v < of.steps.size() && of.steps[v].kind == step_kind::step;
    }
    [[nodiscard]] bool is_consultation(std::uint32_t v) const {
        return v < of.steps.size() && of.steps[v].kind == step_kind::consultation;
    }
    /// The vertex of a step (not of a consultation), or `none`.
    [[nodiscard]] std::uint32_t step_of(std::string_view id) const {
        const std::uint32_t v = graph.vertex_of(id);
        return is_step(v) ? v : none;
    }
    [[nodiscard]] found_field find_field(const field_ref& name) const;

    // What is not known, of a draft: the one place that rules ask before they say that something is
    // missing.
    using lost = unread_clauses;
    /// Were lines of these kinds in that step not understood, or names in them?
    [[nodiscard]] bool is_lost(std::uint32_t v, lost::kinds kinds) const {
        return v < lost_.size() && (lost_[v] & kinds) != 0;
    }
    [[nodiscard]] bool is_lost(const step& at, lost::kinds kinds) const {
        return !lost_.empty() && is_lost(static_cast<std::uint32_t>(&at - of.steps.data()), kinds);
    }
    /// In the heading.
    [[nodiscard]] bool heading_lost(lost::kinds kinds) const {
        return of.unread != nullptr && (of.unread->heading & kinds) != 0;
    }
    /// In some step, in one that is missing, or in the heading.
    [[nodiscard]] bool lost_anywhere(lost::kinds kinds) const {
        return (lost_anywhere_ & kinds) != 0;
    }
    [[nodiscard]] bool party_lost(std::size_t p) const {
        return of.unread != nullptr && of.unread->parties.count(p) != 0;
    }
    [[nodiscard]] bool form_lost(std::size_t f) const {
        return of.unread != nullptr && of.unread->forms.count(f) != 0;
    }
    [[nodiscard]] bool catalogue_lost(std::size_t c) const {
        return of.unread != nullptr && of.unread->catalogues.count(c) != 0;
    }
    [[nodiscard]] bool record_lost(std::size_t r) const {
        return of.unread != nullptr && of.unread->records.count(r) != 0;
    }
    /// May a line that was not understood have declared this?
    [[nodiscard]] bool may_be_declared(std::string_view name) const {
        return of.unread != nullptr && of.unread->may_declare(name);
    }

    /// Consultations that may be raised at a step; those `tại mọi bước` stand apart.
    [[nodiscard]] const std::vector<std::uint32_t>& consultations_at(std::uint32_t v) const {
        return consultations_at_[v];
    }
    [[nodiscard]] const std::vector<std::uint32_t>& hosts_of(std::uint32_t consultation) const {
        return hosts_of_[consultation];
    }
    [[nodiscard]] const std::vector<std::uint32_t>& consultations_anywhere() const {
        return consultations_anywhere_;
    }

    /// `quy trình QT.01 › bước 2 "…"`.
    [[nodiscard]] std::string heading() const { return say.procedure(of.code); }
    [[nodiscard]] std::string heading(const step& s) const {
        return heading() + " › " + say.named(s) + quoted(s.title);
    }
    template <class Item>
    [[nodiscard]] std::string heading(const std::string& header, const Item& item) const {
        return heading() + " › " + header + quoted(item.title);
    }

    /// Adds a finding; the clauses that its words quote (examples.inc) follow `args`.
    void report(diag::code code, const place& where, std::string heading,
                std::vector<std::string> args, std::vector<related_place> related = {},
                std::optional<text_fix> fix = {});
    void report(diag::code code, const place& where, const step& s, std::vector<std::string> args,
                std::vector<related_place> related = {}, std::optional<text_fix> fix = {}) {
        report(code, where, heading(s), std::move(args), std::move(related), std::move(fix));
    }
    /// False once so many are found that nobody will see the next: costly explanations can be left
    /// out.
    [[nodiscard]] bool still_shown() const { return found_.size() < context.bounds.diagnostics; }
    /// Sorted, cut to what is kept, all counted.
    [[nodiscard]] diagnostic_list take_findings();

    /// The place of a clause, or of its step when the model was not made from a text.
    [[nodiscard]] static place or_else(const place& where, const place& fallback) {
        return where.range.end > where.range.begin ? where : fallback;
    }

private:
    void answer_silences();
    void find_lost();
    [[nodiscard]] bool judged_here(std::uint16_t code) const;
    static std::string quoted(const std::string& title) {
        return title.empty() ? std::string{} : " \"" + title + '"';
    }

    std::unordered_map<std::string_view, std::vector<std::uint32_t>> forms_with_field_;
    std::vector<std::unordered_map<std::string_view, const form_field*>> fields_;  ///< by form
    std::vector<std::vector<std::uint32_t>> consultations_at_, hosts_of_;
    std::vector<std::uint32_t> consultations_anywhere_;
    std::vector<lost::kinds> lost_;  ///< by step; empty where all is known
    lost::kinds lost_anywhere_ = 0;
    std::vector<diagnostic> found_;
    std::uint32_t dropped_[3] = {0, 0, 0};  ///< by severity, past the memory kept for sorting
};

}  // namespace quytrinh::detail::checking
