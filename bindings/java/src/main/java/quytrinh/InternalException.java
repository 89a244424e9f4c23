// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** 9xx otherwise: the library's own. */
public final class InternalException extends QuytrinhException {
    private static final long serialVersionUID = 1L;

    InternalException(int number, Row details, Throwable cause) {
        super(number, details, cause);
    }
}
