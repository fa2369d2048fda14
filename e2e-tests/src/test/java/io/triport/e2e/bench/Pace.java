package io.triport.e2e.bench;

/** When a request is to be sent. */
public sealed interface Pace {
    /** As soon as a connection is free: shows what the server can do, and hides how long others would have waited. */
    record WhenAnswered() implements Pace {}

    /** At fixed times, whatever the server does: a late answer makes the next ones late too, and that is measured. */
    record PerSecond(double rate) implements Pace {
        long dueNanos(int index) {
            return (long) (index / rate * 1e9);
        }
    }
}
