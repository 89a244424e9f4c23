// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/actor.ipp: "ĐVTH/nv07" to an actor and back.
#pragma once

#include <quytrinh/engine/actor.hpp>

namespace quytrinh {

std::string to_string(const actor& who) {
    return who.person.empty() ? who.unit : who.unit + '/' + who.person;
}

actor read_actor(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return {text, {}};
    return {text.substr(0, slash), text.substr(slash + 1)};
}

}  // namespace quytrinh
