// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/open.cpp: opening, making, checking, closing and copying a file. Nothing is
// written before it is known that the file is ours.
#include "turns.hpp"
#include "upgrade.hpp"

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/store/store.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <limits>

namespace quytrinh {

namespace detail::sqlite {

namespace {

/// STRICT tables.
constexpr int oldest_sqlite = 3'037'000;

std::uint32_t big_endian(const unsigned char* at) noexcept {
    return static_cast<std::uint32_t>(at[0]) << 24 | static_cast<std::uint32_t>(at[1]) << 16 |
           static_cast<std::uint32_t>(at[2]) << 8 | static_cast<std::uint32_t>(at[3]);
}

unexpected not_ours(const std::string& path) { return fail(errc::store_foreign, {path}); }

result<void> check_numbers(const std::string& path, std::uint32_t application,
                           std::uint32_t version) {
    if (application != static_cast<std::uint32_t>(application_id)) return not_ours(path);
    if (version > static_cast<std::uint32_t>(schema_version))
        return fail(errc::store_newer,
                    {path, std::to_string(version), std::to_string(schema_version)});
    if (version == 0) return fail(errc::store_corrupt, {path + ": no schema number"});
    return {};
}

/// Reads the header of the file without lock, journal or shared memory, through SQLite: a
/// descriptor of our own would, when closed, take the locks of other connections of this process
/// with it.
result<void> look_at(const std::string& path) {
    connection on{path, purpose::look, {}};
    sqlite3_file* file = nullptr;
    on.check(sqlite3_file_control(on.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file));
    if (file == nullptr || file->pMethods == nullptr) return not_ours(path);
    unsigned char header[100] = {};
    const int code = file->pMethods->xRead(file, header, sizeof header, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) on.check(code);
    if (std::string_view{reinterpret_cast<const char*>(header), 16} !=
        std::string_view{"SQLite format 3\0", 16})
        return not_ours(path);
    return check_numbers(path, big_endian(header + 68), big_endian(header + 60));
}

/// A whole file under another name first: what has the right name is always complete.
result<void> make_file(const std::string& path, unsigned mode, const sqlite_options& options) {
    std::array<std::uint8_t, 16> store_id{};
    if (auto drawn = store_entropy::source{options.seed}.fill(store_id); !drawn) return drawn;
    // Under the lock there is one who makes it, so what has this name is left from one who died.
    const std::string fresh = path + ".quytrinh-new";
    remove_with_journals(fresh);
    {
        connection on{fresh, purpose::make, {options.lock_wait, {}}};
        on.script(
            "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE;"
            "PRAGMA journal_mode = DELETE; PRAGMA application_id = 1364547924; PRAGMA user_version "
            "= 4;");
        transaction whole{on, sql::begin_write};
        make_schema(on, schema_version);
        run{on, sql::make_meta}
            .bind_all(store_id, stored_format, options.manual_clock ? 1 : 0,
                      options.manual_clock ? micros(*options.manual_clock) : 0)
            .finish();
        whole.commit();
        (void)on.pragma("PRAGMA journal_mode = WAL");
        sqlite3_db_config(on.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    }
    // An empty file is as good as none.
    return give_name(fresh, path, mode, ::access(path.c_str(), F_OK) == 0);
}

/// Every page, by SQLite's own checker: trees, lists of free pages, what the tables demand of their
/// rows. What it says names tables and pages, never values.
result<void> check_pages(connection& on, const std::string& path) {
    std::string said = on.pragma("PRAGMA quick_check(1)");
    if (said == "ok") return {};
    if (const auto line = said.rfind('\n'); line != std::string::npos) said.erase(0, line + 1);
    return fail(errc::store_corrupt, {path + ": quick_check: " + said});
}

}  // namespace

static_assert(application_id == 1364547924, "the number in make_file");
static_assert(schema_version == 4, "the number in make_file and bring_up_to_date");

sqlite_store::sqlite_store(const std::string& path, const sqlite_options& options)
    : given_path_(path),
      lock_wait_(std::clamp(options.lock_wait, std::chrono::milliseconds{1},
                            std::chrono::milliseconds{3'600'000})),
      waits_{lock_wait_, std::clamp(options.statement_time, std::chrono::milliseconds{1},
                                    std::chrono::milliseconds{3'600'000})},
      read_only_(options.read_only),
      clock_waits_(options.clock_waits && options.manual_clock),
      looks_from_((options.read_only || options.clock_waits) && options.manual_clock
                      ? micros(*options.manual_clock)
                      : std::numeric_limits<std::int64_t>::min()),
      process_(::getpid()),
      last_now_(std::numeric_limits<std::int64_t>::min()),
      entropy_(std::in_place, std::nullopt) {
    idle_readers_.reserve(16);
}

sqlite_store::~sqlite_store() {
    if (forked()) {
        // The parent's locks, log and shared memory are not ours to touch: memory only.
        for (auto& on : idle_readers_) on->forget();
        if (writer_) writer_->forget();
        lock_.forget();
        return;
    }
    idle_readers_.clear();
    if (!writer_) return;
    // The last one out writes the log back, unless something is wrong with the file.
    const auto soon = steady::now() + std::chrono::seconds{1};
    const bool alone = !corrupt_ && lock_.acquire(soon);
    // Who reads at this moment would make SQLite leave the log behind.
    if (alone) (void)lock_.wait_for_lingering(soon);
    if (alone) sqlite3_db_config(writer_->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    writer_.reset();
    if (alone) lock_.release();
}

bool sqlite_store::forked() const noexcept { return ::getpid() != process_; }

std::optional<error> sqlite_store::unusable() const {
    if (forked()) return error{errc::forked, {}, {}, {}};
    // What was read after damage was met could be as wrong as what is not there.
    if (corrupt_)
        return error{errc::store_corrupt, {path_ + ": damage was met, open it anew"}, {}, {}};
    return std::nullopt;
}

std::optional<error> sqlite_store::unwritable() const {
    auto why = unusable();
    if (!why && read_only_) why = error{errc::store_readonly, {path_}, {}, {}};
    return why;
}

result<std::shared_ptr<store>> sqlite_store::open(const std::string& path,
                                                  const sqlite_options& options) {
    if (options.seed && !options.manual_clock)
        return fail(errc::invalid_argument, {"a seed without a manual clock"});
    if (sqlite3_threadsafe() == 0 || sqlite3_libversion_number() < oldest_sqlite)
        return fail(errc::store_unavailable, {path, std::string{"SQLite "} + sqlite3_libversion()});
    auto made = std::make_shared<sqlite_store>(path, options);
    try {
        if (auto started = made->start(options); !started) return started.failure();
    } catch (const failure& why) {
        return fail(error_of(why, path));
    } catch (const bad_row& why) {
        return fail(error_of(why, path));
    }
    return std::shared_ptr<store>{std::move(made)};
}

result<void> sqlite_store::start(const sqlite_options& options) {
    if (options.read_only) return start_looking(options);
    auto place = find_place(given_path_, options.create);
    if (!place) return place.failure();
    if (place->exists)
        if (auto ours = look_at(place->path); !ours) return ours;
    if (auto taken = take_lock(*place); !taken) return taken;
    path_ = place->path;
    const surroundings before = surroundings_of(path_);
    // Whatever comes of it, the lock is given back, after everything else was put away.
    struct keeper {
        sqlite_store& of;
        const surroundings& before;
        bool good = false;
        ~keeper() {
            if (good)
                of.lock_.keep_for_good();
            else
                of.leave_as_found(before);
            of.lock_.release();
        }
    } held{*this, before};
    auto started = start_locked(options, before);
    held.good = started.has_value();
    return started;
}

/// The lock of the file that has the name now: whoever refused the file may have taken the one that
/// this process waited for away again.
result<void> sqlite_store::take_lock(const place_on_disk& place) {
    const auto deadline = steady::now() + lock_wait_;
    patience waiting{deadline};
    do {
        auto lock = lock_file::open(place.path, place.mode);
        if (!lock) return lock.failure();
        lock_ = std::move(*lock);
        if (!lock_.acquire(deadline)) break;
        if (lock_.is_named(place.path)) return {};
        lock_.release();
    } while (waiting.wait());
    return fail(errc::store_busy);
}

result<void> sqlite_store::start_locked(const sqlite_options& options, const surroundings& before) {
    // Another process may have made it, or put something else there, while this one waited.
    const auto place = find_place(given_path_, options.create);
    if (!place) return place.failure();
    if (place->path != path_) return fail(errc::store_busy);
    mode_ = place->mode;
    if (!place->exists) {
        // A log without its database: moved away, perhaps. It would be played into the new one.
        if (has_journals(path_))
            return fail(errc::store_unavailable, {path_, "only its log is there"});
        if (auto made = make_file(path_, mode_, options); !made) return made;
    } else if (auto ours = look_at(path_); !ours)
        return ours;
    // Read through before anything can be written: by a connection that cannot, as long as there is
    // no log to be read with it.
    const bool alone = !before.has_log && !before.has_journal;
    if (!alone) writer_ = connect(purpose::write);
    {
        const auto reader = alone ? connect(purpose::still) : nullptr;
        if (auto good = examine(alone ? *reader : *writer_, options, surroundings_of(path_)); !good)
            return good;
    }
    if (alone) writer_ = connect(purpose::write);
    if (auto good = verify_durability(*writer_, options.allow_weak_durability); !good) return good;
    bring_up_to_date(*writer_);
    caps_.schema = schema_version;
    if (options.manual_clock) count_opening(options);
    if (sqlite3_wal_checkpoint_v2(writer_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                  nullptr) == SQLITE_CORRUPT)
        corrupt_ = true;
    return {};
}

/// A file that was refused, with beside it what was beside it before.
void sqlite_store::leave_as_found(const surroundings& before) noexcept {
    if (writer_) {
        // Without a log there is nothing to write back, and SQLite takes away what it made.
        if (!before.has_log && !corrupt_)
            sqlite3_db_config(writer_->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
        writer_.reset();
    }
    // Under the lock: who has the file open had the shared memory before.
    if (before.has_log && !before.has_shared_memory) remove_file(path_ + "-shm");
    lock_.leave_none(path_);
}

result<void> sqlite_store::start_looking(const sqlite_options& options) {
    const auto place = find_place(given_path_, false);
    if (!place) return place.failure();
    if (auto ours = look_at(place->path); !ours) return ours;
    path_ = place->path;
    mode_ = place->mode;
    caps_.durable = durability::durable;
    auto good = looking([&](connection& on) -> result<void> {
        return examine(on, options, surroundings_of(path_));
    });
    if (good.has_value() && caps_.clock == clock_kind::manual) entropy_.emplace(std::nullopt);
    return good;
}

result<void> sqlite_store::examine(connection& on, const sqlite_options& options,
                                   const surroundings& beside) {
    const auto number = [&](const char* text) {
        const std::string answer = on.pragma(text);
        return static_cast<std::uint32_t>(std::strtoul(answer.c_str(), nullptr, 10));
    };
    if (auto good =
            check_numbers(path_, number("PRAGMA application_id"), number("PRAGMA user_version"));
        !good)
        return good;
    // Tables, indexes, triggers and views are exactly the ones we make: a file with a trigger of
    // somebody else would run their statements with our rights.
    caps_.schema = schema_number(on);
    if (objects_of(on) != objects_of_ours(caps_.schema))
        return fail(errc::store_corrupt, {path_ + ": the schema was changed"});
    // With a log the file itself may end anywhere.
    if (!beside.has_log && beside.file_bytes % number("PRAGMA page_size") != 0)
        return fail(errc::store_corrupt, {path_ + ": the file was cut short"});
    if (beside.file_bytes + beside.log_bytes <= options.check_bytes)
        if (auto good = check_pages(on, path_); !good) return good;
    read_meta(on);
    const bool manual = options.manual_clock.has_value();
    if ((caps_.clock == clock_kind::manual) != manual)
        return fail(errc::clock_differs, {manual ? "real" : "manual", manual ? "manual" : "real"});
    return {};
}

result<void> sqlite_store::verify_durability(connection& on, bool allow_weak) {
    caps_.durable = durability::durable;
    const auto demand = [&](const char* text, const char* wanted) -> result<void> {
        const std::string answer = on.pragma(text);
        if (answer == wanted) return {};
        if (!allow_weak) return fail(errc::weak_durability, {std::string{text} + " = " + answer});
        caps_.durable = durability::weak;
        return {};
    };
    if (auto good = demand("PRAGMA journal_mode = WAL", "wal"); !good) return good;
    if (auto good = demand("PRAGMA synchronous", "2"); !good) return good;
    if (auto good = demand("PRAGMA wal_autocheckpoint", "0"); !good) return good;
    if (auto good = demand("PRAGMA locking_mode", "normal"); !good) return good;
    return {};
}

void sqlite_store::read_meta(connection& on) {
    run row{on, sql::meta};
    if (!row.step()) throw bad_row{"no meta"};
    caps_.kind = "sqlite";
    caps_.many_processes = true;
    row.octets(0, caps_.store_id);
    if (row.number(1) != stored_format) throw bad_row{"a stored format that is not known"};
    caps_.epoch = row.number(2, (std::uint64_t{1} << (63 - store_rules::fence_bits)) - 1);
    caps_.clock = static_cast<clock_kind>(row.number(3, 1));
}

/// Trial stores only: the clock moves on to the one given, and each opening draws its own entropy.
void sqlite_store::count_opening(const sqlite_options& options) {
    transaction whole{*writer_, sql::begin_write};
    run{*writer_, sql::count_opening}
        .bind(options.clock_waits ? instant{} : *options.manual_clock)
        .finish();
    std::uint64_t openings = 0;
    {
        run row{*writer_, sql::meta};
        if (!row.step()) throw bad_row{"no meta"};
        openings = row.number(5, INT64_MAX);
    }
    whole.commit();
    entropy_.emplace(options.seed, openings);
    if (options.seed && openings == 1) {
        // The first bytes of a seed are the id of the store.
        std::array<std::uint8_t, 16> store_id{};
        (void)entropy_->fill(store_id);
    }
}

result<void> sqlite_store::copy_to(const std::string& to) {
    if (auto why = unusable()) return fail(std::move(*why));
    auto place = find_place(to, true);
    if (!place) return place.failure();
    struct stat about {};
    if (::lstat(place->path.c_str(), &about) == 0 || has_journals(place->path))
        return fail(errc::store_unavailable, {to, "exists"});
    // A name of its own: nothing of anybody else is touched, whatever it is called.
    auto made = make_beside(place->path);
    if (!made) return made.failure();
    const std::string fresh = std::move(*made);
    const auto copy_from = [&](connection& source) {
        connection target{fresh, purpose::make, {lock_wait_, {}}};
        sqlite3_backup* const work =
            sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
        if (work == nullptr) throw failure{sqlite3_extended_errcode(target.handle()), 0};
        // In one step: one snapshot, whatever is written meanwhile.
        patience waiting{steady::now() + lock_wait_};
        int code = SQLITE_OK;
        do code = sqlite3_backup_step(work, -1);
        while ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && waiting.wait());
        const int end = sqlite3_backup_finish(work);
        if (code != SQLITE_DONE) target.check(code);
        target.check(end);
        {
            transaction whole{target, sql::begin_write};
            run{target, sql::raise_epoch}.finish();
            run{target, sql::drop_leases}.finish();
            // Of an older schema: whoever brings the copy up to date ends them.
            if (schema_number(target) >= first_with_moments) drop_timer_leases(target);
            whole.commit();
        }
        // All of it into the one file that gets the name.
        target.check(sqlite3_wal_checkpoint_v2(target.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                               nullptr, nullptr));
        sqlite3_db_config(target.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    };
    try {
        if (read_only_) {
            auto copied = looking([&](connection& source) -> result<void> {
                copy_from(source);
                return {};
            });
            if (!copied) {
                remove_with_journals(fresh);
                return copied;
            }
        } else {
            copy_from(*connect(purpose::read));
        }
        if (has_journals(fresh)) throw failure{SQLITE_IOERR_CLOSE, 0};
    } catch (const failure& why) {
        remove_with_journals(fresh);
        return fail(error_of(why, to));
    } catch (...) {
        remove_with_journals(fresh);
        throw;
    }
    return give_name(fresh, place->path, mode_, false);
}

result<void> sqlite_store::check_all() {
    auto good = reading([&](connection& on) -> result<void> { return check_pages(on, path_); });
    if (!good && good.error().code == errc::store_corrupt) corrupt_ = true;
    return good;
}

}  // namespace detail::sqlite

result<std::shared_ptr<store>> open_sqlite(const std::string& path, const sqlite_options& options) {
    return detail::sqlite::sqlite_store::open(path, options);
}

result<void> backup_sqlite(store& from, const std::string& to_path) {
    auto* const ours = dynamic_cast<detail::sqlite::sqlite_store*>(&from);
    if (ours == nullptr) return fail(errc::invalid_argument, {"not a store of open_sqlite"});
    return ours->copy_to(to_path);
}

result<void> check_sqlite(store& of) {
    auto* const ours = dynamic_cast<detail::sqlite::sqlite_store*>(&of);
    if (ours == nullptr) return fail(errc::invalid_argument, {"not a store of open_sqlite"});
    return ours->check_all();
}

}  // namespace quytrinh
