// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** 4xx: a text, procedure or calendar. */
public final class TextException extends QuytrinhException {
    private static final long serialVersionUID = 1L;

    TextException(int number, Row details, Throwable cause) {
        super(number, details, cause);
    }
}
