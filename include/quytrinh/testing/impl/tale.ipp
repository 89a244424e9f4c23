// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/tale.ipp: the world of a tale, and telling it again.
#pragma once

#include <quytrinh/testing/impl/tale.hpp>

#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::testing::detail {

world world_of(const tale& t, const std::shared_ptr<const definitions>& known, std::uint64_t seed,
               const limits& bounds) {
    // The procedure of the tale stands in the place of what is known under its code.
    auto all = std::make_shared<definitions>();
    if (known) *all = *known;
    std::erase_if(all->procedures,
                  [&](const procedure_ptr& one) { return one->code == t.of->code; });
    all->procedures.push_back(t.of);
    world_options options;
    options.start = to_iso(t.start, std::chrono::minutes{420});
    options.seed = seed;
    options.known = std::move(all);
    options.bounds = bounds;
    world made{std::move(options)};
    for (const auto& [table, cells] : t.rows) made.row(table, cells);
    return made;
}

std::optional<error> retell(world& in, const tale& t) {
    if (auto opened = in.open_case(t.opener, t.opening); !opened) return opened.error();
    for (const move& one : t.moves) {
        if (one.at)
            if (auto passed = in.pass_to(*one.at); !passed) return passed.error();
        if (!one.what) continue;
        if (auto done = in.send(one.by, *one.what); !done) return done.error();
    }
    return std::nullopt;
}

}  // namespace quytrinh::testing::detail
