package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageHealth;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableTicker;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private final SettableTicker ticker = new SettableTicker();
    private final FakeRevocationList revocations = new FakeRevocationList(ticker);
    private final AtomicReference<Set<MechanismName>> keyless = new AtomicReference<>(Set.of());
    private boolean answers = true;
    private boolean passes = true;
    private long living;

    @Test
    void an_app_is_not_ready_until_its_parts_were_asked() {
        try (var readiness = readiness(() -> answers)) {
            assertThat(readiness.troubles()).containsExactly("starting");

            readiness.ask();
            assertThat(readiness.troubles()).isEmpty();
        }
    }

    @Test
    void an_app_is_not_ready_while_its_store_does_not_answer() {
        try (var readiness = readiness(() -> answers)) {
            answers = false;
            readiness.ask();
            assertThat(readiness.troubles()).containsExactly("storage");

            answers = true;
            readiness.ask();
            assertThat(readiness.troubles()).isEmpty();
        }
    }

    @Test
    void a_store_that_fails_when_asked_does_not_answer() {
        try (var readiness = readiness(() -> {
            throw new IllegalStateException("closed");
        })) {
            readiness.ask();

            assertThat(readiness.troubles()).containsExactly("storage");
        }
    }

    @Test
    void an_app_is_not_ready_while_it_does_not_know_what_was_revoked() {
        try (var readiness = readiness(() -> answers)) {
            revocations.cut();
            ticker.advance(RevocationList.BLIND);
            readiness.ask();
            assertThat(readiness.troubles()).isEmpty();

            ticker.advance(Duration.ofSeconds(1));
            readiness.ask();
            assertThat(readiness.troubles()).containsExactly("revocations");

            revocations.heal();
            readiness.ask();
            assertThat(readiness.troubles()).isEmpty();
        }
    }

    @Test
    void a_metric_tells_that_it_does_not_know_what_was_revoked() {
        var metrics = new SimpleMeterRegistry();
        Readiness.show(revocations, metrics);
        var stale = metrics.get("triport.identity.revocations.stale").gauge();

        revocations.cut();
        ticker.advance(RevocationList.BLIND);
        assertThat(stale.value()).isZero();

        ticker.advance(Duration.ofSeconds(1));
        assertThat(stale.value()).isEqualTo(1);

        revocations.heal();
        assertThat(stale.value()).isZero();
    }

    @Test
    void an_app_is_not_ready_while_a_mechanism_has_no_keys() {
        try (var readiness = readiness(() -> answers)) {
            keyless.set(Set.of(new MechanismName("idp"), new MechanismName("access")));
            readiness.ask();
            assertThat(readiness.troubles()).containsExactly("keys of access", "keys of idp");

            keyless.set(Set.of());
            readiness.ask();
            assertThat(readiness.troubles()).isEmpty();
        }
    }

    @Test
    void an_app_is_not_ready_while_a_check_of_its_own_fails() {
        try (var readiness = readiness(() -> answers)) {
            passes = false;
            readiness.ask();
            assertThat(readiness.troubles()).containsExactly("audit");

            passes = true;
            readiness.ask();
            assertThat(readiness.troubles()).isEmpty();
        }
    }

    @Test
    void an_app_is_not_ready_while_a_collection_leaves_its_heap_full() {
        try (var readiness = readiness(() -> answers)) {
            living = 92;
            readiness.ask();
            assertThat(readiness.troubles()).containsExactly("heap");

            living = 91;
            readiness.ask();
            assertThat(readiness.troubles()).isEmpty();
        }
    }

    @Test
    void an_app_that_goes_down_is_never_ready_again() {
        try (var readiness = readiness(() -> answers)) {
            readiness.ask();
            readiness.drain();
            readiness.ask();

            assertThat(readiness.troubles()).containsExactly("draining");
        }
    }

    private final class Audit implements ReadinessCheck {
        @Override
        public String name() {
            return "audit";
        }

        @Override
        public boolean passes() {
            return passes;
        }
    }

    private Readiness readiness(BooleanSupplier health) {
        var storage = new StorageHealth() {
            @Override
            public EngineInfo info() {
                return new EngineInfo("test", Durability.VOLATILE);
            }

            @Override
            public boolean answers() {
                return health.getAsBoolean();
            }
        };
        var heap = new HeapWatch(() -> List.of(new MemoryUsage(0, living, 100, 100)), () -> {});
        return new Readiness(storage, revocations, keyless::get, List.of(new Audit()), heap);
    }
}
