// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.time.Instant;
import java.util.Map;

/**
 * What somebody is told. It comes at least once; `key` is the same every time. `to` has role, unit,
 * person and head; `receipt` is of what was taken ({@link Office#take}); `raw` has all of it.
 */
public record Notification(String key, long attempt, String kind, Map<String, Object> to,
        String relation, String caseId, String procedure, String reference, String task,
        String taskTitle, Instant at, String due, Actor by, String text, String receipt,
        Map<String, Object> raw) {
    static Notification of(Object shown) {
        Row row = Row.of(shown);
        return new Notification(row.text("key"), row.number("attempt"), row.text("kind"),
                row.row("to").members(), row.text("relation"), row.text("case"),
                row.text("procedure"), row.text("reference"), row.text("task"),
                row.text("task_title"), row.moment("at"), row.text("due"), row.actor("by"),
                row.text("text"), row.text("receipt"), row.members());
    }
}
