// SPDX-License-Identifier: BSL-1.0
// What follows a commit: notifications, linked cases, timers; once each, whoever dies in between.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#include "office.hpp"
#include "wrapped_store.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

using namespace office_of;

namespace {

std::vector<std::string> told(const std::vector<notification>& mail) {
    std::vector<std::string> out;
    for (const notification& n : mail)
        out.push_back(n.what.to.unit + " " + to_string(n.task) + " " +
                      std::to_string(static_cast<int>(n.what.kind)));
    return out;
}

}  // namespace

TEST_CASE("notifications are offered after the commit and before the call returns") {
    small_office o;
    std::vector<notification> mail;
    const case_id of = o.open();
    CHECK(done(o.office.outbox()).pending > 0);  // nobody listened yet: nothing is lost
    o.office.on_notification([&](const notification& n) {
        // The state is committed and no lock is held: the handler may ask.
        CHECK(o.state(n.of).version > 0);
        mail.push_back(n);
    });
    done(o.complete(of, "1", "A/nv01"));
    CHECK(done(o.office.outbox()).pending == 0);
    REQUIRE_FALSE(mail.empty());
    const auto lead = std::find_if(mail.begin(), mail.end(), [](const notification& n) {
        return n.what.to.unit == "B" && n.what.kind == notice_kind::task_opened;
    });
    REQUIRE(lead != mail.end());
    CHECK(lead->task == task_key{"2", 1});
    CHECK(lead->task_title == "Xét");
    CHECK(lead->due == "2023-12-14");
    CHECK(lead->procedure == "QT.THU");
    CHECK(lead->of == of);
    CHECK(lead->attempt == 1);
    CHECK(lead->by.person == "nv01");
    CHECK(lead->text("vi").find("Bước 2 “Xét”") == 0);
    // In event order, each with a key of its own.
    std::set<std::string> keys;
    for (const notification& n : mail) CHECK(keys.insert(n.key).second);
}

TEST_CASE("a return tells the sender why") {
    small_office o;
    const case_id of = o.open();
    done(o.complete(of, "1", "A/nv01"));
    std::vector<notification> mail;
    o.office.on_notification([&](const notification& n) { mail.push_back(n); });
    done(o.complete(of, "2", "B/nv02", "NOK", "thiếu tài liệu"));
    const auto back = std::find_if(mail.begin(), mail.end(), [](const notification& n) {
        return n.what.kind == notice_kind::task_returned && n.what.to.unit == "A";
    });
    REQUIRE(back != mail.end());
    CHECK(back->task == task_key{"1", 2});
    CHECK(back->reason == "thiếu tài liệu");
}

TEST_CASE("a handler may send commands; what they cause is told after it has returned") {
    small_office o;
    const case_id of = o.open();
    std::vector<std::string> order;
    int depth = 0;
    o.office.on_notification([&](const notification& n) {
        CHECK(++depth == 1);
        order.push_back(to_string(n.task));
        if (n.what.to.unit == "B" && n.what.as == relation::lead &&
            n.what.kind == notice_kind::task_opened && n.task.step == "2")
            done(o.complete(of, "2", "B/nv02", "OK"));
        --depth;
    });
    done(o.complete(of, "1", "A/nv01"));
    CHECK(o.state(of).status == case_status::ended);
    CHECK(done(o.office.outbox()).pending == 0);
    CHECK_FALSE(order.empty());
}

TEST_CASE(
    "a handler that throws is tried again with growing pauses, in order, and never breaks the "
    "case") {
    small_office o;
    const case_id of = o.open();
    int failures = 3;
    std::vector<notification> mail;
    std::vector<std::uint32_t> attempts;
    o.office.on_notification([&](const notification& n) {
        attempts.push_back(n.attempt);
        if (failures > 0) {
            --failures;
            throw std::runtime_error("mail server is down");
        }
        mail.push_back(n);
    });
    done(o.complete(of, "1", "A/nv01"));
    CHECK(mail.empty());
    CHECK(attempts == std::vector<std::uint32_t>{1});
    const auto pending = done(o.office.outbox()).pending;
    CHECK(pending > 0);
    // The clock stands: nothing is due yet.
    CHECK(done(o.office.run_due()).failed == 0);
    instant now = at("2023-12-11T08:00");
    for (int i = 0; i < 10 && mail.empty(); ++i) {
        now += std::chrono::minutes{10};
        done(o.keep->set_clock(now));
        done(o.office.run_due());
    }
    CHECK(attempts.at(1) == 2);
    CHECK(attempts.at(3) == 4);
    CHECK(mail.size() == pending);
    CHECK(done(o.office.outbox()).pending == 0);
    CHECK(o.state(of).tasks.back().task == task_key{"2", 1});
    for (std::size_t i = 1; i < mail.size(); ++i) CHECK(mail[i - 1].key < mail[i].key);
}

TEST_CASE("after twenty attempts a notification is set aside and listed, and the next ones go on") {
    small_office o;
    const case_id of = o.open();
    std::string poison;
    int offered = 0;
    std::vector<std::string> good;
    o.office.on_notification([&](const notification& n) {
        if (poison.empty()) poison = n.key;
        if (n.key == poison) {
            ++offered;
            throw std::runtime_error("\xff\n bad words");
        }
        good.push_back(n.key);
    });
    done(o.complete(of, "1", "A/nv01"));
    instant now = at("2023-12-11T08:00");
    std::uint32_t aside = 0;
    for (int i = 0; i < 60; ++i) {
        now += std::chrono::hours{2};
        done(o.keep->set_clock(now));
        aside += done(o.office.run_due()).set_aside;
    }
    CHECK(offered == 20);
    CHECK(aside == 1);
    CHECK(done(o.office.outbox()).set_aside == 1);
    CHECK(done(o.office.outbox()).pending == 0);
    CHECK_FALSE(good.empty());
    const auto listed = done(o.office.set_aside());
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].key == poison);
    CHECK(listed[0].attempt == 20);
    CHECK(listed[0].last_error.find("bad words") != std::string::npos);
    CHECK_FALSE(done(o.office.outbox()).next_try);
}

TEST_CASE("what was set aside can be tried again, one or all") {
    small_office o;
    const case_id of = o.open();
    bool broken = true;
    std::vector<std::string> told;
    o.office.on_notification([&](const notification& n) {
        if (broken) throw std::runtime_error("mailbox full");
        told.push_back(n.key);
    });
    done(o.complete(of, "1", "A/nv01"));
    instant now = at("2023-12-11T08:00");
    for (int i = 0; i < 200; ++i) {
        now += std::chrono::hours{2};
        done(o.keep->set_clock(now));
        done(o.office.run_due());
    }
    const auto aside = done(o.office.set_aside());
    REQUIRE(aside.size() > 2);
    CHECK(done(o.office.outbox()).set_aside == aside.size());
    CHECK(done(o.office.outbox()).pending == 0);
    CHECK(done(o.office.run_due()).failed == 0);  // by itself nothing of it is tried

    CHECK(o.office.offer_again("quytrinh").error().code == errc::not_found);
    CHECK(done(o.office.offer_again(aside[1].key)) == 1);
    CHECK(o.office.offer_again(aside[1].key).error().code == errc::not_found);
    CHECK(done(o.office.outbox()).pending == 1);
    CHECK(done(o.office.run_due()).failed == 1);  // it may fail again, and then waits as at first
    CHECK(done(o.office.outbox()).next_try == now + std::chrono::seconds{1});

    broken = false;
    CHECK(done(o.office.offer_again()) == aside.size() - 1);
    CHECK(done(o.office.offer_again()) == 0);
    now += std::chrono::hours{2};
    done(o.keep->set_clock(now));
    done(o.office.run_due());
    REQUIRE(told.size() == aside.size());
    for (std::size_t i = 0; i < told.size(); ++i) CHECK(told[i] == aside[i].key);
    CHECK(done(o.office.outbox()).pending == 0);
    CHECK(done(o.office.outbox()).set_aside == 0);
}

TEST_CASE("what waits says from when it is offered again") {
    small_office o;
    CHECK_FALSE(done(o.office.outbox()).next_try);
    const case_id of = o.open();
    const instant now = done(o.keep->now());
    done(o.complete(of, "1", "A/nv01"));
    // Nobody listens: it is offered at once.
    CHECK(done(o.office.outbox()).next_try == now);
    o.office.on_notification([](const notification&) { throw std::runtime_error("no route"); });
    done(o.office.run_due());
    CHECK(done(o.office.outbox()).next_try == now + std::chrono::seconds{1});
    done(o.keep->set_clock(now + std::chrono::seconds{1}));
    done(o.office.run_due());
    CHECK(done(o.office.outbox()).next_try == now + std::chrono::seconds{3});
    o.office.on_notification([](const notification&) {});
    done(o.keep->set_clock(now + std::chrono::seconds{3}));
    done(o.office.run_due());
    CHECK_FALSE(done(o.office.outbox()).next_try);
}

TEST_CASE("one case whose handler fails does not hold up another") {
    small_office o;
    const case_id bad = o.open();
    const case_id good = o.open();
    std::vector<case_id> reached;
    o.office.on_notification([&](const notification& n) {
        if (n.of == bad) throw 1;
        reached.push_back(n.of);
    });
    done(o.complete(bad, "1", "A/nv01"));
    done(o.complete(good, "1", "A/nv01"));
    CHECK_FALSE(reached.empty());
    CHECK(
        std::all_of(reached.begin(), reached.end(), [&](const case_id& of) { return of == good; }));
}

TEST_CASE("a due timer marks the task overdue, once, and tells its lead") {
    small_office o;
    const case_id of = o.open();
    done(o.complete(of, "1", "A/nv01"));
    std::vector<notification> mail;
    o.office.on_notification([&](const notification& n) { mail.push_back(n); });
    done(o.office.run_due());
    mail.clear();
    done(o.keep->set_clock(at("2023-12-14T23:59")));
    CHECK(done(o.office.run_due()).timers == 0);
    done(o.keep->set_clock(at("2023-12-15T00:00")));
    const auto did = done(o.office.run_due());
    CHECK(did.timers == 1);
    CHECK(did.problems.empty());
    CHECK(done(o.office.run_due()).timers == 0);
    CHECK(o.state(of).find_task({"2", 1})->overdue);
    CHECK(done(o.office.tasks({.overdue_only = true})).size() >= 1);
    const auto sent = std::count_if(mail.begin(), mail.end(), [](const notification& n) {
        return n.what.kind == notice_kind::task_overdue && n.what.to.unit == "B";
    });
    CHECK(sent == 1);
    done(o.complete(of, "2", "B/nv02", "OK"));
    CHECK(o.state(of).find_task({"2", 1})->late);
    done(o.office.verify(of));
}

TEST_CASE("a finished task has no timer left") {
    small_office o;
    const case_id of = o.open();
    done(o.complete(of, "1", "A/nv01"));
    done(o.complete(of, "2", "B/nv02", "NOK", "thiếu"));
    done(o.keep->set_clock(at("2024-01-31T00:00")));
    const auto did = done(o.office.run_due());
    CHECK(did.timers == 0);
    CHECK(did.problems.empty());
}

TEST_CASE("a linked case is open when the call returns, and its end reaches the parent") {
    small_office o;
    const case_id parent = o.open("A/nv01", "QT.ME");
    const auto result = done(o.complete(parent, "1", "A/nv01", "NOK", "hỏng"));
    REQUIRE(result.children.size() == 1);
    const case_id child = result.children[0];
    const case_state born = o.state(child);
    CHECK(born.status == case_status::open);
    CHECK(born.parent == parent);
    CHECK(o.state(parent).links.at(0).opened);
    CHECK_FALSE(o.state(parent).links.at(0).ended);
    CHECK(done(o.office.run_due()).links == 0);
    done(o.complete(child, "1", "A/nv01"));
    done(o.complete(child, "2", "B/nv02", "OK"));
    const link_state link = o.state(parent).links.at(0);
    CHECK(link.ended);
    CHECK(link.end_kind == "Đạt");
    for (const case_id& of : {parent, child}) done(o.office.verify(of));
    // Nothing is left, and doing it again opens nothing.
    const auto again = done(o.office.run_due());
    CHECK(again.links == 0);
    CHECK(done(o.office.cases({})).rows.size() == 2);
}

namespace {

/// A store whose process dies at a chosen write: that write and all later ones never happen.
class dying_store : public wrapped_store {
public:
    using wrapped_store::wrapped_store;
    int writes_left = 1'000'000;
    bool answer_lost = false;  ///< the last write is stored, but nobody hears so

    write_outcome write(const std::string& t, const write_batch& batch) override {
        if (writes_left == 0) return lost();
        --writes_left;
        auto out = real->write(t, batch);
        return writes_left == 0 && answer_lost ? lost() : out;
    }
    result<std::vector<work_item>> claim_due(const std::string& t, work_kind kind,
                                             std::size_t limit, std::chrono::microseconds lease,
                                             const std::string& worker) override {
        if (writes_left == 0) return fail(errc::store_internal, {"closed"});
        return real->claim_due(t, kind, limit, lease, worker);
    }
    result<bool> settle(const std::string& t, const work_item& item) override {
        if (writes_left == 0) return fail(errc::store_internal, {"closed"});
        return real->settle(t, item);
    }
    result<bool> put_back(const std::string& t, const work_item& item, instant next, bool aside,
                          const std::string& why) override {
        if (writes_left == 0) return fail(errc::store_internal, {"closed"});
        return real->put_back(t, item, next, aside, why);
    }

private:
    static write_outcome lost() {
        write_outcome out;
        out.what = write_outcome::kind::unknown;
        return out;
    }
};

}  // namespace

TEST_CASE("wherever a process dies, a link is carried out exactly once") {
    for (int writes = 1; writes <= 6; ++writes) {
        for (const bool lost : {false, true}) {
            CAPTURE(writes);
            CAPTURE(lost);
            auto real = open_memory({at("2023-12-11T08:00"), 7});
            case_id parent;
            {
                auto dying = std::make_shared<dying_store>(real);
                small_office o(dying);
                parent = o.open("A/nv01", "QT.ME");
                dying->writes_left = writes;
                dying->answer_lost = lost;
                // What it answers does not matter here: the process is gone.
                (void)o.complete(parent, "1", "A/nv01", "NOK", "hỏng", "the-command");
            }
            small_office next(real);
            // The host sends the same command again, as after errc::outcome_unknown.
            const auto result =
                done(next.complete(parent, "1", "A/nv01", "NOK", "hỏng", "the-command"));
            REQUIRE(result.children.size() == 1);
            // Leases of the dead process end.
            done(real->set_clock(at("2023-12-11T09:00")));
            done(next.office.run_due());
            CHECK(done(next.office.cases({})).rows.size() == 2);
            CHECK(next.state(result.children[0]).version ==
                  done(next.office.history(result.children[0])).size());
            const case_state after = next.state(parent);
            REQUIRE(after.links.size() == 1);
            CHECK(after.links[0].opened);
            const auto told_of = [&] {
                const auto events = done(next.office.history(parent));
                return std::count_if(events.begin(), events.end(), [](const history_entry& e) {
                    return std::holds_alternative<event::link_reported>(e.fact.body);
                });
            };
            CHECK(told_of() == 1);
            done(next.office.run_due());
            CHECK(told_of() == 1);
            done(next.office.verify(parent));
        }
    }
}

namespace {

/// A store that has no time for some of the runtime's own commands.
class choosy_store : public wrapped_store {
public:
    using wrapped_store::wrapped_store;
    std::string not_now;  ///< how their ids begin

    write_outcome write(const std::string& t, const write_batch& batch) override {
        if (not_now.empty() || batch.command.id.str().rfind(not_now, 0) != 0)
            return real->write(t, batch);
        write_outcome out;
        out.what = write_outcome::kind::rejected;
        out.reason.emplace();
        out.reason->code = errc::store_busy;
        return out;
    }
};

}  // namespace

// Once the first report was refused for ever: the link was never settled, and was tried again every
// hour. Found by killing writers: one process opened the linked case, others had ended it before it
// could say so.
TEST_CASE("a linked case that ends before its opening is reported leaves nothing to do") {
    auto real = std::make_shared<choosy_store>(open_memory({at("2023-12-11T08:00"), 7}));
    small_office o(real);
    const case_id parent = o.open("A/nv01", "QT.ME");
    real->not_now = "quytrinh-opened-";
    const auto result = done(o.complete(parent, "1", "A/nv01", "NOK", "hỏng"));
    REQUIRE(result.children.size() == 1);
    const case_id child = result.children[0];
    CHECK_FALSE(o.state(parent).links.at(0).opened);
    done(o.complete(child, "1", "A/nv01"));
    done(o.complete(child, "2", "B/nv02", "OK"));
    CHECK(o.state(parent).links.at(0).ended);
    real->not_now.clear();
    done(real->set_clock(at("2023-12-11T09:00")));
    const auto did = done(o.office.run_due());
    CHECK(did.problems.empty());
    CHECK(did.links == 1);
    const auto counts = done(o.office.outbox());
    o.office.on_notification([](const notification&) {});
    done(o.office.run_due());
    CHECK(done(o.office.outbox()).pending == 0);
    CHECK(counts.set_aside == 0);
    for (const case_id& of : {parent, child}) done(o.office.verify(of));
}

TEST_CASE("an unknown outcome says so, and the same command id settles it") {
    for (const bool stored : {false, true}) {
        auto real = open_memory({at("2023-12-11T08:00"), 7});
        auto dying = std::make_shared<dying_store>(real);
        small_office o(dying);
        const case_id of = o.open();
        dying->writes_left = stored ? 1 : 0;
        dying->answer_lost = true;
        auto lost = o.complete(of, "1", "A/nv01");
        REQUIRE_FALSE(lost);
        CHECK(lost.error().code == errc::outcome_unknown);
        const std::string id = lost.error().args.at(0);
        CHECK_FALSE(id.empty());
        dying->writes_left = 100;
        CHECK(done(o.office.lookup(of, command_id{id})).has_value() == stored);
        const auto again = done(o.complete(of, "1", "A/nv01", {}, {}, id));
        CHECK(again.opened.size() == 1);
        CHECK(done(o.office.history(of)).size() == again.version);
        const auto open = o.state(of).tasks;
        CHECK(open.size() == 2);
    }
}

TEST_CASE("what was told is told in the order of events") {
    small_office o;
    const case_id of = o.open();
    for (int i = 0; i < 5; ++i) {
        done(o.complete(of, "1", "A/nv01"));
        done(o.complete(of, "2", "B/nv02", "NOK", "thiếu"));
    }
    std::vector<notification> mail;
    o.office.on_notification([&](const notification& n) { mail.push_back(n); });
    while (done(o.office.run_due(3)).more) {}
    CHECK(done(o.office.outbox()).pending == 0);
    REQUIRE(mail.size() > 10);
    const auto seq = [](const notification& n) {
        const auto last = n.key.rfind('/');
        const auto before = n.key.rfind('/', last - 1);
        return std::pair{std::stoul(n.key.substr(before + 1, last - before - 1)),
                         std::stoul(n.key.substr(last + 1))};
    };
    for (std::size_t i = 1; i < mail.size(); ++i) CHECK(seq(mail[i - 1]) < seq(mail[i]));
    CHECK_FALSE(told(mail).empty());
}
