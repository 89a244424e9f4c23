// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/engine/impl/find_open.ipp>
