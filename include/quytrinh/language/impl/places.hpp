// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/places.hpp: every place in a procedure, for a text in which the lines
// below have moved.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/model/procedure.hpp>

#include <optional>
#include <vector>

namespace quytrinh::detail::grammar {

/// Calls `move(place&)` for every place of what it is given.
template <class Move>
class place_mover {
public:
    explicit place_mover(Move move) : move_(std::move(move)) {}

    void all(procedure& p) {
        for (overall_limit& one : p.overall) {
            move_(one.where);
            of(one.when);
        }
        for (right_clause& one : p.rights) move_(one.where);
        for (term& one : p.terms) move_(one.where);
        for (document& one : p.documents) move_(one.where);
        for (party& one : p.parties) move_(one.where);
        for (catalogue& one : p.catalogues) {
            move_(one.where);
            fields(one.columns);
        }
        for (form& one : p.forms) {
            move_(one.where);
            for (form_box& box : one.boxes) move_(box.where);
            fields(one.fields);
        }
        for (record& one : p.records) move_(one.where);
        for (step& one : p.steps) of(one);
        move_(p.where);
        move_(p.calendar_where);
        for (silence& one : p.silences) of(one);
    }
    void of(silence& one) {
        move_(one.where);
        move_(one.below);
        move_(one.header);
    }
    void of(step& at) {
        move_(at.where);
        move_(at.lead.where);
        clauses(at.with);
        clauses(at.inform);
        clauses(at.acts);
        clauses(at.preconditions);
        clauses(at.assignments);
        for (separation_clause& one : at.separations) move_(one.where);
        clauses(at.limits);
        clauses(at.branches);
        for (branch& one : at.branches) {
            move_(one.to.where);
            if (one.afterwards) move_(one.afterwards->where);
        }
        clauses(at.links);
        for (link_clause& one : at.links) move_(one.procedure_where);
    }
    void of(diagnostic& d) {
        move_(d.where);
        for (related_place& one : d.related) move_(one.where);
        if (!d.fix) return;
        for (text_edit& one : d.fix->edits) move_(one.where);
    }

private:
    template <class Clause>
    void clauses(std::vector<Clause>& all) {
        for (Clause& one : all) {
            move_(one.where);
            of(one.when);
        }
    }
    void of(std::optional<condition>& when) {
        if (!when) return;
        move_(when->where);
        for (condition_node& node : when->nodes) {
            move_(node.where);
            move_(node.left.where);
            for (operand& one : node.right) move_(one.where);
        }
    }
    void fields(std::vector<form_field>& all) {
        for (form_field& one : all) {
            move_(one.where);
            of(one.required_if);
            for (form_field& column : one.columns) {
                move_(column.where);
                of(column.required_if);
            }
        }
    }

    Move move_;
};

}  // namespace quytrinh::detail::grammar
