// SPDX-License-Identifier: BSL-1.0
// The bodies of quytrinh/time/calendar.hpp for the compiled library.
#include <quytrinh/time/impl/calendar.ipp>
