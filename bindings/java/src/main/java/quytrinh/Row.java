// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An object of the library's JSON, its members by type. What is missing is empty, 0 or null. */
record Row(Map<String, Object> members) {
    @SuppressWarnings("unchecked")
    static Row of(Object shown) {
        return new Row((Map<String, Object>) shown);
    }

    String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    long number(String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean truth(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    Instant moment(String name) {
        String text = text(name);
        return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    }

    LocalDate day(String name) {
        String text = text(name);
        return text.isEmpty() ? null : LocalDate.parse(text);
    }

    Row row(String name) {
        return members.get(name) instanceof Map<?, ?> map ? of(map) : new Row(Map.of());
    }

    Actor actor(String name) {
        Row who = row(name);
        return new Actor(who.text("unit"), who.text("person"));
    }

    <T> List<T> list(String name, Function<Object, T> each) {
        return members.get(name) instanceof List<?> list
                ? list.stream().<T>map(each::apply).toList() : List.of();
    }

    List<String> texts(String name) {
        return list(name, String.class::cast);
    }

    /** The value of a field that was declared as `kind`. */
    Object value(String name, String kind) {
        Object shown = members.get(name);
        if (!(shown instanceof String text)) return shown;
        try {
            return switch (kind) {
                case "number" -> new BigDecimal(text);
                case "day" -> LocalDate.parse(text);
                default -> text;
            };
        } catch (NumberFormatException | DateTimeException e) {
            return text;
        }
    }
}
