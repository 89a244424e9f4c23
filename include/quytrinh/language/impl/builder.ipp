// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder.ipp: one line after another: what opens it, whether it may stand
// here, what is refused.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

constexpr std::uint32_t P = in_procedure, A = in_party, T = in_term, D = in_document, F = in_form,
                        C = in_catalogue, K = in_checklist, R = in_record, S = in_step,
                        Q = in_consult, L = in_calendar, N = in_scenario;

constexpr clause_rule all_clause_rules[] = {
#define QUYTRINH_CLAUSE(id, blocks, once, builder_function, vi, en) \
    clause_rule{keyword::id, blocks, once, &builder::builder_function, vi, en},
#include <quytrinh/language/impl/clauses.inc>
#undef QUYTRINH_CLAUSE
};

constexpr std::size_t last_ruled = [] {
    std::size_t last = 0;
    for (const clause_rule& rule : all_clause_rules)
        last = std::max(last, static_cast<std::size_t>(rule.id));
    return last;
}();
/// Where the rule of each keyword stands, from 1; 0: it opens no clause. Every line asks.
constexpr auto rule_places = [] {
    static_assert(std::size(all_clause_rules) < 256);
    std::array<std::uint8_t, last_ruled + 1> made{};
    for (std::size_t i = std::size(all_clause_rules); i-- > 0;)
        made[static_cast<std::size_t>(all_clause_rules[i].id)] = static_cast<std::uint8_t>(i + 1);
    return made;
}();

/// The headers that open a block of a kind, for messages.
constexpr std::pair<std::uint32_t, keyword> block_headers[] = {
    {in_procedure, keyword::procedure}, {in_party, keyword::role},
    {in_term, keyword::term},           {in_document, keyword::document},
    {in_form, keyword::form},           {in_catalogue, keyword::catalogue},
    {in_checklist, keyword::checklist}, {in_record, keyword::record},
    {in_step, keyword::step},           {in_consult, keyword::consult},
    {in_calendar, keyword::calendar},   {in_scenario, keyword::scenario},
};

}  // namespace

std::span<const clause_rule> clause_rules() noexcept { return all_clause_rules; }

const clause_rule* rule_of(keyword id) noexcept {
    const auto index = static_cast<std::size_t>(id);
    const std::size_t from_one = index < rule_places.size() ? rule_places[index] : 0;
    return from_one == 0 ? nullptr : &all_clause_rules[from_one - 1];
}

/// Does a line of this keyword say where a step leads?
inline bool opens_branch(keyword id) {
    const clause_rule* rule = rule_of(id);
    return rule != nullptr && rule->build == &builder::build_branch;
}

// --- a line on its way

clause_line::clause_line(builder& owner, text_line& line, keyword opener, std::string_view example)
    : owner_(&owner),
      line_(&line),
      opener_(opener),
      example_(example),
      state_(owner.text(), owner.file(), owner.words(), opener, line.tokens, owner.steps_left()) {
    if (owner.notes != nullptr) state_.remember_in(&owner.notes->taken_for);
}

place clause_line::where() const noexcept { return at({line_->begin, line_->end}); }
place clause_line::at(span where) const noexcept { return {owner_->file(), where}; }
std::string clause_line::opener_text() const { return owner_->spelled_here(opener_); }

void clause_line::note() {
    if (owner_->notes != nullptr) owner_->notes->understood(state_.tokens().size());
}

void clause_line::accept() {
    for (const line_state::respelling& one : state_.respelled()) {
        const phrase& words = state_.words().at(one.at->phrase);
        const std::string right = owner_->spelled_here(one.meant);
        const std::uint16_t code = words.how == spelling::foreign ? diag::keyword_of_other_dialect
                                                                  : diag::keyword_without_marks;
        owner_->report().report(code, at(one.at->range()),
                                {owner_->text_at(one.at->range()), right},
                                replace(at(one.at->range()), right, true));
    }
    for (const complaint& one : state_.complaints())
        owner_->report().report(one.code, at(one.where), one.args);
    errors_when_read_ = owner_->report().list().errors;
}

bool clause_line::mend() {
    if (explain(*owner_, *this)) return true;
    owner_->break_block(opener_);
    owner_->salvage(*line_);
    return false;
}

// --- reading a text

void builder::read_file(std::uint32_t file, std::string_view text, const vocabulary& words,
                        bool library) {
    file_ = file;
    text_ = text;
    words_ = &words;
    library_ = library;
    library_steps_ = false;
    imported_procedure_.clear();
    first_line_ = true;
    procedure_heading_.clear();
    steps_left_ = steps_allowed(text.size());
    report_->enter({});
    line_reader reader{text, words, *bounds_};
    text_line line;
    while (reader.next(line)) {
        if (parts != nullptr) parts->before(*this, line);
        if (notes != nullptr) notes->begin(line, words);
        read_line(line);
        if (notes != nullptr) notes->end(block_);
    }
    if (parts != nullptr) parts->finish(*this);
    close_block();
    silences_waiting_ = 0;
    report_->enter({});
    settle_amounts();
}

void builder::read_line(text_line& line) {
    // Once the budget of the text is spent, which is reported, the rest of it is not read.
    if (!imported_procedure_.empty() || steps_left_ == 0) return;
    const bool header = !line.empty() && line.first().kind == token_kind::phrase &&
                        words_->at(line.first().phrase).header;
    const bool column = header && heads_a_column(line);
    if (header && !column) {
        // What is wrong with a header is not the fault of the block above it.
        close_block();
        report_->enter(procedure_heading_);
    }
    if (!line.faults.empty()) report_faults(line);
    if (line.empty()) return;
    if (line.stray_comma) {
        const token comma = line.tokens[line.tokens.size() - 2];
        if (!line.blind)
            report_->report(diag::trailing_comma, {file_, comma.range()}, {},
                            replace({file_, comma.range()}, "", true));
        line.tokens.erase(line.tokens.end() - 2);
        if (line.empty()) return;
    }
    const token& first = line.first();
    const phrase* opening = first.kind == token_kind::phrase ? &words_->at(first.phrase) : nullptr;
    place_silences(line, opening != nullptr && opening->is(keyword::ignore), header && !column);
    if (std::exchange(first_line_, false)) {
        if (opening != nullptr && opening->is(keyword::edition_line)) {
            if (notes != nullptr) notes->edition();
            return;  // judged before the builder began
        }
    } else if (opening != nullptr && opening->is(keyword::edition_line)) {
        return read_edition_again(line);
    }
    if (column) {
        if (notes != nullptr) notes->opens_none();
        if (!read_as_table_head(line)) salvage(line);  // blind: told already
    } else if (opening != nullptr && opening->header)
        read_header(line, *opening);
    else if (opening != nullptr && opening->clause)
        read_clause(line, *opening);
    else
        read_unknown(line);
}

void builder::place_silences(const text_line& line, bool is_one, bool is_header) {
    const place here{file_, {line.begin, line.end}};
    if (is_header) header_line_ = here;
    if (is_one) return;
    for (auto at = model_.silences.end(); silences_waiting_ > 0; --silences_waiting_)
        (--at)->below = here;
}

void builder::read_edition_again(text_line& line) {
    report_->report(diag::edition_line_twice, {file_, {line.begin, line.end}}, {},
                    replace({file_, {line.begin, line.end}}, "", true));
}

/// A line that was not understood may have declared what other lines use: they are not to be
/// blamed.
void builder::salvage(const text_line& line) {
    for (const token& one : line.tokens) {
        if (one.kind == token_kind::code)
            perhaps_.insert(latin_twin(name_text(text_at(one.range()))));
        else if (one.kind == token_kind::string)
            perhaps_.insert(string_text(text_at(one.range())));
        else if (one.kind == token_kind::integer || one.kind == token_kind::step_id)
            perhaps_.insert(text_at(one.range()));
    }
}

bool builder::within_nesting(const text_line& line) {
    std::size_t depth = 0;
    for (const token& one : line.tokens) {
        if (one.kind == token_kind::close && depth > 0) --depth;
        if (one.kind != token_kind::open || ++depth <= bounds_->nesting) continue;
        if (!line.blind)
            report_->report(diag::nested_too_deeply, {file_, one.range()},
                            {std::to_string(bounds_->nesting)});
        break_block();
        salvage(line);
        return false;
    }
    return true;
}

/// Does a note stand in this block? Not in a scenario, where only a comment can say more.
bool builder::noted_here() const { return (rule_of(keyword::note)->blocks & block_) != 0; }

/// Words of a later version are known and refused, never ignored.
bool builder::refuse_later(const text_line& line, keyword opener, bool header) {
    const auto refuse = [&](const token& one) {
        if (!line.blind && block_ != in_refused && header)
            report_->report(diag::later_header, {file_, one.range()}, {text_at(one.range())});
        else if (!line.blind && block_ != in_refused)
            report_->report(diag::later_keyword, {file_, one.range()},
                            {text_at(one.range()),
                             noted_here() ? spelled_here(keyword::note) : std::string("#")});
        break_block(header ? keyword::none : opener);
        salvage(line);
        if (header) {
            refused_header_ = true;
            close_block();
            enter_block(in_refused, opener, {});
        }
        return true;
    };
    if (opener != keyword::none && row_of(opener).status == keyword_status::later)
        return refuse(line.first());
    // Inside a line only words can be meant, and only as they are spelled: `làm cho xong` without
    // quotes is not `chờ xong`, and `khi` opens no scenario there.
    for (const token& one : line.tokens) {
        if (one.kind != token_kind::phrase || !words_->at(one.phrase).later) continue;
        const phrase& found = words_->at(one.phrase);
        const bool word = std::any_of(found.ids.begin(), found.ids.end(), [](keyword id) {
            return row_of(id).context == keyword_context::word;
        });
        if (word && found.how == spelling::exact) return refuse(one);
    }
    return false;
}

void builder::read_header(text_line& line, const phrase& opening) {
    keyword header = keyword::none;
    for (const keyword id : opening.ids)
        if (row_of(id).context == keyword_context::header &&
            (header == keyword::none || row_of(header).status == keyword_status::later))
            header = id;
    if (block_ == in_refused) block_ = in_nothing;
    if (refuse_later(line, header, true)) return;
    static constexpr std::string_view titled_vi = "vai trò ĐVTH \"Đơn vị thực hiện\"";
    static constexpr std::string_view titled_en = "role ĐVTH \"Đơn vị thực hiện\"";
    const bool vi = words_->words() == dialect::vi;
    const auto example = [&](std::string_view in_vi, std::string_view in_en) {
        return vi ? in_vi : in_en;
    };
    if (header == keyword::procedure) {
        clause_line one{*this, line, header,
                        example("quy trình QT.01 \"Cấp giấy xác nhận\"",
                                "procedure QT.01 \"Cấp giấy xác nhận\"")};
        return open_procedure(one);
    }
    if (header == keyword::step) {
        clause_line one{*this, line, header,
                        example("bước 2 \"Kiểm tra tài liệu\"", "step 2 \"Kiểm tra tài liệu\"")};
        return open_step(one);
    }
    if (header == keyword::consult) {
        clause_line one{*this, line, header,
                        example("xin ý kiến 6a \"Xin ý kiến chỉ đạo\" tại bước 5",
                                "consult 6a \"Xin ý kiến chỉ đạo\" at step 5")};
        return open_consult(one);
    }
    if (header == keyword::import_file) {
        clause_line one{*this, line, header,
                        example("lấy từ tệp \"chung/don-vi.quytrinh\"",
                                "import file \"chung/don-vi.quytrinh\"")};
        return open_import(one);
    }
    if (header == keyword::scenario) {
        clause_line one{*this, line, header,
                        example("kịch bản \"Đủ tài liệu\"", "scenario \"Đủ tài liệu\"")};
        return open_scenario(one);
    }
    clause_line one{*this, line, header, example(titled_vi, titled_en)};
    open_titled(one, header);
}

std::vector<keyword> builder::clauses_here() const {
    std::vector<keyword> out;
    for (const clause_rule& rule : all_clause_rules)
        if ((rule.blocks & block_) != 0) out.push_back(rule.id);
    return out;
}

void builder::read_clause(text_line& line, const phrase& opening) {
    // One spelling may open clauses of several blocks: the one that stands here is meant.
    keyword opener = keyword::none;
    const clause_rule* rule = nullptr;
    for (const keyword id : opening.ids) {
        if (row_of(id).context != keyword_context::clause) continue;
        const clause_rule* candidate = rule_of(id);
        if (opener == keyword::none ||
            (candidate != nullptr && (candidate->blocks & block_) != 0)) {
            opener = id;
            rule = candidate;
        }
    }
    if (block_ == in_refused) return salvage(line);
    if (opener == keyword::also && block_ != in_scenario) return read_unknown(line);
    // Behind a line that nobody understood, what cannot stand here shows that it was a header.
    const auto written_before = [&](const auto& one) { return one.first == opener; };
    if (torn_ && rule != nullptr &&
        ((rule->blocks & block_) == 0 ||
         (rule->once && std::any_of(seen_.begin(), seen_.end(), written_before)))) {
        open_lost_block();
        return salvage(line);
    }
    const bool way_on =
        (rule != nullptr && (rule->blocks & block_) != 0) || opener == keyword::when;
    if (way_on && !opens_branch(opener) && read_as_branch(line)) return;
    if ((rule == nullptr || (rule->blocks & block_) == 0) && read_in_other_words(line, opener))
        return;
    if (refuse_branch_of_consultation(line, opener)) return;
    if (refuse_later(line, opener, false)) return;
    const place first{file_, line.first().range()};
    const auto written = [&] { return text_at(line.first().range()); };
    if (block_ == in_nothing || rule == nullptr) {
        if (!line.blind)
            report_->report(diag::clause_before_header, first,
                            {written(), "“" + spelled_here(keyword::procedure) + "”, “" +
                                            spelled_here(keyword::step) + "”"});
        break_block(opener);
        return salvage(line);
    }
    if ((rule->blocks & block_) == 0) {
        std::string where;
        for (const auto& [bit, header] : block_headers)
            if ((rule->blocks & bit) != 0)
                where += (where.empty() ? "“" : ", “") + spelled_here(header) + "”";
        if (!line.blind)
            report_->report(diag::clause_in_wrong_block, first,
                            {written(), spelled_here(header_), where});
        break_block(opener);
        return salvage(line);
    }
    const auto same = std::find_if(seen_.begin(), seen_.end(), written_before);
    if (rule->once && same != seen_.end()) {
        if (!line.blind)
            report_->report(diag::clause_twice, first, {written()}, {},
                            {related_place{same->second, diag::written_before, {}}});
        return salvage(line);
    }
    if (same == seen_.end()) seen_.emplace_back(opener, first);
    if (!within_nesting(line)) return lose(opener);
    const bool vi = words_->words() == dialect::vi;
    clause_line one{*this, line, opener, vi ? rule->vi : rule->en};
    const std::size_t errors = report_->list().errors;
    (this->*rule->build)(one);
    // A value that cannot be meant was put aside.
    if (report_->list().errors > std::max(errors, one.errors_when_read())) lose(opener);
    // A line that nothing else begins like: what is wrong with it is wrong with the scenario alone.
    // A line that was not understood may have been meant for the procedure.
    if (block_ == in_scenario) errors_in_scenarios += report_->list().errors - errors;
}

}  // namespace quytrinh::detail::grammar
