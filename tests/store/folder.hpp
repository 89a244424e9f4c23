// SPDX-License-Identifier: BSL-1.0
// tests/store/folder.hpp: a folder of a test's own, gone with it. In memory where there is such a
// place (these tests are about faults of logic; power is not cut): QUYTRINH_TEST_DIR names another.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <unistd.h>

namespace quytrinh_tests {

class folder {
public:
    folder() {
        const char* given = std::getenv("QUYTRINH_TEST_DIR");
        std::error_code none;
        std::string name = given != nullptr ? given
                           : std::filesystem::is_directory("/dev/shm", none)
                               ? "/dev/shm"
                               : std::filesystem::temp_directory_path().string();
        name += "/quytrinh-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
        path_ = name;
    }
    ~folder() {
        std::error_code none;
        std::filesystem::remove_all(path_, none);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + '/' + name; }

private:
    std::string path_;
};

/// A whole file, and a file in whole.
inline std::string bytes_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
inline void put_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

}  // namespace quytrinh_tests
