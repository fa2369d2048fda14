package io.triport.storage.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.ForwardingEngine;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ApartTest {
    private static final NamespaceTitle THERE = new NamespaceTitle("THERE");
    private static final NamespaceTitle HERE = new NamespaceTitle("HERE");
    private static final KvKey KEY = KvKey.of("a");

    private final SettableClock clock = SettableClock.anywhere();
    private final StorageEngine own = new FakeStorageEngine(clock);
    private final StorageEngine other = withOtherIds(new FakeStorageEngine(clock));
    private final StorageEngine both = Apart.beside(own, other, Set.of(THERE));

    @Test
    void a_namespace_that_is_named_lies_on_the_other_engine_and_no_other_does() {
        both.resources().create(THERE);
        both.resources().create(HERE);
        put(both, THERE);
        put(both, HERE);

        assertThat(titles(own)).containsExactly(HERE);
        assertThat(titles(other)).containsExactly(THERE);
        assertThat(titles(both)).containsExactly(HERE, THERE);
        assertThat(other.keyValue(THERE).get(KEY)).isPresent();
        assertThat(own.keyValue(HERE).get(KEY)).isPresent();
    }

    @Test
    void a_unit_reaches_nothing_that_does_not_commit_with_it() {
        var there = both.resources().create(THERE);

        both.together(unit -> {
            assertFailure(FailureCode.UNSUPPORTED, () -> unit.keyValue(THERE));
            assertFailure(FailureCode.UNSUPPORTED, () -> unit.resources().drop(there.id()));
            assertFailure(FailureCode.UNSUPPORTED, () -> unit.together(inner -> inner.keyValue(THERE)));
            unit.resources().create(HERE);
            put(unit, HERE);
            return unit;
        });

        assertThat(own.keyValue(HERE).get(KEY)).isPresent();
        assertThat(titles(other)).containsExactly(THERE);
    }

    @Test
    void no_namespace_is_renamed_from_one_engine_to_the_other() {
        var there = both.resources().create(THERE);
        var here = both.resources().create(HERE);

        assertFailure(FailureCode.UNSUPPORTED, () -> both.resources().rename(there.id(), new NamespaceTitle("free")));
        assertFailure(FailureCode.UNSUPPORTED, () -> both.resources().rename(here.id(), THERE));
        assertThat(titles(both)).containsExactly(HERE, THERE);
    }

    @Test
    void a_namespace_that_the_first_engine_keeps_cannot_be_named() {
        own.resources().create(HERE);

        assertThatThrownBy(() -> Apart.beside(own, other, Set.of(HERE)))
                .isInstanceOf(StorageFailure.Rejected.class)
                .hasMessage("namespace HERE: kept by fake (expected: a new one for fake)");
    }

    @Test
    void a_namespace_that_somebody_else_makes_under_a_named_title_is_not_mixed_up_with_the_right_one() {
        var right = both.resources().create(THERE);
        var wrong = own.resources().create(THERE);
        put(own, THERE);
        other.resources().create(HERE);

        assertThat(both.keyValue(THERE).get(KEY)).isEmpty();
        assertThat(both.resources().namespaces()).containsExactly(right);
        assertThat(both.resources().find(wrong.id())).isEmpty();
        assertThat(both.resources().find(HERE)).isEmpty();
        assertThat(both.resources().drop(wrong.id())).isFalse();
    }

    @Test
    void space_comes_back_on_both() {
        Stream.of(THERE, HERE).forEach(title -> {
            both.resources().create(title);
            both.keyValue(title)
                    .put(KEY, KvEntry.of("v").expiring(Expiry.after(Duration.ofSeconds(1))), KvCondition.ANY);
        });
        clock.advance(Duration.ofSeconds(1));

        assertThat(both.resources().reclaim(1)).isEqualTo(1);
        assertThat(both.resources().reclaim(10)).isEqualTo(1);
        assertThat(both.resources().reclaim(10)).isZero();
    }

    @Test
    void an_engine_without_units_has_no_other_beside_it() {
        var bare = new ForwardingEngine(own) {
            @Override
            public EngineInfo info() {
                return new EngineInfo("bare", Durability.DURABLE);
            }
        };

        assertThatThrownBy(() -> Apart.beside(bare, other, Set.of(THERE)))
                .isInstanceOf(StorageFailure.Rejected.class)
                .hasMessageContaining("commits no units");
    }

    /** Fakes give the same ids one after the other. */
    private static StorageEngine withOtherIds(StorageEngine engine) {
        engine.resources().drop(engine.resources().create(HERE).id());
        return engine;
    }

    private static void put(StorageEngine engine, NamespaceTitle title) {
        engine.keyValue(title).put(KEY, KvEntry.of("v"), KvCondition.ANY);
    }

    private static List<NamespaceTitle> titles(StorageEngine engine) {
        return engine.resources().namespaces().stream().map(Namespace::title).toList();
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
