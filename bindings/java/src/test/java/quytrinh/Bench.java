// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** `Bench WALK COUNT`: the figures of bindings/README.md for Java. */
final class Bench {
    private Bench() {}

    private static Map<String, Object> of(Map<String, Object> command, String caseId) {
        if (caseId.isEmpty()) return command;
        Map<String, Object> with = new LinkedHashMap<>(command);
        with.put("case", caseId);
        return with;
    }

    private static void walk(Office office, List<Map<String, Object>> commands,
            List<byte[]> answers) {
        String caseId = "";
        Map<String, Object> answer = Map.of();
        for (Map<String, Object> command : commands) {
            answer = office.execute(of(command, caseId));
            caseId = (String) answer.get("case");
            if (answers != null) answers.add(Json.write(answer));
        }
        if (!Boolean.TRUE.equals(answer.get("ended"))) throw new IllegalStateException("not ended");
    }

    private static int onlyJson(List<Map<String, Object>> commands, List<byte[]> answers) {
        String caseId = "";
        int bytes = 0;
        for (int i = 0; i < commands.size(); i++) {
            bytes += Json.write(of(commands.get(i), caseId)).length;
            caseId = (String) Json.object(answers.get(i)).get("case");
        }
        return bytes;
    }

    private static Office office() {
        return Office.at("memory:").clock(Offices.START).seed(7).open();
    }

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        var commands = (List<Map<String, Object>>) Json.read(
                Files.readAllBytes(Path.of(arguments[0])));
        int count = Integer.parseInt(arguments[1]);
        List<byte[]> answers = new ArrayList<>();
        try (Office office = office()) {
            walk(office, commands, answers);
            // The compilers of the JVM come in after some ten thousand calls, and take their time.
            long warm = System.nanoTime() + 2_000_000_000L;
            for (int i = 0; i < Math.max(count, 2_000) || System.nanoTime() < warm; i++) {
                walk(office, commands, null);
                onlyJson(commands, answers);
            }
        }
        long walks;
        try (Office office = office()) {
            long begun = System.nanoTime();
            for (int i = 0; i < count; i++) walk(office, commands, null);
            walks = System.nanoTime() - begun;
        }
        long begun = System.nanoTime();
        long bytes = 0;
        for (int i = 0; i < count; i++) bytes += onlyJson(commands, answers);
        long json = System.nanoTime() - begun;
        if (bytes == 0) throw new IllegalStateException("nothing was written");
        System.out.println((long) count * commands.size() + " " + walks + " " + json);
    }
}
