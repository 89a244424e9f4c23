// SPDX-License-Identifier: BSL-1.0
// bindings/c/surroundings.cpp: what a text may refer to, and its verdict.
#include "surroundings.hpp"

#include "views.hpp"

#include <quytrinh/check/check.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <deque>

namespace quytrinh::c_abi {

surroundings::surroundings(const std::shared_ptr<office_object>& in) : office_(in) {
    if (!in) {
        bundled_ = bundled();
        return;
    }
    const std::lock_guard hold(in->guard);
    usual_ = in->default_calendar;
}

result<procedure_ptr> surroundings::procedure_of(std::string_view code) const {
    if (office_) return office_->office.procedure_of(code);
    for (const auto& one : bundled_.procedures)
        if (one->code == code) return one;
    return fail(errc::procedure_unknown, {std::string{code}});
}

result<calendar> surroundings::calendar_of(std::string_view code) const {
    if (code.empty()) code = usual_;
    if (office_) return office_->office.calendar_of(code);
    for (const auto& one : bundled_.calendars)
        if (one.code == code) return one;
    return fail(errc::calendar_unknown, {std::string{code}});
}

std::shared_ptr<const definitions> surroundings::all(const procedure_ptr& also) const {
    auto out = std::make_shared<definitions>(bundled_);
    if (office_) {
        out->procedures = office_->office.procedures();
        std::vector<std::string> codes;
        {
            const std::lock_guard hold(office_->guard);
            codes = office_->calendars;
        }
        for (const std::string& code : codes)
            if (auto days = office_->office.calendar_of(code))
                out->calendars.push_back(*std::move(days));
    }
    if (also) {
        std::erase_if(out->procedures, [&](const auto& one) { return one->code == also->code; });
        out->procedures.push_back(also);
    }
    return out;
}

std::shared_ptr<office_object> perhaps(quytrinh_office* office) {
    return office == nullptr ? nullptr : object_of<office_object>(office);
}

std::string name_or(std::string_view name, const char* other) {
    return name.empty() ? std::string{other} : std::string{name};
}

diagnostic_list judged(const surroundings& known, const parsed& read) {
    diagnostic_list all = read.diagnostics;
    std::deque<procedure_ptr> others;
    std::deque<calendar> calendars;
    check_context context;
    context.find_procedure = [&](std::string_view code) -> const procedure* {
        auto other = known.procedure_of(code);
        return other ? others.emplace_back(*std::move(other)).get() : nullptr;
    };
    context.find_calendar = [&](std::string_view code) -> const calendar* {
        auto days = known.calendar_of(code);
        return days ? &calendars.emplace_back(*std::move(days)) : nullptr;
    };
    const procedure_ptr& readable = read.definition ? read.definition : read.draft;
    if (readable) {
        const diagnostic_list more = check(*readable, context);
        // Past what is kept only the numbers are known; items are counted as they are added.
        std::uint32_t kept[3] = {};
        for (const diagnostic& item : more.items) {
            ++kept[static_cast<std::size_t>(item.level)];
            all.add(item);
        }
        all.errors += more.errors - kept[static_cast<std::size_t>(severity::error)];
        all.warnings += more.warnings - kept[static_cast<std::size_t>(severity::warning)];
        all.hints += more.hints - kept[static_cast<std::size_t>(severity::hint)];
        all.sort();
    }
    return all;
}

std::string verdict(const diagnostic_list& all, const parsed& read, language words) {
    json_object out;
    out.truth("ok", all.ok());
    add_diagnostics(out, all, read.sources, words);
    if (read.definition) out.raw("procedure", short_view(*read.definition).str());
    out.truth("library", read.library != nullptr);
    json_array scenarios;
    if (read.scenarios)
        for (const scenario& one : read.scenarios->items)
            scenarios.raw(json_object()
                              .text("title", one.title)
                              .text("procedure", one.procedure)
                              .number("line", line_at(read.sources, one.where))
                              .str());
    return out.raw("scenarios", scenarios.str()).str();
}

parsed read_right(const surroundings& known, const std::string& name, const std::string& text,
                  const import_resolver& imports) {
    parsed read = parse(name, text, imports);
    diagnostic_list all = judged(known, read);
    if (all.errors == read.scenario_errors) return read;
    error wrong{errc::text_is_wrong, {std::to_string(all.errors)}, {}, {}};
    wrong.diagnostics = std::move(all);
    throw wrong_text{std::move(wrong), std::move(read.sources)};
}

counting_rule rule_of(const std::string& word, const amount& length) {
    if (word.empty()) return usual_rule(length);
    for (const counting_rule known :
         {counting_rule::blds_2015, counting_rule::include_first_day, counting_rule::no_roll,
          counting_rule::roll_back, counting_rule::working_time})
        if (json_word(known) == word) return known;
    request::fault("rule", "is not known");
}

instant moment_of(const char* member, const std::string& text, std::chrono::minutes offset) {
    if (const auto at = read_instant(text, offset)) return *at;
    if (const auto day = read_date(text)) return start_of(*day, offset);
    request::fault(member, "must be an instant or a day, 2023-12-11T08:00+07:00");
}

date day_of(const char* member, const std::string& text) {
    if (const auto day = read_date(text)) return *day;
    request::fault(member, "must be a day, 2023-12-11");
}

}  // namespace quytrinh::c_abi
