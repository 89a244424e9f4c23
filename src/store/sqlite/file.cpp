// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/file.cpp: paths, file systems and the lock file (POSIX).
#include "file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#if defined(__linux__)
#    include <sys/vfs.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

namespace quytrinh::detail::sqlite {

namespace {

unexpected unavailable(const std::string& path, std::string why) {
    return fail(errc::store_unavailable, {path, std::move(why)});
}

/// File systems on which advisory locks or shared memory do not hold between machines.
bool is_network(const std::string& folder) {
#if defined(__linux__)
    struct statfs about {};
    if (::statfs(folder.c_str(), &about) != 0) return false;
    switch (static_cast<unsigned long>(about.f_type) & 0xFFFFFFFFul) {
    case 0x6969ul:      // NFS
    case 0x517Bul:      // SMB
    case 0xFF534D42ul:  // CIFS
    case 0xFE534D42ul:  // SMB2
    case 0x01021997ul:  // 9P
    case 0x00C36400ul:  // Ceph
    case 0x5346414Ful:  // AFS
    case 0x6B414653ul:  // kAFS
    case 0x0BD00BD0ul:  // Lustre
    case 0x73757245ul:  // Coda
    case 0x564Cul:      // NCP
    case 0x47504653ul:  // GPFS
        return true;
    default: return false;
    }
#else
    (void)folder;
    return false;
#endif
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// realpath, or nothing when there is no such thing.
std::string real_path(const std::string& path) {
    const std::unique_ptr<char, void (*)(void*)> real{::realpath(path.c_str(), nullptr), std::free};
    return real ? std::string{real.get()} : std::string{};
}

}  // namespace

std::string words_of_errno(int number) {
    std::string words = std::generic_category().message(number);
    switch (number) {
    case ENOENT:
    case EACCES:
    case EPERM:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case EMFILE:
    case EROFS:
    case ENOSPC:
    case EDQUOT:
    case EIO:
    case EEXIST:
    case ENXIO: return words;  // base/messages/terms.inc has words for these in each language
    default: return words + " (errno " + std::to_string(number) + ")";
    }
}

result<place_on_disk> find_place(const std::string& path, bool create) {
    if (path.empty() || path.find('\0') != std::string::npos)
        return unavailable(path, "not a path");
    place_on_disk place;
    bool empty = false;
    struct stat about {};
    if (::stat(path.c_str(), &about) == 0) {
        if (S_ISDIR(about.st_mode)) return unavailable(path, "is a directory");
        if (!S_ISREG(about.st_mode)) return unavailable(path, "is not a regular file");
        if (about.st_nlink > 1) return unavailable(path, "has hard links");
        place.path = real_path(path);
        empty = about.st_size == 0;
        place.exists = !empty;
        place.mode = static_cast<unsigned>(about.st_mode) & 0777u;
    } else {
        if (errno != ENOENT) return unavailable(path, words_of_errno(errno));
        if (path.back() == '/') return unavailable(path, "is a directory");
        const std::string folder = real_path(folder_of(path));
        if (folder.empty()) return unavailable(path, words_of_errno(errno));
        const auto slash = path.rfind('/');
        place.path = (folder == "/" ? "" : folder) + '/' +
                     (slash == std::string::npos ? path : path.substr(slash + 1));
    }
    if (place.path.empty()) return unavailable(path, words_of_errno(errno));
    // An empty file is an empty database, as SQLite has it: one that may be made is made of it.
    if (!place.exists && !create)
        return unavailable(path, empty ? "is empty" : words_of_errno(ENOENT));
    if (is_network(folder_of(place.path))) return unavailable(path, "is on a network file system");
    return place;
}

namespace {

constexpr const char* beside[] = {"-journal", "-wal", "-shm"};

/// Of making or naming a file; errno says why.
unexpected not_made(const std::string& path) {
    switch (errno) {
    case EACCES:
    case EPERM:
    case EROFS: return fail(errc::store_readonly, {path});
    case ENOSPC:
    case EDQUOT: return fail(errc::store_full, {path});
    case EEXIST: return unavailable(path, "exists");
    default: return unavailable(path, words_of_errno(errno));
    }
}

bool stands(const std::string& path) {
    struct stat about {};
    return ::lstat(path.c_str(), &about) == 0;
}

bool rename_unless_there(const std::string& from, const std::string& to) {
#if defined(RENAME_NOREPLACE)
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    // Not every file system knows how.
    if (errno != EINVAL && errno != ENOSYS) return false;
#endif
    if (stands(to)) {
        errno = EEXIST;
        return false;
    }
    return ::rename(from.c_str(), to.c_str()) == 0;
}

bool sync_folder_of(const std::string& path) noexcept {
    const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    const bool good = ::fsync(folder) == 0;
    ::close(folder);
    return good;
}

}  // namespace

result<std::string> make_beside(const std::string& path) {
    std::string name = path + ".XXXXXX";
    const int made = ::mkostemp(name.data(), O_CLOEXEC);
    if (made < 0) return not_made(path);
    ::close(made);
    return name;
}

result<void> give_name(const std::string& from, const std::string& to, unsigned mode,
                       bool replace) {
    const bool named =
        ::chmod(from.c_str(), static_cast<mode_t>(mode)) == 0 &&
        (replace ? ::rename(from.c_str(), to.c_str()) == 0 : rename_unless_there(from, to));
    if (named && sync_folder_of(to)) return {};
    auto why = not_made(to);
    ::unlink(named ? to.c_str() : from.c_str());
    return why;
}

bool has_journals(const std::string& path) {
    return std::any_of(std::begin(beside), std::end(beside),
                       [&](const char* suffix) { return stands(path + suffix); });
}

surroundings surroundings_of(const std::string& path) {
    surroundings out;
    struct stat about {};
    if (::stat(path.c_str(), &about) == 0) {
        out.file_bytes = static_cast<std::uint64_t>(about.st_size);
#if defined(__APPLE__)
        const timespec written = about.st_mtimespec, changed = about.st_ctimespec;
#else
        const timespec written = about.st_mtim, changed = about.st_ctim;
#endif
        out.mark = {static_cast<std::int64_t>(about.st_dev),
                    static_cast<std::int64_t>(about.st_ino),
                    about.st_size,
                    written.tv_sec,
                    written.tv_nsec,
                    changed.tv_sec,
                    changed.tv_nsec};
    }
    out.has_shared_memory = stands(path + "-shm");
    out.has_journal = stands(path + "-journal");
    if (::stat((path + "-wal").c_str(), &about) == 0) {
        out.log_bytes = static_cast<std::uint64_t>(about.st_size);
        // Who has the log open has shared memory, too; an empty log alone was left by a copy.
        out.has_log = about.st_size > 0 || out.has_shared_memory;
    }
    return out;
}

bool may_own(const std::string& path) {
    struct stat about {};
    // Root gives what it makes to the owner (SQLite does that).
    return ::geteuid() == 0 || (::stat(path.c_str(), &about) == 0 && about.st_uid == ::geteuid());
}

void remove_file(const std::string& path) noexcept { ::unlink(path.c_str()); }

void remove_with_journals(const std::string& path) {
    ::unlink(path.c_str());
    for (const char* suffix : beside) ::unlink((path + suffix).c_str());
}

bool patience::wait() {
    const auto now = steady::now();
    if (now >= deadline_) return false;
    // From a few microseconds, the length of a commit, to a millisecond; a little uneven, so that
    // two who wait do not wake together for ever.
    const unsigned step = std::min(turn_, 6u);
    const auto uneven = static_cast<unsigned>(now.time_since_epoch().count() >> 4) % 16u;
    const std::chrono::microseconds length{(16u << step) + (uneven << step)};
    ++turn_;
    std::this_thread::sleep_for(std::min<steady::duration>(length, deadline_ - now));
    return true;
}

// Two bytes of the file are locked: the gate, then the room. Who waits for the room holds the gate,
// so the one who just left must queue behind and nobody starves. In the yard, a third byte, are
// those who came in to look and make room for writers: only who closes the file as the last waits
// for them, because SQLite leaves the log behind when somebody still reads it. Locks belong to the
// open file (not to the process), so two handles of one process exclude each other, too.

namespace {

#if defined(F_OFD_SETLK)
bool try_lock(int descriptor, off_t byte, bool alone, off_t bytes = 1) {
    struct flock what {};
    what.l_type = alone ? F_WRLCK : F_RDLCK;
    what.l_whence = SEEK_SET;
    what.l_start = byte;
    what.l_len = bytes;
    return ::fcntl(descriptor, F_OFD_SETLK, &what) == 0;
}
void unlock(int descriptor, off_t byte) noexcept {
    struct flock what {};
    what.l_type = F_UNLCK;
    what.l_whence = SEEK_SET;
    what.l_start = byte;
    what.l_len = 1;
    ::fcntl(descriptor, F_OFD_SETLK, &what);
}
#else
// Without open-file-description locks there is one lock and no queue.
bool try_lock(int descriptor, off_t byte, bool alone, off_t bytes = 1) {
    return (byte != 1 && bytes == 1) ||
           ::flock(descriptor, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0;
}
void unlock(int descriptor, off_t byte) noexcept {
    if (byte == 1) ::flock(descriptor, LOCK_UN);
}
#endif

constexpr off_t gate = 0, room = 1, yard = 2;

}  // namespace

lock_file::~lock_file() {
    if (descriptor_ >= 0) ::close(descriptor_);
}
lock_file::lock_file(lock_file&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), made_(other.made_) {}
lock_file& lock_file::operator=(lock_file&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(made_, other.made_);
    return *this;
}

result<lock_file> lock_file::open(const std::string& path, unsigned mode) {
    lock_file out;
    const std::string name = path + ".lock";
    constexpr int always = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    // Found or made, and we know which; a few turns, for others make and remove it.
    for (int turn = 0; out.descriptor_ < 0 && turn < 100; ++turn) {
        out.descriptor_ = ::open(name.c_str(), O_RDWR | always);
        if (out.descriptor_ >= 0 || (errno != ENOENT && errno != EINTR)) break;
        out.descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | always,
                                 static_cast<mode_t>(mode | 0600u));
        out.made_ = out.descriptor_ >= 0;
        if (out.made_ || (errno != EEXIST && errno != EINTR)) break;
    }
    if (out.descriptor_ < 0) {
        if (errno == EACCES || errno == EROFS || errno == EPERM)
            return fail(errc::store_readonly, {name});
        return unavailable(name, words_of_errno(errno));
    }
    return out;
}

lock_file lock_file::open_to_share(const std::string& path) {
    lock_file out;
    do
        out.descriptor_ =
            ::open((path + ".lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    while (out.descriptor_ < 0 && errno == EINTR);
    return out;
}

bool lock_file::take(steady::time_point deadline, bool alone) {
    // Both at once where nobody is at either: one call of the system less.
    static_assert(room == gate + 1);
    if (try_lock(descriptor_, gate, alone, 2)) {
        unlock(descriptor_, gate);
        return true;
    }
    for (const off_t byte : {gate, room}) {
        patience waiting{deadline};
        while (!try_lock(descriptor_, byte, alone))
            if (!waiting.wait()) {
                if (byte == room) unlock(descriptor_, gate);
                return false;
            }
    }
    unlock(descriptor_, gate);
    return true;
}

bool lock_file::is_named(const std::string& path) const noexcept {
    struct stat ours {
    }, named{};
    return ::fstat(descriptor_, &ours) == 0 && ::lstat((path + ".lock").c_str(), &named) == 0 &&
           ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

// A lock file that is empty has served nobody yet.

void lock_file::keep_for_good() noexcept {
    struct stat about {};
    if (::fstat(descriptor_, &about) == 0 && about.st_size == 0)
        // On a full disk as well: a length without a block.
        while (::ftruncate(descriptor_, 1) != 0 && errno == EINTR) {}
}

void lock_file::leave_none(const std::string& path) noexcept {
    struct stat about {};
    if (made_ && ::fstat(descriptor_, &about) == 0 && about.st_size == 0 && is_named(path))
        ::unlink((path + ".lock").c_str());
}

void lock_file::release() noexcept { unlock(descriptor_, room); }

void lock_file::linger() noexcept {
    // Nobody can have it alone: for that they would need the room.
    (void)try_lock(descriptor_, yard, false);
    release();
}

bool lock_file::wait_for_lingering(steady::time_point deadline) {
    patience waiting{deadline};
    while (!try_lock(descriptor_, yard, true))
        if (!waiting.wait()) return false;
    unlock(descriptor_, yard);
    return true;
}

void lock_file::forget() noexcept {
    // Closing one of two descriptors of an open file keeps its locks.
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace quytrinh::detail::sqlite
