// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/store.ipp: what a store has without saying anything: a group is one write
// after another.
#pragma once

#include <quytrinh/store/store.hpp>

namespace quytrinh {

std::vector<write_outcome> store::write_group(const std::string& tenant,
                                              std::span<const write_batch> batches) {
    std::vector<write_outcome> outcomes;
    outcomes.reserve(batches.size());
    for (const auto& batch : batches) outcomes.push_back(write(tenant, batch));
    return outcomes;
}

}  // namespace quytrinh
