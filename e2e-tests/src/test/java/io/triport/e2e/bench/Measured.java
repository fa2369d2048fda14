package io.triport.e2e.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** One operation under one load, over all rounds. */
public final class Measured {
    private final List<Round> rounds = new ArrayList<>();

    /** @param serverMicros CPU of the server per request */
    public record Round(Load.Timed timed, Optional<Double> serverMicros) {
        double perSecond() {
            return timed.answers() * 1e9 / timed.tookNanos();
        }

        double clientMicros() {
            return timed.clientCpuNanos() / 1e3 / timed.answers();
        }
    }

    public void add(Round round) {
        rounds.add(round);
    }

    public int requests() {
        return rounds.stream().mapToInt(round -> round.timed().answers()).sum();
    }

    /** The answers that were not 200. */
    public List<String> errors() {
        return rounds.stream().flatMap(round -> round.timed().errors().stream()).toList();
    }

    /** The median of the rounds. */
    public double perSecond() {
        return median(rounds.stream().map(Round::perSecond).toList());
    }

    public double clientMicros() {
        return median(rounds.stream().map(Round::clientMicros).toList());
    }

    /** One figure a round; none where the server's CPU is not known. */
    public List<Double> serverMicros() {
        return rounds.stream().flatMap(round -> round.serverMicros().stream()).toList();
    }

    /** Of all rounds together. @param share such as 0.99 */
    public double latencyMillis(double share) {
        var all = rounds.stream()
                .flatMapToLong(round -> LongStream.of(round.timed().latencies()))
                .toArray();
        Arrays.sort(all);
        return all.length == 0
                ? Double.NaN
                : all[(int) Math.min(all.length - 1L, Math.round(Math.ceil(all.length * share)) - 1)] / 1e6;
    }

    public static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }
}
