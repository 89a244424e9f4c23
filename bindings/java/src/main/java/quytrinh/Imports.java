// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** The text of an import by its name; null when there is none. */
@FunctionalInterface
public interface Imports {
    String textOf(String name) throws Exception;
}
