// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/words.hpp: arguments of diagnostics. They are in the file's own words, so
// they are made here by its dialect, whatever the language of the message.
#pragma once

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/counting.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::checking {

/// The words of one dialect.
class words {
public:
    explicit words(dialect d) : vi_(d == dialect::vi) {}

    [[nodiscard]] std::string step(std::string_view id) const {
        return join(vi_ ? "bước" : "step", id);
    }
    [[nodiscard]] std::string consultation(std::string_view id) const {
        return join(vi_ ? "xin ý kiến" : "consult", id);
    }
    [[nodiscard]] std::string named(const quytrinh::step& s) const {
        return s.kind == step_kind::step ? step(s.id) : consultation(s.id);
    }
    [[nodiscard]] std::string end(std::string_view kind) const {
        const std::string word = vi_ ? "kết thúc" : "end";
        return kind.empty() ? word : word + " \"" + std::string(kind) + '"';
    }
    [[nodiscard]] std::string party(const quytrinh::party& p) const {
        switch (p.kind) {
        case party_kind::role: return join(vi_ ? "vai trò" : "role", p.code);
        case party_kind::unit: return join(vi_ ? "đơn vị" : "unit", p.code);
        case party_kind::position: return join(vi_ ? "chức danh" : "position", p.code);
        case party_kind::committee: return join(vi_ ? "ban" : "committee", p.code);
        case party_kind::group: return join(vi_ ? "nhóm" : "group", p.code);
        case party_kind::external: return join(vi_ ? "bên ngoài" : "external", p.code);
        }
        return p.code;
    }
    [[nodiscard]] std::string form(std::string_view code) const {
        return join(vi_ ? "biểu mẫu" : "form", code);
    }
    [[nodiscard]] std::string record(std::string_view code) const {
        return join(vi_ ? "hồ sơ lưu" : "record", code);
    }
    [[nodiscard]] std::string catalogue(const quytrinh::catalogue& c) const {
        return c.is_checklist ? join(vi_ ? "bảng kiểm" : "checklist", c.code)
                              : join(vi_ ? "danh mục" : "catalogue", c.code);
    }
    [[nodiscard]] std::string procedure(std::string_view code) const {
        return join(vi_ ? "quy trình" : "procedure", code);
    }

    [[nodiscard]] std::string overall() const { return vi_ ? "hạn chung" : "overall limit"; }
    [[nodiscard]] std::string box(std::string_view number) const {
        return join(vi_ ? "ô" : "box", number);
    }

    /// How a branch begins: `OK`, `xong`, `kết quả "…"`, `nếu`, `còn lại`.
    [[nodiscard]] std::string branch(const quytrinh::branch& b) const {
        switch (b.what) {
        case branch::kind::done:
        case branch::kind::next: return vi_ ? "xong" : "done";
        case branch::kind::ok: return "OK";
        case branch::kind::nok: return "NOK";
        case branch::kind::named: return (vi_ ? "kết quả \"" : "outcome \"") + b.name + '"';
        case branch::kind::condition: return vi_ ? "nếu" : "if";
        case branch::kind::otherwise: return vi_ ? "còn lại" : "otherwise";
        }
        return {};
    }

    /// The event of a limit: `hoàn thành bước 2`, `nhận ở bước 1`.
    [[nodiscard]] std::string event(const anchor& a) const {
        switch (a.what) {
        case anchor::kind::receipt: return join(vi_ ? "nhận ở" : "receipt at", step(a.step));
        case anchor::kind::start: return join(vi_ ? "bắt đầu" : "start of", step(a.step));
        case anchor::kind::completion:
            return join(vi_ ? "hoàn thành" : "completion of", step(a.step));
        case anchor::kind::ok: return join(vi_ ? "OK ở" : "OK at", step(a.step));
        case anchor::kind::nok: return join(vi_ ? "NOK ở" : "NOK at", step(a.step));
        case anchor::kind::task_receipt: return vi_ ? "nhận" : "receipt";
        case anchor::kind::opening: return vi_ ? "mở hồ sơ" : "opening of the case";
        case anchor::kind::signing: return join(vi_ ? "duyệt" : "approval of", a.form);
        case anchor::kind::field: return '"' + a.field.field + '"';
        case anchor::kind::event: return '"' + a.text + '"';
        }
        return {};
    }

    [[nodiscard]] std::string amount(const quytrinh::amount& a) const {
        // Both dialects write a decimal with a comma, whatever a sentence of that language does.
        std::string text = to_text(a, vi_ ? language::vi : language::en);
        if (!a.count.is_integer() && text.find('.') != std::string::npos)
            text[text.find('.')] = ',';
        return text;
    }

    /// `bước 3, bước 4` or, of many, the first few and `…`.
    [[nodiscard]] std::string list(const std::vector<std::string>& items) const {
        constexpr std::size_t shown = 12;
        std::string out;
        for (std::size_t i = 0; i < items.size() && i < shown; ++i)
            out += (i == 0 ? "" : ", ") + items[i];
        if (items.size() > shown) out += ", …";
        return out;
    }

    [[nodiscard]] bool vi() const noexcept { return vi_; }

private:
    static std::string join(std::string_view a, std::string_view b) {
        std::string out(a);
        out += ' ';
        out += b;
        return out;
    }
    bool vi_;
};

}  // namespace quytrinh::detail::checking
