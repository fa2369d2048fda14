package io.triport.e2e.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures as tables that can be pasted into a page. */
record Report(PrintStream out) {
    void conditions(List<String> lines) {
        lines.forEach(line -> out.println("# " + line));
        out.println();
    }

    void heading() {
        out.println("| server | operation | connections | requests/s | CPU us/request, by round | p50 ms | p90 | p99 |"
                + " p99.9 | requests | errors | client CPU us |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    void row(String server, Operation operation, String connections, Measured measured) {
        out.printf(
                "| %s | %s | %s | %.0f | %s | %.2f | %.2f | %.2f | %.2f | %d | %d | %.0f |%n",
                server,
                operation.wireName(),
                connections,
                measured.perSecond(),
                figures(measured.serverMicros(), "%.0f"),
                measured.latencyMillis(0.5),
                measured.latencyMillis(0.9),
                measured.latencyMillis(0.99),
                measured.latencyMillis(0.999),
                measured.requests(),
                measured.errors().size(),
                measured.clientMicros());
        out.flush();
    }

    void start(String kind, StartUp.Figures figures) {
        out.printf(
                "start to first answer, %s: %s s (CPU %s s)%n",
                kind, figures(figures.seconds(), "%.2f"), figures(figures.cpuSeconds(), "%.2f"));
    }

    void memory(Target target, Optional<Long> residentMiB) {
        residentMiB.ifPresent(size -> out.printf("resident after the load, %s: %d MiB%n", target.name(), size));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    private static String figures(List<Double> figures, String form) {
        return figures.isEmpty() ? "-" : figures.stream().map(form::formatted).collect(Collectors.joining(", "));
    }
}
