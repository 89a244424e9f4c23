// SPDX-License-Identifier: BSL-1.0
// QT.HTKH.03 and QT.HTKH.02 in words: what table_htkh.cpp leaves out. Titles, sections, inputs and
// sentences of every step, who everybody is, and the type of every field, written by hand from the
// sources.
#include <quytrinh/procedures/bundled.hpp>

#include "table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace quytrinh;
using namespace table_of;

// clang-format off
const std::vector<sentences> htkh_03 = {
    // step, title, section, input, output, work
    {"1", "Gửi văn bản đề nghị công việc", "5.2 bước 1", "", "",
     {"ĐVYC gửi công văn cho ĐVTH, trong đó có thông tin và các tài liệu về SPDV",
      "Trong công văn có thông tin đầu mối của ĐVYC"}},
    {"2", "Kiểm tra thông tin, tài liệu SPDV", "5.2 bước 2", "", "",
     {"ĐVTH phối hợp với ĐVYC kiểm tra thông tin, tài liệu về SPDV được cung cấp",
      "đầy đủ, rõ ràng: chuyển thực hiện bước 3; chưa đầy đủ: chuyển thực hiện lại bước 1"}},
    {"3", "Thống nhất kế hoạch thực hiện", "5.2 bước 3", "", "",
     {"Sau khi ĐVTH xác nhận về SPDV thì ĐVTH phối hợp với ĐVYC lập, thống nhất kế hoạch",
      "ĐVTH trình Lãnh đạo Trung tâm phê duyệt kế hoạch đã thống nhất"}},
    {"4", "Phê duyệt kế hoạch thực hiện", "5.2 bước 4", "", "",
     {"Lãnh đạo Trung tâm xét, phê duyệt kế hoạch thực hiện do ĐVTH trình",
      "ĐVTH chuyển thực hiện bước 5; không được phê duyệt: ĐVTH phối hợp ĐVYC thực hiện lại bước "
      "3"}},
    {"5", "Tổ chức thực hiện", "5.2 bước 5", "", "",
     {"ĐVTH phối hợp ĐVYC tổ chức thực hiện nhiệm vụ theo kế hoạch đã được phê duyệt"}},
    {"6a", "Xin ý kiến chỉ đạo", "5.2 bước 6", "", "",
     {"khó khăn, vướng mắc không xử lý được, ĐVTH chủ động xin ý kiến chỉ đạo của LĐTT và thực "
      "hiện "
      "lại bước 5"}},
    {"6", "Báo cáo kết quả thực hiện", "5.2 bước 6", "", "",
     {"ĐVTH báo cáo kết quả thực hiện nhiệm vụ và kết thúc nhiệm vụ"}},
};

const std::vector<part> htkh_03_types = {
    {"CVĐN: Số công văn", "chữ"},
    {"CVĐN: Ngày công văn", "ngày"},
    {"CVĐN: Loại yêu cầu", "các mục LYC; nếu vào từ bước 1"},
    {"CVĐN: Thông tin SPDV", "chữ; nếu vào từ bước 1"},
    {"CVĐN: Tài liệu SPDV", "tệp đính kèm"},
    {"CVĐN: Đầu mối của ĐVYC", "chữ; nếu vào từ bước 1"},
    {"KHTH: Nội dung kế hoạch", "chữ"},
    {"KHTH: Ngày hoàn thành", "ngày; bắt buộc"},
    {"KHTH: Đầu việc", "danh sách"},
    {"KHTH: Đầu việc / Công việc", "chữ; bắt buộc"},
    {"KHTH: Đầu việc / Người phụ trách", "chữ"},
    {"KHTH: Đầu việc / Ngày xong", "ngày"},
    {"KHTH: Tổ chức đào tạo về SPDV",
     "chữ; nếu \"Loại yêu cầu\" có trong \"Hỗ trợ khách hàng sau bán\""},
    {"VBT: Số văn bản trình", "chữ"},
    {"VBT: Ngày trình", "ngày"},
    {"XYK: Khó khăn, vướng mắc", "chữ; bắt buộc"},
    {"XYK: Gấp", "có hoặc không; bắt buộc"},
    {"XYK: Lý do gấp", "chữ; nếu \"Gấp\" là có"},
    {"BCKQ: Kết quả thực hiện", "chữ; bắt buộc"},
    {"BCKQ: Văn bản báo cáo", "tệp đính kèm"},
};

const char* const ten_units = "TCHC, KHTC, NCPT, DATT, DVCĐS, GPQLCL, HTATTT, HTKH, TCYDH, VPĐD";

/// The ten units of the title page, in both files.
const std::vector<part> units = {
    {"TCHC", "đơn vị Phòng Tổ chức - Hành chính"},
    {"KHTC", "đơn vị Phòng Kế hoạch - Tài chính"},
    {"NCPT", "đơn vị Phòng Nghiên cứu phát triển"},
    {"DATT", "đơn vị Phòng Dự án thông tin y tế"},
    {"DVCĐS", "đơn vị Phòng Dịch vụ chuyển đổi số y tế"},
    {"GPQLCL", "đơn vị Phòng Giải pháp và Quản lý chất lượng"},
    {"HTATTT", "đơn vị Phòng Hạ tầng và An toàn thông tin mạng"},
    {"TCYDH", "đơn vị Tạp chí Y, Dược học"},
    {"VPĐD", "đơn vị Văn phòng đại diện Trung tâm Thông tin y tế Quốc gia tại TPHCM"},
};

const std::vector<sentences> htkh_02 = {
    {"1", "Nhu cầu của KH về SPDV", "5.2 bước 1", "Nhu cầu của KH về sản phẩm dịch vụ", "",
     {"KH thực hiện yêu cầu giải đáp về SPDV"}},
    {"2", "Tiếp nhận nội dung yêu cầu", "5.2 bước 2", "Nhu cầu hỗ trợ", "",
     {"tiếp nhận, trao đổi nội dung KH yêu cầu, nhập nội dung trên QLPA hoặc file excel"}},
    {"3", "Xử lý theo nghiệp vụ", "5.2 bước 3", "Tính chất, mức độ KN/PA", "",
     {"Xử lý yêu cầu theo nghiệp vụ sau bán đã được đào tạo",
      "phân quyền thực hiện: nhân viên HTKH cung cấp thông tin, xử lý ngay trong cuộc gọi",
      "không được phân quyền thực hiện, không thuộc phạm vi xử lý: chuyển thực hiện bước 6"}},
    {"4", "KH đồng ý với giải pháp xử lý", "5.2 bước 4", "Giải pháp xử lý", "",
     {"KH đồng ý với giải pháp xử lý: chuyển bước 5; không đồng ý: chuyển bước 6"}},
    {"5", "Đóng hồ sơ, lưu PA", "5.2 bước 5", "Sự đồng ý của KH", "Đóng hồ sơ, lưu PA",
     {"KH chấp nhận với giải pháp xử lý bổ sung: HTKH đóng phản ánh, lưu hồ sơ"}},
    {"6", "Yêu cầu xử lý PA", "5.2 bước 6", "Nội dung chi tiết về PA", "",
     {"tiếp tục xử lý PA trong trường hợp KH không đồng ý ở bước 4",
      "có giải pháp phù hợp: chuyển bước 7, không có: chuyển bước 8"}},
    {"8", "Xin ý kiến chỉ đạo xử lý", "5.2 bước 8", "Thông tin PA", "",
     {"Bước 6 các phòng chuyên môn không xử lý được thì chuyển xin ý kiến chỉ đạo xử lý của LĐTT"}},
    {"7", "Phản hồi thông tin", "5.2 bước 7", "Nội dung chi tiết PA", "",
     {"cập nhật thêm giải pháp xử lý bổ sung, chuyển bước 4 để phản hồi cho KH"}},
};

const std::vector<part> htkh_02_types = {
    {"HSPA: Loại", "một trong Yêu cầu | Phản ánh | Khiếu nại; bắt buộc"},
    {"HSPA: Hình thức liên hệ", "một trong K6; bắt buộc"},
    {"HSPA: Khách hàng", "chữ"},
    {"HSPA: Dịch vụ", "chữ; bắt buộc"},
    {"HSPA: Nội dung yêu cầu", "chữ; bắt buộc"},
    {"HSPA: Tính chất, mức độ", "chữ"},
    {"HSPA: Thuộc phạm vi xử lý", "có hoặc không; bắt buộc"},
    {"HSPA: Giải pháp xử lý", "chữ; nếu \"Thuộc phạm vi xử lý\" là có"},
    {"HSPA: Phòng phối hợp",
     "các mục TCHC | KHTC | NCPT | DATT | DVCĐS | GPQLCL | HTATTT | TCYDH | VPĐD"},
    {"HSPA: Giải pháp xử lý bổ sung", "chữ; bắt buộc"},
    {"HSPA: Nội dung phản hồi", "chữ; bắt buộc"},
};
// clang-format on

/// What both title pages print alike.
void same_title_page(const procedure& p) {
    CHECK(p.head.agency == "Trung tâm Thông tin y tế Quốc gia");
    REQUIRE(p.head.checkers.size() == 1);
    CHECK(p.head.checkers[0].title == "Phó trưởng phòng phụ trách phòng Hỗ trợ khách hàng");
    REQUIRE(p.head.approvers.size() == 1);
    CHECK(p.head.approvers[0].title == "Giám đốc");
    CHECK(p.head.scope ==
          "Tất cả các tài liệu thuộc Hệ thống quản lý chất lượng của Trung tâm Thông tin y tế Quốc "
          "gia");
    CHECK(p.head.cites ==
          std::vector<std::string>{"Tiêu chuẩn ISO 9001:2015", "Các quy trình liên quan"});
    REQUIRE(p.head.copies.size() == 1);
    CHECK(p.head.copies[0].parties == std::vector<std::string>{"ĐV.TT"});
    CHECK(p.head.copies[0].purposes == std::vector<std::string>{"thực hiện"});
    has_notes(p, {{"đầu tệp", "phải nghiên cứu và thực hiện đúng"},
                  {"đầu tệp", "có hiệu lực thi hành như sự chỉ đạo của Giám đốc"},
                  {"đầu tệp", "File mềm được cung cấp trên mạng nội bộ"},
                  {"đầu tệp", "Bảng theo dõi tình trạng sửa đổi"}});
}

}  // namespace

TEST_CASE("QT.HTKH.03 says what its source says, step by step, party by party, field by field") {
    const procedure& p = text_of("QT.HTKH.03");
    same_title_page(p);
    CHECK(p.title == "Yêu cầu truyền thông/Hỗ trợ khách hàng sau bán sản phẩm dịch vụ");
    CHECK(p.head.issue == "01");
    CHECK(p.head.revision == "00");
    CHECK(to_day_first(p.head.issued) == "12/2023");
    REQUIRE(p.head.drafters.size() == 1);
    CHECK(p.head.drafters[0].title == "Chuyên viên");
    for (const char* words : {"Thống nhất cách thức thực hiện, cách phối hợp công việc",
                              "Làm rõ chức năng, trách nhiệm và quyền hạn",
                              "rút ngắn tối đa thời gian tại các bước trung gian"})
        CHECK(p.head.purpose.find(words) != std::string::npos);
    same_sentences(p, htkh_03);
    same_types(p, htkh_03_types);
    const std::string all_units =
        "nhóm Các phòng, ban, đơn vị thuộc và trực thuộc Trung tâm; gồm " + std::string(ten_units) +
        "; mục Trang bìa, Nơi nhận";
    same_parties(p, together(units, {{"ĐVYC", "vai trò Đơn vị yêu cầu; mục 4"},
                                     {"ĐVTH", "vai trò Đơn vị thực hiện; mục 5.1, 5.2"},
                                     {"LĐTT", "vai trò Lãnh đạo Trung tâm; gọi tắt LĐTĐ; mục 4"},
                                     {"HTKH", "đơn vị Phòng Hỗ trợ khách hàng"},
                                     {"ĐV.TT", all_units.c_str()}}));
    same_words(p, "LYC", {"Truyền thông", "Hỗ trợ khách hàng sau bán"}, false);
}

TEST_CASE("QT.HTKH.02 says what its source says, step by step, party by party, field by field") {
    const procedure& p = text_of("QT.HTKH.02");
    same_title_page(p);
    CHECK(p.title == "Phối hợp xử lý yêu cầu của khách hàng");
    CHECK(p.head.issue.empty());
    CHECK(p.head.issued.written);
    CHECK_FALSE(p.head.issued.stated);
    REQUIRE(p.head.drafters.size() == 1);
    CHECK(p.head.drafters[0].title == "Viên chức");
    for (const char* words :
         {"trong quá trình hỗ trợ giải đáp thắc mắc của khách hàng, giải quyết yêu cầu, phản ánh",
          "Quy định rõ trách nhiệm và quyền hạn của các đơn vị"})
        CHECK(p.head.purpose.find(words) != std::string::npos);
    same_sentences(p, htkh_02);
    same_types(p, htkh_02_types);
    const std::string all_units =
        "nhóm Các phòng, ban, đơn vị thuộc và trực thuộc Trung tâm; gồm " + std::string(ten_units) +
        "; mục Trang bìa, Nơi nhận";
    same_parties(
        p, together(
               units,
               {{"KH", "bên ngoài Khách hàng; mục 4"},
                {"LĐTT", "vai trò Lãnh đạo Trung tâm; mục 4"},
                {"PCT", "vai trò Phòng chuyên môn chủ trì xử lý; phân công ở 3, 4; mục 5.2 bước 6"},
                {"PPH",
                 "vai trò Phòng chuyên môn phối hợp xử lý; theo «Phòng phối hợp» trong "
                 "HSPA; mục 5.2 bước 6"},
                {"HTKH", "đơn vị Phòng Hỗ trợ khách hàng; mục 4"},
                {"ĐV.TT", all_units.c_str()},
                {"PCM",
                 "nhóm Các phòng, ban chuyên môn; gồm TCHC, KHTC, NCPT, DATT, DVCĐS, "
                 "GPQLCL, HTATTT, TCYDH, VPĐD; mục 5.2 bước 6"}}));
}
