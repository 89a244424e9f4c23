// SPDX-License-Identifier: BSL-1.0
// tests/procedures/table.hpp: a procedure put into the few words of a table row, so that a file can
// be held against a table that was written by hand from the source documents. Nothing here is read
// from a procedure to make the table; it only says what stands in one.
//
//   who      A · A + B (jointly) · A / B (any) · A / ủy quyền · A [ghi: B]
//   with     A, B? ("?": under a condition) · báo A
//   papers   lập F, dùng F, duyệt F, ghi thêm F, lưu R; F.2 is box 2; (a | b) only these fields
//   ways     OK 3 · NOK 1! ("!": with a reason) · “…” 2 · nếu 4 · còn lại 6 · xong hết “kind”
#pragma once

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/time/counting.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace table_of {

using namespace quytrinh;

/// One printed row: what the table of a source says of a step.
struct row {
    const char *step, *who, *with, *channel, *papers, *also, *ways, *limit;
};
/// A reading, by the place where it stands and words of it that no other reading there has. `id` is
/// the inconsistency of the source that it settles, "" for the ones that only explain.
struct reading {
    const char *id, *at, *words;
};
/// A form, a list, a role or a record, with what it is made of.
struct part {
    const char *name, *made_of;
};

inline std::string join(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (const auto& word : words) (text += text.empty() ? "" : between) += word;
    return text;
}
inline void add(std::string& text, const std::string& word, const char* between = ", ") {
    if (!word.empty()) (text += text.empty() ? "" : between) += word;
}

inline std::string as_written(const procedure& p, const std::optional<condition>& c) {
    return c ? std::string(p.sources.at(c->where.file).slice(c->where.range)) : std::string();
}

inline std::string who(const step& s) {
    const char* between = s.lead.how == lead_clause::mode::any ? " / " : " + ";
    std::string text = join(s.lead.parties, between);
    if (s.lead.or_delegate) text += " / ủy quyền";
    if (!s.lead.as_step.empty()) text += "như bước " + s.lead.as_step;
    if (!s.recorder.empty()) text += " [ghi: " + s.recorder + "]";
    return text;
}

inline std::string with(const procedure& p, const step& s) {
    std::string text;
    for (const auto& clause : s.with)
        for (const auto& party : clause.parties) add(text, party + (clause.when ? "?" : ""));
    for (const auto& clause : s.inform)
        for (const auto& party : clause.parties)
            add(text, "báo " + party + (clause.when ? " nếu " + as_written(p, clause.when) : ""));
    return text;
}

inline std::string channel(const step& s) {
    std::string text = join(s.channels, " | ");
    add(text, s.channel_catalogue);
    return text;
}

inline const char* verb(form_act::kind what) {
    switch (what) {
    case form_act::kind::fill: return "lập ";
    case form_act::kind::use: return "dùng ";
    case form_act::kind::approve: return "duyệt ";
    case form_act::kind::append: return "ghi thêm ";
    case form_act::kind::keep: return "lưu ";
    case form_act::kind::check: return "kiểm tra đủ ";
    }
    return "";
}

inline std::string papers(const procedure& p, const step& s) {
    std::string text;
    for (const auto& act : s.acts) {
        std::string one = verb(act.what) + (act.code.empty() ? "«" + act.paper + "»" : act.code);
        if (!act.box.empty()) one += "." + act.box;
        if (!act.only.empty()) one += " (" + join(act.only, " | ") + ")";
        if (act.when) one += " nếu " + as_written(p, act.when);
        add(text, one);
    }
    return text;
}

/// Preconditions, assignments, separations, linked cases, answers, where a question is asked.
inline std::string also(const procedure& p, const step& s) {
    std::string text;
    for (const auto& one : s.preconditions) add(text, "điều kiện «" + one.text + "»", "; ");
    for (const auto& one : s.assignments) {
        std::string words = "phân công " + one.role;
        if (!one.different_from.empty()) words += " khác " + join(one.different_from, ", ");
        if (!one.within.empty()) words += " trong " + one.within;
        if (one.when) words += " nếu " + as_written(p, one.when);
        add(text, words, "; ");
    }
    for (const auto& one : s.separations) add(text, "khác người ở " + join(one.steps, ", "), "; ");
    for (const auto& one : s.links) {
        std::string words = (one.may ? "khi cần mở " : "mở ") + one.procedure;
        if (!one.at_step.empty()) words += " tại " + one.at_step;
        if (one.when) words += " nếu " + as_written(p, one.when);
        if (one.replacing) words += ", thay cho hồ sơ này";
        for (const auto& [from, to] : one.carrying)
            words += (from == to ? ", " + from : ", " + from + " thành " + to);
        add(text, words, "; ");
    }
    if (!s.answers.empty()) add(text, "trả lời " + join(s.answers, " | "), "; ");
    if (!s.at_steps.empty()) add(text, "hỏi tại " + join(s.at_steps, ", "), "; ");
    return text;
}

inline std::string ways(const step& s) {
    std::string text;
    for (const auto& b : s.branches) {
        std::string one;
        switch (b.what) {
        case branch::kind::done: one = "xong"; break;
        case branch::kind::ok: one = "OK"; break;
        case branch::kind::nok: one = "NOK"; break;
        case branch::kind::named: one = "“" + b.name + "”"; break;
        case branch::kind::condition: one = "nếu"; break;
        case branch::kind::otherwise: one = "còn lại"; break;
        case branch::kind::next: one = "tiếp"; break;
        }
        one += " ";
        one += b.to.ends ? "hết" : b.to.step;
        if (!b.to.end_kind.empty()) one += " “" + b.to.end_kind + "”";
        if (b.reason) one += "!";
        if (b.at_most != 0) one += " ≤" + std::to_string(b.at_most);
        add(text, one);
    }
    return text;
}

inline std::string limit_in_words(const procedure& p, const time_limit& limit) {
    std::string one;
    switch (limit.what) {
    case time_limit::kind::not_stated: one = "không nêu"; break;
    case time_limit::kind::immediately: one = "ngay"; break;
    case time_limit::kind::from_field:
        one = "theo «" + limit.field.field + "» trong " + limit.field.form;
        break;
    case time_limit::kind::count:
        one = to_text(limit.length, language::vi);
        switch (limit.from.what) {
        case anchor::kind::receipt: one += " từ khi nhận ở " + limit.from.step; break;
        case anchor::kind::completion: one += " từ khi hoàn thành " + limit.from.step; break;
        case anchor::kind::task_receipt: one += " từ khi nhận"; break;
        case anchor::kind::start:
        case anchor::kind::ok:
        case anchor::kind::nok:
        case anchor::kind::opening:
        case anchor::kind::signing:
        case anchor::kind::field:
        case anchor::kind::event: one += " từ điều khác"; break;
        }
        break;
    case time_limit::kind::before_date:
    case time_limit::kind::through_date:
    case time_limit::kind::laid_down: one = "khác"; break;
    }
    if (limit.when) one += " nếu " + as_written(p, limit.when);
    return one;
}
inline std::string limit(const procedure& p, const step& s) {
    std::string text;
    for (const auto& one : s.limits) add(text, limit_in_words(p, one), "; ");
    if (text.empty() && p.no_deadlines_stated) text = "không nêu (đầu tệp)";
    return text;
}

/// "1 Tiếp nhận: Loại*, Khách hàng; 2 …": boxes with their fields; "*" required, "?" required under
/// a condition, "+" other words may be written in.
inline std::string made_of(const form& f) {
    const auto fields_of = [&](const std::string& box) {
        std::string text;
        for (const auto& field : f.fields) {
            if (field.box != box) continue;
            std::string one = field.name;
            if (field.other_allowed) one += "+";
            one += field.required ? "*" : field.required_if ? "?" : "";
            add(text, one);
        }
        return text;
    };
    std::string text = fields_of("");
    for (const auto& box : f.boxes)
        add(text,
            box.number + " " + box.title + (box.append_only ? " (chỉ ghi thêm)" : "") + ": " +
                fields_of(box.number),
            "; ");
    return text;
}

inline std::string made_of(const record& r) {
    std::string text;
    for (const auto& one : r.parts) add(text, join(one.forms, one.one_of ? " hoặc " : ", "));
    text += "; lưu tại " + (r.keepers_not_stated ? "không nêu" : join(r.keepers, ", ")) + "; ";
    if (r.kept == record::retention::not_stated) text += "không nêu";
    if (r.kept == record::retention::amount) text += to_text(r.kept_for, language::vi);
    if (r.from == record::start::not_stated) text += " từ khi không nêu";
    return text;
}

inline std::string bound(const party& p) {
    switch (p.binding) {
    case binding_kind::open: return "";
    case binding_kind::at_opening: return "chọn khi mở";
    case binding_kind::by_step: return "phân công ở " + join(p.bound_by, ", ");
    case binding_kind::from_field:
        return "theo «" + p.bound_from.field + "» trong " + p.bound_from.form;
    case binding_kind::opener: return "người mở";
    case binding_kind::head_of: return "lãnh đạo của " + p.relative_to;
    case binding_kind::unit_of: return "đơn vị của " + p.relative_to;
    }
    return "";
}

inline const char* kind_of(const party& p) {
    switch (p.kind) {
    case party_kind::role: return "vai trò";
    case party_kind::unit: return "đơn vị";
    case party_kind::position: return "chức danh";
    case party_kind::committee: return "ban";
    case party_kind::group: return "nhóm";
    case party_kind::external: return "bên ngoài";
    }
    return "";
}

/// "vai trò Đơn vị yêu cầu; gọi tắt …; người mở; thuộc BISO; gồm A, B; mục 4".
inline std::string made_of(const party& p) {
    std::string text = std::string(kind_of(p)) + " " + p.title;
    if (!p.aliases.empty()) text += "; gọi tắt " + join(p.aliases, ", ");
    add(text, bound(p), "; ");
    if (!p.within.empty()) text += "; thuộc " + p.within;
    if (!p.members.empty()) text += "; gồm " + join(p.members, ", ");
    if (!p.source.sections.empty()) text += "; mục " + join(p.source.sections, ", ");
    return text;
}

using placed = std::vector<std::pair<std::string, std::string>>;

template <class T>
std::vector<T> together(std::vector<T> first, const std::vector<T>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// What everything in a procedure has of one kind, `hiểu là` or `ghi chú`, each with its place.
inline placed all_of(const procedure& p, std::vector<std::string> furniture::*kind) {
    placed all;
    const auto take = [&](const std::string& at, const furniture& from) {
        for (const auto& text : from.*kind) all.emplace_back(at, text);
    };
    take("đầu tệp", p.source);
    for (const auto& one : p.terms) take("thuật ngữ " + one.code, one.source);
    for (const auto& one : p.parties) take("bên " + one.code, one.source);
    for (const auto& one : p.catalogues) take("danh mục " + one.code, one.source);
    for (const auto& one : p.records) take("hồ sơ lưu " + one.code, one.source);
    for (const auto& f : p.forms) {
        take("biểu mẫu " + f.code, f.source);
        for (const auto& box : f.boxes) take("biểu mẫu " + f.code, box.source);
        for (const auto& field : f.fields) take("biểu mẫu " + f.code, field.source);
    }
    for (const auto& s : p.steps) {
        take("bước " + s.id, s.source);
        for (const auto& one : s.limits) take("bước " + s.id, one.source);
        for (const auto& one : s.branches) take("bước " + s.id, one.source);
    }
    return all;
}
inline placed readings_of(const procedure& p) { return all_of(p, &furniture::readings); }
inline placed notes_of(const procedure& p) { return all_of(p, &furniture::notes); }

/// A procedure that ships.
inline const procedure& text_of(std::string_view code) {
    static const definitions all = bundled();
    for (const auto& p : all.procedures)
        if (p->code == code) return *p;
    FAIL("no bundled procedure " << code);
    return *all.procedures.front();
}

/// Row by row, column by column.
inline void same_rows(const procedure& p, const std::vector<row>& rows) {
    CHECK(p.steps.size() == rows.size());
    for (std::size_t i = 0; i < rows.size() && i < p.steps.size(); ++i) {
        const step& s = p.steps[i];
        const row& r = rows[i];
        const std::string at = r.step;
        CAPTURE(at);
        CHECK(s.id == std::string(r.step));
        CHECK(who(s) == std::string(r.who));
        CHECK(with(p, s) == std::string(r.with));
        CHECK(channel(s) == std::string(r.channel));
        CHECK(papers(p, s) == std::string(r.papers));
        CHECK(also(p, s) == std::string(r.also));
        CHECK(ways(s) == std::string(r.ways));
        CHECK(limit(p, s) == std::string(r.limit));
    }
}

template <class Things>
void same_parts(const Things& things, const std::vector<part>& parts) {
    CHECK(things.size() == parts.size());
    for (const auto& wanted : parts) {
        const std::string name = wanted.name;
        CAPTURE(name);
        const auto found = std::find_if(things.begin(), things.end(),
                                        [&](const auto& one) { return one.code == name; });
        REQUIRE(found != things.end());
        CHECK(made_of(*found) == std::string(wanted.made_of));
    }
}
inline void same_forms(const procedure& p, const std::vector<part>& parts) {
    same_parts(p.forms, parts);
}
inline void same_records(const procedure& p, const std::vector<part>& parts) {
    same_parts(p.records, parts);
}

/// Each row names one reading, and each reading is named by a row: none is dropped, none slips in.
inline void same_readings(const procedure& p, const std::vector<reading>& rows) {
    const auto all = readings_of(p);
    std::vector<int> named(all.size(), 0);
    for (const auto& r : rows) {
        const std::string what = std::string(r.id) + " " + r.at + ": " + r.words;
        CAPTURE(what);
        bool found = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].first != r.at || all[i].second.find(r.words) == std::string::npos) continue;
            CHECK_FALSE_MESSAGE(found, "two readings have these words");
            found = true;
            ++named[i];
        }
        CHECK_MESSAGE(found, "no such reading there");
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        CHECK_MESSAGE(named[i] > 0,
                      "a reading that no row names: " << all[i].first << ": " << all[i].second);
}

/// What is put off to a later version says so at its place, and names the section.
inline void has_notes(const procedure& p, const std::vector<part>& rows) {
    const auto all = notes_of(p);
    for (const auto& r : rows) {
        const std::string what = std::string(r.name) + ": " + r.made_of;
        CAPTURE(what);
        bool found = false;
        for (const auto& [at, text] : all)
            if (at == r.name && text.find(r.made_of) != std::string::npos) found = true;
        CHECK(found);
    }
}

/// Every id from 1 to `last` has a reading, but the ones that are not of these files.
inline void every_id(const char* prefix, int last, const std::set<int>& elsewhere,
                     const std::vector<std::vector<reading>>& tables) {
    std::set<std::string> settled;
    for (const auto& rows : tables)
        for (const auto& r : rows) {
            const std::string ids = r.id;
            for (std::size_t from = 0; from < ids.size();) {
                auto to = ids.find(' ', from);
                if (to == std::string::npos) to = ids.size();
                settled.insert(ids.substr(from, to - from));
                from = to + 1;
            }
        }
    for (int i = 1; i <= last; ++i) {
        const std::string id = prefix + std::to_string(i);
        CAPTURE(id);
        CHECK(settled.count(id) == (elsewhere.count(i) != 0 ? 0 : 1));
    }
}

/// What a source says of a step in words: its title, the section, input and output, and of each
/// sentence of the work some words that no other sentence of the step has.
struct sentences {
    const char *step, *title, *section, *in, *out;
    std::vector<const char*> work;
};

inline void same_sentences(const procedure& p, const std::vector<sentences>& rows) {
    CHECK(p.steps.size() == rows.size());
    for (std::size_t i = 0; i < rows.size() && i < p.steps.size(); ++i) {
        const step& s = p.steps[i];
        const sentences& r = rows[i];
        const std::string at = r.step;
        CAPTURE(at);
        CHECK(s.id == std::string(r.step));
        CHECK(s.title == std::string(r.title));
        CHECK(join(s.source.sections, ", ") == std::string(r.section));
        CHECK(join(s.inputs, " | ") == std::string(r.in));
        CHECK(join(s.outputs, " | ") == std::string(r.out));
        REQUIRE(s.work.size() == r.work.size());
        for (std::size_t n = 0; n < s.work.size(); ++n) {
            CAPTURE(s.work[n]);
            CHECK(s.work[n].find(r.work[n]) != std::string::npos);
        }
    }
}

inline void same_parties(const procedure& p, const std::vector<part>& parts) {
    same_parts(p.parties, parts);
}

inline std::string type_of(const form_field& f) {
    const std::string among = f.catalogue.empty() ? join(f.choices, " | ") : f.catalogue;
    switch (f.type) {
    case field_type::text: return "chữ";
    case field_type::number: return "số";
    case field_type::day: return "ngày";
    case field_type::yes_no: return "có hoặc không";
    case field_type::person: return "người";
    case field_type::unit: return "đơn vị";
    case field_type::attachment: return "tệp đính kèm";
    case field_type::one_of: return "một trong " + among;
    case field_type::any_of: return "các mục " + among;
    case field_type::checklist: return "bảng kiểm " + among;
    case field_type::list: return "danh sách";
    }
    return "";
}

/// Of each field its type and when it is required; `name` is "form: field", columns are named
/// "form: list / column".
inline void same_types(const procedure& p, const std::vector<part>& rows) {
    std::vector<std::pair<std::string, std::string>> all;
    const auto take = [&](const std::string& name, const form_field& f) {
        std::string text = type_of(f);
        if (f.required) text += "; bắt buộc";
        if (f.required_if) text += "; nếu " + as_written(p, f.required_if);
        all.emplace_back(name, text);
    };
    for (const auto& form : p.forms)
        for (const auto& field : form.fields) {
            const std::string name = form.code + ": " + field.name;
            take(name, field);
            for (const auto& column : field.columns) take(name + " / " + column.name, column);
        }
    CHECK(all.size() == rows.size());
    for (std::size_t i = 0; i < rows.size() && i < all.size(); ++i) {
        CHECK(all[i].first == std::string(rows[i].name));
        CAPTURE(all[i].first);
        CHECK(all[i].second == std::string(rows[i].made_of));
    }
}

/// The words of a list, one for one.
inline void same_words(const procedure& p, const char* code, const std::vector<std::string>& words,
                       bool extensible) {
    CAPTURE(code);
    const auto* list = p.find_catalogue(code);
    REQUIRE(list != nullptr);
    std::vector<std::string> found;
    for (const auto& item : list->items) found.push_back(item.text);
    CHECK(found == words);
    CHECK(list->extensible == extensible);
}

}  // namespace table_of
