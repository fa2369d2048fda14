package io.triport.e2e.objectbench;

import io.triport.e2e.bench.Measured;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures as tables that can be pasted into a page. */
record ObjectReport(PrintStream out) {
    private static final double NANOS_PER_MICRO = 1e3;

    void conditions(ObjectOptions options, Path directory) throws IOException {
        line("# JDK " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores, data on "
                + Files.getFileStore(directory).type() + "; " + ObjectBench.CONNECTIONS + " connections; listings of "
                + options.effort().keys() + " keys");
        if (options.peer().isEmpty()
                && options.s3proxy().isEmpty()
                && options.memory().isEmpty()) {
            line("# without S3Proxy, which could not be fetched");
        }
    }

    void filled(Endpoint endpoint, Measured.Round round) {
        out.printf("# filled %s: %d objects%n", endpoint.name(), round.timed().answers());
        out.flush();
    }

    void table(Map<ObjectBench.Row, Measured> table) {
        line("");
        line("| operation | server | requests/s | MiB/s | CPU us/request, by round | CPU ns/byte | p50 ms | p99 ms |"
                + " requests | errors | client CPU us |");
        line("|---|---|---|---|---|---|---|---|---|---|---|");
        table.forEach(this::row);
    }

    /** Ours divided by the other's. */
    void ratios(Map<ObjectBench.Row, Measured> table, Endpoint ours) {
        line("");
        line("| triport divided by | requests/s | CPU | p99 | aim |");
        line("|---|---|---|---|---|");
        table.forEach((row, theirs) -> {
            var mine = table.get(new ObjectBench.Row(row.work(), ours));
            if (!row.endpoint().equals(ours) && mine != null) {
                out.printf(
                        "| %s, %s | %.2f | %s | %.2f | %s |%n",
                        row.endpoint().name(),
                        row.work().title(),
                        mine.perSecond() / theirs.perSecond(),
                        ratio(mine.serverMicros(), theirs.serverMicros()),
                        mine.latencyMillis(0.99) / theirs.latencyMillis(0.99),
                        aim(row.work()));
            }
        });
        line("");
    }

    void memory(Endpoint endpoint) {
        endpoint.residentMiB()
                .ifPresent(size -> line("resident after the load, " + endpoint.name() + ": " + size + " MiB"));
    }

    void durable(ObjectOptions options) {
        line("durable when triport answered PUT: up to 16 KiB the bytes with their row, in one synced commit;"
                + " above it the bytes and their name were synced, and then the commit of their row");
        if (options.peer().isEmpty()) {
            line("durable when S3Proxy answered PUT: nothing; it syncs no file");
        }
    }

    private void row(ObjectBench.Row row, Measured measured) {
        var bytes = row.work().bytes();
        out.printf(
                "| %s | %s | %.1f | %s | %s | %s | %.2f | %.2f | %d | %d | %.0f |%n",
                row.work().title(),
                row.endpoint().name(),
                measured.perSecond(),
                bytes == 0 ? "-" : "%.0f".formatted(measured.perSecond() * bytes / Work.MIB),
                figures(measured.serverMicros()),
                bytes < Work.MIB || measured.serverMicros().isEmpty()
                        ? "-"
                        : "%.3f".formatted(Measured.median(measured.serverMicros()) * NANOS_PER_MICRO / bytes),
                measured.latencyMillis(0.5),
                measured.latencyMillis(0.99),
                measured.requests(),
                measured.errors().size(),
                measured.clientMicros());
        out.flush();
    }

    private static String aim(Work work) {
        return switch (work) {
            case PASS_1M, PASS_64M -> "CPU at most 1.5";
            case LIST -> "requests/s at least 50";
            case GET_1K, GET_1M, GET_64M, PUT_1K, PUT_1M, PUT_64M -> "requests/s at least 2, CPU at most 0.5";
        };
    }

    private static String figures(List<Double> figures) {
        return figures.isEmpty() ? "-" : figures.stream().map("%.0f"::formatted).collect(Collectors.joining(", "));
    }

    private static String ratio(List<Double> ours, List<Double> theirs) {
        return ours.isEmpty() || theirs.isEmpty()
                ? "-"
                : "%.2f".formatted(Measured.median(ours) / Measured.median(theirs));
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }
}
