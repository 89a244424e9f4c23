// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_strict.hpp: JSON from outside (RFC 8259): bounded, and nothing said
// twice. A text is read once into a row of places in it; nothing of it is copied before somebody
// wants it. Most texts are commands of another language, and a tree of them cost as much as half
// of what the kernel does with one.
#pragma once

#include <quytrinh/base/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::codec {

/// A command's text: payload_max of content, escaped.
inline constexpr std::size_t json_max = std::size_t{8} << 20;
inline constexpr std::size_t json_depth = 20;

enum class json_kind : std::uint8_t { null, no, yes, whole, fraction, text, list, object };

/// A value, or the name before one. What a list or an object holds follows it.
struct json_place {
    std::uint32_t at = 0;    ///< of a text: behind its quotation mark
    std::uint32_t size = 0;  ///< bytes; of a list its items, of an object its members
    std::uint32_t past = 0;  ///< the row that comes after all that is inside
    json_kind kind = json_kind::null;
    bool escaped = false;
};

class json_source;

/// One value of a text that was read. Valid as long as the text and its json_source.
class json_value {
public:
    json_value(const json_source& of, std::uint32_t row) noexcept : of_(&of), row_(row) {}

    [[nodiscard]] json_kind kind() const noexcept { return place().kind; }
    [[nodiscard]] bool is(json_kind which) const noexcept { return kind() == which; }
    [[nodiscard]] bool is_truth() const noexcept { return is(json_kind::no) || is(json_kind::yes); }
    [[nodiscard]] std::size_t size() const noexcept { return place().size; }
    [[nodiscard]] json_value first() const noexcept { return {*of_, row_ + 1}; }
    [[nodiscard]] json_value next() const noexcept { return {*of_, place().past}; }
    /// The value of a member of this object.
    [[nodiscard]] std::optional<json_value> member(const char* name) const;

    /// Of a text or a name.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool says(std::string_view words) const;
    /// Of a whole number; nothing where it does not fit.
    [[nodiscard]] std::optional<std::int64_t> number() const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> natural() const noexcept;

private:
    [[nodiscard]] const json_place& place() const noexcept;
    [[nodiscard]] std::string_view bytes() const noexcept;
    const json_source* of_;
    std::uint32_t row_;
};

/// A text and the places in it.
class json_source {
public:
    /// errc::limit_exceeded or errc::bad_json, with the place. `text` must outlive it.
    [[nodiscard]] static result<json_source> read(std::string_view text);
    [[nodiscard]] json_value all() const noexcept { return {*this, 0}; }

private:
    friend class json_value;
    friend class json_reader;
    std::string_view text_;
    std::vector<json_place> places_;
};

inline const json_place& json_value::place() const noexcept { return of_->places_[row_]; }
inline std::string_view json_value::bytes() const noexcept {
    return of_->text_.substr(place().at, place().size);
}
inline bool json_value::says(std::string_view words) const {
    return place().escaped ? text() == words : bytes() == words;
}

}  // namespace quytrinh::detail::codec
