package io.triport.e2e.bench;

import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
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

/** Measures the KV proxy, and another server beside it. An answer but 200 makes it fail, at the end and with all its figures. */
final class KvBench {
    /*
     * Fairness
     *
     * Operations, connections and servers take turns within each round, so that whatever else the machine does meets all of
     * them. Requests are signed before their turn and outside its time. Saturation is measured with a client that waits for
     * answers; latency below it with one that does not, else a stalled server would be asked less and look better.
     */
    private static final int SECRET_BYTES = 32;
    private static final int CHUNK = 10_000;
    private static final double HALF = 0.5;

    /** So many more requests are signed than the last turn used. */
    private static final double RESERVE = 1.5;

    private final BenchOptions options;
    private final Report report;
    private final Ticker ticker;
    private final Randomness randomness;
    private final RequestSigner signer;
    private final List<String> errors = new ArrayList<>();

    private KvBench(BenchOptions options, Report report, Clock clock, Ticker ticker, Randomness randomness) {
        this.options = options;
        this.report = report;
        this.ticker = ticker;
        this.randomness = randomness;
        this.signer = new RequestSigner(clock, randomness, options.effort().keys());
    }

    /** One line of the table. */
    record Row(Target target, Operation operation, int connections) {}

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        try {
            run(BenchOptions.parse(words), out);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("bench: " + e.getMessage());
            err.print(BenchOptions.USAGE);
            return 2;
        } catch (LoadFailed | IOException e) {
            err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    static void run(BenchOptions options, PrintStream out) throws IOException {
        new KvBench(options, new Report(out), Clock.systemUTC(), Ticker.system(), Randomness.system()).run();
    }

    private void run() throws IOException {
        var directory = options.data().isPresent()
                ? Files.createDirectories(options.data().get())
                : Files.createTempDirectory("triport-bench");
        try {
            KvProgram.prepare(directory, HexFormat.of().formatHex(randomness.bytes(SECRET_BYTES)));
            report.conditions(conditions(directory));
            var start = new StartUp(directory, signer, ticker);
            report.start("no cache", start.measure(List.of(), options.effort().starts()));
            var cache = start.train();
            cache.ifPresentOrElse(
                    file -> report.start(
                            "AOT cache",
                            start.measure(StartUp.flags(file), options.effort().starts())),
                    () -> report.line(
                            "start to first answer, AOT cache: not measured, the program is not built as a jar"));
            report.line("");
            try (var program =
                    KvProgram.start(directory, cache.map(StartUp::flags).orElse(List.of()), ticker)) {
                measure(program);
            }
        } finally {
            if (options.data().isEmpty()) {
                delete(directory);
            }
        }
    }

    private void measure(KvProgram program) throws IOException {
        var targets = new ArrayList<>(List.of(program.target()));
        if (options.peer().isPresent()) {
            targets.add(Target.peer(options.peer().get()));
        }
        for (var target : targets) {
            warmUp(target);
        }
        program.emptyLog();
        var table = saturate(program, targets);
        report.heading();
        table.forEach((load, measured) ->
                report.row(load.target().name(), load.operation(), Integer.toString(load.connections()), measured));
        var most = options.effort().connections().getLast();
        for (var operation : Operation.values()) {
            for (var target : targets) {
                var saturation = table.get(new Row(target, operation, most));
                report.row(
                        target.name(),
                        operation,
                        "half rate",
                        halfRate(target, operation, saturation == null ? 1 : saturation.perSecond()));
            }
        }
        report.line("");
        for (var target : targets) {
            report.memory(target, target.residentMiB());
        }
        for (var operation : Operation.values()) {
            report.line("durable when triport answered " + operation.wireName() + ": " + operation.durable());
        }
        if (!errors.isEmpty()) {
            throw new LoadFailed(errors.size() + " answers were not 200, the first: " + errors.getFirst());
        }
    }

    /** Fills the keys, then sends of everything. */
    private void warmUp(Target target) {
        var effort = options.effort();
        var connections = effort.connections().getFirst();
        turn(target, Operation.PUT, connections, effort.keys(), effort.longestWarmUp());
        var start = ticker.nanos();
        var sent = effort.keys();
        while (sent < effort.warmUp()
                && ticker.nanos() - start < effort.longestWarmUp().toNanos()) {
            for (var operation : Operation.values()) {
                sent += turn(target, operation, connections, CHUNK, effort.longestWarmUp())
                        .timed()
                        .answers();
            }
        }
        report.line("# warm-up of " + target.name() + ": " + sent + " requests");
    }

    private Map<Row, Measured> saturate(KvProgram program, List<Target> targets) {
        var effort = options.effort();
        var table = new LinkedHashMap<Row, Measured>();
        for (var round = 0; round < effort.rounds(); round++) {
            for (var operation : Operation.values()) {
                for (var connections : effort.connections()) {
                    for (var target : targets) {
                        var measured =
                                table.computeIfAbsent(new Row(target, operation, connections), load -> new Measured());
                        measured.add(turn(target, operation, connections, requests(measured), effort.round()));
                        program.emptyLog();
                    }
                }
            }
        }
        return table;
    }

    /** Enough for a whole round, as far as the rounds before tell. */
    private int requests(Measured sofar) {
        var effort = options.effort();
        return sofar.requests() == 0
                ? Math.min(effort.mostPerRound(), (int) (CHUNK * effort.round().toSeconds()))
                : (int) Math.min(
                        effort.mostPerRound(),
                        RESERVE * sofar.perSecond() * effort.round().toSeconds());
    }

    private Measured halfRate(Target target, Operation operation, double saturation) {
        var effort = options.effort();
        var rate = saturation * HALF;
        var count = (int) Math.clamp(rate * effort.round().toSeconds(), 1, effort.mostPerRound());
        var requests = signer.sign(target, operation, count);
        var measured = new Measured();
        measured.add(timed(
                target,
                requests,
                effort.connections().getLast(),
                new Pace.PerSecond(rate),
                effort.round().multipliedBy(2)));
        if (measured.requests() < count) {
            throw new LoadFailed(
                    "half of saturation: " + measured.requests() + " of " + count + " requests could be sent in time");
        }
        return measured;
    }

    private Measured.Round turn(Target target, Operation operation, int connections, int requests, Duration longest) {
        return timed(target, signer.sign(target, operation, requests), connections, new Pace.WhenAnswered(), longest);
    }

    private Measured.Round timed(Target target, SignedRequests requests, int connections, Pace pace, Duration longest) {
        var before = target.cpu();
        var timed = Load.run(target.address(), connections, requests, pace, longest, ticker);
        var micros =
                before.flatMap(from -> target.cpu().map(to -> to.minus(from).toNanos() / 1e3 / timed.answers()));
        errors.addAll(timed.errors());
        return new Measured.Round(timed, micros);
    }

    private List<String> conditions(Path directory) throws IOException {
        return List.of(
                "JDK " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "kv-proxy with build/jvm.options" + (KvProgram.jar().isPresent() ? " -jar" : " -cp"),
                "data on " + Files.getFileStore(directory).type() + "; log lines at INFO, to a file");
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
