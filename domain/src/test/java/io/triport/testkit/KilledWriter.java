package io.triport.testkit;

import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A process that writes until it is killed and tells each answered write: the one half runs in it, the other starts it. */
public final class KilledWriter {
    private static final String WRITTEN = "written ";
    private static final int EVERY_LARGE = 5;
    private static final int LARGE = 200_000;
    private static final int SMALL = 300;

    private KilledWriter() {}

    /** Writes without end; for the main method of the process that will be killed. */
    public static void write(KeyValueStore store, PrintStream out) {
        for (var number = 0; number >= 0; number++) {
            store.put(key(number), KvEntry.of(value(number)), KvCondition.ANY);
            out.println(WRITTEN + number);
            out.flush();
        }
    }

    /**
     * Starts the main class in a process of its own, kills it when it has told so many answered writes, and waits for its end.
     *
     * @return all that it told
     */
    public static List<Integer> killAfter(int written, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        var told = new ArrayList<Integer>();
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                readUntil(written, lines, told);
                // By its handle: the process itself would close the stream with what it still has to tell.
                process.toHandle().destroyForcibly();
                readUntil(Integer.MAX_VALUE, lines, told);
            } finally {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return told;
    }

    public static KvKey key(int number) {
        return KvKey.of("written/" + number);
    }

    /** What lies under {@link #key} of the number, and under no other. */
    public static Bytes value(int number) {
        var value = new byte[number % EVERY_LARGE == 0 ? LARGE : SMALL];
        new Random(number).nextBytes(value);
        return Bytes.copyOf(value);
    }

    private static void readUntil(int count, BufferedReader lines, List<Integer> told) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(WRITTEN)) {
                told.add(Integer.parseInt(line.substring(WRITTEN.length())));
            }
            if (told.size() >= count) {
                return;
            }
        }
    }
}
