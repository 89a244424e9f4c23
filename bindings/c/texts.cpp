// SPDX-License-Identifier: BSL-1.0
// bindings/c/texts.cpp: texts read, judged, drawn; calendars, tables and counted limits.
#include "office.hpp"
#include "request.hpp"
#include "views.hpp"

#include <quytrinh/check/check.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

#include <deque>

namespace quytrinh::c_abi {

namespace {

/// What a text may refer to: what the office knows, or what ships.
class surroundings {
public:
    explicit surroundings(const std::shared_ptr<office_object>& in) {
        if (!in) {
            bundled_ = bundled();
            return;
        }
        office_ = &in->office;
        const std::lock_guard hold(in->guard);
        usual_ = in->default_calendar;
    }
    [[nodiscard]] result<procedure_ptr> procedure_of(std::string_view code) const {
        if (office_ != nullptr) return office_->procedure_of(code);
        for (const auto& one : bundled_.procedures)
            if (one->code == code) return one;
        return fail(errc::procedure_unknown, {std::string{code}});
    }
    [[nodiscard]] result<calendar> calendar_of(std::string_view code) const {
        if (code.empty()) code = usual_;
        if (office_ != nullptr) return office_->calendar_of(code);
        for (const auto& one : bundled_.calendars)
            if (one.code == code) return one;
        return fail(errc::calendar_unknown, {std::string{code}});
    }

private:
    runtime* office_ = nullptr;
    definitions bundled_;
    std::string usual_ = "HC.VN";
};

/// Both passes over a text, as adding it would make them.
std::string judge(const surroundings& known, const parsed& read, language words) {
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
    json_object out;
    out.truth("ok", all.ok());
    add_diagnostics(out, all, read.sources, words);
    if (read.definition) out.raw("procedure", short_view(*read.definition).str());
    return out.str();
}

counting_rule rule_of(const std::string& word, const amount& length) {
    if (word.empty())
        return !length.count.is_integer() || length.unit == time_unit::working_hour
                   ? counting_rule::working_time
                   : counting_rule::blds_2015;
    for (const counting_rule known :
         {counting_rule::blds_2015, counting_rule::include_first_day, counting_rule::no_roll,
          counting_rule::roll_back, counting_rule::working_time})
        if (json_word(known) == word) return known;
    request::fault("rule", "is not known");
}

instant instant_of(const std::string& text, std::chrono::minutes offset) {
    if (const auto at = read_instant(text, offset)) return *at;
    if (const auto day = read_date(text)) return start_of(*day, offset);
    request::fault("from", "must be an instant or a day, 2023-12-11T08:00+07:00");
}

std::string due(const surroundings& known, std::string_view text, language words) {
    request with{text};
    const std::string wanted = with.needed("limit"), code = with.text("calendar");
    const std::string from = with.text("from"), rule = with.text("rule");
    with.finish();
    const auto first = words == language::vi ? dialect::vi : dialect::en;
    const auto written = parse_limit(wanted, first);
    if (!written) throw wrong_text{written.error(), {source_text{"limit", wanted}}};
    const calendar days = must(known.calendar_of(code));
    using stated = written_limit::kind;
    switch (written->what) {
    case stated::not_stated: return json_object().text("kind", "not_stated").str();
    case stated::immediately: return json_object().text("kind", "immediately").str();
    case stated::before_date:
    case stated::through_date:
        return to_json(must(due_at(days, *written->day, written->what == stated::through_date)),
                       days.offset, words);
    case stated::count: break;
    }
    if (from.empty()) request::fault("from", "is missing");
    return to_json(must(count_limit(days, rule_of(rule, written->length),
                                    instant_of(from, days.offset), written->length)),
                   days.offset, words);
}

std::string drawn(const procedure& of, std::int32_t kind, language words) {
    if (kind == QUYTRINH_SVG) return draw_svg(of, words);
    if (kind == QUYTRINH_DOT) return draw_dot(of, words);
    if (kind == QUYTRINH_MERMAID) return draw_mermaid(of, words);
    refuse(errc::invalid_argument, {"value", std::to_string(kind)});
}

std::string add(runtime& office, std::string name, std::string text, const import_resolver& imports,
                language words) {
    auto done = office.add(text, name, imports);
    if (!done) {
        if (done.error().diagnostics.total() == 0) must(std::move(done));
        // The same text read again gives the texts that the diagnostics stand in.
        throw wrong_text{done.error(), parse(std::move(name), std::move(text), imports).sources};
    }
    json_object out = short_view(*done->definition);
    add_diagnostics(out, done->diagnostics, done->sources, words);
    return out.str();
}

std::string name_or(std::string_view name, const char* other) {
    return name.empty() ? std::string{other} : std::string{name};
}

std::shared_ptr<office_object> perhaps(quytrinh_office* office) {
    return office == nullptr ? nullptr : object_of<office_object>(office);
}

}  // namespace

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;
namespace qt = quytrinh;

std::int32_t quytrinh_add(quytrinh_office* office, const char* name, std::size_t name_size,
                          const char* text, std::size_t text_size, quytrinh_import_fn import,
                          void* import_user, std::int32_t words, quytrinh_error** error,
                          quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        std::string called = name_or(given(name, name_size, "text"), "procedure.quytrinh");
        std::string all{given(text, text_size, "text")};
        give_text(json, add(in->office, std::move(called), std::move(all),
                            imports_of(import, import_user), as));
    });
}

std::int32_t quytrinh_check(quytrinh_office* office, const char* name, std::size_t name_size,
                            const char* text, std::size_t text_size, quytrinh_import_fn import,
                            void* import_user, std::int32_t words, quytrinh_error** error,
                            quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = perhaps(office);
        const auto as = language_of(words);
        const surroundings known{in};
        const auto read =
            qt::parse(name_or(given(name, name_size, "text"), "procedure.quytrinh"),
                      std::string{given(text, text_size, "text")}, imports_of(import, import_user));
        give_text(json, judge(known, read, as));
    });
}

std::int32_t quytrinh_draw(quytrinh_office* office, const char* code, std::size_t code_size,
                           std::int32_t kind, std::int32_t words, quytrinh_error** error,
                           quytrinh_text** drawing) {
    return call(error, [&] {
        clear(drawing);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        const auto of = must(in->office.procedure_of(named(code, code_size, "procedure")));
        give_text(drawing, drawn(*of, kind, as));
    });
}

std::int32_t quytrinh_add_calendars(quytrinh_office* office, const char* name,
                                    std::size_t name_size, const char* text, std::size_t text_size,
                                    quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const std::string called = name_or(given(name, name_size, "text"), "calendar.quytrinh");
        const std::string all{given(text, text_size, "text")};
        const auto read = qt::parse_calendars(called, all);
        if (!read) throw wrong_text{read.error(), {qt::source_text{called, all}}};
        std::vector<std::string> codes;
        for (const qt::calendar& days : *read) {
            must(in->office.add_calendar(days));
            codes.push_back(days.code);
        }
        give_text(json, json_texts(codes));
    });
}

std::int32_t quytrinh_default_calendar(quytrinh_office* office, const char* code,
                                       std::size_t code_size, quytrinh_error** error) {
    return call(error, [&] {
        const auto in = object_of<office_object>(office);
        std::string usual{named(code, code_size, "text")};
        must(in->office.set_default_calendar(usual));
        const std::lock_guard hold(in->guard);
        in->default_calendar = std::move(usual);
    });
}

std::int32_t quytrinh_switch_calendar(quytrinh_office* office, const char* code,
                                      std::size_t code_size, const char* name,
                                      std::size_t name_size, std::int32_t on,
                                      quytrinh_error** error) {
    return call(error, [&] {
        const auto in = object_of<office_object>(office);
        auto days = must(in->office.calendar_of(named(code, code_size, "text")));
        must(in->office.add_calendar(
            must(qt::with_switch(std::move(days), named(name, name_size, "text"), on != 0))));
    });
}

std::int32_t quytrinh_set_table(quytrinh_office* office, const char* code, std::size_t code_size,
                                quytrinh_row_fn has_row, void* user, quytrinh_destroy_fn destroy,
                                quytrinh_error** error) {
    return call(error, [&] {
        const auto host = keep(has_row, user, destroy);
        const auto in = object_of<office_object>(office);
        std::string of{named(code, code_size, "text")};
        if (has_row == nullptr) return in->office.set_table(std::move(of), {});
        in->office.set_table(std::move(of), [host](const std::vector<qt::value>& row) {
            json_array cells;
            for (const auto& cell : row) cells.raw(qt::to_json(cell));
            const std::string json = cells.str();
            const std::int32_t said = host->tell(host->user, json.data(), json.size());
            if (said < 0) refuse(qt::errc::host_callback_failed, {std::to_string(said)});
            return said != 0;
        });
    });
}

std::int32_t quytrinh_due(quytrinh_office* office, const char* request, std::size_t request_size,
                          std::int32_t words, quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = perhaps(office);
        const auto as = language_of(words);
        const surroundings known{in};
        give_text(json, due(known, given(request, request_size, "text"), as));
    });
}
