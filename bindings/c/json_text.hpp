// SPDX-License-Identifier: BSL-1.0
// bindings/c/json_text.hpp: JSON put together from the codec's views and a few words more.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/source.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::c_abi {

/// "text" in quotation marks; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string json_quoted(std::string_view text);

class json_array {
public:
    json_array& raw(std::string_view json) {
        if (out_.size() > 1) out_ += ',';
        out_ += json;
        return *this;
    }
    json_array& text(std::string_view words) { return raw(json_quoted(words)); }
    [[nodiscard]] std::string str() const { return out_ + ']'; }

private:
    std::string out_ = "[";
};

[[nodiscard]] std::string json_texts(const std::vector<std::string>& items);

class json_object {
public:
    json_object& raw(std::string_view name, std::string_view json) {
        if (out_.size() > 1) out_ += ',';
        out_ += json_quoted(name);
        out_ += ':';
        out_ += json;
        return *this;
    }
    json_object& text(std::string_view name, std::string_view words) {
        return raw(name, json_quoted(words));
    }
    json_object& truth(std::string_view name, bool yes) {
        return raw(name, yes ? "true" : "false");
    }
    template <std::integral T>
    json_object& number(std::string_view name, T n) {
        return raw(name, std::to_string(n));
    }
    [[nodiscard]] std::string str() const { return out_ + '}'; }

private:
    std::string out_ = "{";
};

/// The line of a place, from 1; 0 where its text is not known.
[[nodiscard]] std::uint32_t line_at(const std::vector<source_text>& sources, const place& where);

/// errors, warnings, hints, diagnostics.
void add_diagnostics(json_object& to, const diagnostic_list& list,
                     const std::vector<source_text>& sources, language words);

}  // namespace quytrinh::c_abi
