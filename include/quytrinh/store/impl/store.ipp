// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/store.ipp: what a store has without saying anything: a group is one write
// after another, and nothing is known of what the caller has.
#pragma once

#include <quytrinh/store/store.hpp>

namespace quytrinh {

write_outcome store::write_given(const std::string& tenant, write_batch&& batch) {
    return write(tenant, batch);
}

result<case_view> store::read_after(const std::string& tenant, const case_id& of,
                                    const command_id& id, std::uint64_t) {
    return read(tenant, of, id);
}

std::vector<write_outcome> store::write_group(const std::string& tenant,
                                              std::span<const write_batch> batches) {
    std::vector<write_outcome> outcomes;
    outcomes.reserve(batches.size());
    for (const auto& batch : batches) outcomes.push_back(write(tenant, batch));
    return outcomes;
}

}  // namespace quytrinh
