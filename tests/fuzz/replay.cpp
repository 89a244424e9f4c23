// SPDX-License-Identifier: BSL-1.0
// tests/fuzz/replay.cpp: feeds every file of the folders and files given to a fuzz target, for
// compilers without libFuzzer. A crash or a sanitizer's report fails; so does an empty corpus.
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void feed(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t fed = 0;
    std::string last;
    try {
        for (int i = 1; i < count; ++i) {
            const std::filesystem::path given = arguments[i];
            if (!std::filesystem::is_directory(given)) {
                feed(last = given.string());
                ++fed;
                continue;
            }
            for (const auto& entry : std::filesystem::directory_iterator(given)) {
                feed(last = entry.path().string());
                ++fed;
            }
        }
    } catch (const std::exception& e) {
        std::cerr << last << ": " << e.what() << '\n';
        return 1;
    }
    std::cout << fed << " inputs replayed\n";
    return fed > 0 ? 0 : 1;
}
