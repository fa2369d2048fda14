package io.triport.e2e.planted.rule07.app;

import io.triport.domain.request.Content;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageLog;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Planted: an app that makes up its own request, its own task, and a door to data. */
final class ForgedRequest {
    private ForgedRequest() {}

    static Fetch fetch(RequestId id, Instant now, Headers headers, Peer peer, Content body) {
        return new Fetch(id, now, Method.POST, RawTarget.parse("/"), headers, peer, body);
    }

    static Scheduled task(RequestId id, Instant now) {
        return new Scheduled(id, now, new TaskName("sweep"), now, 1);
    }

    static QueueBatch batch(RequestId id, Instant now, List<Delivery> deliveries) {
        return new QueueBatch(id, now, new TaskName("work"), new QueueName("jobs"), deliveries);
    }

    static Storage door(StorageEngine engine, Clock clock, Ticker ticker, StorageLog log) {
        return new Storage(engine, clock, ticker, log);
    }

    static Maker byReference() {
        return Storage::new;
    }

    /** Calls the constructor under another name. */
    interface Maker {
        Storage make(StorageEngine engine, Clock clock, Ticker ticker, StorageLog log);
    }
}
