// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** What one of several commands came to: exactly one of the two is not null. */
public record Outcome(Result result, QuytrinhException error) {
    public Result orThrow() {
        if (error != null) throw error;
        return result;
    }
}
