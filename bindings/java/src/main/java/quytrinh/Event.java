// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.time.Instant;
import java.util.Map;

/** A fact of a case and its place in the chain. `raw` has all of it. */
public record Event(long seq, Instant at, String event, Actor by, Map<String, Object> body,
        String hash, Map<String, Object> raw) {
    static Event of(Row row) {
        return new Event(row.number("seq"), row.moment("at"), row.text("event"), row.actor("by"),
                row.row("body").members(), row.text("hash"), row.members());
    }
}
