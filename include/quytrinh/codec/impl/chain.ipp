// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/chain.ipp: headers, commitments and hashes of a case's history.
#pragma once

#include <quytrinh/codec/chain.hpp>

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/codec/impl/archive.hpp>
#include <quytrinh/engine/event.hpp>

#include <string>
#include <utility>

namespace quytrinh {

namespace detail::chain {

/// What is hashed with the chain's name in front, so that no other hash of the library can be
/// mistaken for a link, nor a commitment for either.
inline constexpr std::uint8_t link_mark = 0x00, commitment_mark = 0x02;
inline constexpr std::string_view link_name = "quytrinh-event-1";
inline constexpr std::string_view case_name = "quytrinh-case-1";
/// A header is a few ids; anything longer was not written by us.
inline constexpr std::size_t header_max = 4096;

struct header {
    std::uint64_t seq = 0;
    instant at{};
    std::uint16_t type = 0;
    actor by;
    capacity as = capacity::own;
    std::string on_behalf_of;
    basis why = basis::host_word;
    command_id cause;
    digest256 payload_commit{};
};

/// The fields before the definition's hash in the hashed array, the same in the stored one.
inline void put_front(codec::out_archive& io, const header& h) {
    io.to.natural(h.seq);
    io.put(h.at);
    io.to.natural(h.type);
    io.to.text(h.by.person);
    io.to.text(h.by.unit);
    io.put(h.as);
    io.to.text(h.on_behalf_of);
    io.put(h.why);
}

inline std::string stored_header(const header& h) {
    codec::out_archive io;
    io.to.array(10);
    put_front(io, h);
    io.put(h.cause);
    io.put(h.payload_commit);
    return io.to.take();
}

inline std::string hashed_header(const chain_identity& identity, const header& h) {
    codec::out_archive io;
    io.to.array(15);
    io.to.natural(1);
    io.put(identity.store);
    io.to.text(identity.tenant);
    io.put(identity.of);
    put_front(io, h);
    io.put(identity.definition);
    io.put(h.cause);
    io.put(h.payload_commit);
    return io.to.take();
}

inline unexpected corrupt(std::uint64_t seq, const char* why) {
    return fail(errc::store_corrupt, {"event " + std::to_string(seq) + ": " + why});
}

inline result<header> read_header(const stored_event& stored) {
    if (stored.header.size() > header_max) return corrupt(stored.seq, "header too large");
    codec::in_archive io{stored.header};
    header h;
    io.expect_array(10);
    h.seq = io.from.natural();
    io.get(h.at);
    io.get(h.type);
    io.get(h.by.person);
    io.get(h.by.unit);
    io.get(h.as);
    io.get(h.on_behalf_of);
    io.get(h.why);
    io.get(h.cause);
    io.get(h.payload_commit);
    if (!io.from.finished()) return corrupt(stored.seq, io.from.fault());
    if (h.seq != stored.seq) return corrupt(stored.seq, "the number differs from its header");
    if (h.at != stored.at) return corrupt(stored.seq, "the time differs from its header");
    return h;
}

inline digest256 commitment(sha256_stream& hash, const salt16& salt, std::string_view payload) {
    return hash.add(commitment_mark).add(codec::raw(salt)).add(payload).finish();
}

inline digest256 link(sha256_stream& hash, const chain_identity& identity,
                      const digest256& previous, const header& h) {
    return hash.add(link_mark)
        .add(link_name)
        .add(previous)
        .add(hashed_header(identity, h))
        .finish();
}

}  // namespace detail::chain

stored_event seal(const chain_identity& identity, const digest256& previous, const case_event& fact,
                  const salt16& salt) {
    stored_event stored;
    stored.seq = fact.seq;
    stored.at = fact.at;
    stored.salt = salt;
    stored.payload = encode_payload(fact.body);
    detail::chain::header h;
    h.seq = fact.seq;
    h.at = fact.at;
    h.type = type_of(fact.body);
    h.by = fact.by;
    h.as = fact.as;
    h.on_behalf_of = fact.on_behalf_of;
    h.why = fact.why;
    h.cause = fact.cause;
    sha256_stream hash;
    h.payload_commit = detail::chain::commitment(hash, salt, stored.payload);
    stored.header = detail::chain::stored_header(h);
    stored.hash = detail::chain::link(hash, identity, previous, h);
    return stored;
}

result<case_event> open_event(const stored_event& stored) {
    auto h = detail::chain::read_header(stored);
    if (!h) return h.failure();
    sha256_stream hash;
    if (detail::chain::commitment(hash, stored.salt, stored.payload) != h->payload_commit)
        return detail::chain::corrupt(stored.seq, "the payload does not fit its commitment");
    auto body = decode_payload(h->type, stored.payload);
    if (!body) return detail::chain::corrupt(stored.seq, body.error().args.front().c_str());
    case_event fact;
    fact.seq = h->seq;
    fact.at = h->at;
    fact.by = std::move(h->by);
    fact.as = h->as;
    fact.on_behalf_of = std::move(h->on_behalf_of);
    fact.why = h->why;
    fact.cause = std::move(h->cause);
    fact.body = std::move(*body);
    return fact;
}

result<void> verify_event(const chain_identity& identity, const digest256& previous,
                          const stored_event& stored) {
    const auto h = detail::chain::read_header(stored);
    if (!h) return h.failure();
    sha256_stream hash;
    if (detail::chain::commitment(hash, stored.salt, stored.payload) != h->payload_commit)
        return detail::chain::corrupt(stored.seq, "the payload does not fit its commitment");
    if (detail::chain::link(hash, identity, previous, *h) != stored.hash)
        return detail::chain::corrupt(stored.seq, "the hash does not fit");
    return {};
}

// The pieces are hashed as one CBOR array: lengths stand before texts, so that no two different
// lists of pieces give the same bytes.

case_id derive_case_id(const std::array<std::uint8_t, 16>& store, std::string_view tenant,
                       const command_id& opening) {
    detail::cbor::writer to;
    to.array(4);
    to.text(detail::chain::case_name);
    to.bytes(detail::codec::raw(store));
    to.text(tenant);
    to.text(opening.str());
    return case_id{to_base32(sha256(to.str()), 26)};
}

case_id derive_child_id(const std::array<std::uint8_t, 16>& store, std::string_view tenant,
                        const case_id& parent, std::uint64_t seq, std::uint32_t index) {
    detail::cbor::writer to;
    to.array(6);
    to.text(detail::chain::case_name);
    to.bytes(detail::codec::raw(store));
    to.text(tenant);
    to.text(parent.str());
    to.natural(seq);
    to.natural(index);
    return case_id{to_base32(sha256(to.str()), 26)};
}

}  // namespace quytrinh
