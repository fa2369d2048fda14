package io.triport.identity.launch;

import io.triport.domain.identity.SystemTask;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A task of the system that falls due again and again.
 *
 * @param work what it does under its grant
 * @param wanted whether there is anything to do; asked each time before a grant is made
 */
public record Recurring(SystemTask task, Duration every, TickWork work, BooleanSupplier wanted) {
    public Recurring {
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("every: " + every + " (expected: 1 ms or more)");
        }
    }

    /** One that always has something to do. */
    public Recurring(SystemTask task, Duration every, TickWork work) {
        this(task, every, work, () -> true);
    }
}
