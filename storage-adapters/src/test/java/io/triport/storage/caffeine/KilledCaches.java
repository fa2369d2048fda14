package io.triport.storage.caffeine;

import io.triport.domain.request.WatchedContent;
import io.triport.testkit.GeneratedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Caches of another process, which has a body on the disk and one on its way there until it is killed. */
public final class KilledCaches {
    private KilledCaches() {}

    /** Returns when both are there. */
    static Process start(Path directory) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledCaches.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = process.inputReader().readLine();
        if (!"ready".equals(said)) {
            throw new IOException("another process: " + said + " (expected: ready)");
        }
        return process;
    }

    public static void main(String[] arguments) {
        var world = DiskWorld.open(Path.of(arguments[0]));
        world.put("/whole", GeneratedContent.of(1, 300_000));
        var come = new AtomicLong();
        world.put("/coming", new WatchedContent(GeneratedContent.of(2, 300_000), bytes -> {
            if (come.addAndGet(bytes) > 200_000) {
                waitForEver();
            }
        }));
    }

    private static void waitForEver() {
        System.out.println("ready");
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
