// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/file.hpp: private. The file below the database: what may be opened at all, and
// the lock that makes every commit and checkpoint of it wait for the one before.
#pragma once

#include <quytrinh/base/result.hpp>

#include <chrono>
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

/// "no such file or directory".
[[nodiscard]] std::string words_of_errno(int number);

/// An empty file beside `path` whose name nobody has: `<path>.` and six letters.
[[nodiscard]] result<std::string> make_beside(const std::string& path);

/// Gives a finished file its name and makes the name durable. Nothing that stands there is
/// replaced, unless `replace`. On an error the file has neither name.
[[nodiscard]] result<void> give_name(const std::string& from, const std::string& to, unsigned mode,
                                     bool replace);

/// What SQLite puts beside a database: a log that belongs to another one would be played into it.
[[nodiscard]] bool has_journals(const std::string& path);

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

/// An advisory lock on `<path>.lock`, held by one handle of one process at a time. The file is
/// never removed: removing it would let two processes lock two files of one name.
class lock_file {
public:
    lock_file() = default;
    ~lock_file();
    lock_file(lock_file&& other) noexcept;
    lock_file& operator=(lock_file&& other) noexcept;

    [[nodiscard]] static result<lock_file> open(const std::string& path, unsigned mode);

    /// False when the deadline passes first.
    [[nodiscard]] bool acquire(steady::time_point deadline);
    void release() noexcept;
    /// In a forked child: closes the descriptor without giving up the parent's lock.
    void forget() noexcept;

private:
    int descriptor_ = -1;
};

}  // namespace quytrinh::detail::sqlite
