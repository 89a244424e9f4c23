# SPDX-License-Identifier: BSL-1.0
# The first case that a README shows is the program that the tests run, in at most fifteen lines,
# whatever is in them:  cmake -D README=… -D PROGRAM=… -D BEGIN=<its first line> -P readme.cmake
file(READ "${README}" page_)
file(READ "${PROGRAM}" program_)
string(FIND "${program_}" "${BEGIN}" at_)
if(at_ LESS 0)
    message(FATAL_ERROR "${PROGRAM} has no line '${BEGIN}'")
endif()
string(SUBSTRING "${program_}" ${at_} -1 code_)
string(FIND "${page_}" "\n${code_}```" found_)
if(found_ LESS 0)
    message(FATAL_ERROR "${README} does not show ${PROGRAM} as it is")
endif()
string(REGEX MATCHALL "\n" lines_ "${code_}")
list(LENGTH lines_ count_)
if(count_ GREATER 15)
    message(FATAL_ERROR "${PROGRAM}: ${count_} lines, 15 are allowed")
endif()
