// SPDX-License-Identifier: BSL-1.0
// tests/support/mutants.hpp: texts of a procedure with one thing wrong. What its scenarios do not
// notice they do not test. Works on lines, so that a mutant is what a slip of an author would be.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quytrinh_tests {

/// One change of a text in Vietnamese: a clause left out, shortened, or saying something else.
struct mutant {
    std::string name;  ///< "bước 2: OK → bước 3 => OK → bước 4"; "=>" alone: left out
    std::string text;  ///< of the whole file
};

class mutant_maker {
public:
    explicit mutant_maker(const std::string& text) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            lines_.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        for (const std::string& line : lines_) {
            note(line, {"bước "}, steps_);
            note(line, {"vai trò ", "bên ngoài ", "ban ", "chức danh "}, parties_);
        }
    }

    [[nodiscard]] std::vector<mutant> all() {
        std::string heading;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            first_ = i;
            last_ = last_line(i);
            i = last_;
            const std::string& line = lines_[first_];
            const std::string inside =
                line.substr(std::min(line.find_first_not_of(' '), line.size()));
            if (inside.empty() || inside.front() == '#') continue;
            if (line.front() != ' ') {
                const std::size_t quote = line.find(" \"");
                heading_ = line.substr(0, quote);
                continue;
            }
            // A clause over several lines is left as it is; so is what only people read.
            if (last_ != first_ || is_for_people(inside)) continue;
            line_ = line;
            made_.clear();
            change();
        }
        return std::move(mutants_);
    }

private:
    using word_list = std::vector<std::string_view>;

    static void note(const std::string& line, const word_list& openers,
                     std::vector<std::string>& into) {
        for (const std::string_view opener : openers) {
            if (!line.starts_with(opener)) continue;
            const std::size_t end = line.find(" \"");
            if (end != std::string::npos && end > opener.size())
                into.push_back(line.substr(opener.size(), end - opener.size()));
        }
    }
    [[nodiscard]] std::size_t last_line(std::size_t at) const {
        const auto marks = [&](std::size_t i) {
            std::size_t count = 0;
            for (std::size_t p = 0; (p = lines_[i].find("\"\"\"", p)) != std::string::npos; p += 3)
                ++count;
            return count;
        };
        if (marks(at) == 1)
            for (++at; at + 1 < lines_.size() && marks(at) == 0;) ++at;
        while (at + 1 < lines_.size() && lines_[at].ends_with(',')) ++at;
        return at;
    }
    static bool is_for_people(const std::string& clause) {
        constexpr std::array<std::string_view, 23> openers{
            "theo mục",       "hiểu là",         "ghi chú",      "công việc", "mục đích",
            "phạm vi",        "viện dẫn",        "cơ quan",      "căn cứ",    "người soạn thảo",
            "người kiểm tra", "người phê duyệt", "lần ban hành", "ban hành",  "nơi nhận",
            "thuộc tài liệu", "bỏ qua",          "gọi tắt",      "đầu vào",   "đầu ra",
            "không nêu",      "mục tiêu",        "phiên bản"};
        // A limit or a time of keeping that is not stated is what a text without the line says.
        return clause == "thời hạn không nêu" || clause == "thời gian lưu không nêu" ||
               std::any_of(openers.begin(), openers.end(),
                           [&](std::string_view one) { return clause.starts_with(one); });
    }

    // --- one line

    void put(const std::optional<std::string>& line) {
        if (line && (*line == line_ || !made_.insert(*line).second)) return;
        mutant out;
        const auto bare = [](const std::string& text) {
            return text.substr(std::min(text.find_first_not_of(' '), text.size()));
        };
        out.name = heading_ + ": " + bare(line_) + " =>" + (line ? " " + bare(*line) : "");
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (i != first_)
                out.text += lines_[i] + "\n";
            else if (line)
                out.text += *line + "\n";
        }
        mutants_.push_back(std::move(out));
    }
    void replace(std::size_t from, std::size_t to, std::string_view with) {
        put(line_.substr(0, from) + std::string(with) + line_.substr(to));
    }

    /// The line with what stands in quotes made of zeros, so that only words are found.
    [[nodiscard]] std::string masked() const {
        std::string out = line_;
        bool quoted = false;
        for (char& c : out) {
            if (c == '"') quoted = !quoted;
            if (quoted && c != '"') c = '\0';
        }
        return out;
    }
    static bool is_letter(char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    }
    [[nodiscard]] std::vector<std::size_t> places_of(std::string_view word) const {
        std::vector<std::size_t> all;
        for (std::size_t at = 0; (at = words_.find(word, at)) != std::string::npos; ++at) {
            const std::size_t end = at + word.size();
            if (at > 0 && is_letter(words_[at - 1])) continue;
            if (end < words_.size() && is_letter(words_[end])) continue;
            all.push_back(at);
        }
        return all;
    }
    [[nodiscard]] static const std::string& next_of(const std::vector<std::string>& all,
                                                    const std::string& one) {
        const auto at = std::find(all.begin(), all.end(), one);
        if (at == all.end()) return one;
        return at + 1 == all.end() ? all.front() : *(at + 1);
    }

    void change() {
        words_ = masked();
        put(std::nullopt);
        shorten();
        numbers();
        swap_words();
        go_elsewhere();
        name_others();
    }
    /// Each part behind a comma is left out, the first of a list, and each condition.
    void shorten() {
        std::vector<std::size_t> commas;
        for (std::size_t i = 0; i < words_.size(); ++i)
            if (words_[i] == ',' && !(i + 1 < words_.size() && is_letter(words_[i + 1])))
                commas.push_back(i);
        for (std::size_t i = 0; i < commas.size(); ++i)
            replace(commas[i], i + 1 < commas.size() ? commas[i + 1] : line_.size(), "");
        constexpr std::array<std::string_view, 11> lists{
            "chủ trì ", "phối hợp ", "báo tin ", "hỏi ",       "gồm ",      "lưu tại ",
            "lập ",     "dùng ",     "trả lời ", "được rút: ", "được hủy: "};
        for (const std::string_view list : lists)
            if (!commas.empty() && line_.find(list) == line_.find_first_not_of(' '))
                replace(line_.find(list) + list.size(), commas.front() + 2, "");
        for (const std::size_t at : places_of("nếu"))
            if (line_.find_first_not_of(' ') < at) replace(at - 1, line_.size(), "");
    }
    void numbers() {
        for (const std::string_view unit : {"ngày", "giờ", "tuần", "tháng", "năm", "lần", "phút"})
            for (const std::size_t at : places_of(unit)) {
                std::size_t end = at;
                while (end > 0 && words_[end - 1] == ' ') --end;
                std::size_t from = end;
                while (from > 0 && words_[from - 1] >= '0' && words_[from - 1] <= '9') --from;
                if (from == end || end == at || from == 0 || words_[from - 1] != ' ') continue;
                replace(from, end, std::to_string(std::stol(line_.substr(from, end - from)) + 1));
            }
    }
    void swap_words() {
        constexpr std::pair<std::string_view, std::string_view> pairs[] = {
            {"OK", "NOK"},
            {"NOK", "OK"},
            {"là có", "là không"},
            {"là không", "là có"},
            {"lớn hơn", "ít nhất"},
            {"nhỏ hơn", "nhiều nhất"},
            {"và", "hoặc"},
            {"hoặc", "và"},
            {"ngày làm việc", "ngày"},
            {"kể từ khi nhận ở", "kể từ khi hoàn thành"},
            {"kể từ khi hoàn thành", "kể từ khi nhận ở"},
            {"kết thúc toàn bộ", "kết thúc"},
            {"đã có", "chưa có"},
            {"chưa có", "đã có"},
            {"có trong", "khác"},
            {"lập", "dùng"},
            {"dùng", "lập"},
            {"ghi thêm", "lập"},
            {"phối hợp", "báo tin"},
            {"báo tin", "phối hợp"},
            {"mở quy trình", "khi cần mở quy trình"},
            {"khi cần mở quy trình", "mở quy trình"},
        };
        for (const auto& [from, to] : pairs)
            for (const std::size_t at : places_of(from)) replace(at, at + from.size(), to);
    }
    /// The next step of the text in place of a step; the first in place of an end; an end without
    /// its kind.
    void go_elsewhere() {
        for (const std::size_t at : places_of("bước")) {
            const std::size_t from = at + std::string_view("bước ").size();
            std::size_t end = from;
            while (end < words_.size() && words_[end] != ',' && words_[end] != ' ') ++end;
            if (from >= words_.size()) continue;
            const std::string id = line_.substr(from, end - from);
            replace(from, end, next_of(steps_, id));
        }
        for (const std::string_view end : {"→ kết thúc toàn bộ", "→ kết thúc"})
            if (const std::size_t at = words_.find(end); at != std::string::npos) {
                const std::size_t behind = at + end.size();
                const std::size_t rest = std::min(words_.find(',', behind), words_.size());
                if (!steps_.empty()) replace(at, rest, "→ bước " + steps_.front());
                if (words_.find('"', behind) < rest) replace(behind, rest, "");
                break;
            }
    }
    void name_others() {
        constexpr std::array<std::string_view, 9> openers{
            "chủ trì ",   "phối hợp ",  "báo tin ",   "hỏi ",    "người ghi nhận ",
            "được rút: ", "được hủy: ", "phân công ", "lưu tại "};
        for (const std::string_view opener : openers) {
            const std::size_t at = line_.find_first_not_of(' ');
            if (line_.compare(at, opener.size(), opener) != 0) continue;
            const std::size_t from = at + opener.size();
            const std::size_t end = std::min(words_.find_first_of(", ", from), words_.size());
            replace(from, end, next_of(parties_, line_.substr(from, end - from)));
        }
    }

    std::vector<std::string> lines_, steps_, parties_;
    std::size_t first_ = 0, last_ = 0;
    std::string heading_, line_, words_;
    std::set<std::string> made_;
    std::vector<mutant> mutants_;
};

}  // namespace quytrinh_tests
