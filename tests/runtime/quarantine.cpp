// SPDX-License-Identifier: BSL-1.0
// Bytes of a store are hostile: what does not fit stops its case, and no other.
#include <quytrinh/engine/option.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#include "office.hpp"
#include "wrapped_store.hpp"

#include <functional>

using namespace office_of;

namespace {

/// Hands out changed bytes, as a damaged or forged file would.
class tampered_store : public wrapped_store {
public:
    using wrapped_store::wrapped_store;
    std::function<void(case_view&)> spoil_view;
    std::function<void(std::vector<stored_event>&)> spoil_history;
    std::function<void(page_of<task_entry>&)> spoil_tasks;
    std::function<void(definition_row&)> spoil_text;
    bool refuses = false;  ///< as a store does whose row of the case is not the one expected

    write_outcome write(const std::string& t, const write_batch& batch) override {
        if (!refuses) return real->write(t, batch);
        return {write_outcome::kind::rejected, std::nullopt,
                error{errc::invalid_argument, {"head beside its opening"}, {}, {}}};
    }

    result<case_view> read(const std::string& t, const case_id& of, const command_id& id) override {
        auto view = real->read(t, of, id);
        if (view && spoil_view) spoil_view(*view);
        return view;
    }
    result<std::vector<stored_event>> history(const std::string& t, const case_id& of,
                                              std::uint64_t after, std::size_t n) override {
        auto events = real->history(t, of, after, n);
        if (events && spoil_history) spoil_history(*events);
        return events;
    }
    result<page_of<task_entry>> query_tasks(const std::string& t, const task_query& q,
                                            const std::string& c, std::size_t n) override {
        auto page = real->query_tasks(t, q, c, n);
        if (page && spoil_tasks) spoil_tasks(*page);
        return page;
    }
    result<std::optional<definition_row>> definition(const std::string& t,
                                                     const digest256& h) override {
        auto row = real->definition(t, h);
        if (row && *row && spoil_text) spoil_text(**row);
        return row;
    }
};

/// A case that has begun, and a cold runtime over a store that lies about it.
struct scene {
    std::shared_ptr<store> real = open_memory({at("2023-12-11T08:00"), 7});
    case_id of, other;
    scene() {
        small_office o(real);
        of = o.open();
        other = o.open();
        done(o.complete(of, "1", "A/nv01"));
    }
};

errc code_of(const result<command_result>& r) { return r ? errc{} : r.error().code; }

}  // namespace

TEST_CASE("a changed, missing, doubled or exchanged event quarantines its case and no other") {
    const std::function<void(case_view&)> faults[] = {
        [](case_view& v) { v.events.at(1).payload += "x"; },
        [](case_view& v) { v.events.at(1).payload.clear(); },
        [](case_view& v) { v.events.at(1).header.back() ^= 1; },
        [](case_view& v) { v.events.at(1).header.clear(); },
        [](case_view& v) { v.events.at(1).hash[0] ^= 1; },
        [](case_view& v) { v.events.at(1).salt[0] ^= 1; },
        [](case_view& v) { v.events.erase(v.events.begin() + 1); },
        [](case_view& v) { v.events.pop_back(); },
        [](case_view& v) { v.events.clear(); },
        [](case_view& v) { std::swap(v.events.at(1), v.events.at(2)); },
        [](case_view& v) { v.events.at(1) = v.events.at(0); },
        [](case_view& v) { v.head->version += 1; },
        [](case_view& v) { v.head->hash[31] ^= 1; },
        [](case_view& v) { v.head->definition[0] ^= 1; },
    };
    int number = 0;
    for (const auto& fault : faults) {
        CAPTURE(number);
        ++number;
        scene s;
        auto lying = std::make_shared<tampered_store>(s.real);
        lying->spoil_view = [&](case_view& v) {
            if (v.head && v.head->id == s.of) fault(v);
        };
        small_office o(lying);
        CHECK(code_of(o.complete(s.of, "2", "B/nv02", "OK")) == errc::case_quarantined);
        CHECK_FALSE(o.office.find(s.of));
        // Told the truth again, the case stays closed to writes until somebody has looked at it.
        lying->spoil_view = nullptr;
        CHECK(code_of(o.complete(s.of, "2", "B/nv02", "OK")) == errc::case_quarantined);
        CHECK_FALSE(done(o.office.find(s.of)).quarantine.empty());
        done(o.complete(s.other, "1", "A/nv01"));
        CHECK(done(o.office.find(s.other)).quarantine.empty());
    }
}

TEST_CASE("a snapshot is a cache: of another format or unreadable it is ignored") {
    auto real = open_memory({at("2023-12-11T08:00"), 7});
    case_id of;
    {
        small_office o(real);
        of = o.open();
        for (int i = 0; i < 20; ++i) {
            done(o.complete(of, "1", "A/nv01"));
            done(o.complete(of, "2", "B/nv02", "NOK", "thiếu"));
        }
        REQUIRE(done(real->read("main", of, {})).snapshot.has_value());
    }
    small_office honest(real);
    const case_state truth = honest.state(of);
    const std::function<void(case_view&)> faults[] = {
        [](case_view& v) { v.snapshot->format = 999; },
        [](case_view& v) { v.snapshot->state = "nonsense"; },
        [](case_view& v) { v.snapshot->state.clear(); },
        [](case_view& v) { v.snapshot->version -= 1; },
    };
    for (const auto& fault : faults) {
        auto lying = std::make_shared<tampered_store>(real);
        lying->spoil_view = [&](case_view& v) {
            if (v.snapshot) fault(v);
        };
        small_office o(lying);
        CHECK(o.state(of) == truth);
    }
}

TEST_CASE("verify finds what a reader would not: old events, task list, pinned text") {
    const auto found = [](const std::function<void(tampered_store&)>& spoil) {
        scene s;
        auto lying = std::make_shared<tampered_store>(s.real);
        small_office o(lying);
        done(o.office.verify(s.of));
        spoil(*lying);
        auto verdict = o.office.verify(s.of);
        REQUIRE_FALSE(verdict);
        CHECK(verdict.error().code == errc::store_corrupt);
        // Found once, the case is quarantined.
        CHECK(code_of(o.complete(s.of, "2", "B/nv02", "OK")) == errc::case_quarantined);
        return verdict.error().text(language::en);
    };
    CHECK(found([](tampered_store& t) {
              t.spoil_history = [](std::vector<stored_event>& events) {
                  for (stored_event& e : events)
                      if (e.seq == 1) e.payload += "x";
              };
          }).find('1') != std::string::npos);
    found([](tampered_store& t) {
        t.spoil_history = [](std::vector<stored_event>& events) {
            if (!events.empty()) events.erase(events.begin());
        };
    });
    found([](tampered_store& t) {
        t.spoil_tasks = [](page_of<task_entry>& page) { page.rows.at(0).row.due_before.reset(); };
    });
    found([](tampered_store& t) {
        t.spoil_tasks = [](page_of<task_entry>& page) { page.rows.clear(); };
    });
    found(
        [](tampered_store& t) { t.spoil_text = [](definition_row& row) { row.closed += "# "; }; });
    found([](tampered_store& t) { t.spoil_view = [](case_view& v) { v.head->end_kind = "Đạt"; }; });
}

// A text that the process had in memory was believed to lie in the store, whatever lay there.
TEST_CASE("a pinned text that was changed is found when the first of its cases is loaded") {
    scene s;
    const auto as_damaged = [&](const std::function<void(definition_row&)>& fault) {
        auto lying = std::make_shared<tampered_store>(s.real);
        lying->spoil_text = fault;
        small_office o(lying);  // knows the same text
        const auto found = o.office.find(s.of);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == errc::case_quarantined);
    };
    as_damaged([](definition_row& row) { row.closed += "# "; });
    scene again;
    s = again;
    as_damaged([](definition_row& row) { row.closed.clear(); });
}

TEST_CASE("a pinned text is read once, not for each case or command") {
    scene s;
    auto counting = std::make_shared<tampered_store>(s.real);
    int read = 0;
    counting->spoil_text = [&](definition_row&) { ++read; };
    small_office o(counting);
    done(o.office.find(s.of));
    done(o.office.find(s.other));
    done(o.complete(s.other, "1", "A/nv01"));
    CHECK(read == 1);
}

TEST_CASE("a list says of a case that cannot be read what its row says, and that it is set apart") {
    scene s;
    auto lying = std::make_shared<tampered_store>(s.real);
    lying->spoil_view = [&](case_view& v) {
        if (v.head && v.head->id == s.of) v.events.at(1).hash[0] ^= 1;
    };
    small_office o(lying);
    const auto rows = done(o.office.tasks({}));
    REQUIRE(rows.size() == 3);  // of the damaged case those of B and A, of the other that of A
    for (const task_view& row : rows) {
        const bool damaged = row.of() == s.of;
        CHECK(row.quarantine == (damaged ? "event 2: the hash does not fit" : ""));
        CHECK(row.title() == (damaged ? "" : "Gửi"));
        // A due that the row has is told; "none is stated" would be a statement.
        CHECK(row.due() == (damaged ? "2023-12-14" : ""));
        CHECK(row.how == (damaged ? due_kind::counted : due_kind::not_stated));
    }
    // Neither is it told of a task without a due.
    lying->spoil_tasks = [](page_of<task_entry>& page) {
        for (task_entry& e : page.rows) e.row.due_before.reset();
    };
    for (const task_view& row : done(o.office.tasks({.of = s.of}))) {
        CHECK(row.due().empty());
        CHECK(row.how == due_kind::waiting);
    }
    // Nor is a damaged row believed to the end of time.
    lying->spoil_tasks = [](page_of<task_entry>& page) {
        for (task_entry& e : page.rows) e.row.due_before = instant::max();
    };
    for (const task_view& row : done(o.office.tasks({.of = s.of}))) CHECK(row.due().empty());
}

TEST_CASE("what is marked elsewhere is flagged and offers nothing, although it can be read") {
    scene s;
    small_office o(s.real);
    const auto offered = [&](const char* by) {
        std::size_t allowed = 0;
        for (const option& one : done(o.office.options(s.of, who(by)))) {
            if (one.allowed) ++allowed;
            if (!one.allowed && one.command == "complete") CHECK(one.who_could.empty());
        }
        return allowed;
    };
    CHECK(offered("B/nv02") > 0);
    CHECK(done(o.office.tasks({.of = s.of})).at(0).quarantine.empty());
    done(s.real->quarantine("main", s.of, "head of case x"));  // by another process, say
    for (const task_view& row : done(o.office.tasks({.of = s.of}))) {
        CHECK(row.quarantine == "head of case x");
        CHECK(row.title() == "Xét");
    }
    const auto options = done(o.office.options(s.of, who("B/nv02")));
    REQUIRE_FALSE(options.empty());
    for (const option& one : options) {
        CHECK_FALSE(one.allowed);
        CHECK(one.rule == errc::case_quarantined);
        CHECK(one.who_could.empty());
    }
}

TEST_CASE(
    "a row of the list of cases that is not what the events say is met by reader and writer") {
    const std::function<void(head_row&)> faults[] = {
        [](head_row& h) { h.opened_at -= std::chrono::hours{1}; },
        [](head_row& h) { h.procedure = "QT.ME"; },
        [](head_row& h) { h.reference = "1/CV"; },
        [](head_row& h) { h.status = stored_status::ended; },
        [](head_row& h) { h.opener_unit = "B"; },
        [](head_row& h) { h.last_at += std::chrono::hours{1}; },
    };
    for (const auto& fault : faults)
        for (const bool warm : {false, true}) {
            scene s;
            auto lying = std::make_shared<tampered_store>(s.real);
            small_office o(lying);
            if (warm) done(o.office.find(s.of));
            lying->refuses = true;
            lying->spoil_view = [&](case_view& v) {
                if (v.head && v.head->id == s.of) fault(*v.head);
            };
            const auto refused = o.complete(s.of, "2", "B/nv02", "OK");
            REQUIRE_FALSE(refused);
            // A damaged store is no fault of who asked.
            CHECK(refused.error().code == errc::case_quarantined);
            // Kept without words of any language.
            CHECK(done(s.real->read("main", s.of, {})).quarantine == "head of case " + s.of.str());
        }
}

TEST_CASE("a pinned text that is not the one that was pinned is not run") {
    scene s;
    auto lying = std::make_shared<tampered_store>(s.real);
    lying->spoil_text = [](definition_row& row) { row.closed.back() = ' '; };
    runtime bare(only_calendars(), lying, trust_host);
    CHECK_FALSE(bare.find(s.of));
    complete_options options;
    options.by = who("B/nv02");
    options.outcome = "OK";
    CHECK_FALSE(bare.complete(s.of, "2", options));
}
