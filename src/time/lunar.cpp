// SPDX-License-Identifier: BSL-1.0
// The bodies of quytrinh/time/lunar.hpp for the compiled library.
#include <quytrinh/time/impl/lunar.ipp>
