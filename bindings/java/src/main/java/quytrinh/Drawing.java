// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

package quytrinh;

/** What {@link Office#draw} draws. */
public enum Drawing {
    SVG(0),
    DOT(1),
    MERMAID(2);

    private final int number;

    Drawing(int number) {
        this.number = number;
    }

    /** As the C header has it. */
    public int number() {
        return number;
    }
}
