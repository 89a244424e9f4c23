// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests share. None of them leaves a handle, or a callback, behind. */
abstract class Offices {
    static final Instant START = Instant.parse("2023-12-11T01:00:00Z"); // 08:00 in Hà Nội
    static final String ME = "ĐVYC/nv01";
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final String OWN = """
            ngôn ngữ quy trình 1, tiếng Việt
            quy trình QT.01 "Cấp giấy"
              cách tính giờ hành chính
              các bước theo thứ tự
              không nêu hồ sơ lưu
            vai trò MC "Một cửa"
            biểu mẫu BM.01 "Phiếu"
              thông tin "Số bản" là số
              thông tin "Ngày hẹn" là ngày
              thông tin "Nhanh" là có hoặc không
            bước 1 "Tiếp nhận"
              chủ trì MC
              lập BM.01
              thời hạn không nêu
            bước 2 "Trả"
              chủ trì MC
              dùng BM.01
              thời hạn không nêu
            """;

    private long handles;
    private int callbacks;

    @BeforeEach
    void count() {
        handles = Office.liveHandles();
        callbacks = Callbacks.kept();
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            // Callbacks go after their handle, on the thread that cleans up.
            if (Office.liveHandles() == handles && Callbacks.kept() == callbacks) break;
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(handles, Office.liveHandles());
        assertEquals(callbacks, Callbacks.kept());
    }

    static Office trial() {
        return Office.at("memory:").clock(START).seed(7).open();
    }

    static String opened(Office office) {
        return office.execute(Command.open("QT.HTKH.03").by(ME)).caseId();
    }

    /** A program of its own, told no library: what it said, with its exit code when not 0. */
    static String run(Path folder, String... what) throws Exception {
        Path out = Files.createTempFile("quytrinh", ".out");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
                "-cp", System.getProperty("java.class.path")));
        words.addAll(List.of(what));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().remove("QUYTRINH_LIBRARY");
        Process child = builder.start();
        if (!child.waitFor(120, TimeUnit.SECONDS)) child.destroyForcibly().waitFor();
        String said = read(out);
        Files.delete(out);
        return said + (child.exitValue() == 0 ? "" : "exit " + child.exitValue());
    }

    static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
