package io.triport.domain.request;

import java.time.Instant;

/** What set the program going. Nothing here is trusted yet. */
public sealed interface Inbound permits Fetch, Scheduled, QueueBatch {
    RequestId id();

    Instant receivedAt();
}
