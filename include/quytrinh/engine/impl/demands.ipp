// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/demands.ipp: what a step demands before it ends, besides its forms
// (entries.ipp): preconditions with their evidence, the channel, checklists, something to approve.
#pragma once

#include <quytrinh/engine/impl/completion.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace demands_bodies {
namespace {

std::vector<std::string> items_of(const procedure& of, const std::string& checklist) {
    std::vector<std::string> items;
    if (const catalogue* list = of.find_catalogue(checklist))
        for (const auto& item : list->items) items.push_back(item.text);
    return items;
}

/// A checklist that is a field of a form which the step fills in: its ticks stand there.
struct list_in_form {
    const form* of = nullptr;
    const form_field* field = nullptr;
    std::vector<std::string> items, ticked;
};
std::vector<list_in_form> lists_of(const completion& now) {
    std::vector<list_in_form> lists;
    for (const auto* act : now.held.fill)
        if (const form* f = now.d.text.find_form(act->code))
            for (const auto& field : f->fields)
                if (field.type == field_type::checklist && covers(*act, *f, field) &&
                    std::none_of(lists.begin(), lists.end(),
                                 [&](const list_in_form& l) { return l.field == &field; }))
                    lists.push_back({f, &field, choices_of(now.d.text, field), {}});
    return lists;
}

/// What was ticked with the completion, beside what stands in the field or comes with the command.
void enter(completion& now, list_in_form list) {
    std::vector<std::string> all;
    if (const value* before = now.look().find(list.of->code, list.field->name))
        if (const auto* items = before->get_if<std::vector<std::string>>()) all = *items;
    const std::size_t stood = all.size();
    for (auto& item : list.ticked)
        if (!among(all, item)) all.push_back(std::move(item));
    if (all.size() == stood) return;
    std::erase_if(now.entries, [&](const entry& e) { return e.field == list.field; });
    now.entries.push_back({list.of, list.field, value{std::move(all)}});
}

bool is_paper(const attachment& file, const std::string& paper) {
    return same_word(file.precondition, paper) || same_word(file.name, paper);
}

bool has_evidence(const completion& now, const std::string& precondition) {
    const auto& files = now.c.attachments;
    if (std::any_of(files.begin(), files.end(),
                    [&](const attachment& f) { return same_word(f.precondition, precondition); }))
        return true;
    const auto& kept = now.d.state.attachments;
    return std::any_of(kept.begin(), kept.end(), [&](const attachment_state& a) {
        return a.task && *a.task == now.task.task && same_word(a.file.precondition, precondition);
    });
}

}  // namespace
}  // namespace demands_bodies

std::vector<std::string> papers_of(const step& where) {
    std::vector<std::string> papers;
    for (const auto& p : where.preconditions) papers.push_back(p.text);
    for (const auto& act : where.acts)
        if (!act.paper.empty() && act.what != form_act::kind::keep && !among(papers, act.paper))
            papers.push_back(act.paper);
    return papers;
}

bool has_paper(const case_state& state, const task_key& task, const std::string& paper) {
    return std::any_of(
        state.attachments.begin(), state.attachments.end(), [&](const attachment_state& a) {
            return a.task && *a.task == task && demands_bodies::is_paper(a.file, paper);
        });
}

result<void> demand_papers(const completion& now) {
    for (const auto* act : now.held.papers) {
        const auto& given = now.c.attachments;
        const bool brought = std::any_of(given.begin(), given.end(), [&](const attachment& file) {
            return demands_bodies::is_paper(file, act->paper);
        });
        if (!brought && !has_paper(now.d.state, now.task.task, act->paper))
            return fail(errc::paper_missing, {now.where.id, act->paper});
    }
    return {};
}

result<void> settle_ticks(completion& now) {
    if (!now.c.confirmed.all && now.c.confirmed.texts.empty()) return {};
    std::vector<std::string> askable;
    for (const auto& p : now.where.preconditions) askable.push_back(p.text);
    for (const auto* check : now.held.check)
        for (auto& item : demands_bodies::items_of(now.d.text, check->code))
            askable.push_back(std::move(item));
    auto lists = demands_bodies::lists_of(now);
    if (now.c.confirmed.all) {
        now.ticked = std::move(askable);
        for (auto& list : lists) list.ticked = list.items;
    }
    for (const auto& given : now.c.confirmed.texts) {
        const auto is = [&](const std::string& item) { return same_word(item, given); };
        const auto meant = std::find_if(askable.begin(), askable.end(), is);
        bool known = meant != askable.end();
        if (known && !among(now.ticked, *meant)) now.ticked.push_back(*meant);
        for (auto& list : lists)
            if (const auto item = std::find_if(list.items.begin(), list.items.end(), is);
                item != list.items.end()) {
                known = true;
                if (!among(list.ticked, *item)) list.ticked.push_back(*item);
            }
        if (known) continue;
        for (const auto& list : lists)
            askable.insert(askable.end(), list.items.begin(), list.items.end());
        return fail(errc::tick_unknown, {now.where.id, given, listed(in_quotes(askable))});
    }
    for (auto& list : lists) demands_bodies::enter(now, std::move(list));
    return {};
}

result<void> demand_preconditions(completion& now) {
    for (const auto& p : now.where.preconditions) {
        std::string missing;
        const auto held = weigh(p.when, now.look(), now.notes, missing);
        if (!held) return held.failure();
        if (*held == truth::unknown)
            return fail(unknown_condition(now.d.text, now.d.state, now.where, missing));
        if (*held != truth::yes) continue;
        if (!among(now.ticked, p.text) && !among(now.task.ticked, p.text))
            return fail(errc::precondition_missing, {now.where.id, p.text});
        if (p.evidence && !demands_bodies::has_evidence(now, p.text))
            return fail(errc::evidence_missing, {p.text});
    }
    return {};
}

void settle_channel(const procedure& of, const step& where, std::string& chosen) {
    if (!chosen.empty()) return;
    auto named = channels_of(of, where);
    if (named.size() == 1) chosen = std::move(named.front());
}

void settle_channel(completion& now) {
    if (now.task.channel.empty()) settle_channel(now.d.text, now.where, now.channel);
}

result<void> demand_channel(const procedure& of, const step& where, const std::string& chosen) {
    if (!chosen.empty()) return {};
    const auto named = channels_of(of, where);
    if (named.empty()) return {};
    std::string among_which = listed(named);
    if (const std::string& list = where.channel_catalogue; !list.empty())
        among_which = list + ": " + among_which;
    return fail(errc::field_missing, {where.id, "(channel)", std::move(among_which)});
}

result<void> demand_channel(const completion& now) {
    return demand_channel(now.d.text, now.where,
                          now.channel.empty() ? now.task.channel : now.channel);
}

result<void> demand_checklists(const completion& now) {
    for (const auto* check : now.held.check) {
        std::vector<std::string> done = now.ticked;
        done.insert(done.end(), now.task.ticked.begin(), now.task.ticked.end());
        for (const auto& f : now.d.text.forms)
            for (const auto& field : f.fields)
                if (field.type == field_type::checklist && field.catalogue == check->code)
                    if (const value* v = now.look().find(f.code, field.name))
                        if (const auto* items = v->get_if<std::vector<std::string>>())
                            done.insert(done.end(), items->begin(), items->end());
        std::vector<std::string> missing;
        for (const auto& item : demands_bodies::items_of(now.d.text, check->code))
            if (!among(done, item)) missing.push_back(item);
        if (!missing.empty())
            return fail(errc::checklist_incomplete, {check->code, listed(in_quotes(missing))});
    }
    return {};
}

result<void> settle_approvals(completion& now) {
    for (const auto* act : now.held.approve) {
        if (act->code.empty()) continue;
        const auto form = now.d.state.forms.find(act->code);
        const bool written = form != now.d.state.forms.end() && form->second.version > 0;
        if (!written && !among(now.out.effects.renewed, act->code))
            return fail(errc::form_not_filled,
                        {act->code, listed(fillers_of(now.d.text, now.d.state, act->code, {}))});
        if (!among(now.approved, act->code)) now.approved.push_back(act->code);
        if (!act->box.empty()) now.out.effects.approved_boxes.emplace_back(act->code, act->box);
    }
    return {};
}

result<void> check_attachments(const completion& now) {
    for (const auto& file : now.c.attachments) {
        if (blank(file.name)) return fail(errc::invalid_argument, {"no_file_name"});
        if (file.precondition.empty()) continue;
        const auto known = papers_of(now.where);
        if (std::none_of(known.begin(), known.end(), [&](const std::string& text) {
                return same_word(text, file.precondition);
            }))
            return fail(errc::tick_unknown,
                        {now.where.id, file.precondition, listed(in_quotes(known))});
    }
    return {};
}

}  // namespace quytrinh::detail::engine
