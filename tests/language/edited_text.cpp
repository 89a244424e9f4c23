// SPDX-License-Identifier: BSL-1.0
// tests/language/edited_text.cpp: a text is edited and read by parts; what it says is always what
// the whole says.
#include <quytrinh/language/edited_text.hpp>

#include "support/edit_laws.hpp"
#include "support/text_maker.hpp"

#include <quytrinh/base/limits.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/unread.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
using edit_laws::difference;
using edit_laws::one_edit;

namespace {

std::string read_all(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE_MESSAGE(in, file.string());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}
result<std::string> bundled_file(std::string_view name) {
    // An edit may have changed the name.
    const auto file = std::filesystem::path(QUYTRINH_PROCEDURES_DIR) / std::string(name);
    if (!std::filesystem::exists(file)) return fail(errc::not_found, {std::string(name)});
    return read_all(file);
}

const std::string small =
    "ngôn ngữ quy trình 1, tiếng Việt\n\nquy trình QT.X \"Thử\"\n  không nêu hồ sơ lưu\n\n"
    "vai trò A \"Đơn vị A\"\nvai trò B \"Đơn vị B\"\n  gọi tắt \"Bê\"\n\n"
    "biểu mẫu BM \"Phiếu\"\n  thông tin \"Gấp\" là có hoặc không\n\n"
    "bước 1 \"Một\"\n  chủ trì A\n  lập BM\n  thời hạn 2 ngày\n  xong → bước 2\n\n"
    "bước 2 \"Hai\"\n  chủ trì B\n  thời hạn không nêu\n  OK → bước 3\n  NOK → bước 1\n\n"
    "bước 3 \"Ba\"\n  chủ trì A\n  thời hạn không nêu\n  nếu \"Gấp\" là có → bước 2\n"
    "  còn lại → kết thúc\n";

/// A text under edits, held against the whole each time.
class pair_of_readings {
public:
    explicit pair_of_readings(std::string text, import_resolver imports = {}, limits bounds = {})
        : imports_(std::move(imports)),
          bounds_(bounds),
          edited_("thu.quytrinh", std::move(text), imports_, bounds_) {
        compare();
    }

    void edit(const one_edit& one) {
        std::string expected{edited_.text()};
        expected.replace(one.where.begin, one.where.end - one.where.begin, one.with);
        REQUIRE(edited_.edit(one.where, one.with));
        REQUIRE(edited_.text() == expected);
        compare();
    }
    /// Puts `with` in the place of the only `what`.
    void put(std::string_view what, std::string_view with) {
        const std::size_t at = edited_.text().find(what);
        REQUIRE(at != std::string_view::npos);
        REQUIRE(edited_.text().find(what, at + 1) == std::string_view::npos);
        edit({{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + what.size())},
              std::string(with)});
    }
    [[nodiscard]] std::size_t lines_read() const { return edited_.lines_read(); }
    [[nodiscard]] const edited_text& edited() const { return edited_; }
    [[nodiscard]] const parsed& out() const { return edited_.reading(); }

private:
    void compare() const {
        const parsed whole = parse("thu.quytrinh", std::string(edited_.text()), imports_, bounds_);
        const std::string what = difference(edited_.reading(), whole);
        INFO(std::string(edited_.text()));
        REQUIRE_MESSAGE(what.empty(), what);
    }

    import_resolver imports_;
    limits bounds_;
    edited_text edited_;
};

}  // namespace

TEST_CASE("an edit inside a step reads that step and moves the rest") {
    pair_of_readings text{small};
    REQUIRE(text.out().definition);
    const std::size_t all = text.lines_read();
    CHECK(all == 23);
    text.put("\"Hai\"", "\"Hai và một nửa\"");
    CHECK(text.lines_read() == 5);
    CHECK(text.out().definition->find_step("2")->title == "Hai và một nửa");
    text.put("  thời hạn 2 ngày\n", "");
    CHECK(text.lines_read() == 4);
    text.put("nếu \"Gấp\" là có", "nếu \"Gấp\" trong BM là không");
    CHECK(text.lines_read() == 5);
    CHECK(text.out().definition->steps[2].branches[0].when->nodes[0].left.field.form == "BM");
    // An alias becomes the code, a field gets its form, as in a reading of the whole.
    text.put("chủ trì B\n", "chủ trì B\n  báo tin A\n");
    CHECK(text.lines_read() == 6);
    // Several steps at once.
    text.put("xong → bước 2\n\nbước 2 \"Hai và một nửa\"", "xong → bước 2\n\n\nbước 2 \"Hai\"");
    CHECK(text.lines_read() == 10);
    CHECK(text.out().ok());
}

TEST_CASE("what somebody holds is not changed") {
    pair_of_readings text{small};
    const procedure_ptr held = text.out().definition;
    text.put("\"Hai\"", "\"Khác\"");
    CHECK(held->find_step("2")->title == "Hai");
    CHECK(text.out().definition->find_step("2")->title == "Khác");
    CHECK(text.lines_read() == 5);
}

TEST_CASE("mistakes come and go with their lines") {
    pair_of_readings text{small};
    text.put("chủ trì B", "chủ trì Z");
    CHECK(text.lines_read() == 5);
    CHECK(text.out().diagnostics.errors == 1);
    CHECK(text.out().draft);
    // A line of a step that is not understood: the draft says so.
    text.put("OK → bước 3\n  NOK → bước 1", "OK → bước 3\n  NOK bươc");
    CHECK(text.lines_read() == 5);
    REQUIRE(text.out().draft);
    CHECK(text.out().draft->unread->steps.size() > 1);
    text.put("lập BM", "lập BMX");
    CHECK(text.out().diagnostics.errors >= 3);
    text.put("NOK bươc", "NOK → bước 1");
    text.put("chủ trì Z", "chủ trì B");
    text.put("lập BMX", "lập BM");
    CHECK(text.out().ok());
    CHECK(text.lines_read() == 5);
}

TEST_CASE("a name on a line that is not understood excuses others, and no longer when it goes") {
    pair_of_readings text{small};
    text.put("lập BM", "lập HS9");
    text.put("  thời hạn không nêu\n  OK", "  thời hạn HS9 không nêu gì\n  OK");
    text.put("  thời hạn HS9 không nêu gì\n", "  thời hạn không nêu\n");
    CHECK(text.out().diagnostics.errors == 1);
}

TEST_CASE("what reaches past its step is read with the whole") {
    struct {
        std::string_view what, with;
    } const edits[] = {
        {"NOK → bước 1\n\n", "NOK → bước 1,\n\n"},            // the line may go on below
        {"bước 2 \"Hai\"", "bước 3 \"Hai\""},                 // another number
        {"  chủ trì B\n", "  chủ trì B\nvai trò C \"C\"\n"},  // a header
        {"  chủ trì B\n", "  chủ trì B\n  công việc \"\"\"a\nb\"\"\"\n"},
        {"NOK → bước 1\n\n", "NOK → bước 1\n  bỏ qua QT3011 vì \"x\"\n\n"},
        {"vai trò A \"Đơn vị A\"", "vai trò A2 \"Đơn vị A\""},
    };
    for (const auto& one : edits) {
        CAPTURE(one.with);
        pair_of_readings text{small};
        text.put(one.what, one.with);
        CHECK(text.lines_read() > 15);
    }
}

TEST_CASE("places outside the text are refused") {
    edited_text text{"thu.quytrinh", small};
    const auto size = static_cast<std::uint32_t>(small.size());
    CHECK_FALSE(text.edit({size, size + 1}, ""));
    CHECK_FALSE(text.edit({5, 4}, "x"));
    CHECK(text.edit({size, size}, "# hết\n"));
    CHECK(text.text() == small + "# hết\n");
    CHECK(text.reading().ok());
    CHECK(text.edit({0, size + static_cast<std::uint32_t>(std::string("# hết\n").size())}, ""));
    CHECK_FALSE(text.reading().ok());
    CHECK(text.edit({0, 0}, small));
    CHECK(text.reading().definition);
}

TEST_CASE("texts too long, and with more findings than are kept, are read whole") {
    limits bounds;
    bounds.definition_bytes = small.size() + 10;
    pair_of_readings text{small, {}, bounds};
    text.put("\"Hai\"", "\"Hai hai hai hai hai\"");
    CHECK_FALSE(text.out().ok());
    text.put("\"Hai hai hai hai hai\"", "\"Hai\"");
    CHECK(text.out().ok());
    limits few;
    few.diagnostics = 2;
    pair_of_readings wrong{small, {}, few};
    wrong.put("chủ trì B", "chủ trì Z, Y, X, W");
    wrong.put("lập BM", "lập BMX");
    wrong.put("chủ trì Z, Y, X, W", "chủ trì B");
}

TEST_CASE("random edits of made texts: always what the whole says") {
    const std::uint64_t seed = quytrinh_tests::seed_or(20261122);
    std::size_t edits = 0, by_part = 0;
    const std::size_t texts = quytrinh_tests::count_of(60);
    for (std::size_t i = 0; i < texts; ++i) {
        quytrinh_tests::dice d(seed + i);
        CAPTURE(seed);
        CAPTURE(i);
        pair_of_readings text{text_maker::procedure_text{d}.make()};
        const std::size_t all = text.lines_read();
        for (int k = 0; k < 25; ++k) {
            const std::string before{text.edited().text()};
            const one_edit one = edit_laws::any_edit(before, d);
            CAPTURE(k);
            CAPTURE(one.with);
            CAPTURE(one.where.begin);
            CAPTURE(one.where.end);
            text.edit(one);
            ++edits;
            by_part += text.lines_read() < all / 2 ? 1 : 0;
            if (!d.one_in(3)) {
                // Taken back, as whoever errs does.
                text.edit({{one.where.begin,
                            static_cast<std::uint32_t>(one.where.begin + one.with.size())},
                           before.substr(one.where.begin, one.where.end - one.where.begin)});
                ++edits;
                by_part += text.lines_read() < all / 2 ? 1 : 0;
            }
        }
    }
    CAPTURE(edits);
    CHECK(by_part > edits / 20);
}

TEST_CASE("random edits of the texts that ship: always what the whole says") {
    const std::uint64_t seed = quytrinh_tests::seed_or(7);
    std::size_t with_steps = 0;
    for (const auto& entry : std::filesystem::directory_iterator(QUYTRINH_PROCEDURES_DIR)) {
        if (entry.path().extension() != ".quytrinh") continue;
        const std::string name = entry.path().filename().string();
        CAPTURE(name);
        CAPTURE(seed);
        quytrinh_tests::dice d(seed);
        const std::string original = read_all(entry.path());
        pair_of_readings text{original, bundled_file};
        const std::size_t all = text.lines_read();
        for (std::size_t k = 0; k < quytrinh_tests::count_of(24); ++k) {
            const std::string before{text.edited().text()};
            const one_edit one = edit_laws::any_edit(before, d);
            CAPTURE(k);
            CAPTURE(one.with);
            CAPTURE(one.where.begin);
            CAPTURE(one.where.end);
            text.edit(one);
            text.edit(
                {{one.where.begin, static_cast<std::uint32_t>(one.where.begin + one.with.size())},
                 before.substr(one.where.begin, one.where.end - one.where.begin)});
        }
        CHECK(text.edited().text() == original);
        // The title of its last step; a file of scenarios or calendars has none.
        const std::size_t step =
            std::max(original.rfind("\nbước ") + 1, original.rfind("\nstep ") + 1);
        if (step == 0) continue;
        const auto title = static_cast<std::uint32_t>(original.find('"', step) + 1);
        text.edit({{title, title}, "Nay là "});
        CHECK(text.lines_read() < all / 4);
        ++with_steps;
    }
    CHECK(with_steps >= 5);
}
