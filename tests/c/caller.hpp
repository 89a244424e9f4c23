// SPDX-License-Identifier: BSL-1.0
// tests/c/caller.hpp: the C functions for tests: handles let go, results as strings.
#pragma once

#include <quytrinh/quytrinh.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace quytrinh_c_tests {

/// A call's number, what it gave, and its error as JSON in English.
struct said {
    std::int32_t code = -1;
    std::string text;
    std::string error;
};

inline std::string take(quytrinh_text* text) {
    const char* data = nullptr;
    std::size_t size = 0;
    std::string out;
    if (quytrinh_text_get(text, &data, &size) == QUYTRINH_OK) out.assign(data, size);
    quytrinh_release(text);
    return out;
}

inline std::string take(quytrinh_error* error, std::int32_t words = QUYTRINH_EN) {
    quytrinh_text* json = nullptr;
    std::string out;
    if (error != nullptr && quytrinh_error_json(error, words, &json) == QUYTRINH_OK)
        out = take(json);
    quytrinh_release(error);
    return out;
}

/// ask([&](quytrinh_error** e, quytrinh_text** t) { return quytrinh_…(…, e, t); })
template <class Call>
said ask(Call&& call, std::int32_t words = QUYTRINH_EN) {
    said out;
    quytrinh_error* error = nullptr;
    quytrinh_text* text = nullptr;
    out.code = call(&error, &text);
    if (text != nullptr) out.text = take(text);
    if (error != nullptr) out.error = take(error, words);
    return out;
}

class office {
public:
    static quytrinh_open_options trial(std::uint64_t seed = 7) {
        quytrinh_open_options options{};
        options.size = sizeof options;
        options.flags = QUYTRINH_MANUAL_CLOCK | QUYTRINH_SEEDED;
        options.clock_us = 1'702'256'400'000'000;  // 2023-12-11T08:00+07:00
        options.seed = seed;
        return options;
    }
    explicit office(std::string_view uri = "memory:",
                    const quytrinh_open_options& options = trial()) {
        opened = ask([&](quytrinh_error** e, quytrinh_text**) {
            return quytrinh_open(uri.data(), uri.size(), &options, e, &handle);
        });
    }
    ~office() { quytrinh_release(handle); }
    office(const office&) = delete;
    office& operator=(const office&) = delete;

    said execute(std::string_view command) {
        return ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_execute(handle, command.data(), command.size(), e, t);
        });
    }
    said query(std::string_view request) {
        return ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_query(handle, request.data(), request.size(), QUYTRINH_EN, e, t);
        });
    }
    said add(std::string_view text) {
        return ask([&](quytrinh_error** e, quytrinh_text** t) {
            return quytrinh_add(handle, nullptr, 0, text.data(), text.size(), nullptr, nullptr,
                                QUYTRINH_EN, e, t);
        });
    }
    /// Opens a case of QT.HTKH.03; its id.
    std::string open(const std::string& id = "open-1") {
        const said out = execute(
            R"({"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv01","id":")" + id + "\"}");
        return member(out.text, "case");
    }
    /// The text of a member whose value is a string without escapes.
    static std::string member(const std::string& json, const std::string& name) {
        const std::string key = "\"" + name + "\":\"";
        const auto at = json.find(key);
        if (at == std::string::npos) return {};
        const auto begin = at + key.size();
        return json.substr(begin, json.find('"', begin) - begin);
    }

    said opened;
    quytrinh_office* handle = nullptr;
};

inline std::uint64_t live() {
    std::uint64_t count = 0;
    quytrinh_live_handles(&count);
    return count;
}

inline bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace quytrinh_c_tests
