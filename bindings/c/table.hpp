// SPDX-License-Identifier: BSL-1.0
// bindings/c/table.hpp: the table of handles. The only state that this library shares between its
// users: a handle is a number in it, so that none that a caller makes up is ever followed.
#pragma once

#include <quytrinh/base/result.hpp>
#include <quytrinh/quytrinh.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace quytrinh::c_abi {

enum class kind : std::uint8_t { office = 1, text = 2, error = 3, reply = 4 };

struct object {
    explicit object(kind of) : what(of) {}
    virtual ~object() = default;
    object(const object&) = delete;
    object& operator=(const object&) = delete;
    const kind what;
};

/// Tells the process that made it from its children. Asking the system each time who this is cost a
/// command from C as much as reading its JSON; where the system empties a page in a child, the page
/// answers.
class birthmark {
public:
    birthmark() noexcept;
    ~birthmark();  ///< of a table that came second; one that is used stays
    birthmark(const birthmark&) = delete;
    birthmark& operator=(const birthmark&) = delete;
    [[nodiscard]] bool is_ours() const noexcept {
        return page_ != nullptr ? *page_ != 0 : is_same_process();
    }

private:
    [[nodiscard]] bool is_same_process() const noexcept;
    const volatile unsigned char* page_ = nullptr;  ///< null: the system has none such
    const std::int64_t process_;
};

/// Handles of one process. A fork leaves the locks of another thread behind in the child: there the
/// parent's table is never touched again, and a new one, with another generation, takes its place.
class table {
public:
    /// The table of this process; made when there is none. Throws std::bad_alloc.
    static table& here();
    /// The same, or null: a child of a process that had one, or nothing was ever opened.
    static table* of_this_process() noexcept;

    /// Throws std::bad_alloc.
    void* add(std::shared_ptr<object> thing);
    [[nodiscard]] static result<std::shared_ptr<object>> find(const void* handle, kind wanted);
    /// NULL is fine.
    [[nodiscard]] static result<void> release(const void* handle);
    /// Takes one of the library's own out again.
    static void forget(const void* handle) noexcept;
    [[nodiscard]] std::uint64_t size() const;

private:
    table(std::uint64_t generation, table* before) : generation_(generation), before_(before) {}
    [[nodiscard]] std::uint64_t prefix() const noexcept;
    static result<table*> table_of(std::uint64_t number);

    static std::atomic<table*> present_;
    const birthmark process_;
    const std::uint64_t generation_;  ///< counts forks
    table* const before_;             ///< of the parent: kept, never touched
    mutable std::shared_mutex guard_;
    std::uint64_t next_ = 1;
    std::unordered_map<std::uint64_t, std::shared_ptr<object>> objects_;
};

/// The object of a handle, as what it is.
template <class T>
[[nodiscard]] std::shared_ptr<T> object_of(const void* handle) {
    return std::static_pointer_cast<T>(table::find(handle, T::as).value());
}

template <class T, class Handle, class... Args>
void give(Handle** out, Args&&... args) {
    auto thing = std::make_shared<T>(std::forward<Args>(args)...);
    *out = static_cast<Handle*>(table::here().add(std::move(thing)));
}

}  // namespace quytrinh::c_abi
