# SPDX-License-Identifier: BSL-1.0
# What `cmake --install` puts where: one export set a component, a CMake package that a CMake of
# 3.22
# reads, pkg-config files, the program, and the procedures as files.
include(CMakePackageConfigHelpers)
set(package_dir_ "${CMAKE_INSTALL_LIBDIR}/cmake/quytrinh")

# quytrinh_install_component(<target> <component> <file set>…)
function(quytrinh_install_component target component)
    set(sets_ "")
    foreach(set_ IN LISTS ARGN)
        list(APPEND sets_ FILE_SET ${set_} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
    endforeach()
    install(TARGETS ${target} EXPORT quytrinh_${component}
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        ${sets_}
        INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
    install(EXPORT quytrinh_${component} NAMESPACE quytrinh::
        FILE quytrinh_${component}.cmake DESTINATION "${package_dir_}")
endfunction()

quytrinh_install_component(quytrinh_core core public_headers tables opt_in)
quytrinh_install_component(quytrinh_header_only header_only
    public_headers tables opt_in testing bodies)
if(TARGET quytrinh_testing)
    quytrinh_install_component(quytrinh_testing testing public_headers glue)
endif()
if(TARGET quytrinh_sqlite)
    quytrinh_install_component(quytrinh_sqlite sqlite public_headers)
endif()

if(TARGET quytrinh_c)
    quytrinh_install_component(quytrinh_c c public_headers)
endif()

get_target_property(type_ quytrinh_core TYPE)
if(type_ STREQUAL "SHARED_LIBRARY")
    set(QUYTRINH_IS_SHARED 1)
else()
    set(QUYTRINH_IS_SHARED 0)
endif()

configure_package_config_file(cmake/quytrinhConfig.cmake.in
    "${PROJECT_BINARY_DIR}/quytrinhConfig.cmake" INSTALL_DESTINATION "${package_dir_}"
    PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/quytrinhConfigVersion.cmake"
    COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/quytrinhConfig.cmake"
    "${PROJECT_BINARY_DIR}/quytrinhConfigVersion.cmake" cmake/Findutf8proc.cmake
    DESTINATION "${package_dir_}")

# pkg-config: relative to the file itself, so that an installed tree can be moved.
file(RELATIVE_PATH PC_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" PC_PREFIX "${PC_PREFIX}")
set(exact_ "quytrinh = ${PROJECT_VERSION}")
if(QUYTRINH_IS_SHARED)
    set(PC_CFLAGS " -DQUYTRINH_SHARED")
    set(PC_LIBS "")
    set(PC_REQUIRES "Requires.private: libutf8proc libcrypto >= 3.0")
    set(PC_SQLITE_REQUIRES "Requires: ${exact_}\nRequires.private: sqlite3 >= 3.37")
else()
    # What a static library leaves to its user to link. Public, so that `pkg-config --libs` alone
    # links: there is no other way to link this library.
    set(PC_CFLAGS "")
    set(PC_LIBS " -lboost_json -lboost_container")
    set(PC_REQUIRES "Requires: libutf8proc libcrypto >= 3.0")
    set(PC_SQLITE_REQUIRES "Requires: ${exact_}, sqlite3 >= 3.37")
endif()
configure_file(cmake/quytrinh.pc.in "${PROJECT_BINARY_DIR}/quytrinh.pc" @ONLY)
configure_file(cmake/quytrinh-sqlite.pc.in "${PROJECT_BINARY_DIR}/quytrinh-sqlite.pc" @ONLY)
configure_file(cmake/quytrinh-testing.pc.in "${PROJECT_BINARY_DIR}/quytrinh-testing.pc" @ONLY)
configure_file(cmake/quytrinh-c.pc.in "${PROJECT_BINARY_DIR}/quytrinh-c.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/quytrinh.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(TARGET quytrinh_testing)
    install(FILES "${PROJECT_BINARY_DIR}/quytrinh-testing.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endif()
if(TARGET quytrinh_c)
    install(FILES "${PROJECT_BINARY_DIR}/quytrinh-c.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endif()
if(TARGET quytrinh_sqlite)
    install(FILES "${PROJECT_BINARY_DIR}/quytrinh-sqlite.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endif()

if(TARGET quytrinh_program)
    install(TARGETS quytrinh_program RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
    if(UNIX AND QUYTRINH_IS_SHARED)
        file(RELATIVE_PATH to_libraries_ "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
        set_target_properties(quytrinh_program PROPERTIES INSTALL_RPATH "$ORIGIN/${to_libraries_}")
    endif()
endif()
install(DIRECTORY procedures/ DESTINATION "${CMAKE_INSTALL_DATADIR}/quytrinh/procedures"
    FILES_MATCHING PATTERN "*.quytrinh" PATTERN "*.md" PATTERN "language.*.md" EXCLUDE)
# The manual links to the pages of `quytrinh explain`, which lie elsewhere in an installed tree.
foreach(manual_ language.vi.md language.en.md)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "procedures/${manual_}")
    file(READ "procedures/${manual_}" text_)
    string(REPLACE "](../src/cli/pages/" "](../pages/" text_ "${text_}")
    file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/manual/${manual_}" CONTENT "@text_@" @ONLY)
    install(FILES "${PROJECT_BINARY_DIR}/manual/${manual_}"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/quytrinh/procedures")
endforeach()
install(DIRECTORY src/cli/pages/ DESTINATION "${CMAKE_INSTALL_DATADIR}/quytrinh/pages"
    FILES_MATCHING PATTERN "QT*.md")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
