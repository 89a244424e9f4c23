// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;

/** Who belongs where. What it throws fails the command, with it as the cause. */
@FunctionalInterface
public interface Members {
    /** A unit of a person; is this person its head? `version` counts changes of it, or is 0. */
    record Member(String unit, boolean head, long version) {
        public static Member of(String unit) {
            return new Member(unit, false, 0);
        }

        public static Member head(String unit) {
            return new Member(unit, true, 0);
        }
    }

    List<Member> unitsOf(String person) throws Exception;
}
