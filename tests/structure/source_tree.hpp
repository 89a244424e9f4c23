// SPDX-License-Identifier: BSL-1.0
// tests/structure/source_tree.hpp: the files of this project as lines, for the tests about how it
// is written.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace structure {

/// A file by its path from the root ("include/quytrinh/base/error.hpp"), with its lines.
struct source_file {
    std::string path;
    std::vector<std::string> lines;

    [[nodiscard]] bool under(std::string_view folder) const { return path.starts_with(folder); }
    [[nodiscard]] bool named(std::string_view ending) const { return path.ends_with(ending); }
    [[nodiscard]] std::string stem() const { return std::filesystem::path(path).stem().string(); }
};

inline std::vector<std::string> split_lines(std::istream& in) {
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// What other tools put below a folder of sources.
inline bool is_made(const std::filesystem::path& folder) {
    const std::string name = folder.filename().string();
    return name == "node_modules" || name == "vendor" || name == "target" ||
           name == "__pycache__" || name == "native";
}

/// Every file of the given folders (and root files), by path. Build trees lie outside of them.
inline std::vector<source_file> read_tree() {
    namespace fs = std::filesystem;
    const fs::path root = QUYTRINH_SOURCE_DIR;
    std::vector<fs::path> found;
    for (const char* folder : {"include", "src", "tests", "examples", "cmake", ".ci", "bindings"})
        if (fs::exists(root / folder))
            for (fs::recursive_directory_iterator at{root / folder}, end; at != end; ++at) {
                if (at->is_directory() && is_made(at->path())) at.disable_recursion_pending();
                if (at->is_regular_file()) found.push_back(at->path());
            }
    found.push_back(root / "CMakeLists.txt");
    std::vector<source_file> tree;
    for (const auto& path : found) {
        std::ifstream in{path, std::ios::binary};
        tree.push_back({fs::relative(path, root).generic_string(), split_lines(in)});
    }
    std::sort(tree.begin(), tree.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return tree;
}

inline const std::vector<source_file>& tree() {
    static const std::vector<source_file> files = read_tree();
    return files;
}

inline const source_file* find(std::string_view path) {
    for (const auto& file : tree())
        if (file.path == path) return &file;
    return nullptr;
}

/// Is it C++ that people wrote?
inline bool is_cpp(const source_file& file) {
    return file.named(".hpp") || file.named(".ipp") || file.named(".cpp") || file.named(".inc") ||
           file.named(".h");
}

struct include_line {
    std::size_t line = 0;
    bool quoted = false;
    std::string name;
};

/// The #include lines of a file. Comments and raw strings that begin a line with #include do not
/// occur outside this folder.
inline std::vector<include_line> includes(const source_file& file) {
    std::vector<include_line> found;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::string_view text = file.lines[i];
        const auto skip = [&] {
            while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
                text.remove_prefix(1);
        };
        skip();
        if (!text.starts_with('#')) continue;
        text.remove_prefix(1);
        skip();
        if (!text.starts_with("include")) continue;
        text.remove_prefix(7);
        skip();
        if (text.empty() || (text.front() != '<' && text.front() != '"')) continue;
        const bool quoted = text.front() == '"';
        const auto end = text.find(quoted ? '"' : '>', 1);
        if (end != std::string_view::npos)
            found.push_back({i + 1, quoted, std::string{text.substr(1, end - 1)}});
    }
    return found;
}

/// "a/b/c" → {"a", "b", "c"}.
inline std::vector<std::string> parts(std::string_view path) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        out.emplace_back(path.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace structure
