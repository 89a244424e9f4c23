// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;

/** What a command came to. `id` is the id of the command: send it again when in doubt. */
public record Result(String caseId, long version, List<String> opened, List<String> children,
        boolean ended, String endKind, String id) {
    static Result of(Row row) {
        return new Result(row.text("case"), row.number("version"), row.texts("opened"),
                row.texts("children"), row.truth("ended"), row.text("end_kind"), row.text("id"));
    }
}
