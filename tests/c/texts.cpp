// SPDX-License-Identifier: BSL-1.0
// tests/c/texts.cpp: texts rewritten and tested, questions, time that passes, what was set aside:
// quytrinh_rewrite, quytrinh_test, quytrinh_ask, quytrinh_pass_to, quytrinh_offer_again.
#include "../support/seeded.hpp"
#include "caller.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace quytrinh_c_tests;
using quytrinh_tests::count_of;

namespace {

const std::string line_1 = "ngôn ngữ quy trình 1, tiếng Việt\n";
const std::string scenario = line_1 + R"(kịch bản "Đúng hạn" cho quy trình QT.HTKH.03
  giả sử thời điểm 11/12/2023 08:00
  khi ĐVYC mở hồ sơ
  thì bước 1 ở ĐVYC
  khi ĐVYC xong bước 1
  thì bước 2 ở ĐVTH, đến hạn 14/12/2023
)";

std::string with(std::string text, std::string_view what, std::string_view by) {
    text.replace(text.find(what), what.size(), by);
    return text;
}

said rewrite(const std::string& text, const std::string& how, quytrinh_office* in = nullptr) {
    return ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_rewrite(in, nullptr, 0, text.data(), text.size(), nullptr, nullptr,
                                how.data(), how.size(), QUYTRINH_EN, e, t);
    });
}

said test(const std::string& text, const std::string& how, quytrinh_progress_fn progress = nullptr,
          void* user = nullptr, quytrinh_office* in = nullptr) {
    return ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_test(in, nullptr, 0, text.data(), text.size(), nullptr, nullptr, how.data(),
                             how.size(), progress, user, QUYTRINH_EN, e, t);
    });
}

said about(const std::string& question, quytrinh_office* in = nullptr) {
    return ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_ask(in, question.data(), question.size(), QUYTRINH_EN, e, t);
    });
}

}  // namespace

TEST_CASE("a text is fixed, laid out, translated and mended") {
    const std::string wrong = line_1 + "quy trình QT.F \"Sai\"\n  cach tinh giờ hành chính\n";
    said out = rewrite(wrong, R"({"do":"fix"})");
    CHECK_EQ(out.code, QUYTRINH_OK);
    CHECK(contains(out.text, "cách tính giờ hành chính"));
    CHECK(contains(out.text, R"("fixed":[{"code":"QT1003","line":3,)"));
    out = rewrite(line_1 + "quy   trình QT.F \"Sai\"\n", R"({"do":"format"})");
    CHECK(contains(out.text, "quy trình QT.F"));
    CHECK(contains(out.text, "\"changed\":true"));
    out = rewrite(scenario, R"({"do":"translate","to":"en"})");
    CHECK(contains(out.text, "procedure language 1, English"));
    out = rewrite(scenario, R"({"do":"translate","to":"fr"})");
    CHECK_EQ(out.code, QUYTRINH_BAD_JSON);
    out = rewrite(wrong, R"({"do":"translate","to":"en"})");
    CHECK_EQ(out.code, QUYTRINH_TEXT_IS_WRONG);
    CHECK(contains(out.error, R"("line":3,)"));
    out = rewrite(with(scenario, "14/12/2023", "15/12/2023"), R"({"do":"mend"})");
    CHECK(contains(out.text, "đến hạn 14/12/2023"));
    CHECK(contains(out.text, "\"mended\":1"));
    CHECK_EQ(rewrite(scenario, R"({"do":"burn"})").code, QUYTRINH_BAD_JSON);
    CHECK_EQ(rewrite(scenario, R"({"do":"fix","to":"en"})").code, QUYTRINH_BAD_JSON);
    CHECK_EQ(rewrite("\xff", R"({"do":"fix"})").code, QUYTRINH_INVALID_UTF8);
}

TEST_CASE("scenarios are carried out, made and sought, with what the office knows") {
    said out = test(scenario, R"({"do":"run","coverage":true,"draw":true})");
    CHECK(contains(out.text, R"("ok":true,"scenarios":1,"failed":0)"));
    CHECK(contains(out.text, "\"drawing\":\"<?xml"));
    out = test(with(scenario, "14/12/2023", "15/12/2023"), R"({"do":"run"})");
    CHECK(contains(out.text, R"("ok":false,"scenarios":1,"failed":1)"));
    CHECK(
        contains(out.text, R"("at":7,"expected":"due 15/12/2023","seen":"it is due 14/12/2023")"));
    // A procedure that nobody knows here, and then the office does.
    const std::string unknown = with(scenario, "QT.HTKH.03", "QT.A");
    CHECK(contains(test(unknown, R"({"do":"run"})").text, "\"name\":\"procedure_unknown\""));
    office in;
    std::string own = take([&] {
        quytrinh_text* text = nullptr;
        const std::string name = R"({"ask":"text","name":"QT.HTKH.03.quytrinh"})";
        quytrinh_ask(nullptr, name.data(), name.size(), QUYTRINH_VI, nullptr, &text);
        return text;
    }());
    CHECK(own.size() > 10'000);
    CHECK_EQ(test("", R"({"do":"generate","procedure":"QT.NONE"})").code,
             QUYTRINH_PROCEDURE_UNKNOWN);
    CHECK_EQ(test("", R"({"do":"generate"})").code, QUYTRINH_BAD_JSON);
    out = test("", R"({"do":"generate","procedure":"QT.HTKH.03","tries":40})", nullptr, nullptr,
               in.handle);
    CHECK(contains(out.text, "cho quy trình QT.HTKH.03"));
    out = test("", R"({"do":"explore","procedure":"QT.HTKH.03","steps":200})");
    CHECK(contains(out.text, R"("findings":[])"));
    CHECK_EQ(test("quy trình X\n", R"({"do":"run"})").code, QUYTRINH_TEXT_IS_WRONG);
}

/// What no office would take is not tested either, as in the program; one broken scenario leaves
/// the others.
TEST_CASE("a scenario that is wrong is told beside the others; a wrong procedure tests nothing") {
    const std::string own = line_1 + R"(quy trình QT.A "Cấp giấy"
vai trò MC "Một cửa"
bước 1 "Nhận"
  chủ trì MC
  thời hạn không nêu
  xong → kết thúc
kịch bản "Hỏng"
  giả sử thời điểm 11/12/2023 08:00
  khi MC xong bước 2
  thì hồ sơ kết thúc
kịch bản "Lành"
  giả sử thời điểm 11/12/2023 08:00
  khi MC xong bước 1
  thì hồ sơ kết thúc
)";
    const said out = test(own, R"({"do":"run"})");
    CHECK(contains(out.text, R"("ok":false,"scenarios":2,"failed":1)"));
    CHECK(
        contains(out.text, R"("scenario":"Hỏng","procedure":"QT.A","line":8,"row":0,"ok":false)"));
    CHECK(contains(out.text, "\"name\":\"text_is_wrong\""));
    CHECK(contains(out.text, "QT6010"));
    CHECK(
        contains(out.text, R"("scenario":"Lành","procedure":"QT.A","line":12,"row":0,"ok":true)"));
    const std::string unsound = with(own, "thời hạn không nêu", "thời hạn 04 giờ làm việc");
    const said refused = test(unsound, R"({"do":"run"})");
    CHECK_EQ(refused.code, QUYTRINH_TEXT_IS_WRONG);
    CHECK(contains(refused.error, "QT4010"));
}

TEST_CASE("progress is told, may stop a test, and may throw") {
    struct watcher {
        int told = 0;
        int how = 0;
        static std::int32_t tell(void* user, std::uint64_t, std::uint64_t) {
            auto& self = *static_cast<watcher*>(user);
            ++self.told;
            if (self.how == 2) throw std::runtime_error("the host's");
            return self.how;
        }
    };
    const std::string how = R"({"do":"explore","procedure":"QT.HTKH.03","steps":)" +
                            std::to_string(count_of(3'000)) + "}";
    watcher goes, stops, throws;
    stops.how = 1;
    throws.how = 2;
    CHECK_EQ(test("", how, watcher::tell, &goes).code, QUYTRINH_OK);
    CHECK(goes.told > 0);
    CHECK_EQ(test("", how, watcher::tell, &stops).code, QUYTRINH_HOST_CALLBACK_FAILED);
    CHECK_EQ(stops.told, 1);
    const said out = test("", how, watcher::tell, &throws);
    CHECK_EQ(out.code, QUYTRINH_HOST_CALLBACK_FAILED);
    CHECK(contains(out.error, "the host's"));
    CHECK_EQ(test(scenario, R"({"do":"run"})", watcher::tell, &stops).code,
             QUYTRINH_HOST_CALLBACK_FAILED);
}

TEST_CASE("questions about days, texts and drawings") {
    CHECK_EQ(about(R"({"ask":"working_day","day":"2024-04-29"})").text,
             R"({"working":false,"reason":"hoán đổi sang thứ Bảy 04/05/2024","hours":[]})");
    CHECK_EQ(about(R"({"ask":"lunar","day":"2030-02-02"})").text,
             R"({"year":2030,"month":1,"day":1,"leap":false})");
    CHECK_EQ(about(R"({"ask":"solar","year":2030,"month":1,"day":1})").text,
             R"({"day":"2030-02-02"})");
    CHECK(contains(about(R"({"ask":"lunar_year","year":2023})").text, R"({"leap_month":2,)"));
    CHECK(contains(about(R"({"ask":"back","limit":"05 ngày","from":"2024-05-10"})").text,
                   R"("last_day":"2024-05-05")"));
    CHECK_EQ(about(R"({"ask":"shift","limit":"03 ngày làm việc","before":"2024-05-08",)"
                   R"("last_day":"2024-05-07","paused_from":"2024-05-03T08:00",)"
                   R"("paused_to":"2024-05-06T08:00"})")
                 .text,
             R"({"last_day":"2024-05-09","before":"2024-05-10T00:00:00+07:00",)"
             R"("to_the_hour":false})");
    CHECK(
        contains(about(R"({"ask":"catalogue","code":1010})").text, "\"name\":\"missing_number\""));
    CHECK(contains(about(R"({"ask":"keywords"})").text, "\"vi\":\"ngôn ngữ quy trình\""));
    CHECK(contains(about(R"({"ask":"graph","procedure":"QT.HTKH.03"})").text, "\"entry\":0"));
    CHECK(contains(about(R"({"ask":"drawing","procedure":"QT.HTKH.03",)"
                         R"("steps":[{"step":"2","mark":"done","note":"xong rồi"}]})")
                       .text,
                   "xong rồi"));
    for (const char* bad :
         {R"({"ask":"nothing"})", R"({"ask":"working_day"})",
          R"({"ask":"working_day","day":"29/13/2024"})",
          R"({"ask":"lunar","day":"2024-04-29","x":1})",
          R"({"ask":"drawing","procedure":"QT.HTKH.03","steps":[{"step":"2","mark":"red"}]})",
          R"({"ask":"drawing","procedure":"QT.HTKH.03","steps":7})",
          R"({"ask":"drawing","procedure":"QT.HTKH.03","steps":[7]})"})
        CHECK_EQ(about(bad).code, QUYTRINH_BAD_JSON);
}

TEST_CASE("an export is proved without its store, and what was changed in it is found") {
    office in;
    const std::string id = in.open();
    const std::string store = office::member(in.query(R"({"query":"store"})").text, "store_id");
    const std::string head = in.query(R"({"query":"cases"})").text;
    std::string rows = in.query(R"({"query":"export","case":")" + id + "\"}").text;
    rows = rows.substr(rows.find('['), rows.rfind(']') - rows.find('[') + 1);
    const auto chain = [&](const std::string& events) {
        return about(R"({"ask":"chain","tenant":"main","store":")" + store + R"(","case":")" + id +
                     R"(","definition":")" + office::member(head, "definition") + R"(","events":)" +
                     events + "}");
    };
    CHECK_EQ(chain(rows).text, R"({"events":2,"hash":")" + office::member(head, "hash") + "\"}");
    std::string forged = rows;
    auto& digit = forged[forged.rfind("\"payload\":\"") + 20];
    digit = digit == '0' ? '1' : '0';
    CHECK_EQ(chain(forged).code, QUYTRINH_STORE_CORRUPT);
    CHECK_EQ(chain(R"([{"seq":1}])").code, QUYTRINH_BAD_JSON);
    CHECK_EQ(
        about(R"({"ask":"case_id","tenant":"main","id":"open-1","store":")" + store + "\"}").text,
        R"({"case":")" + id + "\"}");
}

TEST_CASE("time passes through everything that falls due") {
    office in;
    in.open();
    const auto pass = [&](std::int64_t to) {
        return ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_pass_to(in.handle, to, QUYTRINH_EN, e, t);
        });
    };
    const std::string done = R"({"command":"complete","case":")" + in.open() +
                             R"(","task":"1","by":"ĐVYC/nv01","confirmed":{"all":true}})";
    REQUIRE_EQ(in.execute(done).code, QUYTRINH_OK);
    const std::int64_t start = office::trial().clock_us, day = 86'400'000'000;
    CHECK(contains(pass(start + day).text, R"("timers":0)"));
    CHECK(contains(pass(start + 300 * day).text, R"("timers":1)"));
    CHECK(contains(in.query(R"({"query":"tasks","overdue":true,"limit":1})").text,
                   "\"overdue\":true"));
    CHECK_EQ(pass(start).code, QUYTRINH_TIME_OUT_OF_RANGE);
    std::int64_t now = 0;
    CHECK_EQ(quytrinh_now(in.handle, nullptr, &now), QUYTRINH_OK);
    CHECK_EQ(now, start + 300 * day);
    // A clock that is not ours to move.
    quytrinh_open_options real{};
    real.size = sizeof real;
    office live_one{"memory:", real};
    quytrinh_text* text = nullptr;
    CHECK(quytrinh_pass_to(live_one.handle, 4'000'000'000'000'000, QUYTRINH_EN, nullptr, &text) !=
          QUYTRINH_OK);
    CHECK(text == nullptr);
}

TEST_CASE("what was set aside is offered again") {
    auto options = office::trial();
    const std::string limits = R"({"delivery_attempts":1})";
    options.limits = limits.data();
    options.limits_size = limits.size();
    office in{"memory:", options};
    int told = 0;
    const auto fails = [](void* user, const char*, std::size_t) -> std::int32_t {
        ++*static_cast<int*>(user);
        return 1;
    };
    REQUIRE_EQ(quytrinh_on_notification(in.handle, fails, &told, nullptr, QUYTRINH_VI, nullptr),
               QUYTRINH_OK);
    in.open();
    CHECK(told > 0);
    const std::string aside = in.query(R"({"query":"set_aside"})").text;
    const std::string key = office::member(aside, "key");
    REQUIRE_FALSE(key.empty());
    std::uint64_t count = 99;
    CHECK_EQ(quytrinh_offer_again(in.handle, "none", 4, nullptr, &count), QUYTRINH_NOT_FOUND);
    CHECK_EQ(count, 0);
    CHECK_EQ(quytrinh_offer_again(in.handle, key.data(), key.size(), nullptr, &count), QUYTRINH_OK);
    CHECK_EQ(count, 1);
    CHECK_EQ(quytrinh_offer_again(in.handle, nullptr, 0, nullptr, nullptr),
             QUYTRINH_INVALID_ARGUMENT);
}
