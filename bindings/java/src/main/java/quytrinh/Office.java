// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An office: a store, and the procedures that run on it. Any number of threads may use one at once.
 *
 * <pre>{@code
 * try (Office office = Office.open("sqlite:cases.db")) { … }
 * }</pre>
 */
public final class Office implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final long handle;
    private final Words words;
    /** What C may call for this office; here so that it lives as long. */
    private final Set<Object> kept;
    private final Cleaner.Cleanable cleanable;

    Office(long handle, Words words, Set<Object> kept) {
        this.handle = handle;
        this.words = words;
        this.kept = kept;
        this.cleanable = CLEANER.register(this, () -> Functions.quytrinh_release(handle));
    }

    /** `memory:` or `sqlite:FILE`, opened as it stands. */
    public static Office open(String uri) {
        return at(uri).open();
    }

    /** As {@link #open}, with more to be said first. */
    public static OfficeBuilder at(String uri) {
        return new OfficeBuilder(uri);
    }

    /** Of the native library: "1.0.0". */
    public static String version() {
        return Native.version();
    }

    /** How much of the native library this process has not let go yet: for tests of leaks. */
    public static long liveHandles() {
        return Native.liveHandles();
    }

    /**
     * Lets the store go; calls in other threads end first. May be called again. An office that is
     * never closed goes with its last reference.
     */
    @Override
    public void close() {
        cleanable.clean();
    }

    private byte[] text(Native.Call call) {
        try {
            return Native.text(words, call);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private Object json(Native.Call call) {
        return Json.read(text(call));
    }

    private Row row(Native.Call call) {
        return Row.of(json(call));
    }

    private long number(Native.Call call) {
        try {
            return Native.number(words, call);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    // -- commands

    public Result execute(Command command) {
        return Result.of(executed(command.members()));
    }

    /** A command as bindings/c/README.md lists them, and its answer as it is. */
    public Map<String, Object> execute(Map<String, ?> command) {
        return executed(command).members();
    }

    private Row executed(Map<String, ?> command) {
        byte[] asked = Json.write(command);
        return row((error, out) ->
                Functions.quytrinh_execute(handle, asked, asked.length, error, out));
    }

    /** Several, committed together where the store can: at most 1,000. */
    public List<Outcome> executeAll(List<Command> commands) {
        List<Outcome> out = new ArrayList<>();
        for (Object one : executedAll(commands.stream().map(Command::members).toList())) {
            Row row = Row.of(one);
            boolean done = row.members().containsKey("result");
            Row error = row.row("error");
            out.add(done ? new Outcome(Result.of(row.row("result")), null) : new Outcome(null,
                    QuytrinhException.of((int) error.number("code"), error, null)));
        }
        return out;
    }

    List<?> executedAll(List<? extends Map<String, ?>> commands) {
        byte[] asked = Json.write(commands);
        return (List<?>) json((error, out) -> Functions.quytrinh_execute_all(
                handle, asked, asked.length, words.number(), error, out));
    }

    /** The stored answer of a command id; null when it was never stored. */
    public Result lookup(String caseId, String id) {
        Map<String, Object> asked = query("lookup", "case", caseId, "id", id);
        return asked.get("result") == null ? null : Result.of(Row.of(asked.get("result")));
    }

    // -- queries

    /** Any query as bindings/c/README.md lists them, and its answer as it is. */
    public Map<String, Object> query(Map<String, ?> query) {
        byte[] asked = Json.write(query);
        return row((error, out) -> Functions.quytrinh_query(
                handle, asked, asked.length, words.number(), error, out)).members();
    }

    private Map<String, Object> query(String name, String... members) {
        return query(asking(name, members));
    }

    private static Map<String, Object> asking(String name, String... members) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("query", name);
        for (int i = 0; i < members.length; i += 2)
            asked.put(members[i], Objects.requireNonNull(members[i + 1]));
        return asked;
    }

    /** Open tasks by due date. */
    public Pages<Task> tasks(TaskFilter filter) {
        return new Pages<>(this, filter.query(), Task::of);
    }

    /** Cases, the newest first. */
    public Pages<CaseRow> cases(CaseFilter filter) {
        return new Pages<>(this, filter.query(), CaseRow::of);
    }

    /** The facts of a case in their order. */
    public Pages<Event> history(String caseId) {
        return new Pages<>(this, asking("history", "case", caseId), Event::of);
    }

    /** The facts of a case as the bytes that are kept. */
    public Pages<ExportedEvent> export(String caseId) {
        return new Pages<>(this, asking("export", "case", caseId), ExportedEvent::of);
    }

    /** Everything of a case: `state`, `procedure`, `quarantine`. */
    public Map<String, Object> caseOf(String caseId) {
        return query("case", "case", caseId);
    }

    /** What this person may do now: enough to build a form. */
    public List<Option> options(String caseId, Actor who) {
        return new Row(query("options", "case", caseId, "unit", who.unit(),
                "person", who.person())).list("rows", Option::of);
    }

    /** Proves the history of a case, or throws a {@link StoreException}. */
    public void verify(String caseId) {
        byte[] name = Native.utf8(caseId);
        number((error, out) -> Functions.quytrinh_verify(handle, name, name.length, error));
    }

    // -- due work and notifications

    /** Fires timers, carries out links, delivers notifications: up to 100 of each. */
    public Report runDue() {
        return runDue(0);
    }

    public Report runDue(int batch) {
        int most = Values.count(batch);
        return Report.of(row((error, out) ->
                Functions.quytrinh_run_due(handle, most, words.number(), error, out)));
    }

    /**
     * Who is told, on the thread of the command, after its commit; null: nobody, they wait. It may
     * call this office, take itself away, and close it.
     */
    public void onNotification(Listener listener) {
        Callbacks.Told told = listener == null ? null : shown -> {
            listener.tell(Notification.of(shown));
            return 0;
        };
        telling(told, (address, user, letGo, error) -> Functions.quytrinh_on_notification(
                handle, address, user, letGo, words.number(), error));
    }

    /**
     * Up to {@code limit} notifications (0: 100) that nobody else is given for as long as
     * {@code lease}, in whatever process. What is not confirmed by then is given to the next who
     * asks: each is told at least once.
     */
    public List<Notification> take(int limit, Duration lease) {
        int most = Values.count(limit);
        int held = Values.count(Math.toIntExact(lease.toMillis()));
        if (held == 0) {
            throw new IllegalArgumentException("a lease is a millisecond at least");
        }
        return row((error, out) ->
                Functions.quytrinh_take(handle, most, held, words.number(), error, out))
                .list("notifications", Notification::of);
    }

    /**
     * They have been dealt with. False when one of them was no longer held, because its lease was
     * over, or by who has given back one of its case: it is told again.
     */
    public boolean confirm(Notification... taken) {
        return settle(Map.of("confirm", Stream.of(taken).map(Notification::receipt).toList()));
    }

    /**
     * It could not be dealt with: it is offered again later, as are all others of its case that are
     * held, and set aside after too many attempts. False when it was no longer held.
     */
    public boolean giveBack(Notification taken, String why) {
        return settle(Map.of("give_back",
                List.of(Map.of("receipt", taken.receipt(), "why", why))));
    }

    private boolean settle(Map<String, Object> request) {
        byte[] json = Json.write(request);
        return row((error, out) ->
                Functions.quytrinh_settle(handle, json, json.length, error, out))
                .list("lapsed", one -> one).isEmpty();
    }

    /**
     * {@link #runDue()}, {@link #take} and {@link #confirm} in one: of a program that ends before it
     * has dealt with them, at most {@code batch}, they are lost. A listener is told at least once.
     */
    public Pulled pull() {
        return pull(0);
    }

    public Pulled pull(int batch) {
        int most = Values.count(batch);
        Row answer = row((error, out) ->
                Functions.quytrinh_pull(handle, most, words.number(), error, out));
        return new Pulled(Report.of(answer.row("report")),
                answer.list("notifications", Notification::of));
    }

    /** Takes the notification of this key that was set aside back into the queue. */
    public long offerAgain(String key) {
        byte[] name = Native.utf8(key);
        return number((error, out) -> Functions.quytrinh_offer_again(
                handle, name, name.length, error, out));
    }

    /** All that were set aside; gives how many. */
    public long offerAllAgain() {
        return offerAgain("");
    }

    private interface Telling {
        int call(long address, long user, long letGo, long error);
    }

    private void telling(Callbacks.Told told, Telling call) {
        if (told == null) {
            number((error, out) -> call.call(0, 0, 0, error));
            return;
        }
        long user = Callbacks.keep(kept, told);
        number((error, out) -> call.call(
                Callbacks.TELL_ADDRESS, user, Callbacks.LET_GO_ADDRESS, error));
    }

    // -- procedures, calendars, time

    /** Adds a procedure that imports nothing but what ships. */
    public Added add(String text) {
        return add("procedure.quytrinh", text, null);
    }

    /** Adds a procedure; a {@link TextException} has every diagnostic. `imports` may be null. */
    public Added add(String name, String text, Imports imports) {
        byte[] called = Native.utf8(name);
        byte[] written = Native.utf8(text);
        return Callbacks.during(asked(imports), user -> Added.of(row((error, out) ->
                Functions.quytrinh_add(handle, called, called.length, written, written.length,
                        user == 0 ? 0 : Callbacks.ASK_ADDRESS, user, words.number(), error, out))));
    }

    /** Everything that is wrong with a text. `imports` may be null. */
    public Checked check(String name, String text, Imports imports) {
        byte[] called = Native.utf8(name);
        byte[] written = Native.utf8(text);
        return Callbacks.during(asked(imports), user -> Checked.of(row((error, out) ->
                Functions.quytrinh_check(handle, called, called.length, written, written.length,
                        user == 0 ? 0 : Callbacks.ASK_ADDRESS, user, words.number(), error, out))));
    }

    /** Writes a text anew, as `request` says: `Map.of("do", "format")`. `imports` may be null. */
    public Map<String, Object> rewrite(String name, String text, Imports imports,
            Map<String, ?> request) {
        byte[] called = Native.utf8(name);
        byte[] written = Native.utf8(text);
        byte[] asked = Json.write(request);
        return Callbacks.during(asked(imports), user -> row((error, out) ->
                Functions.quytrinh_rewrite(handle, called, called.length, written, written.length,
                        user == 0 ? 0 : Callbacks.ASK_ADDRESS, user, asked, asked.length,
                        words.number(), error, out))).members();
    }

    /**
     * Tests a procedure in offices of its own, as `request` says: `Map.of("do", "run")` carries out
     * its scenarios. `imports` and `progress` may be null; `text` may be empty where `request`
     * names a `procedure`.
     */
    public Map<String, Object> test(String name, String text, Imports imports,
            Map<String, ?> request, Progress progress) {
        byte[] called = Native.utf8(name);
        byte[] written = Native.utf8(text);
        byte[] asked = Json.write(request);
        return Callbacks.during(asked(imports), user -> Callbacks.during(progress, going ->
                row((error, out) -> Functions.quytrinh_test(handle, called, called.length, written,
                        written.length, user == 0 ? 0 : Callbacks.ASK_ADDRESS, user, asked,
                        asked.length, going == 0 ? 0 : Callbacks.ADVANCE_ADDRESS, going,
                        words.number(), error, out)))).members();
    }

    /** Asks about days, texts and proofs: `Map.of("ask", "working_day", "day", "2024-04-29")`. */
    public Map<String, Object> ask(Map<String, ?> request) {
        byte[] asked = Json.write(request);
        return row((error, out) -> Functions.quytrinh_ask(
                handle, asked, asked.length, words.number(), error, out)).members();
    }

    private static Callbacks.Asked asked(Imports imports) {
        if (imports == null) return null;
        return (name, reply) -> {
            String found = imports.textOf(name);
            if (found == null) return false;
            byte[] text = Native.utf8(found);
            return Functions.quytrinh_reply_text(reply, text, text.length) == 0;
        };
    }

    /** code, title and hash of every procedure. */
    public List<Map<String, Object>> procedures() {
        return new Row(query("procedures")).list("rows", one -> Row.of(one).members());
    }

    /** Parties, forms, steps and texts of a procedure. */
    public Map<String, Object> procedure(String code) {
        return query("procedure", "code", code);
    }

    public String draw(String code, Drawing kind) {
        byte[] name = Native.utf8(code);
        return new String(text((error, out) -> Functions.quytrinh_draw(handle, name, name.length,
                kind.number(), words.number(), error, out)), StandardCharsets.UTF_8);
    }

    /** The rows of a lookup table that you keep; null takes them away. */
    public void setTable(String code, Rows rows) {
        byte[] name = Native.utf8(code);
        Callbacks.Told told = rows == null ? null
                : row -> rows.has(Collections.unmodifiableList((List<?>) row)) ? 1 : 0;
        telling(told, (address, user, letGo, error) -> Functions.quytrinh_set_table(
                handle, name, name.length, address, user, letGo, error));
    }

    /** Adds every calendar of a calendar file; gives their codes. */
    public List<String> addCalendars(String name, String text) {
        byte[] called = Native.utf8(name);
        byte[] written = Native.utf8(text);
        List<?> codes = (List<?>) json((error, out) -> Functions.quytrinh_add_calendars(handle,
                called, called.length, written, written.length, error, out));
        return codes.stream().map(String.class::cast).toList();
    }

    /** The calendar of procedures that name none. */
    public void setDefaultCalendar(String code) {
        byte[] name = Native.utf8(code);
        number((error, out) ->
                Functions.quytrinh_default_calendar(handle, name, name.length, error));
    }

    /** Turns a switch of a calendar (`lựa chọn`) on or off. */
    public void switchCalendar(String code, String name, boolean on) {
        byte[] calendar = Native.utf8(code);
        byte[] called = Native.utf8(name);
        number((error, out) -> Functions.quytrinh_switch_calendar(handle, calendar,
                calendar.length, called, called.length, on ? 1 : 0, error));
    }

    /** Counts a limit as an officer writes it ("chậm nhất 03 ngày làm việc"), and says why. */
    public Due due(String limit, LocalDate from) {
        return Due.of(new Row(due(Map.of("limit", limit, "from", from.toString()))));
    }

    public Due due(String limit, Instant from) {
        return Due.of(new Row(due(Map.of("limit", limit, "from", Values.moment(from)))));
    }

    /** With `limit`, `from`, `rule` and `calendar`; the answer as it is. */
    public Map<String, Object> due(Map<String, ?> request) {
        byte[] asked = Json.write(request);
        return row((error, out) -> Functions.quytrinh_due(
                handle, asked, asked.length, words.number(), error, out)).members();
    }

    /** By the store's clock. */
    public Instant now() {
        return Values.atMicros(number((error, out) -> Functions.quytrinh_now(handle, error, out)));
    }

    /** Trial stores only: forward, never back. */
    public void setClock(Instant to) {
        long micros = Values.micros(to);
        number((error, out) -> Functions.quytrinh_set_clock(handle, micros, error));
    }

    /** Trial stores only: lets time pass, and does what falls due on the way when it does. */
    public Report passTo(Instant to) {
        long micros = Values.micros(to);
        return Report.of(row((error, out) ->
                Functions.quytrinh_pass_to(handle, micros, words.number(), error, out)));
    }

    /** A consistent copy of a SQLite store in use. */
    public void backup(Path to) {
        byte[] path = Native.utf8(to.toString());
        number((error, out) -> Functions.quytrinh_backup(handle, path, path.length, error));
    }

    /** Reads a SQLite store through. */
    public void checkStore() {
        number((error, out) -> Functions.quytrinh_check_store(handle, error));
    }
}
