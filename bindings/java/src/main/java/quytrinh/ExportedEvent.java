// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** A fact as the bytes that are kept and hashed; all but `seq` in hexadecimal. */
public record ExportedEvent(long seq, String hash, String salt, String header, String payload) {
    static ExportedEvent of(Row row) {
        return new ExportedEvent(row.number("seq"), row.text("hash"), row.text("salt"),
                row.text("header"), row.text("payload"));
    }
}
