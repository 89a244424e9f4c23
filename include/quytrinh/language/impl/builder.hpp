// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder.hpp: lines become a model. One builder reads a file and its
// imports into one procedure and remembers every name that was used, to be resolved at the end.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/language/impl/clauses.hpp>
#include <quytrinh/language/impl/drafts.hpp>
#include <quytrinh/language/impl/line_notes.hpp>
#include <quytrinh/language/impl/lines.hpp>
#include <quytrinh/language/impl/parts.hpp>
#include <quytrinh/language/impl/reporter.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

/// Kinds of block, as bits, so that a clause can name all those it stands in.
enum block_bit : std::uint32_t {
    in_nothing = 0,
    in_procedure = 1u << 0,
    in_party = 1u << 1,
    in_term = 1u << 2,
    in_document = 1u << 3,
    in_form = 1u << 4,
    in_catalogue = 1u << 5,
    in_checklist = 1u << 6,
    in_record = 1u << 7,
    in_step = 1u << 8,
    in_consult = 1u << 9,
    in_calendar = 1u << 10,
    in_refused = 1u << 11,  ///< a header that is not in this version, or was not understood: its
                            ///< lines are passed over
    in_scenario = 1u << 12,
};

class builder;
class name_resolver;

/// A line on its way into the model.
class clause_line {
public:
    clause_line(builder& owner, text_line& line, keyword opener, std::string_view example);

    /// Reads the words of the line. Mistakes are reported, and repaired where it is plain what was
    /// meant, so that the rest of the line and of the block is read as well. False: reported,
    /// nothing was read.
    template <class Words>
    bool read(bool (*reader)(line_state&, Words&), Words& out) {
        for (int attempt = 0; attempt < 12; ++attempt) {
            state_.restart();
            if (reader(state_, out)) {
                if (attempt == 0) note();
                accept();
                return true;
            }
            if (!mend()) break;
        }
        out = {};
        return false;
    }

    [[nodiscard]] keyword opener() const noexcept { return opener_; }
    /// Errors of the text once the words of this line were understood; later ones are of values.
    [[nodiscard]] std::size_t errors_when_read() const noexcept { return errors_when_read_; }
    [[nodiscard]] place where() const noexcept;
    [[nodiscard]] place at(span where) const noexcept;
    [[nodiscard]] text_line& line() noexcept { return *line_; }
    [[nodiscard]] line_state& state() noexcept { return state_; }
    [[nodiscard]] std::string_view example() const noexcept { return example_; }
    /// The keyword that opened the line, as this file writes it.
    [[nodiscard]] std::string opener_text() const;

private:
    void note();
    void accept();
    bool mend();

    builder* owner_;
    text_line* line_;
    keyword opener_;
    std::string_view example_;
    line_state state_;
    std::size_t errors_when_read_ = 0;
};

struct clause_rule {
    keyword id = keyword::none;
    std::uint32_t blocks = 0;
    bool once = false;
    void (builder::*build)(clause_line&) = nullptr;
    std::string_view vi, en;
};

/// A name used in the text, to be looked up when everything has been read.
struct name_use {
    enum class kind : std::uint8_t {
        party,
        role,
        form,
        form_or_document,
        record_or_form,
        catalogue,
        checklist,
        list,
        table,
        step,
    };
    kind what = kind::party;
    std::string text;
    place where;
    std::uint32_t heading = 0;
};

/// A field used outside a condition.
struct field_use {
    std::string form, field, own_form;
    place where;
    std::uint32_t heading = 0;
    bool carried = false;  ///< by `mang theo`, where no form can be named
};

/// What a code was declared as.
struct declared {
    keyword header = keyword::none;
    place where;
    std::size_t index = 0;
};

/// The scenario being read.
struct scenario_draft {
    enum class line : std::uint8_t { none, given, act, expectation } last = line::none;
    bool timed = false, acted = false, deed = false, expected = false;
    std::string latest;  ///< the last moment that is written, as it sorts
};

class builder {
public:
    builder(reporter& report, const limits& bounds) : report_(&report), bounds_(&bounds) {}

    /// Reads one text. `library`: only declarations are allowed, as in an import.
    void read_file(std::uint32_t file, std::string_view text, const vocabulary& words,
                   bool library);
    /// Reads `chậm nhất 03 ngày làm việc` alone. False: reported.
    bool read_limit_alone(std::string_view text, const vocabulary& words, written_limit& out);
    /// The code of a party or form whose title is `words`, or whose code differs only by marks and
    /// case.
    [[nodiscard]] std::string code_like(std::string_view words) const;
    /// The name of a declared field that differs from `words` only by marks and case.
    [[nodiscard]] std::string field_like(std::string_view words) const;
    /// Something that may declare any name could not be read: unknown names are not to be blamed.
    void excuse_unknown_names() noexcept { nameless_ = true; }
    /// Looks up every name that was used and puts canonical codes and forms into the model.
    void resolve_names();
    /// The same for steps that were read again, and nothing else (parts.hpp).
    void resolve_names_of(std::size_t first_step, std::size_t count);

    [[nodiscard]] bool has_procedure() const noexcept { return procedure_seen_; }
    /// A header of a later version was refused: what kind of file this is cannot be told.
    [[nodiscard]] bool refused_header() const noexcept { return refused_header_; }
    /// The procedure that stood in the import read last, where none may stand.
    [[nodiscard]] const std::string& imported_procedure() const noexcept {
        return imported_procedure_;
    }
    /// Can something be said of what was read? Not once a fault has swallowed lines.
    [[nodiscard]] bool judged_at_all() const noexcept;
    [[nodiscard]] unread_clauses what_is_unread() const;
    [[nodiscard]] procedure& model() noexcept { return model_; }
    [[nodiscard]] reporter& report() noexcept { return *report_; }
    [[nodiscard]] const limits& bounds() const noexcept { return *bounds_; }
    [[nodiscard]] std::uint32_t file() const noexcept { return file_; }
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] const vocabulary& words() const noexcept { return *words_; }
    [[nodiscard]] std::uint64_t& steps_left() noexcept { return steps_left_; }
    [[nodiscard]] std::string spelled_here(keyword id) const {
        return std::string(spelled(id, words_->words()));
    }
    [[nodiscard]] std::string text_at(span where) const {
        return std::string(text_.substr(where.begin, where.end - where.begin));
    }
    [[nodiscard]] std::uint32_t block() const noexcept { return block_; }
    [[nodiscard]] std::vector<keyword> clauses_here() const;

    /// The names of imports with their places, in order; the reader of files follows them.
    struct import_line {
        std::string name;
        place where;
        std::uint32_t heading = 0;
    };
    std::vector<import_line> imports;
    place procedure_place{};

    /// Where what is seen of each line is written down; null unless somebody asked.
    line_notes* notes = nullptr;
    text_parts* parts = nullptr;  ///< the same, for its parts

    // one function per clause of clauses.inc
    void build_issue(clause_line& line);
    void build_document_date(clause_line& line);
    void build_head_text(clause_line& line);
    void build_head_list(clause_line& line);
    void build_head_code(clause_line& line);
    void build_head_flag(clause_line& line);
    void build_silence(clause_line& line);
    void build_signatory(clause_line& line);
    void build_owner(clause_line& line);
    void build_copy_to(clause_line& line);
    void build_count_by(clause_line& line);
    void build_a_day_is(clause_line& line);
    void build_an_hour_is(clause_line& line);
    void build_overall(clause_line& line);
    void build_may_open_at(clause_line& line);
    void build_right(clause_line& line);
    void build_aka(clause_line& line);
    void build_binding(clause_line& line);
    void build_binding_steps(clause_line& line);
    void build_binding_field(clause_line& line);
    void build_binding_party(clause_line& line);
    void build_made_of(clause_line& line);
    void build_within(clause_line& line);
    void build_box(clause_line& line);
    void build_append_only(clause_line& line);
    void build_field(clause_line& line);
    void build_column(clause_line& line);
    void build_content_of(clause_line& line);
    void build_item(clause_line& line);
    void build_extensible(clause_line& line);
    void build_row(clause_line& line);
    void build_parts(clause_line& line);
    void build_kept_by(clause_line& line);
    void build_kept_for(clause_line& line);
    void build_after_that(clause_line& line);
    void build_lead(clause_line& line);
    void build_recorded_by(clause_line& line);
    void build_parties(clause_line& line);
    void build_step_texts(clause_line& line);
    void build_channel(clause_line& line);
    void build_act(clause_line& line);
    void build_precondition(clause_line& line);
    void build_assign(clause_line& line);
    void build_other_person(clause_line& line);
    void build_limit(clause_line& line);
    void build_step_flag(clause_line& line);
    void build_branch(clause_line& line);
    void build_link(clause_line& line);
    void build_answers(clause_line& line);
    void build_sections(clause_line& line);
    void build_furniture(clause_line& line);
    void build_version(clause_line& line);
    void build_time_zone(clause_line& line);
    void build_working(clause_line& line);
    void build_make_up_hours(clause_line& line);
    void build_years(clause_line& line);
    void build_day(clause_line& line);
    void build_cut_off(clause_line& line);
    void build_switch(clause_line& line);
    void build_given(clause_line& line);
    void build_when(clause_line& line);
    void build_expect(clause_line& line);
    void build_also(clause_line& line);
    void build_table(clause_line& line);

    /// Scenarios are passed over: a running case never reads them.
    bool passes_scenarios = false;
    [[nodiscard]] std::vector<scenario>& scenarios() noexcept { return scenarios_; }
    std::size_t errors_in_scenarios = 0;  ///< in lines that are certainly theirs
    void judge_own_scenarios();           ///< the names, when nothing but scenarios is wrong

private:
    friend class clause_line;
    friend class name_resolver;
    friend class text_parts;   // parts.ipp
    friend class part_reader;  // edited_text.ipp
    // lines (builder.ipp)
    void read_line(text_line& line);
    void report_faults(const text_line& line);
    void report_other_quotes(const text_line& line, const lexical_fault& first);
    [[nodiscard]] bool report_sign_in_code(const text_line& line, const lexical_fault& one);
    [[nodiscard]] bool noted_here() const;
    [[nodiscard]] bool heads_a_column(const text_line& line) const;
    [[nodiscard]] bool read_as_table_head(text_line& line);
    [[nodiscard]] bool refuse_later(const text_line& line, keyword opener, bool header);
    [[nodiscard]] bool within_nesting(const text_line& line);
    void read_header(text_line& line, const phrase& opening);
    void read_clause(text_line& line, const phrase& opening);
    void read_unknown(text_line& line);
    [[nodiscard]] bool read_as_branch(text_line& line);
    [[nodiscard]] bool read_as_way_on(text_line& line);
    [[nodiscard]] bool read_as_limit(text_line& line);
    [[nodiscard]] bool read_in_other_words(text_line& line, keyword opener);
    [[nodiscard]] bool refuse_branch_of_consultation(const text_line& line, keyword opener);
    void reopen(text_line& line, std::size_t count, std::vector<token> with);
    void read_edition_again(text_line& line);
    void salvage(const text_line& line);

    // headers (builder_head.ipp)
    void close_block();
    void enter_block(std::uint32_t block, keyword header, std::string name);
    void open_procedure(clause_line& line);
    void open_titled(clause_line& line, keyword header);
    void open_step(clause_line& line);
    void open_consult(clause_line& line);
    void open_import(clause_line& line);
    [[nodiscard]] titled_words read_title(clause_line& line,
                                          bool (*reader)(line_state&, titled_words&));
    void declare(keyword header, const word_at& code, place where, std::size_t index);
    void declare_step(const word_at& id, place where);
    [[nodiscard]] bool room_for_step(place where);

    // small helpers for the builders of clauses
    [[nodiscard]] step& this_step() { return model_.steps.back(); }
    [[nodiscard]] party& this_party() { return model_.parties.back(); }
    [[nodiscard]] form& this_form() { return model_.forms.back(); }
    [[nodiscard]] catalogue& this_catalogue() { return model_.catalogues.back(); }
    [[nodiscard]] record& this_record() { return model_.records.back(); }
    [[nodiscard]] calendar& this_calendar() { return model_.calendars.back(); }
    void use(name_use::kind what, const word_at& word);
    std::vector<std::string> use_all(name_use::kind what, const std::vector<word_at>& words);
    void use_field(const field_words& words, std::string own_form = {});
    void first_here(std::uint16_t code, std::string prefix, const word_at& name);
    /// `bỏ qua` lines speak of the line below them.
    void place_silences(const text_line& line, bool is_one, bool is_header);
    [[nodiscard]] bool not_empty(clause_line& line, const word_at& text);
    [[nodiscard]] std::uint32_t small_number(clause_line& line, const number_at& number,
                                             std::uint32_t least, std::uint32_t most,
                                             std::uint32_t otherwise);
    [[nodiscard]] std::optional<date> whole_date(clause_line& line, const word_at& written,
                                                 token_kind kind);
    [[nodiscard]] amount to_amount(clause_line& line, const amount_words& words, bool of_limit);
    [[nodiscard]] anchor to_anchor(clause_line& line, const anchor_words& words);
    [[nodiscard]] target to_target(clause_line& line, const target_words& words);
    [[nodiscard]] bool bind_once(clause_line& line);
    // what was not understood (builder_unread.ipp)
    /// `opener` is the keyword of the line that was not understood, none when that is not known.
    void break_block(keyword opener = keyword::none);
    void lose(keyword opener);
    void open_lost_block();
    [[nodiscard]] keyword opener_here(const text_line& line) const;

    // calendars (builder_calendar.ipp)
    [[nodiscard]] std::vector<opening> to_hours(clause_line& line, const hours_words& words);
    void add_day(clause_line& line, const day_words& words, date day, day_kind kind);
    void close_calendar();

    reporter* report_;
    const limits* bounds_;
    procedure model_;
    bool procedure_seen_ = false;
    unread_clauses unread_;  ///< of declarations, the heading, and clauses that stand nowhere
    std::unordered_map<std::size_t, unread_clauses::kinds> lost_;  ///< by index of the step
    bool lines_lost_ = false;  ///< a fault may have swallowed whatever stood there
    std::uint64_t steps_left_ = 0;
    // the file being read
    std::uint32_t file_ = 0;
    std::string_view text_;
    const vocabulary* words_ = nullptr;
    bool library_ = false;
    place header_line_;                 ///< the header of the open block
    std::size_t silences_waiting_ = 0;  ///< `bỏ qua` lines since the last line that says something
    bool first_line_ = true, too_tangled_ = false, refused_header_ = false;

    // the block being read
    std::uint32_t block_ = in_nothing;
    keyword header_ = keyword::none;
    std::vector<std::pair<keyword, place>> seen_;
    std::unordered_map<std::string, place> names_here_;
    furniture* above_ = nullptr;          ///< where `hiểu là` of the next line belongs
    bool broken_ = false, torn_ = false;  ///< torn: a line may have been the next header
    place binding_{};
    bool list_above_ = false;  ///< the field above is a list, so `cột` may follow
    std::string procedure_heading_;

    // limits whose plain `ngày` or `giờ` the procedure may redefine; judged when it is known
    std::vector<plain_amount> amounts_;
    bool hours_settled_ = false;  ///< `một giờ là …` is written
    void settle_amounts();
    void warn_of_running_on(const plain_amount& one, const amount& length);

    std::vector<chosen_cell> chosen_cells_;
    void judge_cells();
    void report_aliases_of_others();

    // the calendar being read
    calendar_draft draft_;
    void warn_of_make_up_hours();

    // scenarios (builder_scenario.ipp)
    void open_scenario(clause_line& line);
    void close_scenario();
    void judge_whole_scenario();
    void note_moment(const scenario_value& when);
    void build_scenario_row(clause_line& line);
    void add_scenario_line(clause_line& line, scenario_line what);
    std::vector<scenario> scenarios_;
    std::size_t errors_before_ = 0, scenario_errors_ = 0;
    std::unordered_map<std::string, place> scenario_titles_;
    scenario_draft scenario_;

    // names
    std::unordered_map<std::string, declared> codes_;
    std::unordered_map<std::string, place> terms_, documents_;
    std::unordered_map<std::string, place> steps_;
    std::unordered_map<std::string, std::string> aliases_;
    std::unordered_map<std::string, place> alias_places_;
    std::vector<name_use> uses_;
    std::vector<field_use> field_uses_;
    std::set<std::string, std::less<>> perhaps_;   ///< named on lines that were not understood
    std::set<std::string, std::less<>> pardoned_;  ///< those of them that were missed elsewhere
    std::set<std::string, std::less<>> broken_forms_;
    // `có đủ nội dung như`, in the order of the text
    struct content_line {
        std::size_t form = 0;
        place where;
        std::uint32_t heading = 0;
    };
    std::vector<content_line> contents_;
    std::size_t taken_over_ = 0;
    [[nodiscard]] bool take_over(const content_line& line, const form& from);
    void take_contents();
    std::unordered_map<std::string, std::uint32_t> step_headings_, form_headings_;
    bool nameless_ = false;  ///< a header without a readable code: any unknown code may be it
    std::string imported_procedure_;  ///< of the import being read, which may not have one
    bool library_steps_ = false;
};

/// Judges the names in scenarios by the procedure that they are about (judge_scenarios.ipp).
/// `heading` stands before that of each scenario; null for a procedure that could not be read.
void judge(reporter& report, std::span<const scenario> what, const procedure& of,
           const std::function<const procedure*(std::string_view)>& find, dialect words,
           const std::string& heading);

[[nodiscard]] const clause_rule* rule_of(keyword id) noexcept;
[[nodiscard]] std::span<const clause_rule> clause_rules() noexcept;

/// Why a line could not be read: reports it. True when the tokens were mended and reading should be
/// tried again.
bool explain(builder& owner, clause_line& line);
/// The keyword that unknown words at `at` were probably meant to be, out of `allowed`; `words`
/// tokens were used.
struct guess {
    keyword id = keyword::none;
    std::size_t words = 0;
    std::size_t distance = 0;  ///< letters that differ; 0: only in marks or capitals
};
[[nodiscard]] guess guess_keyword(const line_state& state, const token* at,
                                  const std::vector<keyword>& allowed);
/// The one keyword that begins or ends with the whole words at `at`: `hạn` of `thời hạn`.
[[nodiscard]] guess part_of_keyword(const line_state& state, const token* at,
                                    const std::vector<keyword>& allowed);

}  // namespace quytrinh::detail::grammar
