// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/payload.hpp: private. The payload of an event into bytes that go on.
#pragma once

#include <quytrinh/engine/event.hpp>

namespace quytrinh::detail::codec {

class out_archive;

/// Appends what encode_payload gives.
void put_payload(out_archive& io, const event::body& body);

}  // namespace quytrinh::detail::codec
