# SPDX-License-Identifier: BSL-1.0
# Compiler settings of this project's own targets. Nothing here reaches a user of the library: it
# goes through quytrinh_settings(), never through variables that a parent project would see.

if(PROJECT_IS_TOP_LEVEL)
    # Programs of every preset are found in one place: build/<preset>/bin.
    set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
    set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
endif()

if(QUYTRINH_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(QUYTRINH_CCACHE_PROGRAM ccache)
    mark_as_advanced(QUYTRINH_CCACHE_PROGRAM)
    if(QUYTRINH_CCACHE_PROGRAM)
        # Relative to the checkout, so that every clone finds what another one compiled.
        set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
            "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
            CCACHE_SLOPPINESS=time_macros,pch_defines "${QUYTRINH_CCACHE_PROGRAM}")
    endif()
endif()

# quytrinh_settings(<target>): C++20 without extensions, hidden symbols, warnings, sanitizers.
function(quytrinh_settings target)
    target_compile_features(${target} PRIVATE cxx_std_20)
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON)
    if(MSVC)
        target_compile_options(${target} PRIVATE /W4 /utf-8 /permissive-)
    else()
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic
            -Wnon-virtual-dtor -Woverloaded-virtual $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>)
        # Designated initialisers with the rest defaulted are the way callers are meant to write
        # commands; -Wextra would call every one of them a mistake.
        target_compile_options(${target} PRIVATE -Wno-missing-field-initializers)
    endif()
    if(QUYTRINH_WERROR)
        set_target_properties(${target} PROPERTIES COMPILE_WARNING_AS_ERROR ON)
    endif()
    if(QUYTRINH_SANITIZE)
        set(sanitize_ -fsanitize=${QUYTRINH_SANITIZE})
        target_compile_options(${target} PRIVATE
            ${sanitize_} -fno-omit-frame-pointer -fno-sanitize-recover=all)
        target_link_options(${target} PRIVATE ${sanitize_})
        if(QUYTRINH_SANITIZE MATCHES "thread")
            target_compile_options(${target} PRIVATE
                -include "${PROJECT_SOURCE_DIR}/cmake/thread_sanitizer.hpp")
        endif()
    endif()
endfunction()

# quytrinh_exports(<shared library>): keeps names that are not ours out of its dynamic symbols.
function(quytrinh_exports target)
    set(map_ "${PROJECT_SOURCE_DIR}/cmake/exports.map")
    if(UNIX AND NOT APPLE)
        target_link_options(${target} PRIVATE "LINKER:--version-script=${map_}")
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${map_}")
    endif()
endfunction()
