// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** 3xx: the store. */
public final class StoreException extends QuytrinhException {
    private static final long serialVersionUID = 1L;

    StoreException(int number, Row details, Throwable cause) {
        super(number, details, cause);
    }
}
