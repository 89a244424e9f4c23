// SPDX-License-Identifier: BSL-1.0
// tests/support/text_maker.hpp: texts made by dice: right ones, texts of clauses thrown together,
// and harmless and harmful changes to texts.
#pragma once

#include "seeded.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace text_maker {

using quytrinh_tests::dice;

/// A right procedure: parties, forms of all types, steps of both kinds, comments here and there.
class procedure_text {
public:
    explicit procedure_text(dice& d) : d_(d) {}

    std::string make() {
        airy_ = !d_.one_in(4);
        out_ = "ngôn ngữ quy trình 1, tiếng Việt\n";
        maybe_comment("");
        block("quy trình QT.SINH \"Sinh ra\"");
        if (d_.one_in(2)) clause("lần ban hành 01, sửa đổi 00");
        if (d_.one_in(2)) clause("ban hành 12/2023");
        if (d_.one_in(2)) clause("một ngày là ngày làm việc");
        clause("không nêu hồ sơ lưu");
        if (d_.one_in(2)) clause("được rút: A, trước bước 2");
        if (d_.one_in(2))
            clause("mục đích \"\"\"Dòng một\n\n   dòng hai # không phải chú thích\"\"\"");
        small("vai trò A \"Đơn vị A\"");
        small("vai trò B \"Đơn vị B\"");
        if (d_.one_in(2)) clause("gọi tắt \"BB\", \"Bê\"");
        if (d_.one_in(2)) small("đơn vị C \"Phòng C\"");
        block("danh mục K \"Danh mục\"");
        clause("mục \"Một\"");
        clause("mục \"Hai, ba\"");
        block("biểu mẫu BM \"Phiếu\"");
        clause("thông tin \"Gấp\" là có hoặc không, bắt buộc");
        clause("thông tin \"Số\" là số");
        clause("thông tin \"Loại\" là một trong K, được ghi khác");
        clause("thông tin \"Việc\" là danh sách");
        line("    cột \"Tên\" là chữ, bắt buộc");
        if (d_.one_in(2)) line("    cột \"Hạn\" là ngày");
        clause("thông tin \"Hạn\" là ngày, bắt buộc nếu \"Gấp\" là có");
        const std::size_t steps = 2 + d_.below(8);
        for (std::size_t i = 1; i <= steps; ++i) step(i, steps);
        if (d_.one_in(3)) out_ += "# hết\n";
        return out_;
    }

private:
    void line(const std::string& text) {
        out_ += text + (d_.one_in(12) ? "  # cuối dòng\n" : "\n");
    }
    void clause(const std::string& text) {
        maybe_comment("  ");
        line("  " + text);
    }
    void maybe_comment(const std::string& indent) {
        if (d_.one_in(10)) out_ += indent + "# chú thích " + std::to_string(d_.below(100)) + "\n";
    }
    void block(const std::string& header) {
        if (airy_) out_ += '\n';
        if (d_.one_in(6)) out_ += "## tài liệu\n";
        line(header);
        small_ = false;
    }
    void small(const std::string& header) {
        if (airy_ && !small_) out_ += '\n';
        line(header);
        small_ = true;
    }
    std::string amount() {
        static constexpr std::string_view units[] = {"ngày làm việc", "ngày lịch", "tuần", "tháng"};
        static constexpr std::string_view numbers[] = {"1", "01", "2", "03", "15"};
        return std::string(numbers[d_.below(5)]) + " " + std::string(units[d_.below(4)]);
    }
    void limit(std::size_t i) {
        switch (d_.below(i > 1 ? 7 : 4)) {
        case 0: return clause("thời hạn không nêu");
        case 1: return clause("thời hạn ngay lập tức");
        case 2: return clause("thời hạn " + amount());
        case 3: return clause("thời hạn chậm nhất " + amount() + " kể từ khi nhận");
        case 4: return clause("thời hạn chậm nhất " + amount() + " kể từ khi hoàn thành bước 1");
        case 5: return clause("thời hạn " + amount() + " kể từ khi bắt đầu lần đầu bước 1");
        default:
            clause("thời hạn 1 giờ làm việc kể từ khi nhận nếu \"Gấp\" là có");
            return clause("thời hạn " + amount());
        }
    }
    void step(std::size_t i, std::size_t steps) {
        const auto to = [&](std::size_t n) {
            return n > steps ? std::string("kết thúc \"Xong việc\"") : "bước " + std::to_string(n);
        };
        block("bước " + std::to_string(i) + " \"Việc thứ " + std::to_string(i) + "\"");
        clause(i % 2 == 1 ? "chủ trì A" : "chủ trì B hoặc người được ủy quyền");
        if (d_.one_in(3)) clause(i % 2 == 1 ? "phối hợp B" : "phối hợp A");
        if (d_.one_in(3)) clause("công việc \"Làm “cẩn thận”, từng việc\"");
        if (d_.one_in(3)) clause("điều kiện \"Đã đủ giấy tờ\", có tài liệu kèm theo");
        if (i == 1) {
            clause("lập BM");
            clause("ghi chú \"mọi ô\"");
        }
        limit(i);
        switch (i > 1 ? d_.below(4) : 0) {
        case 0: return clause("xong → " + to(i + 1));
        case 1:
            clause("OK → " + to(i + 1));
            return line("  NOK → bước " + std::to_string(i - 1) +
                        (d_.one_in(2) ? ", nêu lý do" : ",\n    tối đa 3 lần, sau đó → kết thúc"));
        case 2:
            clause("kết quả \"Tốt\" → " + to(i + 1));
            return clause("kết quả \"Kém\" → bước " + std::to_string(i - 1));
        default:
            clause("nếu (\"Số\" lớn hơn 2,5 hoặc \"Số\" chưa có) và không (\"Gấp\" là có) → " +
                   to(i + 1));
            return clause("còn lại → " + to(steps + 1));
        }
    }

    dice& d_;
    std::string out_;
    bool airy_ = true;
    bool small_ = false;
};

/// Blanks, line ends, capitals and signs as careless hands and other systems leave them: nothing
/// that means anything. For texts without mistakes.
inline std::string damaged(const std::string& text, dice& d) {
    static constexpr std::string_view blanks[] = {" ", "  ", "\t", "   ", " \t "};
    const std::string ends[] = {"\n", "\r\n", "\r"};
    const std::string& end = ends[d.below(3)];
    const auto some = [&] { return std::string(blanks[d.below(5)]); };
    std::string out = d.one_in(3) ? "\xEF\xBB\xBF" : "";
    bool start = true;
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = std::string_view(text).substr(i);
        std::size_t whole = 0;
        if (rest.starts_with("\"\"\""))
            whole = rest.find("\"\"\"", 3) + 3;
        else if (rest.starts_with('"'))
            whole = rest.find('"', 1) + 1;
        else if (rest.starts_with('#'))
            whole = std::min(rest.find('\n'), rest.size());
        if (whole != 0) {
            for (const char c : rest.substr(0, whole)) out += c == '\n' ? end : std::string(1, c);
            i += whole;
            start = false;
            continue;
        }
        const char c = text[i];
        if (c == '\n') {
            if (d.one_in(4)) out += some();
            out += end;
            // A blank line more where one is already.
            if (rest.starts_with("\n\n") && d.one_in(2)) out += some() + end;
            start = true;
        } else if (c == ' ') {
            if (!start || d.one_in(2)) out += some();
        } else if (c == ',' && rest.starts_with(", ")) {
            out += d.one_in(3) ? " , " : ",  ";
            ++i;
        } else if (rest.starts_with("→") && d.one_in(2)) {
            out += "->";
            i += 2;
            start = false;
        } else if (start && c >= 'a' && c <= 'z' && d.one_in(2)) {
            out += static_cast<char>(c - 'a' + 'A');
            start = false;
        } else {
            out += c;
            start = false;
        }
        ++i;
    }
    return out;
}

/// A few changes to any bytes: lines lost, doubled, joined, characters cut, put in, overwritten.
inline std::string mutated(std::string text, dice& d) {
    static constexpr std::string_view pieces[] = {"\"",
                                                  "\"\"\"",
                                                  ",",
                                                  "#",
                                                  "\n",
                                                  "\r",
                                                  "→",
                                                  "(",
                                                  ")",
                                                  "nếu",
                                                  "bước 1",
                                                  "thoi han",
                                                  "“",
                                                  "”",
                                                  "\xC2\xA0",
                                                  "\xE2\x80\x8B",
                                                  "Đ",
                                                  "0,5",
                                                  "-",
                                                  "07:30",
                                                  "end",
                                                  "xong",
                                                  "\xCC\x81",
                                                  "\xFF",
                                                  "\n\n",
                                                  " ",
                                                  "kịch bản \"a\"\n"};
    const std::size_t times = 1 + d.below(5);
    for (std::size_t i = 0; i < times && !text.empty(); ++i) {
        const std::size_t at = d.below(text.size());
        const std::size_t line =
            text.rfind('\n', at) == std::string::npos ? 0 : text.rfind('\n', at);
        switch (d.below(6)) {
        case 0: text.erase(at, 1 + d.below(3)); break;
        case 1: text.insert(at, pieces[d.below(std::size(pieces))]); break;
        case 2: text.insert(line, text.substr(line, text.find('\n', line + 1) - line)); break;
        case 3: text.erase(line, std::min(text.find('\n', line + 1), text.size()) - line); break;
        case 4: text.erase(line, 1); break;
        default: text[at] = static_cast<char>(d.below(256)); break;
        }
    }
    return text;
}

}  // namespace text_maker
