// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/model/impl/silence.ipp>
