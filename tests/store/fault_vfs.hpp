// SPDX-License-Identifier: BSL-1.0
// tests/store/fault_vfs.hpp: a file system for SQLite that fails when it is told to. While one
// lives it is the default of the process; everything goes on to the real one.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <cstring>
#include <string_view>

namespace quytrinh_tests {

class fault_vfs {
public:
    /// Calls that can fail, in bits.
    enum operation : unsigned {
        reading = 1,
        writing = 2,
        syncing = 4,
        truncating = 8,
        opening = 16,
        locking = 32,
        shared_memory = 64,
        deleting = 128,
        everything = 255,
    };

    fault_vfs() {
        real_ = sqlite3_vfs_find(nullptr);
        vfs_ = *real_;
        vfs_.zName = "quytrinh-fault";
        vfs_.pAppData = this;
        vfs_.szOsFile = static_cast<int>(sizeof(file)) + real_->szOsFile;
        vfs_.xOpen = &open;
        vfs_.xDelete = &remove;
        sqlite3_vfs_register(&vfs_, 1);
    }
    ~fault_vfs() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
    }
    fault_vfs(const fault_vfs&) = delete;
    fault_vfs& operator=(const fault_vfs&) = delete;

    /// The n-th call (from 1) of these operations fails with this code, and when `for_ever` all
    /// after it.
    void fail(unsigned operations, std::uint64_t nth, int code, bool for_ever) {
        operations_ = operations;
        left_ = nth;
        code_ = code;
        for_ever_ = for_ever;
        failed_ = 0;
    }
    void heal() {
        operations_ = 0;
        capacity_ = -1;
        read_only_ = false;
    }
    [[nodiscard]] std::uint64_t failures() const noexcept { return failed_; }
    /// How many calls are still to come up to the one that fails.
    [[nodiscard]] std::uint64_t left() const noexcept { return left_; }
    /// No file grows beyond this many bytes (-1: as it likes).
    void capacity(sqlite3_int64 bytes) { capacity_ = bytes; }
    /// Files open for reading only, whatever is asked for.
    void read_only(bool on) { read_only_ = on; }

private:
    struct file {
        sqlite3_file base;
        fault_vfs* of;
        [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static file& get(sqlite3_file* f) { return *reinterpret_cast<file*>(f); }

    [[nodiscard]] int check(unsigned what) {
        if ((operations_ & what) == 0) return SQLITE_OK;
        if (left_ > 1) {
            --left_;
            return SQLITE_OK;
        }
        if (left_ == 0 && !for_ever_) return SQLITE_OK;
        left_ = 0;
        ++failed_;
        return code_;
    }

    static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* out, int flags,
                    int* flags_out) {
        auto& self = *static_cast<fault_vfs*>(vfs->pAppData);
        auto& made = get(out);
        made.base.pMethods = nullptr;
        made.of = &self;
        if (const int code = self.check(opening))
            return code == SQLITE_IOERR_WRITE ? SQLITE_CANTOPEN : code;
        if (self.read_only_ && (flags & SQLITE_OPEN_READWRITE) != 0) {
            if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return SQLITE_CANTOPEN;
            flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
        }
        const int code = self.real_->xOpen(self.real_, name, made.real(), flags, flags_out);
        if (code == SQLITE_OK) made.base.pMethods = &methods();
        return code;
    }
    static int remove(sqlite3_vfs* vfs, const char* name, int sync) {
        auto& self = *static_cast<fault_vfs*>(vfs->pAppData);
        if (const int code = self.check(deleting)) return code;
        return self.real_->xDelete(self.real_, name, sync);
    }
    static int close(sqlite3_file* f) {
        auto* real = get(f).real();
        return real->pMethods != nullptr ? real->pMethods->xClose(real) : SQLITE_OK;
    }
    static int read(sqlite3_file* f, void* to, int count, sqlite3_int64 at) {
        if (const int code = get(f).of->check(reading)) return code;
        auto* real = get(f).real();
        return real->pMethods->xRead(real, to, count, at);
    }
    static int write(sqlite3_file* f, const void* from, int count, sqlite3_int64 at) {
        auto& self = *get(f).of;
        if (const int code = self.check(writing)) return code;
        if (self.capacity_ >= 0 && at + count > self.capacity_) {
            ++self.failed_;
            return SQLITE_FULL;
        }
        auto* real = get(f).real();
        return real->pMethods->xWrite(real, from, count, at);
    }
    static int truncate(sqlite3_file* f, sqlite3_int64 size) {
        if (const int code = get(f).of->check(truncating)) return code;
        auto* real = get(f).real();
        return real->pMethods->xTruncate(real, size);
    }
    static int sync(sqlite3_file* f, int flags) {
        if (const int code = get(f).of->check(syncing)) return code;
        auto* real = get(f).real();
        return real->pMethods->xSync(real, flags);
    }
    static int size(sqlite3_file* f, sqlite3_int64* out) {
        auto* real = get(f).real();
        return real->pMethods->xFileSize(real, out);
    }
    static int lock(sqlite3_file* f, int how) {
        if (const int code = get(f).of->check(locking)) return code;
        auto* real = get(f).real();
        return real->pMethods->xLock(real, how);
    }
    static int unlock(sqlite3_file* f, int how) {
        auto* real = get(f).real();
        return real->pMethods->xUnlock(real, how);
    }
    static int reserved(sqlite3_file* f, int* out) {
        auto* real = get(f).real();
        return real->pMethods->xCheckReservedLock(real, out);
    }
    static int control(sqlite3_file* f, int what, void* with) {
        auto* real = get(f).real();
        return real->pMethods->xFileControl(real, what, with);
    }
    static int sector(sqlite3_file* f) {
        auto* real = get(f).real();
        return real->pMethods->xSectorSize(real);
    }
    static int device(sqlite3_file* f) {
        auto* real = get(f).real();
        return real->pMethods->xDeviceCharacteristics(real);
    }
    static int shm_map(sqlite3_file* f, int page, int bytes, int extend, void volatile** out) {
        if (const int code = get(f).of->check(shared_memory)) return code;
        auto* real = get(f).real();
        return real->pMethods->xShmMap(real, page, bytes, extend, out);
    }
    static int shm_lock(sqlite3_file* f, int at, int count, int flags) {
        auto* real = get(f).real();
        return real->pMethods->xShmLock(real, at, count, flags);
    }
    static void shm_barrier(sqlite3_file* f) {
        auto* real = get(f).real();
        real->pMethods->xShmBarrier(real);
    }
    static int shm_unmap(sqlite3_file* f, int remove) {
        auto* real = get(f).real();
        return real->pMethods->xShmUnmap(real, remove);
    }
    static const sqlite3_io_methods& methods() {
        static const sqlite3_io_methods all{
            2,         &close,       &read,      &write,   &truncate, &sync,   &size,
            &lock,     &unlock,      &reserved,  &control, &sector,   &device, &shm_map,
            &shm_lock, &shm_barrier, &shm_unmap, nullptr,  nullptr};
        return all;
    }

    sqlite3_vfs* real_ = nullptr;
    sqlite3_vfs vfs_{};
    unsigned operations_ = 0;
    std::uint64_t left_ = 0, failed_ = 0;
    int code_ = SQLITE_OK;
    bool for_ever_ = false, read_only_ = false;
    sqlite3_int64 capacity_ = -1;
};

}  // namespace quytrinh_tests
