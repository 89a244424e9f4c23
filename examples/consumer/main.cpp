// SPDX-License-Identifier: BSL-1.0
// A program that uses quytrinh from outside: through the installed package, and nothing else.
#include <quytrinh/quytrinh.hpp>
#ifdef CONSUMER_HAS_SQLITE
#include <quytrinh/store/sqlite.hpp>
#endif

#include <iostream>

int main() {
    std::cout << quytrinh::to_hex(quytrinh::sha256("")) << '\n';
    return 0;
}
