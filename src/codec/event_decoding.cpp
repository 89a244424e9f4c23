// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/codec/impl/event_decoding.ipp>
