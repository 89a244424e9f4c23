// SPDX-License-Identifier: BSL-1.0
// tests/render/draw.cpp: the drawings of the bundled procedures against golden files, and drawings of
// texts that try to escape from theirs. QUYTRINH_RESET_GOLDEN=1 writes what is drawn now; look at it.
#include <quytrinh/render/draw.hpp>

#include <quytrinh/language/parse.hpp>
#include <quytrinh/procedures/bundled.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path root = fs::path(QUYTRINH_TESTS_DIR) / "golden" / "draw";

void compare(const std::string& name, const std::string& drawn) {
    const fs::path file = root / name;
    if (std::getenv("QUYTRINH_RESET_GOLDEN") != nullptr) {
        fs::create_directories(root);
        std::ofstream(file, std::ios::binary) << drawn;
        return;
    }
    std::ifstream in(file, std::ios::binary);
    std::ostringstream expected;
    expected << in.rdbuf();
    INFO(name);
    CHECK(drawn == expected.str());
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++n;
    return n;
}

procedure_ptr hostile() {
    const std::string title = R"(<script>alert(1)</script> & ]]> --> |x| {y} [z] ; %% \\)";
    auto read = parse("x.quytrinh",
                      "ngôn ngữ quy trình 1, tiếng Việt\n"
                      "quy trình QT.X \"" + title + "\"\n  không nêu hồ sơ lưu\n  không nêu thời hạn\n"
                      "vai trò A \"" + title + "\"\n"
                      "bước 1 \"" + title + "\"\n  chủ trì A\n  kết quả \"" + title +
                      "\" → kết thúc \"" + title + "\"\n");
    REQUIRE(read.definition != nullptr);
    return read.definition;
}

}  // namespace

TEST_CASE("the bundled procedures are drawn as they were looked at") {
    for (const auto& p : bundled().procedures) {
        const language words = p->words == dialect::vi ? language::vi : language::en;
        compare(p->code + ".svg", draw_svg(*p, words));
        compare(p->code + ".dot", draw_dot(*p, words));
        compare(p->code + ".mmd", draw_mermaid(*p, words));
    }
}

TEST_CASE("equal procedures give equal bytes, another language other words around the same flow") {
    const auto first = bundled(), second = bundled();
    for (std::size_t i = 0; i < first.procedures.size(); ++i) {
        CHECK(draw_svg(*first.procedures[i]) == draw_svg(*second.procedures[i]));
        const auto vi = draw_svg(*first.procedures[i], language::vi);
        const auto en = draw_svg(*first.procedures[i], language::en);
        CHECK(vi != en);
        CHECK(count(vi, "<path") == count(en, "<path"));
    }
}

TEST_CASE("every step and consultation stands in each drawing") {
    for (const auto& p : bundled().procedures) {
        const auto svg = draw_svg(*p), dot = draw_dot(*p), mermaid = draw_mermaid(*p);
        for (const auto& s : p->steps) {
            INFO(p->code, " ", s.id);
            CHECK(svg.find(s.id + ". ") != std::string::npos);
            CHECK(dot.find(s.id) != std::string::npos);
            CHECK(mermaid.find(s.id) != std::string::npos);
        }
    }
}

TEST_CASE("a text cannot leave its place in a drawing") {
    const auto p = hostile();
    const auto svg = draw_svg(*p);
    CHECK(svg.find("<script") == std::string::npos);
    CHECK(svg.find("&lt;script") != std::string::npos);
    // In Mermaid and DOT the characters that close a label are written as entities or escapes.
    const auto mermaid = draw_mermaid(*p);
    CHECK(mermaid.find("<script") == std::string::npos);
    const auto dot = draw_dot(*p);
    CHECK(count(dot, "\"") % 2 == 0);
}
