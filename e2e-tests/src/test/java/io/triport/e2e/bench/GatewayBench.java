package io.triport.e2e.bench;

import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.gateway.Application;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures the gateway beside nginx, which only passes on, and HAProxy, which checks tokens too. */
final class GatewayBench {
    /*
     * Fairness
     *
     * All proxies stand in front of one origin and take turns within each round. Tokens of many users are made in advance; each
     * row sends them round robin, so that a cache of verified tokens has to hold all of them. The gateway checks, limits and audits
     * every request, into SQLite or, a second one, into a file; HAProxy checks the same claims, counts per user and logs; nginx
     * passes on and logs.
     */
    static final String USAGE = """
        usage: bench gateway [--quick]
          --quick   shorter rounds
        Needs nginx (the origin, and a peer) and haproxy on the PATH: apt install nginx haproxy
        """;

    private static final int USERS = 1_000;
    private static final int SECRET_BYTES = 32;
    private static final int CHUNK = 20_000;
    private static final int CONNECTIONS = 64;
    private static final double HALF = 0.5;
    private static final double RESERVE = 1.3;
    private static final String RS256_PEER = "haproxy RS256";

    private final Effort effort;
    private final PrintStream out;
    private final Ticker ticker;
    private final BearerTokens tokens;
    private final Path directory;
    private final String secret;
    private final Map<BearerTokens.Kind, List<String>> signed = new LinkedHashMap<>();

    private GatewayBench(
            Effort effort, PrintStream out, Path directory, Clock clock, Ticker ticker, Randomness randomness)
            throws GeneralSecurityException {
        this.effort = effort;
        this.out = out;
        this.ticker = ticker;
        this.directory = directory;
        this.secret = HexFormat.of().formatHex(randomness.bytes(SECRET_BYTES));
        this.tokens = new BearerTokens(secret.getBytes(StandardCharsets.US_ASCII), clock);
        for (var kind : BearerTokens.Kind.values()) {
            signed.put(kind, tokens.of(kind, USERS));
        }
    }

    /** One line of the table: where requests go, and what they carry. */
    private record Row(String name, InetSocketAddress address, String path, List<String> tokens, Usage usage) {}

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (!words.isEmpty() && !words.equals(List.of("--quick"))) {
            err.println("bench: " + String.join(" ", words) + ": unknown");
            err.print(USAGE);
            return 2;
        }
        try {
            var directory = Files.createTempDirectory("triport-bench");
            try {
                var effort = words.isEmpty() ? Effort.FULL : Effort.QUICK;
                new GatewayBench(effort, out, directory, Clock.systemUTC(), Ticker.system(), Randomness.system()).run();
            } finally {
                delete(directory);
            }
            return 0;
        } catch (LoadFailed | IOException | GeneralSecurityException e) {
            err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private void run() throws IOException {
        out.println("# JDK " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores; "
                + CONNECTIONS + " connections; tokens of " + USERS + " users; answer of "
                + GatewayPeers.ANSWER_BYTES + " bytes");
        try (var origin = GatewayPeers.origin(directory.resolve("origin"), tokens.keySet());
                var nginx = GatewayPeers.plainProxy(directory.resolve("nginx"), origin);
                var haproxy = GatewayPeers.verifyingProxy(directory.resolve("haproxy"), origin, tokens.rsaPem());
                var gateway = gateway(origin, "gateway", "sql");
                var writing = gateway(origin, "writing", "file, file: " + directory.resolve("audit.log"))) {
            var rows = rows(gateway, writing, haproxy, nginx);
            rows.forEach(this::warmUp);
            gateway.emptyLog();
            writing.emptyLog();
            var table = saturate(rows, List.of(gateway, writing));
            report(rows, table);
            gateway.stop();
            writing.stop();
        }
    }

    private List<Row> rows(AppProgram gateway, AppProgram writing, PeerServer haproxy, PeerServer nginx) {
        var rows = new ArrayList<Row>();
        for (var kind : signed.keySet()) {
            rows.addAll(rows(gateway, kind, ""));
        }
        rows.addAll(rows(writing, BearerTokens.Kind.RS256, ", audit in a file"));
        var rs256 = tokensOf(BearerTokens.Kind.RS256);
        rows.add(new Row(RS256_PEER, haproxy.address(), "/x", rs256, new Usage(haproxy.process())));
        rows.add(new Row("nginx, no identity", nginx.address(), "/x", rs256, new Usage(nginx.process())));
        return rows;
    }

    private List<Row> rows(AppProgram gateway, BearerTokens.Kind kind, String how) {
        var at = new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort());
        var path = "/" + kind.name().toLowerCase(Locale.ROOT);
        var usage = new Usage(gateway.process());
        return List.of(
                new Row("triport " + kind + ", cache on" + how, at, path + "-cached/x", tokensOf(kind), usage),
                new Row("triport " + kind + ", cache off" + how, at, path + "/x", tokensOf(kind), usage));
    }

    /** @param audit where its records go, as the configuration says it */
    private AppProgram gateway(PeerServer origin, String name, String audit) throws IOException {
        var data = Files.createDirectories(directory.resolve(name));
        var config = data.resolve("gateway.yaml");
        var url = "http://127.0.0.1:" + origin.address().getPort();
        var yaml = new StringBuilder("identity:\n");
        var routes = new StringBuilder();
        for (var kind : BearerTokens.Kind.values()) {
            var route = kind.name().toLowerCase(Locale.ROOT);
            for (var cached : List.of("-cached", "")) {
                yaml.append("  %s%s: {type: jwt, issuer: \"%s\", audience: [%s], algorithms: [%s], %s%s}%n"
                        .formatted(
                                route,
                                cached,
                                BearerTokens.ISSUER,
                                BearerTokens.AUDIENCE,
                                kind,
                                kind == BearerTokens.Kind.HS256
                                        ? "secret: \"${env:BENCH_SECRET}\""
                                        : "jwks: \"" + url + "/keys\", insecure: true",
                                cached.isEmpty() ? ", cache: 0s" : ""));
                routes.append(
                        "  - {id: %1$s%2$s, match: {path: /%1$s%2$s}, identity: [%1$s%2$s], rateLimit: [per-user], upstream: origin}%n"
                                .formatted(route, cached));
            }
        }
        yaml.append("""
            rateLimits:
              per-user: {algorithm: sliding-window, limit: 100000000, window: 60s, key: [principal]}
            upstreams:
              origin: {targets: [{url: "%s"}]}
            audit: {sink: %s}
            routes:
            """.formatted(url, audit)).append(routes);
        Files.writeString(config, yaml);
        var app = new AppProgram.App("gateway", Application.class, config, data, Map.of("BENCH_SECRET", secret));
        return AppProgram.start(app, List.of(), ticker);
    }

    private void warmUp(Row row) {
        var sent = 0;
        var start = ticker.nanos();
        while (sent < effort.warmUp()
                && ticker.nanos() - start < effort.longestWarmUp().toNanos()) {
            var round = turn(row, CHUNK).timed();
            allGood(row.name(), round.errors());
            sent += round.answers();
        }
        out.println("# warm-up of " + row.name() + ": " + sent + " requests");
    }

    /** A row of refusals would be a fast one. */
    private static void allGood(String name, List<String> errors) {
        if (!errors.isEmpty()) {
            throw new LoadFailed(
                    name + ": " + errors.size() + " answers were not 200, the first: " + errors.getFirst());
        }
    }

    private Map<String, Measured> saturate(List<Row> rows, List<AppProgram> gateways) {
        var table = new LinkedHashMap<String, Measured>();
        for (var round = 0; round < effort.rounds(); round++) {
            for (var row : rows) {
                var measured = table.computeIfAbsent(row.name(), name -> new Measured());
                var wanted = measured.requests() == 0
                        ? CHUNK * effort.round().toSeconds()
                        : RESERVE * measured.perSecond() * effort.round().toSeconds();
                measured.add(turn(row, (int) Math.min(wanted, effort.mostPerRound())));
                gateways.forEach(AppProgram::emptyLog);
            }
        }
        return table;
    }

    private void report(List<Row> rows, Map<String, Measured> table) {
        out.println();
        out.println("| server | load | requests/s | CPU us/request, by round | p50 ms | p90 | p99 | p99.9 | requests |"
                + " errors |");
        out.println("|---|---|---|---|---|---|---|---|---|---|");
        table.forEach((name, measured) -> row(name, "saturated", measured));
        var peer = figures(table, RS256_PEER);
        for (var row : rows) {
            var rate = Math.min(figures(table, row.name()).perSecond(), peer.perSecond()) * HALF;
            var count = (int) Math.clamp(rate * effort.round().toSeconds(), 1, effort.mostPerRound());
            var measured = new Measured();
            measured.add(timed(row, count, new Pace.PerSecond(rate)));
            row(row.name(), "%.0f/s".formatted(rate), measured);
        }
        out.println();
        out.println("| against " + RS256_PEER + " | throughput | CPU per request | p99 |");
        out.println("|---|---|---|---|");
        table.forEach((name, measured) -> out.printf(
                "| %s | %.2f | %s | %.2f |%n",
                name,
                measured.perSecond() / peer.perSecond(),
                ratio(measured.serverMicros(), peer.serverMicros()),
                measured.latencyMillis(0.99) / peer.latencyMillis(0.99)));
        out.println();
        var shown = new HashSet<Usage>();
        for (var row : rows) {
            if (shown.add(row.usage())) {
                row.usage()
                        .residentMiB()
                        .ifPresent(
                                size -> out.println("resident after the load, " + row.name() + ": " + size + " MiB"));
            }
        }
        var failed = table.values().stream()
                .flatMap(measured -> measured.errors().stream())
                .toList();
        if (!failed.isEmpty()) {
            throw new LoadFailed(failed.size() + " answers were not 200, the first: " + failed.getFirst());
        }
    }

    private void row(String name, String load, Measured measured) {
        out.printf(
                "| %s | %s | %.0f | %s | %.2f | %.2f | %.2f | %.2f | %d | %d |%n",
                name,
                load,
                measured.perSecond(),
                String.join(
                        ", ",
                        measured.serverMicros().stream().map("%.0f"::formatted).toList()),
                measured.latencyMillis(0.5),
                measured.latencyMillis(0.9),
                measured.latencyMillis(0.99),
                measured.latencyMillis(0.999),
                measured.requests(),
                measured.errors().size());
        out.flush();
    }

    private Measured.Round turn(Row row, int requests) {
        return timed(row, requests, new Pace.WhenAnswered());
    }

    private Measured.Round timed(Row row, int count, Pace pace) {
        var before = row.usage().cpu();
        var timed = Load.run(
                row.address(),
                CONNECTIONS,
                requests(row, count),
                pace,
                effort.round().multipliedBy(2),
                ticker);
        var micros = before.flatMap(
                from -> row.usage().cpu().map(to -> to.minus(from).toNanos() / 1e3 / timed.answers()));
        return new Measured.Round(timed, micros);
    }

    private static SignedRequests requests(Row row, int count) {
        var heads = new ByteArrayOutputStream();
        var ends = new int[count];
        for (var i = 0; i < count; i++) {
            heads.writeBytes(("GET " + row.path() + " HTTP/1.1\r\nHost: api.bench.example\r\nAuthorization: Bearer "
                            + row.tokens().get(i % row.tokens().size()) + "\r\nAccept: */*\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            ends[i] = heads.size();
        }
        return new SignedRequests(heads.toByteArray(), ends, new byte[1][0]);
    }

    private List<String> tokensOf(BearerTokens.Kind kind) {
        return Optional.ofNullable(signed.get(kind)).orElseThrow();
    }

    private static Measured figures(Map<String, Measured> table, String name) {
        return Optional.ofNullable(table.get(name)).orElseThrow();
    }

    private static String ratio(List<Double> ours, List<Double> theirs) {
        return ours.isEmpty() || theirs.isEmpty()
                ? "-"
                : "%.2f".formatted(Measured.median(ours) / Measured.median(theirs));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
