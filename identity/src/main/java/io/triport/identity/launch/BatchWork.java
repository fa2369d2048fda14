package io.triport.identity.launch;

import io.triport.domain.identity.Grant;
import io.triport.domain.queue.Verdicts;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.storage.Storage;

/**
 * What is done with the messages of a queue, under the grant of a task. Returning acknowledges each message without a verdict,
 * throwing retries each that was not acknowledged.
 */
@FunctionalInterface
public interface BatchWork {
    void on(QueueBatch batch, Verdicts verdicts, Grant grant, Storage storage);
}
