// SPDX-License-Identifier: BSL-1.0
// tests/cli/shell.hpp: runs command lines with the program `quytrinh` in the path, in a folder of
// their own.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace shell_of {

namespace fs = std::filesystem;

/// A folder that is removed at the end.
class folder {
public:
    folder() {
        std::string name = (fs::temp_directory_path() / "quytrinh-cli-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    [[nodiscard]] const fs::path& path() const noexcept { return path_; }

private:
    fs::path path_;
};

struct outcome {
    std::string output;  ///< standard output and standard error, as they came
    int code = -1;
};

/// Runs one line with sh. Messages are Vietnamese unless the line says otherwise.
inline outcome run(const fs::path& where, const std::string& command) {
    const std::string program = fs::path(QUYTRINH_PROGRAM).parent_path().string();
    const std::string line = "cd '" + where.string() + "' && PATH='" + program +
                             "':\"$PATH\" LC_ALL= LC_MESSAGES= LANG=vi_VN.UTF-8; export PATH "
                             "LC_ALL LC_MESSAGES LANG\n{ " +
                             command + "\n} 2>&1";
    outcome out;
    std::FILE* pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> piece{};
    std::size_t got = 0;
    while ((got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0)
        out.output.append(piece.data(), got);
    const int status = ::pclose(pipe);
    out.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return out;
}

}  // namespace shell_of
