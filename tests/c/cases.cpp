// SPDX-License-Identifier: BSL-1.0
// tests/c/cases.cpp: procedures, commands, queries, due work and files through the C functions.
#include "caller.hpp"

#include <doctest/doctest.h>

#include <quytrinh/codec/json_tree.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace quytrinh_c_tests;
using quytrinh::json_tree;
using quytrinh::read_json;

namespace {

std::size_t rows_in(const std::string& json) {
    const auto tree = read_json(json);
    REQUIRE(tree);
    const json_tree* rows = tree->find("rows");
    REQUIRE(rows != nullptr);
    REQUIRE(rows->get_if<json_tree::list>() != nullptr);
    return rows->get_if<json_tree::list>()->size();
}

std::string complete(const std::string& of, const std::string& more) {
    return R"({"command":"complete","case":")" + of + "\"," + more + "}";
}

}  // namespace

TEST_CASE("a case of QT.HTKH.03 begins: command, refusal, tasks, options, history, export") {
    office in;
    REQUIRE_EQ(in.opened.code, QUYTRINH_OK);
    const std::string id = in.open();
    REQUIRE_EQ(id.size(), 26);
    CHECK_EQ(in.open(), id);  // the same command again is the same case

    const said refused = in.execute(complete(id, R"("task":"1","by":"ĐVYC/nv01")"));
    CHECK_EQ(refused.code, QUYTRINH_PRECONDITION_MISSING);
    CHECK(contains(refused.error, "\"code\":209,\"name\":\"precondition_missing\""));
    const said done = in.execute(
        complete(id, R"("task":"1","by":"ĐVYC/nv01","confirmed":{"all":true},"id":"c-1")"));
    REQUIRE_EQ(done.code, QUYTRINH_OK);
    CHECK(contains(done.text, R"("opened":["2.1"])"));

    const said tasks = in.query(R"({"query":"tasks","unit":"ĐVTH","relation":"lead"})");
    REQUIRE_EQ(tasks.code, QUYTRINH_OK);
    CHECK_EQ(rows_in(tasks.text), 1);
    CHECK(contains(tasks.text, R"("due":"2023-12-14","due_kind":"counted")"));
    CHECK_EQ(rows_in(in.query(R"({"query":"tasks","overdue":true})").text), 0);
    CHECK_EQ(rows_in(in.query(R"({"query":"cases","status":"open"})").text), 1);
    CHECK_EQ(rows_in(in.query(R"({"query":"cases","status":"ended"})").text), 0);

    const said options =
        in.query(R"({"query":"options","unit":"ĐVTH","person":"nv07","case":")" + id + "\"}");
    REQUIRE_EQ(options.code, QUYTRINH_OK);
    CHECK(contains(options.text, R"("command":"complete")"));
    CHECK(
        contains(in.query(R"({"query":"case","case":")" + id + "\"}").text, R"("status":"open")"));
    CHECK(contains(in.query(R"({"query":"lookup","id":"c-1","case":")" + id + "\"}").text,
                   R"("opened":["2.1"])"));
    CHECK_EQ(in.query(R"({"query":"lookup","id":"c-2","case":")" + id + "\"}").text,
             R"({"result":null})");

    // History and export in pages say the same as at once.
    const auto pages = [&](const std::string& what) {
        std::string all, cursor;
        std::size_t guard = 0;
        do {
            const said page = in.query(R"({"query":")" + what + R"(","limit":1,"case":")" + id +
                                       R"(","cursor":")" + cursor + "\"}");
            REQUIRE_EQ(page.code, QUYTRINH_OK);
            CHECK(rows_in(page.text) <= 1);
            const auto from = page.text.find('[') + 1;
            const auto to = page.text.rfind("],\"next\"");
            if (!all.empty() && to > from) all += ',';
            all += page.text.substr(from, to - from);
            cursor = office::member(page.text, "next");
        } while (!cursor.empty() && ++guard < 50);
        return all;
    };
    for (const std::string what : {"history", "export"}) {
        const said whole = in.query(R"({"query":")" + what + R"(","case":")" + id + "\"}");
        REQUIRE_EQ(whole.code, QUYTRINH_OK);
        CHECK(rows_in(whole.text) > 2);
        CHECK_EQ("{\"rows\":[" + pages(what) + "],\"next\":\"\"}", whole.text);
    }
    CHECK_EQ(quytrinh_verify(in.handle, id.data(), id.size(), nullptr), QUYTRINH_OK);
    CHECK_EQ(rows_in(in.query(R"({"query":"refusals","case":")" + id + "\"}").text), 1);
}

TEST_CASE("several commands are answered one by one") {
    office in;
    const std::string commands =
        R"([{"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv01","id":"a"},)"
        R"({"command":"open","procedure":"QT.NONE","by":"ĐVYC/nv01","id":"b"}])";
    const said out = ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_execute_all(in.handle, commands.data(), commands.size(), QUYTRINH_VI, e, t);
    });
    REQUIRE_EQ(out.code, QUYTRINH_OK);
    const auto tree = read_json(out.text).value();
    const auto* items = tree.get_if<json_tree::list>();
    REQUIRE(items != nullptr);
    REQUIRE_EQ(items->size(), 2);
    CHECK((*items)[0].find("result") != nullptr);
    CHECK((*items)[1].find("error") != nullptr);
    CHECK(contains(out.text, "không có quy trình QT.NONE"));
    const std::string wrong = R"([{"command":"open"},{"command":"fly"}])";
    const said refused = ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_execute_all(in.handle, wrong.data(), wrong.size(), QUYTRINH_EN, e, t);
    });
    CHECK_EQ(refused.code, QUYTRINH_BAD_JSON);
    CHECK(contains(refused.error, "/1/command: is not known"));
}

TEST_CASE("texts: added, judged with places, drawn") {
    office in;
    const said wrong = in.add("ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.01 \"A\"\n  bay\n");
    CHECK_EQ(wrong.code, QUYTRINH_TEXT_IS_WRONG);
    CHECK(contains(wrong.error, "\"line\":3"));
    CHECK(contains(wrong.error, "\"file\":\"procedure.quytrinh\""));
    CHECK(read_json(wrong.error));
    const std::string text =
        "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.01 \"Cấp giấy\"\n"
        "  cách tính giờ hành chính\n  các bước theo thứ tự\n  không nêu hồ sơ lưu\n"
        "vai trò MC \"Một cửa\"\nbước 1 \"Tiếp nhận\"\n  chủ trì MC\n"
        "  thời hạn 0,5 ngày làm việc\n";
    const said added = in.add(text);
    CHECK_EQ(added.code, QUYTRINH_OK);
    CHECK(contains(added.text, "\"code\":\"QT.01\""));
    for (auto* const where : {in.handle, static_cast<quytrinh_office*>(nullptr)}) {
        for (const std::string& one : {text, std::string("không phải"), std::string()}) {
            const said judged = ask([&](quytrinh_error** e, quytrinh_text** t) {
                return quytrinh_check(where, "x", 1, one.data(), one.size(), nullptr, nullptr,
                                      QUYTRINH_VI, e, t);
            });
            CHECK_EQ(judged.code, QUYTRINH_OK);
            CHECK(read_json(judged.text));
            CHECK_EQ(contains(judged.text, "\"ok\":true"), one == text);
        }
    }
    for (const auto kind : {QUYTRINH_SVG, QUYTRINH_DOT, QUYTRINH_MERMAID}) {
        const said drawn = ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_draw(in.handle, "QT.01", 5, kind, QUYTRINH_VI, e, t);
        });
        CHECK_EQ(drawn.code, QUYTRINH_OK);
        CHECK(contains(drawn.text, "Tiếp nhận"));
    }
    CHECK_EQ(quytrinh_draw(in.handle, "QT.01", 5, 3, QUYTRINH_VI, nullptr, nullptr),
             QUYTRINH_INVALID_ARGUMENT);
    const said whole = in.query(R"({"query":"procedure","code":"QT.HTKH.03"})");
    REQUIRE_EQ(whole.code, QUYTRINH_OK);
    const auto tree = read_json(whole.text);
    REQUIRE(tree);
    CHECK(tree->find("steps")->get_if<json_tree::list>()->size() > 3);
    CHECK(rows_in(in.query(R"({"query":"procedures"})").text) >= 3);
}

TEST_CASE("calendars and limits") {
    const auto due = [](quytrinh_office* where, const std::string& request) {
        return ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_due(where, request.data(), request.size(), QUYTRINH_VI, e, t);
        });
    };
    office in;
    for (auto* const where : {in.handle, static_cast<quytrinh_office*>(nullptr)}) {
        const said out =
            due(where, R"({"limit":"chậm nhất 03 ngày làm việc","from":"2024-04-26T08:00+07:00"})");
        REQUIRE_EQ(out.code, QUYTRINH_OK);
        CHECK(contains(out.text, R"("last_day":"2024-05-04")"));
        CHECK_EQ(due(where, R"({"limit":"không nêu"})").text, R"({"kind":"not_stated"})");
        CHECK_EQ(due(where, R"({"limit":"hôm nào đó","from":"2024-04-26"})").code,
                 QUYTRINH_TEXT_IS_WRONG);
        CHECK_EQ(due(where, R"({"limit":"chậm nhất 03 ngày","from":"mai"})").code,
                 QUYTRINH_BAD_JSON);
        CHECK_EQ(
            due(where, R"({"limit":"chậm nhất 03 ngày","calendar":"X","from":"2024-04-26"})").code,
            QUYTRINH_CALENDAR_UNKNOWN);
    }
    const std::string own =
        "ngôn ngữ quy trình 1, tiếng Việt\nlịch L.X \"Lịch riêng\"\n  phiên bản \"1\"\n  có dữ "
        "liệu năm 2024\n";
    const said added = ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_add_calendars(in.handle, nullptr, 0, own.data(), own.size(), e, t);
    });
    INFO(added.error);
    CHECK_EQ(added.code, QUYTRINH_OK);
    CHECK_EQ(added.text, R"(["L.X"])");
    CHECK_EQ(quytrinh_default_calendar(in.handle, "L.X", 3, nullptr), QUYTRINH_OK);
    CHECK_EQ(quytrinh_default_calendar(in.handle, "L.Y", 3, nullptr), QUYTRINH_CALENDAR_UNKNOWN);
    CHECK(contains(in.query(R"({"query":"calendar","code":"HC.VN"})").text, R"("years":[2020)"));
    CHECK_EQ(quytrinh_switch_calendar(in.handle, "HC.VN", 5, "NONE", 4, 1, nullptr),
             QUYTRINH_NOT_FOUND);
    CHECK_EQ(quytrinh_switch_calendar(in.handle, "HC.VN", 5, "NGAY.VH", 7, 1, nullptr),
             QUYTRINH_OK);
    CHECK(contains(in.query(R"({"query":"calendar","code":"HC.VN"})").text, "+NGAY.VH"));
}

TEST_CASE("a file: written, closed, opened again, copied, looked at") {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / "quytrinh-c-cases";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const std::string uri = "sqlite:" + (folder / "a.db").string();
    const std::string copy = (folder / "b.db").string();
    std::string id;
    {
        office in(uri);
        REQUIRE_EQ(in.opened.code, QUYTRINH_OK);
        id = in.open();
        CHECK_EQ(quytrinh_backup(in.handle, copy.data(), copy.size(), nullptr), QUYTRINH_OK);
        CHECK_EQ(quytrinh_backup(in.handle, copy.data(), copy.size(), nullptr),
                 QUYTRINH_STORE_UNAVAILABLE);
        CHECK_EQ(quytrinh_check_store(in.handle, nullptr), QUYTRINH_OK);
    }
    auto options = office::trial();
    options.flags |= QUYTRINH_READ_ONLY;
    for (const std::string& one : {uri, "sqlite:" + copy}) {
        office look(one, options);
        REQUIRE_EQ(look.opened.code, QUYTRINH_OK);
        CHECK_EQ(look.query(R"({"query":"history","case":")" + id + "\"}").code, QUYTRINH_OK);
        CHECK_EQ(
            look.execute(R"({"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv01"})").code,
            QUYTRINH_STORE_READONLY);
    }
    options.flags = 0;  // a real clock on a trial store
    office real(uri, options);
    CHECK_EQ(real.opened.code, QUYTRINH_CLOCK_DIFFERS);
    options.flags = QUYTRINH_EXISTING;
    office none("sqlite:" + (folder / "none.db").string(), options);
    CHECK_EQ(none.opened.code, QUYTRINH_STORE_UNAVAILABLE);
    fs::remove_all(folder);
}

TEST_CASE("what is due: overdue tasks, notifications pulled, the clock") {
    office in;
    in.open();
    const auto pull = [&](std::uint32_t batch) {
        return ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_pull(in.handle, batch, QUYTRINH_VI, e, t);
        });
    };
    CHECK_FALSE(contains(in.query(R"({"query":"outbox"})").text, "\"pending\":0"));
    const said first = pull(0);
    REQUIRE_EQ(first.code, QUYTRINH_OK);
    CHECK(contains(first.text, R"("kind":"task_opened")"));
    CHECK(contains(in.query(R"({"query":"outbox"})").text, "\"pending\":0"));
    CHECK(contains(pull(0).text, R"("notifications":[])"));
    std::int64_t now = 0;
    REQUIRE_EQ(quytrinh_now(in.handle, nullptr, &now), QUYTRINH_OK);
    CHECK_EQ(now, office::trial().clock_us);
    CHECK_EQ(quytrinh_set_clock(in.handle, now - 1, nullptr), QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(quytrinh_set_clock(in.handle, now + 60'000'000, nullptr), QUYTRINH_OK);
    const said report = ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_run_due(in.handle, 0, QUYTRINH_VI, e, t);
    });
    CHECK_EQ(report.code, QUYTRINH_OK);
    CHECK(contains(report.text, R"("more":false)"));
    CHECK_EQ(rows_in(in.query(R"({"query":"set_aside"})").text), 0);
}

// What is pulled counts as delivered: a host that ends amid it has lost it, so `batch` must bound
// it. It was 16 pages of `batch`, and all that the timers told which it fired.
TEST_CASE("a pull hands over no more than it was asked for") {
    office in;
    for (int n = 0; n < 4; ++n) {
        const std::string id = in.open("open-" + std::to_string(n));
        REQUIRE_EQ(
            in.execute(
                  R"({"command":"complete","task":"1","by":"ĐVYC/nv01","confirmed":{"all":true},)"
                  R"("case":")" +
                  id + "\"}")
                .code,
            QUYTRINH_OK);
    }
    std::set<std::string> keys;
    const auto pull = [&](std::uint32_t batch) {
        const said out = ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_pull(in.handle, batch, QUYTRINH_VI, e, t);
        });
        REQUIRE_EQ(out.code, QUYTRINH_OK);
        std::size_t count = 0;
        constexpr std::string_view name = "\"key\":\"";
        for (auto at = out.text.find(name); at != std::string::npos;
             at = out.text.find(name, at + 1), ++count)
            CHECK(
                keys.insert(out.text.substr(at, out.text.find('"', at + name.size()) - at)).second);
        CHECK(contains(out.text, R"("more":true)"));
        return count;
    };
    const auto pending = [&] {
        return std::stoul(
            in.query(R"({"query":"outbox"})").text.substr(sizeof "{\"pending\":" - 1));
    };
    const auto all = pending();
    REQUIRE(all > 9);
    CHECK_EQ(pull(1), 1);
    CHECK_EQ(pull(3), 3);
    CHECK_EQ(pending(), all - 4);
    std::int64_t now = 0;
    REQUIRE_EQ(quytrinh_now(in.handle, nullptr, &now), QUYTRINH_OK);
    // In forty days every task is late: four timers, one at a time, and what is told about them.
    REQUIRE_EQ(quytrinh_set_clock(in.handle, now + 40 * 86'400'000'000, nullptr), QUYTRINH_OK);
    for (int n = 0; n < 4; ++n) CHECK_EQ(pull(1), 0);
    const auto late = pending();
    CHECK(late > all - 4);
    for (std::size_t n = 0; n < late; ++n) REQUIRE_EQ(pull(1), 1);
    CHECK_EQ(pending(), 0);
    CHECK_EQ(keys.size(), late + 4);
}
