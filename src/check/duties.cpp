// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/check/impl/duties.ipp>
