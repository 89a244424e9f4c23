// SPDX-License-Identifier: BSL-1.0
// src/cli/files.cpp: reading and writing files of the user, within limits.
#include "files.hpp"

#include <quytrinh/base/sha256.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cli {

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

/// A file descriptor that is closed.
class opened {
public:
    explicit opened(int fd) : fd_(fd) {}
    ~opened() {
        if (fd_ >= 0) ::close(fd_);
    }
    opened(const opened&) = delete;
    opened& operator=(const opened&) = delete;
    opened(opened&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] bool good() const noexcept { return fd_ >= 0; }

private:
    int fd_;
};

unexpected unreadable(const std::string& path, const std::string& why) {
    return fail(errc::file_unreadable, {path, why});
}

std::string system_words(const common& as, int number) {
    switch (number) {
    case ENOENT: return as.say(word::file_missing);
    case EACCES:
    case EPERM: return as.say(word::file_forbidden);
    case EISDIR: return as.say(word::file_is_directory);
    case ENOSPC:
    case EDQUOT: return as.say(word::file_full);
    default: return std::error_code(number, std::generic_category()).message();
    }
}

/// Opens without waiting for anything, and looks at what was opened rather than at its name.
result<opened> open_regular(const common& as, const std::string& path, std::uint64_t* size) {
    opened file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (!file.good()) return unreadable(path, system_words(as, errno));
    struct stat what {};
    if (::fstat(file.get(), &what) != 0) return unreadable(path, system_words(as, errno));
    if (S_ISDIR(what.st_mode)) return unreadable(path, as.say(word::file_is_directory));
    if (!S_ISREG(what.st_mode)) return unreadable(path, as.say(word::file_not_regular));
    *size = static_cast<std::uint64_t>(what.st_size);
    return file;
}

/// The number of the fault, 0 when all is written.
int write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(fd, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return 0;
}

/// Reads to the end in pieces; `take` returns false to stop.
template <class Take>
int read_all(int fd, Take take) {
    std::vector<char> piece(64u << 10);
    while (true) {
        const ssize_t got = ::read(fd, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno;
        if (got == 0) return 0;
        if (!take(std::string_view(piece.data(), static_cast<std::size_t>(got)))) return 0;
    }
}

std::string type_of(const fs::path& path) {
    static constexpr std::pair<std::string_view, std::string_view> known[] = {
        {".pdf", "application/pdf"},
        {".doc", "application/msword"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".xls", "application/vnd.ms-excel"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".odt", "application/vnd.oasis.opendocument.text"},
        {".csv", "text/csv"},
        {".txt", "text/plain"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".svg", "image/svg+xml"},
        {".zip", "application/zip"},
    };
    const std::string extension = path.extension().string();
    for (const auto& [ending, type] : known)
        if (extension == ending) return std::string(type);
    return "application/octet-stream";
}

}  // namespace

result<std::string> read_file(const common& as, const std::string& path, std::size_t most) {
    std::uint64_t size = 0;
    auto file = open_regular(as, path, &size);
    if (!file) return file.failure();
    if (size > most) return unreadable(path, as.say(word::file_too_large, most));
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(size));
    const int fault = read_all(file->get(), [&](std::string_view piece) {
        bytes += piece;
        return bytes.size() <= most;
    });
    if (fault != 0) return unreadable(path, system_words(as, fault));
    // The file may have grown since its size was asked.
    if (bytes.size() > most) return unreadable(path, as.say(word::file_too_large, most));
    return bytes;
}

result<attachment> describe_file(const common& as, const std::string& path) {
    std::uint64_t size = 0;
    auto file = open_regular(as, path, &size);
    if (!file) return file.failure();
    sha256_stream hash;
    attachment out;
    const int fault = read_all(file->get(), [&](std::string_view piece) {
        hash.add(piece);
        out.size += piece.size();
        return true;
    });
    if (fault != 0) return unreadable(path, system_words(as, fault));
    out.sha256 = hash.finish();
    out.name = fs::path(path).filename().string();
    out.media_type = type_of(path);
    return out;
}

import_resolver folder_imports(const common& as, const std::string& path, std::size_t most) {
    std::error_code failed;
    fs::path folder = fs::path(path).parent_path();
    folder = fs::canonical(folder.empty() ? fs::path(".") : folder, failed);
    return [as, folder, most](std::string_view name) -> result<std::string> {
        const std::string asked(name);
        std::error_code why;
        const fs::path real = fs::canonical(folder / fs::path(asked), why);
        if (why) return unreadable(asked, as.say(word::file_missing));
        const fs::path inside = real.lexically_relative(folder);
        if (inside.empty() || inside.is_absolute() || *inside.begin() == "..")
            return unreadable(asked, as.say(word::file_outside));
        auto bytes = read_file(as, real.string(), most);
        // The message names the import as the text writes it, not where this machine keeps it.
        if (!bytes)
            return unreadable(asked, bytes.error().args.size() > 1 ? bytes.error().args[1] : "");
        return bytes;
    };
}

result<void> write_file(const common& as, const std::string& path, std::string_view bytes,
                        bool replace) {
    const auto failed = [&](int number) {
        std::string why = system_words(as, number);
        if (number == EEXIST) why = as.say(word::file_exists);
        if (number == ENOENT) why = as.say(word::file_no_folder);
        return fail(errc::file_unwritable, {path, std::move(why)});
    };
    const int how = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (replace ? O_TRUNC : O_EXCL);
    int fd = ::open(path.c_str(), how, 0644);
    struct stat what {};
    // A pipe or a terminal is there already, and nothing is lost by writing to it.
    if (fd < 0 && errno == EEXIST && ::stat(path.c_str(), &what) == 0 && !S_ISREG(what.st_mode) &&
        !S_ISDIR(what.st_mode))
        fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    else if (fd < 0 && errno != EEXIST)
        return failed(errno);
    if (fd < 0) return failed(EEXIST);
    const int number = write_all(fd, bytes);
    if (::close(fd) != 0 && number == 0) return failed(errno);
    if (number != 0) return failed(number);
    return {};
}

result<void> write_own(const common& as, const std::string& path, std::string_view bytes,
                       own_kind what, bool force) {
    struct stat there {};
    // What is no regular file has nothing to lose, or is refused where it is opened.
    const bool is_file = ::stat(path.c_str(), &there) == 0 && S_ISREG(there.st_mode);
    if (is_file && there.st_size > 0 && !force) {
        const opened file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
        std::string head;
        constexpr std::size_t enough = 4'096;
        if (file.good())
            static_cast<void>(read_all(file.get(), [&](std::string_view piece) {
                head += piece;
                return head.size() < enough;
            }));
        const std::string_view mark =
            what == own_kind::junit ? "<testsuites name=\"quytrinh test\"" : "<svg xmlns=";
        const bool own =
            head.starts_with("<?xml ") && head.substr(0, enough).find(mark) != std::string::npos;
        const word name = what == own_kind::junit ? word::kind_junit : word::kind_coverage;
        if (!own)
            return fail(errc::file_unwritable, {path, as.say(word::file_other_kind, as.say(name))});
    }
    return write_file(as, path, bytes, true);
}

result<std::string> read_input(const common& as, std::size_t most) {
    std::string bytes;
    const int fault = read_all(STDIN_FILENO, [&](std::string_view piece) {
        bytes += piece;
        return bytes.size() <= most;
    });
    if (fault != 0) return unreadable("-", system_words(as, fault));
    if (bytes.size() > most) return unreadable("-", as.say(word::file_too_large, most));
    return bytes;
}

result<void> replace_file(const common& as, const std::string& path, std::string_view before,
                          std::string_view bytes) {
    const auto failed = [&](std::string why) {
        return fail(errc::file_unwritable, {path, std::move(why)});
    };
    std::error_code none;
    const std::string real = fs::canonical(path, none).string();
    if (none) return failed(as.say(word::file_missing));
    struct stat what {};
    if (::stat(real.c_str(), &what) != 0) return failed(system_words(as, errno));
    // A file that may not be written is not replaced either, though its folder would allow it.
    if (::access(real.c_str(), W_OK) != 0) return failed(system_words(as, errno));
    std::string beside = real + ".XXXXXX";
    const int fd = ::mkstemp(beside.data());
    if (fd < 0) return failed(system_words(as, errno));
    int number = write_all(fd, bytes);
    if (number == 0 && ::fchmod(fd, what.st_mode & 07777) != 0) number = errno;
    if (number == 0 && ::fsync(fd) != 0) number = errno;
    if (::close(fd) != 0 && number == 0) number = errno;
    std::string why = number == 0 ? std::string() : system_words(as, number);
    if (why.empty()) {
        const auto now = read_file(as, real, before.size() + 1);
        if (!now || *now != before) why = as.say(word::file_changed);
    }
    if (why.empty() && ::rename(beside.c_str(), real.c_str()) != 0) why = system_words(as, errno);
    if (why.empty()) return {};
    ::unlink(beside.c_str());
    return failed(std::move(why));
}

bool names_a_file(const std::string& text) {
    if (text.find('/') != std::string::npos) return true;
    const fs::path path(text);
    if (path.extension() == ".quytrinh") return true;
    std::error_code ignored;
    return fs::exists(path, ignored);
}

}  // namespace cli
