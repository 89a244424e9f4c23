// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/base/impl/fixes.ipp>
