// SPDX-License-Identifier: BSL-1.0
// bindings/c/texts.cpp: texts read, judged, drawn; calendars, tables and counted limits.
#include "office.hpp"
#include "request.hpp"
#include "surroundings.hpp"
#include "views.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

namespace quytrinh::c_abi {

namespace {

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
                                    moment_of("from", from, days.offset), written->length)),
                   days.offset, words);
}

std::string drawn(const procedure& of, std::int32_t kind, language words) {
    if (kind == QUYTRINH_SVG) return draw_svg(of, words);
    if (kind == QUYTRINH_DOT) return draw_dot(of, words);
    if (kind == QUYTRINH_MERMAID) return draw_mermaid(of, words);
    refuse(errc::invalid_argument, {"value", std::to_string(kind)});
}

std::string add(office_object& in, std::string name, std::string text,
                const import_resolver& imports, language words) {
    auto done = in.office.add(text, name, imports);
    if (!done) {
        if (done.error().diagnostics.total() == 0) must(std::move(done));
        // The same text read again gives the texts that the diagnostics stand in.
        throw wrong_text{done.error(), parse(std::move(name), std::move(text), imports).sources};
    }
    std::vector<std::string> brought;
    for (const calendar& days : done->definition->calendars) brought.push_back(days.code);
    in.know_calendars(brought);
    json_object out = short_view(*done->definition);
    add_diagnostics(out, done->diagnostics, done->sources, words);
    return out.str();
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
        give_text(json,
                  add(*in, std::move(called), std::move(all), imports_of(import, import_user), as));
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
        give_text(json, verdict(judged(known, read), read, as));
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
        in->know_calendars(codes);
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
