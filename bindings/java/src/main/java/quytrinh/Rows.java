// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;

/** Does a lookup table of the host have this row? */
@FunctionalInterface
public interface Rows {
    boolean has(List<Object> row) throws Exception;
}
