package io.triport.domain.durable;

import java.time.Instant;

/** What an object is woken with. @param scheduledTime that it was set to @param retryCount how often it failed before */
public record Alarm(Instant scheduledTime, int retryCount) {
    public Alarm {
        if (retryCount < 0) {
            throw new IllegalArgumentException("retry count: " + retryCount + " (expected: 0 or more)");
        }
    }

    public boolean isRetry() {
        return retryCount > 0;
    }
}
