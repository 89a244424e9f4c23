# SPDX-License-Identifier: BSL-1.0
# Finds utf8proc, which Debian ships without a CMake package. Installed beside quytrinhConfig.cmake,
# because a static quytrinh needs it at link time.
#
#   utf8proc::utf8proc   imported target
#   utf8proc_FOUND, utf8proc_VERSION
find_path(utf8proc_INCLUDE_DIR NAMES utf8proc.h DOC "Folder of utf8proc.h")
find_library(utf8proc_LIBRARY NAMES utf8proc utf8proc_static DOC "The library utf8proc")
mark_as_advanced(utf8proc_INCLUDE_DIR utf8proc_LIBRARY)

set(utf8proc_VERSION "")
if(utf8proc_INCLUDE_DIR AND EXISTS "${utf8proc_INCLUDE_DIR}/utf8proc.h")
    file(STRINGS "${utf8proc_INCLUDE_DIR}/utf8proc.h" lines_
        REGEX "^#define UTF8PROC_VERSION_(MAJOR|MINOR|PATCH) +[0-9]+")
    foreach(part_ MAJOR MINOR PATCH)
        string(REGEX MATCH "UTF8PROC_VERSION_${part_} +([0-9]+)" ignored_ "${lines_}")
        list(APPEND utf8proc_VERSION "${CMAKE_MATCH_1}")
    endforeach()
    list(JOIN utf8proc_VERSION "." utf8proc_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(utf8proc
    REQUIRED_VARS utf8proc_LIBRARY utf8proc_INCLUDE_DIR
    VERSION_VAR utf8proc_VERSION)

if(utf8proc_FOUND AND NOT TARGET utf8proc::utf8proc)
    add_library(utf8proc::utf8proc UNKNOWN IMPORTED)
    set_target_properties(utf8proc::utf8proc PROPERTIES
        IMPORTED_LOCATION "${utf8proc_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${utf8proc_INCLUDE_DIR}")
endif()
