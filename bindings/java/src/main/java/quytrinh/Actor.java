// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** A person acting for a unit; written "ĐVTH/nv07" where a string is taken. */
public record Actor(String unit, String person) {
    /** The unit alone. */
    public Actor(String unit) {
        this(unit, "");
    }

    /** Of "ĐVTH/nv07" or "ĐVTH". */
    public static Actor of(String written) {
        int slash = written.indexOf('/');
        return slash < 0 ? new Actor(written)
                : new Actor(written.substring(0, slash), written.substring(slash + 1));
    }

    @Override
    public String toString() {
        return person.isEmpty() ? unit : unit + "/" + person;
    }
}
