// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_tree.ipp: JSON as plain values, and back. Depth is bounded
// by the reader, so what walks a tree may recurse.
#pragma once

#include <quytrinh/codec/json_tree.hpp>

#include <quytrinh/codec/impl/json_strict.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>

namespace quytrinh {

namespace detail::json_tree {
namespace {

namespace json = boost::json;
using tree = quytrinh::json_tree;

/// False at a number that is not whole, or does not fit.
bool take(const codec::json_value& from, tree& to) {
    using codec::json_kind;
    switch (from.kind()) {
    case json_kind::null: break;
    case json_kind::no: to.data = false; break;
    case json_kind::yes: to.data = true; break;
    case json_kind::text: to.data = std::string{from.text()}; break;
    case json_kind::fraction: return false;
    case json_kind::whole: to.data = *from.number(); break;
    case json_kind::natural: to.data = *from.natural(); break;
    case json_kind::list: {
        auto& items = to.data.emplace<tree::list>();
        auto item = from.first();
        for (std::size_t n = from.size(); n > 0; --n, item = item.next())
            if (!take(item, items.emplace_back())) return false;
        break;
    }
    case json_kind::object: {
        auto& members = to.data.emplace<tree::members>();
        auto name = from.first();
        for (std::size_t n = from.size(); n > 0; --n, name = name.next().next()) {
            auto& one = members.emplace_back();
            one.name = name.text();
            if (!take(name.next(), one.value)) return false;
        }
        break;
    }
    }
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
    const auto read = detail::codec::json_source::read(text);
    if (!read) return read.failure();
    json_tree out;
    if (!detail::json_tree::take(read->all(), out))
        return fail(errc::bad_json,
                    {"a number must be whole; a decimal stands in quotation marks"});
    return out;
}

std::string to_json(const json_tree& tree) {
    return boost::json::serialize(detail::json_tree::give(tree));
}

}  // namespace quytrinh
