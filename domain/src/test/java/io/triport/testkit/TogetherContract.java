package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.StorageEngine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every engine promises of units whose writes commit together; one that declares none refuses each of them. */
public abstract class TogetherContract {
    @RegisterExtension
    static final InvocationInterceptor DECLARED = new InvocationInterceptor() {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation,
                ReflectiveInvocationContext<java.lang.reflect.Method> method,
                ExtensionContext context)
                throws Throwable {
            var contract = (TogetherContract) context.getRequiredTestInstance();
            if (contract.engine().info().can(Capability.UNITS)) {
                invocation.proceed();
            } else {
                invocation.skip();
                contract.refuses();
            }
        }
    };

    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final KvKey A = KvKey.of("a");
    private static final KvKey B = KvKey.of("b");
    private static final int ROUNDS = 60;
    private static final String LARGE = "large".repeat(20_000);

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
        engine().resources().create(CACHE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_unit_that_returns_commits_all_its_writes_and_gives_its_result() {
        var result = engine().together(inner -> {
            inner.resources().create(OTHER);
            put(inner.keyValue(CACHE), A, "1");
            put(inner.keyValue(OTHER), B, LARGE);
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(text(engine().keyValue(CACHE), A)).isEqualTo("1");
        assertThat(text(engine().keyValue(OTHER), B)).isEqualTo(LARGE);
    }

    @Test
    void a_unit_that_throws_leaves_everything_as_it_was_and_its_failure_comes_out() {
        put(engine().keyValue(CACHE), A, LARGE);
        var failure = new IllegalStateException("broken");

        assertThatThrownBy(() -> engine().together(inner -> {
                    put(inner.keyValue(CACHE), A, "2");
                    put(inner.keyValue(CACHE), B, LARGE);
                    inner.resources().create(OTHER);
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(text(engine().keyValue(CACHE), A)).isEqualTo(LARGE);
        assertThat(engine().keyValue(CACHE).get(B)).isEmpty();
        assertThat(engine().resources().find(OTHER)).isEmpty();
    }

    @Test
    void a_unit_that_drops_and_deletes_and_then_throws_has_removed_nothing() {
        put(engine().keyValue(CACHE), A, LARGE);
        put(engine().keyValue(CACHE), B, "1");

        assertThatThrownBy(() -> engine().together(inner -> {
                    inner.keyValue(CACHE).delete(B);
                    inner.resources()
                            .drop(inner.resources().find(CACHE).orElseThrow().id());
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(text(engine().keyValue(CACHE), A)).isEqualTo(LARGE);
        assertThat(text(engine().keyValue(CACHE), B)).isEqualTo("1");
    }

    @Test
    void a_unit_reads_its_own_writes() {
        put(engine().keyValue(CACHE), A, "1");

        var seen = engine().together(inner -> {
            put(inner.keyValue(CACHE), A, "2");
            put(inner.keyValue(CACHE), B, LARGE);
            assertThat(text(inner.keyValue(CACHE), B)).isEqualTo(LARGE);
            inner.keyValue(CACHE).delete(B);
            assertThat(inner.keyValue(CACHE).list(KvQuery.all()).keys().stream().map(KvListed::key))
                    .containsExactly(A);
            return text(inner.keyValue(CACHE), A);
        });

        assertThat(seen).isEqualTo("2");
    }

    @Test
    void a_unit_that_writes_nothing_gives_its_result() {
        var present = engine().together(inner -> inner.keyValue(CACHE).get(A).isPresent());

        assertThat(present).isFalse();
    }

    @Test
    void a_failure_that_the_unit_catches_does_not_spoil_its_other_writes() {
        engine().together(inner -> {
            put(inner.keyValue(CACHE), A, "1");
            assertThatThrownBy(() -> inner.resources().create(CACHE))
                    .isInstanceOfSatisfying(
                            StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT));
            assertThatThrownBy(() -> inner.keyValue(OTHER).get(A)).isInstanceOf(StorageFailure.Rejected.class);
            put(inner.keyValue(CACHE), B, "2");
            return A;
        });

        assertThat(text(engine().keyValue(CACHE), A)).isEqualTo("1");
        assertThat(text(engine().keyValue(CACHE), B)).isEqualTo("2");
    }

    @Test
    void units_at_once_lose_no_update() {
        put(engine().keyValue(CACHE), A, "0");

        AtOnce.run(16, number -> () -> {
            IntStream.range(0, 5).forEach(i -> engine().together(inner -> increment(inner.keyValue(CACHE))));
            return number;
        });

        assertThat(text(engine().keyValue(CACHE), A)).isEqualTo("80");
    }

    @Test
    void a_unit_within_a_unit_commits_with_the_outer_one() {
        assertThatThrownBy(() -> engine().together(outer -> {
                    outer.together(inner -> put(inner.keyValue(CACHE), A, "1"));
                    assertThat(text(outer.keyValue(CACHE), A)).isEqualTo("1");
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(engine().keyValue(CACHE).get(A)).isEmpty();
    }

    @Test
    void a_unit_within_a_unit_that_throws_leaves_the_outer_one_as_it_was() {
        engine().together(outer -> {
            put(outer.keyValue(CACHE), A, "1");
            assertThatThrownBy(() -> outer.together(inner -> {
                        put(inner.keyValue(CACHE), A, "2");
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
            return A;
        });

        assertThat(text(engine().keyValue(CACHE), A)).isEqualTo("1");
    }

    @Test
    void nobody_else_writes_a_key_that_a_unit_has_read_before_it_ends() {
        put(engine().keyValue(CACHE), A, "0");
        var busy = new AtomicBoolean(true);

        var lost = AtOnce.<Long>run(2, number -> number == 0 ? () -> rewrite(busy) : () -> lost(busy))
                .getLast();

        assertThat(lost).isZero();
    }

    @Test
    void nobody_else_makes_a_key_that_a_unit_has_not_found_before_it_ends() {
        put(engine().keyValue(CACHE), A, "to pass the time");

        for (var round = 0; round < 20; round++) {
            var key = KvKey.of("round/" + round);
            var looked = new CountDownLatch(1);

            var units = AtOnce.run(
                    2,
                    number -> () ->
                            number == 0 ? put(looked, key) : engine().together(inner -> makeTwice(inner, key, looked)));

            assertThat(units).containsExactly(0, 0);
        }
    }

    /** As soon as a unit has looked for the key. */
    private int put(CountDownLatch looked, KvKey key) throws InterruptedException {
        looked.await();
        put(engine().keyValue(CACHE), key, "plain");
        return 0;
    }

    /** Writes again what it has read, as one does who changes something beside the value. */
    private long rewrite(AtomicBoolean busy) {
        while (busy.get()) {
            engine().together(inner -> put(inner.keyValue(CACHE), A, text(inner.keyValue(CACHE), A)));
        }
        return 0;
    }

    /** How often a value was replaced by an older one after it was answered. */
    private long lost(AtomicBoolean busy) {
        try {
            return IntStream.range(1, ROUNDS)
                    .mapToObj(Integer::toString)
                    .filter(value -> {
                        put(engine().keyValue(CACHE), A, value);
                        engine().together(inner -> A);
                        return !text(engine().keyValue(CACHE), A).equals(value);
                    })
                    .count();
        } finally {
            busy.set(false);
        }
    }

    /** Whether a key that was not there was there when it was made, after somebody had the time to make it. */
    private static int makeTwice(StorageEngine inner, KvKey key, CountDownLatch looked) {
        var store = inner.keyValue(CACHE);
        var found = store.get(key).isPresent();
        looked.countDown();
        IntStream.range(0, 50).forEach(time -> assertThat(store.get(A)).isPresent());
        return found || store.put(key, KvEntry.of("unit"), KvCondition.IF_ABSENT) instanceof KvPut.Stored ? 0 : 1;
    }

    private void refuses() {
        assertThatThrownBy(() -> engine().together(unit -> put(unit.keyValue(CACHE), A, "1")))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
        assertThat(engine().keyValue(CACHE).get(A)).isEmpty();
    }

    private StorageEngine engine() {
        return fixture.engine();
    }

    private static int increment(KeyValueStore store) {
        var next = Integer.parseInt(text(store, A)) + 1;
        put(store, A, Integer.toString(next));
        return next;
    }

    private static String put(KeyValueStore store, KvKey key, String value) {
        store.put(key, KvEntry.of(value), KvCondition.ANY);
        return value;
    }

    private static String text(KeyValueStore store, KvKey key) {
        return store.get(key).orElseThrow().value().toUtf8();
    }
}
