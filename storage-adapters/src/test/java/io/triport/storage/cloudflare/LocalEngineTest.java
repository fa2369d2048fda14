package io.triport.storage.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Ticker;
import io.triport.storage.memory.Memory;
import io.triport.testkit.ForwardingEngine;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an account needs of the engine beside it is asked when it is opened, and not when it is used. */
final class LocalEngineTest {
    private final SettableClock clock = SettableClock.anywhere();

    @Test
    void an_account_does_not_open_over_data_that_other_processes_have() {
        assertThatThrownBy(() -> openWithout(Capability.ALONE))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.UNSUPPORTED))
                .hasMessageContaining("storage: shared with other processes (expected: embedded without shared-data");
    }

    @Test
    void an_account_does_not_open_over_an_engine_that_gives_ids_itself() {
        assertThatThrownBy(() -> openWithout(Capability.GIVEN_IDS))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.UNSUPPORTED))
                .hasMessageContaining("storage: gives ids of namespaces itself");
    }

    @Test
    void an_account_declares_what_it_has_from_its_engine_and_what_it_has_not() {
        try (var server = new AccountServer(clock);
                var open = Cloudflare.open(server.account(), memory(), clock, Ticker.system(), randomness())) {
            var info = open.engine().info();

            assertThat(info.name()).isEqualTo("memory with an account");
            assertThat(info.shortestLifetime()).hasSeconds(60);
            assertThat(info.capabilities()).containsExactly(Capability.UNITS);
        }
    }

    private void openWithout(Capability missing) {
        var local = new ForwardingEngine(memory()) {
            @Override
            public EngineInfo info() {
                return engine().info().without(Set.of(missing));
            }
        };
        try (var server = new AccountServer(clock)) {
            Cloudflare.open(server.account(), local, clock, Ticker.system(), randomness())
                    .close();
        }
    }

    private StorageEngine memory() {
        return Memory.open(clock, randomness()).engine();
    }

    private static SeededRandomness randomness() {
        return new SeededRandomness(1);
    }
}
