// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/soundness.hpp: the moves of a case, as the kernel makes them: which outcomes
// a step offers, where each leads, what is counted. Shared by the quick proof (soundness.ipp) and
// by the exploration (exploring.hpp).
#pragma once

#include <quytrinh/check/impl/samples.hpp>
#include <quytrinh/check/impl/study.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh::detail::checking {

/// One written line of an outcome.
struct move_line {
    const branch* written = nullptr;  ///< null: the steps follow in order
    std::uint32_t to = none;          ///< vertex; none where the target is no step
    std::uint32_t after = none;       ///< of `sau đó →`
    [[nodiscard]] bool counted() const { return written != nullptr && written->at_most != 0; }
};
/// What a lead can choose: the lines of one outcome are read in order, the first that holds
/// applies.
struct move_option {
    std::uint32_t vertex = none;
    std::vector<move_line> lines;
    /// Which line applies is not chosen in the step itself: it hangs on the round, on where the
    /// task came from, or on a field that another step fills.
    bool fixed = false;
    bool fixed_by_loop = false;  ///< not in the whole loop either
};

/// Moves of every step.
class move_table {
public:
    explicit move_table(const study& s);
    [[nodiscard]] const std::vector<move_option>& options() const noexcept { return options_; }
    /// Options of a vertex, contiguous: [first(v), first(v + 1)).
    [[nodiscard]] std::uint32_t first(std::uint32_t v) const { return first_[v]; }
    [[nodiscard]] bool is_end(std::uint32_t v) const {
        return s_.graph.vertices()[v].what == flow_vertex::kind::end;
    }
    [[nodiscard]] bool is_loop(std::uint32_t component) const { return turns_[component] != 0; }
    /// Does a step of this component, or a question raised there, fill the field?
    [[nodiscard]] bool fills_in(std::uint32_t component, const found_field& f) const;
    /// Does the step, or a question raised there?
    [[nodiscard]] bool fills_at(std::uint32_t v, const found_field& f) const;

private:
    void read(std::uint32_t v);
    void judge(move_option& o) const;
    template <class Where>
    [[nodiscard]] bool fills(const found_field& f, bool if_many, Where&& at) const;

    const study& s_;
    std::vector<move_option> options_;
    std::vector<std::uint32_t> first_;
    std::vector<char> turns_;  ///< by component: is it a loop?
    std::vector<std::vector<std::pair<std::uint32_t, const form_act*>>> fillers_;  ///< by form
};

}  // namespace quytrinh::detail::checking
