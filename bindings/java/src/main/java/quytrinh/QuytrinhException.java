// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;
import java.util.Map;

/** A call failed. {@link #getMessage()} is a sentence for the person who asked. */
public abstract sealed class QuytrinhException extends RuntimeException
        permits RequestException, RefusedException, StoreException, TextException,
        CountingException, HostCallbackException, InternalException {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final String name;
    private final transient Row details;

    QuytrinhException(int number, Row details, Throwable cause) {
        super(details.text("message").isEmpty() ? "quytrinh: error " + number
                : details.text("message"), cause);
        this.number = number;
        this.name = details.text("name");
        this.details = details;
    }

    static QuytrinhException of(int number, Row details, Throwable cause) {
        if (number == Code.HOST_CALLBACK_FAILED.number())
            return new HostCallbackException(number, details, cause);
        return switch (number / 100) {
            case 1 -> new RequestException(number, details, cause);
            case 2 -> new RefusedException(number, details, cause);
            case 3 -> new StoreException(number, details, cause);
            case 4 -> new TextException(number, details, cause);
            case 5 -> new CountingException(number, details, cause);
            default -> new InternalException(number, details, cause);
        };
    }

    static QuytrinhException invalidText(Throwable cause) {
        return new RequestException(Code.INVALID_UTF8.number(), new Row(Map.of(
                "name", "invalid_utf8",
                "message", "a string has half of a surrogate pair: it is no Unicode text")), cause);
    }

    /** Which error; {@link Code#UNKNOWN} when a newer library gives a newer one. */
    public Code code() {
        return Code.of(number);
    }

    /** Its number, which is never reused. */
    public int number() {
        return number;
    }

    /** Its name: "not_permitted". */
    public String name() {
        return name;
    }

    /** Who could do it instead. */
    public List<String> whoCould() {
        return details == null ? List.of() : details.texts("who_could");
    }

    /** Of a wrong text: everything that is wrong with it. */
    public List<Diagnostic> diagnostics() {
        return details == null ? List.of() : details.list("diagnostics", Diagnostic::of);
    }
}
