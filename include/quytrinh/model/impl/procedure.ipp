// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/impl/procedure.ipp: finding things in a procedure, equal meaning, and the bytes
// that are pinned and hashed.
#pragma once

#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <cstring>
#include <numeric>

namespace quytrinh {

namespace detail::procedure_bodies {

/// Below this many steps a scan is faster than a search.
inline constexpr std::size_t scan_up_to = 16;

inline constexpr std::string_view closed_text_mark = "quytrinh-texts 1 ";

/// Reads a decimal number without leading zeros or sign, and the separator after it.
inline bool read_number(std::string_view& rest, char separator, std::size_t& number) {
    std::size_t digits = 0, value = 0;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') {
        if (digits == 10) return false;  // longer than any text can be, and the sum cannot overflow
        value = value * 10 + static_cast<std::size_t>(rest[digits] - '0');
        ++digits;
    }
    if (digits == 0 || (digits > 1 && rest[0] == '0')) return false;
    if (digits == rest.size() || rest[digits] != separator) return false;
    rest.remove_prefix(digits + 1);
    number = value;
    return true;
}

/// Codes are short and most of them differ in length or at the end: told apart without a call.
inline bool is(const std::string& code, std::string_view wanted) noexcept {
    return code.size() == wanted.size() &&
           (code.empty() || (code.back() == wanted.back() &&
                             std::memcmp(code.data(), wanted.data(), code.size()) == 0));
}

template <class Item>
const Item* find_by_code(const std::vector<Item>& items, std::string_view code) noexcept {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [code](const Item& item) { return is(item.code, code); });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace detail::procedure_bodies

std::optional<date> first_day_of(const document_date& of) noexcept {
    if (!of.stated || of.year == 0) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year{of.year},
                                          std::chrono::month{std::max(of.month, 1u)},
                                          std::chrono::day{std::max(of.day, 1u)}};
    if (!day.ok()) return std::nullopt;
    return std::chrono::local_days{day};
}

std::string to_day_first(const document_date& of) {
    const auto first = first_day_of(of);
    if (!first) return {};
    return to_day_first(*first).substr(of.day != 0 ? 0 : of.month != 0 ? 3 : 6);
}

const form_field* form::find(const std::string& field) const noexcept {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const form_field& f) { return f.name == field; });
    return found == fields.end() ? nullptr : &*found;
}

std::string branch::outcome() const {
    switch (what) {
    case kind::ok: return "OK";
    case kind::nok: return "NOK";
    case kind::named: return name;
    case kind::done:
    case kind::condition:
    case kind::otherwise:
    case kind::next: break;
    }
    return "xong";
}

const step* procedure::find_step(std::string_view id) const noexcept {
    // The index is a help, never a truth: it is used only while it has as many entries as there are
    // steps, what it finds is compared again, and what it does not find is looked for by a scan.
    if (steps.size() > detail::procedure_bodies::scan_up_to &&
        steps_by_id_.size() == steps.size()) {
        const auto at = std::lower_bound(
            steps_by_id_.begin(), steps_by_id_.end(), id,
            [&](std::uint32_t index, std::string_view wanted) { return steps[index].id < wanted; });
        if (at != steps_by_id_.end() && steps[*at].id == id) return &steps[*at];
    }
    const auto found = std::find_if(steps.begin(), steps.end(), [id](const step& s) {
        return detail::procedure_bodies::is(s.id, id);
    });
    return found == steps.end() ? nullptr : &*found;
}

void procedure::index_steps() {
    steps_by_id_.resize(steps.size());
    std::iota(steps_by_id_.begin(), steps_by_id_.end(), std::uint32_t{0});
    std::stable_sort(steps_by_id_.begin(), steps_by_id_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return steps[a].id < steps[b].id; });
}

const party* procedure::find_party(std::string_view code) const noexcept {
    return detail::procedure_bodies::find_by_code(parties, code);
}
const form* procedure::find_form(std::string_view code) const noexcept {
    return detail::procedure_bodies::find_by_code(forms, code);
}
const catalogue* procedure::find_catalogue(std::string_view code) const noexcept {
    return detail::procedure_bodies::find_by_code(catalogues, code);
}
const record* procedure::find_record(std::string_view code) const noexcept {
    return detail::procedure_bodies::find_by_code(records, code);
}

const step* procedure::first_step() const noexcept {
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [](const step& s) { return s.kind == step_kind::step; });
    return found == steps.end() ? nullptr : &*found;
}

bool procedure::same_meaning(const procedure& other) const {
    const procedure& o = other;
    return code == o.code && title == o.title && edition == o.edition && head == o.head &&
           source == o.source && doc == o.doc && rule == o.rule && plain_day == o.plain_day &&
           plain_hour == o.plain_hour && calendar_code == o.calendar_code &&
           steps_in_order == o.steps_in_order && no_deadlines_stated == o.no_deadlines_stated &&
           no_records_stated == o.no_records_stated && overall == o.overall && rights == o.rights &&
           may_open_at == o.may_open_at && terms == o.terms && documents == o.documents &&
           parties == o.parties && catalogues == o.catalogues && forms == o.forms &&
           records == o.records && calendars == o.calendars && steps == o.steps &&
           silences == o.silences;
}

std::string closed_text(const std::vector<source_text>& sources) {
    std::size_t size = 32;
    for (const auto& text : sources) size += text.name().size() + text.text().size() + 32;
    std::string out;
    out.reserve(size);
    out += detail::procedure_bodies::closed_text_mark;
    out += std::to_string(sources.size()) + '\n';
    for (const auto& text : sources) {
        // Both lengths stand before the name, so that a name with a space or a line end in it
        // cannot make one set of files look like another.
        out += std::to_string(text.text().size()) + ' ' + std::to_string(text.name().size()) + ' ';
        out += text.name();
        out += '\n';
        out += text.text();
        out += '\n';
    }
    return out;
}

result<std::vector<source_text>> open_closed_text(std::string_view bytes) {
    namespace own = detail::procedure_bodies;
    const auto corrupt = [](const char* why) {
        return fail(errc::store_corrupt, {std::string("closed text: ") + why});
    };
    if (bytes.substr(0, own::closed_text_mark.size()) != own::closed_text_mark)
        return corrupt("unknown beginning");
    bytes.remove_prefix(own::closed_text_mark.size());
    std::size_t count = 0;
    if (!own::read_number(bytes, '\n', count)) return corrupt("number of texts");

    std::vector<source_text> sources;
    for (std::size_t i = 0; i < count;
         ++i) {  // every round takes bytes away, so `count` cannot run on
        std::size_t text_size = 0, name_size = 0;
        if (!own::read_number(bytes, ' ', text_size) || !own::read_number(bytes, ' ', name_size))
            return corrupt("length of a text");
        if (name_size >= bytes.size() || bytes[name_size] != '\n') return corrupt("name of a text");
        const auto name = bytes.substr(0, name_size);
        bytes.remove_prefix(name_size + 1);
        if (text_size >= bytes.size() || bytes[text_size] != '\n') return corrupt("end of a text");
        sources.emplace_back(std::string(name), std::string(bytes.substr(0, text_size)));
        bytes.remove_prefix(text_size + 1);
    }
    if (!bytes.empty()) return corrupt("bytes after the last text");
    return sources;
}

}  // namespace quytrinh
