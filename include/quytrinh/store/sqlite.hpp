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
    std::chrono::milliseconds lock_wait{5000};
    bool allow_weak_durability = false;
    std::optional<std::uint64_t> seed{};  ///< reproducible entropy; manual clock only
};

/// Opens or makes a file. WAL, synchronous FULL, every commit and checkpoint of the file serialised
/// behind one lock (SQLite 3.7.0 to 3.51.2 can lose a commit when a checkpoint races it). Any
/// number of threads and processes may have the file open. A file that is corrupt, not ours
/// (application_id) or of a newer schema is refused untouched. Network file systems and hard-linked
/// files are refused.
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

}  // namespace quytrinh
