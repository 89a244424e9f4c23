// SPDX-License-Identifier: BSL-1.0
// cmake/thread_sanitizer.hpp: included before everything in builds with ThreadSanitizer, which does
// not see pthread_mutex_clocklock and pthread_rwlock_*clocklock: to it, a mutex taken with a time
// limit was never locked. Without these two, libstdc++ takes the functions that it does see.
#pragma once

#include <cstddef>  // brings in the configuration of the standard library

#undef _GLIBCXX_USE_PTHREAD_MUTEX_CLOCKLOCK
#undef _GLIBCXX_USE_PTHREAD_RWLOCK_CLOCKLOCK
