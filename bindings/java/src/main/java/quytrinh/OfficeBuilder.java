// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How an office is opened; see {@link Office#at}. */
public final class OfficeBuilder {
    private final String uri;
    private int flags;
    private long clock;
    private long seed;
    private int lockWait;
    private int statement;
    private long checkBytes;
    private String tenant = "main";
    private Map<String, ?> limits = Map.of();
    private Words words = Words.VI;
    private Members members;

    OfficeBuilder(String uri) {
        this.uri = Objects.requireNonNull(uri);
    }

    private OfficeBuilder flag(int flag) {
        flags |= flag;
        return this;
    }

    /** A trial store whose time is set by hand, from here on. */
    public OfficeBuilder clock(Instant at) {
        clock = Values.micros(at);
        return flag(OpenFlag.MANUAL_CLOCK);
    }

    /** Entropy from a number, so that all is the same every time; with a clock only. */
    public OfficeBuilder seed(long number) {
        seed = number;
        return flag(OpenFlag.SEEDED);
    }

    /** sqlite: the file must be there. */
    public OfficeBuilder existing() {
        return flag(OpenFlag.EXISTING);
    }

    /** sqlite: only to look. */
    public OfficeBuilder readOnly() {
        return flag(OpenFlag.READ_ONLY);
    }

    /** sqlite: settings that do not guarantee durability are taken. */
    public OfficeBuilder weak() {
        return flag(OpenFlag.WEAK);
    }

    /** sqlite: the file is not read through first. */
    public OfficeBuilder unchecked() {
        return flag(OpenFlag.UNCHECKED);
    }

    /** Without the procedures and calendars that ship. */
    public OfficeBuilder withoutBundled() {
        return flag(OpenFlag.NO_BUNDLED);
    }

    /** sqlite: how long to wait for other writers; 5 seconds unless said. */
    public OfficeBuilder lockWait(Duration wait) {
        lockWait = Values.count(wait.toMillis());
        return this;
    }

    /** sqlite: how long one statement may take; 30 seconds unless said. */
    public OfficeBuilder statementLimit(Duration limit) {
        statement = Values.count(limit.toMillis());
        return this;
    }

    /** sqlite: files up to this are read through when opened; 32 MiB unless said. */
    public OfficeBuilder checkBytes(long bytes) {
        checkBytes = Math.max(bytes, 0);
        return this;
    }

    public OfficeBuilder tenant(String name) {
        tenant = Objects.requireNonNull(name);
        return this;
    }

    /** Names of quytrinh/base/limits.hpp and whole numbers. */
    public OfficeBuilder limits(Map<String, ?> numbers) {
        limits = Map.copyOf(numbers);
        return this;
    }

    /** The language of messages; Vietnamese unless said. */
    public OfficeBuilder words(Words language) {
        words = Objects.requireNonNull(language);
        return this;
    }

    /** Who belongs where; without it your own word is trusted. */
    public OfficeBuilder members(Members asked) {
        members = Objects.requireNonNull(asked);
        return this;
    }

    public Office open() {
        byte[] address = Native.utf8(uri);
        byte[] tenantName = Native.utf8(tenant);
        byte[] numbers = limits.isEmpty() ? new byte[0] : Json.write(limits);
        Memory tenantCopy = Native.copied(tenantName);
        Memory numbersCopy = Native.copied(numbers);
        Memory options = new Memory(OpenOptions.END);
        options.clear();
        options.setLong(OpenOptions.SIZE, OpenOptions.END);
        options.setInt(OpenOptions.FLAGS, flags);
        options.setInt(OpenOptions.LOCK_WAIT_MS, lockWait);
        options.setInt(OpenOptions.STATEMENT_MS, statement);
        options.setLong(OpenOptions.CLOCK_US, clock);
        options.setLong(OpenOptions.SEED, seed);
        options.setLong(OpenOptions.CHECK_BYTES, checkBytes);
        options.setPointer(OpenOptions.TENANT, tenantCopy);
        options.setLong(OpenOptions.TENANT_SIZE, tenantName.length);
        options.setPointer(OpenOptions.LIMITS, numbersCopy);
        options.setLong(OpenOptions.LIMITS_SIZE, numbers.length);
        Set<Object> kept = ConcurrentHashMap.newKeySet();
        if (members != null) {
            options.setLong(OpenOptions.MEMBERS, Callbacks.ASK_ADDRESS);
            options.setLong(OpenOptions.MEMBERS_USER, Callbacks.keep(kept, asked(members)));
            options.setLong(OpenOptions.MEMBERS_DESTROY, Callbacks.LET_GO_ADDRESS);
        }
        try {
            long handle = Native.number(words, (error, out) -> Functions.quytrinh_open(
                    address, address.length, Pointer.nativeValue(options), error, out));
            return new Office(handle, words, kept);
        } finally {
            Reference.reachabilityFence(tenantCopy);
            Reference.reachabilityFence(numbersCopy);
            Reference.reachabilityFence(options);
        }
    }

    private static Callbacks.Asked asked(Members members) {
        return (person, reply) -> {
            for (Members.Member one : members.unitsOf(person)) {
                byte[] unit = Native.utf8(one.unit());
                if (Functions.quytrinh_reply_member(reply, unit, unit.length, one.head() ? 1 : 0,
                        one.version()) != 0)
                    return false;
            }
            return true;
        };
    }
}
