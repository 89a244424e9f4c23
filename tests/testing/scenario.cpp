// SPDX-License-Identifier: BSL-1.0
// tests/testing/scenario.cpp: scenarios run on the real kernel: what passes, what diverges and how
// it is told, what is stopped.
#include <quytrinh/testing/scenario.hpp>

#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace quytrinh;
using quytrinh::testing::run;
using quytrinh::testing::run_stop;
using quytrinh::testing::scenario_options;
using quytrinh::testing::scenario_result;

namespace {

const std::string office = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy xác nhận"
  hạn chung 10 ngày
  được rút: MC, trước bước 3
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
vai trò NTH "Người thực hiện"
  được phân công ở bước 2
danh mục PQ "Phân quyền"
  cột "Loại" là chữ
biểu mẫu GXN "Giấy xác nhận"
  thông tin "Gấp" là có hoặc không, bắt buộc
  thông tin "Số bản" là số
  thông tin "Loại" là chữ
  thông tin "Giấy tờ" là danh sách
    cột "Tên" là chữ
    cột "Ngày" là ngày
hồ sơ lưu HS.01 "Hồ sơ cấp giấy"
  gồm GXN
  lưu tại MC
  thời gian lưu 03 năm kể từ khi kết thúc
bước 1 "Tiếp nhận hồ sơ"
  chủ trì MC
  điều kiện "Đã nộp lệ phí"
  lập GXN
  thời hạn không nêu
  xong → bước 2
bước 2 "Phê duyệt"
  chủ trì LĐ
  phân công NTH nếu OK
  thời hạn 02 ngày
  OK → bước 3
  NOK → bước 1, nêu lý do
bước 3 "Cấp giấy"
  chủ trì NTH
  báo tin MC
  lưu HS.01
  thời hạn 01 ngày
  xong → kết thúc "Đã cấp"
xin ý kiến 2a "Xin ý kiến" tại bước 2
  hỏi MC
  thời hạn 01 ngày
)";

parsed read_with(const std::string& lines) {
    parsed read = parse("thu.quytrinh", office + "\nkịch bản \"Thử\"\n" + lines);
    REQUIRE_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en));
    REQUIRE(read.scenarios != nullptr);
    return read;
}
const scenario& only_one(const parsed& read);

scenario_result run_lines(const std::string& lines, const scenario_options& with = {}) {
    const parsed read = read_with("  giả sử thời điểm 11/12/2023 08:00\n" + lines);
    return run(only_one(read), read.definition, with);
}
const scenario& only_one(const parsed& read) { return read.scenarios->items.front(); }

/// It passes, or the failure is shown.
void passes(const std::string& lines) {
    const parsed read = read_with("  giả sử thời điểm 11/12/2023 08:00\n" + lines);
    const scenario_result went = run(only_one(read), read.definition);
    REQUIRE(went.runs.size() == 1);
    CHECK_MESSAGE(went.passed(), quytrinh::testing::to_text(only_one(read), went.runs.front(),
                                                            read.sources, language::vi));
}
/// It diverges at the last line; gives what was seen.
std::string diverges(const std::string& lines) {
    const parsed read = read_with("  giả sử thời điểm 11/12/2023 08:00\n" + lines);
    const scenario_result went = run(only_one(read), read.definition);
    INFO(lines);
    REQUIRE(went.runs.size() == 1);
    REQUIRE_FALSE(went.passed());
    CHECK(went.runs.front().first->line + 1 == only_one(read).lines.size());
    CHECK(went.runs.front().first->stopped == run_stop::none);
    return went.runs.front().first->seen.vi;
}

const std::string sent = "  khi MC xong bước 1, ghi \"Gấp\" là có\n";
const std::string approved = sent + "  và LĐ chọn OK ở bước 2, phân công NTH là P.A \"nv07\"\n";

}  // namespace

TEST_CASE("a case from its opening to its end, every kind of line") {
    passes(
        "  và MC là P.MC\n  và số hồ sơ \"15/MC\"\n  và theo lịch HC.VN\n"
        "  khi P.MC mở hồ sơ\n  thì bước 1 ở MC, đến hạn không nêu, vòng 1\n"
        "  và hồ sơ còn mở, đến hạn 21/12/2023\n"
        "  khi MC xong bước 1, ghi \"Gấp\" là có, không đánh dấu \"Đã nộp lệ phí\"\n"
        "  thì bị từ chối vì \"lệ phí\"\n"
        "  khi MC ghi \"Số bản\" là 2, \"Giấy tờ\" là (\"Đơn\", 11/12/2023) ở bước 1\n"
        "  thì \"Số bản\" là 2\n  và \"Giấy tờ\" là (\"Đơn\", 11/12/2023)\n  và \"Loại\" chưa có\n"
        "  khi MC xong bước 1, ghi \"Gấp\" trong GXN là có\n"
        "  thì \"Gấp\" là có\n  và \"Gấp\" đã có\n  và đang ở bước 2\n  và LĐ được báo về bước 2\n"
        "  và MC không được báo\n  và bước 1 đã xong\n  và bước 3 chưa mở\n"
        "  và bước 2 ở LĐ, đến hạn 13/12/2023, chưa quá hạn\n"
        "  và LĐ có thể chọn OK ở bước 2\n  và MC không thể chọn OK ở bước 2\n"
        "  và MC có thể rút hồ sơ\n  và LĐ có thể hỏi 2a\n"
        "  khi LĐ \"nv05\" nhận việc bước 2\n  và LĐ \"nv05\" trả việc bước 2\n"
        "  và LĐ giao bước 2 cho \"nv06\"\n  thì bước 2 ở LĐ \"nv06\"\n"
        "  khi LĐ \"nv06\" hỏi 2a \"Đủ giấy tờ chưa?\"\n  thì câu hỏi 2a ở MC, đến hạn 12/12/2023\n"
        "  và MC có thể trả lời 2a\n  và MC được báo về câu hỏi 2a\n"
        "  khi MC trả lời 2a \"Đủ\"\n  thì câu hỏi 2a đã trả lời \"Đủ\"\n"
        "  khi 3 ngày sau\n  thì bước 2 ở LĐ, quá hạn\n  và LĐ được báo về quá hạn\n"
        "  khi LĐ \"nv06\" chọn OK ở bước 2, phân công NTH là P.A \"nv07\"\n"
        "  thì bước 2 đã xong OK, trễ hạn\n  và bước 3 ở P.A\n"
        "  khi 2 giờ sau, P.A \"nv07\" xong bước 3\n"
        "  thì hồ sơ kết thúc \"Đã cấp\"\n  và đã lưu HS.01, đến hết ngày 14/12/2026\n"
        "  và bước 3 đã xong, đúng hạn\n");
    passes(sent + "  khi MC rút hồ sơ vì \"nhầm\"\n  thì hồ sơ đã rút\n");
    passes(sent + "  khi LĐ chọn NOK ở bước 2 vì \"thiếu\"\n  thì đang ở bước 1, vòng 2\n");
    passes("  khi MC mở hồ sơ\n  và đến 22/12/2023\n  thì hồ sơ quá hạn\n");
}

TEST_CASE("what differs is told as an officer would say it") {
    CHECK(diverges(sent + "  thì bước 2 ở LĐ, đến hạn 14/12/2023\n") == "hạn là 13/12/2023");
    CHECK(diverges(sent + "  thì bước 2 ở MC\n") == "ở LĐ");
    CHECK(diverges(sent + "  thì bước 3\n") == "đang ở bước 2 (LĐ, vòng 1)");
    CHECK(diverges(sent + "  thì đang ở bước 1\n") == "đang ở bước 2 (LĐ, vòng 1)");
    CHECK(diverges(sent + "  thì đang ở bước 2, vòng 2\n") == "vòng 1");
    CHECK(diverges(sent + "  thì bước 2, quá hạn\n") == "chưa quá hạn");
    CHECK(diverges(sent + "  thì bước 2 chưa mở\n") == "đang ở bước 2 (LĐ, vòng 1)");
    CHECK(diverges(sent + "  thì bước 2 đã xong\n") == "đang ở bước 2 (LĐ, vòng 1)");
    CHECK(diverges(sent + "  thì bước 1 đã xong, trễ hạn\n") == "đúng hạn");
    CHECK(diverges(sent + "  thì MC được báo\n") == "chỉ có LĐ được báo");
    CHECK(diverges(sent + "  thì LĐ không được báo\n").find("được báo: ") == 0);
    CHECK(diverges(sent + "  thì MC có thể chọn OK ở bước 2\n").find("đang ở bước 2") == 0);
    CHECK(diverges(sent + "  thì LĐ không thể chọn OK ở bước 2\n") == "làm được");
    CHECK(diverges(sent + "  thì \"Gấp\" là không\n") == "có");
    CHECK(diverges(sent + "  thì \"Số bản\" đã có\n") == "còn trống");
    CHECK(diverges(sent + "  thì đã lưu HS.01\n") == "chưa lưu gì");
    CHECK(diverges(sent + "  thì hồ sơ kết thúc\n") == "đang ở bước 2 (LĐ, vòng 1)");
    CHECK(diverges(sent + "  thì hồ sơ quá hạn\n") == "chưa quá hạn");
    CHECK(diverges(sent + "  thì câu hỏi 2a ở MC\n") == "đang ở bước 2 (LĐ, vòng 1)");
    CHECK(diverges(sent + "  thì bị từ chối\n") == "được nhận; đang ở bước 2 (LĐ, vòng 1)");
    CHECK(diverges("  khi MC xong bước 1\n").find("bị từ chối: ") == 0);
    CHECK(diverges("  khi MC xong bước 1\n  thì bị từ chối vì \"hết giờ\"\n").find("Gấp") !=
          std::string::npos);
    CHECK(diverges("  khi 1 ngày sau\n  thì đang ở bước 1\n") == "chưa có hồ sơ nào được mở");
    CHECK(diverges(sent + "  khi sang hồ sơ QT.02\n") == "chưa có hồ sơ nào của QT.02");
    CHECK(diverges(approved + "  khi P.A \"nv07\" xong bước 3\n"
                              "  thì đã lưu HS.01, đến hết ngày 01/01/2030\n") ==
          "đã lưu HS.01, đến hết ngày 11/12/2026");
}

TEST_CASE("the failure report has the place, both sides and what happened, in both languages") {
    const parsed read = read_with("  giả sử thời điểm 11/12/2023 08:00\n" + sent +
                                  "  khi 1 ngày sau, LĐ chọn NOK ở bước 2 vì \"thiếu\"\n"
                                  "  thì bước 2 ở LĐ\n");
    const scenario_result went = run(only_one(read), read.definition);
    REQUIRE_FALSE(went.passed());
    const auto& one = went.runs.front();
    CHECK(quytrinh::testing::to_text(only_one(read), one, read.sources, language::vi) ==
          R"(  thu.quytrinh:48: thì bước 2 ở LĐ
  cần thấy: bước 2 đang mở
  đã thấy:  đang ở bước 1 (MC, vòng 2)
  diễn biến:
    11/12/2023 08:00  MC mở hồ sơ QT.01
    11/12/2023 08:00  → bước 1 ở MC
    11/12/2023 08:00  MC xong bước 1
    11/12/2023 08:00  → bước 2 ở LĐ, đến hạn 13/12/2023
    12/12/2023 08:00  LĐ xong bước 2: NOK (“thiếu”)
    12/12/2023 08:00  → bước 1 ở MC, vòng 2
)");
    CHECK(quytrinh::testing::to_text(only_one(read), one, read.sources, language::en)
              .find("expected: step 2 is open\n  seen:     now at step 1 (MC, round 2)") !=
          std::string::npos);
    REQUIRE(one.first->mend.has_value());
    CHECK(one.first->mend->text == "1");
}

TEST_CASE("a table runs once a row and tells the row that differs") {
    const parsed read =
        read_with("  giả sử thời điểm theo cột \"Ngày\"\n" + sent +
                  "  thì bước 2 ở LĐ, đến hạn theo cột \"Hạn\"\n"
                  "  bảng \"Ngày\", \"Hạn\"\n  dòng 11/12/2023 08:00, 13/12/2023\n"
                  "  dòng 12/12/2023 08:00, 13/12/2023\n  dòng 13/12/2023, 15/12/2023\n");
    const scenario_result went = run(only_one(read), read.definition);
    REQUIRE(went.runs.size() == 3);
    CHECK(went.runs[0].passed());
    REQUIRE_FALSE(went.runs[1].passed());
    CHECK(went.runs[2].passed());
    CHECK(went.runs[1].row == 2);
    CHECK(went.runs[1].first->seen.vi == "hạn là 14/12/2023");
    // What is to be written anew stands in the row.
    REQUIRE(went.runs[1].first->mend.has_value());
    CHECK(read.sources.front().slice(went.runs[1].first->mend->where.range) == "13/12/2023");
}

TEST_CASE("a scenario that never ends is stopped, with the reason") {
    scenario_options few;
    few.bounds.lines = 3;
    std::string many = sent;
    for (int i = 0; i < 10; ++i) many += "  khi 1 ngày sau\n  thì hồ sơ còn mở\n";
    scenario_result went = run_lines(many, few);
    REQUIRE_FALSE(went.passed());
    CHECK(went.runs.front().first->stopped == run_stop::lines);
    CHECK(went.runs.front().first->seen.en == "stopped: the scenario has more than 3 lines");

    went = run_lines(sent + "  khi 99 năm sau\n  và 2 năm sau\n  thì hồ sơ còn mở\n");
    REQUIRE_FALSE(went.passed());
    CHECK(went.runs.front().first->stopped == run_stop::years);

    scenario_options rows;
    rows.bounds.rows = 1;
    const parsed read =
        read_with("  giả sử thời điểm theo cột \"Ngày\"\n" + sent +
                  "  thì bước 2\n  bảng \"Ngày\"\n  dòng 11/12/2023\n  dòng 12/12/2023\n");
    went = run(only_one(read), read.definition, rows);
    REQUIRE(went.runs.size() == 1);
    CHECK(went.runs.front().first->stopped == run_stop::rows);
}

TEST_CASE("the result carries each case with its history, for whoever counts") {
    const scenario_result went = run_lines(approved + "  thì bước 3 ở P.A\n");
    REQUIRE(went.passed());
    REQUIRE(went.runs.front().cases.size() == 1);
    CHECK(went.runs.front().cases.front().definition->code == "QT.01");
    CHECK(went.runs.front().cases.front().history.size() > 4);
    CHECK(went.runs.front().timeline.empty());
    CHECK(went.lines() == 4);
}

TEST_CASE("equal runs are equal") {
    const std::string lines = sent + "  thì bước 2 ở MC\n";
    const scenario_result a = run_lines(lines), b = run_lines(lines);
    CHECK(a.runs.front().first->seen.vi == b.runs.front().first->seen.vi);
    CHECK(a.runs.front().cases.front().id == b.runs.front().cases.front().id);
}

// A name that nobody had was accepted wherever the unit was right.
TEST_CASE("a person that is named is the one who has the task, or who was told") {
    passes(approved + "  thì bước 3 ở P.A \"nv07\"\n  và P.A \"nv07\" được báo về bước 3\n");
    CHECK(diverges(approved + "  thì bước 3 ở P.A \"nv08\"\n") == "không của riêng ai trong P.A");
    CHECK(diverges(sent + "  thì bước 2 ở LĐ \"gd09\"\n") == "không của riêng ai trong LĐ");
    CHECK(diverges(sent + "  và LĐ \"gd01\" nhận việc bước 2\n  thì bước 2 ở LĐ \"gd09\"\n") ==
          "gd01");
    CHECK_FALSE(diverges(approved + "  thì P.A \"nv08\" được báo về bước 3\n").empty());
}

// Mail to whoever opened the case names no role, so the role that is the opener was never told.
TEST_CASE("a role that is whoever opened the case is told what the opener is told") {
    const parsed read = parse("thu.quytrinh", R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.02 "Báo tin"
  không nêu hồ sơ lưu
vai trò NM "Người mở"
  là người mở hồ sơ
vai trò LĐ "Lãnh đạo"
bước 1 "Gửi"
  chủ trì NM
  thời hạn không nêu
  xong → bước 2
bước 2 "Xem"
  chủ trì LĐ
  thời hạn không nêu
  xong → kết thúc

kịch bản "Thử"
  giả sử thời điểm 11/12/2023 08:00
  khi P.KT xong bước 1
  và LĐ xong bước 2
  thì NM được báo về kết thúc
)");
    REQUIRE_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en));
    const scenario_result went = run(only_one(read), read.definition);
    CHECK_MESSAGE(went.passed(), quytrinh::testing::to_text(only_one(read), went.runs.front(),
                                                            read.sources, language::vi));
}

namespace {

/// A step with channels, a form that is approved, a record whose keeping waits, a question that is
/// due at once, a linked case that may be opened.
const std::string busy = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.02 "Xử lý kiến nghị"
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
vai trò PH "Phòng phối hợp"
biểu mẫu TT "Tờ trình"
  thông tin "Nội dung" là chữ, bắt buộc
  thông tin "Ghi chú thêm" là chữ
biểu mẫu PX "Phiếu xin ý kiến"
  thông tin "Điều cần hỏi" là chữ
hồ sơ lưu HS.01 "Hồ sơ kiến nghị"
  gồm TT
  gồm PX
  lưu tại MC
  thời gian lưu 03 năm kể từ khi kết thúc
hồ sơ lưu HS.02 "Sổ theo dõi"
  gồm TT
  lưu tại MC
  thời gian lưu không nêu
bước 1 "Tiếp nhận"
  chủ trì MC
  phối hợp PH
  hình thức "tại quầy", "trực tuyến"
  lập TT
  lưu HS.01
  lưu HS.02
  thời hạn không nêu
  xong → bước 2
bước 2 "Duyệt"
  chủ trì LĐ
  dùng TT
  duyệt TT nếu OK
  thời hạn ngay lập tức
  khi cần mở quy trình QT.CTCL.A
  OK → kết thúc
  NOK → bước 1, nêu lý do
xin ý kiến 2a "Xin ý kiến" tại bước 2
  hỏi PH
  lập PX
  thời hạn ngay lập tức
)";

scenario_result run_busy(const std::string& lines, const parsed*& shown) {
    static std::vector<parsed> kept;
    kept.push_back(parse("kn.quytrinh", busy +
                                            "\nkịch bản \"Thử\"\n  giả sử thời điểm 11/12/2023 "
                                            "08:00\n" +
                                            lines));
    const parsed& read = kept.back();
    REQUIRE_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::vi));
    shown = &read;
    return run(only_one(read), read.definition);
}
void busy_passes(const std::string& lines) {
    const parsed* read = nullptr;
    const scenario_result went = run_busy(lines, read);
    CHECK_MESSAGE(went.passed(), quytrinh::testing::to_text(only_one(*read), went.runs.front(),
                                                            read->sources, language::vi));
}
/// What is seen in the last line, and what `--update` would write there.
std::pair<std::string, std::string> busy_diverges(const std::string& lines) {
    const parsed* read = nullptr;
    const scenario_result went = run_busy(lines, read);
    INFO(lines);
    REQUIRE_FALSE(went.passed());
    const auto& first = *went.runs.front().first;
    CHECK(first.line + 1 == only_one(*read).lines.size());
    return {first.seen.vi, first.mend ? first.mend->text : std::string()};
}

const std::string online =
    "  khi MC xong bước 1, ghi \"Nội dung\" là \"đèn hỏng\", hình thức \"trực tuyến\"\n";

}  // namespace

TEST_CASE("what is kept, of which papers and until when, and what is not kept") {
    busy_passes("  khi MC mở hồ sơ\n  thì chưa lưu HS.01\n" + online +
                "  thì đã lưu HS.01 gồm TT, chưa biết đến bao giờ\n"
                "  và đã lưu HS.02 gồm TT, không nêu\n  và đã lưu HS.01\n");
    CHECK(busy_diverges(online + "  thì chưa lưu HS.01\n").first == "đã lưu HS.01");
    CHECK(busy_diverges(online + "  thì đã lưu HS.01 gồm TT, PX\n").first == "HS.01 gồm TT");
    using two = std::pair<std::string, std::string>;
    CHECK(busy_diverges(online + "  thì đã lưu HS.01, vĩnh viễn\n") ==
          two{"đã lưu HS.01, chưa biết đến bao giờ", "chưa biết đến bao giờ"});
    CHECK(busy_diverges(online + "  thì đã lưu HS.02, chưa biết đến bao giờ\n") ==
          two{"đã lưu HS.02, không nêu", "không nêu"});
    CHECK(busy_diverges(online + "  và LĐ chọn OK ở bước 2\n"
                                 "  thì đã lưu HS.01, chưa biết đến bao giờ\n") ==
          two{"đã lưu HS.01, đến hết ngày 11/12/2026", "đến hết ngày 11/12/2026"});
}

TEST_CASE("who may write, comment, take and hand on; what is approved; by which channel") {
    busy_passes(
        "  khi MC mở hồ sơ\n  thì MC có thể ghi ở bước 1\n"
        "  và MC có thể ghi \"Nội dung\" trong TT, \"Ghi chú thêm\" ở bước 1\n"
        "  và PH không thể ghi ở bước 1\n  và PH có thể có ý kiến ở bước 1\n"
        "  và LĐ không thể có ý kiến ở bước 1\n  và MC có thể nhận việc bước 1\n"
        "  và PH không thể nhận việc bước 1\n  và MC có thể giao bước 1\n" +
        online +
        "  thì bước 1 đã xong, hình thức \"trực tuyến\"\n"
        "  và LĐ không thể ghi \"Nội dung\" ở bước 2\n  và TT chưa được duyệt\n"
        "  khi LĐ chọn OK ở bước 2\n  thì TT đã được duyệt\n"
        "  và không có hồ sơ mới QT.CTCL.A\n");
    CHECK(busy_diverges(online + "  thì bước 1 đã xong, hình thức \"tại quầy\"\n").first ==
          "hình thức “trực tuyến”");
    CHECK(busy_diverges(online + "  thì TT đã được duyệt\n").first == "TT chưa được duyệt");
    CHECK(busy_diverges(online + "  và LĐ chọn OK ở bước 2, mở quy trình QT.CTCL.A\n"
                                 "  thì không có hồ sơ mới QT.CTCL.A\n")
              .first == "có hồ sơ mới QT.CTCL.A");
    CHECK(busy_diverges(online + "  thì PH có thể có ý kiến ở bước 2\n").first ==
          "đang ở bước 2 (LĐ, vòng 1)");
}

TEST_CASE("what is due at once is late when that is said, and not before") {
    // However much time passed, a scenario could never see it late.
    busy_passes(online +
                "  và 30 ngày sau\n"
                "  thì bước 2 ở LĐ, đến hạn ngay lập tức, chưa quá hạn\n"
                "  khi LĐ hỏi 2a \"Ai sửa?\"\n  và ghi nhận quá hạn câu hỏi 2a\n"
                "  thì câu hỏi 2a ở PH, đến hạn ngay lập tức, quá hạn\n"
                "  và PH được báo về quá hạn\n  và bước 2, chưa quá hạn\n"
                "  khi PH trả lời 2a \"Tổ điện\"\n  và 1 giờ sau, ghi nhận quá hạn bước 2\n"
                "  thì LĐ được báo về quá hạn\n  khi LĐ chọn OK ở bước 2\n"
                "  thì bước 2 đã xong OK, trễ hạn\n");
    busy_passes(online + "  và LĐ chọn OK ở bước 2\n  thì bước 2 đã xong OK, đúng hạn\n");
    busy_passes("  khi ghi nhận quá hạn bước 2\n  thì bị từ chối vì \"bước 2\"\n");
}
