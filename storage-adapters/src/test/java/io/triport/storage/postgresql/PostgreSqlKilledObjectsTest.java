package io.triport.storage.postgresql;

import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.KilledObjectsContract;
import io.triport.storage.durable.StateStore;
import io.triport.testkit.KilledWriter;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class PostgreSqlKilledObjectsTest extends KilledObjectsContract {
    private final PostgreSqlSettings settings = EmbeddedServer.freshDatabase();
    private final PostgreSqlStorage storage = PostgreSqlStorage.open(settings, Clock.systemUTC(), Randomness.system());

    @AfterEach
    void close() {
        storage.close();
        EmbeddedServer.drop(settings);
    }

    @Override
    protected List<Integer> kill(Work work, int told) {
        return KilledWriter.killAfter(
                told, KilledPostgreSqlObjects.class.getName(), List.of(settings.url(), work.name()));
    }

    @Override
    protected StateStore states() {
        return storage.states(Ticker.system());
    }

    @Override
    protected StorageEngine engine() {
        return storage.engine();
    }
}
