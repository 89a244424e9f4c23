// SPDX-License-Identifier: BSL-1.0
// tests/crash/children.hpp: processes that are made to be killed, and the pipe that they write to.
// POSIX.
#pragma once

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#    include <sys/prctl.h>
#endif

namespace crash_tests {

/// The writing end, in a child.
class reporter {
public:
    explicit reporter(int descriptor) : descriptor_(descriptor) {}
    /// One line, one write: whole even among threads and processes (shorter than PIPE_BUF).
    void line(std::string text) const {
        if (text.size() > 400) text.resize(400);
        text += '\n';
        while (::write(descriptor_, text.data(), text.size()) < 0)
            if (errno != EINTR) ::_exit(4);
    }

private:
    int descriptor_;
};

/// Where a number of processes wait for each other, round after round. To be made before they are.
class meeting {
public:
    meeting(unsigned processes, std::size_t rounds) : processes_(processes), rounds_(rounds) {
        void* const place = ::mmap(nullptr, rounds * sizeof(counter), PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (place == MAP_FAILED) throw std::runtime_error("mmap");
        arrived_ = static_cast<counter*>(place);
        for (std::size_t i = 0; i < rounds; ++i) new (arrived_ + i) counter{0};
    }
    ~meeting() { ::munmap(arrived_, rounds_ * sizeof(counter)); }
    meeting(const meeting&) = delete;
    meeting& operator=(const meeting&) = delete;

    void wait(std::size_t round) {
        ++arrived_[round];
        const auto late = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (arrived_[round] < processes_) {
            if (std::chrono::steady_clock::now() > late) throw std::runtime_error("nobody came");
            std::this_thread::yield();
        }
    }

private:
    using counter = std::atomic<unsigned>;
    static_assert(counter::is_always_lock_free);
    unsigned processes_;
    std::size_t rounds_;
    counter* arrived_ = nullptr;
};

/// Processes that share one pipe. The parent has no thread when it forks.
class children {
public:
    children() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
        reading_ = ends[0];
        writing_ = ends[1];
    }
    ~children() {
        kill();
        if (reading_ >= 0) ::close(reading_);
        if (writing_ >= 0) ::close(writing_);
    }
    children(const children&) = delete;
    children& operator=(const children&) = delete;

    void start(const std::function<void(const reporter&)>& life) {
        const pid_t parent = ::getpid();
        const pid_t child = ::fork();
        if (child < 0) throw std::runtime_error("fork");
        if (child > 0) {
            alive_.push_back(child);
            return;
        }
#if defined(__linux__)
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(5);
#else
        (void)parent;
#endif
        ::alarm(120);
        ::close(reading_);
        const reporter say{writing_};
        try {
            life(say);
            say.line("Z");
        } catch (const std::exception& thrown) {
            say.line(std::string{"E\tthrew "} + thrown.what());
            ::_exit(3);
        }
        ::_exit(0);
    }
    /// To be called when all are started: the end of the pipe is the end of the last of them.
    void all_started() { ::close(std::exchange(writing_, -1)); }

    /// Reads on until `enough(text)` or the deadline or the end. False at the end.
    template <class Enough>
    bool read_until(std::chrono::steady_clock::time_point deadline, Enough&& enough) {
        for (;;) {
            if (enough(text_)) return true;
            const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
                deadline - std::chrono::steady_clock::now());
            if (left.count() <= 0) return true;
            struct pollfd on {
                reading_, POLLIN, 0
            };
            const timespec wait{static_cast<time_t>(left.count() / 1'000'000),
                                static_cast<long>(left.count() % 1'000'000) * 1'000};
            if (::ppoll(&on, 1, &wait, nullptr) <= 0) continue;
            if (!read_some()) return false;
        }
    }
    void kill() {
        for (const pid_t one : alive_) ::kill(one, SIGKILL);
        reap();
    }
    void wait_for_all() {
        while (read_some()) {}
        reap();
    }
    /// What is left in the pipe of those who are dead.
    std::string& rest() {
        while (read_some()) {}
        return text_;
    }
    /// What was said so far.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const std::vector<pid_t>& alive() const noexcept { return alive_; }
    [[nodiscard]] std::size_t killed() const noexcept { return killed_; }
    [[nodiscard]] std::size_t failed() const noexcept { return failed_; }
    /// How the failed ones ended: "exit 3, signal 14 (Alarm clock)".
    [[nodiscard]] const std::string& failures() const noexcept { return failures_; }

private:
    bool read_some() {
        char piece[65536];
        for (;;) {
            const ssize_t got = ::read(reading_, piece, sizeof piece);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            text_.append(piece, static_cast<std::size_t>(got));
            return true;
        }
    }
    void reap() {
        for (const pid_t one : alive_) {
            int status = 0;
            while (::waitpid(one, &status, 0) < 0 && errno == EINTR) {}
            if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
                ++killed_;
            else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                note_failure(status);
        }
        alive_.clear();
    }

    void note_failure(int status) {
        ++failed_;
        if (!failures_.empty()) failures_ += ", ";
        if (WIFSIGNALED(status))
            failures_ += "signal " + std::to_string(WTERMSIG(status)) + " (" +
                         ::strsignal(WTERMSIG(status)) + ')';
        else
            failures_ += "exit " + std::to_string(WEXITSTATUS(status));
    }

    int reading_ = -1, writing_ = -1;
    std::vector<pid_t> alive_;
    std::string text_, failures_;
    std::size_t killed_ = 0, failed_ = 0;
};

}  // namespace crash_tests
