// SPDX-License-Identifier: BSL-1.0
package quytrinh;

/** Is told notifications. One that it throws at is told again later. */
@FunctionalInterface
public interface Listener {
    void tell(Notification notification) throws Exception;
}
