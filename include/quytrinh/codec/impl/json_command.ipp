// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_command.ipp: a command from JSON, and its answer: what every call of
// another language passes through.
#pragma once

#include <quytrinh/codec/json.hpp>

#include <quytrinh/codec/impl/json_archive.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::codec {
namespace {

/// The word of each command, in the order of the variant; and how one of it is made.
struct command_kind_of {
    std::string_view name;
    void (*choose)(command::body&);
};
template <std::size_t... I>
auto kinds_of_commands(std::index_sequence<I...>) {
    return std::array{command_kind_of{name_of(command::body{std::in_place_index<I>}),
                                      [](command::body& body) { body.emplace<I>(); }}...};
}
inline bool choose_command(command::body& body, std::string_view name) {
    static const auto known =
        kinds_of_commands(std::make_index_sequence<std::variant_size_v<command::body>>{});
    for (const auto& one : known)
        if (one.name == name) {
            one.choose(body);
            return true;
        }
    return false;
}

inline result<case_command> read_command(const json_value& from) {
    json_in io;
    io.enter(from);
    result<case_command> out{case_command{}};
    case_command& what = *out;
    std::string name;
    io(0, "command", name);
    if (io.good() && !choose_command(what.body, name))
        return fail(errc::bad_json,
                    {name.empty() ? "/command: is missing" : "/command: is not known"});
    io(0, "id", what.id);
    io(0, "case", what.target);
    if (const auto by = io.member("by"); by && by->is(json_kind::text)) {
        io.count_one();
        what.by = read_actor(std::string{by->text()});
    } else
        io(0, "by", what.by);
    io(0, "expected_version", what.expected_version);
    if (io.good()) std::visit([&](auto& body) { io.rest(body); }, what.body);
    if (!io.good()) return fail(errc::bad_json, {io.fault()});
    return out;
}

}  // namespace
}  // namespace detail::codec

result<case_command> command_from_json(std::string_view text) {
    const auto read = detail::codec::json_source::read(text);
    if (!read) return read.failure();
    if (!read->all().is(detail::codec::json_kind::object))
        return fail(errc::bad_json, {"/: must be an object"});
    return detail::codec::read_command(read->all());
}

namespace detail::codec {
namespace {

/// Appends a text in quotation marks; most are ids and need no second look.
void append_quoted(std::string& to, std::string_view words) {
    for (const char c : words)
        if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
            to += boost::json::serialize(json_out::text(words));
            return;
        }
    ((to += '"') += words) += '"';
}

template <class Items, class Word>
void append_list(std::string& to, const Items& items, Word&& word) {
    to += '[';
    for (const auto& item : items) {
        if (to.back() != '[') to += ',';
        append_quoted(to, word(item));
    }
    to += ']';
}

}  // namespace
}  // namespace detail::codec

// Every command of another language is answered by this one: put together by hand, not as a tree.
// Members as in detail::codec::fields.
std::string to_json(const command_result& result_of) {
    using namespace std::string_view_literals;
    std::string out;
    out.reserve(160);
    out += R"({"case":)"sv;
    detail::codec::append_quoted(out, result_of.target.str());
    (out += R"(,"version":)"sv) += std::to_string(result_of.version);
    out += R"(,"opened":)"sv;
    detail::codec::append_list(out, result_of.opened,
                               [](const task_key& key) { return to_string(key); });
    out += R"(,"children":)"sv;
    detail::codec::append_list(out, result_of.children,
                               [](const case_id& id) -> const std::string& { return id.str(); });
    (out += R"(,"ended":)"sv) += result_of.ended ? "true"sv : "false"sv;
    out += R"(,"end_kind":)"sv;
    detail::codec::append_quoted(out, result_of.end_kind);
    out += R"(,"id":)"sv;
    detail::codec::append_quoted(out, result_of.id.str());
    return out += '}';
}

}  // namespace quytrinh
