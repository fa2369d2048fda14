package io.triport.manager;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageLog;
import io.triport.domain.time.Ticker;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.FakeTickLedger;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** A manager over stores that a test holds in its hands, so that it may be stopped and begun again over the same data. */
public record JobWorld(StorageEngine engine, FilesInMemory files, TickLedger ticks, Clock clock) {
    public static JobWorld fresh() {
        return at(Clock.systemUTC());
    }

    public static JobWorld at(Clock clock) {
        return new JobWorld(new FakeStorageEngine(clock), new FilesInMemory(clock), new FakeTickLedger(), clock);
    }

    public ManagerUnderTest start() {
        return ManagerUnderTest.start("triport: {}", clock, this);
    }

    /** The same data behind an engine that dies. */
    public JobWorld dyingAfter(int units) {
        return new JobWorld(new DyingEngine(engine, units), files, ticks, clock);
    }

    /** Makes a namespace. @return its id */
    public String namespace(String title) {
        return engine.resources().create(new NamespaceTitle(title)).id().text();
    }

    /** Asks until the job has ended. */
    public static JsonNode ended(ManagerUnderTest manager, String job) {
        while (true) {
            var row = manager.send("GET", "/api/jobs/" + job).result();
            if (!row.path("status").asText().matches("queued|running")) {
                return row;
            }
            Thread.onSpinWait();
        }
    }

    @Factory
    @Requires(bean = JobWorld.class)
    static final class Beans {
        @Singleton
        @Replaces(TickLedger.class)
        TickLedger ticks(JobWorld world) {
            return world.ticks();
        }

        @Singleton
        @Replaces(Storage.class)
        Storage storage(
                JobWorld world,
                QueueDefinitions queues,
                Ticker ticker,
                StorageLog log,
                @Nullable SqlDatabases databases) {
            var beside = Storage.Beside.NOTHING
                    .withObjects(world.files())
                    .withQueues(queues)
                    .withDatabases(databases == null ? SqlDatabases.none() : databases);
            return new Storage(world.engine(), beside, world.clock(), ticker, log);
        }
    }
}
