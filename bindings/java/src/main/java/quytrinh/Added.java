// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;
import java.util.Map;

/** A procedure that was added, with what is said about it all the same. */
public record Added(String code, String title, String hash, List<Diagnostic> diagnostics,
        Map<String, Object> raw) {
    static Added of(Row row) {
        return new Added(row.text("code"), row.text("title"), row.text("hash"),
                row.list("diagnostics", Diagnostic::of), row.members());
    }
}
