// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_strict.hpp: JSON from outside: bounded, and nothing said twice.
#pragma once

#include <quytrinh/base/result.hpp>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace quytrinh::detail::codec {

namespace json = boost::json;

/// A command's text: payload_max of content, escaped.
inline constexpr std::size_t json_max = std::size_t{8} << 20;
inline constexpr std::size_t json_depth = 20;

/// Members that the text spells out; the parsed tree keeps only the last of two with one name.
inline std::size_t members_spelled(std::string_view text) noexcept {
    std::size_t count = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (inside && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            inside = !inside;
        else if (!inside && text[i] == ':')
            ++count;
    }
    return count;
}
inline std::size_t members_kept(const json::value& v) {
    std::size_t count = 0;
    if (v.is_object())
        for (const auto& member : v.get_object()) count += 1 + members_kept(member.value());
    else if (v.is_array())
        for (const auto& item : v.get_array()) count += members_kept(item);
    return count;
}

/// With `in` the tree lies there and must not outlive it.
inline result<json::value> parse_json(std::string_view text, json::storage_ptr in = {}) {
    if (text.size() > json_max)
        return fail(errc::limit_exceeded, {"JSON", std::to_string(json_max)});
    json::parse_options strict;
    strict.max_depth = json_depth;
    unsigned char scratch[1024];
    json::parser parser{{}, strict, scratch};
    parser.reset(std::move(in));
    boost::system::error_code why;
    const std::size_t read = parser.write(text.data(), text.size(), why);
    if (why) return fail(errc::bad_json, {"byte " + std::to_string(read) + ": " + why.message()});
    json::value out = parser.release();
    if (members_kept(out) != members_spelled(text))
        return fail(errc::bad_json, {"a name stands twice in one object"});
    return out;
}

}  // namespace quytrinh::detail::codec
