// SPDX-License-Identifier: BSL-1.0
// quytrinh/src.hpp: every body of the library. Header-only use: exactly one source file of a program
// includes this; link Boost.JSON, utf8proc and libcrypto.
#pragma once

#include <quytrinh/base/impl/catalogue.ipp>
#include <quytrinh/base/impl/chrono.ipp>
#include <quytrinh/base/impl/config.ipp>
#include <quytrinh/base/impl/decimal.ipp>
#include <quytrinh/base/impl/diagnostic.ipp>
#include <quytrinh/base/impl/error.ipp>
#include <quytrinh/base/impl/sha256.ipp>
#include <quytrinh/base/impl/source.ipp>
#include <quytrinh/base/impl/unicode.ipp>
#include <quytrinh/time/impl/calendar.ipp>
#include <quytrinh/time/impl/counting.ipp>
#include <quytrinh/time/impl/counting_text.ipp>
#include <quytrinh/time/impl/lunar.ipp>
#include <quytrinh/model/impl/condition.ipp>
#include <quytrinh/model/impl/equality.ipp>
#include <quytrinh/model/impl/graph.ipp>
#include <quytrinh/model/impl/procedure.ipp>
#include <quytrinh/codec/impl/chain.ipp>
#include <quytrinh/codec/impl/event_codec.ipp>
#include <quytrinh/procedures/impl/texts.ipp>
#include <quytrinh/store/impl/memory.ipp>
#include <quytrinh/store/impl/memory_work.ipp>
#include <quytrinh/store/impl/store.ipp>
