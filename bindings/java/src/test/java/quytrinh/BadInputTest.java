// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An office that is used badly answers in Java's own form. */
class BadInputTest extends Offices {
    @Test
    @SuppressWarnings("try") // close() by name is what is tested
    void aClosedOffice() {
        Office office = trial();
        office.close();
        office.close();
        var closed = assertThrows(RequestException.class, office::now);
        assertEquals(Code.INVALID_ARGUMENT, closed.code());
        assertThrows(RequestException.class, () -> opened(office));
        assertThrows(RequestException.class, () -> office.onNotification(told -> {}));
        assertThrows(RequestException.class, () -> office.tasks(TaskFilter.all()).toList());
    }

    @Test
    void anOfficeThatIsForgottenGoesByItself() {
        // Its listener refers to it: that alone does not keep it.
        Office forgotten = trial();
        forgotten.onNotification(told -> forgotten.now());
        opened(forgotten);
    }

    @Test
    void nulls() {
        assertThrows(NullPointerException.class, () -> Office.open(null));
        try (Office office = trial()) {
            assertThrows(NullPointerException.class, () -> office.execute((Command) null));
            assertThrows(NullPointerException.class, () -> office.verify(null));
            assertThrows(NullPointerException.class, () -> office.add(null));
            assertThrows(NullPointerException.class, () -> office.history(null));
            assertThrows(NullPointerException.class, () -> office.draw("QT.HTKH.03", null));
            assertThrows(NullPointerException.class, () -> office.setClock(null));
            assertThrows(NullPointerException.class, () -> Command.open(null));
            assertThrows(NullPointerException.class, () -> Command.complete("x", null));
            assertThrows(RequestException.class,
                    () -> office.execute(Command.open("QT.HTKH.03").by(ME).reference(null)));
        }
    }

    @Test
    void halfOfASurrogatePair() {
        for (String half : List.of("x\ud800", "\udc00x", "\ud83d\ud83d\ude00")) {
            try (Office office = trial()) {
                for (var call : List.<org.junit.jupiter.api.function.Executable>of(
                        () -> office.execute(Command.open("QT.HTKH.03").by(ME).reference(half)),
                        () -> office.execute(Map.of(half, "x")),
                        () -> office.verify(half), () -> office.add(half),
                        () -> Office.open("sqlite:" + half)))
                    assertTrue(Set.of(Code.INVALID_UTF8, Code.BAD_JSON).contains(
                            assertThrows(RequestException.class, call).code()));
            }
        }
        try (Office office = trial()) { // a whole one is text like any other
            office.execute(Command.open("QT.HTKH.03").by(ME).reference("😀"));
            assertEquals("😀", office.cases(CaseFilter.all()).toList().get(0).reference());
        }
    }

    @Test
    void hugeAndDeepRequests() {
        Object deep = "x";
        for (int i = 0; i < 50; i++) deep = List.of(deep);
        Map<String, Object> circle = new HashMap<>();
        circle.put("circle", circle);
        String huge = "ư".repeat(5 << 20);
        Object nested = deep;
        try (Office office = trial()) {
            assertThrows(RequestException.class, () -> office.query(Map.of("query", nested)));
            assertThrows(IllegalArgumentException.class, () -> office.query(circle));
            assertThrows(RequestException.class,
                    () -> office.execute(Command.open("QT.HTKH.03").by(ME).reference(huge)));
            assertThrows(QuytrinhException.class, () -> office.add(huge));
            assertThrows(IllegalArgumentException.class,
                    () -> office.query(Map.of("query", new Object())));
            assertThrows(RequestException.class, () -> office.executeAll(
                    java.util.Collections.nCopies(1_001, Command.open("QT.HTKH.03").by(ME))));
            assertThrows(IllegalArgumentException.class, () -> office.runDue(-1));
            assertThrows(IllegalArgumentException.class, () -> office.pull(-1));
            assertThrows(IllegalArgumentException.class,
                    () -> Office.at("memory:").lockWait(java.time.Duration.ofDays(365)));
            assertEquals(START, office.now());
        }
    }

    @Test
    void valuesThatNoFieldHolds() {
        for (Object bad : Arrays.asList(1.5, Float.NaN, LocalDateTime.now(), Instant.now(),
                new Object(), List.of(1), List.of("a", List.of("b")),
                new BigDecimal("1E+999999999"), new BigDecimal("1E-999999999")))
            assertThrows(IllegalArgumentException.class, () -> Values.shown(bad));
        try (Office office = trial()) {
            assertThrows(IllegalArgumentException.class, () -> office.setClock(Instant.MAX));
            assertThrows(QuytrinhException.class,
                    () -> office.setClock(Instant.parse("+200000-01-01T00:00:00Z")));
        }
    }

    @Test
    void aListenerThatThrowsIsToldAgain() {
        for (Throwable thrown : List.of(new IllegalStateException(), new AssertionError(),
                new StackOverflowError(), new OutOfMemoryError())) {
            List<Long> attempts = new ArrayList<>();
            try (Office office = trial()) {
                office.onNotification(told -> {
                    attempts.add(told.attempt());
                    if (attempts.size() == 1) BadInputTest.<RuntimeException>sneak(thrown);
                });
                opened(office);
                office.setClock(START.plusSeconds(3_600));
                office.runDue();
                assertTrue(attempts.contains(2L));
                assertEquals(0L, office.query(Map.of("query", "outbox")).get("pending"));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable any) throws T {
        throw (T) any;
    }

    @Test
    @SuppressWarnings("try")
    void aListenerMayCallBackTakeItselfAwayAndClose() {
        try (Office office = trial()) {
            AtomicInteger told = new AtomicInteger();
            office.onNotification(one -> {
                told.incrementAndGet();
                assertThrows(RefusedException.class, () -> office.execute(
                        Command.complete(one.caseId(), "1").by("P.KHAC/x").confirmAll()));
                if (told.get() == 1) opened(office); // a command inside of a command
                office.onNotification(null);
                office.close();
            });
            assertEquals(26, opened(office).length());
            assertThrows(RequestException.class, office::now);
            assertTrue(told.get() > 0);
        }
    }

    @Test
    void aListenerThatCallsWhatCallsItIsStopped() {
        try (Office office = trial()) {
            AtomicInteger told = new AtomicInteger();
            office.onNotification(one -> {
                told.incrementAndGet();
                opened(office); // has this listener told before it returns
            });
            opened(office);
            assertTrue(told.get() >= 8, told.toString());
            office.onNotification(null);
            assertTrue((Long) office.query(Map.of("query", "outbox")).get("pending") > 0);
        }
    }

    @Test
    void aListenerMayReplaceItself() {
        try (Office office = trial()) {
            List<String> told = new ArrayList<>();
            office.onNotification(one -> {
                told.add("a");
                office.onNotification(two -> told.add("b"));
            });
            opened(office);
            opened(office);
            assertTrue(told.contains("a") && told.contains("b"), told.toString());
        }
    }

    @Test
    void aListenerThatBlocksHoldsUpNobodyElse() throws Exception {
        try (Office office = trial()) {
            String other = opened(office);
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            office.onNotification(one -> {
                inside.countDown();
                assertTrue(go.await(60, TimeUnit.SECONDS));
            });
            Thread blocked = new Thread(() -> opened(office));
            blocked.start();
            assertTrue(inside.await(60, TimeUnit.SECONDS));
            assertEquals("QT.HTKH.03", office.procedure("QT.HTKH.03").get("code"));
            office.verify(other);
            go.countDown();
            blocked.join();
        }
    }

    @Test
    void manyThreads() throws Exception {
        try (Office office = trial()) {
            Set<String> cases = ConcurrentHashMap.newKeySet();
            List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());
            AtomicInteger told = new AtomicInteger();
            office.onNotification(one -> told.incrementAndGet());
            List<Thread> threads = new ArrayList<>();
            for (int n = 0; n < 6; n++) {
                int me = n;
                threads.add(new Thread(() -> {
                    try {
                        for (int i = 0; i < 20; i++) {
                            cases.add(office.execute(Command.open("QT.HTKH.03").by(ME)
                                    .id(me + "-" + i)).caseId());
                            office.tasks(TaskFilter.all()).pageOf(50).stream().limit(60).count();
                        }
                    } catch (Throwable e) {
                        faults.add(e);
                    }
                }));
            }
            for (Thread thread : threads) thread.start();
            for (Thread thread : threads) thread.join();
            assertEquals(List.of(), faults);
            assertEquals(120, cases.size());
            office.runDue();
            assertTrue(told.get() >= 120);
        }
    }

    @Test
    @SuppressWarnings("try")
    void closingWhileOthersWork() throws Exception {
        for (int round = 0; round < 20; round++) {
            Office office = trial();
            List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (int n = 0; n < 3; n++)
                threads.add(new Thread(() -> {
                    try {
                        while (true) opened(office);
                    } catch (RequestException e) {
                        if (e.code() != Code.INVALID_ARGUMENT) faults.add(e);
                    } catch (Throwable e) {
                        faults.add(e);
                    }
                }));
            for (Thread thread : threads) thread.start();
            Thread.sleep(5);
            office.close();
            for (Thread thread : threads) thread.join();
            assertEquals(List.of(), faults);
        }
    }
}
