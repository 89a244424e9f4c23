// SPDX-License-Identifier: BSL-1.0
// src/cli/main.cpp: the program quytrinh. Nothing that is thrown leaves it.
#include "commands.hpp"

#include <quytrinh/base/error.hpp>

#include <exception>
#include <new>

int main(int argc, char** argv) {
    const cli::common as{cli::language_of_environment(), false};
    try {
        return cli::main_of(argc, argv);
    } catch (const quytrinh::exception& thrown) {
        return cli::report(as, thrown.reason());
    } catch (const std::bad_alloc&) {
        cli::error_line(cli::pattern(cli::word::error_memory, as.words));
    } catch (const std::exception& thrown) {
        cli::error_line(as.say(cli::word::error_inside, cli::safe(thrown.what())));
    }
    return cli::wrong;
}
