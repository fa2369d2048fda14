package io.triport.identity.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevels;

/** Shows the pools and queues of storage. Its being there means that a registry shows them. */
public final class StorageMeters {
    private StorageMeters() {}

    public static StorageMeters show(StorageLevels storage, MeterRegistry registry) {
        storage.levels().forEach(level -> builder(level).strongReference(true).register(registry));
        return new StorageMeters();
    }

    private static Gauge.Builder<StorageLevel> builder(StorageLevel level) {
        return switch (level.kind()) {
            case BUSY -> pool(level, "busy");
            case IDLE -> pool(level, "idle");
            case WAITING ->
                gauge("triport.storage.waiting", level)
                        .description("callers that wait for a member of a pool, or for their turn")
                        .tag("queue", level.part());
            case BACKLOG ->
                gauge("triport.storage.backlog", level)
                        .description("messages that are stored in a queue")
                        .tag("queue", level.part());
            case BEHIND ->
                gauge("triport.storage.behind", level)
                        .description("for how long something has not been carried to where it is kept as well")
                        .baseUnit("seconds")
                        .tag("part", level.part());
        };
    }

    private static Gauge.Builder<StorageLevel> pool(StorageLevel level, String state) {
        return gauge("triport.storage.pool", level)
                .description("members of a pool")
                .tag("pool", level.part())
                .tag("state", state);
    }

    private static Gauge.Builder<StorageLevel> gauge(String name, StorageLevel level) {
        return Gauge.builder(name, level, each -> each.now().getAsDouble()).tag("adapter", level.adapter());
    }
}
