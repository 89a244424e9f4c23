// SPDX-License-Identifier: BSL-1.0
// tests/runtime/repetition.cpp: every command of a host sent twice with one id: the
// same answer, nothing done twice, by the same runtime and by another one over the same store.
#include <quytrinh/runtime/runtime.hpp>

#include "office.hpp"

#include <quytrinh/engine/state.hpp>
#include <quytrinh/store/store.hpp>

#include <functional>
#include <set>

using namespace office_of;

namespace {

constexpr std::string_view all_text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.MOI "Mọi lệnh"
  một ngày là ngày lịch
  được rút: A, trước bước 2
  được hủy: A
vai trò A "Bên A"
vai trò B "Bên B"
biểu mẫu F "Phiếu"
  thông tin "Ghi chú" là chữ
bước 1 "Gửi"
  chủ trì A
  phối hợp B
  lập F
  thời hạn không nêu
  xong → bước 2
bước 2 "Nhận"
  chủ trì B
  phải xác nhận đã nhận
  thời hạn 02 ngày kể từ khi sự kiện "Có công văn"
  xong → kết thúc
xin ý kiến 1a "Hỏi" tại bước 1
  hỏi B
  thời hạn không nêu
)";

struct row {
    const char* by;
    command::body body;
    std::vector<std::pair<const char*, command::body>> before;
};

std::vector<row> all_rows() {
    command::complete first;
    first.task = "1";
    first.fields = {{"Ghi chú", value{std::string("x")}}};
    command::attach file;
    file.file.name = "công văn.pdf";
    const command::consult ask{"1a", "1", "hỏi", {}};
    const command::claim take{"1"};
    return {
        {"B/b", command::receive{"2"}, {{"A/a", first}}},
        {"A/a", take, {}},
        {"A/a", command::release{"1"}, {{"A/a", take}}},
        {"A/a", command::assign{"1", {}, "a2", {}}, {}},
        {"A/a", command::reassign{"1", {}, "a2", "bận"}, {{"A/a", take}}},
        {"A/a", command::record{"1", first.fields, {}}, {}},
        {"A/a", first, {}},
        {"B/b", command::opine{"1", "được"}, {}},
        {"A/a", ask, {}},
        {"B/b", command::answer{"1a", {}, "được", {}}, {{"A/a", ask}}},
        {"A/a", command::comment{{}, "x"}, {}},
        {"A/a", file, {}},
        {"A/a", command::withdraw{"thôi"}, {}},
        {"A/a", command::cancel{"thôi"}, {}},
        {"A/a", command::signal{"Có công văn", {}, {}}, {}},
        {"A/a", command::link{case_id{"aaaaaaaaaaaaaaaaaaaaaaaaaa"}, "liên quan"}, {}},
    };
}

}  // namespace

TEST_CASE("every command sent twice with one id is done once and answered twice alike") {
    std::set<std::string> seen;
    for (const row& r : all_rows()) {
        const std::string name{name_of(r.body)};
        CAPTURE(name);
        small_office o;
        done(o.office.add(std::string(all_text), "moi.quytrinh"));
        const case_id of = o.open("A/a", "QT.MOI");
        for (const auto& [by, body] : r.before) done(o.send(of, by, body));
        const auto once = done(o.send(of, r.by, r.body, "k"));
        const case_state after = o.state(of);
        CHECK(once.version == after.version);
        CHECK(done(o.send(of, r.by, r.body, "k")) == once);
        CHECK(o.state(of) == after);

        // Somebody who has not seen it, and the store's own word.
        runtime other(only_calendars(), o.keep, trust_host);
        case_command again;
        again.id = command_id{"k"};
        again.target = of;
        again.by = who(r.by);
        again.body = r.body;
        CHECK(done(other.execute(again)) == once);
        CHECK(done(other.lookup(of, command_id{"k"})) == std::optional<command_result>(once));
        CHECK(o.state(of) == after);

        // The id belongs to this command alone.
        again.by.person = "khác";
        const auto reused = other.execute(again);
        REQUIRE_FALSE(reused.has_value());
        CHECK(reused.error().code == errc::command_id_reused);
        seen.insert(name);
    }
    // Openings have tests of their own (runtime.cpp); the last two are the library's.
    CHECK(seen.size() == std::variant_size_v<command::body> - 3);
}
