package io.triport.domain.queue;

import io.triport.domain.request.QueueBatch;

/**
 * What works on batches. When it returns, every message without a verdict is acknowledged; when it throws, every message that was
 * not acknowledged is retried. Called on threads of its own, which are interrupted after 15 minutes.
 */
public interface BatchHandler {
    void handle(QueueBatch batch, Verdicts verdicts);
}
