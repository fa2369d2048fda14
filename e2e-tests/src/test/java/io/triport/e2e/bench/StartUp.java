package io.triport.e2e.bench;

import io.triport.domain.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long the program takes from nothing to its first answer, and the cache of classes that makes it shorter. */
final class StartUp {
    private static final int TRAINING = 200;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Path directory;
    private final RequestSigner signer;
    private final Ticker ticker;

    StartUp(Path directory, RequestSigner signer, Ticker ticker) {
        this.directory = directory;
        this.signer = signer;
        this.ticker = ticker;
    }

    /** Wall clock and CPU until the first signed request is answered. */
    record Figures(List<Double> seconds, List<Double> cpuSeconds) {}

    Figures measure(List<String> flags, int times) {
        var seconds = new ArrayList<Double>();
        var cpuSeconds = new ArrayList<Double>();
        for (var i = 0; i < times; i++) {
            var start = ticker.nanos();
            try (var program = KvProgram.start(directory, flags, ticker)) {
                ask(program.target(), 1);
                seconds.add((ticker.nanos() - start) / 1e9);
                program.target().cpu().ifPresent(cpu -> cpuSeconds.add(cpu.toNanos() / 1e9));
            }
            forgetReady();
        }
        return new Figures(seconds, cpuSeconds);
    }

    /** Makes a cache as the launcher does: a run with some requests that ends in good order. Empty where there is no jar. */
    Optional<Path> train() {
        if (KvProgram.jar().isEmpty()) {
            return Optional.empty();
        }
        var cache = directory.resolve("kv-proxy.aot");
        try (var program = KvProgram.start(directory, List.of("-XX:AOTCacheOutput=" + cache), ticker)) {
            ask(program.target(), TRAINING);
            program.stop();
        }
        return Files.exists(cache) ? Optional.of(cache) : Optional.empty();
    }

    static List<String> flags(Path cache) {
        return List.of("-XX:AOTCache=" + cache);
    }

    private void ask(Target target, int requests) {
        for (var operation : Operation.values()) {
            var signed = signer.sign(target, operation, requests);
            var timed = Load.run(target.address(), 1, signed, new Pace.WhenAnswered(), LONGEST, ticker);
            if (!timed.errors().isEmpty()) {
                throw new LoadFailed(
                        operation.wireName() + ": " + timed.errors().getFirst());
            }
        }
    }

    /** A process that was ended at once leaves its ready file. */
    private void forgetReady() {
        try {
            Files.deleteIfExists(directory.resolve("run").resolve("kv-proxy.ready"));
        } catch (java.io.IOException e) {
            throw new LoadFailed("ready file stays", e);
        }
    }
}
