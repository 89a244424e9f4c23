// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.time.Instant;

/**
 * A task as a list shows it. `due` is its last day, with the hour where hours count; `dueBefore` is
 * null when nothing was counted.
 */
public record Task(String caseId, String task, String relation, String role, String unit,
        String person, String title, String procedure, String procedureTitle, String reference,
        Instant openedAt, String due, String dueKind, Instant dueBefore, boolean overdue,
        boolean consultation, String quarantine) {
    static Task of(Row row) {
        return new Task(row.text("case"), row.text("task"), row.text("relation"), row.text("role"),
                row.text("unit"), row.text("person"), row.text("title"), row.text("procedure"),
                row.text("procedure_title"), row.text("reference"), row.moment("opened_at"),
                row.text("due"), row.text("due_kind"), row.moment("due_before"),
                row.truth("overdue"), row.truth("consultation"), row.text("quarantine"));
    }
}
