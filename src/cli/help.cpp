// SPDX-License-Identifier: BSL-1.0
// src/cli/help.cpp: pages of help in the language asked for.
#include "help.hpp"

#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace cli {

namespace {

/// Kinds of values as they stand behind an option. What is not here is an example, and the same in
/// both languages.
constexpr std::pair<std::string_view, std::string_view> kinds[] = {
    {"FILE", "TỆP"},    {"FOLDER", "THƯ MỤC"}, {"CODE", "MÃ"},     {"TEXT", "CHỮ"},
    {"NAME", "TÊN"},    {"VALUE", "GIÁ TRỊ"},  {"STEP", "BƯỚC"},   {"ID", "MÃ"},
    {"CASE", "HỒ SƠ"},  {"COMMAND", "LỆNH"},   {"FORMAT", "DẠNG"}, {"RULE", "CÁCH TÍNH"},
    {"UNIT", "ĐƠN VỊ"}, {"WHEN", "LÚC"},       {"TYPE", "KIỂU"},
};

/// "NAME=VALUE" as "TÊN=GIÁ TRỊ".
std::string kind_named(const common& as, const std::string& kind) {
    if (as.words != quytrinh::language::vi) return kind;
    std::string out;
    std::size_t from = 0;
    while (from <= kind.size()) {
        const std::size_t end = std::min(kind.find_first_of("|=", from), kind.size());
        const std::string word = kind.substr(from, end - from);
        const auto* const found = std::find_if(std::begin(kinds), std::end(kinds),
                                               [&](const auto& one) { return one.first == word; });
        out += found == std::end(kinds) ? word : std::string(found->second);
        if (end < kind.size()) out += kind[end];
        from = end + 1;
    }
    return out;
}

class pages final : public CLI::Formatter {
public:
    explicit pages(const common& as) : as_(as) {
        label("Usage", as_.say(word::label_usage));
        label("OPTIONS", as_.say(word::label_options));
        label("Positionals", as_.say(word::label_positionals));
        label("SUBCOMMAND", as_.say(word::label_subcommand));
        label("SUBCOMMANDS", as_.say(word::label_subcommand));
        label("REQUIRED", as_.say(word::label_required));
        label("Needs", as_.say(word::label_needs));
        label("Excludes", as_.say(word::label_excludes));
    }

    std::string make_option_name(const CLI::Option* option, bool positional) const override {
        return positional ? argument_named(as_, option->get_name(true, false))
                          : option->get_name(false, true);
    }
    std::string make_option_opts(const CLI::Option* option) const override {
        std::string out;
        // The name of an argument says what kind it is.
        if (option->nonpositional() && option->get_type_size() != 0 &&
            !option->get_type_name().empty())
            out += " " + kind_named(as_, option->get_type_name());
        if (option->get_expected_max() == CLI::detail::expected_max_vector_size) out += " …";
        if (option->get_required()) out += " " + get_label("REQUIRED");
        const auto others = [&](const char* what, const std::set<CLI::Option*>& all) {
            if (all.empty()) return;
            out += " (" + get_label(what);
            for (const CLI::Option* one : all) out += " " + one->get_name();
            out += ")";
        };
        others("Needs", option->get_needs());
        others("Excludes", option->get_excludes());
        return out;
    }
    std::string make_option(const CLI::Option* option, bool positional) const override {
        return in_columns("  " + make_option_name(option, positional) + make_option_opts(option),
                          make_option_desc(option));
    }
    std::string make_option_usage(const CLI::Option* option) const override {
        std::string name = make_option_name(option, true);
        if (option->get_expected_max() == CLI::detail::expected_max_vector_size) name += "…";
        return option->get_required() ? name : "[" + name + "]";
    }
    std::string make_subcommand(const CLI::App* sub) const override {
        return in_columns("  " + sub->get_name(), sub->get_description());
    }

private:
    std::string in_columns(std::string left, const std::string& right) const {
        const std::size_t width = quytrinh::text_width(left);
        if (right.empty()) return left + "\n";
        if (width >= column_width_)
            left += "\n" + std::string(column_width_, ' ');
        else
            left += std::string(column_width_ - width, ' ');
        return left + right + "\n";
    }

    common as_;
};

}  // namespace

std::string argument_named(const common& as, const std::string& name) {
    static constexpr std::pair<std::string_view, word> names[] = {
        {"case", word::arg_case},       {"command", word::arg_command},
        {"files", word::arg_files},     {"procedure", word::arg_procedure},
        {"file", word::arg_files},      {"limit", word::arg_limit},
        {"what", word::arg_tests},      {"codes", word::arg_codes},
        {"arguments", word::arg_other},
    };
    for (const auto& [known, words] : names)
        if (known == name) return as.say(words);
    return name;
}

std::shared_ptr<CLI::Formatter> help_pages(const common& as) { return std::make_shared<pages>(as); }

}  // namespace cli
