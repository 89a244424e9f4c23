// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/store/impl/memory.ipp>
