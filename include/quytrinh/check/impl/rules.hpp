// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/rules.hpp: the rules by subject, in the order they run. Each is told of all
// that is known and reports what it finds; none depends on what another reported.
#pragma once

#include <quytrinh/check/impl/study.hpp>

namespace quytrinh::detail::checking {

class path_facts;

// Of a draft some lines were not understood. A rule that says that something is missing, or that no
// way leads somewhere, asks the study first whether such a line could be why (`study::is_lost`,
// `flow_shape::open`); what it says of two lines that stand there holds whatever else does.

/// Reachability, components and order (shape.ipp). Before every rule.
void find_shape(study& s);

/// The nearest step that every path from the first step passes before each vertex, over these
/// edges (by index); `none` for the first step and for what is not reached (shape.ipp).
[[nodiscard]] std::vector<std::uint32_t> dominators(const study& s, const std::vector<char>& keep);

/// Strongly connected components over these edges (by index), by vertex (shape.ipp).
[[nodiscard]] std::vector<std::uint32_t> components_over(const study& s,
                                                         const std::vector<char>& keep);

/// Can a case always end (soundness.ipp)? Before the rules that look at `flow_shape::stuck`.
void check_soundness(study& s);
/// Targets, unreachable steps, dead ends, loops without exit or without bound (flow.ipp).
void check_flow(study& s);
/// Outcomes and conditions of one step's branches (branches.ipp).
void check_branches(study& s);
/// Conditions of lines against one another (guards.ipp).
void check_guards(study& s);
/// Declarations that nothing uses (names.ipp).
void check_names(study& s);
/// Types, choices and outcomes in conditions (conditions.ipp).
void check_conditions(study& s);
/// Leads, recorders, bindings, assignments, separation (roles.ipp).
void check_roles(study& s, path_facts& facts);
/// People enough where persons must differ (duties.ipp).
void check_duties(study& s);
/// Ways around an approval (approvals.ipp).
void check_approvals(study& s);
/// Keeping that never starts, keepers that are not there (keepers.ipp).
void check_keepers(study& s, path_facts& facts);
/// Names that are misread for one another (lookalikes.ipp).
void check_lookalikes(study& s);
/// Fields read before they are filled, approvals, records (papers.ipp).
void check_papers(study& s, path_facts& facts);
/// Anchors, sources and wording of time limits (limits.ipp).
void check_limits(study& s, path_facts& facts);
/// Limits that have run out before their task is there (born_late.ipp).
void check_born_late(study& s);
/// `hạn chung` against the sum of the steps on every path (overall.ipp).
void check_overall(study& s);
/// Linked procedures: known, may be entered there, the fields exist (links.ipp).
void check_links(study& s, path_facts& facts);

}  // namespace quytrinh::detail::checking
