// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/check.ipp: the rules in their order.
#pragma once

#include <quytrinh/check/check.hpp>
#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/model/procedure.hpp>

namespace quytrinh {

diagnostic_list check(const procedure& of, const check_context& context) {
    namespace own = detail::checking;
    own::study s(of, context);
    own::path_facts facts(s);
    own::find_shape(s);
    own::check_soundness(s);
    own::check_flow(s);
    own::check_branches(s);
    own::check_guards(s);
    own::check_conditions(s);
    own::check_papers(s, facts);
    own::check_limits(s, facts);
    own::check_links(s, facts);
    own::check_roles(s, facts);
    own::check_duties(s);
    own::check_keepers(s, facts);
    own::check_approvals(s);
    own::check_names(s);
    own::check_lookalikes(s);
    own::check_overall(s);
    own::check_born_late(s);
    facts.answer_all();
    return s.take_findings();
}

}  // namespace quytrinh
