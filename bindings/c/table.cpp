// SPDX-License-Identifier: BSL-1.0
// bindings/c/table.cpp: numbers, processes and generations.
#include "table.hpp"

#ifdef _WIN32
#    include <process.h>
#else
#    include <sys/mman.h>
#    include <unistd.h>
#endif

#include <utility>

namespace quytrinh::c_abi {

namespace {

std::int64_t this_process() noexcept {
#ifdef _WIN32
    return _getpid();
#else
    return getpid();
#endif
}

// A handle: 0b11 and 6 bits of generation, 4 bits of kind, 52 bits that are never given twice. No
// address of a program looks like this, and the numbers last 142 years at a million a second.
static_assert(sizeof(void*) == 8, "a handle needs 64 bits");
constexpr unsigned generation_at = 56, kind_at = 52;
constexpr std::uint64_t mark = 3, generations = 64;
constexpr std::uint64_t serials = std::uint64_t{1} << kind_at;

std::uint64_t number_of(const void* handle) noexcept {
    return reinterpret_cast<std::uintptr_t>(handle);
}

unexpected no_handle() { return fail(errc::invalid_argument, {"handle"}); }

/// A page that a child finds empty; null where the system has none such.
const volatile unsigned char* page_of_one_process() noexcept {
#ifdef MADV_WIPEONFORK
    const long size = sysconf(_SC_PAGESIZE);
    if (size <= 0) return nullptr;
    const auto bytes = static_cast<std::size_t>(size);
    void* const page =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return nullptr;
    if (madvise(page, bytes, MADV_WIPEONFORK) == 0) {
        *static_cast<unsigned char*>(page) = 1;
        return static_cast<const volatile unsigned char*>(page);
    }
    munmap(page, bytes);
#endif
    return nullptr;
}

}  // namespace

birthmark::~birthmark() {
#ifdef MADV_WIPEONFORK
    if (page_ != nullptr)
        munmap(const_cast<unsigned char*>(page_), static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
#endif
}

birthmark::birthmark() noexcept : page_(page_of_one_process()), process_(this_process()) {}

bool birthmark::is_same_process() const noexcept { return process_ == this_process(); }

std::atomic<table*> table::present_{nullptr};

std::uint64_t table::prefix() const noexcept {
    return ((mark << 6) | (generation_ % generations)) << generation_at;
}

table* table::of_this_process() noexcept {
    table* const found = present_.load(std::memory_order_acquire);
    return found != nullptr && found->process_.is_ours() ? found : nullptr;
}

table& table::here() {
    for (;;) {
        table* found = present_.load(std::memory_order_acquire);
        if (found != nullptr && found->process_.is_ours()) return *found;
        // Never destroyed: threads may still use handles while the process ends.
        std::unique_ptr<table> fresh{
            new table(found == nullptr ? 0 : found->generation_ + 1, found)};
        if (present_.compare_exchange_strong(found, fresh.get(), std::memory_order_acq_rel))
            return *fresh.release();
    }
}

result<table*> table::table_of(std::uint64_t number) {
    table* const latest = present_.load(std::memory_order_acquire);
    if (latest == nullptr) return no_handle();
    if (!latest->process_.is_ours()) return fail(errc::forked);
    const std::uint64_t prefix = number >> generation_at << generation_at;
    if (prefix == latest->prefix()) return latest;
    for (const table* old = latest->before_; old != nullptr; old = old->before_)
        if (prefix == old->prefix()) return fail(errc::forked);
    return no_handle();
}

void* table::add(std::shared_ptr<object> thing) {
    const auto what = static_cast<std::uint64_t>(thing->what);
    const std::unique_lock hold(guard_);
    if (next_ >= serials) throw exception(error{errc::limit_exceeded, {"handle", "2^52"}, {}, {}});
    const std::uint64_t number = prefix() | (what << kind_at) | next_;
    objects_.emplace(number, std::move(thing));
    ++next_;
    return reinterpret_cast<void*>(static_cast<std::uintptr_t>(number));
}

result<std::shared_ptr<object>> table::find(const void* handle, kind wanted) {
    if (handle == nullptr) return no_handle();
    const auto in = table_of(number_of(handle));
    if (!in) return in.failure();
    const std::shared_lock hold((*in)->guard_);
    const auto found = (*in)->objects_.find(number_of(handle));
    if (found == (*in)->objects_.end() || found->second->what != wanted) return no_handle();
    return found->second;
}

result<void> table::release(const void* handle) {
    if (handle == nullptr) return {};
    const auto in = table_of(number_of(handle));
    if (!in) return in.failure();
    // Let go outside of the lock: what a callback's destructor does is not ours to know.
    std::shared_ptr<object> last;
    {
        const std::unique_lock hold((*in)->guard_);
        const auto found = (*in)->objects_.find(number_of(handle));
        if (found == (*in)->objects_.end() || found->second->what == kind::reply)
            return no_handle();
        last = std::move(found->second);
        (*in)->objects_.erase(found);
    }
    return {};
}

void table::forget(const void* handle) noexcept {
    // Called by who holds the object, in the process that added it: nothing is destroyed here.
    if (table* const in = of_this_process()) {
        const std::unique_lock hold(in->guard_);
        in->objects_.erase(number_of(handle));
    }
}

std::uint64_t table::size() const {
    const std::shared_lock hold(guard_);
    return objects_.size();
}

}  // namespace quytrinh::c_abi
