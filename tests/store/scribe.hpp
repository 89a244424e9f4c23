// SPDX-License-Identifier: BSL-1.0
// tests/store/scribe.hpp: makes true batches for a store, without kernel or runtime: one scribe
// writes one case.
#pragma once

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh_tests {

using namespace quytrinh;  // NOLINT: tests only

inline instant at_minute(std::int64_t n) {
    return instant{std::chrono::hours{24 * 365 * 54}} + std::chrono::minutes{n};
}

inline definition_row some_definition() {
    definition_row row;
    row.code = "QT.THU";
    row.closed = "quy trình QT.THU \"Thử\"";
    row.hash = sha256(row.closed);
    return row;
}

class scribe {
public:
    scribe(store& keep, std::string id, std::string whose = "main") : tenant(std::move(whose)) {
        identity.store = keep.caps().store_id;
        identity.tenant = tenant;
        identity.of = case_id{std::move(id)};
        identity.definition = some_definition().hash;
        head.id = identity.of;
        head.procedure = "QT.THU";
        head.definition = identity.definition;
        head.opener_unit = "ĐVYC";
        head.opener_person = "nv01";
    }

    /// The next command with `facts` comments as its events.
    [[nodiscard]] write_batch next(const std::string& command, std::size_t facts = 1,
                                   instant at = at_minute(0)) const {
        write_batch batch;
        batch.of = identity.of;
        batch.expected_version = head.version;
        batch.expected_hash = head.hash;
        batch.head = head;
        batch.head.last_at = at;
        if (head.version == 0) {
            batch.head.opened_at = at;
            batch.definition = some_definition();
        }
        digest256 previous = head.hash;
        for (std::size_t i = 0; i < facts; ++i) {
            case_event fact;
            fact.seq = head.version + 1 + i;
            fact.at = at;
            fact.by = {"ĐVYC", "nv01"};
            fact.cause = command_id{command};
            fact.body = event::commented{std::nullopt, "việc " + std::to_string(fact.seq), {}};
            salt16 salt{};
            salt[0] = static_cast<std::uint8_t>(fact.seq);
            batch.events.push_back(seal(identity, previous, fact, salt));
            previous = batch.events.back().hash;
            batch.head.history_bytes +=
                batch.events.back().header.size() + batch.events.back().payload.size();
        }
        batch.head.version = head.version + facts;
        batch.head.hash = previous;
        batch.command.id = command_id{command};
        batch.command.digest = sha256(command);
        batch.command.first_seq = head.version + 1;
        batch.command.last_seq = batch.head.version;
        batch.command.result =
            encode_result({.target = identity.of, .version = batch.head.version});
        return batch;
    }
    /// Writes and, when it was stored, goes on from there.
    write_outcome put(store& keep, const write_batch& batch) {
        auto out = keep.write(tenant, batch);
        if (out.what == write_outcome::kind::committed) head = batch.head;
        return out;
    }
    write_outcome put(store& keep, const std::string& command, std::size_t facts = 1,
                      instant at = at_minute(0)) {
        return put(keep, next(command, facts, at));
    }

    [[nodiscard]] task_row task(const std::string& step, std::uint32_t round = 1,
                                std::uint32_t n = 0) const {
        task_row row;
        row.of = identity.of;
        row.task = {step, round};
        row.n = n;
        row.role = row.unit = "ĐVTH";
        row.opened_at = at_minute(0);
        return row;
    }
    [[nodiscard]] outbox_row message(std::uint64_t seq, std::uint32_t n,
                                     const std::string& unit = "ĐVTH",
                                     outbox_kind kind = outbox_kind::notice) const {
        outbox_row row;
        row.of = identity.of;
        row.seq = seq;
        row.n = n;
        row.kind = kind;
        notice entry;
        entry.to.role = entry.to.unit = unit;
        row.body = encode_notice(entry);
        return row;
    }

    std::string tenant;
    chain_identity identity;
    head_row head;
};

/// The first fault of a case's history as stored, or an empty text.
inline std::string audit(store& keep, const scribe& of) {
    const auto view = keep.read(of.tenant, of.identity.of, command_id{});
    if (!view) return "unreadable";
    if (!view->head) return "no head";
    const auto events = keep.history(of.tenant, of.identity.of, 0, 1'000'000);
    if (!events) return "no history";
    digest256 previous{};
    std::uint64_t seq = 0;
    for (const auto& event : *events) {
        if (event.seq != ++seq) return "gap before " + std::to_string(event.seq);
        if (const auto good = verify_event(of.identity, previous, event); !good)
            return good.error().args.front();
        previous = event.hash;
    }
    if (seq != view->head->version || previous != view->head->hash) return "head differs";
    return {};
}

}  // namespace quytrinh_tests
