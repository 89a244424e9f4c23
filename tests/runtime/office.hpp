// SPDX-License-Identifier: BSL-1.0
// tests/runtime/office.hpp: small procedures and a runtime over a memory store whose clock the test
// moves.
#pragma once

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace office_of {

using namespace quytrinh;

/// A sends, B judges within three days; NOK comes back.
inline constexpr std::string_view small_text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.THU "Thử"
  một ngày là ngày lịch
vai trò A "Bên A"
vai trò B "Bên B"
bước 1 "Gửi"
  chủ trì A
  thời hạn không nêu
  xong → bước 2
bước 2 "Xét"
  chủ trì B
  phối hợp A
  thời hạn chậm nhất 03 ngày kể từ khi nhận
  OK → kết thúc "Đạt"
  NOK → bước 1, nêu lý do
)";

/// A failed one opens a new one of QT.THU.
inline constexpr std::string_view parent_text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.ME "Mẹ"
vai trò A "Bên A"
bước 1 "Làm"
  chủ trì A
  thời hạn không nêu
  mở quy trình QT.THU nếu NOK
  OK → kết thúc "Đạt"
  NOK → kết thúc "Không đạt"
)";

inline instant at(std::string_view text) {
    const auto read = read_instant(text, std::chrono::minutes{420});
    REQUIRE_MESSAGE(read.has_value(), "not an instant: " << text);
    return *read;
}

inline actor who(const char* text) { return read_actor(text); }

template <class T>
T done(result<T> r) {
    if (!r.has_value()) FAIL(r.error().text(language::en));
    return std::move(r).value();
}
inline void done(const result<void>& r) {
    if (!r.has_value()) FAIL(r.error().text(language::en));
}

/// Without the bundled procedures, which have tests of their own; with their calendar.
inline definitions only_calendars() {
    definitions all = bundled();
    all.procedures.clear();
    return all;
}

struct small_office {
    std::shared_ptr<store> keep;
    runtime office;

    explicit small_office(std::shared_ptr<store> over = {}, trust whom = trust_host,
                          limits bounds = {})
        : keep(over ? std::move(over) : open_memory({at("2023-12-11T08:00"), 7})),
          office(only_calendars(), keep, std::move(whom), "main", bounds) {
        done(office.add(std::string(small_text), "thu.quytrinh"));
        done(office.add(std::string(parent_text), "me.quytrinh"));
    }

    case_id open(const char* by = "A/nv01", std::string procedure = "QT.THU") {
        open_options options;
        options.by = who(by);
        return done(office.open(procedure, options));
    }
    result<command_result> complete(const case_id& of, const char* task, const char* by,
                                    std::string outcome = {}, std::string reason = {},
                                    std::string id = {}) {
        complete_options options;
        options.by = who(by);
        options.outcome = std::move(outcome);
        options.reason = std::move(reason);
        options.id = command_id{std::move(id)};
        return office.complete(of, task, options);
    }
    result<command_result> send(const case_id& of, const char* by, command::body body,
                                std::string id = {}) {
        case_command what;
        what.id = command_id{std::move(id)};
        what.target = of;
        what.by = who(by);
        what.body = std::move(body);
        return office.execute(std::move(what));
    }
    [[nodiscard]] case_state state(const case_id& of) const { return done(office.find(of)).state; }
};

}  // namespace office_of
