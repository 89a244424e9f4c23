// SPDX-License-Identifier: BSL-1.0
// tests/support/edit_laws.hpp: a text that is edited reads as the same text read whole; and edits
// as hands make them.
#pragma once

#include "seeded.hpp"

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/language/edited_text.hpp>
#include <quytrinh/language/impl/places.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace edit_laws {

using quytrinh_tests::dice;

inline std::string written(const quytrinh::place& where) {
    return std::to_string(where.file) + ':' + std::to_string(where.range.begin) + '-' +
           std::to_string(where.range.end);
}

/// Everything that findings hold.
inline std::string written(const quytrinh::diagnostic_list& list) {
    std::string out = std::to_string(list.errors) + ' ' + std::to_string(list.warnings) + ' ' +
                      std::to_string(list.hints) + '\n';
    for (const quytrinh::diagnostic& one : list.items) {
        out += quytrinh::code_text(one.code) + ' ' +
               std::to_string(static_cast<unsigned>(one.level)) + ' ' + written(one.where) + " [" +
               one.heading + ']';
        for (const std::string& arg : one.args) out += " {" + arg + '}';
        for (const quytrinh::related_place& other : one.related) {
            out += " + " + std::to_string(other.message) + '@' + written(other.where);
            for (const std::string& arg : other.args) out += " {" + arg + '}';
        }
        if (one.fix) {
            out += one.fix->safe ? " safe" : " fix";
            for (const quytrinh::text_edit& edit : one.fix->edits)
                out += ' ' + written(edit.where) + '"' + edit.text + '"';
        }
        out += '\n';
    }
    return out;
}

inline std::string places_of(quytrinh::procedure copy) {
    std::string out;
    const auto note = [&out](quytrinh::place& where) { out += written(where) + ' '; };
    quytrinh::detail::grammar::place_mover<decltype(note)>{note}.all(copy);
    for (const quytrinh::silence& one : copy.silences) out += one.met ? 'm' : '-';
    return out;
}

/// What differs between two models, or nothing.
inline std::string difference(const quytrinh::procedure_ptr& a, const quytrinh::procedure_ptr& b) {
    if ((a == nullptr) != (b == nullptr)) return a ? "a model too many" : "a model is missing";
    if (a == nullptr) return {};
    if (!a->same_meaning(*b)) return "the models say different things";
    if (a->hash != b->hash || (a->unread == nullptr) != (b->unread == nullptr) ||
        a->words != b->words)
        return "hash, draft or dialect";
    if (a->silences != b->silences) return "silences";
    if (a->sources.size() != b->sources.size()) return "count of texts";
    for (std::size_t i = 0; i < a->sources.size(); ++i)
        if (a->sources[i].text() != b->sources[i].text() ||
            a->sources[i].name() != b->sources[i].name())
            return "texts";
    for (const quytrinh::step& one : b->steps)
        if (a->find_step(one.id) == nullptr) return "the index of steps";
    if (places_of(*a) != places_of(*b)) return "places";
    const std::string x = written(quytrinh::check(*a)), y = written(quytrinh::check(*b));
    return x == y ? std::string{} : "the checker says\n" + x + "and of the whole\n" + y;
}

/// What differs between a reading by parts and one of the whole, or nothing.
inline std::string difference(const quytrinh::parsed& part, const quytrinh::parsed& whole) {
    const std::string x = written(part.diagnostics), y = written(whole.diagnostics);
    if (x != y) return "findings\n" + x + "and of the whole\n" + y;
    if (part.sources.size() != whole.sources.size() ||
        part.sources.front().text() != whole.sources.front().text() ||
        part.sources.front().line_count() != whole.sources.front().line_count())
        return "sources";
    if ((part.scenarios == nullptr) != (whole.scenarios == nullptr) ||
        (part.scenarios && part.scenarios->items != whole.scenarios->items))
        return "scenarios";
    for (const auto& [a, b] :
         {std::pair{part.definition, whole.definition}, std::pair{part.library, whole.library},
          std::pair{part.draft, whole.draft}})
        if (std::string what = difference(a, b); !what.empty()) return what;
    return {};
}

struct one_edit {
    quytrinh::span where;
    std::string with;
};

/// An edit as somebody makes it who writes: letters, words, lines that come and go.
inline one_edit any_edit(std::string_view text, dice& d) {
    static constexpr std::string_view pieces[] = {
        "a",
        "x",
        " ",
        ",",
        "\"",
        "\n",
        "\r",
        "\r\n",
        "#",
        "##",
        "→",
        "(",
        ")",
        "5",
        "1",
        "\"\"\"",
        "bước ",
        "bước 2 \"Khác\"\n",
        "  chủ trì A\n",
        "  chủ trì Z\n",
        "  OK → bước 1\n",
        "  xong → kết thúc\n",
        "  lập BM\n",
        "  lập XX\n",
        "  nếu \"Gấp\" là có → bước 1\n",
        "  thời hạn 3 ngày\n",
        "  thoi han 3 ngay\n",
        "  đơn vị chủ trì A\n",
        "  thời gian thực hiện: 24h\n",
        "- ",
        ".\n",
        "  bỏ qua QT4015 vì \"đã biết\"\n",
        "vai trò Q \"Khác\"\n",
        "biểu mẫu B2 \"Khác\"\n  thông tin \"Gấp\" là chữ\n",
        "xin ý kiến 9a \"Hỏi\" tại bước 2\n  hỏi B\n",
        "## ghi thêm\n",
        "\xC2\xA0",
        "\xFF",
        "kết ",
        "  Không đạt → bước 1\n",
        "  dùng \"Giấy\"\n",
        "kịch bản \"Một\"\n",
        " sửa lần "};
    const auto size = text.size();
    const auto any = [&] { return d.below(size + 1); };
    const auto line_begin = [&](std::size_t at) {
        const std::size_t end = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
        return end == std::string_view::npos ? std::size_t{0} : end + 1;
    };
    const auto line_end = [&](std::size_t at) { return std::min(text.find('\n', at), size); };
    const auto make = [](std::size_t from, std::size_t to, std::string with) {
        return one_edit{
            {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(std::max(from, to))},
            std::move(with)};
    };
    const std::size_t at = any();
    const std::string piece{pieces[d.below(std::size(pieces))]};
    switch (d.below(9)) {
    case 0: return make(at, std::min(size, at + 1 + d.below(3)), {});
    case 1: return make(at, at, piece);
    case 2: return make(line_begin(at), line_begin(at), piece);
    case 3: return make(line_begin(at), std::min(size, line_end(at) + 1), {});
    case 4: {
        const std::size_t from = any();
        return make(line_begin(at), line_end(at),
                    std::string(text.substr(line_begin(from), line_end(from) - line_begin(from))));
    }
    case 5: return make(line_end(at), line_end(at), piece);
    case 6: return make(at, std::min(size, at + d.below(200)), piece);
    case 7: return make(at, at, std::string(1, static_cast<char>('a' + d.below(26))));
    default: return make(at, std::min(size, at + d.below(8)), std::to_string(d.below(12)));
    }
}

}  // namespace edit_laws
