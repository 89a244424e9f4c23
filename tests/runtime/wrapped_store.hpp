// SPDX-License-Identifier: BSL-1.0
// tests/runtime/wrapped_store.hpp: a store that hands everything on to another one; tests override
// what they want to go wrong.
#pragma once

#include <quytrinh/store/store.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace office_of {

using namespace quytrinh;

class wrapped_store : public store {
public:
    explicit wrapped_store(std::shared_ptr<store> behind) : real(std::move(behind)) {}

    store_caps caps() const override { return real->caps(); }
    result<instant> now() override { return real->now(); }
    result<void> set_clock(instant to) override { return real->set_clock(to); }
    result<void> entropy(std::span<std::uint8_t> out) override { return real->entropy(out); }
    result<case_view> read(const std::string& t, const case_id& of, const command_id& id) override {
        return real->read(t, of, id);
    }
    write_outcome write(const std::string& t, const write_batch& batch) override {
        return real->write(t, batch);
    }
    result<std::optional<command_row>> lookup(const std::string& t, const case_id& of,
                                              const command_id& id) override {
        return real->lookup(t, of, id);
    }
    result<std::optional<definition_row>> definition(const std::string& t,
                                                     const digest256& h) override {
        return real->definition(t, h);
    }
    result<std::vector<work_item>> claim_due(const std::string& t, work_kind kind,
                                             std::size_t limit, std::chrono::microseconds lease,
                                             const std::string& worker) override {
        return real->claim_due(t, kind, limit, lease, worker);
    }
    result<bool> settle(const std::string& t, const work_item& item) override {
        return real->settle(t, item);
    }
    result<bool> put_back(const std::string& t, const work_item& item, instant next, bool aside,
                          const std::string& why) override {
        return real->put_back(t, item, next, aside, why);
    }
    result<bool> offer_again(const std::string& t, const case_id& of, std::uint64_t seq,
                             std::uint32_t n) override {
        return real->offer_again(t, of, seq, n);
    }
    result<outbox_counts> count_outbox(const std::string& t) override {
        return real->count_outbox(t);
    }
    result<page_of<outbox_entry>> query_outbox(const std::string& t, bool aside,
                                               const std::string& c, std::size_t n) override {
        return real->query_outbox(t, aside, c, n);
    }
    result<page_of<task_entry>> query_tasks(const std::string& t, const task_query& q,
                                            const std::string& c, std::size_t n) override {
        return real->query_tasks(t, q, c, n);
    }
    result<page_of<head_row>> query_cases(const std::string& t, const case_query& q,
                                          const std::string& c, std::size_t n) override {
        return real->query_cases(t, q, c, n);
    }
    result<std::vector<stored_event>> history(const std::string& t, const case_id& of,
                                              std::uint64_t after, std::size_t n) override {
        return real->history(t, of, after, n);
    }
    result<void> record_refusal(const std::string& t, const refusal_row& row) override {
        return real->record_refusal(t, row);
    }
    result<std::vector<refusal_row>> refusals(const std::string& t, const case_id& of) override {
        return real->refusals(t, of);
    }
    result<void> quarantine(const std::string& t, const case_id& of,
                            const std::string& why) override {
        return real->quarantine(t, of, why);
    }

    std::shared_ptr<store> real;
};

}  // namespace office_of
