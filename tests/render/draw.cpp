// SPDX-License-Identifier: BSL-1.0
// tests/render/draw.cpp: drawings: the bundled procedures against their golden files, hostile
// texts, shapes that are hard to lay out. QUYTRINH_RESET_GOLDEN=1 writes the golden files anew:
// look at them
// (`rsvg-convert FILE.svg -o FILE.png`) before they are committed.
#include <quytrinh/render/draw.hpp>

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>

#include <doctest/doctest.h>

#include <support/model_builder.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
using namespace build;
namespace fs = std::filesystem;

namespace {

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void compare(const std::string& name, const std::string& drawn) {
    const fs::path path = fs::path(QUYTRINH_TESTS_DIR) / "golden" / "draw" / name;
    const char* reset = std::getenv("QUYTRINH_RESET_GOLDEN");
    if (reset != nullptr && *reset != '\0' && *reset != '0')
        std::ofstream(path, std::ios::binary) << drawn;
    INFO(name);
    CHECK((read_all(path) == drawn));
}

/// A small reader of the XML that we write: tags balance, attributes are quoted, no bare `&` or
/// `<`.
bool well_formed(const std::string& xml) {
    std::vector<std::string> open;
    std::size_t i = 0;
    while (i < xml.size()) {
        if (xml[i] == '&') {
            const auto end = xml.find(';', i);
            if (end == std::string::npos || end - i > 6) return false;
            i = end + 1;
        } else if (xml[i] != '<') {
            ++i;
        } else if (xml.compare(i, 2, "<?") == 0) {
            i = xml.find("?>", i) + 2;
        } else {
            const auto end = xml.find('>', i);
            if (end == std::string::npos) return false;
            const std::string tag = xml.substr(i + 1, end - i - 1);
            if (tag.find('<') != std::string::npos) return false;
            if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return false;
            const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
            if (tag.front() == '/') {
                if (open.empty() || '/' + open.back() != tag) return false;
                open.pop_back();
            } else if (tag.back() != '/') {
                open.push_back(name);
            }
            i = end + 1;
        }
    }
    return open.empty();
}

std::size_t count(const std::string& text, std::string_view what) {
    std::size_t n = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
}

/// Steps 1 to n in turn; every step returns to the first.
procedure many_returns(int n) {
    procedure_builder p;
    for (int i = 1; i <= n; ++i)
        p.add(a_step(std::to_string(i))
                  .go(ok(i == n ? end() : to(std::to_string(i + 1))))
                  .go(nok(to("1"))));
    return p.made;
}

}  // namespace

TEST_CASE("the bundled procedures are drawn as they were when somebody looked") {
    CHECK(bundled().procedures.size() >= 4);
    for (const auto& p : bundled().procedures) {
        const language words = p->words == dialect::vi ? language::vi : language::en;
        compare(p->code + ".svg", draw_svg(*p, words));
        compare(p->code + ".dot", draw_dot(*p, words));
        compare(p->code + ".mmd", draw_mermaid(*p, words));
    }
}

TEST_CASE("equal procedures give equal bytes, another language other words around the same flow") {
    for (const auto& p : bundled().procedures) {
        const procedure copy = *p;
        CHECK((draw_svg(*p) == draw_svg(copy)));
        CHECK((draw_dot(*p) == draw_dot(copy)));
        CHECK((draw_mermaid(*p) == draw_mermaid(copy)));
        const auto vi = draw_svg(*p, language::vi), en = draw_svg(*p, language::en);
        CHECK(well_formed(vi));
        CHECK(well_formed(en));
        CHECK((vi != en));
        CHECK(count(vi, "<polyline") == count(en, "<polyline"));
    }
}

TEST_CASE("every step, consultation and end is in the drawing, every lane once") {
    procedure_builder p;
    p.unit("B").external("KH");
    p.add(a_step("1", {"A"}, "Nhận").go(ok(to("2"))).go(nok(end("Trả lại"))))
        .add(a_consultation("1a", {"1"}, {"B"}))
        .add(a_step("2", {"KH"}, "Ký").go(done(end())));
    const std::string svg = draw_svg(p.made);
    CHECK(well_formed(svg));
    for (const char* text : {">1. Nhận<", ">1a. Bước 1a<", ">2. Ký<", ">Kết thúc<",
                             ">Kết thúc: Trả lại<", ">Bắt đầu<", ">A<", ">B<", ">KH<"})
        CHECK(count(svg, text) == 1);
    CHECK(count(svg, "class=\"line dash\"") == 1);
    CHECK(count(svg, "class=\"line ok\"") == 1);
    CHECK(count(svg, "class=\"line nok\"") == 1);
    CHECK(count(draw_svg(p.made, language::en), ">Start<") == 1);
}

TEST_CASE("texts cannot leave the place they were put in") {
    procedure_builder p("X\"><script>alert(1)</script>");
    p.made.title = "a & b < c > d \"e\" 'f' ]]>";
    p.add(a_step("1", {"A"}, "</text><image href='http://x'/>\n\"];}\\")
              .go(named("\"|x| --> n9 <b>`m`</b> #35; &amp;", end("\\\"]; n0 -> n0"))));
    const std::string svg = draw_svg(p.made);
    CHECK(well_formed(svg));
    for (const char* bad : {"<script", "<image", "href", "javascript"})
        CHECK((bad[0] == '<' ? count(svg, bad) == 0 : count(svg, std::string(bad) + "=\"") == 0));

    // DOT: quotes that are not escaped come in pairs on every line.
    std::istringstream dot(draw_dot(p.made));
    for (std::string line; std::getline(dot, line);) {
        CAPTURE(line);
        int quotes = 0;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '\\')
                ++i;
            else if (line[i] == '"')
                ++quotes;
        }
        CHECK(quotes % 2 == 0);
    }
    // Mermaid: inside quotes nothing but <br/> looks like HTML, and a line is a line.
    const std::string mermaid = draw_mermaid(p.made);
    CHECK(count(mermaid, "<b>") == 0);
    CHECK(count(mermaid, "`") == 0);
    CHECK(count(mermaid, "\n") == 4);
    std::istringstream lines(mermaid);
    for (std::string line; std::getline(lines, line);) CHECK(count(line, "\"") % 2 == 0);
}

TEST_CASE("bytes that XML cannot hold are replaced") {
    procedure_builder p;
    p.add(a_step("1", {"A"}, std::string("a\0b\x01 \xff\xc3 \xe2\x80\xae z", 14)).go(done(end())));
    const std::string svg = draw_svg(p.made);
    CHECK(well_formed(svg));
    CHECK(svg.find('\0') == std::string::npos);
    CHECK(svg.find('\x01') == std::string::npos);
    CHECK(svg.find("\xe2\x80\xae") == std::string::npos);
    CHECK(count(svg, "\xef\xbf\xbd") >= 4);
}

TEST_CASE("shapes that are hard to lay out end in time and stay inside the page") {
    SUBCASE("nothing at all") { CHECK(well_formed(draw_svg(procedure{}))); }
    SUBCASE("a step without a lead, led as itself, and a branch into nowhere") {
        procedure_builder p;
        p.add(a_step("1", {}).go(done(to("9"))));
        p.made.steps[0].lead.as_step = "1";
        CHECK(well_formed(draw_svg(p.made)));
    }
    SUBCASE("a step that returns to itself, and only consultations") {
        procedure_builder p;
        p.add(a_step("1").go(nok(to("1"))).go(ok(end())));
        CHECK(well_formed(draw_svg(p.made)));
        procedure_builder q;
        q.add(a_consultation("1a", {"1"}));
        CHECK(well_formed(draw_svg(q.made)));
    }
    SUBCASE("a title of 100,000 letters, with and without blanks") {
        procedure_builder p;
        std::string blanks;
        for (int i = 0; i < 20'000; ++i) blanks += "chữ ";
        p.add(a_step("1", {"A"}, std::string(100'000, 'w')).go(done(to("2"))));
        p.add(a_step("2", {"A"}, blanks).go(named(blanks, end(blanks))));
        const std::string svg = draw_svg(p.made);
        CHECK(well_formed(svg));
        CHECK(svg.size() < 200'000);  // the whole label stands once, as a tip
    }
    SUBCASE("2,000 steps that all return to the first share one track") {
        const procedure p = many_returns(2'000);
        const std::string svg = draw_svg(p);
        CHECK(count(svg, "class=\"line nok\"") == 2'000);
        const auto width = std::stoi(svg.substr(svg.find("width=\"") + 7));
        CHECK(width < 500);
    }
    SUBCASE("returns inside returns take a track each") {
        procedure_builder p;
        for (int i = 1; i <= 40; ++i) {
            auto s = a_step(std::to_string(i)).go(ok(i == 40 ? end() : to(std::to_string(i + 1))));
            if (i > 20) s.go(nok(to(std::to_string(41 - i))));
            p.add(std::move(s));
        }
        const std::string svg = draw_svg(p.made);
        CHECK(well_formed(svg));
        CHECK(count(svg, "-") > 0);
        CHECK(svg.find("x=\"-") == std::string::npos);  // nothing left of the page
        CHECK(svg.find("points=\"-") == std::string::npos);
    }
}
