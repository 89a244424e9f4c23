// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A limit that has been counted, and why, line by line. When there was nothing to count `kind` says
 * so ("not_stated", "immediately"), and day and moment are null.
 */
public record Due(String kind, LocalDate lastDay, Instant before, boolean toTheHour,
        List<String> trace) {
    static Due of(Row row) {
        String kind = row.text("kind");
        return new Due(kind.isEmpty() ? "counted" : kind, row.day("last_day"),
                row.moment("before"), row.truth("to_the_hour"),
                row.list("trace", line -> Row.of(line).text("text")));
    }
}
