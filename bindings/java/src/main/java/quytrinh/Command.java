// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command for {@link Office#execute(Command)}: `Command.complete(of, "1").by("ĐVYC/nv01")`. The
 * methods add to it and give it back. Not for several threads at once. Members that are not needed
 * are left out; {@link #with} has those that have no method here.
 */
public final class Command {
    private final Map<String, Object> members = new LinkedHashMap<>();

    private Command(String command) {
        members.put("command", Objects.requireNonNull(command));
    }

    // -- which

    /** Any command by its name; see bindings/c/README.md. */
    public static Command named(String command) {
        return new Command(command);
    }

    private static Command of(String command, String caseId) {
        return new Command(command).with("case", Objects.requireNonNull(caseId));
    }

    private static Command of(String command, String caseId, String task) {
        return of(command, caseId).with("task", Objects.requireNonNull(task));
    }

    public static Command open(String procedure) {
        return new Command("open").with("procedure", Objects.requireNonNull(procedure));
    }

    public static Command complete(String caseId, String task) {
        return of("complete", caseId, task);
    }

    /** Fills in fields without completing. */
    public static Command record(String caseId, String task) {
        return of("record", caseId, task);
    }

    public static Command receive(String caseId, String task) {
        return of("receive", caseId, task);
    }

    public static Command claim(String caseId, String task) {
        return of("claim", caseId, task);
    }

    public static Command release(String caseId, String task) {
        return of("release", caseId, task);
    }

    /** To a person of the unit that leads. */
    public static Command assign(String caseId, String task, Actor to) {
        return of("assign", caseId, task).with("unit", to.unit()).with("person", to.person());
    }

    public static Command reassign(String caseId, String task, Actor to) {
        return of("reassign", caseId, task).with("unit", to.unit()).with("person", to.person());
    }

    public static Command opine(String caseId, String task, String text) {
        return of("opine", caseId, task).with("text", text);
    }

    /** On the case; `with("task", …)` on a task. */
    public static Command comment(String caseId, String text) {
        return of("comment", caseId).with("text", text);
    }

    public static Command consult(String caseId, String consultation, String text) {
        return of("consult", caseId).with("consultation", consultation).with("text", text);
    }

    /** `with("chosen", …)` where answers are written down. */
    public static Command answer(String caseId, String consultation, String text) {
        return of("answer", caseId).with("consultation", consultation).with("text", text);
    }

    public static Command attach(String caseId, String task, Attachment file) {
        return of("attach", caseId, task).with("file", file.shown());
    }

    public static Command withdraw(String caseId, String reason) {
        return of("withdraw", caseId).with("reason", reason);
    }

    public static Command cancel(String caseId, String reason) {
        return of("cancel", caseId).with("reason", reason);
    }

    public static Command signal(String caseId, String event) {
        return of("signal", caseId).with("event", event);
    }

    public static Command link(String caseId, String other, String relation) {
        return of("link", caseId).with("other", other).with("relation", relation);
    }

    // -- who and how

    /** "ĐVTH/nv07" */
    public Command by(String who) {
        return with("by", Objects.requireNonNull(who));
    }

    public Command by(Actor who) {
        return with("by", Map.of("unit", who.unit(), "person", who.person()));
    }

    /** Your own id: the same one again is the same command. Made by the library unless given. */
    public Command id(String id) {
        return with("id", id);
    }

    /** Refused when the case has moved on since. */
    public Command expectedVersion(long version) {
        return with("expected_version", version);
    }

    public Command outcome(String outcome) {
        return with("outcome", outcome);
    }

    public Command reason(String reason) {
        return with("reason", reason);
    }

    public Command reference(String reference) {
        return with("reference", reference);
    }

    /** Who plays a role in this case. */
    public Command bind(String role, Actor who) {
        return more("bind", Map.of("role", role, "unit", who.unit(), "person", who.person()));
    }

    /**
     * A field: String (read as the field's type), Boolean, a whole number, BigDecimal, LocalDate, a
     * list of strings, a list of rows, or null. A double is not exact and not taken.
     */
    public Command field(String name, Object value) {
        return field("", name, value);
    }

    /** A field that several forms have. */
    public Command field(String form, String name, Object value) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("form", Objects.requireNonNull(form));
        one.put("field", Objects.requireNonNull(name));
        one.put("value", Values.shown(value));
        return more("fields", one);
    }

    public Command fields(Map<String, ?> fields) {
        fields.forEach(this::field);
        return this;
    }

    /** Confirms every precondition. */
    public Command confirmAll() {
        return with("confirmed", Map.of("all", true));
    }

    /** Confirms these. */
    public Command confirm(List<String> texts) {
        return with("confirmed", Map.of("texts", List.copyOf(texts)));
    }

    public Command attachment(Attachment file) {
        return more("attachments", file.shown());
    }

    /** Who a role is from the next task on (`phân công`). */
    public Command assigning(String role, Actor who) {
        return more("assign", Map.of("role", role, "unit", who.unit(), "person", who.person()));
    }

    public Command happenedAt(Instant at) {
        return with("happened_at", Values.moment(at));
    }

    /** Any member: String, Boolean, Long, Integer, a list or map of these, or null. */
    public Command with(String member, Object value) {
        members.put(Objects.requireNonNull(member), value);
        return this;
    }

    @SuppressWarnings("unchecked")
    private Command more(String member, Object one) {
        ((List<Object>) members.computeIfAbsent(member, name -> new ArrayList<>())).add(one);
        return this;
    }

    Map<String, Object> members() {
        return members;
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
