// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/event_codec.hpp: events, states, commands and results as canonical bytes.
#pragma once

#include <quytrinh/base/result.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace quytrinh {

// WARNING: everything here is persisted and hashed. Deterministic CBOR (RFC 8949 section 4.2.1:
// shortest integers, definite lengths, integer keys ascending, no floats, no tags). Keys and type
// numbers are never reused. Unknown keys are skipped when read (kept by the stored bytes) and never
// written.

/// Version of the stored-data format, kept in `meta` of a store and in every snapshot.
inline constexpr int stored_format = 1;

[[nodiscard]] QUYTRINH_DECL std::string encode_payload(const event::body& body);
[[nodiscard]] QUYTRINH_DECL result<event::body> decode_payload(std::uint16_t type,
                                                               std::string_view bytes);

[[nodiscard]] QUYTRINH_DECL std::string encode_state(const case_state& state);
[[nodiscard]] QUYTRINH_DECL result<case_state> decode_state(std::string_view bytes);

[[nodiscard]] QUYTRINH_DECL std::string encode_result(const command_result& result_of);
[[nodiscard]] QUYTRINH_DECL result<command_result> decode_result(std::string_view bytes);

/// The bytes of a command without id, instant and facts; SHA-256 of it is the command's digest.
[[nodiscard]] QUYTRINH_DECL std::string encode_command(const case_command& what);
[[nodiscard]] QUYTRINH_DECL digest256 digest_of(const case_command& what);
/// The same by a stream that the caller goes on using, with the length of what was hashed.
struct command_digest {
    digest256 digest{};
    std::size_t bytes = 0;
};
[[nodiscard]] QUYTRINH_DECL command_digest digest_of(const case_command& what, sha256_stream& hash);

[[nodiscard]] QUYTRINH_DECL std::string encode_notice(const notice& entry);
[[nodiscard]] QUYTRINH_DECL result<notice> decode_notice(std::string_view bytes);
[[nodiscard]] QUYTRINH_DECL std::string encode_link(const link_request& request);
[[nodiscard]] QUYTRINH_DECL result<link_request> decode_link(std::string_view bytes);

}  // namespace quytrinh
