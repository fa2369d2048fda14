package io.triport.domain.time;

/** Monotonic time for durations, deadlines and limits: never goes back, means nothing as a date. Safe for many threads. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary origin that is fixed for the life of the ticker. */
    long nanos();

    static Ticker system() {
        return System::nanoTime;
    }
}
