// SPDX-License-Identifier: BSL-1.0
// tests/support/condition_laws.hpp: what must hold of conditions, whatever they are: the kernel's
// answer is that of an evaluator written a second time, as plainly as can be; laid out, translated
// and read again they say the same; and where the checker has decided that lines leave a gap, meet
// or never hold, no values say otherwise.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace condition_laws {

using namespace quytrinh;

/// A procedure whose step 2 has these lines as its `nếu`; every field has been filled before.
inline std::string procedure_with(const std::vector<std::string>& lines) {
    std::string text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Thử điều kiện"
  không nêu thời hạn
vai trò MC "Bộ phận một cửa"
danh mục K "Loại"
  mục "Một"
  mục "Hai"
danh mục PQ "Phân quyền"
  cột "Người" là người
  cột "Loại" là chữ
biểu mẫu BM "Phiếu"
  thông tin "Gấp" là có hoặc không, bắt buộc
  thông tin "Đủ" là có hoặc không
  thông tin "Số" là số, bắt buộc
  thông tin "Tiền" là số
  thông tin "Ngày" là ngày, bắt buộc
  thông tin "Loại" là một trong "A", "B", "C", bắt buộc
  thông tin "Khác" là một trong "A", "B", được ghi khác, bắt buộc
  thông tin "Mục" là một trong K, bắt buộc
  thông tin "Các" là các mục trong "x", "y", "z", bắt buộc
  thông tin "Chữ" là chữ, bắt buộc
  thông tin "Người" là người, bắt buộc
  thông tin "Đơn vị" là đơn vị, bắt buộc
biểu mẫu BM2 "Phiếu khác"
  thông tin "Số" là số, bắt buộc
  thông tin "Tệp" là tệp đính kèm
bước 1 "Ghi"
  chủ trì MC
  lập BM
  lập BM2
  xong → bước 2
bước 2 "Chọn"
  chủ trì MC
)";
    int to = 3;
    for (const auto& line : lines)
        text += "  nếu " + line + " → bước " + std::to_string(to++) + "\n";
    for (int id = 3; id < to; ++id)
        text += "bước " + std::to_string(id) + " \"Đích\"\n  chủ trì MC\n  xong → kết thúc \"" +
                std::to_string(id) + "\"\n";
    return text;
}

using field_key = std::pair<std::string, std::string>;

/// What a condition is told: one value a field, and the rest of what it may ask for.
struct told final : condition_reader {
    std::map<field_key, value> fields;
    value actor, channel, rounds, entered_from;
    std::string chosen;
    unsigned rows = 0;  ///< which rows the tables have

    [[nodiscard]] value read(const operand& what) override { return of(what); }
    [[nodiscard]] truth has_row(const std::string& table, const std::vector<value>& row) override {
        const unsigned sum = static_cast<unsigned>(table.size() + row.size()) + rows;
        return sum % 3 == 0 ? truth::no : sum % 3 == 1 ? truth::yes : truth::unknown;
    }
    [[nodiscard]] std::string outcome() override { return chosen; }

    [[nodiscard]] value of(const operand& what) const {
        switch (what.what) {
        case operand::kind::literal: return what.literal;
        case operand::kind::field: {
            const auto at = fields.find({what.field.form, what.field.field});
            return at == fields.end() ? value() : at->second;
        }
        case operand::kind::actor: return actor;
        case operand::kind::channel: return channel;
        case operand::kind::rounds: return rounds;
        case operand::kind::entered_from: return entered_from;
        }
        return {};
    }
};

// The second evaluator: recursion, and numbers and days as text.

/// Digits before and after the point, so that comparing the texts compares the numbers.
inline std::string digits_of(const decimal& d) {
    std::string all = std::to_string(d.mantissa);
    if (all.front() == '-') all.erase(0, 1);
    if (all.size() < d.scale + 1u) all.insert(0, d.scale + 1u - all.size(), '0');
    std::string before = all.substr(0, all.size() - d.scale), after = all.substr(before.size());
    before.insert(0, 24 - before.size(), '0');
    after.resize(24, '0');
    return before + after;
}
inline int compare_numbers(const decimal& a, const decimal& b) {
    const std::string x = digits_of(a), y = digits_of(b);
    const bool a_below = a.mantissa < 0, b_below = b.mantissa < 0;
    if (a_below != b_below) return a_below ? -1 : 1;
    const int sign = x < y ? -1 : (y < x ? 1 : 0);
    return a_below ? -sign : sign;
}

/// -1, 0, 1; 2: differ and have no order; nothing: cannot be compared.
inline std::optional<int> compare_values(const value& a, const value& b) {
    if (const auto* x = a.get_if<decimal>(), *y = b.get_if<decimal>(); x != nullptr && y != nullptr)
        return compare_numbers(*x, *y);
    if (const auto* x = a.get_if<date>(), *y = b.get_if<date>(); x != nullptr && y != nullptr) {
        const std::string left = to_iso(*x), right = to_iso(*y);
        return left < right ? -1 : (right < left ? 1 : 0);
    }
    if (const auto* x = a.get_if<bool>(), *y = b.get_if<bool>(); x != nullptr && y != nullptr)
        return *x == *y ? 0 : 2;
    if (const auto* x = a.get_if<std::string>(), *y = b.get_if<std::string>();
        x != nullptr && y != nullptr)
        return to_nfc(*x) == to_nfc(*y) ? 0 : 2;
    return std::nullopt;
}

inline truth truth_of(bool yes) { return yes ? truth::yes : truth::no; }

inline truth leaf(const condition_node& node, told& values) {
    const value left = values.of(node.left);
    if (node.op == comparison::filled) return truth_of(!left.empty());
    if (node.op == comparison::not_filled) return truth_of(left.empty());
    bool doubtful = false;
    for (const operand& one : node.right) {
        const value right = values.of(one);
        const auto* items = left.get_if<std::vector<std::string>>();
        const auto* word = right.get_if<std::string>();
        if (node.op == comparison::one_of && items != nullptr && word != nullptr) {
            for (const auto& item : *items)
                if (to_nfc(item) == to_nfc(*word)) return truth::yes;
            continue;
        }
        const auto order = compare_values(left, right);
        switch (node.op) {
        case comparison::one_of:
            if (order == 0) return truth::yes;
            doubtful = doubtful || !order;
            continue;
        case comparison::is: return order ? truth_of(*order == 0) : truth::unknown;
        case comparison::is_not: return order ? truth_of(*order != 0) : truth::unknown;
        case comparison::greater:
        case comparison::less:
        case comparison::at_least:
        case comparison::at_most:
            if (!order || (left.get_if<decimal>() == nullptr && left.get_if<date>() == nullptr))
                return truth::unknown;
            if (node.op == comparison::greater) return truth_of(*order > 0);
            if (node.op == comparison::less) return truth_of(*order < 0);
            if (node.op == comparison::at_least) return truth_of(*order >= 0);
            return truth_of(*order <= 0);
        case comparison::filled:
        case comparison::not_filled: break;
        }
    }
    return node.op == comparison::one_of && !doubtful ? truth::no : truth::unknown;
}

/// The part of a condition that ends before `end`, which is moved to where it begins.
inline truth part(const condition& c, std::size_t& end, told& values) {
    const condition_node& node = c.nodes[--end];
    switch (node.what) {
    case condition_node::kind::compare: return leaf(node, values);
    case condition_node::kind::in_table: {
        std::vector<value> row;
        for (const auto& cell : node.right) row.push_back(values.of(cell));
        for (const auto& cell : row)
            if (cell.empty()) return truth::unknown;
        return values.has_row(node.table, row);
    }
    case condition_node::kind::outcome:
        if (values.chosen.empty()) return truth::unknown;
        return truth_of(to_nfc(values.chosen) == to_nfc(node.outcome));
    case condition_node::kind::negation: {
        const truth inner = part(c, end, values);
        return inner == truth::unknown ? inner : truth_of(inner == truth::no);
    }
    case condition_node::kind::conjunction:
    case condition_node::kind::disjunction: break;
    }
    bool any_yes = false, any_no = false, any_unknown = false;
    for (std::uint32_t i = 0; i < node.arity; ++i) {
        const truth one = part(c, end, values);
        any_yes = any_yes || one == truth::yes;
        any_no = any_no || one == truth::no;
        any_unknown = any_unknown || one == truth::unknown;
    }
    if (node.what == condition_node::kind::conjunction)
        return any_no ? truth::no : any_unknown ? truth::unknown : truth::yes;
    return any_yes ? truth::yes : any_unknown ? truth::unknown : truth::no;
}

// Values: drawn from bytes, mostly among those that the conditions name and their neighbours.

class dice {
public:
    explicit dice(std::string_view bytes) : bytes_(bytes) {}
    [[nodiscard]] std::size_t below(std::size_t n) {
        const auto byte = at_ < bytes_.size() ? static_cast<unsigned char>(bytes_[at_]) : 0u;
        ++at_;
        state_ = state_ * 6364136223846793005ull + byte + 1442695040888963407ull;
        return static_cast<std::size_t>((state_ >> 33) % n);
    }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    std::uint64_t state_ = 1;
};

struct named_values {
    std::vector<decimal> numbers{{0, 0}};
    std::vector<date> days{date{}};
    std::vector<std::string> words{"…", "A", "B", "C", "x", "y", "Một", "Hai"};
    std::vector<std::string> said;  ///< those of the words that stand in a line
};

inline named_values named_in(const step& at) {
    named_values out;
    for (const auto& b : at.branches)
        for (const auto& node : (b.when ? *b.when : condition{}).nodes)
            for (const auto& one : node.right) {
                if (const auto* n = one.literal.get_if<decimal>()) out.numbers.push_back(*n);
                if (const auto* d = one.literal.get_if<date>()) out.days.push_back(*d);
                if (const auto* w = one.literal.get_if<std::string>()) {
                    out.words.push_back(*w);
                    out.said.push_back(*w);
                }
            }
    return out;
}

inline value draw(const procedure& of, const form_field& f, const named_values& named, dice& by) {
    switch (f.type) {
    case field_type::yes_no: return value::yes_no(by.below(2) == 0);
    case field_type::number: {
        decimal n = named.numbers[by.below(named.numbers.size())];
        const std::size_t how = by.below(5);
        if (how == 1 && n.mantissa < 1'000'000'000'000) n = decimal::of(n.mantissa + 1, n.scale);
        if (how == 2 && n.mantissa > -1'000'000'000'000) n = decimal::of(n.mantissa - 1, n.scale);
        if (how == 3 && n.scale < 17 && n.mantissa < 100'000'000'000'000)
            n = decimal::of(n.mantissa * 10 + 1, static_cast<std::uint8_t>(n.scale + 1));
        if (how == 4) n = decimal::of(-n.mantissa, n.scale);
        return value(n);
    }
    case field_type::day:
        return value(named.days[by.below(named.days.size())] +
                     std::chrono::days{static_cast<int>(by.below(3)) - 1});
    case field_type::one_of: {
        std::vector<std::string> words = f.choices;
        for (const auto& list : of.catalogues)
            if (list.code == f.catalogue)
                for (const auto& item : list.items) words.push_back(item.text);
        if (f.other_allowed) words.insert(words.end(), named.words.begin(), named.words.end());
        return value(words[by.below(words.size())]);
    }
    case field_type::any_of: {
        std::vector<std::string> some;
        for (const auto& word : f.choices)
            if (by.below(2) == 0) some.push_back(word);
        return value(std::move(some));
    }
    case field_type::text:
    case field_type::person:
    case field_type::unit:
    case field_type::attachment: return value(named.words[by.below(named.words.size())]);
    case field_type::checklist:
    case field_type::list: break;
    }
    return {};
}

/// Every field filled, or some left empty.
inline told draw_all(const procedure& of, const named_values& named, bool full, dice& by) {
    told out;
    for (const auto& f : of.forms)
        for (const auto& field : f.fields)
            if (full || by.below(4) != 0)
                out.fields[{f.code, field.name}] = draw(of, field, named, by);
    out.actor = value(named.words[by.below(named.words.size())]);
    out.channel = value(named.words[by.below(named.words.size())]);
    out.rounds = value(decimal::of(static_cast<std::int64_t>(1 + by.below(4))));
    out.entered_from = value(by.below(2) == 0 ? "1" : "2");
    out.chosen = by.below(3) == 0 ? "" : by.below(2) == 0 ? "OK" : "NOK";
    out.rows = static_cast<unsigned>(by.below(3));
    return out;
}

inline std::vector<const condition*> conditions_of(const step& at) {
    std::vector<const condition*> out;
    for (const auto& b : at.branches)
        if (b.when) out.push_back(&*b.when);
    return out;
}

/// `"Số" là 5, "Gấp" là có`: the values that a finding names, as conditions.
inline std::optional<condition> values_said(const std::string& said) {
    std::string line;
    bool quoted = false;
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i] == '"') quoted = !quoted;
        if (!quoted && said[i] == ',' && i + 1 < said.size() && said[i + 1] == ' ')
            line += " và";
        else
            line += said[i];
    }
    const parsed read = parse("gia-tri.quytrinh", procedure_with({line}));
    const step* at = read.definition ? read.definition->find_step("2") : nullptr;
    if (at == nullptr || at->branches.empty() || !at->branches.front().when) return std::nullopt;
    return at->branches.front().when;
}

/// Puts the values that a finding names in the place of those that were drawn.
inline bool put(const condition& said, told& into) {
    for (const auto& node : said.nodes)
        if (node.what == condition_node::kind::compare && node.op == comparison::is &&
            node.left.what == operand::kind::field && node.right.size() == 1)
            into.fields[{node.left.field.form, node.left.field.field}] = node.right[0].literal;
        else if (node.what == condition_node::kind::compare)
            return false;
    return true;
}

/// What the checker decided about step 2, held against these values, all filled.
class verdict {
public:
    verdict(const procedure& of, const step& at) : at_(at), found_(check(of)) {
        judged_ = found_.ok() && found_.items.size() == found_.total();
        for (const auto& one : found_.items) {
            // What hangs on an empty field, or is answered for, is not said a second time.
            open_ = open_ || one.code == diag::guards_leave_gap || one.code == diag::no_otherwise ||
                    one.code == diag::empty_field_stops || one.code == diag::silence_unneeded;
            if (one.code == diag::guards_leave_gap) gap_ = values_said(one.args.at(1));
            if (one.code == diag::guards_leave_gap && !gap_) unread_ = one.args.at(1);
        }
        for (const auto& b : at.branches)
            guards_only_ = guards_only_ && b.what == branch::kind::condition && b.when.has_value();
    }

    [[nodiscard]] std::string against(told values) const {
        if (!judged_) return {};
        if (!unread_.empty()) return "the values of a gap cannot be read: " + unread_;
        for (const auto& b : at_.branches) {
            const std::string broken = line_against(b, values);
            if (!broken.empty()) return broken;
        }
        if (!guards_only_) return {};
        if (!open_ && !any_holds(values)) return "no line holds, and the checker found no gap";
        if (gap_ && put(*gap_, values) && any_holds(values))
            return "a line holds for the values of the gap";
        return {};
    }

private:
    [[nodiscard]] bool any_holds(told& values) const {
        for (const auto* c : conditions_of(at_)) {
            std::size_t end = c->nodes.size();
            if (part(*c, end, values) == truth::yes) return true;
        }
        return false;
    }
    /// A line that is said never to hold, or to be taken before, and yet is the first to hold.
    [[nodiscard]] std::string line_against(const branch& b, told& values) const {
        if (!b.when) return {};
        const auto says = [&](diag::code code) {
            return std::any_of(
                found_.items.begin(), found_.items.end(), [&](const diagnostic& one) {
                    return one.code == code && one.where.range.begin == b.when->where.range.begin;
                });
        };
        std::size_t end = b.when->nodes.size();
        if (part(*b.when, end, values) != truth::yes) return {};
        if (says(diag::condition_never_holds)) return "a line holds that never does";
        if (!says(diag::condition_already_met)) return {};
        for (const auto& before : at_.branches) {
            if (&before == &b) return "a line comes into its own that others take before";
            if (!before.when) return {};
            end = before.when->nodes.size();
            if (part(*before.when, end, values) == truth::yes) return {};
        }
        return {};
    }

    const step& at_;
    diagnostic_list found_;
    bool judged_ = false, open_ = false, guards_only_ = true;
    std::optional<condition> gap_;
    std::string unread_;
};

// Lines that read one field, tried with every value of a small domain: what the checker says of
// them must be what brute force finds, no more and no less.

/// The field that all these conditions read, when it is one, compared with literals only.
inline std::optional<field_ref> only_field(const std::vector<const condition*>& lines) {
    std::optional<field_ref> found;
    for (const auto* c : lines)
        for (const auto& node : c->nodes) {
            if (node.what == condition_node::kind::negation ||
                node.what == condition_node::kind::conjunction ||
                node.what == condition_node::kind::disjunction)
                continue;
            if (node.what != condition_node::kind::compare ||
                node.left.what != operand::kind::field)
                return std::nullopt;
            for (const auto& one : node.right)
                if (one.what != operand::kind::literal) return std::nullopt;
            if (found && !(*found == node.left.field)) return std::nullopt;
            found = node.left.field;
        }
    return found;
}

/// Every value of the field that these conditions could tell apart, found by counting through;
/// nothing where that would be many.
inline std::vector<value> small_domain(const procedure& of, const form_field& f,
                                       const named_values& named) {
    constexpr std::int64_t most = 60;
    std::vector<value> out;
    switch (f.type) {
    case field_type::yes_no: return {value::yes_no(true), value::yes_no(false)};
    case field_type::one_of: {
        std::vector<std::string> words = f.choices;
        for (const auto& list : of.catalogues)
            if (list.code == f.catalogue)
                for (const auto& item : list.items) words.push_back(item.text);
        // Words that a line names are values too, whether or not they can be chosen.
        words.insert(words.end(), named.said.begin(), named.said.end());
        if (f.other_allowed) words.emplace_back("…");
        for (auto& word : words) out.emplace_back(std::move(word));
        return out;
    }
    case field_type::number: {
        std::int64_t low = 0, high = 0;
        for (std::size_t i = 1; i < named.numbers.size(); ++i) {
            const decimal& n = named.numbers[i];
            if (n.scale != 0 || n.mantissa > most || n.mantissa < -most) return {};
            low = i == 1 ? n.mantissa : std::min(low, n.mantissa);
            high = i == 1 ? n.mantissa : std::max(high, n.mantissa);
        }
        if (high - low > most) return {};
        for (std::int64_t n = 10 * (low - 1); n <= 10 * (high + 1); n += 5)
            out.emplace_back(decimal::of(n, 1));
        return out;
    }
    case field_type::day: {
        date low = named.days.back(), high = low;
        for (std::size_t i = 1; i < named.days.size(); ++i) {
            low = std::min(low, named.days[i]);
            high = std::max(high, named.days[i]);
        }
        if ((high - low).count() > most) return {};
        for (date d = low - std::chrono::days{1}; d <= high + std::chrono::days{1};
             d += std::chrono::days{1})
            out.emplace_back(d);
        return out;
    }
    case field_type::text:
    case field_type::person:
    case field_type::unit:
    case field_type::attachment:
    case field_type::any_of:
    case field_type::checklist:
    case field_type::list: break;
    }
    return {};
}

/// What of the lines brute force finds, held against what the checker says of them.
inline std::string overlaps_of(const procedure& of, const step& at) {
    std::vector<const condition*> lines = conditions_of(at);
    if (lines.empty() || lines.size() != at.branches.size()) return {};
    for (const auto& b : at.branches)
        if (b.what != branch::kind::condition) return {};
    const auto field = only_field(lines);
    if (!field) return {};
    const form_field* known = nullptr;
    for (const auto& f : of.forms)
        for (const auto& one : f.fields)
            if (f.code == field->form && one.name == field->field) known = &one;
    const named_values named = named_in(at);
    const std::vector<value> domain =
        known == nullptr ? std::vector<value>{} : small_domain(of, *known, named);
    const diagnostic_list found = check(of);
    if (domain.empty() || named.numbers.size() + named.days.size() + named.said.size() > 40 ||
        !found.ok() || found.items.size() != found.total())
        return {};
    std::vector<std::vector<truth>> table;
    for (const auto* c : lines) {
        std::vector<truth>& row = table.emplace_back();
        for (const value& one : domain) {
            told values;
            values.fields[{field->form, field->field}] = one;
            std::size_t end = c->nodes.size();
            row.push_back(part(*c, end, values));
            if (row.back() == truth::unknown) return {};
        }
    }
    const auto some = [&](const auto& test) {
        for (std::size_t p = 0; p < domain.size(); ++p)
            if (test(p)) return true;
        return false;
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto said = [&](diag::code code) -> const diagnostic* {
            for (const auto& one : found.items)
                if (one.code == code && one.where.range.begin == lines[i]->where.range.begin)
                    return &one;
            return nullptr;
        };
        const auto holds = [&](std::size_t line, std::size_t p) {
            return table[line][p] == truth::yes;
        };
        const bool never = !some([&](std::size_t p) { return holds(i, p); });
        const bool taken = !never && i > 0 && !some([&](std::size_t p) {
            bool before = false;
            for (std::size_t j = 0; j < i; ++j) before = before || holds(j, p);
            return holds(i, p) && !before;
        });
        bool crosses = false;
        for (std::size_t j = 0; j < i && !never && !taken; ++j)
            crosses =
                crosses || (some([&](std::size_t p) { return holds(i, p) && holds(j, p); }) &&
                            some([&](std::size_t p) { return holds(i, p) && !holds(j, p); }) &&
                            some([&](std::size_t p) { return !holds(i, p) && holds(j, p); }));
        const std::string line = "line " + std::to_string(i + 1);
        if (never != (said(diag::condition_never_holds) != nullptr))
            return line + (never ? " never holds, which is not said" : " is said never to hold");
        if (taken != (said(diag::condition_already_met) != nullptr))
            return line + (taken ? " is taken before, which is not said" : " is said to be taken");
        const diagnostic* overlap = said(diag::conditions_overlap);
        if (crosses != (overlap != nullptr))
            return line + (crosses ? " overlaps, which is not said" : " is said to overlap");
        if (overlap == nullptr) continue;
        const auto values_of = values_said(overlap->args.at(0));
        told values;
        if (!values_of || !put(*values_of, values)) return line + ": its values cannot be read";
        std::size_t both = 0;
        for (std::size_t j = 0; j <= i; ++j) {
            std::size_t end = lines[j]->nodes.size();
            both += part(*lines[j], end, values) == truth::yes;
        }
        std::size_t end = lines[i]->nodes.size();
        if (both < 2 || part(*lines[i], end, values) != truth::yes)
            return line + " does not overlap for the values that are said";
    }
    return {};
}

/// The same conditions in another writing of the text.
inline std::string same_in(const std::string& text, const std::vector<const condition*>& mine,
                           const char* which) {
    const parsed again = parse("lai.quytrinh", text);
    const step* at = again.definition ? again.definition->find_step("2") : nullptr;
    if (at == nullptr) return std::string(which) + " it is no procedure any more:\n" + text;
    const auto theirs = conditions_of(*at);
    if (theirs.size() != mine.size()) return std::string(which) + " lines are lost:\n" + text;
    for (std::size_t i = 0; i < mine.size(); ++i)
        if (!(*mine[i] == *theirs[i]))
            return std::string(which) + " a condition says something else:\n" + text;
    return {};
}

/// All laws of the lines, with values drawn from the bytes. What does not hold, else nothing.
inline std::string of_lines(const std::vector<std::string>& lines, std::string_view bytes) {
    const std::string text = procedure_with(lines);
    const parsed read = parse("dieu-kien.quytrinh", text);
    for (const auto words : {language::vi, language::en})
        if (first_ill_formed(render(read.diagnostics, read.sources, words)))
            return "what is shown is not UTF-8";
    const step* at = read.definition ? read.definition->find_step("2") : nullptr;
    if (at == nullptr) return {};
    const auto mine = conditions_of(*at);

    const auto plain = format(text);
    if (!plain) return "it cannot be laid out";
    if (auto broken = same_in(plain->text, mine, "laid out,"); !broken.empty()) return broken;
    const auto english = translate(text, dialect::en);
    if (!english) return "it cannot be translated";
    if (auto broken = same_in(*english, mine, "in English,"); !broken.empty()) return broken;

    if (auto broken = overlaps_of(*read.definition, *at); !broken.empty()) return broken;
    const verdict judged(*read.definition, *at);
    const named_values named = named_in(*at);
    dice by(bytes);
    for (int round = 0; round < 8; ++round) {
        const bool full = round % 2 == 0;
        told values = draw_all(*read.definition, named, full, by);
        for (const auto* c : mine) {
            const auto says = evaluate(*c, values);
            if (!says) return "it cannot be evaluated: " + says.error().text(language::en);
            std::size_t end = c->nodes.size();
            const truth plainly = part(*c, end, values);
            if (end != 0) return "a condition has more than one root";
            if (*says != plainly) return "two evaluators differ";
        }
        if (!full) continue;
        if (auto broken = judged.against(values); !broken.empty()) return broken;
    }
    return {};
}

}  // namespace condition_laws
