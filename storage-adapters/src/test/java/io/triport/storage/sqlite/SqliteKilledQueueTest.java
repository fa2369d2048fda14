package io.triport.storage.sqlite;

import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.KilledQueueContract;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Producer, consumer and engine are one process, so each kill is one of all. */
final class SqliteKilledQueueTest extends KilledQueueContract {
    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private final SettableClock clock = SettableClock.anywhere();
    private @Nullable Sqlite sqlite;

    @AfterEach
    void remove() {
        close();
        directory.close();
    }

    @Override
    protected List<Integer> kill(Work work, int from, int told) {
        close();
        return KilledWriter.killAfter(
                told,
                KilledSqliteWorker.class.getName(),
                List.of(directory.path().toString(), clock.instant().toString(), work.name(), Integer.toString(from)));
    }

    @Override
    protected Queue open(QueueDefinition definition) {
        var open = sqlite;
        if (open == null) {
            open = Sqlite.open(directory.path(), clock, Randomness.system());
            sqlite = open;
        }
        return open.engine().queue(definition);
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    private void close() {
        if (sqlite != null) {
            sqlite.close();
            sqlite = null;
        }
    }
}
