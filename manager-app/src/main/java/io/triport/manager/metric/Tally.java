package io.triport.manager.metric;

/** Calls of one kind. @param failed those of them that failed */
public record Tally(Latencies latencies, long failed) {
    public static final Tally NONE = new Tally(Latencies.NONE, 0);

    public long calls() {
        return latencies.calls();
    }

    public Tally plus(Tally other) {
        return new Tally(latencies.plus(other.latencies), failed + other.failed);
    }
}
