# SPDX-License-Identifier: BSL-1.0
# Runs an example on a new store file and compares what it prints, line by line, with a file:
#   cmake -D PROGRAM=… -D STORE=<file.db> -D EXPECTED=<file> -P check_output.cmake
# `<*>` in the expected file stands for any characters of a line (a case id, say).
cmake_minimum_required(VERSION 3.25)
file(REMOVE "${STORE}" "${STORE}-wal" "${STORE}-shm")
execute_process(COMMAND "${PROGRAM}" "${STORE}"
    OUTPUT_VARIABLE printed_ ERROR_VARIABLE errors_ RESULT_VARIABLE result_)
if(NOT result_ EQUAL 0)
    message(FATAL_ERROR "${PROGRAM} ended with ${result_}:\n${printed_}${errors_}")
endif()
file(READ "${EXPECTED}" expected_)
if(printed_ STREQUAL expected_)
    return()
endif()

# Lists split at semicolons and join at unbalanced brackets: keep both out of the way.
foreach(text_ printed_ expected_)
    string(REPLACE ";" "<semicolon>" ${text_} "${${text_}}")
    string(REPLACE "[" "<open>" ${text_} "${${text_}}")
    string(REPLACE "]" "<close>" ${text_} "${${text_}}")
    string(REPLACE "\n" ";" ${text_} "${${text_}}")
endforeach()
list(LENGTH printed_ printed_lines_)
list(LENGTH expected_ expected_lines_)
set(number_ 0)
set(differences_ "")
foreach(want_ got_ IN ZIP_LISTS expected_ printed_)
    math(EXPR number_ "${number_} + 1")
    string(REGEX REPLACE "([.^$+?(){}|\\*])" "\\\\\\1" pattern_ "${want_}")
    string(REPLACE "<\\*>" ".*" pattern_ "${pattern_}")
    if(NOT got_ MATCHES "^${pattern_}$")
        string(APPEND differences_ "line ${number_}\n  expected: ${want_}\n  printed:  ${got_}\n")
    endif()
endforeach()
if(differences_)
    message(FATAL_ERROR "${EXPECTED} (${expected_lines_} lines, printed ${printed_lines_})\n"
        "${differences_}")
endif()
