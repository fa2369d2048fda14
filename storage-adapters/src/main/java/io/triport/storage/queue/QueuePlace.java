package io.triport.storage.queue;

import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;

/** Where queues lie, and nothing else. Safe for many threads. */
public interface QueuePlace {
    EngineInfo info();

    /** Cheap: nothing is read, and a queue to which nothing was sent is empty. */
    Queue queue(QueueDefinition definition);

    /**
     * Gives back the space of messages that have expired.
     *
     * @param most messages to remove at once
     * @return how many were removed
     */
    int reclaim(int most);
}
