// SPDX-License-Identifier: BSL-1.0
// tests/crash/worker.cpp: everybody in the office, with dice.
#include "crash/worker.hpp"

#include "support/autopilot.hpp"
#include "support/seeded.hpp"

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/store/sqlite.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>

#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace crash_tests {

using namespace quytrinh;  // NOLINT: tests only
using quytrinh_tests::dice;

const char* name_of(habit what) {
    switch (what) {
    case habit::opening: return "opening";
    case habit::alone: return "alone";
    case habit::threads: return "threads";
    case habit::due_work: return "due work";
    case habit::backup: return "backup";
    case habit::count_of_habits: break;
    }
    return "?";
}

instant first_day() { return read_instant("2023-12-11T08:00", std::chrono::minutes{420}).value(); }

namespace {

/// A refusal of a rule is part of life; a store that fails is not.
bool is_of_the_store(errc code) {
    const auto number = static_cast<std::uint16_t>(code);
    return number >= 300 && code != errc::conflict && code != errc::outcome_unknown;
}

class office_life {
public:
    office_life(const life& which, const definitions& known, const reporter& say)
        : which_(which), say_(say), keep_(opened()), office_(known, keep_, trust_host) {
        say_.line("O");
        // Cases of those who died before are gone on with.
        auto page = office_.cases({.status = stored_status::open}, {}, 7);
        if (page)
            for (const auto& row : page->rows) cases_.push_back(row.id);
        else
            say_.line("E\tcases: " + page.error().text(language::en));
    }

    void hear(std::uint64_t seed) {
        auto chance = std::make_shared<dice>(seed);
        auto guard = std::make_shared<std::mutex>();
        office_.on_notification([this, chance, guard](const notification& n) {
            bool fails = false;
            {
                const std::lock_guard hold{*guard};
                fails = chance->one_in(12);
            }
            if (fails) {
                say_.line("F\t" + n.key);
                throw std::runtime_error("no route");
            }
            say_.line("H\t" + n.key + '\t' + std::to_string(n.fence));
        });
    }

    void work(std::size_t commands, std::uint64_t seed, const std::string& name) {
        dice chance{seed};
        for (std::size_t i = 0; i < commands; ++i) {
            const std::string id = name + '-' + std::to_string(i);
            if (which_.what == habit::due_work && chance.one_in(4))
                due(chance);
            else if (which_.what == habit::threads && chance.one_in(6))
                several(chance, id);
            else
                send(any(chance, id));
        }
    }

    void back_up(std::size_t copies) {
        for (std::size_t i = 0; i < copies; ++i) {
            const std::string to = which_.file + ".copy-" + which_.name + '-' + std::to_string(i);
            say_.line("B\t" + to);
            if (const auto made = backup_sqlite(*keep_, to); made)
                say_.line("C\t" + to);
            else
                say_.line("E\tbackup: " + made.error().text(language::en));
            // A few of them while the others write, not as many as the disk bears.
            std::this_thread::sleep_for(std::chrono::milliseconds{8});
        }
    }

private:
    std::shared_ptr<store> opened() {
        sqlite_options options;
        // A machine with other things to do is no fault of the store.
        options.lock_wait = std::chrono::seconds{60};
        if (which_.manual) options.manual_clock = first_day();
        auto made = open_sqlite(which_.file, options);
        if (!made) throw std::runtime_error("open: " + made.error().text(language::en));
        return *made;
    }

    case_command envelope(const std::string& id, const actor& by, command::body body) {
        case_command what;
        what.id = command_id{id};
        what.by = by;
        what.body = std::move(body);
        return what;
    }
    case_command opening(dice& chance, const std::string& id) {
        command::open open;
        open.procedure = chance.one_in(2) ? "QT.HTKH.03" : "QT.CTCL.A";
        if (chance.one_in(3)) open.reference = "số " + id;
        const actor by{open.procedure == "QT.HTKH.03" ? "ĐVYC" : "P.KT", "nv01"};
        auto what = envelope(id, by, std::move(open));
        what.target = derive_case_id(keep_->caps().store_id, "main", what.id);
        return what;
    }
    /// A step done by one who may, where there is one.
    case_command step(dice& chance, const std::string& id, const case_id& of) {
        auto what = envelope(id, {"ĐVYC", "nv01"}, command::comment{{}, "việc " + id});
        what.target = of;
        const auto found = office_.find(of);
        if (!found) return what;
        const task_state* open = nullptr;
        for (const auto& task : found->state.tasks)
            if (task.status == task_status::open) open = &task;
        if (open == nullptr || open->leads.empty()) {
            forget(of);
            return what;
        }
        const seat& lead = open->leads[chance.below(open->leads.size())];
        what.by.unit = lead.unit.empty() || lead.head ? lead.role : lead.unit;
        what.by.person =
            lead.person.empty() ? "nv" + std::to_string(chance.below(90)) : lead.person;
        if (!open->assignee_unit.empty()) what.by = {open->assignee_unit, open->assignee};
        if (open->awaiting_receipt) {
            what.body = command::receive{to_string(open->task)};
            return what;
        }
        const auto options = office_.options(of, what.by);
        if (!options) return what;
        for (const auto& option : *options) {
            if (option.command != "complete" || !option.allowed) continue;
            std::string outcome;
            if (!option.outcomes.empty())
                outcome = option.outcomes[chance.below(option.outcomes.size())].name;
            auto done = test::fill_in_all(option, outcome);
            // Some of these are asked for by a value beside them.
            for (const auto& field : option.fields)
                if (!field.required && field.current.empty() && !field.choices.empty())
                    done.fields.emplace_back(field.form, field.name, test::plausible(field));
            for (const auto& code : option.may_open)
                if (chance.one_in(2)) done.open_linked.push_back(code);
            what.body = std::move(done);
        }
        return what;
    }
    case_command any(dice& chance, const std::string& id) {
        const auto of = pick(chance);
        if (!of) return opening(chance, id);
        if (!chance.one_in(4)) return step(chance, id, *of);
        const auto found = office_.find(*of);
        const actor opener = found ? found->state.opener : actor{"ĐVYC", "nv02"};
        auto what = envelope(id, opener, command::comment{{}, "ghi chú " + id});
        what.target = *of;
        switch (chance.below(8)) {
        case 0: what.body = command::cancel{"không còn cần"}; break;  // hardly ever allowed
        case 1: what.body = command::claim{"9"}; break;               // never
        case 2: what.body = command::attach{{}, {"tệp", "text/plain", 3, {}, {}}}; break;
        default: break;
        }
        return what;
    }

    std::optional<case_id> pick(dice& chance) {
        const std::lock_guard hold{guard_};
        if (cases_.size() < 2 || (cases_.size() < 7 && chance.one_in(12))) return std::nullopt;
        return cases_[chance.below(cases_.size())];
    }
    void forget(const case_id& of) {
        const std::lock_guard hold{guard_};
        std::erase(cases_, of);
    }

    void send(case_command what) {
        about_to(what);
        const case_command kept = what;
        answered(kept, office_.execute(std::move(what)));
    }
    void several(dice& chance, const std::string& id) {
        std::vector<case_command> all;
        const std::size_t count = 2 + chance.below(8);
        for (std::size_t i = 0; i < count; ++i)
            all.push_back(any(chance, id + '.' + std::to_string(i)));
        for (const auto& one : all) about_to(one);
        const auto answers = office_.execute_all(all);
        for (std::size_t i = 0; i < all.size(); ++i) answered(all[i], answers.at(i));
    }
    void about_to(const case_command& what) {
        say_.line("T\t" + what.target.str() + '\t' + what.id.str());
    }
    void answered(const case_command& what, const result<command_result>& answer) {
        const std::string which = what.target.str() + '\t' + what.id.str();
        if (!answer) {
            const errc code = answer.error().code;
            if (code == errc::outcome_unknown)
                say_.line("U\t" + which);
            else
                say_.line("R\t" + which + '\t' + std::to_string(static_cast<int>(code)));
            if (is_of_the_store(code)) say_.line("E\t" + answer.error().text(language::en));
            return;
        }
        const auto event = keep_->history("main", answer->target, answer->version - 1, 1);
        if (!event || event->size() != 1) return say_.line("E\tan answer without its event");
        say_.line("A\t" + which + '\t' + std::to_string(answer->version) + '\t' +
                  to_hex(event->front().hash));
        if (std::holds_alternative<command::open>(what.body)) {
            const std::lock_guard hold{guard_};
            cases_.push_back(answer->target);
        }
    }
    void due(dice& chance) {
        if (which_.manual) {
            const auto now = keep_->now();
            // Another process may have moved it further: that is no fault.
            if (now) (void)keep_->set_clock(*now + std::chrono::minutes{chance.below(3'000)});
        }
        const auto report = office_.run_due(1 + chance.below(40));
        if (!report) return say_.line("E\trun_due: " + report.error().text(language::en));
        for (const error& problem : report->problems)
            if (is_of_the_store(problem.code))
                say_.line("E\tdue work: " + problem.text(language::en));
    }

    const life which_;
    const reporter& say_;
    std::shared_ptr<store> keep_;
    runtime office_;
    std::mutex guard_;
    std::vector<case_id> cases_;
};

}  // namespace

void live(const life& which, const definitions& known, const reporter& say, std::size_t commands) {
    dice chance{which.seed};
    if (which.what == habit::opening) {
        for (std::size_t i = 0; i < commands; ++i) {
            office_life one{which, known, say};
            one.work(chance.below(2), chance.bits(), which.name + '-' + std::to_string(i));
        }
        return;
    }
    office_life one{which, known, say};
    // Without a handler notifications gather in the outbox, for somebody else to deliver.
    if (which.what != habit::alone || chance.one_in(2)) one.hear(chance.bits());
    std::size_t workers = 1;
    if (which.what == habit::threads) workers = 4;
    if (which.what == habit::due_work) workers = 2;
    std::vector<std::thread> others;
    for (std::size_t i = 0; i < workers; ++i)
        others.emplace_back([&, i, seed = chance.bits()] {
            try {
                one.work(commands, seed, which.name + '-' + std::to_string(i));
            } catch (const std::exception& thrown) {
                say.line(std::string{"E\tthrew "} + thrown.what());
            }
        });
    if (which.what == habit::backup) one.back_up(commands / 4 + 1);
    for (auto& other : others) other.join();
}

}  // namespace crash_tests
