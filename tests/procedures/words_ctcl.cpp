// SPDX-License-Identifier: BSL-1.0
// QT.CTCL.A and QT.CTCL.B in words: what table_ctcl.cpp leaves out. Titles, sections and sentences
// of every step, who everybody is, the type of every field and the lists of 5.1.2 and 5.2.2,
// written by hand from the source.
#include <quytrinh/procedures/bundled.hpp>

#include "table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace quytrinh;
using namespace table_of;

// clang-format off
const std::vector<sentences> ctcl_a = {
    // step, title, section, input, output, work
    {"5.1.1a", "Phát hiện, nhận biết, xem xét", "5.1.1", "", "",
     {"KPH với hệ thống VBQPPL và quy định hiện hành thì nhận biết, xem xét"}},
    {"5.1.1b", "Xử lý theo thẩm quyền vị trí công việc", "5.1.1", "", "",
     {"Xử lý theo thẩm quyền vị trí công việc"}},
    {"5.1.1c", "Báo cáo Lãnh đạo trực tiếp", "5.1.1", "", "",
     {"báo cáo Lãnh đạo trực tiếp để xác định hình thức xử lý; ghi nội dung KPH theo mẫu "
      "BM.CTCL.01"}},
    {"5.1.1d", "Xác định hình thức xử lý, phân công", "5.1.1", "", "",
     {"xác định hình thức xử lý, phân công người thực hiện và người kiểm tra kết quả"}},
    {"5.1.1e", "Thực hiện xử lý", "5.1.1", "", "", {"Thực hiện theo hình thức xử lý đã xác định"}},
    {"5.1.1f", "Kiểm tra kết quả khắc phục", "5.1.1", "", "",
     {"(nếu có) để đảm bảo sự KPH được xử lý triệt để"}},
    {"5.1.2", "Sử dụng thông tin làm cơ sở xem xét HĐKP, cải tiến", "5.1.2",
     "Hồ sơ sự KPH và các thông tin đầu vào của mục 5.1.2", "",
     {"Lưu hồ sơ sự KPH; xem xét cùng các thông tin đầu vào khác"}},
};

const std::vector<sentences> ctcl_b = {
    {"5.2.1", "Mở phiếu yêu cầu", "5.2.1", "", "",
     {"Tất cả các đơn vị, cá nhân trong phạm vi của HTQLCL có trách nhiệm phát hiện và báo cáo "
      "Trưởng đơn vị",
      "ghi rõ nội dung yêu cầu vào ô thứ nhất của BM.CTCL.01 và báo cáo Lãnh đạo đơn vị"}},
    {"5.2.2a", "Xác định nhu cầu thực hiện HĐKP, cải tiến", "5.2.2", "", "",
     {"xác định sự cần thiết thực hiện HĐKP theo các dấu hiệu (không hạn chế)"}},
    {"5.2.2b", "Gửi phiếu về Thư ký ISO", "5.2.2", "", "",
     {"Gửi phiếu yêu cầu HĐKP/cải tiến về Thư ký ISO tổng hợp, báo cáo Ban ISO"}},
    {"5.3a", "Tổng hợp, trình Lãnh đạo Ban ISO", "5.3", "", "",
     {"Thư ký ISO tổng hợp và trình Lãnh đạo Ban ISO các phiếu yêu cầu HĐKP/cải tiến của các đơn "
      "vị"}},
    {"5.3b", "Xem xét, chỉ đạo, phân công", "5.3", "", "",
     {"xem xét, chỉ đạo và phân công cá nhân, đơn vị thực hiện HĐKP/cải tiến"}},
    {"5.4a", "Phân tích nguyên nhân, đề ra biện pháp", "5.4", "", "",
     {"đề ra biện pháp khắc phục/cải tiến thích hợp; báo cáo lãnh đạo Ban ISO về giải pháp"}},
    {"5.4b", "Phê duyệt giải pháp, phân công triển khai, thời gian hoàn thành", "5.4", "", "",
     {"phê duyệt giải pháp, phân công cá nhân, đơn vị triển khai giải pháp, thời gian hoàn thành"}},
    {"5.5a", "Lập kế hoạch, thực hiện biện pháp", "5.5", "", "Kế hoạch thực hiện biện pháp",
     {"thực hiện các biện pháp khắc phục theo đúng nội dung, thời hạn được giao",
      "phối hợp với các đơn vị khác để thực hiện các biện pháp được nhanh chóng, có hiệu lực"}},
    {"5.5b", "Báo cáo kết quả cho Lãnh đạo CQHCNN", "5.5", "", "",
     {"Sau khi thực hiện đầy đủ nội dung của biện pháp khắc phục hoặc đề xuất cải tiến"}},
    {"5.5c", "Yêu cầu bổ sung nguồn lực hoặc thay đổi biện pháp", "5.5", "", "",
     {"yêu cầu Ban ISO xem xét bổ sung nguồn lực hoặc thay đổi biện pháp; thay đổi bổ sung ghi vào "
      "ô thứ hai"}},
    {"5.6", "Kiểm tra bằng chứng, xác nhận kết quả", "5.6", "", "",
     {"Tổ chức kiểm tra bằng chứng, xác nhận kết quả thực hiện"}},
    {"5.7a", "Đóng phiếu", "5.7", "", "",
     {"Ban ISO đóng phiếu, ghi đầy đủ chi tiết bằng chứng kết quả thực hiện vào ô thứ ba"}},
    {"5.7b", "Cho ý kiến giải quyết phiếu mở mới", "5.7", "", "",
     {"được chuyển cho Lãnh đạo CQHCNN xem xét cho ý kiến giải quyết"}},
};

const std::vector<part> shared_types = {
    {"BM.CTCL.01: Loại phiếu",
     "một trong Báo cáo sự KPH | Yêu cầu HĐKP | Yêu cầu cải tiến; bắt buộc"},
    {"BM.CTCL.01: Đơn vị", "đơn vị; bắt buộc"},
    {"BM.CTCL.01: Nội dung KPH",
     "một trong ND.KPH; nếu \"Loại phiếu\" khác \"Yêu cầu cải tiến\""},
    {"BM.CTCL.01: Mô tả", "chữ; bắt buộc"},
    {"BM.CTCL.01: Nguồn thông tin", "các mục NG.512"},
    {"BM.CTCL.01: Dấu hiệu", "các mục DH.522; bắt buộc"},
    {"BM.CTCL.01: Nguyên nhân", "chữ; bắt buộc"},
    {"BM.CTCL.01: Biện pháp", "chữ; bắt buộc"},
    {"BM.CTCL.01: Phân công triển khai", "chữ"},
    {"BM.CTCL.01: Thời gian hoàn thành", "ngày; bắt buộc"},
    {"BM.CTCL.01: Thay đổi, bổ sung", "chữ"},
    {"BM.CTCL.01: Kết luận kiểm tra", "chữ; bắt buộc"},
    {"BM.CTCL.01: Biện pháp có hiệu lực", "có hoặc không"},
    {"BM.CTCL.01: Sự KPH tương tự ở nơi khác", "chữ"},
    {"BM.CTCL.01: Chi tiết bằng chứng", "chữ; bắt buộc"},
    {"BM.CTCL.01: Tài liệu bằng chứng", "tệp đính kèm"},
};

const std::vector<part> ctcl_a_types = {
    {"XL.KPH: Hình thức xử lý",
     "một trong Làm lại | Sửa chữa/khắc phục | Chấp nhận | Loại bỏ; bắt buộc"},
    {"XL.KPH: Người cho phép chấp nhận", "người; nếu \"Hình thức xử lý\" là \"Chấp nhận\""},
    {"XL.KPH: Thẩm quyền chấp nhận", "chữ; nếu \"Hình thức xử lý\" là \"Chấp nhận\""},
    {"XL.KPH: Lý do chấp nhận", "chữ; nếu \"Hình thức xử lý\" là \"Chấp nhận\""},
    {"XL.KPH: Kết quả xử lý", "chữ; bắt buộc"},
    {"XL.KPH: Nhận xét kiểm tra", "chữ"},
};

const std::vector<part> ctcl_b_types = {
    {"KHBP: Nội dung kế hoạch", "chữ; bắt buộc"},
    {"KHBP: Văn bản kế hoạch", "tệp đính kèm"},
    {"BCKQ: Kết quả thực hiện", "chữ; bắt buộc"},
    {"BCKQ: Văn bản báo cáo", "tệp đính kèm"},
    {"YKGQ: Kết luận của phiếu trước", "chữ"},
    {"YKGQ: Ý kiến giải quyết", "chữ; bắt buộc"},
};

const std::vector<part> shared_parties = {
    {"BISO", "ban Ban ISO; gọi tắt Ban chỉ đạo ISO; mục 4.2"},
    {"LĐBISO", "chức danh Lãnh đạo Ban ISO; gọi tắt Lãnh đạo Ban chỉ đạo ISO; thuộc BISO; mục 5.3"},
    {"TKISO", "chức danh Thư ký ISO; thuộc BISO; mục 5.3"},
    {"LĐCQ",
     "vai trò Lãnh đạo CQHCNN; gọi tắt Lãnh đạo cơ quan, Lãnh đạo cao nhất; mục 5.6"},
    {"ĐV", "nhóm Các đơn vị thuộc phạm vi HTQLCL; mục II. Phạm vi áp dụng"},
};

const std::vector<part> ctcl_a_parties = {
    {"NPH", "vai trò Người phát hiện; người mở; mục 5.1.1"},
    {"LĐĐV", "vai trò Lãnh đạo đơn vị; gọi tắt Trưởng đơn vị, Lãnh đạo trực tiếp; lãnh đạo của "
     "NPH; "
             "mục 5.1.1"},
    {"ĐVKPH", "vai trò Đơn vị có sự KPH; theo «Đơn vị» trong BM.CTCL.01; mục 5.1.1"},
    {"NTH", "vai trò Người thực hiện xử lý; phân công ở 5.1.1d; mục 5.1.1"},
    {"NKT", "vai trò Người kiểm tra kết quả; phân công ở 5.1.1d; mục 5.1.1"},
};

const std::vector<part> ctcl_b_parties = {
    {"NMP", "vai trò Người mở phiếu; người mở; mục 5.2.1"},
    {"ĐVKPH", "vai trò Đơn vị cần khắc phục, cải tiến; theo «Đơn vị» trong BM.CTCL.01; mục 5.2.1"},
    {"LĐĐV", "vai trò Lãnh đạo đơn vị; gọi tắt Trưởng đơn vị; lãnh đạo của ĐVKPH; mục 5.2.2"},
    {"NPT", "vai trò Cá nhân, đơn vị phân tích nguyên nhân; phân công ở 5.3b; mục 5.3"},
    {"NTK", "vai trò Cá nhân, đơn vị triển khai giải pháp; phân công ở 5.4b; mục 5.4"},
};

const std::vector<std::string> sources_of_512 = {
    "Các hoạt động chức năng KPH",
    "Thông tin phản hồi từ các tổ chức, cá nhân, đơn vị khác, xử lý các ý kiến phản hồi của khách "
    "hàng",
    "Kết quả đánh giá chất lượng nội bộ, thể hiện qua hồ sơ sự KPH, báo cáo đánh giá",
    "Kết quả thực hiện các biện pháp khắc phục, phòng ngừa trước đó",
    "Các quyết định sau khi họp xem xét của Lãnh đạo đề ra",
    "Kết quả phân tích dữ liệu, giám sát các quá trình hoạt động chức năng",
    "Kết quả thực hiện các quá trình hoạt động chức năng",
    "Kết quả xác định sự phù hợp của hoạt động chức năng",
    "Các hồ sơ có liên quan của HTQLCL",
    "Kết quả phân tích rủi ro",
    "Các thông tin các bên có liên quan khác nhằm để cải tiến",
    "Các bài học kinh nghiệm nhằm để cải tiến",
};

const std::vector<std::string> signs_of_522 = {
    "KPH hoặc tiềm ẩn, dẫn đến hoặc có nguy cơ không thực hiện được MTCL, không đáp ứng CSCL của "
    "cơ "
    "quan",
    "KPH hoặc tiềm ẩn, có tính chất lặp lại",
    "KPH hoặc tiềm ẩn, gây hậu quả nặng, mức độ lớn",
    "Hồ sơ sự KPH được lập quá 03 lần liên tiếp cho cùng một nội dung KPH tại cùng đơn vị được "
    "đánh "
    "giá",
    "Cải tiến nâng cao hiệu quả, hiệu lực của HTQLCL",
    "Cải tiến chất lượng hoạt động chức năng nhằm nâng cao sự thỏa mãn của khách hàng",
    "Thay đổi cơ cấu tổ chức, phạm vi HTQLCL, hoạt động chức năng, định hướng thực hiện hoạt động "
    "chức năng",
    "Cơ hội cải tiến nhằm nâng cao hiệu lực và hiệu quả của HTQLCL",
};
// clang-format on

/// What both files take from I to III and from the lists that they share.
void same_shared(const procedure& p) {
    CHECK(p.head.agency == "<Tên CQHCNN>");
    CHECK(p.head.part_of == "QT.CTCL");
    CHECK(p.head.issue.empty());
    CHECK_FALSE(p.head.issued.stated);
    CHECK(p.head.scope.find("Tất cả các đơn vị thuộc phạm vi HTQLCL") != std::string::npos);
    CHECK(p.head.scope.find("không phù hợp tiềm ẩn") != std::string::npos);
    CHECK(p.head.cites ==
          std::vector<std::string>{
              "Tiêu chuẩn quốc gia TCVN ISO 9000:2015", "Tiêu chuẩn quốc gia TCVN ISO 9001:2015",
              "Quyết định số 101/QĐ-BKHCN ngày 21/01/2019 của Bộ KHCN", "Sổ tay chất lượng",
              "Quy trình Quản lý rủi ro", "Quy trình Đánh giá nội bộ HTQLCL"});
    same_words(p, "NG.512", sources_of_512, true);
    same_words(p, "DH.522", signs_of_522, true);
    same_words(p, "ND.KPH",
               {"Dịch vụ hành chính công không phù hợp", "Hoạt động chuyên môn không phù hợp"},
               true);
}

}  // namespace

TEST_CASE("QT.CTCL.A says what 5.1 says, step by step, party by party, field by field") {
    const procedure& p = text_of("QT.CTCL.A");
    same_shared(p);
    CHECK(p.title == "Nhận biết và xử lý sản phẩm, dịch vụ không phù hợp");
    CHECK(p.head.purpose.find("được phát hiện thông qua quá trình giải quyết các TTHC") !=
          std::string::npos);
    same_sentences(p, ctcl_a);
    same_types(p, together(ctcl_a_types, shared_types));
    same_parties(p, together(shared_parties, ctcl_a_parties));
}

TEST_CASE("QT.CTCL.B says what 5.2 to 5.7 say, step by step, party by party, field by field") {
    const procedure& p = text_of("QT.CTCL.B");
    same_shared(p);
    CHECK(p.title == "Phiếu yêu cầu hành động khắc phục/cải tiến");
    CHECK(p.head.purpose.find("đảm bảo tính hiệu lực, hiệu quả và cải tiến liên tục") !=
          std::string::npos);
    same_sentences(p, ctcl_b);
    same_types(p, together(ctcl_b_types, shared_types));
    same_parties(p, together(shared_parties, ctcl_b_parties));
}
