// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** 903: what you gave ({@link Members}, {@link Rows}, {@link Progress}) failed; see the cause. */
public final class HostCallbackException extends QuytrinhException {
    private static final long serialVersionUID = 1L;

    HostCallbackException(int number, Row details, Throwable cause) {
        super(number, details, cause);
    }
}
