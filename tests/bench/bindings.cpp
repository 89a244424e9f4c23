// SPDX-License-Identifier: BSL-1.0
// tests/bench/bindings.cpp: the commands of bindings/bench/walk.json through the C functions
// beside the same commands in C++; and either alone, for bindings/run.sh bench.
#include "harness.hpp"
#include "walker.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/quytrinh.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace bench {

using namespace quytrinh;

namespace {

/// Commands in the order of the file. As JSON each is in two parts, the case goes between.
struct script {
    std::vector<case_command> commands;
    std::vector<std::string> before, after;
};

script read_script(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const json_tree tree = read_json(text).value();
    script out;
    for (const auto& one : *tree.get_if<json_tree::list>()) {
        const std::string json = to_json(one);
        const bool opens = out.commands.empty();
        const std::string id = opens ? "" : std::string(26, 'a');
        const std::string first = opens ? "{" : R"({"case":")";
        const std::string rest = (opens ? "" : "\",") + json.substr(1);
        out.commands.push_back(command_from_json(first + id + rest).value());
        out.before.push_back(first);
        out.after.push_back(rest);
    }
    return out;
}

/// Seconds of `count` walks.
double in_cpp(const script& say, int count) {
    auto office = make_office(open_memory(trial()));
    return seconds_of([&] {
        for (int i = 0; i < count; ++i) {
            case_id id;
            bool ended = false;
            for (const auto& one : say.commands) {
                case_command what = one;
                what.target = id;
                auto done = office.execute(std::move(what)).value();
                id = std::move(done.target);
                ended = done.ended;
            }
            if (!ended) throw std::runtime_error("the walk does not end");
        }
    });
}

void must(std::int32_t code) {
    if (code != QUYTRINH_OK) throw std::runtime_error("C: error " + std::to_string(code));
}

double in_c(const script& say, int count) {
    quytrinh_open_options options{};
    options.size = sizeof options;
    options.flags = QUYTRINH_MANUAL_CLOCK | QUYTRINH_SEEDED;
    options.clock_us = trial().manual_clock->time_since_epoch().count();
    options.seed = 42;
    quytrinh_office* office = nullptr;
    must(quytrinh_open("memory:", 7, &options, nullptr, &office));
    const double s = seconds_of([&] {
        std::string json, id;
        for (int i = 0; i < count; ++i) {
            id.clear();
            bool ended = false;
            for (std::size_t k = 0; k < say.before.size(); ++k) {
                json.assign(say.before[k]).append(id).append(say.after[k]);
                quytrinh_text* text = nullptr;
                quytrinh_error* error = nullptr;
                const char* answer = nullptr;
                std::size_t size = 0;
                must(quytrinh_execute(office, json.data(), json.size(), &error, &text));
                must(quytrinh_text_get(text, &answer, &size));
                if (k == 0) id = std::string_view{answer, size}.substr(9, 26);
                ended = std::string_view{answer, size}.find("\"ended\":true") != std::string::npos;
                must(quytrinh_release(text));
            }
            if (!ended) throw std::runtime_error("the walk does not end");
        }
    });
    must(quytrinh_release(office));
    return s;
}

}  // namespace

walks_made walk_through(const std::string& language, const std::string& file, int count) {
    const script say = read_script(file);
    const auto work = language == "c" ? in_c : in_cpp;
    work(say, count / 10 + 1);
    return {say.commands.size() * static_cast<std::size_t>(count), work(say, count)};
}

std::vector<row> binding_rows(bool quick) {
    const script say = read_script(QUYTRINH_SOURCE_DIR "/bindings/bench/walk.json");
    const int count = quick ? 50 : 500;
    const double commands = static_cast<double>(say.commands.size()) * count;
    return {paired(
        "a command on a memory store, from C", "in C++", "µs", 1e6,
        [&] { return in_c(say, count) / commands; }, [&] { return in_cpp(say, count) / commands; },
        gate::at_most, 1.3, "–", quick ? 5 : 9)};
}

}  // namespace bench
