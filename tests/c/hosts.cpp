// SPDX-License-Identifier: BSL-1.0
// tests/c/hosts.cpp: hosts that behave badly in their callbacks, block in them, or end with handles
// open; and lists of many rows.
#include "../support/seeded.hpp"
#include "caller.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#ifdef __unix__
#    include <sys/wait.h>
#    include <unistd.h>
#endif

using namespace quytrinh_c_tests;
using quytrinh_tests::count_of;

namespace {

/// What a host does inside of any of its callbacks.
struct host {
    enum class habit { answers, throws, re_enters, removes_itself, releases };
    habit how = habit::answers;
    quytrinh_office* office = nullptr;
    int asked = 0, let_go = 0;
    std::int32_t inner = -1;

    void act() {
        ++asked;
        const std::string query = R"({"query":"cases"})";
        quytrinh_text* text = nullptr;
        switch (how) {
        case habit::answers: return;
        case habit::throws: throw std::runtime_error("the host's");
        case habit::re_enters:
            inner = quytrinh_query(office, query.data(), query.size(), QUYTRINH_EN, nullptr, &text);
            quytrinh_release(text);
            return;
        case habit::removes_itself:
            inner = quytrinh_set_table(office, "PQ", 2, nullptr, nullptr, nullptr, nullptr);
            return;
        case habit::releases: inner = quytrinh_release(office); return;
        }
    }
    static std::int32_t row(void* user, const char*, std::size_t) {
        static_cast<host*>(user)->act();
        return 1;
    }
    static std::int32_t units(void* user, const char*, std::size_t, quytrinh_reply* reply) {
        static_cast<host*>(user)->act();
        return quytrinh_reply_member(reply, "KT", 2, 0, 0);
    }
    static void destroy(void* user) { ++static_cast<host*>(user)->let_go; }
};

const std::string text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.H "Kiểm tra"
  cách tính giờ hành chính
  các bước theo thứ tự
  không nêu hồ sơ lưu
vai trò KT "Người kiểm tra"
danh mục PQ "Ai được kiểm tra loại nào"
  cột "Cán bộ" là người
  cột "Loại" là chữ
biểu mẫu P.H "Phiếu"
  thông tin "Loại" là chữ, bắt buộc
bước 1 "Nhập"
  chủ trì KT
  lập P.H
  thời hạn không nêu
  nếu PQ có (người thực hiện, "Loại") → bước 2
  còn lại → kết thúc "Không thuộc"
bước 2 "Kiểm tra"
  chủ trì KT
  thời hạn không nêu
)";
const std::string opening = R"({"command":"open","procedure":"QT.H","by":"KT/nv01","id":"h"})";

std::string completing(const std::string& id) {
    return R"({"command":"complete","task":"1","by":"KT/nv01","fields":[{"field":"Loại",)"
           R"("value":"A"}],"case":")" +
           id + "\"}";
}

}  // namespace

TEST_CASE("a table and a register of a host that throws, re-enters, removes itself, releases") {
    using habit = host::habit;
    for (const habit how : {habit::answers, habit::throws, habit::re_enters, habit::removes_itself,
                            habit::releases}) {
        INFO(static_cast<int>(how));
        const std::uint64_t before = live();
        host table, register_;
        {
            auto options = office::trial();
            options.members = host::units;
            options.members_user = &register_;
            options.members_destroy = host::destroy;
            office in{"memory:", options};
            REQUIRE_EQ(in.add(text).code, QUYTRINH_OK);
            table.office = register_.office = in.handle;
            REQUIRE_EQ(
                quytrinh_set_table(in.handle, "PQ", 2, host::row, &table, host::destroy, nullptr),
                QUYTRINH_OK);
            // A register belongs to its office: there is no way to remove it.
            if (how != habit::removes_itself) register_.how = how;
            const said opened = in.execute(opening);
            CHECK(register_.asked > 0);
            if (how == habit::throws) {
                CHECK_EQ(opened.code, QUYTRINH_HOST_CALLBACK_FAILED);
                CHECK(contains(opened.error, "the host's"));
            } else {
                CHECK_EQ(opened.code, QUYTRINH_OK);
            }
            if (how != habit::releases) {
                register_.how = habit::answers;
                if (how == habit::throws) REQUIRE_EQ(in.execute(opening).code, QUYTRINH_OK);
                const std::string id = office::member(in.execute(opening).text, "case");
                table.how = how;
                const said done = in.execute(completing(id));
                CHECK(table.asked > 0);
                CHECK_EQ(done.code,
                         how == habit::throws ? QUYTRINH_HOST_CALLBACK_FAILED : QUYTRINH_OK);
            } else {
                CHECK_EQ(in.execute(opening).code, QUYTRINH_INVALID_ARGUMENT);  // it is gone
            }
            if (how != habit::answers && how != habit::throws)
                CHECK_EQ((how == habit::releases ? register_ : table).inner, QUYTRINH_OK);
        }
        CHECK_EQ(table.let_go, 1);
        CHECK_EQ(register_.let_go, 1);
        CHECK_EQ(live(), before);
    }
}

TEST_CASE("a callback that blocks holds up its own thread only") {
    struct gate {
        std::mutex guard;
        std::condition_variable changed;
        bool inside = false, open = false;
        static std::int32_t tell(void* user, const char*, std::size_t) {
            auto& self = *static_cast<gate*>(user);
            std::unique_lock hold(self.guard);
            self.inside = true;
            self.changed.notify_all();
            self.changed.wait(hold, [&] { return self.open; });
            return 0;
        }
    } waiting;
    office in;
    REQUIRE_EQ(
        quytrinh_on_notification(in.handle, gate::tell, &waiting, nullptr, QUYTRINH_VI, nullptr),
        QUYTRINH_OK);
    std::thread blocked([&] { in.open("first"); });
    {
        std::unique_lock hold(waiting.guard);
        waiting.changed.wait(hold, [&] { return waiting.inside; });
    }
    // Meanwhile: queries, another callback, a test, and the handle itself released.
    CHECK(contains(in.query(R"({"query":"cases"})").text, "\"version\":2"));
    CHECK_EQ(quytrinh_on_notification(in.handle, nullptr, nullptr, nullptr, QUYTRINH_VI, nullptr),
             QUYTRINH_OK);
    CHECK_EQ(in.open("second").size(), 26);
    {
        const std::lock_guard hold(waiting.guard);
        waiting.open = true;
    }
    waiting.changed.notify_all();
    blocked.join();
}

TEST_CASE("a reply is for its callback only") {
    struct asker {
        quytrinh_reply* kept = nullptr;
        std::int32_t wrong_kind = -1;
        static std::int32_t give(void* user, const char*, std::size_t, quytrinh_reply* reply) {
            auto& self = *static_cast<asker*>(user);
            self.kept = reply;
            self.wrong_kind = quytrinh_release(reply);  // not theirs to let go
            return quytrinh_reply_text(reply, "ngôn ngữ quy trình 1, tiếng Việt\n", 42);
        }
    } one;
    const std::string imports =
        "ngôn ngữ quy trình 1, tiếng Việt\nlấy từ tệp \"a.quytrinh\"\nquy trình QT.X \"X\"\n";
    const said out = ask([&](quytrinh_error** e, quytrinh_text** t) {
        return quytrinh_check(nullptr, nullptr, 0, imports.data(), imports.size(), asker::give,
                              &one, QUYTRINH_VI, e, t);
    });
    CHECK_EQ(out.code, QUYTRINH_OK);
    REQUIRE(one.kept != nullptr);
    CHECK_EQ(one.wrong_kind, QUYTRINH_INVALID_ARGUMENT);
    CHECK_EQ(quytrinh_reply_text(one.kept, "x", 1), QUYTRINH_INVALID_ARGUMENT);
}

#ifdef __unix__
TEST_CASE("a process may end with handles open, in the middle of a call, too") {
    for (const bool inside : {false, true}) {
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            static office in;  // its destructor runs while the process ends
            const auto leave = [](void*, const char*, std::size_t) -> std::int32_t {
                std::_Exit(7);
            };
            if (inside)
                quytrinh_on_notification(in.handle, leave, nullptr, nullptr, QUYTRINH_VI, nullptr);
            in.open();
            std::exit(7);
        }
        int status = 0;
        REQUIRE_EQ(waitpid(child, &status, 0), child);
        CHECK(WIFEXITED(status));
        CHECK_EQ(WEXITSTATUS(status), 7);
    }
}
#endif

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("ten thousand tasks are listed in pages, and memory does not grow") {
    const auto resident_kib = [] {
        std::ifstream file("/proc/self/status");
        std::string word;
        while (file >> word)
            if (word == "VmRSS:") {
                long kib = 0;
                file >> kib;
                return kib;
            }
        return 0L;
    };
    office in;
    REQUIRE_EQ(in.add(text).code, QUYTRINH_OK);
    // A quick run lists fewer.
    constexpr int batch = 500;
    const int many = static_cast<int>(count_of(20)) * batch;
    for (int n = 0; n < many; n += batch) {
        std::string commands = "[";
        for (int i = n; i < n + batch; ++i)
            commands +=
                (i == n ? "" : ",") +
                std::string(R"({"command":"open","procedure":"QT.H","by":"KT/nv01","id":"m)") +
                std::to_string(i) + "\"}";
        commands += "]";
        const said out = ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_execute_all(in.handle, commands.data(), commands.size(), QUYTRINH_VI, e,
                                        t);
        });
        REQUIRE_EQ(out.code, QUYTRINH_OK);
    }
    const auto list = [&] {
        int rows = 0;
        std::string cursor;
        do {
            const std::string page =
                in.query(R"({"query":"tasks","unit":"KT","limit":100,"cursor":")" + cursor + "\"}")
                    .text;
            for (std::size_t at = 0; (at = page.find("{\"case\":", at)) != std::string::npos; ++at)
                ++rows;
            cursor = office::member(page, "next");
        } while (!cursor.empty());
        return rows;
    };
    CHECK_EQ(list(), many);  // whatever is made at first is made now
    const long before = resident_kib();
    const std::uint64_t handles = live();
    for (int round = 0; round < 5; ++round) CHECK_EQ(list(), many);
    CHECK(resident_kib() - before < 4 * 1024);
    CHECK_EQ(live(), handles);
}
#endif
