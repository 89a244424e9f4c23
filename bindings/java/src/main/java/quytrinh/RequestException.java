// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** 1xx: the request itself is wrong. */
public final class RequestException extends QuytrinhException {
    private static final long serialVersionUID = 1L;

    RequestException(int number, Row details, Throwable cause) {
        super(number, details, cause);
    }
}
