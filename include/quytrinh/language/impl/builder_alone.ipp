// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_alone.ipp: what is certain of one step though a line of it, or of
// another step, was not understood. The checker judges a procedure only where it knows every step;
// without this a second mistake in the same step would be told in the next run.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <string>

namespace quytrinh::detail::grammar {

namespace alone {

enum class style : std::uint8_t { single, chosen, guarded };

inline style style_of(const branch& one) {
    switch (one.what) {
    case branch::kind::done:
    case branch::kind::next: return style::single;
    case branch::kind::ok:
    case branch::kind::nok:
    case branch::kind::named: return style::chosen;
    case branch::kind::condition:
    case branch::kind::otherwise: break;
    }
    return style::guarded;
}

}  // namespace alone

/// May one of the lines of a step that were not understood have begun with a word of this kind?
bool builder::perhaps_lost(std::size_t at, bool (*kind)(keyword)) const {
    const auto lost = lost_.find(at);
    return lost != lost_.end() &&
           std::any_of(lost->second.begin(), lost->second.end(),
                       [&](keyword one) { return one == keyword::none || kind(one); });
}

std::string builder::spelled_branch(const branch& one) const {
    switch (one.what) {
    case branch::kind::done:
    case branch::kind::next: break;
    case branch::kind::ok: return spelled_here(keyword::ok);
    case branch::kind::nok: return spelled_here(keyword::nok);
    case branch::kind::named: return spelled_here(keyword::outcome) + " \"" + one.name + '"';
    case branch::kind::condition: return spelled_here(keyword::if_word);
    case branch::kind::otherwise: return spelled_here(keyword::otherwise);
    }
    return spelled_here(keyword::done);
}

/// Its branches, all of which were read: one way of choosing, and both halves of a pair.
void builder::judge_branches_alone(const step& at) {
    const branch& first = at.branches.front();
    const std::string name = spelled_here(keyword::step) + ' ' + at.id;
    const branch* ok = nullptr;
    const branch* nok = nullptr;
    for (const branch& one : at.branches) {
        if (alone::style_of(one) != alone::style_of(first)) {
            report_->report(
                diag::outcomes_mixed, one.where,
                {name, spelled_branch(first), spelled_branch(one), spelled_here(keyword::done),
                 spelled_here(keyword::outcome), spelled_here(keyword::if_word),
                 spelled_here(keyword::otherwise)},
                {}, {related_place{first.where, diag::note_other_line, {spelled_branch(first)}}});
            return;
        }
        if (one.what == branch::kind::ok && ok == nullptr) ok = &one;
        if (one.what == branch::kind::nok && nok == nullptr) nok = &one;
    }
    if ((ok == nullptr) == (nok == nullptr)) return;
    const branch& written = ok != nullptr ? *ok : *nok;
    const std::string has = spelled_branch(written);
    const std::string lacks = spelled_here(ok != nullptr ? keyword::nok : keyword::ok);
    report_->report(diag::outcome_pair_missing, written.where,
                    {name, has, lacks, spelled_here(keyword::done) + " →"});
}

void builder::judge_steps_alone() {
    // Where the flow was read whole the checker says it. A line that a fault has swallowed may have
    // been anything, a header too.
    if (!flow_incomplete_ || lines_lost_ || too_tangled_) return;
    // Of several steps without a way on, the line `các bước theo thứ tự` may be what was lost.
    const auto silent = std::count_if(model_.steps.begin(), model_.steps.end(), [](const step& at) {
        return at.kind == step_kind::step && at.branches.empty();
    });
    const bool in_order = model_.steps_in_order || silent > 1;
    for (std::size_t i = 0; i < model_.steps.size(); ++i) {
        const step& at = model_.steps[i];
        if (at.kind != step_kind::step) continue;
        const auto heading = step_headings_.find(at.id);
        report_->resume(heading == step_headings_.end() ? 0 : heading->second);
        if (!at.branches.empty() && !perhaps_lost(i, opens_branch)) judge_branches_alone(at);
        if (at.branches.empty() && !in_order && !perhaps_lost(i, opens_branch)) {
            const bool vi = words_->words() == dialect::vi;
            report_->report(
                diag::no_way_on, at.where,
                {spelled_here(keyword::step) + ' ' + at.id, vi ? "xong → bước 2" : "done → step 2",
                 vi ? "xong → kết thúc" : "done → end",
                 vi ? "các bước theo thứ tự" : "steps in order"});
        }
        const bool led = !at.lead.parties.empty() || !at.lead.as_step.empty();
        if (!led && !perhaps_lost(i, [](keyword id) { return id == keyword::lead; })) {
            const bool vi = words_->words() == dialect::vi;
            report_->report(diag::lead_missing, at.where,
                            {spelled_here(keyword::step) + ' ' + at.id,
                             vi ? "chủ trì ĐVTH" : "lead ĐVTH", vi ? "hỏi LĐTT" : "ask LĐTT"});
        }
    }
}

}  // namespace quytrinh::detail::grammar
