// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;
import java.util.Map;

/**
 * What a person may do now, or why not: enough to build a form. `rule` is empty when it is allowed;
 * `raw` has the rest (channels, answers, papers …).
 */
public record Option(String command, String task, String title, boolean allowed, String rule,
        List<String> whoCould, List<Way> outcomes, List<FieldState> fields,
        List<String> preconditions, Map<String, Object> raw) {
    /** A way to complete a task, and where it may lead. */
    public record Way(String name, boolean reason, List<Next> ways) {}

    /**
     * `when`: its condition as written, empty without one. `step`: empty where the case ends, and
     * `title` is then the name of the end.
     */
    public record Next(String when, String step, String title) {
        static Next of(Object shown) {
            Row row = Row.of(shown);
            return new Next(row.text("when"), row.text("step"), row.text("title"));
        }
    }

    /**
     * A field to fill in. `current`: null, String, Boolean, BigDecimal, LocalDate, or a list;
     * `outcomes`: the ones that ask for it, none standing for all; `closed`: only to be read.
     */
    public record FieldState(String form, String name, String kind, String type, boolean required,
            List<String> choices, Object current, List<String> outcomes, boolean closed,
            Map<String, Object> raw) {
        static FieldState of(Object shown) {
            Row row = Row.of(shown);
            String kind = row.text("kind");
            return new FieldState(row.text("form"), row.text("name"), kind, row.text("type"),
                    row.truth("required"), row.texts("choices"), row.value("current", kind),
                    row.texts("outcomes"), row.truth("closed"), row.members());
        }
    }

    static Option of(Object shown) {
        Row row = Row.of(shown);
        return new Option(row.text("command"), row.text("task"), row.text("title"),
                row.truth("allowed"), row.text("rule"), row.texts("who_could"),
                row.list("outcomes", one -> {
                    Row way = Row.of(one);
                    return new Way(way.text("name"), way.truth("reason"),
                            way.list("ways", Next::of));
                }),
                row.list("fields", FieldState::of),
                row.list("preconditions", one -> Row.of(one).text("text")), row.members());
    }
}
