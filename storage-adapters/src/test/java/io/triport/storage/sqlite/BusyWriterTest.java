package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.storage.Storage;
import io.triport.testkit.EndedCalls;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TestGrants;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A unit that holds the one writer, as a disk does that hangs. */
final class BusyWriterTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");

    private final SettableClock clock = SettableClock.anywhere();
    private final SqliteFixture fixture = new SqliteFixture();
    private final CountDownLatch holding = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_write_ends_at_its_deadline_and_reads_go_on() throws InterruptedException {
        fixture.engine().resources().create(CACHE);
        var calls = new EndedCalls(fixture.engine(), ObjectStores.none(), clock);
        keys(calls.storage()).put(KEY, KvEntry.of("before"), KvCondition.ANY);
        var unit = Thread.ofVirtual().start(() -> fixture.engine().together(inner -> hold()));
        holding.await();

        var code = calls.ended(storage -> keys(storage).put(KEY, KvEntry.of("never"), KvCondition.ANY), () -> {});

        assertThat(code).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        assertThat(keys(calls.storage()).get(KEY).orElseThrow().value().toUtf8())
                .isEqualTo("before");
        released.countDown();
        unit.join();
        keys(calls.storage()).put(KEY, KvEntry.of("after"), KvCondition.ANY);
        assertThat(keys(calls.storage()).get(KEY).orElseThrow().value().toUtf8())
                .isEqualTo("after");
    }

    private int hold() {
        holding.countDown();
        try {
            released.await();
            return 1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyValueStore keys(Storage storage) {
        return storage.keyValue(grant(), CACHE);
    }

    private Grant grant() {
        return new TestGrants(clock).ofEverything();
    }
}
