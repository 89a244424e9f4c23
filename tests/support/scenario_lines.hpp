// SPDX-License-Identifier: BSL-1.0
// tests/support/scenario_lines.hpp: every line that a scenario may have, in both dialects, as it is
// written back.
#pragma once

#include <string_view>

namespace scenario_lines {

struct two {
    std::string_view vi, en;
};

inline constexpr two headers[] = {
    {"kịch bản \"Đủ tài liệu\"", "scenario \"Đủ tài liệu\""},
    {"kịch bản \"Đủ tài liệu\" cho quy trình QT.01",
     "scenario \"Đủ tài liệu\" for procedure QT.01"},
};

inline constexpr two given[] = {
    {"giả sử thời điểm 11/12/2023 08:00", "given the time 11/12/2023 08:00"},
    {"giả sử thời điểm 11/12/2023", "given the time 11/12/2023"},
    {"giả sử thời điểm theo cột \"Ngày\"", "given the time per column \"Ngày\""},
    {"giả sử ĐVTH là P.HTKH", "given ĐVTH as P.HTKH"},
    {"giả sử NTH là P.HTKH \"nv07\"", "given NTH as P.HTKH \"nv07\""},
    {"giả sử ĐVTH là theo cột \"Ai\"", "given ĐVTH as per column \"Ai\""},
    {"giả sử theo lịch HC.VN", "given by calendar HC.VN"},
    {"giả sử số hồ sơ \"15/HTKH\"", "given case number \"15/HTKH\""},
    {"giả sử PQ có (\"nv01\", \"Dịch vụ A\", 2,5, có)",
     "given PQ has (\"nv01\", \"Dịch vụ A\", 2,5, yes)"},
};

inline constexpr two happens[] = {
    {"khi ĐVYC mở hồ sơ", "when ĐVYC opens the case"},
    {"khi ĐVYC mở hồ sơ ở bước 2, ghi \"Gấp\" là không",
     "when ĐVYC opens the case at step 2, writes \"Gấp\" is no"},
    {"khi ĐVYC xong bước 1", "when ĐVYC finishes step 1"},
    {"khi ĐVYC \"nv01\" xong bước 1", "when ĐVYC \"nv01\" finishes step 1"},
    {"khi theo cột \"Ai\" xong bước theo cột \"Bước\"",
     "when per column \"Ai\" finishes step per column \"Bước\""},
    {"khi ĐVTH chọn OK ở bước 2", "when ĐVTH chooses OK at step 2"},
    {"khi ĐVTH chọn NOK ở bước 2 vì \"thiếu tài liệu\"",
     "when ĐVTH chooses NOK at step 2 because \"thiếu tài liệu\""},
    {"khi ĐVTH chọn \"Làm lại\" ở bước 2 vì theo cột \"Lý do\"",
     "when ĐVTH chooses \"Làm lại\" at step 2 because per column \"Lý do\""},
    {"khi ĐVTH chọn theo cột \"Kết quả\" ở bước 2",
     "when ĐVTH chooses per column \"Kết quả\" at step 2"},
    {"khi 2 ngày sau", "when 2 days later"},
    {"khi 0,5 ngày làm việc sau, ĐVTH xong bước 2",
     "when 0,5 working days later, ĐVTH finishes step 2"},
    {"khi 3 giờ sau, ĐVTH xong bước 2", "when 3 hours later, ĐVTH finishes step 2"},
    {"khi 30 phút sau", "when 30 minutes later"},
    {"khi 4 giờ làm việc sau", "when 4 working hours later"},
    {"khi 2 tuần sau", "when 2 weeks later"},
    {"khi 1 tháng sau", "when 1 months later"},
    {"khi 1 năm sau", "when 1 years later"},
    {"khi đến 20/03/2024 08:00", "when it is 20/03/2024 08:00"},
    {"khi đến 20/03/2024, ĐVTH xong bước 2", "when it is 20/03/2024, ĐVTH finishes step 2"},
    {"khi đến theo cột \"Ngày\", ĐVTH xong bước 2",
     "when it is per column \"Ngày\", ĐVTH finishes step 2"},
    {"khi ĐVTH ghi \"Gấp\" trong XYK là có, \"Số\" là 2,5, \"Ngày\" là 20/12/2023",
     "when ĐVTH writes \"Gấp\" in XYK is yes, \"Số\" is 2,5, \"Ngày\" is 20/12/2023"},
    {"khi ĐVTH ghi \"Loại\" là \"A\" và \"B\" ở bước 5",
     "when ĐVTH writes \"Loại\" is \"A\" and \"B\" at step 5"},
    {"khi ĐVTH ghi \"Việc\" là (\"Viết\", 12/12/2023) và (\"In\", 13/12/2023)",
     "when ĐVTH writes \"Việc\" is (\"Viết\", 12/12/2023) and (\"In\", 13/12/2023)"},
    {"khi ĐVTH ghi \"Đơn vị\" là P.HTKH, \"Hạn\" là theo cột \"Hạn\"",
     "when ĐVTH writes \"Đơn vị\" is P.HTKH, \"Hạn\" is per column \"Hạn\""},
    {"khi ĐVTH xong bước 3, ghi \"Ngày hoàn thành\" là 20/12/2023, \"Nội dung\" là \"kế hoạch\"",
     "when ĐVTH finishes step 3, writes \"Ngày hoàn thành\" is 20/12/2023, \"Nội dung\" is "
     "\"kế hoạch\""},
    {"khi ĐVTH xong bước 3, không đánh dấu", "when ĐVTH finishes step 3, not ticking"},
    {"khi ĐVTH xong bước 3, không đánh dấu \"Đã nộp\", \"Đã ký\"",
     "when ĐVTH finishes step 3, not ticking \"Đã nộp\", \"Đã ký\""},
    {"khi ĐVTH xong bước 3, phân công NTH là P.A \"nv01\", NKT là P.B",
     "when ĐVTH finishes step 3, assigning NTH as P.A \"nv01\", NKT as P.B"},
    {"khi ĐVTH xong bước 3, đính kèm \"a.pdf\", \"b.pdf\" cho \"Đã ký\"",
     "when ĐVTH finishes step 3, attaches \"a.pdf\", \"b.pdf\" to \"Đã ký\""},
    {"khi ĐVTH xong bước 3, hình thức \"email\"", "when ĐVTH finishes step 3, channel \"email\""},
    {"khi ĐVTH xong bước 3, mở quy trình QT.B, chuyển cho MCX",
     "when ĐVTH finishes step 3, open procedure QT.B, passing to MCX"},
    {"khi ĐVTH xác nhận đã nhận bước 2", "when ĐVTH confirms receipt of step 2"},
    {"khi ĐVTH \"nv01\" nhận việc bước 2", "when ĐVTH \"nv01\" takes step 2"},
    {"khi ĐVTH \"nv01\" trả việc bước 2", "when ĐVTH \"nv01\" gives back step 2"},
    {"khi ĐVTH giao bước 2 cho \"nv07\"", "when ĐVTH hands step 2 to \"nv07\""},
    {"khi ĐVTH giao lại bước 2 cho P.B \"nv08\" vì \"nghỉ phép\"",
     "when ĐVTH hands again step 2 to P.B \"nv08\" because \"nghỉ phép\""},
    {"khi ĐVYC có ý kiến ở bước 2 \"đồng ý\"", "when ĐVYC comments at step 2 \"đồng ý\""},
    {"khi ĐVTH hỏi 6a \"Làm sao?\", ghi \"Gấp\" là có",
     "when ĐVTH puts 6a \"Làm sao?\", writes \"Gấp\" is yes"},
    {"khi LĐTT trả lời 6a \"Đồng ý\" vì \"đủ điều kiện\"",
     "when LĐTT replies to 6a \"Đồng ý\" because \"đủ điều kiện\""},
    {"khi ĐVTH đính kèm \"công văn.pdf\" ở bước 2",
     "when ĐVTH attaches \"công văn.pdf\" at step 2"},
    {"khi ĐVYC rút hồ sơ vì \"hết nhu cầu\"",
     "when ĐVYC withdraws the case because \"hết nhu cầu\""},
    {"khi LĐTT hủy hồ sơ vì \"trùng\"", "when LĐTT cancels the case because \"trùng\""},
    {"khi ĐVTH ghi nhận sự kiện \"Đã ký hợp đồng\"",
     "when ĐVTH notes the event \"Đã ký hợp đồng\""},
    {"khi sang hồ sơ QT.B", "when turning to the case QT.B"},
};

inline constexpr two seen[] = {
    {"thì bước 2 ở ĐVTH, đến hạn 14/12/2023", "expect step 2 at ĐVTH, due 14/12/2023"},
    {"thì bước 2", "expect step 2"},
    {"thì bước 2 ở ĐVTH \"nv07\", đến hạn 14/12/2023 14:00, vòng 2, quá hạn",
     "expect step 2 at ĐVTH \"nv07\", due 14/12/2023 14:00, round 2, overdue"},
    {"thì bước 2, đến hạn không nêu, chưa quá hạn", "expect step 2, due not stated, not overdue"},
    {"thì bước 2, đến hạn ngay lập tức, vòng theo cột \"Vòng\"",
     "expect step 2, due immediately, round per column \"Vòng\""},
    {"thì bước 2, đến hạn theo cột \"Hạn\"", "expect step 2, due per column \"Hạn\""},
    {"thì câu hỏi 6a ở LĐTT, đến hạn 14/12/2023", "expect question 6a at LĐTT, due 14/12/2023"},
    {"thì câu hỏi 6a đã trả lời", "expect question 6a is answered"},
    {"thì câu hỏi 6a đã trả lời \"Đồng ý\"", "expect question 6a is answered \"Đồng ý\""},
    {"thì bước 2 đã xong", "expect step 2 is done"},
    {"thì bước 2 đã xong NOK, vòng 2, trễ hạn", "expect step 2 is done NOK, round 2, late"},
    {"thì bước 2 đã xong \"Làm lại\", đúng hạn", "expect step 2 is done \"Làm lại\", in time"},
    {"thì bước 4 chưa mở", "expect step 4 is not open"},
    {"thì đang ở bước 1", "expect now at step 1"},
    {"thì đang ở bước 1, 3, vòng 2", "expect now at step 1, 3, round 2"},
    {"thì ĐVYC được báo", "expect ĐVYC is told"},
    {"thì ĐVYC \"nv01\" được báo về bước 2", "expect ĐVYC \"nv01\" is told about step 2"},
    {"thì ĐVYC được báo về câu hỏi 6a", "expect ĐVYC is told about question 6a"},
    {"thì ĐVYC không được báo về quá hạn", "expect ĐVYC is not told about overdue"},
    {"thì ĐVYC không được báo về kết thúc", "expect ĐVYC is not told about the end"},
    {"thì LĐTT không thể chọn OK ở bước 4", "expect LĐTT is not able to choose OK at step 4"},
    {"thì LĐTT có thể xong bước 4", "expect LĐTT is able to finish step 4"},
    {"thì ĐVTH có thể hỏi 6a", "expect ĐVTH is able to put 6a"},
    {"thì LĐTT có thể trả lời 6a", "expect LĐTT is able to reply to 6a"},
    {"thì ĐVYC có thể rút hồ sơ", "expect ĐVYC is able to withdraw the case"},
    {"thì ĐVYC không thể hủy hồ sơ", "expect ĐVYC is not able to cancel the case"},
    {"thì \"Gấp\" trong XYK là có", "expect \"Gấp\" in XYK is yes"},
    {"thì \"Loại\" là \"A\" và \"B\"", "expect \"Loại\" is \"A\" and \"B\""},
    {"thì \"Gấp\" đã có", "expect \"Gấp\" is filled"},
    {"thì \"Gấp\" trong XYK chưa có", "expect \"Gấp\" in XYK is empty"},
    {"thì đã lưu HS.01, đến hết ngày 31/12/2026", "expect kept HS.01, through 31/12/2026"},
    {"thì đã lưu HS.01, vĩnh viễn", "expect kept HS.01, all time"},
    {"thì đã lưu \"Công văn\"", "expect kept \"Công văn\""},
    {"thì hồ sơ kết thúc", "expect the case has ended"},
    {"thì hồ sơ kết thúc \"Đạt\"", "expect the case has ended \"Đạt\""},
    {"thì hồ sơ còn mở", "expect the case is open"},
    {"thì hồ sơ còn mở, đến hạn 31/12/2023", "expect the case is open, due 31/12/2023"},
    {"thì hồ sơ đã rút", "expect the case is withdrawn"},
    {"thì hồ sơ đã hủy", "expect the case is cancelled"},
    {"thì hồ sơ quá hạn", "expect the case overdue"},
    {"thì có hồ sơ mới QT.B", "expect a new case of QT.B"},
    {"thì có hồ sơ mới QT.B ở bước 5.3b", "expect a new case of QT.B at step 5.3b"},
    {"thì bị từ chối", "expect refused"},
    {"thì bị từ chối vì \"chưa đủ\"", "expect refused because \"chưa đủ\""},
};

inline constexpr two also[] = {
    {"và ĐVYC được báo", "and ĐVYC is told"},
};

inline constexpr two table[] = {
    {"bảng \"Ngày\", \"Hạn\"", "table \"Ngày\", \"Hạn\""},
    {"dòng 11/12/2023 08:00, 14/12/2023", "row 11/12/2023 08:00, 14/12/2023"},
    {"dòng \"a\", P.HTKH", "row \"a\", P.HTKH"},
    {"dòng OK, NOK", "row OK, NOK"},
    {"dòng 5.1a, 2", "row 5.1a, 2"},
    {"dòng có, không", "row yes, no"},
};

}  // namespace scenario_lines
