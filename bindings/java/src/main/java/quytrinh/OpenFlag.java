// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

package quytrinh;

/** How a store is opened; the version of the functions. */
final class OpenFlag {
    static final int ABI_VERSION = 1;
    static final int MANUAL_CLOCK = 1;
    static final int SEEDED = 2;
    static final int EXISTING = 4;
    static final int READ_ONLY = 8;
    static final int WEAK = 16;
    static final int NO_BUNDLED = 32;
    static final int UNCHECKED = 64;

    private OpenFlag() {}
}
