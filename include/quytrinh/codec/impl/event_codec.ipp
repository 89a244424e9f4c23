// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/event_codec.ipp: into the canonical bytes, which every command writes.
#pragma once

#include <quytrinh/codec/event_codec.hpp>

#include <quytrinh/codec/impl/archive.hpp>
#include <quytrinh/codec/impl/payload.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>

#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::codec {

/// Spells those of the comments that were not there the last time.
inline void spell_more(const kept_list<comment_state>& all, spelled_list& spelled) {
    if (spelled.count > all.size()) spelled = {};
    if (spelled.count == all.size()) return;
    out_archive io;
    if (spelled.parts.size() >= spelled_list::most_parts) {
        for (const auto& part : spelled.parts) io.to.append(*part);
        spelled.parts.clear();
    }
    for (std::size_t i = spelled.count; i < all.size(); ++i) io.put(all[i]);
    spelled.parts.push_back(std::make_shared<const std::string>(io.to.take()));
    spelled.count = all.size();
}

/// The place of each command in its variant is its number in the digest.
/// WARNING: persisted; new commands go to the end of command::body.
inline std::uint64_t number_of(const command::body& body) noexcept { return body.index() + 1; }

}  // namespace detail::codec

void detail::codec::put_payload(out_archive& io, const event::body& body) {
    std::visit([&io](const auto& v) { io.put(v); }, body);
}

std::string encode_payload(const event::body& body) {
    detail::codec::out_archive io;
    detail::codec::put_payload(io, body);
    return io.to.take();
}

std::string encode_state(const case_state& state) { return detail::codec::to_bytes(state); }

std::string detail::codec::encode_state(const case_state& state, spelled_list& comments) {
    out_archive io;
    io.leaves_comments = true;
    io.put(state);
    if (io.comments_at == out_archive::npos) return io.to.take();
    spell_more(state.comments, comments);
    const std::string_view rest = io.to.str();
    std::size_t bytes = rest.size();
    for (const auto& part : comments.parts) bytes += part->size();
    std::string out;
    out.reserve(bytes);
    out += rest.substr(0, io.comments_at);
    for (const auto& part : comments.parts) out += *part;
    out += rest.substr(io.comments_at);
    return out;
}

std::string encode_result(const command_result& result_of) {
    return detail::codec::to_bytes(result_of);
}

namespace detail::codec {

inline void put_command(out_archive& io, const case_command& what) {
    io.to.array(5);
    io.to.natural(number_of(what.body));
    // The id of a new case follows from the command's own id, so it says nothing more.
    io.to.text(std::holds_alternative<command::open>(what.body) ? std::string_view{}
                                                                : what.target.str());
    io.put(what.by);
    if (what.expected_version)
        io.to.natural(*what.expected_version);
    else
        io.to.simple(cbor::null);
    std::visit([&io](const auto& body) { io.put(body); }, what.body);
}

}  // namespace detail::codec

std::string encode_command(const case_command& what) {
    detail::codec::out_archive io;
    detail::codec::put_command(io, what);
    return io.to.take();
}

digest256 digest_of(const case_command& what) {
    sha256_stream hash;
    return digest_of(what, hash).digest;
}

command_digest digest_of(const case_command& what, sha256_stream& hash) {
    detail::codec::out_archive io;
    detail::codec::put_command(io, what);
    return {hash.add(io.to.str()).finish(), io.to.size()};
}

std::string encode_notice(const notice& entry) { return detail::codec::to_bytes(entry); }

std::string encode_link(const link_request& request) { return detail::codec::to_bytes(request); }

}  // namespace quytrinh
