// SPDX-License-Identifier: BSL-1.0
// tests/testing/world.cpp: the virtual office: time passes through what is due, people act for the
// units that the test names, mail is caught, and refusals come in words.
#include <quytrinh/testing/world.hpp>

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;
using quytrinh::testing::somebody_of;
using quytrinh::testing::world;
using quytrinh::testing::world_options;

namespace {

const char* const two_steps = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy xác nhận"
  một ngày là ngày làm việc
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
bước 1 "Tiếp nhận hồ sơ"
  chủ trì MC
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  xong → bước 2
bước 2 "Phê duyệt"
  chủ trì LĐ
  khác người ở bước 1
  thời hạn chậm nhất 02 ngày kể từ khi nhận
  OK → kết thúc "Đã cấp"
  NOK → bước 1, nêu lý do
)";

world at_work() { return world{world_options{.start = "11/12/2023 08:00"}}; }

}  // namespace

TEST_CASE("an office of tests: acting, time, due dates, mail") {
    world w = at_work();
    w.open("QT.HTKH.03").by("ĐVYC");
    CHECK(w.told("ĐVYC"));
    w.read_mail().as("ĐVYC").completes("1");
    CHECK(w.task("2").due() == "14/12/2023");
    CHECK(w.task("2").leads == std::vector<std::string>{"ĐVTH"});
    CHECK(w.told("ĐVTH"));
    w.passes("2 ngày").read_mail();
    CHECK(w.now() == read_instant("13/12/2023 08:00", w.offset()));
    w.as("ĐVTH", "nv07").because("thiếu tài liệu SPDV").chooses("NOK", "2");
    CHECK(w.told("ĐVYC"));
    CHECK(w.task("1").key == task_key{"1", 2});
    CHECK_FALSE(w.task("2").open);
    CHECK_FALSE(w.task("2").late);
}

TEST_CASE("what a limit that was missed leaves behind is there before anybody acts again") {
    world w = at_work();
    w.open("QT.HTKH.03").by("ĐVYC");
    w.as("ĐVYC").completes("1");
    CHECK(w.next_due() == read_instant("15/12/2023 00:00", w.offset()));
    w.read_mail().at("14/12/2023 23:59");
    CHECK_FALSE(w.task("2").overdue);
    CHECK_FALSE(w.told("ĐVTH"));
    w.passes("1 phút");
    CHECK(w.task("2").overdue);
    CHECK(w.told("ĐVTH"));
    CHECK_FALSE(w.next_due().has_value());
    // The event stands at the instant at which the limit passed, however far time jumped.
    world far = at_work();
    far.open("QT.HTKH.03").by("ĐVYC");
    far.as("ĐVYC").completes("1");
    far.at("20/03/2024 09:00");
    const auto facts = far.history();
    const auto* overdue = std::get_if<event::task_overdue>(&facts.back().body);
    REQUIRE(overdue != nullptr);
    CHECK(facts.back().at == read_instant("15/12/2023 00:00", far.offset()));
    far.as("ĐVTH").because("thiếu").chooses("NOK", "2");
    CHECK(far.task("2").late);
}

TEST_CASE("a refusal is thrown in words, and nothing has happened") {
    world w{two_steps, {.start = "26/04/2024 09:00"}};
    w.open("QT.01").by("MC", "cb01");
    const auto version = w.look().state.version;
    const error early = w.refused([&] { w.as("LĐ").chooses("OK", "2"); });
    CHECK(early.code == errc::task_not_open);
    CHECK(w.look().state.version == version);
    w.as("MC", "cb01").completes("1");
    const error same = w.refused([&] { w.as("LĐ", "cb01").chooses("OK", "2"); });
    CHECK(same.code == errc::same_person);
    CHECK(same.text(language::vi).find("cb01") != std::string::npos);
    // Several persons act for one unit.
    w.as("LĐ", "cb02").chooses("OK", "2");
    CHECK(w.ended());
    CHECK(w.end_kind() == "Đã cấp");
    CHECK_THROWS_AS(w.refused([&] { static_cast<void>(w.look()); }), programming_error);
    CHECK_THROWS_AS(static_cast<void>(w.task("9")), exception);
    CHECK_THROWS_AS((world{"không phải quy trình"}), exception);
}

TEST_CASE("lengths of time as officers say them") {
    world w = at_work();
    const auto after = [&](const char* length) {
        return to_iso(w.after(length).value(), w.offset());
    };
    CHECK(after("2 ngày") == "2023-12-13T08:00:00+07:00");
    CHECK(after("2 days") == "2023-12-13T08:00:00+07:00");
    CHECK(after("4 giờ") == "2023-12-11T12:00:00+07:00");
    CHECK(after("30 phút") == "2023-12-11T08:30:00+07:00");
    CHECK(after("1 tuần") == "2023-12-18T08:00:00+07:00");
    // Monday 11 to Friday 15, then over the weekend.
    CHECK(after("4 ngày làm việc") == "2023-12-15T08:00:00+07:00");
    CHECK(after("5 ngày làm việc") == "2023-12-18T08:00:00+07:00");
    w.at("31/01/2024 10:00");
    CHECK(after("1 tháng") == "2024-02-29T10:00:00+07:00");
    for (const char* wrong : {"", "ngày", "mai", "không nêu", "ngay lập tức"}) {
        INFO(wrong);
        CHECK_FALSE(w.after(wrong).has_value());
    }
    CHECK_THROWS_AS(w.at("11/12/2023 08:00"), exception);
    CHECK_THROWS_AS(w.at("hôm qua"), exception);
    CHECK_THROWS_AS(world{world_options{.start = "hôm qua"}}, exception);
}

TEST_CASE("equal worlds do equal things, ids included") {
    const auto run = [](std::uint64_t seed) {
        world w{world_options{.start = "11/12/2023 08:00", .seed = seed}};
        const case_id of = w.open("QT.HTKH.03").by("ĐVYC");
        w.as("ĐVYC").completes("1");
        w.passes("9 ngày");
        return std::make_pair(of, w.history());
    };
    CHECK(run(7) == run(7));
    CHECK_FALSE(run(7).first == run(8).first);
}

TEST_CASE("a linked case is known, and can be looked at") {
    world w{world_options{.start = "02/01/2024 08:00"}};
    w.open("QT.CTCL.A").by("P.1");
    const case_id parent = w.at_hand();
    w.as("P.1").chooses("Trong thẩm quyền", "5.1.1a");
    w.as("P.1")
        .with("Loại phiếu",
              w.options({"P.1", somebody_of("P.1")}).front().fields.front().choices.front())
        .with("BM.CTCL.01", "Đơn vị", "P.1")
        .with("Nội dung KPH", "sai mẫu")
        .with("Mô tả", "mẫu cũ")
        .with("Nguồn thông tin",
              w.options({"P.1", somebody_of("P.1")}).front().fields[4].choices.empty()
                  ? value("tự phát hiện")
                  : value(w.options({"P.1", somebody_of("P.1")}).front().fields[4].choices.front()))
        .with("Hình thức xử lý", "Làm lại")
        .with("Kết quả xử lý", "đã làm lại")
        .completes("5.1.1b");
    w.as("LĐĐV", "ld01").chooses("OK", "5.1.1f");
    w.as("LĐĐV", "ld01").opening_linked("QT.CTCL.B").completes("5.1.2");
    REQUIRE(w.cases().size() == 2);
    CHECK(w.ended());
    w.look_at(w.cases()[1]);
    CHECK_FALSE(w.ended());
    CHECK(w.look().state.parent == parent);
    CHECK(w.look().state.procedure == "QT.CTCL.B");
    CHECK_THROWS_AS(w.look_at(case_id{"không có"}), exception);
}

TEST_CASE("time is stopped where too much would have to happen on its way") {
    world w{world_options{.start = "11/12/2023 08:00", .timers = 1}};
    for (int i = 0; i < 3; ++i) {
        w.open("QT.HTKH.03").by("ĐVYC");
        w.as("ĐVYC").completes("1");
        w.passes("1 ngày");
    }
    const auto stopped = w.pass_to(w.now() + std::chrono::days{30});
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == errc::limit_exceeded);
}

TEST_CASE("what is due at once is late when the office says so, once") {
    world w = at_work();
    w.add(R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.GAP "Báo sự cố"
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
bước 1 "Báo"
  chủ trì MC
  thời hạn 01 ngày
  xong → bước 2
bước 2 "Xử lý"
  chủ trì LĐ
  thời hạn ngay lập tức
  xong → kết thúc
)");
    const case_id of = w.open("QT.GAP").by("MC");
    const auto early = w.office().say_late(of, "1");
    CHECK((!early && early.error().code == errc::too_early));
    w.as("MC").completes("1");
    w.passes("30 ngày");
    CHECK_FALSE(w.task("2").overdue);
    w.read_mail();
    const auto said = w.office().say_late(of, "2");
    REQUIRE(said.has_value());
    CHECK(w.task("2").overdue);
    CHECK(w.told("LĐ"));
    // Said again it is the same answer, and nobody is told twice.
    w.read_mail();
    const auto again = w.office().say_late(of, "2.1");
    CHECK((again && *again == *said));
    CHECK_FALSE(w.told("LĐ"));
    w.as("LĐ").completes("2");
    const auto over = w.office().say_late(of, "2");
    CHECK((!over && over.error().code == errc::task_not_open));
}
