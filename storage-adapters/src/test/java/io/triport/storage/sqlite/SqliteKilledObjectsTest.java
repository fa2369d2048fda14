package io.triport.storage.sqlite;

import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Randomness;
import io.triport.storage.durable.KilledObjectsContract;
import io.triport.storage.durable.StateStore;
import io.triport.testkit.KilledWriter;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** State and queues lie in two files: a process may be killed when a commit of the one is done, and that of the other not. */
final class SqliteKilledObjectsTest extends KilledObjectsContract {
    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private @Nullable Sqlite sqlite;

    @AfterEach
    void close() {
        if (sqlite != null) {
            sqlite.close();
        }
        directory.close();
    }

    @Override
    protected List<Integer> kill(Work work, int told) {
        return KilledWriter.killAfter(
                told,
                KilledSqliteObjects.class.getName(),
                List.of(directory.path().toString(), work.name()));
    }

    @Override
    protected StateStore states() {
        return Sqlite.states(directory.path().resolve("durable"));
    }

    @Override
    protected StorageEngine engine() {
        var open = sqlite;
        if (open == null) {
            open = Sqlite.open(directory.path(), Clock.systemUTC(), Randomness.system());
            sqlite = open;
        }
        return open.engine();
    }
}
