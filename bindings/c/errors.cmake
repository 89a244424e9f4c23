# SPDX-License-Identifier: BSL-1.0
# Makes include/quytrinh/errors.h of base/messages/errors.inc:
#   cmake -D ROOT=. -P bindings/c/errors.cmake             writes it
#   cmake -D ROOT=. -D CHECK=1 -P bindings/c/errors.cmake  fails when it is stale
set(from_ "${ROOT}/include/quytrinh/base/messages/errors.inc")
set(to_ "${ROOT}/include/quytrinh/errors.h")
file(STRINGS "${from_}" rows_ ENCODING UTF-8 REGEX "^QUYTRINH_ERROR\\(")
set(lines_ "    QUYTRINH_OK = 0")
set(count_ 0)
foreach(row_ IN LISTS rows_)
    if(row_ MATCHES "^QUYTRINH_ERROR\\(([0-9]+), ([a-z0-9_]+), ")
        set(number_ "${CMAKE_MATCH_1}")
        string(TOUPPER "${CMAKE_MATCH_2}" name_)
        string(APPEND lines_ ",\n    QUYTRINH_${name_} = ${number_}")
        math(EXPR count_ "${count_} + 1")
    endif()
endforeach()
if(count_ LESS 50)
    message(FATAL_ERROR "only ${count_} error numbers found in ${from_}")
endif()
set(text_ "/* SPDX-License-Identifier: BSL-1.0 */
// quytrinh/errors.h: every error number. Generated from base/messages/errors.inc by
// bindings/c/errors.cmake; what each means stands there, in both languages.
#pragma once

/** Numbers are grouped by hundreds (1 the request, 2 a refusal of the kernel, 3 the store, 4 texts,
 *  5 time, 9 the library itself) and never reused. A newer library may give others. */
typedef enum quytrinh_code {
${lines_}
} quytrinh_code;
")
if(CHECK)
    set(present_ "")
    if(EXISTS "${to_}")
        file(READ "${to_}" present_)
    endif()
    if(NOT present_ STREQUAL text_)
        message(FATAL_ERROR "${to_} is stale: cmake -D ROOT=. -P bindings/c/errors.cmake")
    endif()
else()
    file(WRITE "${to_}" "${text_}")
endif()
