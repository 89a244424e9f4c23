// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scripts of bindings/conformance: the same results, refusals and bytes as everywhere. */
class ConformanceTest extends Offices {
    @TestFactory
    List<DynamicTest> scripts() throws Exception {
        List<Path> scripts;
        try (Stream<Path> files = Files.list(ROOT.resolve("bindings/conformance"))) {
            scripts = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
        assertTrue(scripts.size() >= 7);
        return scripts.stream().map(file -> DynamicTest.dynamicTest(
                file.getFileName().toString(), () -> run(file))).toList();
    }

    private static Instant moment(Object text) {
        return OffsetDateTime.parse((String) text).toInstant();
    }

    private static void run(Path file) throws Exception {
        Row script = new Row(Json.object(Files.readAllBytes(file)));
        run(script, "memory:");
        if (script.text("only").equals("memory")) return;
        Path folder = Files.createTempDirectory("quytrinh");
        run(script, "sqlite:" + folder + "/a.db");
        try (Stream<Path> left = Files.list(folder)) {
            for (Path one : left.toList()) Files.delete(one);
        }
        Files.delete(folder);
    }

    private static void run(Row script, String uri) throws Exception {
        try (Office office = office(script, uri)) {
            for (Row step : script.list("steps", Row::of)) {
                boolean refused = step.members().containsKey("refuse");
                Object got = answer(office, step, refused);
                // Which of several comes first is for each store to choose.
                if (!uri.equals("memory:") && step.text("only").equals("memory")) continue;
                assertEquals(step.members().get(refused ? "refuse" : "expect"), got,
                        () -> step.members().get("request").toString());
            }
            assertEquals(script.text("export"), exported(office));
        }
    }

    private static Office office(Row script, String uri) {
        OfficeBuilder builder = Office.at(uri).clock(moment(script.text("clock")))
                .seed(script.number("seed"));
        if (script.members().containsKey("limits")) {
            builder.limits(script.row("limits").members());
        }
        if (script.members().containsKey("members")) {
            Row units = script.row("members");
            builder.members(person -> {
                if (!units.members().containsKey(person))
                    throw new IllegalArgumentException(person);
                return units.list(person, one -> one instanceof List<?> head
                        ? new Members.Member((String) head.get(0), (Boolean) head.get(1), 0)
                        : Members.Member.of((String) one));
            });
        }
        Office office = builder.open();
        for (String code : script.row("tables").members().keySet()) {
            List<?> rows = (List<?>) script.row("tables").members().get(code);
            office.setTable(code, rows::contains);
        }
        return office;
    }

    private static Object answer(Office office, Row step, boolean refused) {
        try {
            Object got = act(office, step.text("do"), step.members().get("request"));
            return refused ? "not refused: " + got : got;
        } catch (QuytrinhException e) {
            return Map.of("code", (long) e.number(), "name", e.name(), "message", e.getMessage());
        }
    }

    /** By the last "take". */
    private static List<Notification> taken = List.of();

    @SuppressWarnings("unchecked")
    private static Object act(Office office, String what, Object request) {
        if (what.equals("execute_all"))
            return office.executedAll((List<Map<String, Object>>) request);
        Row with = Row.of(request);
        return switch (what) {
            case "execute" -> office.execute(with.members());
            case "query" -> office.query(with.members());
            case "add" -> office.add(with.text("text")).raw();
            case "check" -> office.check("procedure.quytrinh", with.text("text"), null).raw();
            case "rewrite" -> only(office.rewrite("procedure.quytrinh", with.text("text"), null,
                    with.row("request").members()), "text", "changed");
            case "test" -> only(office.test("procedure.quytrinh", with.text("text"), null,
                    with.row("request").members(), null), "ok", "scenarios", "failed");
            case "ask" -> office.ask(with.members());
            case "draw" -> Map.of("drawing", office.draw(with.text("code"),
                    Drawing.valueOf(with.text("kind").toUpperCase(Locale.ROOT))));
            case "pass_to" -> shown(office.passTo(moment(with.text("to"))));
            case "offer_again" -> Map.of("count", office.offerAgain(with.text("key")));
            case "default_calendar" -> {
                office.setDefaultCalendar(with.text("code"));
                yield Map.of();
            }
            case "switch_calendar" -> {
                office.switchCalendar(with.text("code"), with.text("name"), with.truth("on"));
                yield Map.of();
            }
            case "due" -> office.due(with.members());
            case "verify" -> {
                office.verify(with.text("case"));
                yield Map.of();
            }
            case "clock" -> {
                office.setClock(moment(with.text("to")));
                yield Map.of();
            }
            case "run_due" -> shown(office.runDue());
            case "take" -> {
                taken = office.take((int) with.number("limit"), Duration.ofMinutes(1));
                yield Map.of("notifications", taken.stream().map(Notification::raw).toList());
            }
            case "confirm" -> Map.of("held", office.confirm(with.list("taken",
                    n -> taken.get(((Number) n).intValue())).toArray(Notification[]::new)));
            case "give_back" -> Map.of("held", office.giveBack(
                    taken.get((int) with.number("taken")), with.text("why")));
            case "open" -> {
                Office.at(with.text("uri")).open().close();
                yield Map.of();
            }
            case "pull" -> {
                Pulled pulled = office.pull();
                yield Map.of("report", shown(pulled.report()), "notifications",
                        pulled.notifications().stream().map(Notification::raw).toList());
            }
            default -> throw new AssertionError(what);
        };
    }

    private static Map<String, Object> only(Map<String, Object> answer, String... names) {
        Map<String, Object> out = new LinkedHashMap<>(answer);
        out.keySet().retainAll(List.of(names));
        return out;
    }

    private static Map<String, Object> shown(Report report) {
        return Map.of("timers", report.timers(), "links", report.links(),
                "delivered", report.delivered(), "failed", report.failed(),
                "set_aside", report.setAside(), "more", report.more(),
                "problems", report.problems());
    }

    private static String exported(Office office) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String of : office.cases(CaseFilter.all()).pageOf(2).stream().map(CaseRow::caseId)
                .sorted().toList()) {
            digest.update(("case " + of + "\n").getBytes(StandardCharsets.UTF_8));
            for (ExportedEvent e : office.export(of).pageOf(5))
                digest.update((e.seq() + " " + e.hash() + " " + e.salt() + " " + e.header() + " "
                        + e.payload() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
