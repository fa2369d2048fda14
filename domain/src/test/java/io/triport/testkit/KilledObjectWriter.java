package io.triport.testkit;

import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A process that writes objects until it reaches a step, where it is killed: the one half runs in it, the other starts it. */
public final class KilledObjectWriter {
    /** Present before; replaced in one go. */
    public static final ObjectKey REPLACED = ObjectKey.of("killed/replaced");

    /** Absent before; made of parts. */
    public static final ObjectKey COMPLETED = ObjectKey.of("killed/completed");

    /** Present before; removed. */
    public static final ObjectKey REMOVED = ObjectKey.of("killed/removed");

    private static final int SIZE = 300_000;
    private static final int PART = 5 << 20;
    private static final String REACHED = "reached";

    private KilledObjectWriter() {}

    /** Writes all of it once; for the main method of the process that will be killed. */
    public static void write(ObjectStore store) {
        store.put(REPLACED, replacement(), WriteOptions.PLAIN);
        var upload = store.uploads().start(COMPLETED, UploadOptions.PLAIN);
        var claims = new ArrayList<PartClaim>();
        for (var number = 1; number <= 2; number++) {
            if (store.uploads().part(upload, number, part(number), List.of()) instanceof PartOutcome.Stored stored) {
                claims.add(new PartClaim(number, stored.part().etag(), null));
            }
        }
        store.uploads().complete(upload, claims, CompleteOptions.PLAIN);
        store.delete(List.of(ObjectRef.current(REMOVED)), Conditions.NONE);
    }

    /** Tells that the step was reached, and waits there for ever; for a fault point of the process that will be killed. */
    public static void reached(PrintStream out) {
        out.println(REACHED);
        out.flush();
        while (true) {
            LockSupport.park();
        }
    }

    public static GeneratedContent replacement() {
        return GeneratedContent.of(2, SIZE);
    }

    public static GeneratedContent part(int number) {
        return GeneratedContent.of(number, PART, 8_192);
    }

    /** Starts the main class in a process of its own and kills it when it has told that it reached its step. */
    public static void killWhenReached(String mainClass, List<String> options, List<String> arguments) {
        var told = lines(mainClass, options, arguments);
        if (!told.contains(REACHED)) {
            throw new AssertionError("the process ended before " + arguments + " and told " + told);
        }
    }

    /** Runs the main class in a process of its own, which ends or is killed where it reaches a step. @return what it told */
    public static List<String> lines(String mainClass, List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.add(mainClass);
        command.addAll(arguments);
        var told = new ArrayList<String>();
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    told.add(line);
                    if (line.equals(REACHED)) {
                        break;
                    }
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What lies under {@link #REPLACED} and {@link #REMOVED} before. */
    public static Content before() {
        return GeneratedContent.of(1, SIZE);
    }
}
