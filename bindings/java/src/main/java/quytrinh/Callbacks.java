// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * What C calls. There are a few functions for the life of the process; `user` is the number of the
 * Java object that is meant, so that nothing can be freed while C still has its address.
 */
final class Callbacks {
    interface Tell extends Callback {
        int invoke(long user, long data, long size);
    }

    interface Ask extends Callback {
        int invoke(long user, long data, long size, long reply);
    }

    interface Advance extends Callback {
        int invoke(long user, long done, long found);
    }

    interface Destroy extends Callback {
        void invoke(long user);
    }

    /** A Java object that is told JSON; 0 for success. */
    interface Told {
        int tell(Object json) throws Exception;
    }

    /** A Java object that is asked something, and answers into `reply`. */
    interface Asked {
        boolean answer(String what, long reply) throws Exception;
    }

    /** Weakly held here: the office that it belongs to keeps it, and may be collected with it. */
    private record Kept(WeakReference<Object> what, WeakReference<Set<Object>> keeper) {}

    private static final Map<Long, Kept> KEPT = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();
    /** Callables that call what calls them fail at this depth, before the stack ends. */
    private static final int DEEPEST = 8;

    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);
    private static final ThreadLocal<Throwable> THROWN = new ThreadLocal<>();

    private static final Tell TELL = Callbacks::tell;
    private static final Ask ASK = Callbacks::ask;
    private static final Advance ADVANCE = Callbacks::advance;
    private static final Destroy LET_GO = Callbacks::letGo;
    static final long TELL_ADDRESS = address(TELL);
    static final long ASK_ADDRESS = address(ASK);
    static final long ADVANCE_ADDRESS = address(ADVANCE);
    static final long LET_GO_ADDRESS = address(LET_GO);

    private Callbacks() {}

    private static long address(Callback callback) {
        return Pointer.nativeValue(CallbackReference.getFunctionPointer(callback));
    }

    /** Keeps `what` for as long as `keeper` lives or until {@link #letGo}. */
    static long keep(Set<Object> keeper, Object what) {
        long number = NUMBERS.incrementAndGet();
        keeper.add(what);
        KEPT.put(number, new Kept(new WeakReference<>(what), new WeakReference<>(keeper)));
        return number;
    }

    static void letGo(long user) {
        Kept kept = KEPT.remove(user);
        if (kept == null) return;
        Set<Object> keeper = kept.keeper.get();
        Object what = kept.what.get();
        if (keeper != null && what != null) keeper.remove(what);
    }

    static int kept() {
        return KEPT.size();
    }

    private static Object kept(long user) {
        Kept kept = KEPT.get(user);
        return kept == null ? null : kept.what.get();
    }

    private interface Work {
        int answer() throws Exception;
    }

    /** Nothing may leave a callback: Java's exceptions do not pass through C. */
    private static int guarded(boolean remembers, Work work) {
        int[] depth = DEPTH.get();
        if (depth[0] >= DEEPEST) return -1;
        ++depth[0];
        try {
            return work.answer();
        } catch (Throwable e) {
            if (remembers) THROWN.set(e);
            return -1;
        } finally {
            --depth[0];
        }
    }

    private static int tell(long user, long data, long size) {
        return guarded(false, () -> kept(user) instanceof Told told
                ? told.tell(Json.read(bytes(data, size))) : -1);
    }

    private static int ask(long user, long data, long size, long reply) {
        return guarded(true, () -> {
            if (!(kept(user) instanceof Asked asked)) return -1;
            String what = new String(bytes(data, size), StandardCharsets.UTF_8);
            return asked.answer(what, reply) ? 0 : 1;
        });
    }

    private static int advance(long user, long done, long found) {
        return guarded(true, () -> !(kept(user) instanceof Progress progress) ? -1
                : progress.mayGoOn(done, found) ? 0 : 1);
    }

    private static byte[] bytes(long data, long size) {
        return new Pointer(data).getByteArray(0, Math.toIntExact(size));
    }

    /** What the last callable that was asked on this thread threw, once: why the call failed. */
    static Throwable thrown() {
        Throwable last = THROWN.get();
        if (last != null) THROWN.remove();
        return last;
    }

    /** A call during which `what` (may be null) is called, by the number that it has then. */
    static <T> T during(Object what, LongFunction<T> call) {
        if (what == null) return call.apply(0);
        Set<Object> keeper = ConcurrentHashMap.newKeySet();
        long user = keep(keeper, what);
        try {
            return call.apply(user);
        } finally {
            letGo(user);
            thrown();
            Reference.reachabilityFence(keeper);
        }
    }
}
