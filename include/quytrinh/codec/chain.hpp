// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/chain.hpp: the hash chain over the events of a case.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/base/sha256.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

struct case_event;  // engine/event.hpp

using salt16 = std::array<std::uint8_t, 16>;

/// What every event of a case shares; stored once a case, part of every header that is hashed.
struct chain_identity {
    std::array<std::uint8_t, 16> store{};
    std::string tenant;
    case_id of;
    digest256 definition{};
};

/// An event as a store keeps it. `header` holds the fields of the chain's header that are not in
/// chain_identity, as canonical CBOR: seq, at, type, actor, unit, capacity, on_behalf_of, basis,
/// command id, payload_commit.
struct stored_event {
    std::uint64_t seq = 0;
    instant at{};
    std::string header;
    salt16 salt{};
    std::string payload;  ///< erasable: the hash covers only its commitment
    digest256 hash{};
    friend bool operator==(const stored_event&, const stored_event&) = default;
};

/// payload_commit = SHA-256(0x02 ‖ salt ‖ payload);
/// hash_n = SHA-256(0x00 ‖ "quytrinh-event-1" ‖ hash_{n-1} ‖ header), hash_0 = 32 zero bytes, where
/// header is the full array [1, store_id, tenant, case, seq, at, type, actor, unit, capacity,
/// on_behalf_of, basis, def_hash, command_id, payload_commit].
[[nodiscard]] QUYTRINH_DECL stored_event seal(const chain_identity& identity,
                                              const digest256& previous, const case_event& fact,
                                              const salt16& salt);

/// The same for all events of one command, each following the one before it, with one salt each
/// and a stream that the caller goes on using: what they share is spelled once.
[[nodiscard]] QUYTRINH_DECL std::vector<stored_event> seal_all(const chain_identity& identity,
                                                               const digest256& previous,
                                                               const std::vector<case_event>& facts,
                                                               const salt16* salts,
                                                               sha256_stream& hash);

/// Decodes an event and checks its payload against its commitment.
[[nodiscard]] QUYTRINH_DECL result<case_event> open_event(const stored_event& stored);

/// Recomputes the hash of a stored event; errc::store_corrupt (with the number of the event) when
/// header, payload, number or hash do not fit.
[[nodiscard]] QUYTRINH_DECL result<void> verify_event(const chain_identity& identity,
                                                      const digest256& previous,
                                                      const stored_event& stored);

/// Lower-case base32 of SHA-256("quytrinh-case-1", store id, tenant, opening command id), 26
/// characters.
[[nodiscard]] QUYTRINH_DECL case_id derive_case_id(const std::array<std::uint8_t, 16>& store,
                                                   std::string_view tenant,
                                                   const command_id& opening);
/// The id of the n-th case linked by event seq of a parent.
[[nodiscard]] QUYTRINH_DECL case_id derive_child_id(const std::array<std::uint8_t, 16>& store,
                                                    std::string_view tenant, const case_id& parent,
                                                    std::uint64_t seq, std::uint32_t index);

}  // namespace quytrinh
