// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

package quytrinh;

/** Language of messages. */
public enum Words {
    VI(0),
    EN(1);

    private final int number;

    Words(int number) {
        this.number = number;
    }

    /** As the C header has it. */
    public int number() {
        return number;
    }
}
