package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageHealth;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private boolean answers = true;

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
    void an_app_that_goes_down_is_never_ready_again() {
        try (var readiness = readiness(() -> answers)) {
            readiness.ask();
            readiness.drain();
            readiness.ask();

            assertThat(readiness.troubles()).containsExactly("draining");
        }
    }

    private static Readiness readiness(BooleanSupplier health) {
        return new Readiness(new StorageHealth() {
            @Override
            public EngineInfo info() {
                return new EngineInfo("test", Durability.VOLATILE);
            }

            @Override
            public boolean answers() {
                return health.getAsBoolean();
            }
        });
    }
}
