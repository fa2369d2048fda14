package io.triport.storage.nats;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.storage.queue.Queues;
import java.util.function.Function;

/** Queues of one stream, and nothing else. */
record NatsEngine(EngineInfo info, StreamRows rows, Queues queues, CursorSeal cursors) implements StorageEngine {
    @Override
    public Queue queue(QueueDefinition definition) {
        return queues.queue(definition, rows);
    }

    @Override
    public ResourceCatalogue resources() {
        return new NatsResources(this);
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return rows.write(table -> unit.apply(this));
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        throw notKept("namespaces");
    }

    @Override
    public IdempotencyLedger idempotency() {
        throw notKept("notes of repeatable calls");
    }

    @Override
    public void close() {
        // The connection is closed by whom it was opened.
    }

    static StorageFailure notKept(String what) {
        return new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "nats: has no " + what);
    }
}
