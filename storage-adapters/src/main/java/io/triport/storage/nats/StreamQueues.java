package io.triport.storage.nats;

import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.storage.queue.QueuePlace;
import io.triport.storage.queue.Queues;

/** The queues of one stream. */
record StreamQueues(EngineInfo info, StreamRows rows, Queues queues) implements QueuePlace {
    @Override
    public Queue queue(QueueDefinition definition) {
        return queues.queue(definition, rows);
    }

    @Override
    public int reclaim(int most) {
        return rows.write(table -> queues.reclaim(table, most));
    }
}
