// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;
import java.util.Map;

/** What {@link Office#runDue()} did; `more` asks to call again. */
public record Report(long timers, long links, long delivered, long failed, long setAside,
        boolean more, List<Map<String, Object>> problems) {
    static Report of(Row row) {
        return new Report(row.number("timers"), row.number("links"), row.number("delivered"),
                row.number("failed"), row.number("set_aside"), row.truth("more"),
                row.list("problems", one -> Row.of(one).members()));
    }
}
