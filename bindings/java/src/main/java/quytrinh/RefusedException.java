// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** 2xx: the rules of the procedure do not allow it now, or not to this person. */
public final class RefusedException extends QuytrinhException {
    private static final long serialVersionUID = 1L;

    RefusedException(int number, Row details, Throwable cause) {
        super(number, details, cause);
    }
}
