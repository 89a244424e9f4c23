// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;
import java.util.Map;

/** Everything that is wrong with a text. `raw` has the rest. */
public record Checked(boolean ok, long errors, long warnings, long hints,
        List<Diagnostic> diagnostics, Map<String, Object> raw) {
    static Checked of(Row row) {
        return new Checked(row.truth("ok"), row.number("errors"), row.number("warnings"),
                row.number("hints"), row.list("diagnostics", Diagnostic::of), row.members());
    }
}
