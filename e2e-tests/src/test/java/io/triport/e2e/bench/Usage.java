package io.triport.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server takes of the machine: its process and those that it started. */
public record Usage(ProcessHandle process) {
    /** CPU time of all threads until now; empty where the system does not tell. */
    public Optional<Duration> cpu() {
        return all().flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration::plus);
    }

    /** Resident memory; empty where the system does not tell it in the way of Linux. */
    public Optional<Long> residentMiB() {
        return all().flatMap(handle -> resident(handle).stream()).reduce(Long::sum);
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static Optional<Long> resident(ProcessHandle process) {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
