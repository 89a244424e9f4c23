// SPDX-License-Identifier: BSL-1.0
// tests/runtime/limits.cpp: each limit of base/limits.hpp that a command can meet, at the limit and
// one beyond. Sizes are measured on an office without the limit: with one seed both write the same
// bytes. (Limits of texts: tests/language/hostile.cpp and parse.cpp; of conditions:
// tests/model/condition.cpp; of time limits: tests/time/counting.cpp and tests/check/limits.cpp; of
// deliveries: dispatch.cpp.)
#include <quytrinh/runtime/runtime.hpp>

#include "office.hpp"
#include "wrapped_store.hpp"

#include <quytrinh/codec/event_codec.hpp>

#include <algorithm>

using namespace office_of;

namespace {

constexpr std::string_view asking_text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.HOI "Hỏi"
vai trò A "Bên A"
vai trò B "Bên B"
bước 1 "Làm"
  chủ trì A
  thời hạn không nêu
  xong → kết thúc
xin ý kiến 1a "Hỏi ý kiến" tại bước 1
  hỏi B
  thời hạn không nêu
)";

small_office office_with(const limits& bounds, std::shared_ptr<store> over = {}) {
    return small_office(std::move(over), trust_host, bounds);
}

/// Refused by this limit, by name and number, and nothing has changed.
template <class Answer>
void check_limit(const small_office& o, const case_id& of, std::uint64_t version,
                 const Answer& answer, const char* name, std::size_t limit) {
    CAPTURE(name);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == errc::limit_exceeded);
    CHECK(answer.error().args == std::vector<std::string>{name, std::to_string(limit)});
    CHECK(done(o.keep->read("main", of, {})).head->version == version);
    CHECK(o.state(of).version == version);
}

std::uint64_t history_bytes(const small_office& o, const case_id& of) {
    std::uint64_t bytes = 0;
    for (const stored_event& event : done(o.keep->history("main", of, 0, 100'000)))
        bytes += event.header.size() + event.payload.size();
    CHECK(done(o.keep->read("main", of, {})).head->history_bytes == bytes);
    return bytes;
}

command::comment note(std::size_t bytes = 5) {
    return command::comment{{}, std::string(bytes, 'x')};
}

}  // namespace

TEST_CASE("history_bytes: all events of a case together, to the byte") {
    small_office free;
    const case_id measured = free.open();
    done(free.send(measured, "A/nv01", note(1'000), "x"));
    const std::uint64_t fits = history_bytes(free, measured);
    for (const std::int64_t beside : {-1, 0, 1}) {
        CAPTURE(beside);
        limits bounds;
        bounds.history_bytes = static_cast<std::size_t>(static_cast<std::int64_t>(fits) + beside);
        small_office o = office_with(bounds);
        const case_id of = o.open();
        const auto answer = o.send(of, "A/nv01", note(1'000), "x");
        if (beside < 0) {
            check_limit(o, of, 2, answer, "history_bytes", bounds.history_bytes);
            done(o.send(of, "A/nv01", note(10)));  // what fits still fits
        } else {
            CHECK(done(answer).version == 3);
            CHECK(history_bytes(o, of) == fits);
            check_limit(o, of, 3, o.send(of, "A/nv01", note(1)), "history_bytes",
                        bounds.history_bytes);
            check_limit(o, of, 3, o.complete(of, "1", "A/nv01"), "history_bytes",
                        bounds.history_bytes);
        }
        done(o.office.verify(of));
    }
}

TEST_CASE("history_bytes: an opening that does not fit opens nothing") {
    limits bounds;
    bounds.history_bytes = 10;
    small_office o = office_with(bounds);
    const auto opened = o.office.open("QT.THU", {.by = who("A/nv01")});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == errc::limit_exceeded);
    CHECK(done(o.office.cases({})).rows.empty());
}

TEST_CASE("history_bytes: counted over snapshots, in a group, and by the next process") {
    small_office free;
    const case_id of = free.open();
    // Snapshots are made on the way: what came before them counts as well.
    for (int i = 0; i < 100; ++i) done(free.send(of, "A/nv01", note(500)));
    CHECK(done(free.keep->read("main", of, {})).snapshot.has_value());
    const std::uint64_t bytes = history_bytes(free, of);
    CHECK(bytes > 50'000);

    limits bounds;
    bounds.history_bytes = bytes + 700;
    small_office next = office_with(bounds, free.keep);
    std::vector<case_command> group(3);
    for (auto& one : group) {
        one.target = of;
        one.by = who("A/nv01");
        one.body = note(500);
    }
    const auto answers = next.office.execute_all(group);
    CHECK(answers[0].has_value());
    for (const std::size_t i : {1u, 2u})
        check_limit(next, of, 103, answers[i], "history_bytes", bounds.history_bytes);
    small_office after = office_with(bounds, free.keep);
    check_limit(after, of, 103, after.send(of, "A/nv01", note(500)), "history_bytes",
                bounds.history_bytes);
    done(after.office.verify(of));
}

TEST_CASE("a size that is not that of the events is found by verify") {
    /// A store of somebody who does not keep it.
    class forgetful_store : public wrapped_store {
    public:
        using wrapped_store::wrapped_store;
        result<case_view> read(const std::string& t, const case_id& of,
                               const command_id& id) override {
            auto view = real->read(t, of, id);
            if (view && view->head) view->head->history_bytes = 0;
            return view;
        }
    };
    small_office o(std::make_shared<forgetful_store>(open_memory({at("2023-12-11T08:00"), 7})));
    const case_id of = o.open();
    const auto found = o.office.verify(of);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == errc::store_corrupt);
}

TEST_CASE("events_per_case: the last one that fits, and the first that does not") {
    for (const std::size_t limit : {3u, 4u, 5u}) {
        CAPTURE(limit);
        limits bounds;
        bounds.events_per_case = limit;
        small_office o = office_with(bounds);
        const case_id of = o.open();                        // two events
        const auto answer = o.complete(of, "1", "A/nv01");  // two more
        if (limit < 4) {
            check_limit(o, of, 2, answer, "events_per_case", limit);
            continue;
        }
        CHECK(done(answer).version == 4);
        const auto more = o.send(of, "A/nv01", note());
        if (limit == 4)
            check_limit(o, of, 4, more, "events_per_case", limit);
        else
            CHECK(done(more).version == 5);
    }
}

TEST_CASE("payload_bytes: the command and each of its events") {
    small_office free;
    const case_id measured = free.open();
    case_command sent;
    sent.id = command_id{"x"};
    sent.target = measured;
    sent.by = who("A/nv01");
    sent.body = note(2'000);
    const std::size_t command = encode_command(sent).size();
    done(free.office.execute(sent));
    const std::size_t payload =
        done(free.keep->history("main", measured, 2, 1)).front().payload.size();
    CHECK(payload > 2'000);
    for (const int beside : {-1, 0, 1}) {
        limits bounds;
        bounds.payload_bytes =
            static_cast<std::size_t>(static_cast<int>(std::max(command, payload)) + beside);
        small_office o = office_with(bounds);
        const case_id of = o.open();
        REQUIRE(of == measured);
        const auto answer = o.office.execute(sent);
        if (beside < 0)
            check_limit(o, of, 2, answer, "payload_bytes", bounds.payload_bytes);
        else
            CHECK(done(answer).version == 3);
    }
}

TEST_CASE("open_tasks: tasks and questions that are open together") {
    limits bounds;
    bounds.open_tasks = 3;
    small_office o = office_with(bounds);
    done(o.office.add(std::string(asking_text), "hoi.quytrinh"));
    const case_id of = o.open("A/nv01", "QT.HOI");
    const command::consult ask{"1a", "", "hỏi", {}};
    done(o.send(of, "A/nv01", ask));
    const std::uint64_t full = done(o.send(of, "A/nv01", ask)).version;
    check_limit(o, of, full, o.send(of, "A/nv01", ask), "open_tasks", 3);
    // An answer makes room.
    done(o.send(of, "B/nv02", command::answer{"1a.1", "", "đáp", {}}));
    done(o.send(of, "A/nv01", ask));
    done(o.office.verify(of));
}

TEST_CASE("ids, texts and counts of one command") {
    small_office o;
    const case_id of = o.open();
    std::uint64_t version = 2;
    const auto fits = [&](const auto& answer) { version = done(answer).version; };
    const auto is_over = [&](const auto& answer, const char* name, std::size_t limit) {
        check_limit(o, of, version, answer, name, limit);
    };
    fits(o.send(of, "A/nv01", note(), std::string(128, 'i')));
    is_over(o.send(of, "A/nv01", note(), std::string(129, 'i')), "command_id_bytes", 128);
    fits(o.send(of, ("A/" + std::string(255, 'p')).c_str(), note()));
    is_over(o.send(of, ("A/" + std::string(256, 'p')).c_str(), note()), "id_bytes", 255);
    fits(o.send(of, "A/nv01", note(65'536)));
    is_over(o.send(of, "A/nv01", note(65'537)), "text_bytes", 65'536);
    // Two bytes a letter: it is bytes that are counted.
    std::string letters;
    for (int i = 0; i < 32'769; ++i) letters += "đ";
    is_over(o.send(of, "A/nv01", command::comment{{}, letters}), "text_bytes", 65'536);

    const auto fields = [&](std::size_t count) {
        command::record with;
        with.task = "1";
        with.fields.assign(count, field_entry{"X", value{"x"}});
        return o.send(of, "A/nv01", with);
    };
    const auto thousand = fields(1'000);
    REQUIRE_FALSE(thousand);
    CHECK(thousand.error().code != errc::limit_exceeded);  // there is no such field
    is_over(fields(1'001), "fields_per_command", 1'000);
}

TEST_CASE("page and page_max: a query gives as many rows, and the rest by its cursor") {
    limits bounds;
    bounds.page_max = 3;
    small_office o = office_with(bounds);
    for (int i = 0; i < 4; ++i) (void)o.open();
    CHECK(done(o.office.task_page({.unit = "A"}, {}, 3)).rows.size() == 3);
    const auto tasks = done(o.office.task_page({.unit = "A"}, {}, 1'000'000));
    CHECK(tasks.rows.size() == 3);
    CHECK(done(o.office.task_page({.unit = "A"}, tasks.next)).rows.size() == 1);
    const auto page = done(o.office.cases({}, {}, 1'000'000));
    CHECK(page.rows.size() == 3);
    CHECK_FALSE(page.next.empty());
    // A history is read in such pages, and is whole.
    CHECK(done(o.office.history(page.rows[0].id)).size() == 2);
}

TEST_CASE("a host can neither raise a limit past its maximum nor switch it off with 0") {
    limits wide;
    wide.command_id_bytes = wide.id_bytes = wide.text_bytes = 1u << 30;
    wide.payload_bytes = wide.history_bytes = std::size_t{1} << 40;
    wide.events_per_case = wide.open_tasks = wide.page_max = 1u << 30;
    small_office o = office_with(wide);
    const case_id of = o.open();
    check_limit(o, of, 2, o.send(of, "A/nv01", note(), std::string(129, 'i')), "command_id_bytes",
                128);
    check_limit(o, of, 2, o.send(of, ("A/" + std::string(256, 'p')).c_str(), note()), "id_bytes",
                255);
    check_limit(o, of, 2, o.send(of, "A/nv01", note((1u << 20) + 1)), "text_bytes", 1u << 20);
    CHECK(done(o.send(of, "A/nv01", note(1u << 20))).version == 3);

    limits none;
    none.events_per_case = none.history_bytes = none.open_tasks = 0;
    small_office shut = office_with(none);
    const auto opened = shut.office.open("QT.THU", {.by = who("A/nv01")});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == errc::limit_exceeded);
    limits no_page;
    no_page.page_max = 0;
    small_office narrow = office_with(no_page);
    const case_id one = narrow.open();
    CHECK(done(narrow.office.history(one)).size() == 2);
    done(narrow.office.verify(one));
}
