// SPDX-License-Identifier: BSL-1.0
// tests/support/model_builder.hpp: procedures built in C++, for tests of what stands below the
// language.
#pragma once

#include <quytrinh/model/procedure.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace build {

using namespace quytrinh;

/// `… → bước id`, `… → kết thúc`, `… → kết thúc "kind"`.
inline target to(std::string step) {
    target t;
    t.step = std::move(step);
    return t;
}
inline target end(std::string kind = {}) {
    target t;
    t.ends = true;
    t.end_kind = std::move(kind);
    return t;
}

inline branch way(branch::kind what, target to, std::string name = {}) {
    branch b;
    b.what = what;
    b.to = std::move(to);
    b.name = std::move(name);
    return b;
}
inline branch done(target to) { return way(branch::kind::done, std::move(to)); }
inline branch ok(target to) { return way(branch::kind::ok, std::move(to)); }
inline branch nok(target to) { return way(branch::kind::nok, std::move(to)); }
inline branch named(std::string name, target to) {
    return way(branch::kind::named, std::move(to), std::move(name));
}
inline branch otherwise(target to) { return way(branch::kind::otherwise, std::move(to)); }
inline branch when(condition c, target to) {
    branch b = way(branch::kind::condition, std::move(to));
    b.when = std::move(c);
    return b;
}

// --- conditions, built from the leaves up ---

inline operand field(std::string name, std::string form = {}) {
    operand o;
    o.what = operand::kind::field;
    o.field = {std::move(form), std::move(name)};
    return o;
}
inline operand literal(value v) {
    operand o;
    o.literal = std::move(v);
    return o;
}
inline operand special(operand::kind what) {
    operand o;
    o.what = what;
    return o;
}
inline condition compare(operand left, comparison op, std::vector<operand> right = {}) {
    condition_node n;
    n.op = op;
    n.left = std::move(left);
    n.right = std::move(right);
    condition c;
    c.nodes.push_back(std::move(n));
    return c;
}
/// `"name" là value`
inline condition is(std::string name, value v) {
    return compare(field(std::move(name)), comparison::is, {literal(std::move(v))});
}
inline condition filled(std::string name) {
    return compare(field(std::move(name)), comparison::filled);
}
inline condition in_table(std::string table, std::vector<operand> row) {
    condition_node n;
    n.what = condition_node::kind::in_table;
    n.table = std::move(table);
    n.right = std::move(row);
    condition c;
    c.nodes.push_back(std::move(n));
    return c;
}
inline condition outcome(std::string name) {
    condition_node n;
    n.what = condition_node::kind::outcome;
    n.outcome = std::move(name);
    condition c;
    c.nodes.push_back(std::move(n));
    return c;
}
inline condition join(condition_node::kind what, std::vector<condition> parts) {
    condition c;
    for (auto& part : parts) c.nodes.insert(c.nodes.end(), part.nodes.begin(), part.nodes.end());
    condition_node n;
    n.what = what;
    n.arity = static_cast<std::uint32_t>(parts.size());
    c.nodes.push_back(std::move(n));
    return c;
}
inline condition both(condition a, condition b) {
    return join(condition_node::kind::conjunction, {std::move(a), std::move(b)});
}
inline condition either(condition a, condition b) {
    return join(condition_node::kind::disjunction, {std::move(a), std::move(b)});
}
inline condition negate(condition a) {
    return join(condition_node::kind::negation, {std::move(a)});
}

// --- time ---

inline amount days(std::int64_t n) { return {decimal{n, 0}, time_unit::day}; }
inline amount working_days(std::int64_t n) { return {decimal{n, 0}, time_unit::working_day}; }
inline amount of(decimal n, time_unit unit) { return {n, unit}; }

inline time_limit within(amount length) {
    time_limit l;
    l.what = time_limit::kind::count;
    l.length = length;
    return l;
}
inline time_limit within(amount length, anchor::kind from, std::string step) {
    time_limit l = within(length);
    l.from.what = from;
    l.from.step = std::move(step);
    return l;
}
inline time_limit not_stated() { return {}; }
inline time_limit from_field(std::string form, std::string name) {
    time_limit l;
    l.what = time_limit::kind::from_field;
    l.field = {std::move(form), std::move(name)};
    return l;
}

/// A step as it grows: `step("1", "ĐVYC").fill("KHTH").go(done(to("2")))`.
struct step_builder {
    step made;

    step_builder& go(branch b) {
        made.branches.push_back(std::move(b));
        return *this;
    }
    step_builder& act(form_act::kind what, std::string code, std::string box = {}) {
        form_act a;
        a.what = what;
        a.code = std::move(code);
        a.box = std::move(box);
        made.acts.push_back(std::move(a));
        return *this;
    }
    step_builder& fill(std::string code, std::string box = {}) {
        return act(form_act::kind::fill, std::move(code), std::move(box));
    }
    step_builder& approve(std::string code, std::string box = {}) {
        return act(form_act::kind::approve, std::move(code), std::move(box));
    }
    step_builder& keep(std::string code) { return act(form_act::kind::keep, std::move(code)); }
    step_builder& use(std::string code) { return act(form_act::kind::use, std::move(code)); }
    /// A condition for the act, assignment or limit that was added last.
    step_builder& act_if(condition c) {
        made.acts.back().when = std::move(c);
        return *this;
    }
    step_builder& assign(std::string role, std::vector<std::string> different_from = {}) {
        assignment_clause a;
        a.role = std::move(role);
        a.different_from = std::move(different_from);
        made.assignments.push_back(std::move(a));
        return *this;
    }
    step_builder& assign_if(condition c) {
        made.assignments.back().when = std::move(c);
        return *this;
    }
    step_builder& limit(time_limit l) {
        made.limits.push_back(std::move(l));
        return *this;
    }
    step_builder& limit_if(condition c) {
        made.limits.back().when = std::move(c);
        return *this;
    }
    step_builder& with(std::vector<std::string> parties) {
        party_clause p;
        p.parties = std::move(parties);
        made.with.push_back(std::move(p));
        return *this;
    }
    step_builder& link(link_clause l) {
        made.links.push_back(std::move(l));
        return *this;
    }
};

inline step_builder a_step(std::string id, std::vector<std::string> lead = {"A"},
                           std::string title = {}) {
    step_builder s;
    s.made.title = title.empty() ? "Bước " + id : std::move(title);
    s.made.id = std::move(id);
    s.made.lead.how = lead.size() > 1 ? lead_clause::mode::joint : lead_clause::mode::one;
    s.made.lead.parties = std::move(lead);
    return s;
}
inline step_builder a_consultation(std::string id, std::vector<std::string> at_steps,
                                   std::vector<std::string> asked = {"A"}) {
    step_builder s = a_step(std::move(id), std::move(asked));
    s.made.kind = step_kind::consultation;
    s.made.at_steps = std::move(at_steps);
    return s;
}

/// A procedure as it grows. Party `A` (a unit of a shared file) is always there.
struct procedure_builder {
    procedure made;

    explicit procedure_builder(std::string code = "QT.01") {
        made.code = std::move(code);
        made.title = "Thử";
        made.no_deadlines_stated = true;
        made.no_records_stated = true;
        unit("A");
        made.parties[0].where.file = 1;
    }
    procedure_builder& add(step_builder s) {
        made.steps.push_back(std::move(s.made));
        return *this;
    }
    procedure_builder& add(party p) {
        made.parties.push_back(std::move(p));
        return *this;
    }
    procedure_builder& unit(std::string code) {
        return add(party_of(party_kind::unit, std::move(code)));
    }
    procedure_builder& role(std::string code) {
        return add(party_of(party_kind::role, std::move(code)));
    }
    procedure_builder& role_by(std::string code, std::vector<std::string> steps) {
        party p = party_of(party_kind::role, std::move(code));
        p.binding = binding_kind::by_step;
        p.bound_by = std::move(steps);
        return add(std::move(p));
    }
    procedure_builder& external(std::string code) {
        return add(party_of(party_kind::external, std::move(code)));
    }
    static party party_of(party_kind kind, std::string code) {
        party p;
        p.kind = kind;
        p.title = "Bên " + code;
        p.code = std::move(code);
        return p;
    }
    /// A form whose fields are all required: `{"Gấp", field_type::yes_no}`.
    procedure_builder& form_of(std::string code,
                               std::vector<std::pair<std::string, field_type>> fields) {
        form f;
        f.title = "Biểu mẫu " + code;
        f.code = std::move(code);
        for (auto& [name, type] : fields) {
            form_field one;
            one.name = std::move(name);
            one.type = type;
            one.required = true;
            f.fields.push_back(std::move(one));
        }
        made.forms.push_back(std::move(f));
        return *this;
    }
    procedure_builder& overall(amount length, std::string from = {}, std::string to = {}) {
        overall_limit o;
        o.length = length;
        o.from_step = std::move(from);
        o.to_step = std::move(to);
        made.overall.push_back(std::move(o));
        return *this;
    }
};

}  // namespace build
