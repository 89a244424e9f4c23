// SPDX-License-Identifier: BSL-1.0
// QT.CTCL.A and QT.CTCL.B against the tables of their source (5.1 to 5.7), written here by hand;
// and for every place where the source contradicts itself (C-…) the reading that settles it. What
// belongs to 5.8 and 5.9 is named as not being in these files.
#include <quytrinh/procedures/bundled.hpp>

#include "table.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace quytrinh;
using namespace table_of;

// clang-format off
const std::vector<part> shared_forms = {
    {"BM.CTCL.01",
     "1 Nội dung yêu cầu: Loại phiếu*, Đơn vị*, Nội dung KPH+?, Mô tả*, Nguồn thông tin+, "
     "Dấu hiệu+*; "
     "2 Nguyên nhân, biện pháp, thay đổi bổ sung (chỉ ghi thêm): Nguyên nhân*, Biện pháp*, "
     "Phân công triển khai, Thời gian hoàn thành*, Thay đổi, bổ sung; "
     "3 Bằng chứng kết quả thực hiện: Kết luận kiểm tra*, Biện pháp có hiệu lực, "
     "Sự KPH tương tự ở nơi khác, Chi tiết bằng chứng*, Tài liệu bằng chứng"},
};

const std::vector<reading> shared_readings = {
    {"", "thuật ngữ SKP", "giải nghĩa mà không viết tắt"},
    {"C-1", "thuật ngữ HĐKP", "dùng như chính hành động"},
    {"", "thuật ngữ CQHCNN", "dùng mà không giải nghĩa"},
    {"", "thuật ngữ TTHC", "dùng mà không giải nghĩa"},
    {"", "thuật ngữ XXLĐ", "trong tên mục 5.8"},
    {"C-27", "thuật ngữ CBCCVCLĐ", "cùng một chữ viết tắt"},
    {"C-10", "bên LĐCQ", "giữ ba nơi nhận, một người có thể giữ nhiều vai"},
    {"C-21", "bên LĐBISO", "khác với Lãnh đạo cao nhất"},
    {"C-16", "danh mục ND.KPH", "phải có danh mục nội dung"},
    {"", "danh mục NG.512", "«Không hạn chế thông tin đầu vào»"},
    {"C-27", "danh mục NG.512", "«Phòng ngừa»"},
    {"C-15", "danh mục DH.522", "từ hồ sơ KPH thứ tư cùng nội dung"},
    {"C-27", "danh mục DH.522", "«tiểm ẩn»"},
    {"C-2", "biểu mẫu BM.CTCL.01", "Một mẫu dùng cho hai loại giấy"},
    {"C-14", "biểu mẫu BM.CTCL.01", "thiếu «/cải tiến»"},
    {"C-15", "biểu mẫu BM.CTCL.01", "không riêng khi đánh giá nội bộ"},
    {"", "biểu mẫu BM.CTCL.01", "Dấu hiệu là điều Lãnh đạo đơn vị xác định"},
    {"C-8", "biểu mẫu BM.CTCL.01", "phân công, thời gian hoàn thành cũng ghi ô này"},
    {"C-8", "biểu mẫu BM.CTCL.01", "phần việc của từng người, từng đơn vị"},
    {"C-30", "biểu mẫu BM.CTCL.01", "còn hỏi có hiệu lực không"},
    {"C-30", "biểu mẫu BM.CTCL.01", "còn hỏi sự KPH tương tự"},
};

const std::vector<row> ctcl_a = {
    // step, lead, with, channel, papers, also, ways, limit
    {"5.1.1a", "NPH", "", "", "", "", "“Trong thẩm quyền” 5.1.1b, “Vượt thẩm quyền” 5.1.1c",
     "không nêu (đầu tệp)"},
    {"5.1.1b", "NPH", "", "",
     "lập BM.CTCL.01.1 (Loại phiếu | Đơn vị | Nội dung KPH | Mô tả | Nguồn thông tin), "
     "lập XL.KPH.1, lập XL.KPH.2", "", "xong 5.1.1f", "không nêu (đầu tệp)"},
    {"5.1.1c", "NPH", "", "",
     "lập BM.CTCL.01.1 (Loại phiếu | Đơn vị | Nội dung KPH | Mô tả | Nguồn thông tin)",
     "", "xong 5.1.1d", "không nêu (đầu tệp)"},
    {"5.1.1d", "LĐĐV", "", "", "dùng BM.CTCL.01, lập XL.KPH.1",
     "phân công NTH; phân công NKT khác NTH", "xong 5.1.1e", "không nêu (đầu tệp)"},
    {"5.1.1e", "NTH", "", "", "dùng BM.CTCL.01, lập XL.KPH.2", "", "xong 5.1.1f",
     "không nêu (đầu tệp)"},
    {"5.1.1f", "LĐĐV / NKT", "", "", "dùng BM.CTCL.01, lập XL.KPH.3", "khác người ở 5.1.1b, 5.1.1e",
     "OK 5.1.2, NOK 5.1.1d!", "không nêu (đầu tệp)"},
    {"5.1.2", "LĐĐV / BISO", "NPH", "", "lưu HS.01",
     "khi cần mở QT.CTCL.B, Đơn vị, Nội dung KPH, Mô tả", "xong hết “Đã xử lý”",
     "không nêu (đầu tệp)"},
};

const std::vector<part> ctcl_a_forms = {
    {"XL.KPH", "1 Hình thức xử lý: Hình thức xử lý+*, Người cho phép chấp nhận?, "
               "Thẩm quyền chấp nhận?, Lý do chấp nhận?; "
               "2 Kết quả xử lý: Kết quả xử lý*; 3 Kiểm tra: Nhận xét kiểm tra"},
};

const std::vector<reading> ctcl_a_readings = {
    {"C-19", "đầu tệp", "không nêu thời hạn nào ở mục 5.1"},
    {"", "bên NPH", "ai phát hiện thì người ấy mở hồ sơ"},
    {"C-28", "bên LĐĐV", "Trưởng đơn vị, Lãnh đạo đơn vị, Lãnh đạo trực tiếp"},
    {"", "biểu mẫu XL.KPH", "không có mẫu riêng"},
    {"", "biểu mẫu XL.KPH", "«như: …»"},
    {"C-18", "biểu mẫu XL.KPH", "đích danh người cho phép"},
    {"", "hồ sơ lưu HS.01", "«đơn vị thực hiện» ở đây là đơn vị có sự KPH"},
    {"C-2", "bước 5.1.1b", "KPH tự xử lý cũng ghi ô 1"},
    {"C-17", "bước 5.1.1d", "là hai người khác nhau"},
    {"C-17", "bước 5.1.1f", "«(nếu có)»"},
    {"", "bước 5.1.1f", "về bước xác định hình thức xử lý"},
    {"", "bước 5.1.2", "Cột trách nhiệm ghi CBCCVCLĐ, Trưởng các đơn vị, Ban ISO"},
};

const std::vector<row> ctcl_b = {
    {"5.2.1", "NMP", "", "",
     "lập BM.CTCL.01.1 (Loại phiếu | Đơn vị | Nội dung KPH | Mô tả | Nguồn thông tin)",
     "", "xong 5.2.2a", "không nêu"},
    {"5.2.2a", "LĐĐV", "báo NMP nếu \"Không cần thiết\"", "",
     "lập BM.CTCL.01.1 (Dấu hiệu) nếu \"Cần thiết\", lưu HS.01 nếu \"Không cần thiết\"", "",
     "“Cần thiết” 5.2.2b, “Không cần thiết” hết “Không cần thiết”!", "không nêu"},
    {"5.2.2b", "LĐĐV", "", "", "dùng BM.CTCL.01", "", "xong 5.3a", "không nêu"},
    {"5.3a", "TKISO", "", "", "dùng BM.CTCL.01", "", "xong 5.3b", "không nêu"},
    {"5.3b", "LĐBISO", "", "", "dùng BM.CTCL.01", "phân công NPT", "xong 5.4a", "không nêu"},
    {"5.4a", "NPT", "báo LĐBISO", "", "lập BM.CTCL.01.2 (Nguyên nhân | Biện pháp)", "",
     "xong 5.4b", "không nêu"},
    {"5.4b", "LĐBISO", "", "",
     "lập BM.CTCL.01.2 (Phân công triển khai | Thời gian hoàn thành) nếu OK, duyệt "
     "BM.CTCL.01.2 nếu OK",
     "phân công NTK nếu OK", "OK 5.5a, NOK 5.4a!", "không nêu"},
    {"5.5a", "NTK", "ĐV", "",
     "lập KHBP, dùng BM.CTCL.01, ghi thêm BM.CTCL.01.2 (Thay đổi, bổ sung)", "",
     "xong 5.5b", "theo «Thời gian hoàn thành» trong BM.CTCL.01"},
    {"5.5b", "NTK", "báo LĐCQ", "", "dùng BM.CTCL.01, lập BCKQ", "", "xong 5.6", "không nêu"},
    {"5.5c", "BISO", "", "", "",
     "trả lời Bổ sung nguồn lực | Thay đổi biện pháp | Giữ nguyên; hỏi tại 5.5a", "", "không nêu"},
    {"5.6", "LĐCQ / ủy quyền", "", "",
     "dùng BM.CTCL.01, lưu HS.01 nếu NOK, lập BM.CTCL.01.3 (Kết luận kiểm tra | "
     "Biện pháp có hiệu lực | Sự KPH tương tự ở nơi khác)",
     "khác người ở 5.5a, 5.5b; mở QT.CTCL.B tại 5.7b nếu NOK, thay cho hồ sơ này, Loại phiếu, "
     "Đơn vị, Nội dung KPH, Mô tả, Nguồn thông tin, Dấu hiệu, "
     "Kết luận kiểm tra thành Kết luận của phiếu trước",
     "OK 5.7a, NOK hết “Không đạt, mở phiếu mới”!", "không nêu"},
    {"5.7a", "BISO", "", "",
     "lập BM.CTCL.01.3 (Chi tiết bằng chứng | Tài liệu bằng chứng), lưu HS.01", "",
     "xong hết “Đạt”", "không nêu"},
    {"5.7b", "LĐCQ", "", "", "dùng BM.CTCL.01, lập YKGQ", "", "xong 5.3b", "không nêu"},
};

const std::vector<part> ctcl_b_forms = {
    {"KHBP", "Nội dung kế hoạch*, Văn bản kế hoạch"},
    {"BCKQ", "Kết quả thực hiện*, Văn bản báo cáo"},
    {"YKGQ", "Kết luận của phiếu trước, Ý kiến giải quyết*"},
};

const std::vector<reading> ctcl_b_readings = {
    {"C-19", "đầu tệp", "không nêu thời hạn ở các mục 5.2, 5.3, 5.4, 5.7"},
    {"C-12", "đầu tệp", "vào thẳng bước Lãnh đạo CQHCNN cho ý kiến"},
    {"C-28", "bên NMP", "có nơi gọi là đánh giá viên"},
    {"", "bên LĐĐV", "là đơn vị ghi trong ô 1"},
    {"C-7", "bên NTK", "giữ cả hai"},
    {"", "biểu mẫu KHBP", "đòi lập kế hoạch mà không có mẫu"},
    {"", "biểu mẫu YKGQ", "không nói ý kiến giải quyết ghi vào đâu"},
    {"", "hồ sơ lưu HS.01", "chưa phân công thì Thư ký ISO lưu"},
    {"", "hồ sơ lưu HS.01", "Mọi phiếu đều lưu"},
    {"C-3", "bước 5.2.1", "mở phiếu là đề nghị"},
    {"C-3", "bước 5.2.2a", "khi thấy không cần thiết"},
    {"C-4", "bước 5.2.2b", "là việc của Lãnh đạo đơn vị"},
    {"C-5", "bước 5.3a", "Cột trách nhiệm ghi Ban ISO"},
    {"C-6", "bước 5.4b", "việc duyệt và phân công là của Lãnh đạo Ban ISO"},
    {"C-6", "bước 5.4b", "khi không duyệt"},
    {"C-13", "bước 5.5a", "thay đổi thời hạn phải ghi ô 2"},
    {"C-9", "bước 5.5a", "hơn 01 tháng"},
    {"", "bước 5.5c", "trả lời «Giữ nguyên»"},
    {"C-11", "bước 5.6", "người kiểm tra không phải người thực hiện"},
    {"C-11", "bước 5.6", "giao cho người của Ban ISO"},
    {"C-13", "bước 5.6", "tùy lúc nào trước"},
    {"C-13", "bước 5.6", "kiểm tra trong bao lâu"},
    {"C-12", "bước 5.6", "phiếu mới thay phiếu cũ"},
    {"C-11", "bước 5.7a", "Ban ISO đóng phiếu, người kiểm tra mở phiếu mới"},
    {"C-12", "bước 5.7b", "không qua 5.2"},
    {"C-12", "bước 5.7b", "đã mở lại mấy lần"},
};
// clang-format on

// Of the management review (5.8) and the quality objectives (5.9), which are not in these files.
const std::set<int> elsewhere = {20, 22, 23, 24, 25, 26, 29};

}  // namespace

TEST_CASE("QT.CTCL.A is the table of 5.1") {
    const procedure& p = text_of("QT.CTCL.A");
    same_rows(p, ctcl_a);
    same_forms(p, together(shared_forms, ctcl_a_forms));
    same_records(p,
                 {{"HS.01", "BM.CTCL.01, XL.KPH; lưu tại ĐVKPH, TKISO; 3 năm từ khi không nêu"}});
    CHECK(bound(*p.find_party("NPH")) == "người mở");
    CHECK(bound(*p.find_party("LĐĐV")) == "lãnh đạo của NPH");
    CHECK(bound(*p.find_party("NTH")) == "phân công ở 5.1.1d");
    CHECK(bound(*p.find_party("NKT")) == "phân công ở 5.1.1d");
    // C-18: a named person, not words.
    const auto* allows = p.find_form("XL.KPH")->find("Người cho phép chấp nhận");
    REQUIRE(allows != nullptr);
    CHECK(allows->type == field_type::person);
    CHECK(p.find_form("XL.KPH")->find("Hình thức xử lý")->choices ==
          std::vector<std::string>{"Làm lại", "Sửa chữa/khắc phục", "Chấp nhận", "Loại bỏ"});
}

TEST_CASE("QT.CTCL.B is the table of 5.2 to 5.7") {
    const procedure& p = text_of("QT.CTCL.B");
    same_rows(p, ctcl_b);
    same_forms(p, together(shared_forms, ctcl_b_forms));
    same_records(
        p, {{"HS.01", "BM.CTCL.01, KHBP, BCKQ, YKGQ; lưu tại NTK, TKISO; 3 năm từ khi không nêu"}});
    CHECK(p.may_open_at == std::vector<std::string>{"5.7b"});
    CHECK(bound(*p.find_party("NMP")) == "người mở");
    CHECK(bound(*p.find_party("LĐĐV")) == "lãnh đạo của ĐVKPH");
    CHECK(bound(*p.find_party("ĐVKPH")) == "theo «Đơn vị» trong BM.CTCL.01");
    CHECK(bound(*p.find_party("NPT")) == "phân công ở 5.3b");
    CHECK(bound(*p.find_party("NTK")) == "phân công ở 5.4b");
}

TEST_CASE("QT.CTCL: every inconsistency of 5.1 to 5.7 is settled by a reading in its place") {
    same_readings(text_of("QT.CTCL.A"), together(shared_readings, ctcl_a_readings));
    same_readings(text_of("QT.CTCL.B"), together(shared_readings, ctcl_b_readings));
    every_id("C-", 30, elsewhere, {shared_readings, ctcl_a_readings, ctcl_b_readings});
}

TEST_CASE("QT.CTCL: what a later version brings is noted where it belongs") {
    has_notes(text_of("QT.CTCL.A"), {{"bước 5.1.2", "Mục 5.2.2: hồ sơ KPH lập quá 03 lần"}});
    has_notes(text_of("QT.CTCL.B"),
              {{"danh mục DH.522", "(mục 5.2.2)"},
               {"bước 5.3a", "Trình gộp nhiều phiếu"},
               {"bước 5.5a", "Mục 5.5: việc kéo dài thì hàng tháng báo cáo"},
               {"bước 5.5a", "Mục 5.5: thời hạn thay đổi thì ghi ô 2"},
               {"bước 5.6", "Mục 5.6: đến thời hạn thì kiểm tra dù chưa có báo cáo"}});
}

TEST_CASE("QT.CTCL: no definition of 4.1 and no abbreviation of 4.2 is dropped") {
    for (const char* code : {"QT.CTCL.A", "QT.CTCL.B"}) {
        CAPTURE(code);
        const procedure& p = text_of(code);
        const auto explained = [&](const char* section, const char* meaning) {
            CAPTURE(meaning);
            bool found = false;
            for (const auto& one : p.terms)
                if (one.meaning.find(meaning) != std::string::npos &&
                    join(one.source.sections, " ").find(section) != std::string::npos)
                    found = true;
            CHECK(found);
        };
        explained("4.1", "sự không đáp ứng một yêu cầu");
        explained("4.1", "hành động nhằm loại bỏ một sự không phù hợp được tìm thấy");
        explained("4.1", "hành động nhằm loại bỏ nguyên nhân của sự không phù hợp");
        explained("4.1", "thực hiện các ý kiến, kiến nghị nhằm nâng cao hiệu lực");
        explained("4.1", "mà không thực hiện bất kỳ giao dịch nào");
        explained("4.1", "ít nhất một hoạt động cần được thực hiện");
        for (const char* meaning :
             {"Không phù hợp", "Hành động khắc phục", "Hệ thống quản lý chất lượng",
              "Hệ thống văn bản quy phạm pháp luật", "Sổ tay chất lượng của HTQLCL",
              "Mục tiêu chất lượng", "Chính sách chất lượng",
              "Cán bộ, công chức, viên chức, người lao động"})
            explained("4.2", meaning);
        CHECK(p.find_party("BISO")->title == "Ban ISO");
        explained("5.8", "Xem xét của lãnh đạo");
    }
}
