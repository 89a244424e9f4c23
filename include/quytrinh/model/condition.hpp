// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/condition.hpp: conditions as data, and their evaluation over values that were
// read.
#pragma once

#include <quytrinh/base/result.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/base/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh {

/// A field of a form. `form` is filled in by the checker when the name is unambiguous.
struct field_ref {
    std::string form;
    std::string field;
    friend bool operator==(const field_ref&, const field_ref&) = default;
};

/// What stands on either side of a comparison.
struct operand {
    enum class kind : std::uint8_t {
        field,         ///< `"Gấp"` or `"Gấp" trong XYK`
        literal,       ///< a word, number or date written in the text
        actor,         ///< `người thực hiện`: the person who sends the command
        channel,       ///< `hình thức`: the channel recorded for this task
        rounds,        ///< `số vòng`: rounds of this step, the present one included
        entered_from,  ///< `vào từ`: the step the task was reached from
    };
    kind what = kind::literal;
    field_ref field;
    value literal;
    place where;
    friend bool operator==(const operand& a, const operand& b) {
        return a.what == b.what && a.field == b.field && a.literal == b.literal;
    }
};

enum class comparison : std::uint8_t {
    is,
    is_not,
    greater,
    less,
    at_least,
    at_most,
    one_of,      ///< `có trong`: equals one of the operands; for a list field, contains it
    filled,      ///< `đã có`
    not_filled,  ///< `chưa có`
};

/// A node of a condition. Children stand before their parent in `condition::nodes` (postfix), so
/// nothing here recurses, neither evaluation nor destruction.
struct condition_node {
    enum class kind : std::uint8_t {
        compare,  ///< left (comparison) right…
        in_table,  ///< `PQ có (người thực hiện, "Dịch vụ")`: a row of catalogue `table` equals
                   ///< `right`
        outcome,      ///< `OK`, `NOK`, `"Tên kết quả"`: the outcome being chosen in this step
        conjunction,  ///< `và` of the last `arity` results
        disjunction,  ///< `hoặc`
        negation,     ///< `không`
    };
    kind what = kind::compare;
    comparison op = comparison::is;
    operand left;
    std::vector<operand> right;
    std::string table;    ///< in_table
    std::string outcome;  ///< outcome: "OK", "NOK" or the quoted name
    std::uint32_t arity = 0;
    place where;
    friend bool operator==(const condition_node& a, const condition_node& b) {
        return a.what == b.what && a.op == b.op && a.left == b.left && a.right == b.right &&
               a.table == b.table && a.outcome == b.outcome && a.arity == b.arity;
    }
};

struct condition {
    std::vector<condition_node> nodes;
    place where;
    friend bool operator==(const condition& a, const condition& b) { return a.nodes == b.nodes; }
};

/// Three-valued: a comparison with an empty field is unknown.
enum class truth : std::uint8_t { no, yes, unknown };

/// Where a condition gets its values. Implemented by the engine over a case's state.
class condition_reader {
public:
    virtual ~condition_reader() = default;
    /// The field's value; an empty value when nothing has filled it.
    [[nodiscard]] virtual value read(const operand& what) = 0;
    /// Does the table have this row? `unknown` when the host gave no such table.
    [[nodiscard]] virtual truth has_row(const std::string& table,
                                        const std::vector<value>& row) = 0;
    /// The outcome being chosen; empty outside a completion.
    [[nodiscard]] virtual std::string outcome() = 0;
};

/// Evaluates with Kleene logic. Comparing values of different types is `unknown` (the checker
/// refuses such a text beforehand). Throws what the reader throws; errc::limit_exceeded past
/// `max_steps`.
[[nodiscard]] QUYTRINH_DECL result<truth> evaluate(const condition& c, condition_reader& reader,
                                                   std::size_t max_steps = 100'000);

/// All fields that a condition reads, each once, in the order of the text.
[[nodiscard]] QUYTRINH_DECL std::vector<field_ref> fields_of(const condition& c);

}  // namespace quytrinh
