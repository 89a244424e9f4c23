// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a process: memory, its end, the examples as programs of their own. */
class LifeTest extends Offices {
    /** Resident memory in KiB; 0 where the system does not say. */
    private static long resident() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return 0;
        for (String line : Files.readAllLines(status))
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", ""));
        return 0;
    }

    @Test
    void tenThousandTasksInPagesTakeNoMemory() throws Exception {
        try (Office office = trial()) {
            for (int n = 0; n < 20; n++) {
                List<Command> commands = new ArrayList<>();
                for (int i = 0; i < 500; i++)
                    commands.add(Command.open("QT.HTKH.03").by(ME));
                assertEquals(500, office.executeAll(commands).size());
            }
            Pages<Task> all = office.tasks(TaskFilter.ofUnit("ĐVYC").relation("lead")).pageOf(500);
            long handles = Office.liveHandles();
            for (int i = 0; i < 3; i++) assertEquals(10_000, all.stream().count());
            System.gc();
            long before = resident();
            for (int i = 0; i < 5; i++) assertEquals(10_000, all.stream().count());
            System.gc();
            // 50,000 rows are some 25 MB of JSON.
            assertTrue(resident() - before < 12_000, before + " KiB, then " + resident());
            assertEquals(handles, Office.liveHandles());
        }
    }

    /** With the library that these tests have. */
    private static String with(Path folder, String... what) throws Exception {
        List<String> words = new ArrayList<>(List.of(what));
        String found = System.getProperty("quytrinh.library", System.getenv("QUYTRINH_LIBRARY"));
        if (found != null) words.add(0, "-Dquytrinh.library=" + found);
        return run(folder, words.toArray(String[]::new));
    }

    /** Ends while offices are open, and threads are inside of the library. */
    static final class Leaves {
        private static Office office;

        public static void main(String[] arguments) throws Exception {
            office = Office.open("memory:");
            office.onNotification(told -> {
                if (arguments.length == 0) System.out.println(told.kind());
            });
            opened(office);
            for (int i = 0; i < arguments.length; i++) {
                Thread worker = new Thread(() -> {
                    while (true) opened(office);
                });
                worker.setDaemon(true);
                worker.start();
            }
            Thread.sleep(arguments.length * 50L);
        }
    }

    @Test
    void aProgramMayEndWithOfficesOpen(@TempDir Path folder) throws Exception {
        String said = with(folder, "quytrinh.LifeTest$Leaves");
        assertFalse(said.contains("exit"), said);
        assertTrue(said.startsWith("task_opened\n"), said);
        for (int i = 0; i < 5; i++)
            assertEquals("", with(folder, "quytrinh.LifeTest$Leaves", "1", "2", "3"));
    }

    /** Says which library was found. */
    static final class Finds {
        public static void main(String[] arguments) {
            System.out.println(Office.version());
        }
    }

    @Test
    void theLibraryInsideOfTheJarIsFound(@TempDir Path folder) throws Exception {
        String inside = "/quytrinh/" + com.sun.jna.Platform.RESOURCE_PREFIX + "/libquytrinh_c.so.1";
        String bundled = System.getProperty("quytrinh.native");
        assumeTrue(bundled != null, "built without -Dquytrinh.native");
        assertTrue(Office.class.getResource(inside) != null);
        assertEquals(Office.version() + "\n", run(folder, "-Djava.io.tmpdir=" + folder,
                "-Djna.tmpdir=" + folder, "quytrinh.LifeTest$Finds"));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.filter(
                    file -> file.getFileName().toString().startsWith("quytrinh")).toList());
        }
        String missing = run(folder, "-Dquytrinh.library=/nowhere/at/all.so",
                "quytrinh.LifeTest$Finds");
        assertTrue(missing.contains("UnsatisfiedLinkError") && missing.contains("exit 1"), missing);
    }

    @Test
    void theReadmeShowsTheFirstCase(@TempDir Path folder) throws Exception {
        Path example = ROOT.resolve("examples/java/FirstCase.java");
        String code = read(example).split("\n\n", 2)[1];
        assertTrue(read(ROOT.resolve("bindings/java/README.md"))
                .contains("```java\n" + code + "```"));
        assertTrue(code.lines().count() <= 15);
        String said = with(folder, example.toString());
        assertTrue(said.contains("Kiểm tra thông tin") && !said.contains("exit"), said);
    }

    @Test
    void theWalkPrintsWhatItShould(@TempDir Path folder) throws Exception {
        Path examples = ROOT.resolve("examples/java");
        assertEquals(read(examples.resolve("walk.expected")),
                with(folder, examples.resolve("Walk.java").toString(), "w.db"));
    }
}
