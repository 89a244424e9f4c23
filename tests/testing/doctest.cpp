// SPDX-License-Identifier: BSL-1.0
// tests/testing/doctest.cpp: the scenarios of a folder as subcases; what fails says so in words.
#include <quytrinh/testing/doctest.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

/// A folder that is gone afterwards.
struct folder {
    fs::path path = fs::temp_directory_path() /
                    ("quytrinh-doctest-" +
                     std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
    folder() { fs::create_directories(path / "thu"); }
    ~folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path / name, std::ios::binary) << text;
    }
};

const std::string procedure_text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.40 "Cấp giấy xác nhận"
vai trò MC "Bộ phận một cửa"
bước 1 "Tiếp nhận"
  chủ trì MC
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  xong → kết thúc "Đã cấp"
)";

std::string scenario_text(const std::string& due) {
    return "ngôn ngữ quy trình 1, tiếng Việt\n"
           "kịch bản \"Cấp ngay\" cho quy trình QT.40\n"
           "  giả sử thời điểm 02/01/2024 08:00\n"
           "  khi MC mở hồ sơ\n"
           "  thì bước 1 ở MC, đến hạn " +
           due +
           "\n"
           "  khi MC xong bước 1\n"
           "  thì hồ sơ kết thúc \"Đã cấp\"\n";
}

const folder& good() {
    static const folder made;
    made.write("QT.40.quytrinh", procedure_text);
    made.write("thu/dung.quytrinh", scenario_text("03/01/2024"));
    return made;
}

}  // namespace

TEST_CASE("each scenario of a folder is a subcase") {
    quytrinh::testing::check_scenarios(good().path);
}

TEST_CASE("scenarios are found below the folder, with their procedure beside") {
    const auto all = quytrinh::testing::run_scenarios(good().path);
    REQUIRE(all.size() == 1);
    CHECK(all.front().title == "Cấp ngay");
    CHECK(all.front().failure.empty());
    CHECK(quytrinh::testing::run_scenarios(good().path / "không có").empty());
}

TEST_CASE("a scenario that fails, one of an unknown procedure and a wrong file say so in words") {
    const folder made;
    made.write("QT.40.quytrinh", procedure_text);
    made.write("a.quytrinh", scenario_text("09/01/2024"));
    std::string other = scenario_text("03/01/2024");
    other.replace(other.find("QT.40"), 5, "QT.41");
    made.write("b.quytrinh", other);
    made.write("c.quytrinh", "không phải quy trình\n");
    const auto all = quytrinh::testing::run_scenarios(made.path);
    REQUIRE(all.size() == 3);
    CHECK(all[0].failure.find("09/01/2024") != std::string::npos);
    CHECK(all[0].failure.find("03/01/2024") != std::string::npos);
    CHECK(all[1].failure.find("QT.41") != std::string::npos);
    CHECK(all[2].failure.find("QT1") != std::string::npos);
}

TEST_CASE("a procedure that no office would take passes nothing") {
    // Its scenarios were run, and green.
    const folder made;
    std::string wrong = procedure_text;
    wrong.replace(wrong.find("chậm nhất 01 ngày kể từ khi nhận"),
                  std::string("chậm nhất 01 ngày kể từ khi nhận").size(), "04 giờ làm việc");
    made.write("QT.40.quytrinh", wrong +
                                     "kịch bản \"Cấp ngay\"\n"
                                     "  giả sử thời điểm 02/01/2024 08:00\n"
                                     "  khi MC mở hồ sơ\n  thì bước 1 ở MC\n");
    const auto all = quytrinh::testing::run_scenarios(made.path);
    REQUIRE(all.size() == 1);
    CHECK(all.front().failure.find("QT4010") != std::string::npos);
}
