// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/config.hpp: version numbers, symbol visibility and the assertion hook.
#pragma once

/// Version of the library. The edition of the procedure language, the stored-data format and the
/// C ABI are three other numbers; see README.md, "Upgrade".
#define QUYTRINH_VERSION_MAJOR 1
#define QUYTRINH_VERSION_MINOR 0
#define QUYTRINH_VERSION_PATCH 0

// QUYTRINH_SHARED is defined for users of the shared library by its CMake target and .pc file;
// QUYTRINH_BUILDING only while the library itself is compiled. Header-only and static builds
// define neither.
#if defined(_WIN32) && defined(QUYTRINH_SHARED)
#    if defined(QUYTRINH_BUILDING)
#        define QUYTRINH_DECL __declspec(dllexport)
#    else
#        define QUYTRINH_DECL __declspec(dllimport)
#    endif
#elif defined(QUYTRINH_SHARED) && (defined(__GNUC__) || defined(__clang__))
#    define QUYTRINH_DECL __attribute__((visibility("default")))
#else
#    define QUYTRINH_DECL
#endif

/// A fault of the programmer (a moved-from object used, an index out of range). Throws
/// `quytrinh::programming_error` unless the user defines QUYTRINH_ASSERT before the first include;
/// the library never aborts the process by itself.
#ifndef QUYTRINH_ASSERT
#    define QUYTRINH_ASSERT(condition)      \
        ((condition) ? static_cast<void>(0) \
                     : ::quytrinh::assertion_failed(#condition, __FILE__, __LINE__))
#endif

namespace quytrinh {
/// Throws `programming_error`; what QUYTRINH_ASSERT calls.
[[noreturn]] QUYTRINH_DECL void assertion_failed(const char* condition, const char* file, int line);
}  // namespace quytrinh
