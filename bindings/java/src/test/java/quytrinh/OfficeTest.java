// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An office as a Java program uses it. */
class OfficeTest extends Offices {
    @Test
    void aFirstCase() {
        try (Office office = trial()) {
            String of = opened(office);
            Result done = office.execute(
                    Command.complete(of, "1").by(new Actor("ĐVYC", "nv01")).confirmAll());
            assertEquals(List.of("2.1"), done.opened());
            assertEquals(of, done.caseId());
            assertFalse(done.ended());
            Task task = office.tasks(TaskFilter.ofUnit("ĐVTH").relation("lead")).toList().get(0);
            assertEquals("2023-12-14", task.due());
            assertEquals("counted", task.dueKind());
            assertEquals(START, task.openedAt());
            assertEquals(Instant.parse("2023-12-14T17:00:00Z"), task.dueBefore());
            CaseRow row = office.cases(CaseFilter.all()).toList().get(0);
            assertEquals(Actor.of(ME), row.opener());
            assertEquals(4, row.version());
            List<Event> events = office.history(of).pageOf(1).toList();
            assertEquals(List.of(1L, 2L, 3L, 4L), events.stream().map(Event::seq).toList());
            assertEquals(row.hash(), events.get(3).hash());
            assertEquals(START, events.get(0).at());
            office.verify(of);
            assertEquals(START, office.now());
            assertEquals(done, office.lookup(of, done.id()));
            assertNull(office.lookup(of, "none"));
            assertTrue(Office.version().startsWith("1."));
        }
    }

    @Test
    void refusalsAreExceptionsByGroup() {
        try (Office office = trial()) {
            String of = opened(office);
            var refused = assertThrows(RefusedException.class, () -> office.execute(
                    Command.complete(of, "1").by("P.KHAC/x").confirmAll()));
            assertEquals(Code.NOT_PERMITTED, refused.code());
            assertEquals(204, refused.number());
            assertEquals("not_permitted", refused.name());
            assertEquals(List.of("ĐVYC"), refused.whoCould());
            assertTrue(refused.getMessage().contains("ĐVYC"));
            assertThrows(RequestException.class, () -> office.execute(Command.named("fly")));
            var wrong = assertThrows(TextException.class, () -> office.add("quy trình X\n"));
            assertEquals(1, wrong.diagnostics().get(0).line());
            assertEquals("QT7001", wrong.diagnostics().get(0).code());
            assertThrows(StoreException.class, () -> Office.open("sqlite:/nowhere/at/all.db"));
            assertThrows(RequestException.class, () -> Office.open("postgres:x"));
            assertThrows(CountingException.class,
                    () -> office.due("03 ngày làm việc", LocalDate.of(2050, 1, 1)));
        }
        try (Office english = Office.at("memory:").words(Words.EN).open()) {
            var refused = assertThrows(RefusedException.class, () -> english.execute(
                    Command.open("QT.HTKH.03").by("P.KHAC/x")));
            assertTrue(refused.getMessage().contains("may not"), refused.getMessage());
        }
    }

    @Test
    void valuesInAndOut() {
        try (Office office = trial()) {
            assertEquals("QT.01", office.add(OWN).code());
            String of = office.execute(Command.open("QT.01").by("MC/a")).caseId();
            office.execute(Command.record(of, "1").by("MC/a")
                    .field("Số bản", new BigDecimal("2.50"))
                    .field("BM.01", "Ngày hẹn", LocalDate.of(2024, 2, 29)).field("Nhanh", true));
            Option can = office.options(of, Actor.of("MC/a")).stream()
                    .filter(one -> one.command().equals("complete")).findFirst().orElseThrow();
            assertTrue(can.allowed());
            Map<String, Object> current = can.fields().stream().collect(
                    Collectors.toMap(Option.FieldState::name, Option.FieldState::current));
            assertEquals(Map.of("Số bản", new BigDecimal("2.5"),
                    "Ngày hẹn", LocalDate.of(2024, 2, 29), "Nhanh", true), current);
        }
        assertEquals(Map.of("rows", List.of(List.of("a", Map.of("decimal", "1")),
                Arrays.asList("b", null))),
                Values.shown(List.of(List.of("a", 1), Arrays.asList("b", null))));
    }

    @Test
    void severalCommandsAtOnce() {
        try (Office office = trial()) {
            String of = opened(office);
            List<Outcome> done = office.executeAll(List.of(
                    Command.comment(of, "một").by(ME),
                    Command.complete(of, "9").by(ME),
                    Command.open("QT.HTKH.03").by(ME).id("again")));
            assertEquals(of, done.get(0).orThrow().caseId());
            assertInstanceOf(RefusedException.class, done.get(1).error());
            assertThrows(RefusedException.class, () -> done.get(1).orThrow());
            assertEquals("again", done.get(2).result().id());
        }
    }

    @Test
    void notifications() {
        try (Office office = trial()) {
            List<Notification> told = new ArrayList<>();
            office.onNotification(told::add);
            opened(office);
            assertEquals(Set.of("task_opened"),
                    told.stream().map(Notification::kind).collect(Collectors.toSet()));
            assertEquals(START, told.get(0).at());
            assertTrue(told.stream().noneMatch(one -> one.text().isEmpty()));
            var busy = assertThrows(StoreException.class, office::pull);
            assertEquals(Code.STORE_BUSY, busy.code());
            office.onNotification(null);
            opened(office);
            int count = told.size();
            Pulled pulled = office.pull();
            assertEquals(pulled.notifications().size(), pulled.report().delivered());
            assertFalse(pulled.notifications().isEmpty());
            assertEquals(count, told.size());
        }
    }

    @Test
    void membersImportsAndTables() {
        Members members = person -> switch (person) {
            case "nv01" -> List.of(Members.Member.of("ĐVYC"));
            case "gd01" -> List.of(Members.Member.head("LĐTT"));
            default -> throw new IllegalStateException("nobody knows " + person);
        };
        try (Office office = Office.at("memory:").clock(START).members(members).open()) {
            opened(office);
            assertThrows(RefusedException.class,
                    () -> office.execute(Command.open("QT.HTKH.03").by("ĐVYC/gd01")));
            var failed = assertThrows(HostCallbackException.class,
                    () -> office.execute(Command.open("QT.HTKH.03").by("ĐVYC/nobody")));
            assertEquals("nobody knows nobody", failed.getCause().getMessage());
            String text = OWN.replace("vai trò MC \"Một cửa\"\n", "").replace(
                    "quy trình QT.01", "lấy từ tệp \"a.quytrinh\"\nquy trình QT.01");
            List<String> names = new ArrayList<>();
            assertTrue(office.check("x", text, name -> {
                names.add(name);
                return "ngôn ngữ quy trình 1, tiếng Việt\nvai trò MC \"Một cửa\"\n";
            }).ok());
            assertEquals(List.of("a.quytrinh"), names);
            assertFalse(office.check("x", text, name -> null).ok());
            assertThrows(TextException.class, () -> office.add("x", text, name -> {
                throw new java.io.IOException("no such file");
            }));
            office.setTable("DM", row -> true);
            office.setTable("DM", row -> false);
            office.setTable("DM", null);
        }
    }

    @Test
    void textsCalendarsAndLimits() {
        try (Office office = trial()) {
            assertTrue(office.draw("QT.HTKH.03", Drawing.SVG).contains("<svg"));
            assertTrue(office.draw("QT.HTKH.03", Drawing.MERMAID).contains("flowchart"));
            Due due = office.due("chậm nhất 03 ngày làm việc", LocalDate.of(2024, 4, 26));
            assertEquals(LocalDate.of(2024, 5, 4), due.lastDay());
            assertFalse(due.toTheHour() || due.trace().isEmpty());
            assertEquals(due.before(), office.due("chậm nhất 03 ngày làm việc",
                    Instant.parse("2024-04-26T01:00:00.000000999Z")).before());
            assertEquals("not_stated", office.due("không nêu", START).kind());
            office.switchCalendar("HC.VN", "NGAY.VH", true);
            office.setDefaultCalendar("HC.VN");
            assertTrue(office.procedures().stream().anyMatch(
                    one -> "QT.HTKH.03".equals(one.get("code"))));
            assertEquals("QT.HTKH.03", office.procedure("QT.HTKH.03").get("code"));
            assertEquals("open", ((Map<?, ?>) office.caseOf(opened(office)).get("state"))
                    .get("status"));
        }
        try (Office bare = Office.at("memory:").withoutBundled().open()) {
            assertTrue(bare.procedures().isEmpty());
        }
    }

    @Test
    void textsRewrittenTestedAndAsked() {
        try (Office office = trial()) {
            String loose = OWN.replace("  chủ trì MC", "   chủ trì   MC");
            Map<String, Object> laidOut = office.rewrite("x", loose, null, Map.of("do", "format"));
            assertEquals(OWN, laidOut.get("text"));
            assertEquals(true, laidOut.get("changed"));
            List<Long> seen = new ArrayList<>();
            assertFalse(office.test("", "", null,
                    Map.of("do", "explore", "procedure", "QT.HTKH.03", "steps", 1_100),
                    (done, found) -> seen.add(done)).isEmpty());
            assertFalse(seen.isEmpty());
            var stopped = assertThrows(QuytrinhException.class, () -> office.test("", "", null,
                    Map.of("do", "explore", "procedure", "QT.HTKH.03", "steps", 1_100),
                    (done, found) -> {
                        throw new IllegalStateException("enough");
                    }));
            assertEquals(Code.HOST_CALLBACK_FAILED, stopped.code());
            assertEquals("enough", stopped.getCause().getMessage());
            assertEquals(false, office.ask(
                    Map.of("ask", "working_day", "day", "2024-04-29")).get("working"));
            assertEquals(0, office.offerAllAgain());
            assertThrows(RequestException.class, () -> office.offerAgain("none"));
            opened(office);
            Report report = office.passTo(START.plusSeconds(40 * 86_400));
            assertTrue(report.delivered() == 0 && !report.more(), report.toString());
            assertEquals(START.plusSeconds(40 * 86_400), office.now());
        }
    }

    @Test
    void aFile(@TempDir Path folder) {
        String uri = "sqlite:" + folder + "/một.db";
        Path copy = folder.resolve("b.db");
        String of;
        try (Office office = Office.at(uri).clock(START).seed(3).open()) {
            of = opened(office);
            office.backup(copy);
            office.checkStore();
        }
        try (Office look = Office.at("sqlite:" + copy).clock(START).existing().readOnly().open()) {
            look.verify(of);
            assertThrows(StoreException.class, () -> opened(look));
        }
        var differs = assertThrows(StoreException.class, () -> Office.open(uri));
        assertEquals(Code.CLOCK_DIFFERS, differs.code());
    }

    @Test
    void pagesOfManyTasks() {
        try (Office office = trial()) {
            for (int n = 0; n < 30; n++)
                office.execute(Command.open("QT.HTKH.03").by(ME).id("" + n));
            Pages<Task> tasks = office.tasks(TaskFilter.ofUnit("ĐVYC").relation("lead")).pageOf(7);
            Set<String> cases = new HashSet<>();
            for (Task task : tasks) assertTrue(cases.add(task.caseId()));
            assertEquals(30, cases.size());
            assertEquals(30, tasks.stream().count()); // gone through anew
            assertEquals(8, tasks.stream().limit(8).count());
        }
    }
}
