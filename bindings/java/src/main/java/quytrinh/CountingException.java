// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** 5xx: a date that cannot be counted. */
public final class CountingException extends QuytrinhException {
    private static final long serialVersionUID = 1L;

    CountingException(int number, Row details, Throwable cause) {
        super(number, details, cause);
    }
}
