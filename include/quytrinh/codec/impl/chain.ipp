// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/chain.ipp: headers, commitments and hashes of a case's history.
#pragma once

#include <quytrinh/codec/chain.hpp>

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/codec/impl/archive.hpp>
#include <quytrinh/codec/impl/payload.hpp>
#include <quytrinh/engine/event.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
    /// Where the fields behind the definition's hash of the hashed header begin in the stored one.
    std::size_t back = 0;
};

/// Bytes that the array of a stored header begins with.
inline constexpr std::size_t stored_head = 1;

/// What every link of a case is hashed with, spelled once: its name and the identity before the
/// fields of one event.
class link_maker {
public:
    explicit link_maker(const chain_identity& identity) {
        identity_.array(15);
        identity_.natural(1);
        identity_.bytes(codec::raw(identity.store));
        identity_.text(identity.tenant);
        identity_.text(identity.of.str());
        definition_.bytes(codec::raw(identity.definition));
    }

    /// The hashed header is the stored one with the identity put in: two spellings of the same
    /// fields could differ.
    [[nodiscard]] digest256 link(sha256_stream& hash, const digest256& previous,
                                 std::string_view stored, std::size_t back) const {
        cbor::writer all;
        all.simple(link_mark);
        all.append(link_name);
        all.append(codec::raw(previous));
        all.append(identity_.str());
        all.append(stored.substr(stored_head, back - stored_head));
        all.append(definition_.str());
        all.append(stored.substr(back));
        return hash.add(all.str()).finish();
    }

private:
    cbor::writer identity_, definition_;
};

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
    h.back = io.from.at();
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

/// Into `stored`, which is new.
inline void seal_into(stored_event& stored, const link_maker& maker, const digest256& previous,
                      const case_event& fact, const salt16& salt, sha256_stream& hash) {
    stored.seq = fact.seq;
    stored.at = fact.at;
    stored.salt = salt;
    // What the commitment covers lies in one piece, the payload is its end.
    codec::out_archive payload;
    payload.to.simple(commitment_mark);
    payload.to.append(codec::raw(salt));
    const std::size_t before_payload = payload.to.size();
    codec::put_payload(payload, fact.body);
    const digest256 commit = hash.add(payload.to.str()).finish();
    stored.payload = std::string{payload.to.str().substr(before_payload)};

    codec::out_archive io;
    io.to.array(10);
    io.to.natural(fact.seq);
    io.put(fact.at);
    io.to.natural(type_of(fact.body));
    io.to.text(fact.by.person);
    io.to.text(fact.by.unit);
    io.put(fact.as);
    io.to.text(fact.on_behalf_of);
    io.put(fact.why);
    const std::size_t back = io.to.size();
    io.put(fact.cause);
    io.put(commit);
    stored.header = io.to.take();
    stored.hash = maker.link(hash, previous, io.to.str(), back);
}

}  // namespace detail::chain

std::vector<stored_event> seal_all(const chain_identity& identity, const digest256& previous,
                                   const std::vector<case_event>& facts, const salt16* salts,
                                   sha256_stream& hash) {
    const detail::chain::link_maker maker(identity);
    std::vector<stored_event> sealed(facts.size());
    const digest256* before = &previous;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        detail::chain::seal_into(sealed[i], maker, *before, facts[i], salts[i], hash);
        before = &sealed[i].hash;
    }
    return sealed;
}

stored_event seal(const chain_identity& identity, const digest256& previous, const case_event& fact,
                  const salt16& salt) {
    sha256_stream hash;
    stored_event sealed;
    detail::chain::seal_into(sealed, detail::chain::link_maker(identity), previous, fact, salt,
                             hash);
    return sealed;
}

result<case_event> open_event(const stored_event& stored) {
    auto h = detail::chain::read_header(stored);
    if (!h) return h.failure();
    sha256_stream hash;
    if (detail::chain::commitment(hash, stored.salt, stored.payload) != h->payload_commit)
        return detail::chain::corrupt(stored.seq, "the payload does not fit its commitment");
    auto body = decode_payload(h->type, stored.payload);
    if (!body) return detail::chain::corrupt(stored.seq, body.error().args.front().c_str());
    // Made, not assigned: to move one body into another takes a function for each kind of event.
    return case_event{h->seq,
                      h->at,
                      std::move(h->by),
                      h->as,
                      std::move(h->on_behalf_of),
                      h->why,
                      std::move(h->cause),
                      std::move(*body)};
}

result<void> verify_event(const chain_identity& identity, const digest256& previous,
                          const stored_event& stored) {
    const auto h = detail::chain::read_header(stored);
    if (!h) return h.failure();
    sha256_stream hash;
    if (detail::chain::commitment(hash, stored.salt, stored.payload) != h->payload_commit)
        return detail::chain::corrupt(stored.seq, "the payload does not fit its commitment");
    const detail::chain::link_maker maker(identity);
    if (maker.link(hash, previous, stored.header, h->back) != stored.hash)
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
