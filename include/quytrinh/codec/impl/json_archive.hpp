// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_archive.hpp: the lists of fields.hpp as JSON, and commands back from it.
#pragma once

#include <quytrinh/base/decimal.hpp>
#include <quytrinh/codec/impl/archive.hpp>
#include <quytrinh/codec/impl/json_strict.hpp>
#include <quytrinh/time/counting.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace quytrinh::detail::codec {

namespace json = boost::json;

// -- words of enumerators ------------------------------------------------------------------------

// Functions rather than variables: a specialised variable would be as visible outside a shared
// library as its enumeration is.
consteval auto words_of(std::type_identity<relation>) {
    return std::to_array<const char*>(
        {"lead", "joint", "coordinate", "inform", "opener", "asked", "keeper"});
}
consteval auto words_of(std::type_identity<notice_kind>) {
    return std::to_array<const char*>(
        {"task_opened", "task_returned", "task_assigned", "task_completed", "task_overdue",
         "consulted", "answered", "opinion_given", "commented", "case_ended", "case_withdrawn",
         "case_cancelled", "linked_opened", "linked_ended", "case_overdue"});
}
consteval auto words_of(std::type_identity<due_kind>) {
    return std::to_array<const char*>(
        {"not_stated", "immediately", "counted", "laid_down", "waiting"});
}
consteval auto words_of(std::type_identity<keep_term>) {
    return std::to_array<const char*>(
        {"not_stated", "start_not_stated", "waiting", "counted", "forever"});
}
consteval auto words_of(std::type_identity<counting_rule>) {
    return std::to_array<const char*>(
        {"blds_2015", "include_first_day", "no_roll", "roll_back", "working_time"});
}
consteval auto words_of(std::type_identity<trace_step>) {
    return std::to_array<const char*>({"start", "counted", "skipped_off", "made_up", "clamped",
                                       "rolled", "rolled_back", "moved_to_opening", "hours", "due",
                                       "weeks", "months", "years"});
}
consteval auto words_of(std::type_identity<event::case_ended::way>) {
    return std::to_array<const char*>({"reached_end", "withdrawn", "cancelled"});
}
consteval auto words_of(std::type_identity<case_status>) {
    return std::to_array<const char*>({"none", "open", "ended", "withdrawn", "cancelled"});
}
consteval auto words_of(std::type_identity<task_status>) {
    return std::to_array<const char*>({"open", "done", "closed"});
}
consteval auto words_of(std::type_identity<capacity>) {
    return std::to_array<const char*>({"own", "tuq", "recorder", "system"});
}
consteval auto words_of(std::type_identity<field_type>) {
    return std::to_array<const char*>({"text", "number", "day", "yes_no", "person", "unit",
                                       "attachment", "one_of", "any_of", "checklist", "list"});
}
consteval auto words_of(std::type_identity<basis>) {
    return std::to_array<const char*>(
        {"host_word", "host_callback", "store_membership", "assignment", "system"});
}

template <class E>
[[nodiscard]] const char* word_of(E v) noexcept {
    static constexpr auto words = words_of(std::type_identity<E>{});
    static_assert(words.size() == known_values<E>);
    const auto n = static_cast<std::size_t>(v);
    return n < words.size() ? words[n] : "unknown";
}

/// JSON is UTF-8; what is not is shown as U+FFFD.
[[nodiscard]] inline std::string shown(std::string_view text) {
    if (cbor::well_formed(text)) return std::string{text};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const decoded next = decode_utf8(text, at);
        if (next.valid)
            out += text.substr(at, next.length);
        else
            out += "\xEF\xBF\xBD";
        at += next.length;
    }
    return out;
}

// -- writing --------------------------------------------------------------------------------------

class json_out {
public:
    /// `everything`: members that are empty are shown, too. `typed`: numbers and days of values
    /// keep their type, so that the text can be read back.
    json_out(std::chrono::minutes offset, bool everything, bool typed = false)
        : offset_(offset), everything_(everything), typed_(typed) {}

    template <class T>
    void operator()(unsigned, const char* name, const T& v) {
        if (everything_ || !is_default(v)) to[name] = show(v);
    }

    template <class T>
    [[nodiscard]] json::value show(const T& v) const {
        if constexpr (std::is_same_v<T, bool>)
            return v;
        else if constexpr (std::is_integral_v<T>)
            return v;
        else if constexpr (std::is_enum_v<T>)
            return word_of(v);
        else if constexpr (std::is_same_v<T, std::string>)
            return text(v);
        else if constexpr (is_id<T>)
            return text(v.str());
        else if constexpr (std::is_same_v<T, digest256>)
            return text(to_hex(v));
        else if constexpr (std::is_same_v<T, instant>)
            return text(to_iso(v, offset_));
        else if constexpr (std::is_same_v<T, date>)
            return text(to_iso(v));
        else if constexpr (std::is_same_v<T, value>)
            return show_value(v);
        else if constexpr (std::is_same_v<T, task_key>)
            return text(to_string(v));
        else if constexpr (std::is_same_v<T, trace_line>)
            return show_line(v);
        else if constexpr (is_optional<T>)
            return v ? show(*v) : json::value{};
        else if constexpr (is_vector<T>) {
            json::array out;
            for (const auto& item : v) out.push_back(show(item));
            return out;
        } else if constexpr (is_pair<T>)
            return json::array{show(v.first), show(v.second)};
        else if constexpr (is_map<T>) {
            if constexpr (std::is_same_v<typename T::key_type, std::string>) {
                json::object out;
                for (const auto& [key, item] : v) out[shown(key)] = show(item);
                return out;
            } else {
                json::array out;
                for (const auto& [key, item] : v) out.push_back(json::array{show(key), show(item)});
                return out;
            }
        } else {
            json_out inner{offset_, everything_, typed_};
            fields(inner, v);
            return std::move(inner.to);
        }
    }

    [[nodiscard]] static json::value text(std::string_view words) {
        return json::string(shown(words));
    }

    json::object to;

private:
    [[nodiscard]] json::value show_line(const trace_line& line) const {
        json::object out;
        out["step"] = word_of(line.step);
        out["day"] = text(to_iso(line.day));
        if (line.minute != 0) out["minute"] = line.minute;
        out["value"] = line.value;
        if (!line.note.empty()) out["note"] = text(line.note);
        return out;
    }
    [[nodiscard]] json::value show_value(const value& v) const {
        if (const auto* words = v.get_if<std::string>()) return text(*words);
        if (const auto* truth = v.get_if<bool>()) return *truth;
        if (const auto* number = v.get_if<decimal>()) return typed("decimal", number->text('.'));
        if (const auto* day = v.get_if<date>()) return typed("date", to_iso(*day));
        if (const auto* items = v.get_if<std::vector<std::string>>()) return show(*items);
        if (const auto* rows = v.get_if<value_rows>()) {
            json::value list = show(*rows);
            if (!typed_ || !rows->empty()) return list;
            return json::object{{"rows", std::move(list)}};
        }
        return nullptr;
    }
    [[nodiscard]] json::value typed(const char* type, const std::string& words) const {
        if (!typed_) return text(words);
        return json::object{{type, text(words)}};
    }

    std::chrono::minutes offset_;
    bool everything_;
    bool typed_;
};

// -- reading commands -----------------------------------------------------------------------------

/// Reads the members of one object. The first fault stays, with its place ("/fields/0/value").
class json_in {
public:
    template <class T>
    void operator()(unsigned, const char* name, T& v) {
        if (!good() || read_ == object_->size()) return;
        if (const auto found = member(name)) {
            ++read_;
            at({nullptr, name, 0}, *found, v);
        }
    }

    /// Looks at the members of this object from now on.
    void enter(const json_value& object) noexcept {
        object_ = object;
        read_ = 0;
    }
    [[nodiscard]] std::optional<json_value> member(const char* name) const {
        return object_->member(name);
    }
    void count_one() noexcept { ++read_; }
    /// All members that `v` has; what is left over is a fault.
    template <class T>
    void rest(T& v) {
        fields(*this, v);
        if (good() && read_ != object_->size()) name_unknown(v);
    }

    template <class T>
    void get(const json_value& from, T& v) {
        if constexpr (std::is_same_v<T, bool>) {
            if (from.is_truth())
                v = from.is(json_kind::yes);
            else
                fail("must be true or false");
        } else if constexpr (std::is_unsigned_v<T>)
            get_number(from, v);
        else if constexpr (std::is_same_v<T, std::string>) {
            if (from.is(json_kind::text))
                v.assign(from.text());
            else
                fail("must be a string");
        } else if constexpr (is_id<T>) {
            std::string words;
            get(from, words);
            v = T{std::move(words)};
        } else if constexpr (std::is_same_v<T, digest256>) {
            std::string words;
            get(from, words);
            const auto digest = digest_from_hex(words);
            if (digest)
                v = *digest;
            else
                fail("must be a SHA-256 in hexadecimal");
        } else if constexpr (std::is_same_v<T, instant>)
            get_instant(from, v);
        else if constexpr (std::is_same_v<T, value>)
            get_value(from, v);
        else if constexpr (is_optional<T>)
            get(from, v.emplace());
        else if constexpr (is_vector<T>) {
            if (!from.is(json_kind::list)) return fail("must be a list");
            get_items(from, v);
        } else {
            if (!from.is(json_kind::object)) return fail("must be an object");
            const auto outer = std::pair{object_, read_};
            enter(from);
            rest(v);
            std::tie(object_, read_) = outer;
        }
    }

    void fail(const char* why) { fail_at({}, why); }
    [[nodiscard]] bool good() const noexcept { return fault_ == nullptr; }
    [[nodiscard]] std::string fault() const {
        return (place_.empty() ? std::string{"/"} : place_) + ": " + fault_;
    }

private:
    /// A member, or an item of a list, and what it lies in. Put into words only for a fault.
    struct inside {
        const inside* of = nullptr;
        std::string_view name;
        std::size_t item = 0;
    };
    static std::string words_of(const inside* at) {
        if (at == nullptr) return {};
        const bool is_item = at->name.data() == nullptr;
        return words_of(at->of) + '/' +
               (is_item ? std::to_string(at->item) : std::string{at->name});
    }
    void fail_at(std::string_view member, const char* why) {
        if (!good()) return;
        fault_ = why;
        place_ = words_of(here_);
        if (member.data() != nullptr) (place_ += '/') += member;
    }

    template <class T>
    void at(inside where, const json_value& from, T& v) {
        where.of = here_;
        here_ = &where;
        get(from, v);
        here_ = where.of;
    }

    struct name_finder {
        std::string_view wanted;
        bool found = false;
        template <class T>
        void operator()(unsigned, const char* name, T&) {
            found = found || wanted == name;
        }
    };
    template <class T>
    void name_unknown(T& v) {
        json_value at = object_->first();
        for (std::size_t n = object_->size(); n > 0; --n, at = at.next().next()) {
            const std::string_view name = at.text();
            name_finder finder{name};
            fields(finder, v);
            if (!finder.found && !is_envelope(name)) return fail_at(name, "is not known here");
        }
        fail("is not known here");
    }
    static bool is_envelope(std::string_view name) noexcept {
        return name == "command" || name == "id" || name == "case" || name == "by" ||
               name == "expected_version";
    }

    template <class T>
    void get_items(const json_value& from, std::vector<T>& v) {
        v.reserve(std::min<std::size_t>(from.size(), 16));
        json_value item = from.first();
        for (std::size_t n = 0; n < from.size() && good(); ++n, item = item.next())
            at({nullptr, {}, n}, item, v.emplace_back());
    }
    template <class T>
    void get_number(const json_value& from, T& v) {
        const auto n = from.natural();
        if (!n) return fail("must be a whole number, not negative");
        if (*n > std::numeric_limits<T>::max()) return fail("is too large");
        v = static_cast<T>(*n);
    }
    void get_instant(const json_value& from, instant& v) {
        std::string words;
        get(from, words);
        // Without an offset a text would mean another moment in another place.
        const auto here = read_instant(words, std::chrono::minutes{0});
        const auto there = read_instant(words, std::chrono::minutes{60});
        if (!here || here != there)
            return fail("must be an instant with its offset, 2023-12-11T08:00:00+07:00");
        v = *here;
    }
    void get_value(const json_value& from, value& v) {
        constexpr const char* wrong =
            "must be a text, true, false, a list, or a decimal in quotation marks";
        switch (from.kind()) {
        case json_kind::null: v = value{}; return;
        case json_kind::text: v = value{std::string{from.text()}}; return;
        case json_kind::no:
        case json_kind::yes: v = value::yes_no(from.is(json_kind::yes)); return;
        case json_kind::whole: v = value{decimal::of(*from.number())}; return;
        case json_kind::natural:
        case json_kind::fraction: return fail(wrong);
        case json_kind::list: return get_list(from, v);
        case json_kind::object: return from.size() == 1 ? get_typed(from, v) : fail(wrong);
        }
    }
    void get_list(const json_value& from, value& v) {
        if (from.size() > 0 && from.first().is(json_kind::list)) return get_rows(from, v);
        std::vector<std::string> items;
        get_items(from, items);
        v = value{std::move(items)};
    }
    void get_rows(const json_value& from, value& v) {
        // Rows inside rows inside rows are no field of any form.
        if (++rows_inside_ > 4) return fail("is nested too deeply");
        value_rows rows;
        get_items(from, rows);
        v = value{std::move(rows)};
        --rows_inside_;
    }
    void get_typed(const json_value& from, value& v) {
        const json_value type = from.first(), its = type.next();
        if (type.text() == "rows" && its.is(json_kind::list)) return get_rows(its, v);
        std::string words;
        get(its, words);
        if (type.text() == "decimal") {
            if (const auto number = decimal::read(words, '.'))
                v = value{*number};
            else
                fail("must be a decimal with a point, at most 18 places");
        } else if (type.text() == "date") {
            if (const auto day = read_date(words))
                v = value{*day};
            else
                fail("must be a day, 2023-12-11");
        } else
            fail("is no type of value");
    }

    std::optional<json_value> object_;
    std::size_t read_ = 0;
    unsigned rows_inside_ = 0;
    const inside* here_ = nullptr;
    std::string place_;
    const char* fault_ = nullptr;
};

}  // namespace quytrinh::detail::codec
