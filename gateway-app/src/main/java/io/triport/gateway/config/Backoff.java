package io.triport.gateway.config;

import java.time.Duration;

/** How long to wait between attempts: a random time within these, both included. */
public record Backoff(Duration least, Duration most) {
    public Backoff {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("backoff: " + least + ".." + most + " (expected: the smaller first)");
        }
    }
}
