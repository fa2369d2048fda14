package io.triport.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The words before a program whose clocks are others than that of its machine. They go as fast, so its timers are as they should be. */
final class SetClock {
    /*
     * Why not the program that comes with the library: it stays before the one that it starts, and dies alone when it is killed.
     */
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private static final Path SHIM = Path.of("faketime", "libfaketimeMT.so.1");

    private SetClock() {}

    /** Or an aborted test where there is no such library. */
    static List<String> ahead(Duration by) {
        var shim = shims();
        assumeTrue(!shim.isEmpty(), "no libfaketime: clocks that differ are not tested");
        return List.of("env", "LD_PRELOAD=" + shim.getFirst(), "FAKETIME=+" + by.toSeconds() + "s");
    }

    private static List<Path> shims() {
        try (var folders = Files.list(LIBRARIES)) {
            return Stream.concat(Stream.of(LIBRARIES), folders)
                    .map(folder -> folder.resolve(SHIM))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
