// SPDX-License-Identifier: BSL-1.0
// bindings/c/call.cpp: arguments and failures; texts and errors as objects.
#include "call.hpp"

#include "json_text.hpp"

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/json.hpp>

#include <cstdint>

namespace quytrinh::c_abi {

void refuse(errc code, std::initializer_list<std::string> args) {
    throw exception(error{code, args, {}, {}});
}

std::string_view given_bytes(const char* data, std::size_t size, const char* part) {
    // The largest that anything here takes is a text of 16 MiB; a length that was never set is
    // caught before it is read.
    constexpr std::size_t most = std::size_t{16} << 20;
    if (size > most) refuse(errc::limit_exceeded, {part, std::to_string(most)});
    if (size == 0) return {};
    if (data == nullptr) refuse(errc::invalid_argument, {part});
    return {data, size};
}

std::string_view given(const char* data, std::size_t size, const char* part) {
    const auto text = given_bytes(data, size, part);
    if (first_ill_formed(text)) refuse(errc::invalid_utf8, {part});
    return text;
}

std::string_view named(const char* data, std::size_t size, const char* part) {
    const auto text = given(data, size, part);
    if (text.empty()) refuse(errc::invalid_argument, {part});
    return text;
}

language language_of(std::int32_t words) {
    if (words == QUYTRINH_VI) return language::vi;
    if (words == QUYTRINH_EN) return language::en;
    refuse(errc::invalid_argument, {"words", std::to_string(words)});
}

std::int32_t answer(quytrinh_error** error, quytrinh::error reason,
                    std::vector<source_text> sources) noexcept {
    const auto code = static_cast<std::int32_t>(reason.code);
    if (error == nullptr) return code;
    try {
        give<error_object>(error, std::move(reason), std::move(sources));
    } catch (...) {
        *error = nullptr;  // the number alone says it
    }
    return code;
}

std::int32_t answer_exception(quytrinh_error** error) noexcept {
    const auto number = [](errc code) { return static_cast<std::int32_t>(code); };
    try {
        try {
            throw;
        } catch (const exception& e) {
            return answer(error, e.reason());
        } catch (wrong_text& e) {
            return answer(error, std::move(e.reason), std::move(e.sources));
        } catch (const std::bad_alloc&) {
            return answer(error, quytrinh::error{errc::out_of_memory, {}, {}, {}});
        } catch (const std::exception& e) {
            return answer(error, quytrinh::error{errc::internal, {e.what()}, {}, {}});
        } catch (...) {
            return answer(error, quytrinh::error{errc::internal, {"unknown"}, {}, {}});
        }
    } catch (...) {
        return number(errc::out_of_memory);  // while putting the above into words
    }
}

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;

std::uint32_t quytrinh_abi_version(void) { return QUYTRINH_ABI_VERSION; }

const char* quytrinh_version(void) {
#define QUYTRINH_TEXT_OF(x) #x
#define QUYTRINH_DOTTED(a, b, c) QUYTRINH_TEXT_OF(a) "." QUYTRINH_TEXT_OF(b) "." QUYTRINH_TEXT_OF(c)
    return QUYTRINH_DOTTED(QUYTRINH_VERSION_MAJOR, QUYTRINH_VERSION_MINOR, QUYTRINH_VERSION_PATCH);
#undef QUYTRINH_DOTTED
#undef QUYTRINH_TEXT_OF
}

std::int32_t quytrinh_release(void* handle) {
    return call(nullptr, [&] { table::release(handle).value(); });
}

std::int32_t quytrinh_live_handles(std::uint64_t* count) {
    return call(nullptr, [&] {
        clear(count);
        if (const table* here = table::of_this_process()) *count = here->size();
    });
}

std::int32_t quytrinh_text_get(quytrinh_text* text, const char** data, std::size_t* size) {
    return call(nullptr, [&] {
        clear(data);
        clear(size);
        const auto found = object_of<text_object>(text);
        *data = found->text.c_str();
        *size = found->text.size();
    });
}

std::int32_t quytrinh_error_message(quytrinh_error* error, std::int32_t words,
                                    quytrinh_text** message) {
    return call(nullptr, [&] {
        clear(message);
        const auto found = object_of<error_object>(error);
        give_text(message, found->reason.text(language_of(words)));
    });
}

std::int32_t quytrinh_error_json(quytrinh_error* error, std::int32_t words, quytrinh_text** json) {
    return call(nullptr, [&] {
        clear(json);
        const auto found = object_of<error_object>(error);
        const auto as = language_of(words);
        if (found->sources.empty()) return give_text(json, quytrinh::to_json(found->reason, as));
        // With the texts at hand the diagnostics have lines and columns.
        quytrinh::error alone = found->reason;
        alone.diagnostics = {};
        std::string shown = quytrinh::to_json(alone, as);
        shown.pop_back();
        json_object more;
        add_diagnostics(more, found->reason.diagnostics, found->sources, as);
        give_text(json, shown + "," + more.str().substr(1));
    });
}
