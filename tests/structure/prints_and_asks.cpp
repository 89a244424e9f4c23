// SPDX-License-Identifier: BSL-1.0
// tests/structure/prints_and_asks.cpp: what no object of the library may do; symbols.cmake must see
// it.
#include <chrono>
#include <cstdio>

long print_and_ask();

long print_and_ask() {
    std::puts("x");
    return std::chrono::system_clock::now().time_since_epoch().count() != 0 ? 1 : 0;
}
