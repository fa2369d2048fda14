package io.triport.gateway.metrics;

import io.triport.domain.audit.AuditOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one request came to.
 *
 * @param method as the client wrote it
 * @param took to the end of the answer
 * @param upstream what it waited for; null where no upstream answered
 */
public record Answered(
        String method,
        int status,
        AuditOutcome outcome,
        Duration took,
        @Nullable Upstream upstream) {
    /**
     * An upstream's part.
     *
     * @param waited from the request to the head of the answer
     * @param overhead what the gateway itself took until it had that head
     */
    public record Upstream(Duration waited, Duration overhead) {}
}
