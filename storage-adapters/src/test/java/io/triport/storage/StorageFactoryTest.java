package io.triport.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.postgresql.TestDatabase;
import io.triport.testkit.SettableClock;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageFactoryTest {
    @TempDir
    private Path directory;

    @Test
    void an_engine_of_one_process_brings_no_shared_limits() {
        try (var context = context(new StorageSettings.Embedded())) {
            assertThat(context.getBean(Wanting.class).limiter).isNull();
            assertThat(context.getBean(StorageHealth.class).info().name()).isEqualTo("sqlite");
        }
    }

    @Test
    void postgresql_brings_shared_limits() {
        try (var database = TestDatabase.fresh();
                var context = context(database.engine())) {
            assertThat(context.getBean(Wanting.class).limiter).isNotNull();
            assertThat(context.getBean(StorageHealth.class).info().name()).isEqualTo("postgresql");
            assertThat(context.getBean(StorageHealth.class).info().durability()).isEqualTo(Durability.PROCESS);
            assertThat(context.getBean(StorageHealth.class).answers()).isTrue();
        }
    }

    private ApplicationContext context(StorageSettings.Engine engine) {
        var settings = new StorageSettings(
                engine,
                directory.toString(),
                StorageSettings.Consistency.STRICT,
                StorageSettings.VolatileData.REFUSED,
                Duration.ofSeconds(60),
                Duration.ofSeconds(180),
                new StorageSettings.WithData());
        var context = ApplicationContext.builder().build();
        context.registerSingleton(StorageSettings.class, settings);
        context.registerSingleton(Clock.class, SettableClock.anywhere());
        context.registerSingleton(Ticker.class, Ticker.system());
        context.registerSingleton(Randomness.class, Randomness.system());
        return context.start();
    }

    /** What takes shared limits where there are any. */
    @Singleton
    static final class Wanting {
        private final @Nullable SharedRateLimiter limiter;

        Wanting(@Nullable @Named("shared") SharedRateLimiter limiter) {
            this.limiter = limiter;
        }
    }
}
