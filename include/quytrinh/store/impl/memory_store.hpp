// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/memory_store.hpp: the memory store, the reference of what a store does. One
// mutex; every call sees the whole of every earlier one. Bodies: memory.ipp (cases),
// memory_work.ipp (due work and lists).
//
// The entropy and the clock below are the only places of the core that ask the system for anything:
// random bytes (base/random.hpp) and the time of day. A seed and a manual clock leave out both.
#pragma once

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/store/impl/entropy.hpp>
#include <quytrinh/store/impl/memory_tables.hpp>
#include <quytrinh/store/impl/rules.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::memory_store {

class memory_store final : public store {
public:
    explicit memory_store(const memory_options& options)
        : entropy_(options.seed), manual_(options.manual_clock) {
        caps_.kind = "memory";
        caps_.durable = durability::none;
        caps_.clock = manual_ ? clock_kind::manual : clock_kind::real;
        caps_.epoch = 1;
        caps_.schema = stored_format;
        entropy_.fill(caps_.store_id).value();
    }

    store_caps caps() const override { return caps_; }

    result<instant> now() override {
        const std::lock_guard lock{mutex_};
        return at_micros(clock());
    }
    result<void> set_clock(instant to) override {
        const std::lock_guard lock{mutex_};
        if (!manual_) return fail(errc::clock_differs, {"real", "manual"});
        if (to < *manual_) return fail(errc::invalid_argument, {"clock set back"});
        manual_ = to;
        return {};
    }
    result<void> entropy(std::span<std::uint8_t> out) override {
        const std::lock_guard lock{mutex_};
        return entropy_.fill(out);
    }

    result<case_view> read(const std::string& tenant, const case_id& of,
                           const command_id& id) override;
    result<case_view> read_after(const std::string& tenant, const case_id& of, const command_id& id,
                                 std::uint64_t version) override;
    write_outcome write(const std::string& tenant, const write_batch& batch) override;
    write_outcome write_given(const std::string& tenant, write_batch&& batch) override;
    result<std::optional<command_row>> lookup(const std::string& tenant, const case_id& of,
                                              const command_id& id) override;
    result<std::optional<definition_row>> definition(const std::string& tenant,
                                                     const digest256& hash) override;
    result<std::vector<work_item>> claim_due(const std::string& tenant, work_kind kind,
                                             std::size_t limit, std::chrono::microseconds lease,
                                             const std::string& worker) override;
    result<bool> settle(const std::string& tenant, const work_item& item) override;
    result<bool> put_back(const std::string& tenant, const work_item& item, instant next_try,
                          bool set_aside, const std::string& why) override;
    result<bool> offer_again(const std::string& tenant, const case_id& of, std::uint64_t seq,
                             std::uint32_t n) override;
    result<outbox_counts> count_outbox(const std::string& tenant) override;
    result<page_of<outbox_entry>> query_outbox(const std::string& tenant, bool set_aside_only,
                                               const std::string& cursor,
                                               std::size_t limit) override;
    result<page_of<task_entry>> query_tasks(const std::string& tenant, const task_query& which,
                                            const std::string& cursor, std::size_t limit) override;
    result<page_of<head_row>> query_cases(const std::string& tenant, const case_query& which,
                                          const std::string& cursor, std::size_t limit) override;
    result<std::vector<stored_event>> history(const std::string& tenant, const case_id& of,
                                              std::uint64_t after_seq, std::size_t limit) override;
    result<void> record_refusal(const std::string& tenant, const refusal_row& row) override;
    result<std::vector<refusal_row>> refusals(const std::string& tenant,
                                              const case_id& of) override;
    result<void> quarantine(const std::string& tenant, const case_id& of,
                            const std::string& why) override;

private:
    /// Never before the time of an earlier call.
    micros clock() {
        if (manual_) return count(*manual_);
        const auto read =
            std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
        last_ = std::max(last_, count(instant{read.time_since_epoch()}));
        return last_;
    }
    std::uint64_t next_fence() { return (caps_.epoch << store_rules::fence_bits) + ++fences_; }
    tenant_tables* find(const std::string& tenant) {
        const auto at = tenants_.find(tenant);
        return at == tenants_.end() ? nullptr : &at->second;
    }
    one_case* find(const std::string& tenant, const case_id& of) {
        auto* tables = find(tenant);
        if (tables == nullptr) return nullptr;
        const auto at = tables->cases.find(of);
        return at == tables->cases.end() ? nullptr : &at->second;
    }

    /// The row that a key names, if the fence is still the one of the latest claim.
    struct claimed {
        one_case* of = nullptr;
        task_node* timer = nullptr;
        outbox_line* line = nullptr;
        outbox_kind kind = outbox_kind::notice;
        outbox_line::place place{};
    };
    std::optional<claimed> find_claimed(tenant_tables& tables, std::string_view key,
                                        std::uint64_t fence);
    void finish(tenant_tables& tables, const claimed& work);
    /// An entry has left the line or was set aside: ends the lease when it was the last one
    /// claimed.
    void advance(tenant_tables& tables, const claimed& work);

    std::vector<work_item> claim_timers(tenant_tables& tables, std::size_t limit,
                                        std::chrono::microseconds lease);
    std::vector<work_item> claim_line(tenant_tables& tables, outbox_kind kind, std::size_t limit,
                                      std::chrono::microseconds lease);
    static result<page_of<head_row>> overdue_cases(const tenant_tables& tables,
                                                   const case_query& which,
                                                   const std::string& cursor, std::size_t limit);
    static const task_order* order_of(const tenant_tables& tables, const task_query& which);

    mutable std::mutex mutex_;
    store_entropy::source entropy_;
    std::optional<instant> manual_;
    micros last_ = 0;
    std::uint64_t fences_ = 0;
    store_caps caps_;
    std::map<std::string, tenant_tables> tenants_;
};

}  // namespace quytrinh::detail::memory_store
