// SPDX-License-Identifier: BSL-1.0
// tests/bench/parse.cpp: parse + check against reading the bytes and splitting them into lines, and
// how the cost grows with the length of the text.
#include "harness.hpp"

#include <quytrinh/check/check.hpp>
#include <quytrinh/language/edited_text.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {
namespace {

/// A procedure of `steps` steps in the house style: leads, limits, OK/NOK branches that return.
std::string generated(std::size_t steps) {
    std::string text =
        "ngôn ngữ quy trình 1, tiếng Việt\n\nquy trình QT.DAI \"Quy trình dài\"\n  không nêu hồ sơ "
        "lưu\n\n"
        "vai trò ĐVYC \"Đơn vị yêu cầu\"\nvai trò ĐVTH \"Đơn vị thực hiện\"\n\n";
    for (std::size_t i = 1; i <= steps; ++i) {
        const auto id = std::to_string(i);
        text += "bước " + id + " \"Công việc thứ " + id + "\"\n";
        text +=
            i % 2 == 1 ? "  chủ trì ĐVYC\n  phối hợp ĐVTH\n" : "  chủ trì ĐVTH\n  phối hợp ĐVYC\n";
        text += "  thời hạn chậm nhất 03 ngày kể từ khi nhận\n";
        const auto next = i == steps ? std::string("kết thúc") : "bước " + std::to_string(i + 1);
        text += "  OK → " + next + "\n  NOK → bước " + std::to_string(i == 1 ? 1 : i - 1) +
                ", nêu lý do\n\n";
    }
    return text;
}

void parse_and_check(const std::string& text) {
    auto read = quytrinh::parse("dai.quytrinh", text);
    if (!read.definition) throw std::runtime_error("the generated procedure does not parse");
    const auto found = quytrinh::check(*read.definition);
    if (!found.ok())
        throw std::runtime_error("the generated procedure does not check: " +
                                 quytrinh::render(found, read.sources, quytrinh::language::en));
    keep(found);
}

std::size_t split_into_lines(std::string_view text) {
    std::size_t sum = 0;
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at < text.size();) {
        auto end = text.find('\n', at);
        if (end == std::string_view::npos) end = text.size();
        lines.push_back(text.substr(at, end - at));
        sum += lines.back().size();
        at = end + 1;
    }
    return sum + lines.size();
}

double per_step(std::size_t steps, int times) {
    const auto text = generated(steps);
    return seconds_of([&] {
               for (int i = 0; i < times; ++i) parse_and_check(text);
           }) /
           (static_cast<double>(steps) * times);
}

}  // namespace

std::vector<row> parse_rows(bool quick) {
    std::vector<row> rows;
    const auto thousand = generated(1000);
    const int times = quick ? 1 : 5;
    rows.push_back(paired(
        "parse + check, 1,000 steps, one step", "bytes split into lines", "µs", 1e6,
        [&] { return per_step(1000, times); },
        [&] {
            return seconds_of([&] {
                       for (int i = 0; i < 100; ++i) keep(split_into_lines(thousand));
                   }) /
                   (100.0 * 1000);
        },
        gate::remark, 0, "50 MB/s"));
    rows.push_back(single(
        "parse + check, one step of 1,000", "µs", 1e6, [&] { return per_step(1000, times); },
        gate::at_most, 10, "≤ 10 µs"));
    rows.push_back(single(
        "parse + check, whole file of 1,000 steps", "ms", 1e3,
        [&] { return per_step(1000, times) * 1000; }, gate::at_most, 10, "< 10 ms"));
    // What an editor does at each key: one step is read again, the whole is checked.
    quytrinh::edited_text edited{"dai.quytrinh", thousand};
    rows.push_back(single(
        "one edited line of 1,000 steps, all diagnostics again", "ms", 1e3,
        [&] {
            constexpr std::string_view words = "Công việc thứ 500";
            const auto at = static_cast<std::uint32_t>(edited.text().find(words) + words.size());
            return seconds_of([&] {
                if (!edited.edit({at, at}, "a") || !edited.reading().definition)
                    throw std::runtime_error("the edited procedure does not parse");
                keep(quytrinh::check(*edited.reading().definition));
            });
        },
        gate::at_most, 5, "< 1 ms"));
    // Slope of log(time) over log(length) from about 1 KiB to about 1 MiB of text.
    rows.push_back(single(
        "growth of parse + check, 1 KiB to 1 MiB (log-log slope)", "", 1,
        [&] {
            const std::size_t small = 5, large = quick ? 500 : 4500;
            const double a = per_step(small, quick ? 20 : 200) * static_cast<double>(small);
            const double b = per_step(large, 1) * static_cast<double>(large);
            const double bytes = static_cast<double>(generated(large).size()) /
                                 static_cast<double>(generated(small).size());
            return std::log(b / a) / std::log(bytes);
        },
        gate::at_most, 1.1, "≤ 1.1"));
    return rows;
}

}  // namespace bench
