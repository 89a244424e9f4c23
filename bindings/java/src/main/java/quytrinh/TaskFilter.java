// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which tasks: `TaskFilter.ofUnit("ĐVTH").relation("lead")`. Never changed, each method copies. */
public final class TaskFilter {
    private final Map<String, Object> members;

    private TaskFilter(Map<String, Object> members) {
        this.members = members;
    }

    public static TaskFilter all() {
        return new TaskFilter(Map.of());
    }

    public static TaskFilter ofUnit(String unit) {
        return all().with("unit", unit);
    }

    public static TaskFilter ofPerson(String person) {
        return all().with("person", person);
    }

    public static TaskFilter ofCase(String caseId) {
        return all().with("case", caseId);
    }

    public TaskFilter unit(String unit) {
        return with("unit", unit);
    }

    public TaskFilter person(String person) {
        return with("person", person);
    }

    /** "lead", "coordinate" … */
    public TaskFilter relation(String relation) {
        return with("relation", relation);
    }

    public TaskFilter procedure(String code) {
        return with("procedure", code);
    }

    public TaskFilter overdue() {
        return with("overdue", true);
    }

    private TaskFilter with(String name, Object value) {
        Map<String, Object> out = new LinkedHashMap<>(members);
        out.put(name, value);
        return new TaskFilter(out);
    }

    Map<String, Object> query() {
        return with("query", "tasks").members;
    }
}
