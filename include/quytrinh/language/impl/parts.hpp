// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/parts.hpp: a text as parts, a header and the lines below it each, with
// what reading each of them left behind; so that one part can be read again and nothing else.
#pragma once

#include <quytrinh/language/impl/lines.hpp>
#include <quytrinh/model/unread.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::grammar {

class builder;

/// Rule steps that reading so many bytes may take: no text of the longest clauses needs a tenth.
[[nodiscard]] constexpr std::uint64_t steps_allowed(std::size_t bytes) noexcept {
    return std::uint64_t{64} * bytes + 10'000;
}

/// What lines that were not understood leave open for the whole text.
struct doubts {
    unread_clauses::kinds elsewhere = 0;       ///< clauses of steps that stand in none
    bool lines = false;                        ///< a fault may have swallowed whatever stood there
    bool nameless = false;                     ///< a header without a readable code
    std::set<std::string, std::less<>> names;  ///< what such lines may have declared

    void add(const doubts& other);
};

/// From behind the last line of the part above to behind its own last line.
struct text_part {
    std::uint32_t begin = 0, end = 0;
    std::size_t first_step = 0, steps = 0;
    std::uint64_t spent = 0;  ///< rule steps
    bool closed = false;      ///< its last line does not lean on those below
    bool alone = false;       ///< closed, and a step or consultation
    doubts left;
};

/// The parts of the first text of a reading, written down by its builder.
class text_parts {
public:
    /// Before the builder reads this line.
    void before(builder& b, const text_line& line);
    /// Behind the last line; from here on the builder collects the doubts of imports.
    void finish(builder& b);
    /// Gives the builder the doubts of all parts together.
    void together(builder& b, const doubts& of_imports);
    /// What the builder has in doubt, which it forgets.
    [[nodiscard]] static doubts take_doubts(builder& b);

    /// Reads the parts that now lie from `begin` to `end`. The builder has no steps and forgets
    /// what else the lines that lay there before have left. False: what they say cannot be told
    /// without the lines around them.
    [[nodiscard]] bool read_again(builder& b, std::string_view text, std::uint32_t begin,
                                  std::uint32_t end, std::uint64_t budget);

    std::vector<text_part> all;
    std::size_t lines_read = 0;
    bool whole_only = false;    ///< some line stands nowhere
    std::uint32_t settled = 0;  ///< before here stands what tells the dialect; 0: nothing does
    std::string heading;        ///< of the procedure

private:
    [[nodiscard]] bool may_stand(const builder& b, const text_line& line) const;
    void begin_part(builder& b, std::uint32_t at);
    void end_part(builder& b, std::uint32_t at);
    [[nodiscard]] static std::uint32_t behind_line(std::string_view text, std::uint32_t from);

    std::uint32_t start_ = 0;
    std::uint32_t last_end_ = 0;
    std::uint64_t steps_left_ = 0;
    std::size_t headers_ = 0;
    bool stray_ = false;  ///< the line above ended with a comma
    bool of_step_ = false;
};

}  // namespace quytrinh::detail::grammar
