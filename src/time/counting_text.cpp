// SPDX-License-Identifier: BSL-1.0
// The bodies of quytrinh/time/counting.hpp, the words, for the compiled library.
#include <quytrinh/time/impl/counting_text.ipp>
