package io.triport.e2e.managerbench;

import io.triport.domain.time.Ticker;
import io.triport.e2e.bench.AppProgram;
import io.triport.e2e.bench.LoadFailed;
import io.triport.manager.Application;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures what an operator waits for with many keys: search, a new lifetime for all, export and import. On SQLite. */
final class ManagerBench {
    private static final String USAGE = "usage: bench manager [--keys N] (10000..5000000, 1000000 unless given)\n";
    private static final String TOKEN = "the-token-of-the-benchmark-and-no-other";
    private static final int USUAL = 1_000_000;
    private static final int LEAST = 10_000;
    private static final int MOST = 5_000_000;
    private static final int BATCH = 10_000;
    private static final int SEARCHES = 21;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int keys;
    private final PrintStream out;
    private final Ticker ticker;

    private ManagerBench(int keys, PrintStream out, Ticker ticker) {
        this.keys = keys;
        this.out = out;
        this.ticker = ticker;
    }

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        var keys = keys(words);
        if (keys == null) {
            err.print(USAGE);
            return 2;
        }
        try {
            var directory = Files.createTempDirectory("triport-bench");
            try {
                run(keys, directory, out);
                return 0;
            } finally {
                delete(directory);
            }
        } catch (LoadFailed | IOException e) {
            err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    static void run(int keys, Path directory, PrintStream out) throws IOException {
        new ManagerBench(keys, out, Ticker.system()).run(directory);
    }

    private static @Nullable Integer keys(List<String> words) {
        if (words.isEmpty()) {
            return USUAL;
        }
        if (words.size() != 2
                || !words.getFirst().equals("--keys")
                || !words.get(1).matches("[0-9]{1,7}")) {
            return null;
        }
        var keys = Integer.parseInt(words.get(1));
        return keys < LEAST || keys > MOST ? null : keys;
    }

    private void run(Path directory) throws IOException {
        var config = directory.resolve("manager.yaml");
        Files.writeString(config, "triport: {}\n");
        var app = new AppProgram.App(
                "manager", Application.class, config, directory.resolve("data"), Map.of("TRIPORT_API_TOKEN", TOKEN));
        try (var program = AppProgram.start(app, List.of("-Xmx256m"), ticker);
                var client = new ManagerClient(program.address(), TOKEN)) {
            out.printf("%d keys, the manager with -Xmx256m on SQLite (every answered write is on the disk)%n", keys);
            out.println("| what | took | keys/s | peak resident MiB |");
            out.println("|---|---|---|---|");
            var space = namespace(client, "bench");
            row("bulk writes of 10 000 keys, Cloudflare's API", program, () -> fill(client, space));
            search(client, space, "selective", "user:" + digits(keys / 2));
            search(client, space, "that finds nothing", "no such key");
            row(
                    "bulk TTL of all keys",
                    program,
                    () -> client.completed(ordered(
                            client,
                            "/api/keys/" + space + "/bulk-ttl",
                            "{\"filter\":{\"prefix\":\"user:\"},\"expiration_ttl\":86400}")));
            var file = directory.resolve("export.ndjson");
            row(
                    "export",
                    program,
                    () -> client.download(
                            client.completed(ordered(client, "/api/export/" + space + "?format=ndjson", ""))
                                    .path("download_url")
                                    .asText(),
                            file));
            var other = namespace(client, "other");
            row("import", program, () -> client.completed(imported(client, other, file)));
        }
    }

    private void fill(ManagerClient client, String space) {
        var account = client.call("GET", "/client/v4/accounts", "")
                .result()
                .path(0)
                .path("id")
                .asText();
        for (var from = 0; from < keys; from += BATCH) {
            var pairs = IntStream.range(from, Math.min(keys, from + BATCH))
                    .mapToObj(i -> "{\"key\":\"user:%s:%08x\",\"value\":\"value of %d\"}"
                            .formatted(digits(i), Integer.hashCode(i) * 0x9E3779B1, i))
                    .collect(Collectors.joining(",", "[", "]"));
            client.call("PUT", "/client/v4/accounts/" + account + "/storage/kv/namespaces/" + space + "/bulk", pairs);
        }
    }

    private void search(ManagerClient client, String space, String kind, String text) {
        var path = "/api/search?namespaceId=" + space + "&query=" + text.replace(" ", "%20");
        var took = new long[SEARCHES];
        var total = 0L;
        for (var i = 0; i < SEARCHES; i++) {
            var began = ticker.nanos();
            total = client.call("GET", path, "").total();
            took[i] = ticker.nanos() - began;
        }
        Arrays.sort(took);
        out.printf(
                "| literal search %s, %d found | p50 %.1f ms, worst of %d %.1f ms | | |%n",
                kind, total, took[SEARCHES / 2] / NANOS_PER_MILLI, SEARCHES, took[SEARCHES - 1] / NANOS_PER_MILLI);
    }

    private void row(String what, AppProgram program, Runnable work) {
        var began = ticker.nanos();
        work.run();
        var seconds = (ticker.nanos() - began) / NANOS_PER_SECOND;
        out.printf("| %s | %.1f s | %.0f | %s |%n", what, seconds, keys / seconds, peak(program));
        program.emptyLog();
    }

    private static String namespace(ManagerClient client, String title) {
        return client.call("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }

    private static String ordered(ManagerClient client, String path, String body) {
        return client.call("POST", path, body).result().path("job_id").asText();
    }

    private static String imported(ManagerClient client, String space, Path file) {
        try {
            return client.call("POST", "/api/import/" + space, BodyPublishers.ofFile(file))
                    .result()
                    .path("job_id")
                    .asText();
        } catch (FileNotFoundException e) {
            throw new LoadFailed("export", e);
        }
    }

    /** From the process table of Linux; another system does not tell. */
    private static String peak(AppProgram program) {
        var status = Path.of("/proc", Long.toString(program.process().pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.toString(Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024))
                    .findFirst()
                    .orElse("-");
        } catch (IOException e) {
            return "-";
        }
    }

    private static String digits(int number) {
        return "%07d".formatted(number);
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
