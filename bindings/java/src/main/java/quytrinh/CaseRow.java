// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.time.Instant;

/** A case as a list shows it. `dueBefore` may be null. */
public record CaseRow(String caseId, String procedure, long version, String hash, String status,
        String endKind, String reference, Actor opener, Instant openedAt, Instant lastAt,
        Instant dueBefore) {
    static CaseRow of(Row row) {
        return new CaseRow(row.text("case"), row.text("procedure"), row.number("version"),
                row.text("hash"), row.text("status"), row.text("end_kind"), row.text("reference"),
                row.actor("opener"), row.moment("opened_at"), row.moment("last_at"),
                row.moment("due_before"));
    }
}
