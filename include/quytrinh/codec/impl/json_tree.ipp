// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_tree.ipp: between Boost.JSON's values and plain ones. Depth is bounded
// by the parser, so what walks a tree may recurse.
#pragma once

#include <quytrinh/codec/json_tree.hpp>

#include <quytrinh/codec/impl/json_strict.hpp>

#include <boost/json/serialize.hpp>

namespace quytrinh {

namespace detail::json_tree {
namespace {

namespace json = boost::json;
using tree = quytrinh::json_tree;

/// False at a number that is not whole.
bool take(const json::value& from, tree& to) {
    if (from.is_bool())
        to.data = from.get_bool();
    else if (from.is_int64())
        to.data = from.get_int64();
    else if (from.is_uint64())
        to.data = from.get_uint64();
    else if (from.is_string())
        to.data = std::string{std::string_view{from.get_string()}};
    else if (from.is_array()) {
        auto& items = to.data.emplace<tree::list>();
        for (const auto& item : from.get_array())
            if (!take(item, items.emplace_back())) return false;
    } else if (from.is_object()) {
        auto& members = to.data.emplace<tree::members>();
        for (const auto& member : from.get_object()) {
            auto& one = members.emplace_back();
            one.name = std::string_view{member.key()};
            if (!take(member.value(), one.value)) return false;
        }
    } else
        return from.is_null();
    return true;
}

json::value give(const tree& from) {
    if (const auto* truth = from.get_if<bool>()) return *truth;
    if (const auto* number = from.get_if<std::int64_t>()) return *number;
    if (const auto* large = from.get_if<std::uint64_t>()) return *large;
    if (const auto* words = from.get_if<std::string>()) return json::string(*words);
    if (const auto* items = from.get_if<tree::list>()) {
        json::array out;
        for (const auto& item : *items) out.push_back(give(item));
        return out;
    }
    if (const auto* members = from.get_if<tree::members>()) {
        json::object out;
        for (const auto& member : *members) out[member.name] = give(member.value);
        return out;
    }
    return nullptr;
}

}  // namespace
}  // namespace detail::json_tree

json_tree::json_tree() noexcept = default;
json_tree::json_tree(const json_tree& other) = default;
json_tree::json_tree(json_tree&& other) noexcept = default;
json_tree& json_tree::operator=(const json_tree& other) = default;
json_tree& json_tree::operator=(json_tree&& other) noexcept = default;
json_tree::~json_tree() = default;

const json_tree* json_tree::find(std::string_view name) const noexcept {
    if (const auto* all = get_if<members>())
        for (const auto& member : *all)
            if (member.name == name) return &member.value;
    return nullptr;
}

bool operator==(const json_tree& a, const json_tree& b) {
    const auto* ours = a.get_if<json_tree::members>();
    const auto* theirs = b.get_if<json_tree::members>();
    if (ours == nullptr || theirs == nullptr) return a.data == b.data;
    if (ours->size() != theirs->size()) return false;
    for (const auto& member : *ours) {
        const json_tree* other = b.find(member.name);
        if (other == nullptr || !(member.value == *other)) return false;
    }
    return true;
}

result<json_tree> read_json(std::string_view text) {
    const auto parsed = detail::codec::parse_json(text);
    if (!parsed) return parsed.failure();
    json_tree out;
    if (!detail::json_tree::take(*parsed, out))
        return fail(errc::bad_json,
                    {"a number must be whole; a decimal stands in quotation marks"});
    return out;
}

std::string to_json(const json_tree& tree) {
    return boost::json::serialize(detail::json_tree::give(tree));
}

}  // namespace quytrinh
