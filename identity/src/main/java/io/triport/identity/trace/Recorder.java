package io.triport.identity.trace;

/** What a trace needs of the program. Safe for many threads. */
interface Recorder {
    /** Nanoseconds since 1970. */
    long now();

    /** A fresh one, 16 hexadecimal digits. */
    String spanId();

    void done(FinishedTrace trace);
}
