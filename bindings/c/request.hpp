// SPDX-License-Identifier: BSL-1.0
// bindings/c/request.hpp: the members of a JSON request, each read once; what is left is refused.
#pragma once

#include "call.hpp"

#include <quytrinh/codec/json_tree.hpp>

#include <set>
#include <string>
#include <string_view>

namespace quytrinh::c_abi {

/// Throws exception (errc::bad_json, with the place).
class request {
public:
    explicit request(std::string_view json) : tree_(read_json(json).value()) {
        if (tree_.get_if<json_tree::members>() == nullptr)
            refuse(errc::bad_json, {"/: must be an object"});
    }

    [[nodiscard]] bool has(std::string_view name) const { return tree_.find(name) != nullptr; }
    /// Empty when it is not there.
    [[nodiscard]] std::string text(std::string_view name) {
        return value<std::string>(name, "must be a string");
    }
    [[nodiscard]] std::string needed(std::string_view name) {
        std::string out = text(name);
        if (out.empty()) fault(name, "is missing");
        return out;
    }
    [[nodiscard]] bool truth(std::string_view name) {
        return value<bool>(name, "must be true or false");
    }
    /// 0 when it is not there.
    [[nodiscard]] std::uint64_t number(std::string_view name) {
        const auto n = value<std::int64_t>(name, "must be a whole number, not negative");
        if (n < 0) fault(name, "must be a whole number, not negative");
        return static_cast<std::uint64_t>(n);
    }
    /// A whole value; null when it is not there.
    [[nodiscard]] const json_tree* part(std::string_view name) {
        read_.emplace(name);
        return tree_.find(name);
    }
    /// The same as a list.
    [[nodiscard]] const json_tree::list* items(std::string_view name) {
        const json_tree* found = part(name);
        if (found == nullptr) return nullptr;
        const auto* as = found->get_if<json_tree::list>();
        if (as == nullptr) fault(name, "must be a list");
        return as;
    }
    /// Everything that a request of its kind knows has been asked for.
    void finish() const {
        for (const auto& member : *tree_.get_if<json_tree::members>())
            if (!read_.contains(member.name)) fault(member.name, "is not known here");
    }
    [[noreturn]] static void fault(std::string_view name, std::string_view why) {
        refuse(errc::bad_json, {"/" + std::string{name} + ": " + std::string{why}});
    }

private:
    template <class T>
    T value(std::string_view name, std::string_view why) {
        read_.emplace(name);
        const json_tree* found = tree_.find(name);
        if (found == nullptr) return T{};
        if (const T* as = found->get_if<T>()) return *as;
        fault(name, why);
    }

    json_tree tree_;
    std::set<std::string, std::less<>> read_;
};

}  // namespace quytrinh::c_abi
