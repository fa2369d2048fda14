package io.triport.domain.schedule;

import io.triport.domain.request.TaskName;
import java.time.Instant;

/** A moment at which a schedule fell due, and which run of it this is. @param attempt 1 for the first */
public record Tick(TaskName schedule, Instant dueAt, int attempt) {
    public Tick {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt: " + attempt + " (expected: 1 or more)");
        }
    }
}
