// SPDX-License-Identifier: BSL-1.0
// The bodies of quytrinh/time/counting.hpp for the compiled library.
#include <quytrinh/time/impl/counting.ipp>
