package io.triport.identity.launch;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.storage.Storage;
import java.time.Duration;
import java.util.function.BiConsumer;

/** A task of the system that falls due again and again. @param work what it does under its grant */
public record Recurring(SystemTask task, Duration every, BiConsumer<Grant, Storage> work) {
    public Recurring {
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("every: " + every + " (expected: 1 ms or more)");
        }
    }
}
