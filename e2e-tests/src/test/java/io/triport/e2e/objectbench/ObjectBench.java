package io.triport.e2e.objectbench;

import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.e2e.bench.Load;
import io.triport.e2e.bench.LoadFailed;
import io.triport.e2e.bench.Measured;
import io.triport.e2e.bench.Pace;
import io.triport.e2e.bench.PeerServer;
import io.triport.e2e.bench.SignedRequests;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures the object proxy beside another S3 server, and beside nginx where bytes only pass. */
final class ObjectBench {
    /*
     * Fairness
     *
     * All servers take turns within each round, and each gets the same requests, signed before the turn. What a write left with
     * the operating system is brought to the disk between turns, or one server's writes would slow down the other's. Bytes of
     * an upstream come from one nginx, to our proxy and to another nginx.
     */
    static final int CONNECTIONS = 32;

    private static final int SECRET_BYTES = 20;
    private static final Duration LONGEST_FILLING = Duration.ofMinutes(10);

    private final ObjectOptions options;
    private final PrintStream out;
    private final ObjectReport report;
    private final Clock clock;
    private final Ticker ticker;
    private final S3Requests requests;
    private final Endpoint.Key key;

    private ObjectBench(ObjectOptions options, PrintStream out, Clock clock, Ticker ticker, Randomness randomness) {
        this.options = options;
        this.out = out;
        this.report = new ObjectReport(out);
        this.clock = clock;
        this.ticker = ticker;
        this.requests = new S3Requests(clock);
        this.key = new Endpoint.Key("BENCH", HexFormat.of().formatHex(randomness.bytes(SECRET_BYTES)));
    }

    /** One line of the table. */
    record Row(Work work, Endpoint endpoint) {}

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        try {
            run(ObjectOptions.parse(words), out);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("bench: " + e.getMessage());
            err.print(ObjectOptions.USAGE);
            return 2;
        } catch (LoadFailed | IOException e) {
            err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    static void run(ObjectOptions options, PrintStream out) throws IOException {
        new ObjectBench(options, out, Clock.systemUTC(), Ticker.system(), Randomness.system()).run();
    }

    private void run() throws IOException {
        var directory = options.data().isPresent()
                ? Files.createDirectories(options.data().get())
                : Files.createTempDirectory("triport-bench");
        try {
            report.conditions(options, directory);
            if (options.memory().isPresent()) {
                new MemoryBench(options.memory().get(), out, directory, key, clock, ticker).run();
                return;
            }
            if (options.works().stream().anyMatch(Work::passes)) {
                files(directory.resolve("files"));
                try (var origin = S3Peers.origin(directory.resolve("origin"), directory.resolve("files"));
                        var nginx = S3Peers.proxy(directory.resolve("nginx"), origin)) {
                    beside(directory, Optional.of(origin), Optional.of(nginx));
                }
            } else {
                beside(directory, Optional.empty(), Optional.empty());
            }
        } finally {
            if (options.data().isEmpty()) {
                delete(directory);
            }
        }
    }

    private void beside(Path directory, Optional<PeerServer> origin, Optional<PeerServer> nginx) throws IOException {
        var upstream = origin.map(PeerServer::address);
        try (var program =
                ObjectProgram.start(directory.resolve("triport"), "triport", key, upstream, List.of(), ticker)) {
            var passing =
                    nginx.map(server -> new Endpoint("nginx", server.address(), key, Optional.of(server.process())));
            if (options.peer().isPresent() || options.s3proxy().isEmpty()) {
                measure(program, options.peer(), passing);
                return;
            }
            try (var s3proxy = S3Peers.s3proxy(
                    Files.createDirectories(directory.resolve("s3proxy")),
                    options.s3proxy().get(),
                    key,
                    options.effort().keys())) {
                var peer = new Endpoint("S3Proxy", s3proxy.address(), key, Optional.of(s3proxy.process()));
                measure(program, Optional.of(peer), passing);
            }
        }
    }

    private void measure(ObjectProgram program, Optional<Endpoint> peer, Optional<Endpoint> nginx) {
        var rows = new ArrayList<Row>();
        for (var work : Work.values()) {
            if (options.works().contains(work)) {
                var other = work.passes() ? nginx : peer;
                rows.add(new Row(work, program.endpoint()));
                other.ifPresent(endpoint -> rows.add(new Row(work, endpoint)));
            }
        }
        Stream.concat(Stream.of(program.endpoint()), peer.stream()).forEach(this::fill);
        for (var row : rows) {
            turn(row, options.effort().warmUp());
        }
        program.emptyLog();
        var table = new LinkedHashMap<Row, Measured>();
        for (var round = 0; round < options.effort().rounds(); round++) {
            for (var row : rows) {
                table.computeIfAbsent(row, r -> new Measured())
                        .add(turn(row, options.effort().round()));
                program.emptyLog();
            }
        }
        report.table(table);
        report.ratios(table, program.endpoint());
        Stream.concat(Stream.of(program.endpoint()), Stream.concat(peer.stream(), nginx.stream()))
                .forEach(report::memory);
        report.durable(options);
        allGood(table);
    }

    /** Writes what is read later. */
    private void fill(Endpoint endpoint) {
        var small = options.effort().keys();
        var areas = new LinkedHashMap<String, Work>();
        for (var work : options.works()) {
            if (work.kind() != Work.Kind.PUT && !work.passes()) {
                areas.put(work.key(0), work);
            }
        }
        for (var work : areas.values()) {
            var filling = requests.filling(endpoint, work, small);
            var round = timed(endpoint, filling, LONGEST_FILLING);
            allGood(endpoint.name() + " filling " + work.title(), round.timed().errors());
            report.filled(endpoint, round);
        }
        settle();
    }

    private Measured.Round turn(Row row, Duration longest) {
        var effort = options.effort();
        var signed = requests.of(row.endpoint(), row.work(), effort.keys(), effort.most());
        var round = timed(row.endpoint(), signed, longest);
        if (row.work().kind() == Work.Kind.PUT) {
            settle();
        }
        return round;
    }

    private Measured.Round timed(Endpoint endpoint, SignedRequests signed, Duration longest) {
        var before = endpoint.cpu();
        var timed = Load.run(endpoint.address(), CONNECTIONS, signed, new Pace.WhenAnswered(), longest, ticker);
        var micros =
                before.flatMap(from -> endpoint.cpu().map(to -> to.minus(from).toNanos() / 1e3 / timed.answers()));
        return new Measured.Round(timed, micros);
    }

    /** Brings all writes to the disk, where the system has a command for it. */
    private static void settle() {
        try {
            new ProcessBuilder("sync").start().waitFor();
        } catch (IOException e) {
            throw new LoadFailed("sync", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted", e);
        }
    }

    /** A row of refusals would be a fast one. */
    private static void allGood(String name, List<String> errors) {
        if (!errors.isEmpty()) {
            throw new LoadFailed(
                    name + ": " + errors.size() + " answers were not 200, the first: " + errors.getFirst());
        }
    }

    private static void allGood(Map<Row, Measured> table) {
        table.forEach((row, measured) ->
                allGood(row.endpoint().name() + " " + row.work().title(), measured.errors()));
    }

    private void files(Path directory) throws IOException {
        for (var work : options.works()) {
            for (var i = 0; work.passes() && i < work.keys(0); i++) {
                var file = directory.resolve("bulk").resolve(work.key(i));
                Files.createDirectories(file.getParent());
                Files.write(file, new byte[work.bytes()]);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
