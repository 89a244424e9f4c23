// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.List;

/** What {@link Office#pull()} did, and the notifications that were handed over by it. */
public record Pulled(Report report, List<Notification> notifications) {}
