// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/codec/impl/json_strict.ipp>
