package io.triport.domain.request;

import java.time.Instant;

/**
 * A task of the system that fell due. It names its task; what the task may do is known to the gate alone.
 *
 * @param attempt 1 for the first
 */
public record Scheduled(RequestId id, Instant receivedAt, TaskName task, Instant dueAt, int attempt)
        implements Inbound {
    public Scheduled {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt: " + attempt + " (expected: 1 or more)");
        }
    }
}
