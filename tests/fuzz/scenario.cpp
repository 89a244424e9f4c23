// SPDX-License-Identifier: BSL-1.0
// tests/fuzz/scenario.cpp: any bytes as scenarios of a small procedure: read, judged, written back.
// What is written is read again as the same, in both dialects.
#include <quytrinh/base.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace {

void must(bool holds, const char* what) {
    if (holds) return;
    std::cerr << "must hold: " << what << '\n';
    std::abort();
}

constexpr std::string_view office = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy"
  được rút: MC, trước bước 2
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo"
vai trò NTH "Người thực hiện"
  được phân công ở bước 1
biểu mẫu GXN "Giấy"
  thông tin "Gấp" là có hoặc không
  thông tin "Số" là số
hồ sơ lưu HS.01 "Hồ sơ"
  gồm GXN
bước 1 "Một"
  chủ trì MC
  điều kiện "Đã nộp"
  lập GXN
  phân công NTH
  thời hạn không nêu
  xong → bước 2
bước 2 "Hai"
  chủ trì LĐ
  thời hạn 02 ngày
  lưu HS.01
  OK → kết thúc "Đạt"
  NOK → bước 1, nêu lý do
xin ý kiến 2a "Hỏi" tại bước 2
  hỏi MC
  thời hạn 01 ngày
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace quytrinh;
    if (size > 20'000) return 0;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const bool whole = bytes.find("ngôn ngữ quy trình") != std::string::npos;
    const std::string text = whole ? bytes : std::string(office) + "kịch bản \"Thử\"\n" + bytes;
    const parsed read = parse("fuzz.quytrinh", text);
    for (const diagnostic& one : read.diagnostics.items) {
        must(one.where.file < read.sources.size(), "a finding names a text");
        must(one.where.range.end <= read.sources[one.where.file].text().size(),
             "a finding lies in its text");
    }
    for (const auto words : {language::vi, language::en})
        must(!first_ill_formed(render(read.diagnostics, read.sources, words)),
             "what is shown is UTF-8");
    if (!read.scenarios || !read.ok()) return 0;
    for (const scenario& what : read.scenarios->items) {
        if (read.definition)
            static_cast<void>(judge_scenarios({&what, 1}, *read.definition, {}, dialect::en));
        for (const dialect words : {dialect::vi, dialect::en}) {
            scenario alone = what;
            if (alone.procedure.empty()) alone.procedure = "QT.01";
            const std::string first = words == dialect::vi ? "ngôn ngữ quy trình 1, tiếng Việt\n"
                                                           : "procedure language 1, English\n";
            const parsed again = parse("lai.quytrinh", first + write_scenario(alone, words));
            must(again.ok(), "what was written is right");
            must(again.scenarios && again.scenarios->items.size() == 1, "it is one scenario");
            must(again.scenarios->items.front() == alone, "it says the same");
        }
    }
    return 0;
}
