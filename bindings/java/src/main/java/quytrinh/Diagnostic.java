// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.Map;

/** One thing that is wrong with a text. `raw` has all of it, edits that would mend it included. */
public record Diagnostic(String code, String name, String severity, String file, long line,
        long column, String message, String help, Map<String, Object> raw) {
    static Diagnostic of(Object shown) {
        Row row = Row.of(shown);
        return new Diagnostic(row.text("code"), row.text("name"), row.text("severity"),
                row.text("file"), row.number("line"), row.number("column"), row.text("message"),
                row.text("help"), row.members());
    }
}
