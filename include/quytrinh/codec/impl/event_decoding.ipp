// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/event_decoding.ipp: out of the canonical bytes. Apart from the way into them:
// a case is read once and then kept, so this is compiled for size.
#pragma once

#include <quytrinh/codec/event_codec.hpp>

#include <quytrinh/codec/impl/archive.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>

#include <string>
#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::codec {

/// Hard maximum of one payload, notice or link (limits::payload_bytes), and of a snapshot, which is
/// a cache: a larger one is folded anew.
inline constexpr std::size_t payload_max = std::size_t{2} << 20;
inline constexpr std::size_t state_max = std::size_t{64} << 20;

/// Puts the alternative whose type number this is into `body`; false when there is none.
template <std::size_t... I>
bool choose(event::body& body, std::uint16_t type, std::index_sequence<I...>) {
    using maker = void (*)(event::body&);
    constexpr maker makers[] = {[](event::body& b) { b.emplace<I>(); }...};
    // Numbers follow the order of the variant, so the first guess is right; nothing depends on it.
    for (std::size_t k = 0; k < sizeof...(I); ++k) {
        makers[(k + type + sizeof...(I) - 1) % sizeof...(I)](body);
        if (type_of(body) == type) return true;
    }
    return false;
}

}  // namespace detail::codec

result<event::body> decode_payload(std::uint16_t type, std::string_view bytes) {
    event::body body;
    if (!detail::codec::choose(body, type,
                               std::make_index_sequence<std::variant_size_v<event::body>>{}))
        return fail(errc::store_corrupt, {"event type " + std::to_string(type) + " is not known"});
    if (bytes.size() > detail::codec::payload_max)
        return fail(errc::store_corrupt, {"payload: too large"});
    detail::codec::in_archive io{bytes};
    std::visit([&io](auto& v) { io.get(v); }, body);
    if (!io.from.finished()) return detail::codec::corrupt("payload", io.from);
    return body;
}

result<case_state> decode_state(std::string_view bytes) {
    return detail::codec::from_bytes<case_state>(bytes, "snapshot", detail::codec::state_max);
}

result<command_result> decode_result(std::string_view bytes) {
    return detail::codec::from_bytes<command_result>(bytes, "result", detail::codec::payload_max);
}

result<notice> decode_notice(std::string_view bytes) {
    return detail::codec::from_bytes<notice>(bytes, "notice", detail::codec::payload_max);
}

result<link_request> decode_link(std::string_view bytes) {
    return detail::codec::from_bytes<link_request>(bytes, "link", detail::codec::payload_max);
}

}  // namespace quytrinh
