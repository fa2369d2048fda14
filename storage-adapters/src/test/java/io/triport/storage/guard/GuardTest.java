package io.triport.storage.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.WriteGuard;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.ForwardingEngine;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuardTest {
    private static final NamespaceTitle HERE = new NamespaceTitle("HERE");
    private static final NamespaceTitle THERE = new NamespaceTitle("THERE");
    private static final KvKey KEY = KvKey.of("key");
    private static final KvKey OTHER = KvKey.of("other");
    private static final KvEntry ENTRY = KvEntry.of("v");

    private final SettableTicker ticker = new SettableTicker();
    private final StorageEngine bare = new FakeStorageEngine(SettableClock.anywhere());
    private final StorageEngine guarded = Guard.before(bare, WriteGuard.USUAL, ticker);
    private final KeyValueStore store = guarded.keyValue(HERE);

    @BeforeEach
    void make() {
        bare.resources().create(HERE);
        bare.resources().create(THERE);
    }

    @Test
    void a_key_is_written_once_a_second() {
        put(KEY);
        ticker.advance(Duration.ofMillis(999));
        assertThrottled(() -> put(KEY));
        assertThrottled(() -> store.delete(KEY));

        ticker.advance(Duration.ofMillis(1));
        put(KEY);
        assertThrottled(() -> put(KEY));
        ticker.advance(Duration.ofSeconds(1));
        assertThat(store.delete(KEY)).isTrue();
    }

    @Test
    void other_keys_other_namespaces_and_readers_are_not_held_up() {
        put(KEY);

        put(OTHER);
        assertThat(guarded.keyValue(THERE).put(KEY, ENTRY, KvCondition.ANY)).isInstanceOf(KvPut.Stored.class);
        assertThat(store.get(KEY)).isPresent();
        assertThat(store.list(KvQuery.all()).keys()).hasSize(2);
    }

    @Test
    void what_changed_nothing_was_no_write() {
        assertThat(store.delete(KEY)).isFalse();
        put(KEY);
        ticker.advance(Duration.ofSeconds(1));

        assertThat(store.put(KEY, ENTRY, KvCondition.IF_ABSENT)).isInstanceOf(KvPut.Refused.class);
        assertThatThrownBy(() -> guarded.keyValue(new NamespaceTitle("NONE")).put(KEY, ENTRY, KvCondition.ANY))
                .isInstanceOf(StorageFailure.Rejected.class);
        put(KEY);
    }

    @Test
    void of_many_at_once_those_that_come_too_soon_fail_by_themselves() {
        put(KEY);

        var put = store.putMany(List.of(new KvPair(KEY, ENTRY), new KvPair(OTHER, ENTRY), new KvPair(OTHER, ENTRY)));
        assertThat(put.done()).isEqualTo(2);
        assertThat(put.failed()).containsExactly(new BulkOutcome.Failed(KEY, FailureCode.THROTTLED));
        assertThat(store.deleteMany(List.of(KEY, OTHER)).failed())
                .extracting(BulkOutcome.Failed::key)
                .containsExactly(KEY, OTHER);

        ticker.advance(Duration.ofSeconds(1));
        assertThat(store.deleteMany(List.of(KEY, OTHER)).done()).isEqualTo(2);
    }

    @Test
    void a_unit_is_one_write_of_each_of_its_keys() {
        guarded.together(unit -> {
            unit.keyValue(HERE).put(KEY, ENTRY, KvCondition.ANY);
            unit.keyValue(HERE).delete(KEY);
            return unit.keyValue(HERE).putMany(List.of(new KvPair(KEY, ENTRY)));
        });

        assertThrottled(() -> put(KEY));
        assertThrottled(() -> guarded.together(unit -> unit.keyValue(HERE).delete(KEY)));
    }

    @Test
    void a_unit_that_fails_has_written_nothing() {
        assertThatThrownBy(() -> guarded.together(unit -> {
                    unit.keyValue(HERE).put(KEY, ENTRY, KvCondition.ANY);
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);

        put(KEY);
    }

    @Test
    void a_unit_that_is_begun_again_is_one_write_too() {
        var twice = Guard.before(new BeginningTwice(bare), WriteGuard.USUAL, ticker);
        var begun = new AtomicInteger();

        twice.together(unit -> {
            begun.incrementAndGet();
            return unit.keyValue(HERE).put(KEY, ENTRY, KvCondition.ANY);
        });

        assertThat(begun).hasValue(2);
        assertThrottled(() -> twice.keyValue(HERE).put(KEY, ENTRY, KvCondition.ANY));
    }

    @Test
    void of_64_writes_of_a_key_at_once_one_is_taken() {
        var taken = AtOnce.run(64, number -> () -> {
            try {
                return store.put(KEY, ENTRY, KvCondition.ANY) instanceof KvPut.Stored;
            } catch (StorageFailure.LimitExceeded e) {
                return false;
            }
        });

        assertThat(taken).containsOnlyOnce(true);
    }

    @Test
    void what_was_written_longer_ago_is_forgotten() {
        var last = new LastWrites(Duration.ofSeconds(1), ticker);
        for (var second = 0; second < 10; second++) {
            IntStream.range(0, 100)
                    .mapToObj(at -> new LastWrites.Name(HERE, KvKey.of("key-" + at)))
                    .forEach(last::take);
            assertThat(last.size()).isEqualTo(100);
            ticker.advance(Duration.ofSeconds(1));
            last.take(new LastWrites.Name(HERE, KvKey.of("second-" + second)));
            assertThat(last.size()).isEqualTo(1);
            ticker.advance(Duration.ofSeconds(1));
        }
    }

    private void put(KvKey key) {
        assertThat(store.put(key, ENTRY, KvCondition.ANY)).isInstanceOf(KvPut.Stored.class);
    }

    private static void assertThrottled(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        StorageFailure.LimitExceeded.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.THROTTLED));
    }

    /** One of which the first try of each unit is taken back. */
    private static final class BeginningTwice extends ForwardingEngine {
        private BeginningTwice(StorageEngine engine) {
            super(engine);
        }

        @Override
        public <R> R together(Function<StorageEngine, R> unit) {
            try {
                return engine().together(inner -> {
                    var _ = unit.apply(inner);
                    throw new CancellationException("taken back");
                });
            } catch (CancellationException e) {
                return engine().together(unit);
            }
        }
    }
}
