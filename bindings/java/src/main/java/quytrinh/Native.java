// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;

/** Calls into the native library: results, errors and texts; where the library is found. */
final class Native {
    private static final String FILE = "libquytrinh_c.so.1";
    private static final byte[] NOTHING = {};

    static {
        NativeLibrary library = load();
        com.sun.jna.Native.register(Functions.class, library);
        int found = Functions.quytrinh_abi_version();
        if (found != OpenFlag.ABI_VERSION)
            throw new UnsatisfiedLinkError("quytrinh: the native library has ABI " + found
                    + ", this jar needs " + OpenFlag.ABI_VERSION);
    }

    private Native() {}

    // -- finding the library

    private static NativeLibrary load() {
        String given = System.getProperty("quytrinh.library");
        if (given == null || given.isEmpty()) given = System.getenv("QUYTRINH_LIBRARY");
        if (given != null && !given.isEmpty()) return load(given);
        String inside = "/quytrinh/" + Platform.RESOURCE_PREFIX + "/" + FILE;
        try (InputStream bundled = Native.class.getResourceAsStream(inside)) {
            return bundled == null ? ofSystem() : load(extracted(bundled));
        } catch (IOException e) {
            throw new UncheckedIOException("quytrinh: the native library cannot be unpacked", e);
        }
    }

    /** The bare name is a link for who compiles; where programs only run there is {@link #FILE}. */
    private static NativeLibrary ofSystem() {
        try {
            return load("quytrinh_c");
        } catch (UnsatisfiedLinkError none) {
            try {
                return load(FILE);
            } catch (UnsatisfiedLinkError e) {
                e.addSuppressed(none);
                throw e;
            }
        }
    }

    private static NativeLibrary load(String name) {
        // Not RTLD_GLOBAL, which JNA would take: nothing else is to see these symbols.
        int flags = Platform.isLinux() ? 0x2 : -1;
        return NativeLibrary.getInstance(
                name, flags < 0 ? Map.of() : Map.of(Library.OPTION_OPEN_FLAGS, flags));
    }

    private static NativeLibrary load(Path file) throws IOException {
        try {
            return load(file.toString());
        } finally {
            // What is mapped stays usable; systems that keep the file open delete it at the end.
            if (!Platform.isWindows()) {
                Files.delete(file);
                Files.delete(file.getParent());
            }
        }
    }

    private static Path extracted(InputStream bundled) throws IOException {
        // A folder of this user alone: nobody can put another library into its place.
        Path to = Files.createTempDirectory("quytrinh").resolve(FILE);
        Files.copy(bundled, to);
        return to;
    }

    static String version() {
        return new Pointer(Functions.quytrinh_version()).getString(0, "US-ASCII");
    }

    // -- results

    /** Room for an error and a result. Calls inside of callbacks have their own. */
    static final class Results implements AutoCloseable {
        private static final ThreadLocal<ArrayDeque<Results>> FREE =
                ThreadLocal.withInitial(ArrayDeque::new);
        private final Memory memory = new Memory(16);
        final long error = Pointer.nativeValue(memory);
        final long out = error + 8;

        static Results take() {
            Results free = FREE.get().poll();
            Results taken = free == null ? new Results() : free;
            taken.memory.setLong(0, 0);
            taken.memory.setLong(8, 0);
            return taken;
        }

        long number() {
            return memory.getLong(8);
        }

        @Override
        public void close() {
            FREE.get().push(this);
        }
    }

    /** A function that has a text, or nothing, as its result. */
    interface Call {
        int call(long error, long out);
    }

    /** The text of a call that gives one; it is released. */
    static byte[] text(Words words, Call call) {
        try (Results results = Results.take()) {
            check(words, call.call(results.error, results.out), results);
            return bytes(results.number());
        }
    }

    /** A call that gives nothing, or a number. */
    static long number(Words words, Call call) {
        try (Results results = Results.take()) {
            check(words, call.call(results.error, results.out), results);
            return results.number();
        }
    }

    static Object json(Words words, Call call) {
        return Json.read(text(words, call));
    }

    static long liveHandles() {
        try (Results results = Results.take()) {
            Functions.quytrinh_live_handles(results.out);
            return results.number();
        }
    }

    /** The bytes of a text, which is released. */
    private static byte[] bytes(long text) {
        try (Results results = Results.take()) {
            if (Functions.quytrinh_text_get(text, results.error, results.out) != 0) return NOTHING;
            long at = results.memory.getLong(0);
            return new Pointer(at).getByteArray(0, Math.toIntExact(results.number()));
        } finally {
            Functions.quytrinh_release(text);
        }
    }

    private static void check(Words words, int code, Results results) {
        if (code == 0) return;
        long error = results.memory.getLong(0);
        Row details = new Row(Map.of());
        if (error != 0) {
            try (Results shown = Results.take()) {
                if (Functions.quytrinh_error_json(error, words.number(), shown.out) == 0)
                    details = new Row(Json.object(bytes(shown.number())));
            } finally {
                Functions.quytrinh_release(error);
            }
        }
        throw QuytrinhException.of(code, details, Callbacks.thrown());
    }

    // -- texts

    /** UTF-8; half a surrogate pair is refused here, as C would refuse what it cannot read. */
    static byte[] utf8(String text) {
        Objects.requireNonNull(text);
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw QuytrinhException.invalidText(e);
        }
    }

    /** A copy outside of Java's heap; null for nothing. */
    static Memory copied(byte[] text) {
        if (text.length == 0) return null;
        Memory copy = new Memory(text.length);
        copy.write(0, text, 0, text.length);
        return copy;
    }
}
