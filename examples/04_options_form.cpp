// SPDX-License-Identifier: BSL-1.0
// What may this person do now, and what must they fill in? Enough to build a form, without a word
// of the procedure in the program.
//
//   options(case, actor) ──► commands ──► outcomes, fields, preconditions, who else could
#include <quytrinh/codec/json.hpp>
#include <quytrinh/quytrinh.hpp>

#include <iostream>

namespace {

using namespace quytrinh;

void print(const option& o) {
    std::cout << o.command << ' ' << to_string(o.task) << " “" << o.title << "”";
    if (!o.allowed) {
        std::cout << ": không được; có thể làm:";
        for (const auto& who : o.who_could) std::cout << ' ' << who;
        std::cout << '\n';
        return;
    }
    std::cout << '\n';
    for (const auto& p : o.preconditions) std::cout << "  [ ] " << p.text << '\n';
    for (const auto& f : o.fields) {
        std::cout << "  " << f.name << (f.required ? " *" : "") << ": " << f.type;
        for (const auto& choice : f.choices) std::cout << " / " << choice;
        std::cout << '\n';
    }
    for (const auto& outcome : o.outcomes) {
        std::cout << "  (" << outcome.name << ")";
        for (const auto& way : outcome.ways)
            std::cout << " → " << (way.step.empty() ? way.title : way.step);
        std::cout << (outcome.reason ? ", nêu lý do" : "") << '\n';
    }
}

void show(const runtime& office, const case_id& of, const actor& who) {
    std::cout << "-- " << to_string(who) << '\n';
    for (const option& o : office.options(of, who).value())
        if (o.command == "complete") print(o);
}

}  // namespace

int main() {
    const instant start = read_instant("11/12/2023 08:00", std::chrono::minutes{420}).value();
    runtime office{bundled(), open_memory({.manual_clock = start, .seed = 1}), trust_host};
    const case_id of = office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}}).value();
    show(office, of, {"ĐVYC", "nv01"});
    show(office, of, {"ĐVTH", "nv07"});

    office.complete(of, "1", {.by = {"ĐVYC", "nv01"}, .confirmed = all_preconditions}).value();
    show(office, of, {"ĐVTH", "nv07"});
    office
        .complete(of, "2",
                  {.by = {"ĐVTH", "nv07"},
                   .outcome = "OK",
                   .fields = {{"Loại yêu cầu", "Hỗ trợ khách hàng sau bán"},
                              {"Thông tin SPDV", "phần mềm hồ sơ sức khỏe"},
                              {"Đầu mối của ĐVYC", "nv01, máy lẻ 12"}}})
        .value();
    show(office, of, {"ĐVTH", "nv07"});

    // A form that was filled wrongly is refused, in words for the person.
    auto refused = office.complete(of, "3", {.by = {"ĐVTH", "nv07"}});
    std::cout << refused.error().text(language::vi) << '\n';
    office
        .complete(of, "3",
                  {.by = {"ĐVTH", "nv07"},
                   .fields = {{"Ngày hoàn thành", "31/01/2024"},
                              {"Tổ chức đào tạo về SPDV", "một buổi cho tổng đài"}}})
        .value();

    // The same as JSON, for a form in a browser.
    for (const option& o : office.options(of, {"LĐTT", "gd01"}).value())
        if (o.command == "complete") std::cout << to_json(std::vector<option>{o}) << '\n';
}
