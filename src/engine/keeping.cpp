// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/engine/impl/keeping.ipp>
