// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which cases: `CaseFilter.all().status("open")`. Never changed, each method copies. */
public final class CaseFilter {
    private final Map<String, Object> members;

    private CaseFilter(Map<String, Object> members) {
        this.members = members;
    }

    public static CaseFilter all() {
        return new CaseFilter(Map.of());
    }

    public CaseFilter reference(String reference) {
        return with("reference", reference);
    }

    public CaseFilter procedure(String code) {
        return with("procedure", code);
    }

    /** "open", "ended", "withdrawn", "cancelled", "quarantined" */
    public CaseFilter status(String status) {
        return with("status", status);
    }

    private CaseFilter with(String name, Object value) {
        Map<String, Object> out = new LinkedHashMap<>(members);
        out.put(name, value);
        return new CaseFilter(out);
    }

    Map<String, Object> query() {
        return with("query", "cases").members;
    }
}
