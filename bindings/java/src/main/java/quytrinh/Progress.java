// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** How far {@link Office#test} has come: cases or moves made, and what was found or is left. */
@FunctionalInterface
public interface Progress {
    /** False, or an exception, stops it. */
    boolean mayGoOn(long done, long found) throws Exception;
}
