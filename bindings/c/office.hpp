// SPDX-License-Identifier: BSL-1.0
// bindings/c/office.hpp: what stands behind the handle of an office, and callbacks with what
// belongs to them.
#pragma once

#include "call.hpp"

#include <quytrinh/runtime/runtime.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace quytrinh::c_abi {

/// A function of the caller with its `user`, let go exactly once. Calls in progress share it, so
/// that a callback may remove itself.
template <class Function>
struct callback {
    callback(Function function, void* its, quytrinh_destroy_fn let_go) noexcept
        : tell(function), user(its), destroy_(let_go) {}
    ~callback() {
        if (destroy_ == nullptr) return;
        try {
            destroy_(user);
        } catch (...) {  // nobody is there to be told
        }
    }
    callback(const callback&) = delete;
    callback& operator=(const callback&) = delete;
    Function tell;
    void* user;

private:
    quytrinh_destroy_fn destroy_;
};

/// Shared from the first moment of a call on, so that `user` is let go whatever fails.
template <class Function>
std::shared_ptr<callback<Function>> keep(Function function, void* user,
                                         quytrinh_destroy_fn let_go) {
    try {
        return std::make_shared<callback<Function>>(function, user, let_go);
    } catch (...) {
        const callback<Function> now{function, user, let_go};
        throw;
    }
}

/// Where a callback puts its answer. Its handle lives as long as the callback runs.
struct reply_object : object {
    static constexpr kind as = kind::reply;
    reply_object() : object(as) {}
    std::mutex guard;
    std::string text;
    bool answered = false;
    std::vector<membership> units;
};

class reply {
public:
    reply();
    ~reply();
    reply(const reply&) = delete;
    reply& operator=(const reply&) = delete;
    [[nodiscard]] quytrinh_reply* handle() const noexcept { return handle_; }
    [[nodiscard]] reply_object& answers() const noexcept { return *object_; }

private:
    std::shared_ptr<reply_object> object_;
    quytrinh_reply* handle_ = nullptr;
};

/// Imports by a function of the caller; those that ship where there is none.
[[nodiscard]] import_resolver imports_of(quytrinh_import_fn function, void* user);

/// Times that can be counted with: the years 1900 to 2199. Throws exception.
[[nodiscard]] instant moment_of_clock(std::int64_t us);

struct office_object : object {
    static constexpr kind as = kind::office;
    office_object(runtime with, std::string of, std::vector<std::string> days)
        : object(as), office(std::move(with)), tenant(std::move(of)), calendars(std::move(days)) {}

    void know_calendars(const std::vector<std::string>& codes) {
        const std::lock_guard hold(guard);
        for (const std::string& code : codes)
            if (std::find(calendars.begin(), calendars.end(), code) == calendars.end())
                calendars.push_back(code);
    }

    runtime office;
    const std::string tenant;
    std::mutex
        guard;  ///< of what follows; held for a moment, never while anything of the host is called
    std::string default_calendar = "HC.VN";
    std::vector<std::string> calendars;  ///< codes; the runtime gives one at a time
    std::shared_ptr<callback<quytrinh_notification_fn>> told;  ///< null: nobody
};

/// The error of a refusal, thrown on its way out of an entry point.
template <class T>
T must(result<T>&& what) {
    return std::move(what).value();
}
inline void must(const result<void>& what) { what.value(); }

}  // namespace quytrinh::c_abi
