package io.triport.e2e.kv;

import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** One disturbed cluster after the other, each with a seed of its own, for as long as somebody wants. */
final class Soak {
    static final String USAGE = """
        usage: soak [--minutes N] [--seed N]
          --minutes N  begins no run after so many minutes (default 30)
          --seed N     of the first run; each has the next one (default 1)
        """;

    private static final int DISTURBANCES = 8;
    private static final int VIOLATED = 1;
    private static final int MISUSED = 2;
    /** As the launcher says that something is not installed. */
    private static final int MISSING = 69;

    private final PrintStream out;
    private final PrintStream err;
    private final Ticker ticker;
    private final Run cluster;

    /** What is run. */
    interface Run {
        /** @return what there was, in one line. @throws AssertionError for what cannot have been */
        String of(int seed) throws IOException;
    }

    Soak(PrintStream out, PrintStream err, Ticker ticker, Run cluster) {
        this.out = out;
        this.err = err;
        this.ticker = ticker;
        this.cluster = cluster;
    }

    public static void main(String[] words) {
        var kept = Path.of(System.getProperty("triport.root"), "target", "histories");
        var soak = new Soak(System.out, System.err, Ticker.system(), seed -> {
            var server = Files.createTempDirectory("triport-soak");
            var nodes = Files.createTempDirectory("triport-soak");
            try {
                return DisturbedCluster.run(seed, DISTURBANCES, new DisturbedCluster.Place(server, nodes, kept));
            } finally {
                delete(server);
                delete(nodes);
            }
        });
        System.exit(soak.run(List.of(words)));
    }

    /** @return the exit code of the process */
    int run(List<String> words) {
        var minutes = 30;
        var seed = 1;
        try {
            for (var rest = words.iterator(); rest.hasNext(); ) {
                switch (rest.next()) {
                    case "--minutes" -> minutes = Integer.parseUnsignedInt(rest.next());
                    case "--seed" -> seed = Integer.parseUnsignedInt(rest.next());
                    default -> throw new IllegalArgumentException();
                }
            }
        } catch (RuntimeException e) {
            err.print(USAGE);
            return MISUSED;
        }
        return run(Duration.ofMinutes(minutes), seed);
    }

    private int run(Duration most, int first) {
        var until = ticker.nanos() + most.toNanos();
        var violations = 0;
        var seed = first;
        do {
            try {
                out.println(cluster.of(seed));
            } catch (TestAbortedException e) {
                err.println("soak: " + e.getMessage());
                return MISSING;
            } catch (IOException | RuntimeException | AssertionError e) {
                violations++;
                out.println("seed " + seed + ": VIOLATED");
                e.printStackTrace(out);
            }
            seed++;
        } while (ticker.nanos() - until < 0);
        out.printf("%d runs, %d violations%n", seed - first, violations);
        return violations == 0 ? 0 : VIOLATED;
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
