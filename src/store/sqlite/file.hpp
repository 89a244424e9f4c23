// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/file.hpp: private. The file below the database: what may be opened at all, and
// the lock that makes every commit and checkpoint of it wait for the one before.
#pragma once

#include <quytrinh/base/result.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

namespace quytrinh::detail::sqlite {

using steady = std::chrono::steady_clock;

/// What stands at a path. Nothing is opened, so that a FIFO cannot hold us up and no lock of
/// another connection of this process is lost by closing a descriptor.
struct place_on_disk {
    std::string path;      ///< absolute, without symbolic links
    bool exists = false;   ///< and has at least one byte
    unsigned mode = 0600;  ///< permissions of the file, or of the one to make
};

/// errc::store_unavailable for directories, other special files, hard links and network file
/// systems, a missing folder, or, without `create`, a missing file.
[[nodiscard]] result<place_on_disk> find_place(const std::string& path, bool create);

/// In the system's own words, which errors show in the reader's language where it has some; with
/// the number where it has none.
[[nodiscard]] std::string words_of_errno(int number);

/// An empty file beside `path` whose name nobody has: `<path>.` and six letters.
[[nodiscard]] result<std::string> make_beside(const std::string& path);

/// Gives a finished file its name and makes the name durable. Nothing that stands there is
/// replaced, unless `replace`. On an error the file has neither name.
[[nodiscard]] result<void> give_name(const std::string& from, const std::string& to, unsigned mode,
                                     bool replace);

/// What SQLite puts beside a database: a log that belongs to another one would be played into it.
[[nodiscard]] bool has_journals(const std::string& path);

/// What stands beside a file that is there, and how the file itself can be told from a later state.
struct surroundings {
    std::uint64_t file_bytes = 0, log_bytes = 0;
    /// Something is in the log, or somebody has it open. Otherwise the file is complete in itself.
    bool has_log = false;
    bool has_shared_memory = false;
    bool has_journal = false;
    std::array<std::int64_t, 7> mark{};  ///< device, number, size and times of the file
    friend bool operator==(const surroundings&, const surroundings&) = default;
};
[[nodiscard]] surroundings surroundings_of(const std::string& path);

/// Does a file that we make beside this one belong to whoever owns this one?
[[nodiscard]] bool may_own(const std::string& path);

/// A file that is not there is no error.
void remove_file(const std::string& path) noexcept;

/// A file and what SQLite puts beside it.
void remove_with_journals(const std::string& path);

/// Waits a little, longer after each turn, never past the deadline. False when that has passed.
class patience {
public:
    explicit patience(steady::time_point deadline) noexcept : deadline_(deadline) {}
    bool wait();

private:
    steady::time_point deadline_;
    unsigned turn_ = 0;
};

/// An advisory lock on `<path>.lock`, held by one handle of one process at a time, or shared by
/// those who only look. The file is never removed once a store was opened with it: removing it
/// would let two processes lock two files of one name.
class lock_file {
public:
    lock_file() = default;
    ~lock_file();
    lock_file(lock_file&& other) noexcept;
    lock_file& operator=(lock_file&& other) noexcept;

    [[nodiscard]] static result<lock_file> open(const std::string& path, unsigned mode);
    /// Only to look: a file that is there, to share. Without one there is no lock to wait for.
    [[nodiscard]] static lock_file open_to_share(const std::string& path);

    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }
    /// False when the deadline passes first.
    [[nodiscard]] bool acquire(steady::time_point deadline) { return take(deadline, true); }
    [[nodiscard]] bool share(steady::time_point deadline) { return take(deadline, false); }
    /// Is this still the file of that name? While the lock is held the answer stays true.
    [[nodiscard]] bool is_named(const std::string& path) const noexcept;
    /// While held: a store was opened, so this file stays for good.
    void keep_for_good() noexcept;
    /// While held: takes the file away again when this handle made it and no store was opened.
    void leave_none(const std::string& path) noexcept;
    void release() noexcept;
    /// While shared: gives way to those who write, but not to the last one who closes the file.
    void linger() noexcept;
    /// While held: waits until nobody lingers. False when the deadline passes first.
    [[nodiscard]] bool wait_for_lingering(steady::time_point deadline);
    /// In a forked child: closes the descriptor without giving up the parent's lock.
    void forget() noexcept;

private:
    [[nodiscard]] bool take(steady::time_point deadline, bool alone);

    int descriptor_ = -1;
    bool made_ = false;
};

}  // namespace quytrinh::detail::sqlite
