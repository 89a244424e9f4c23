// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/sqlite.hpp: cases in one SQLite file (component `sqlite`).
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/result.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace quytrinh {

class store;  // store/store.hpp

struct sqlite_options {
    bool create = true;  ///< make the file when there is none
    /// A trial store: the clock is set by hand, for good. Opening a real store with this, or a
    /// trial store without, fails with errc::clock_differs and touches nothing.
    std::optional<instant> manual_clock{};
    /// A trial store that is there: the clock in the file follows `manual_clock` with the first
    /// command that is accepted, not when the file is opened. What is refused moves no time.
    bool clock_waits = false;
    std::chrono::milliseconds lock_wait{5000};
    /// One statement that works longer is stopped (errc::store_too_slow) and its transaction rolled
    /// back; commits, backups and check_sqlite are not stopped. From 1 ms to an hour.
    std::chrono::milliseconds statement_time{30'000};
    bool allow_weak_durability = false;
    std::optional<std::uint64_t> seed{};  ///< reproducible entropy; manual clock only
    /// Only to look, from a folder or medium that nobody may write to, say: neither the file nor
    /// its log is changed, nothing is made beside them, and whatever would write answers
    /// errc::store_readonly. Others may write meanwhile. `create`, `allow_weak_durability` and
    /// `seed` mean nothing then; `manual_clock` is what `now` says for a trial store when it is
    /// later than the clock in the file. A log without its shared memory (a folder copied while in
    /// use) can only be read where that may be made: errc::store_unavailable otherwise.
    bool read_only = false;
    /// A file of at most this many bytes, log included, is read through before anything is written
    /// (PRAGMA quick_check): one that is damaged is refused as it lies there. Opening then costs
    /// about 2 ms a MiB. Of a larger file only header and schema are looked at: damage is met by
    /// whoever reads there, or by check_sqlite, which a host may call at night. 0: never.
    std::uint64_t check_bytes = std::uint64_t{32} << 20;
};

/// Opens or makes a file. WAL, synchronous FULL, every commit and checkpoint of the file serialised
/// behind one lock (SQLite 3.7.0 to 3.51.2 can lose a commit when a checkpoint races it). Any
/// number of threads and processes may have the file open. A file that is corrupt (see
/// check_bytes), not ours (application_id) or of a newer schema is refused untouched: not a byte of
/// it is changed, and nothing new stays beside it. Damage that is met later (errc::store_corrupt
/// from SQLite) sets the whole store apart: every call on it answers store_corrupt from then on,
/// until it is opened anew. Network file systems and hard-linked files are refused.
///
/// WARNING: never open the same file with another copy of SQLite in the same process (a binding of
/// another language, say): closing it drops the locks of this one.
[[nodiscard]] QUYTRINH_DECL result<std::shared_ptr<store>> open_sqlite(
    const std::string& path, const sqlite_options& options = {});

/// A transaction-consistent copy while the store is in use, with a new epoch: whole commands, and
/// all that were answered before the call. `to_path` must not exist, nor a log beside it
/// (errc::store_unavailable); store_readonly, store_full and other faults of the disk leave nothing
/// there. A process that is killed in the middle leaves `<to_path>.` and six letters at most.
///
/// To put one back: end every process that has the file open, move the file, its `-wal` and its
/// `-shm` away, all three, and copy the copy to its place. A `-wal` left behind would be played
/// into it.
[[nodiscard]] QUYTRINH_DECL result<void> backup_sqlite(store& from, const std::string& to_path);

/// Reads the whole file through, whatever its size, in one snapshot, while others go on:
/// errc::store_corrupt with the first thing found, and the store is set apart. About 2 s a GiB
/// that is in memory already, else what the disk needs.
[[nodiscard]] QUYTRINH_DECL result<void> check_sqlite(store& of);

}  // namespace quytrinh
