// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/render/impl/lanes.ipp>
