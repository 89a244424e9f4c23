// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

package quytrinh;

/** Where the options of quytrinh_open have what. */
final class OpenOptions {
    static final int SIZE = 0;
    static final int FLAGS = 8;
    static final int LOCK_WAIT_MS = 12;
    static final int STATEMENT_MS = 16;
    static final int RESERVED = 20;
    static final int CLOCK_US = 24;
    static final int SEED = 32;
    static final int CHECK_BYTES = 40;
    static final int TENANT = 48;
    static final int TENANT_SIZE = 56;
    static final int LIMITS = 64;
    static final int LIMITS_SIZE = 72;
    static final int MEMBERS = 80;
    static final int MEMBERS_USER = 88;
    static final int MEMBERS_DESTROY = 96;
    static final int END = 104;

    private OpenOptions() {}
}
