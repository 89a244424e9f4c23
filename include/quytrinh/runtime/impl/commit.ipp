// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/commit.ipp: the one path of a command: read, decide, write.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::commit {
namespace {

/// The persons whose memberships a decision may need beside the actor's.
void named_people(const command::body& body, std::vector<std::string>& people) {
    const auto all = [&](const std::vector<binding>& bindings) {
        for (const binding& b : bindings) people.push_back(b.person);
    };
    if (const auto* c = std::get_if<command::open>(&body)) all(c->bind);
    if (const auto* c = std::get_if<command::complete>(&body)) all(c->assign);
    if (const auto* c = std::get_if<command::assign>(&body)) people.push_back(c->person);
    if (const auto* c = std::get_if<command::reassign>(&body)) people.push_back(c->person);
}

/// Counts owners as kept_list does, sanitizers included.
struct owners : kept_list_base {
    using kept_list_base::owned_alone;
};

bool is_refusal(errc code) noexcept {
    const auto number = static_cast<std::uint16_t>(code);
    return number >= 200 && number < 300;
}

/// What a function of the host said does not change with what the store has: it is asked once.
bool not_asked_again(const unexpected& refusal) noexcept {
    return refusal.reason()->code == errc::host_callback_failed;
}

/// The texts of linked cases that a decision pins, the first that the store may not have.
const link_request* first_link(const std::vector<case_event>& events) noexcept {
    for (const case_event& fact : events)
        if (const auto* done = std::get_if<event::task_completed>(&fact.body))
            if (!done->links.empty()) return &done->links.front();
    return nullptr;
}

/// For a state that others have too.
result<void> decide_copy(const context& with, const case_state& state, const case_command& what,
                         case_state& after, ruling& out) {
    auto made = decide(with, state, what);
    if (!made) return made.failure();
    after = std::move(made->after);
    out = {std::move(made->events), std::move(made->result)};
    return {};
}

/// What the kernel threw, as a refusal; only a table of the host can throw inside it. Rethrows what
/// is nobody's answer.
unexpected thrown_in_kernel() {
    try {
        throw;
    } catch (const exception& thrown) {
        return fail(thrown.reason());
    } catch (const programming_error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& thrown) {
        return fail(errc::host_callback_failed, {thrown.what()});
    }
}

definition_row pinned(const procedure& of) { return {of.hash, of.code, closed_text(of.sources)}; }

}  // namespace
}  // namespace detail::commit

result<command_id> runtime::impl::make_id() {
    std::array<std::uint8_t, 16> bytes{};
    if (auto filled = keep->entropy(bytes); !filled) return filled.failure();
    // Hashed only to spell 128 bits as 26 letters and digits, as case ids are.
    return command_id{
        to_base32(sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()}), 26)};
}

void runtime::impl::pause(int attempt) const {
    // Full jitter over a growing window; the thread's own id is enough to part two rivals.
    const auto seed =
        std::hash<std::thread::id>{}(std::this_thread::get_id()) ^
        static_cast<std::size_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    const std::size_t window_us = std::size_t{200} << std::min(attempt, 8);
    std::this_thread::sleep_for(std::chrono::microseconds{(seed * 2654435761u) % window_us});
}

result<void> runtime::impl::prepare_context(detail::shell::judging& j, const case_command& what,
                                            procedure_ptr definition, instant not_before) {
    auto now = keep->now();
    if (!now) return now.failure();
    j.definition = std::move(definition);
    j.days = calendar_for(j.definition);
    j.known.source = basis::host_word;
    if (whom.memberships) {
        j.known.source = basis::host_callback;
        std::vector<std::string> people{what.by.person};
        detail::commit::named_people(what.body, people);
        std::sort(people.begin(), people.end());
        people.erase(std::unique(people.begin(), people.end()), people.end());
        try {
            for (const std::string& person : people) {
                if (person.empty()) continue;
                for (facts::membership& m : whom.memberships(person)) {
                    m.person = person;
                    make_nfc(m.unit);
                    j.known.memberships.push_back(std::move(m));
                }
            }
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const exception& thrown) {
            // A binding has put it into words already, for either language.
            if (thrown.code() == errc::host_callback_failed) return fail(thrown.reason());
            return fail(errc::host_callback_failed, {thrown.what()});
        } catch (const std::exception& thrown) {
            return fail(errc::host_callback_failed, {thrown.what()});
        } catch (...) {
            return fail(errc::host_callback_failed, {"?"});
        }
    }
    j.known.table = [this](const std::string& code, const std::vector<value>& row) {
        std::shared_ptr<const detail::shell::table_fn> table;
        {
            const std::shared_lock hold(guard);
            if (const auto found = tables.find(code); found != tables.end()) table = found->second;
        }
        if (!table) return truth::unknown;
        return (*table)(row) ? truth::yes : truth::no;
    };
    j.with.definition = j.definition.get();
    j.with.days = j.days.get();
    j.with.known = &j.known;
    j.with.find_procedure = [this, &j](std::string_view code) -> const procedure* {
        if (auto other = by_code(code)) {
            j.others.push_back(std::move(*other));
            return j.others.back().get();
        }
        // A case may open another of its own kind even where only its pinned text is known.
        return j.definition->code == code ? j.definition.get() : nullptr;
    };
    j.with.child_id = [this, &what](std::uint64_t seq, std::uint32_t index) {
        return derive_child_id(caps.store_id, tenant, what.target, seq, index);
    };
    j.with.now = std::max(*now, not_before);
    j.with.bounds = bounds;
    return {};
}

result<void> runtime::impl::prepare(const case_command& what, const digest256& digest,
                                    const origin& from, known_ptr& base, bool may_spend,
                                    detail::shell::tools& with, detail::shell::prepared& out) {
    using detail::shell::known_case;
    const auto* opening = std::get_if<command::open>(&what.body);
    if (!base && opening == nullptr) return fail(errc::not_found, {what.target.str()});
    procedure_ptr definition;
    if (base) {
        definition = base->definition;
        if (what.expected_version && *what.expected_version != base->state.version)
            return fail(errc::version_differs, {std::to_string(base->state.version),
                                                std::to_string(*what.expected_version)});
    } else {
        auto found = from.definition ? by_hash(*from.definition) : by_code(opening->procedure);
        if (!found) return found.failure();
        definition = std::move(*found);
        if (!opening->reference.empty()) {
            auto same = keep->query_cases(tenant, {.reference = opening->reference}, {}, 1);
            if (!same) return same.failure();
            if (!same->rows.empty() && same->rows.front().id != what.target)
                return fail(errc::reference_taken,
                            {opening->reference, same->rows.front().id.str()});
        }
    }
    detail::shell::judging j;
    if (auto ready = prepare_context(j, what, definition, base ? base->state.last_at : instant{});
        !ready)
        return ready.failure();
    // Making and moving a state is a tenth of a command. A case that nobody else has becomes the
    // next one where it lies; what the batch needs of it is noted before.
    const bool spent = base && may_spend && detail::commit::owners::owned_alone(base.use_count());
    std::shared_ptr<known_case> next;
    if (spent) {
        // No object of this type was made const; only the pointer says so.
        next = std::const_pointer_cast<known_case>(base);
    } else {
        next = std::make_shared<known_case>();
        next->definition = definition;
        if (base) {
            next->hash = base->hash;
            next->grown = base->grown;
            next->open = base->open;
        }
    }
    const detail::project::earlier before =
        detail::project::look_at(base ? base->state : next->state);
    const bool begins = !base;
    ruling& made = with.made;
    const auto ruled = [&]() -> result<void> {
        try {
            if (spent || begins) return decide_in(j.with, next->state, what, made);
            return detail::commit::decide_copy(j.with, base->state, what, next->state, made);
        } catch (...) {
            base.reset();
            return detail::commit::thrown_in_kernel();
        }
    }();
    // Refused in the middle of it, the state is of no use to anybody.
    if (spent && (ruled || next->state.version != before.version)) base.reset();
    if (!ruled) return ruled;
    const case_state& after = next->state;
    if (after.version > bounds.events_per_case)
        return fail(errc::limit_exceeded,
                    {"events_per_case", std::to_string(bounds.events_per_case)});

    std::vector<salt16>& salts = with.salts;
    salts.assign(made.events.size(), salt16{});
    if (auto filled = keep->entropy({salts.front().data(), salts.size() * sizeof(salt16)}); !filled)
        return filled.failure();
    const chain_identity identity{caps.store_id, tenant, what.target, definition->hash};
    detail::project::make_batch(out.batch, identity, before, next->hash, made.events, after,
                                {what.id, from.kind, digest, 0, 0, encode_result(made.result)},
                                salts.data(), with.hash, next->open, next->grown);
    for (const stored_event& e : out.batch.events)
        if (e.payload.size() > bounds.payload_bytes)
            return fail(errc::limit_exceeded,
                        {"payload_bytes", std::to_string(bounds.payload_bytes)});
    if (out.batch.head.history_bytes > bounds.history_bytes)
        return fail(errc::limit_exceeded, {"history_bytes", std::to_string(bounds.history_bytes)});
    if (begins) {
        if (!is_stored(definition->hash))
            out.batch.definition = detail::commit::pinned(*definition);
    } else if (const link_request* link = detail::commit::first_link(made.events)) {
        // The child's text is pinned with the parent's event, before anybody can forget it.
        if (!is_stored(link->definition)) {
            if (auto child = by_hash(link->definition))
                out.batch.definition = detail::commit::pinned(**child);
        }
    }
    out.batch.settles = from.settles;
    next->hash = out.batch.head.hash;
    out.result = std::move(made.result);
    out.after = std::move(next);
    return {};
}

result<command_result> runtime::impl::answer_of(const command_row& row, const digest256& digest,
                                                const command_id& id) const {
    if (row.digest != digest) return fail(errc::command_id_reused, {id.str()});
    auto earlier = decode_result(row.result);
    if (!earlier) return earlier.failure();
    earlier->id = id;
    return earlier;
}

void runtime::impl::note_refusal(const case_command& what, const error& why) {
    if (!detail::commit::is_refusal(why.code)) return;
    auto now = keep->now();
    if (!now) return;
    refusal_row row;
    // A case that never came to be has no id worth keeping.
    if (!std::holds_alternative<command::open>(what.body)) row.of = what.target;
    row.unit = what.by.unit;
    row.person = what.by.person;
    row.rule = static_cast<std::uint16_t>(why.code);
    row.command = std::string(name_of(what.body));
    row.first_at = row.last_at = *now;
    row.count = 1;
    // A refusal is answered even when its record cannot be written.
    (void)keep->record_refusal(tenant, row);
}

result<void> runtime::impl::complete_envelope(case_command& what, bool from_host) {
    if (what.id.empty()) {
        auto made = make_id();
        if (!made) return made.failure();
        what.id = std::move(*made);
    }
    const bool opens = std::holds_alternative<command::open>(what.body);
    const bool named = opens && !what.target.empty();
    if (opens && !named) what.target = derive_case_id(caps.store_id, tenant, what.id);
    const auto composed = detail::shell::admit(what, bounds, from_host);
    if (!composed.has_value()) return composed.failure();
    if (!*composed) detail::shell::compose(what);
    if (from_host && named && what.target != derive_case_id(caps.store_id, tenant, what.id))
        return fail(errc::invalid_argument, {"target"});
    return {};
}

result<command_result> runtime::impl::run(const case_command& what, const origin& from,
                                          detail::shell::follow_up& left,
                                          std::optional<unexpected> refusal) {
    detail::shell::tool_box::loan borrowed(tool_shed);
    detail::shell::tools& with = *borrowed;
    const auto [digest, bytes] = digest_of(what, with.hash);
    if (bytes > bounds.payload_bytes)
        return fail(errc::limit_exceeded, {"payload_bytes", std::to_string(bounds.payload_bytes)});
    // Decide on what is remembered: the write finds out whether it still holds. What is refused on
    // a memory is only believed when the store says that it is the newest, so nobody is refused
    // because of an old state. So it may be taken out of memory and used up: what comes of the
    // command takes its place.
    known_ptr base = refusal ? nullptr : cache.take(what.target);
    const bool remembered = base != nullptr;
    bool guessed = !refusal && (remembered || std::holds_alternative<command::open>(what.body));
    for (int attempt = 0; attempt < detail::shell::write_attempts;) {
        if (!guessed) {
            auto read = load(what.target, what.id);
            if (!read) return read.failure();
            if (read->earlier) return answer_of(*read->earlier, digest, what.id);
            if (!read->quarantine.empty())
                return fail(errc::case_quarantined, {what.target.str(), read->quarantine});
            if (refusal && (read->known == base || detail::commit::not_asked_again(*refusal))) {
                if (from.kind == command_kind::host) note_refusal(what, *refusal->reason());
                return *refusal;
            }
            refusal.reset();
            base = std::move(read->known);
        }
        detail::shell::prepared ready;
        if (auto done = prepare(what, digest, from, base, guessed, with, ready); !done) {
            if (guessed) {
                guessed = false;
                // Refused before anything changed: the same case is not read and folded again.
                refusal = done.failure();
                if (base) cache.put(what.target, base);
                continue;
            }
            if (from.kind == command_kind::host) note_refusal(what, done.error());
            return done.failure();
        }
        const std::optional<digest256> pinned =
            ready.batch.definition ? std::optional(ready.batch.definition->hash) : std::nullopt;
        detail::shell::follow_up mine;
        mine.note(ready.batch.outbox);
        write_outcome outcome = keep->write_given(tenant, std::move(ready.batch));
        switch (outcome.what) {
        case write_outcome::kind::committed:
            if (pinned) mark_stored(*pinned);
            cache.put(what.target, std::move(ready.after));
            left.add(std::move(mine));
            ready.result.id = what.id;
            return std::move(ready.result);
        case write_outcome::kind::duplicate: return answer_of(*outcome.earlier, digest, what.id);
        case write_outcome::kind::conflict:
            cache.drop(what.target);
            if (!guessed) pause(attempt);
            guessed = false;
            ++attempt;
            continue;
        case write_outcome::kind::rejected: {
            const error why =
                outcome.reason.value_or(error{errc::store_internal, {"rejected"}, {}, {}});
            cache.drop(what.target);
            if (guessed && remembered && why.code == errc::invalid_argument) {
                // The batch does not fit what is stored: reading tells whether that is damaged.
                guessed = false;
                continue;
            }
            if (from.kind == command_kind::host) note_refusal(what, why);
            return fail(why);
        }
        case write_outcome::kind::unknown:
            cache.drop(what.target);
            return fail(errc::outcome_unknown, {what.id.str()});
        }
    }
    return fail(errc::conflict);
}

std::vector<result<command_result>> runtime::impl::run_all(std::vector<case_command> batch,
                                                           detail::shell::follow_up& left) {
    std::vector<result<command_result>> answers;
    answers.reserve(batch.size());
    detail::shell::tool_box::loan borrowed(tool_shed);
    detail::shell::tools& with = *borrowed;
    for (std::size_t begin = 0; begin < batch.size(); begin += detail::shell::group_size) {
        const std::size_t end = std::min(batch.size(), begin + detail::shell::group_size);
        // Decide each on the state that those before it will have made; whatever does not come out
        // as planned goes the ordinary way afterwards, one by one and in order.
        std::map<case_id, known_ptr> planned;
        std::set<case_id>
            one_by_one;  // once one goes the ordinary way, those after it on its case do too
        std::vector<write_batch> group;
        std::vector<std::optional<detail::shell::prepared>> ready(end - begin);
        std::vector<std::optional<unexpected>> asked(end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            case_command& what = batch[i];
            if (!complete_envelope(what, true) || one_by_one.contains(what.target)) continue;
            const auto before = planned.find(what.target);
            known_ptr base = before != planned.end() ? before->second : cache.take(what.target);
            if (!base && !std::holds_alternative<command::open>(what.body)) {
                auto read = load(what.target, what.id);
                if (!read || read->earlier || !read->quarantine.empty() || !read->known) {
                    one_by_one.insert(what.target);
                    continue;
                }
                base = std::move(read->known);
            }
            const digest256 digest = digest_of(what, with.hash).digest;
            detail::shell::prepared made;
            if (auto done = prepare(what, digest, {}, base, true, with, made); !done) {
                // Refused before anything changed: it is still what the store has, unless it is
                // only planned.
                if (base && before == planned.end()) cache.put(what.target, base);
                if (detail::commit::not_asked_again(done.failure()))
                    asked[i - begin] = done.failure();
                one_by_one.insert(what.target);
                continue;
            }
            planned[what.target] = made.after;
            group.push_back(std::move(made.batch));
            ready[i - begin] = std::move(made);
        }
        std::vector<write_outcome> outcomes;
        if (!group.empty()) outcomes = keep->write_group(tenant, group);
        std::size_t written = 0;
        for (std::size_t i = begin; i < end; ++i) {
            case_command& what = batch[i];
            if (ready[i - begin]) {
                write_batch& done = group[written];
                const write_outcome outcome =
                    written < outcomes.size() ? outcomes[written] : write_outcome{};
                const bool answered = written < outcomes.size();
                ++written;
                if (answered && outcome.what == write_outcome::kind::committed) {
                    if (done.definition) mark_stored(done.definition->hash);
                    cache.put(what.target, ready[i - begin]->after);
                    left.note(done.outbox);
                    command_result out = std::move(ready[i - begin]->result);
                    out.id = what.id;
                    answers.emplace_back(std::move(out));
                    continue;
                }
                cache.drop(what.target);
                if (!answered || outcome.what == write_outcome::kind::unknown) {
                    answers.emplace_back(fail(errc::outcome_unknown, {what.id.str()}));
                    continue;
                }
            }
            if (auto fit = complete_envelope(what, true); !fit)
                answers.emplace_back(fit.failure());
            else
                answers.push_back(run(what, {}, left, asked[i - begin]));
        }
    }
    return answers;
}

}  // namespace quytrinh
