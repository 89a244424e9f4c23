# SPDX-License-Identifier: BSL-1.0
# The library is a guest: it prints nothing, ends nothing, starts no thread, and its kernel asks
# neither clock nor chance. Read from the undefined symbols of the built objects:
#   cmake -D NM=<nm> -D "OBJECTS=<object>|<object>…" -P symbols.cmake
# Inline code of the standard library refers to std::terminate, __cxa_* and _Unwind_*: those stay
# out of the lists, because they end the process only where C++ itself would.
cmake_minimum_required(VERSION 3.25)

# Never, in any object.
set(never_
    printf fprintf vprintf vfprintf dprintf puts fputs putchar fputc putc perror __printf_chk
    __fprintf_chk
    abort exit _exit _Exit quick_exit __assert_fail raise kill signal sigaction atexit
    pthread_create fork execve system popen
    getenv setenv putenv setlocale localtime mktime rand srand random srandom
    fopen open open64 openat creat socket connect
    std::cout std::cerr std::clog "std::ios_base::Init::Init()")
# Only where the clock and the entropy of a store are read (store, runtime), and in the one function
# behind it. Without arguments.
set(only_outside_the_kernel_
    clock_gettime gettimeofday time clock nanosleep getrandom getentropy
    std::chrono::_V2::system_clock::now std::chrono::_V2::steady_clock::now
    std::random_device::_M_getval std::random_device::_M_init RAND_bytes quytrinh::random_bytes)

string(REPLACE "|" ";" objects_ "${OBJECTS}")
execute_process(COMMAND "${NM}" -A -u -C ${objects_} OUTPUT_VARIABLE text_ RESULT_VARIABLE failed_)
if(failed_)
    message(FATAL_ERROR "${NM} cannot read the objects")
endif()

string(REPLACE ";" "," text_ "${text_}")
string(REPLACE "\n" ";" lines_ "${text_}")
set(seen_ 0)
set(bad_ "")
foreach(line_ IN LISTS lines_)
    # <object>:                 U <symbol>
    if(NOT line_ MATCHES "^(.*\\.o): +[Uvw] (.*)$")
        continue()
    endif()
    set(object_ "${CMAKE_MATCH_1}")
    set(symbol_ "${CMAKE_MATCH_2}")
    math(EXPR seen_ "${seen_} + 1")
    string(REGEX REPLACE "^.*\\.dir/(\\./)?" "" object_ "${object_}")
    if(symbol_ IN_LIST never_ OR symbol_ MATCHES "^std::thread::_M_start_thread")
        list(APPEND bad_ "${object_}: ${symbol_}")
    endif()
    if(NOT object_ MATCHES "^(store|runtime)/|^base/random\\.cpp\\.o$")
        string(REGEX REPLACE "\\(.*$" "" plain_ "${symbol_}")
        if(plain_ IN_LIST only_outside_the_kernel_)
            list(APPEND bad_ "${object_}: ${symbol_}")
        endif()
    endif()
endforeach()

if(seen_ EQUAL 0)
    message(FATAL_ERROR "no symbol was read, so nothing was checked")
endif()
if(bad_)
    list(REMOVE_DUPLICATES bad_)
    list(JOIN bad_ "\n  " bad_)
    message(FATAL_ERROR "the library must not refer to:\n  ${bad_}")
endif()
message(STATUS "${seen_} references: none prints, ends the process or starts a thread")
