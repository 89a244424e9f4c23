// SPDX-License-Identifier: BSL-1.0
// QT.HTKH.03 and QT.HTKH.02 against the tables of their sources, written here by hand: who leads,
// who takes part, through what, with which papers, where to, until when; and for every place where
// the source contradicts itself (H3-…, H2-…) the reading that settles it, at its place.
#include <quytrinh/procedures/bundled.hpp>

#include "table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace quytrinh;
using namespace table_of;

// clang-format off
const std::vector<row> htkh_03 = {
    // step, lead, with, channel, papers, also, ways, limit
    {"1", "ĐVYC", "ĐVTH", "", "lập CVĐN", "điều kiện «SPDV đã được phê duyệt triển khai»",
     "xong 2", "không nêu"},
    {"2", "ĐVTH", "ĐVYC", "",
     "dùng CVĐN, lập CVĐN (Loại yêu cầu | Thông tin SPDV | Đầu mối của ĐVYC) nếu OK", "",
     "OK 3, NOK 1!", "3 ngày từ khi nhận ở 1"},
    {"3", "ĐVTH", "ĐVYC", "", "lập KHTH, lập VBT", "",
     "xong 4", "7 ngày từ khi hoàn thành 2"},
    {"4", "LĐTT", "ĐVTH, ĐVYC", "", "dùng VBT, duyệt KHTH nếu OK", "",
     "OK 5, NOK 3!", "2 ngày từ khi nhận ở 3"},
    {"5", "ĐVTH", "ĐVYC", "", "dùng KHTH", "",
     "xong 6", "theo «Ngày hoàn thành» trong KHTH"},
    {"6a", "LĐTT", "ĐVYC", "", "lập XYK", "hỏi tại 5",
     "", "ngay nếu \"Gấp\" là có; 2 ngày từ khi nhận"},
    {"6", "ĐVTH + ĐVYC", "LĐTT", "", "lập BCKQ", "",
     "xong hết", "không nêu"},
};

const std::vector<part> htkh_03_forms = {
    {"CVĐN", "Số công văn, Ngày công văn, Loại yêu cầu?, Thông tin SPDV?, Tài liệu SPDV, "
             "Đầu mối của ĐVYC?"},
    {"KHTH", "Nội dung kế hoạch, Ngày hoàn thành*, Đầu việc, Tổ chức đào tạo về SPDV?"},
    {"VBT", "Số văn bản trình, Ngày trình"},
    {"XYK", "Khó khăn, vướng mắc*, Gấp*, Lý do gấp?"},
    {"BCKQ", "Kết quả thực hiện*, Văn bản báo cáo"},
};

const std::vector<reading> htkh_03_readings = {
    {"H3-19", "đầu tệp", "chỉ ghi tháng ban hành 12/2023"},
    {"H3-19", "đầu tệp", "họ và chức danh người soạn thảo không thống nhất"},
    {"H3-18", "đầu tệp", "Câu phạm vi giống hệt"},
    {"H3-9", "đầu tệp", "không ghi «ngày làm việc»"},
    {"H3-21", "đầu tệp", "không có phần hồ sơ lưu"},
    {"H3-17", "đầu tệp", "không nói việc rút, hủy"},
    {"", "đầu tệp", "gửi cả 10 đơn vị"},
    {"H3-1", "đầu tệp", "dòng 7 chỉ là «Kết thúc»"},
    {"H3-2", "đầu tệp", "lệch một dòng so với cột trách nhiệm"},
    {"", "thuật ngữ TT", "giải nghĩa năm từ mà không viết tắt"},
    {"H3-14", "thuật ngữ ĐVPH", "giải nghĩa mà không dùng"},
    {"H3-14", "bên ĐVTH", "không giải nghĩa ĐVTH"},
    {"H3-14 H3-6", "bên LĐTT", "có chỗ in «LĐTĐ»"},
    {"", "bên DVCĐS", "«chuyên đổi»"},
    {"H3-20", "biểu mẫu CVĐN", "«Văn bản đề nghị công việc»"},
    {"H3-16", "biểu mẫu CVĐN", "một trong hai hoặc cả hai"},
    {"H3-15", "biểu mẫu CVĐN", "«bắt buộc nếu vào từ bước 1» chỉ bắt buộc ở bước 2"},
    {"H3-16", "biểu mẫu KHTH", "phải có tổ chức đào tạo"},
    {"H3-13", "biểu mẫu VBT", "«văn trình trình phê duyệt»"},
    {"H3-8", "biểu mẫu XYK", "ai xác định việc gấp"},
    {"H3-15", "bước 1", "ĐVYC xác nhận khi gửi, chưa xác nhận thì chưa gửi được"},
    {"H3-15", "bước 1", "không bắt buộc, có thì kèm"},
    {"H3-15", "bước 2", "còn thiếu thì trả lại (NOK)"},
    {"H3-11", "bước 2", "Trả lại là hết một vòng"},
    {"H3-19", "bước 3", "«Thông nhất»"},
    {"H3-10", "bước 3", "là sau khi hoàn thành bước 2"},
    {"H3-12", "bước 4", "Việc trình của ĐVTH là cuối bước 3"},
    {"H3-3", "bước 4", "lưu đồ vẽ về bước 2"},
    {"H3-4", "bước 5", "kế hoạch được phê duyệt ở bước 4"},
    {"H3-5", "bước 6a", "gồm hai việc"},
    {"H3-8", "bước 6a", "«Xử lý ngay» không có độ dài"},
    {"H3-7", "bước 6a", "là hạn của người trả lời (LĐTT)"},
    {"H3-6", "bước 6", "ĐVTH chịu trách nhiệm báo cáo, ĐVYC cùng xác nhận"},
    {"H3-7", "bước 6", "nguồn không nêu hạn báo cáo"},
};

const std::vector<row> htkh_02 = {
    {"1", "KH [ghi: HTKH]", "HTKH", "K6", "", "", "xong 2", "không nêu"},
    {"2", "HTKH", "KH", "K6", "lập HSPA.1", "", "xong 3", "không nêu"},
    {"3", "HTKH", "KH", "K6", "lập HSPA.2",
     "phân công PCT trong PCM nếu không (PQ có (người thực hiện, \"Dịch vụ\") và "
     "\"Thuộc phạm vi xử lý\" là có)",
     "nếu 4, còn lại 6",
     "ngay nếu \"Hình thức liên hệ\" là \"gọi điện thoại lên tổng đài\"; không nêu"},
    {"4", "KH [ghi: HTKH]", "HTKH", "K6", "lập HSPA.2 (Phòng phối hợp) nếu NOK",
     "phân công PCT trong PCM nếu NOK", "OK 5, NOK 6!", "không nêu"},
    {"5", "HTKH", "KH", "Đóng, lưu hồ sơ trên phần mềm phản ánh", "lưu HS.PA",
     "khi cần mở QT.CTCL.A, Nội dung yêu cầu thành Mô tả", "xong hết", "không nêu"},
    {"6", "PCT", "KH, HTKH, PPH", "K6", "lập HSPA.3", "", "“Có giải pháp phù hợp” 7",
     "không nêu"},
    {"8", "LĐTT", "", "gọi điện thoại | email | công văn", "", "hỏi tại 6", "",
     "không nêu"},
    {"7", "HTKH", "PCT, KH", "K6", "lập HSPA.4", "", "xong 4", "không nêu"},
};

const std::vector<part> htkh_02_forms = {
    {"HSPA", "1 Tiếp nhận: Loại*, Hình thức liên hệ*, Khách hàng, Dịch vụ*, Nội dung yêu cầu*, "
             "Tính chất, mức độ; "
             "2 Xử lý theo nghiệp vụ: Thuộc phạm vi xử lý*, Giải pháp xử lý?, Phòng phối hợp; "
             "3 Đánh giá, bổ sung giải pháp: Giải pháp xử lý bổ sung*; "
             "4 Phản hồi khách hàng: Nội dung phản hồi*"},
};

const std::vector<reading> htkh_02_readings = {
    {"H2-15", "đầu tệp", "mất ngày ban hành và lần ban hành"},
    {"", "đầu tệp", "«PT» ở chức danh người kiểm tra"},
    {"H2-15", "đầu tệp", "Câu phạm vi giống hệt"},
    {"", "đầu tệp", "gửi cả 10 đơn vị"},
    {"H2-15", "đầu tệp", "không đọc được mũi tên"},
    {"H2-9", "đầu tệp", "không có cột thời gian"},
    {"H2-17", "đầu tệp", "số hồ sơ và mức ưu tiên"},
    {"", "thuật ngữ TT", "giải nghĩa năm từ mà không viết tắt"},
    {"H2-11", "thuật ngữ KN", "không giải quyết theo quy trình này"},
    {"H2-13", "bên KH", "không có nghĩa vụ, không có hạn"},
    {"", "bên LĐTT", "Giám đốc hoặc Phó Giám đốc"},
    {"H2-10", "bên PCT", "HTKH chọn một phòng chủ trì"},
    {"H2-10", "bên PCM", "không liệt kê phòng chuyên môn"},
    {"H2-14", "danh mục PQ", "mà không có bảng"},
    {"H2-8", "biểu mẫu HSPA", "QLPA hoặc file excel"},
    {"H2-11", "biểu mẫu HSPA", "dùng lẫn yêu cầu, phản ánh, khiếu nại"},
    {"H2-11 H2-2", "biểu mẫu HSPA", "«giải pháp khiếu nại»"},
    {"", "hồ sơ lưu HS.PA", "không ghi thời gian lưu"},
    {"H2-9", "bước 3", "«Xử lý ngay trong cuộc gọi»"},
    {"H2-4", "bước 3", "xử lý xong thì đi đâu"},
    {"H2-6", "bước 4", "HTKH ghi nhận và phải ghi hình thức liên hệ"},
    {"H2-7", "bước 4", "không tự đóng"},
    {"H2-7", "bước 4", "Vòng 4 - 6 - 7 - 4"},
    {"H2-3", "bước 5", "bất kỳ giải pháp nào"},
    {"H2-5", "bước 5", "là kết quả của bước"},
    {"H2-16", "bước 5", "phản ánh nặng hoặc lặp lại"},
    {"H2-2", "bước 6", "ngoài phạm vi xử lý ở bước 3 cũng đến đây"},
    {"H2-12", "bước 8", "phòng chuyên môn hỏi, LĐTT chỉ đạo"},
    {"H2-1", "bước 8", "LĐTT nêu luôn giải pháp"},
};
// clang-format on

}  // namespace

TEST_CASE("QT.HTKH.03 is the table of its source") {
    const procedure& p = text_of("QT.HTKH.03");
    same_rows(p, htkh_03);
    same_forms(p, htkh_03_forms);
    CHECK(p.no_records_stated);
    CHECK(p.records.empty());
    CHECK(p.rule == counting_rule::blds_2015);
    CHECK(p.plain_day == time_unit::day);
    CHECK(p.overall.empty());
    REQUIRE(p.rights.size() == 2);
    CHECK(p.rights[0].parties == std::vector<std::string>{"ĐVYC"});
    CHECK(p.rights[0].before_step == "5");
    CHECK(p.rights[1].parties == std::vector<std::string>{"LĐTT"});
}

TEST_CASE("QT.HTKH.03: every inconsistency of the source is settled by a reading in its place") {
    const procedure& p = text_of("QT.HTKH.03");
    same_readings(p, htkh_03_readings);
    every_id("H3-", 21, {}, {htkh_03_readings});
    has_notes(p, {{"đầu tệp", "chưa theo dõi đơn vị nào đã đọc"},
                  {"đầu tệp", "cơ quan chủ quản của Trung tâm là Bộ Y tế"}});
}

TEST_CASE("QT.HTKH.02 is the table of its source") {
    const procedure& p = text_of("QT.HTKH.02");
    same_rows(p, htkh_02);
    same_forms(p, htkh_02_forms);
    same_records(p, {{"HS.PA", "HSPA; lưu tại HTKH; không nêu"}});
    const auto* channels = p.find_catalogue("K6");
    REQUIRE(channels != nullptr);
    std::vector<std::string> words;
    for (const auto& item : channels->items) words.push_back(item.text);
    CHECK(words == std::vector<std::string>{"gọi điện thoại lên tổng đài", "chat", "email",
                                            "công văn", "trực tiếp tại Trung tâm", "mạng xã hội"});
    CHECK_FALSE(channels->extensible);
    // Who is authorised for what is the agency's to say: no row is made up.
    const auto* authorised = p.find_catalogue("PQ");
    REQUIRE(authorised != nullptr);
    CHECK(authorised->columns.size() == 2);
    CHECK(authorised->rows.empty());
    CHECK(bound(*p.find_party("PCT")) == "phân công ở 3, 4");
    CHECK(bound(*p.find_party("PPH")) == "theo «Phòng phối hợp» trong HSPA");
}

TEST_CASE("QT.HTKH.02: every inconsistency of the source is settled by a reading in its place") {
    const procedure& p = text_of("QT.HTKH.02");
    same_readings(p, htkh_02_readings);
    every_id("H2-", 17, {}, {htkh_02_readings});
    has_notes(p, {{"đầu tệp", "chưa theo dõi đơn vị nào đã đọc"},
                  {"bước 4", "Mục 5.2 bước 4: bản này chưa tự đóng"},
                  {"bước 6", "Mục 5.2 bước 6: phòng phối hợp (PPH)"}});
}

TEST_CASE("QT.HTKH.03 and QT.HTKH.02: no term of section 4 is dropped") {
    const std::vector<const char*> both = {
        "Trung tâm Thông tin y tế Quốc gia",
        "các phòng, ban, đơn vị thuộc và trực thuộc Trung tâm",
        "Trưởng, Phó Trưởng, Phụ trách đơn vị",
        "các văn bản hướng dẫn cách thức thực hiện hoặc quy định phương pháp làm",
        "các quy trình thuộc Hệ thống quản lý chất lượng ISO 9001:2015",
        "Sản phẩm dịch vụ",
    };
    const auto explained = [](const procedure& p, const std::vector<const char*>& meanings) {
        for (const std::string meaning : meanings) {
            CAPTURE(meaning);
            bool found = false;
            for (const auto& one : p.terms)
                if (one.meaning.find(meaning) != std::string::npos) {
                    found = true;
                    CHECK(one.source.sections == std::vector<std::string>{"4"});
                }
            CHECK(found);
        }
    };
    explained(text_of("QT.HTKH.03"), both);
    explained(text_of("QT.HTKH.03"), {"Đơn vị phối hợp"});
    CHECK(text_of("QT.HTKH.03").find_party("ĐVYC")->title == "Đơn vị yêu cầu");
    CHECK(text_of("QT.HTKH.03").find_form("KHTH")->title == "Kế hoạch thực hiện");
    explained(text_of("QT.HTKH.02"), both);
    explained(text_of("QT.HTKH.02"), {"Phản ánh", "Quản lý phản ánh"});
    CHECK(text_of("QT.HTKH.02").find_party("KH")->title == "Khách hàng");
    CHECK(text_of("QT.HTKH.02").find_party("HTKH")->title == "Phòng Hỗ trợ khách hàng");
}
