// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/joined_log.cpp: writes of one commit to the log, joined.
#include "joined_log.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace quytrinh::detail::sqlite {

namespace {

// https://www.sqlite.org/fileformat2.html#walformat
constexpr int log_header = 32, frame_header = 24;
/// Whole frames of our pages. The files of SQLite take 128 KiB less one byte in one call, and of
/// more a part or nothing.
constexpr std::size_t held_most = 31 * (frame_header + 4096);
static_assert(held_most < (128u << 10));

/// A frame that completes a commit says how long the database is then, any other nothing.
bool completes_commit(const unsigned char* header) noexcept {
    return (header[4] | header[5] | header[6] | header[7]) != 0;
}

bool is_log(sqlite3_file* file) noexcept {
    unsigned char magic[log_header];
    return file->pMethods->xRead(file, magic, log_header, 0) == SQLITE_OK && magic[0] == 0x37 &&
           magic[1] == 0x7F && magic[2] == 0x06 && (magic[3] & 0xFEu) == 0x82;
}

}  // namespace

joined_log::joined_log() : held_(std::make_unique_for_overwrite<char[]>(held_most)) {}

joined_log& joined_log::of(sqlite3_file* file) noexcept {
    static_assert(std::is_standard_layout_v<table>);
    // Only files whose methods are ours come here.
    auto* const methods = const_cast<sqlite3_io_methods*>(file->pMethods);
    return *reinterpret_cast<table*>(methods)->log;
}

void joined_log::begin(sqlite3* on) noexcept {
    sqlite3_file* file = nullptr;
    const int code = sqlite3_file_control(on, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    if (code != SQLITE_OK || file == nullptr || file->pMethods == nullptr) return;
    if (file->pMethods != &table_.methods) {
        // A log without a header is joined from its second commit on.
        if (!is_log(file)) return;
        real_ = file->pMethods;
        table_ = {*real_, this};
        sqlite3_io_methods& ours = table_.methods;
        ours.xWrite = [](sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
            return of(f).write(f, bytes, size, at);
        };
        ours.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
            const int failed = of(f).flush(f);
            return failed != SQLITE_OK ? failed : of(f).real_->xRead(f, to, size, at);
        };
        ours.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
            const int failed = of(f).flush(f);
            return failed != SQLITE_OK ? failed : of(f).real_->xTruncate(f, size);
        };
        ours.xSync = [](sqlite3_file* f, int flags) {
            const int failed = of(f).flush(f);
            return failed != SQLITE_OK ? failed : of(f).real_->xSync(f, flags);
        };
        ours.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
            const int failed = of(f).flush(f);
            return failed != SQLITE_OK ? failed : of(f).real_->xFileSize(f, size);
        };
        ours.xClose = [](sqlite3_file* f) {
            f->pMethods = of(f).real_;
            return f->pMethods->xClose(f);
        };
        file->pMethods = &table_.methods;
    }
    end_.reset();
    joining_ = true;
}

void joined_log::end() noexcept {
    joining_ = false;
    size_ = 0;
}

int joined_log::flush(sqlite3_file* file) noexcept {
    if (size_ == 0) return SQLITE_OK;
    const auto size = static_cast<int>(size_);
    size_ = 0;
    return real_->xWrite(file, held_.get(), size, at_);
}

int joined_log::write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) noexcept {
    if (!joining_) return real_->xWrite(file, bytes, size, at);
    const auto count = static_cast<std::size_t>(size);
    // What a commit writes again (pages that had left the cache before it, and the sums in front of
    // what follows them) lies before the end; only what follows it is held.
    const bool begins = size == frame_header && (!end_ || at == *end_);
    const bool goes_on = size_ != 0 && at == *end_;
    if (size_ + count > held_most || (!goes_on && size_ != 0)) {
        const int failed = flush(file);
        if (failed != SQLITE_OK) return failed;
    }
    end_ = std::max(end_.value_or(0), at + size);
    if (at == 0 && size == log_header) end_ = log_header;
    // A page whose front is written already goes as it comes.
    if (size_ == 0 && (!begins || count > held_most)) return real_->xWrite(file, bytes, size, at);
    if (size_ == 0) at_ = at;
    if (begins) completes_ = completes_commit(static_cast<const unsigned char*>(bytes));
    std::memcpy(held_.get() + size_, bytes, count);
    size_ += count;
    return begins || !completes_ ? SQLITE_OK : flush(file);
}

}  // namespace quytrinh::detail::sqlite
