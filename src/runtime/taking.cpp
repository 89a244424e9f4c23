// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/runtime/impl/taking.ipp>
