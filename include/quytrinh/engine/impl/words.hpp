// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/words.hpp: private. How words of a text compare, and the few of its keywords
// that are shown. What a refusal says beside them are neutral keys (base/messages/terms.inc).
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::engine {

[[nodiscard]] inline std::string say(const procedure& of, std::string_view vi,
                                     std::string_view en) {
    return std::string(of.words == dialect::vi ? vi : en);
}

/// "complete": what somebody may not do, as a neutral key.
[[nodiscard]] inline std::string verb(const command::body& body) {
    return std::string(name_of(body));
}
/// "day": what a value should have been, as a neutral key.
[[nodiscard]] std::string type_key(field_type type);
/// "ngày", "date": the same in the words of the text, for those who draw a form.
[[nodiscard]] std::string type_word(const procedure& of, field_type type);
/// The single way on is `xong` or `done` in the text; every other outcome is written out.
[[nodiscard]] inline std::string shown_outcome(const procedure& of, const std::string& name) {
    return name == "xong" ? say(of, "xong", "done") : name;
}
/// A condition as it stands in the text, white space run together; empty when the text is not at
/// hand.
[[nodiscard]] std::string as_written(const procedure& of, const condition& c);

/// Names compare in NFC and case-sensitively.
[[nodiscard]] inline bool same_word(std::string_view a, std::string_view b) {
    if (a == b) return true;
    // Texts that are composed as they stand are equal only byte for byte.
    if (is_nfc(a) && is_nfc(b)) return false;
    return to_nfc(a) == to_nfc(b);
}

[[nodiscard]] inline bool among(const std::vector<std::string>& words, std::string_view word) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& w) { return same_word(w, word); });
}

[[nodiscard]] inline bool blank(std::string_view text) noexcept {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// "“A”, “B, với C”": choices that may hold commas of their own.
[[nodiscard]] inline std::vector<std::string> in_quotes(std::vector<std::string> words) {
    for (auto& word : words) word = "“" + word + "”";
    return words;
}

/// "A, B, C"; the rest of a long list is cut, a refusal is read by people.
[[nodiscard]] inline std::string listed(const std::vector<std::string>& words) {
    constexpr std::size_t shown = 40;
    std::string out;
    for (std::size_t i = 0; i < words.size() && i < shown; ++i) {
        if (i > 0) out += ", ";
        out += words[i];
    }
    if (words.size() > shown) out += ", …";
    return out;
}

}  // namespace quytrinh::detail::engine
