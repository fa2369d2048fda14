package io.triport.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.StorageSettings;
import io.triport.storage.table.TableRepositories;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenEngineTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");

    @TempDir
    private Path directory;

    private final SettableClock clock = SettableClock.anywhere();

    @Test
    void the_embedded_engine_keeps_data_and_marks_over_a_restart() {
        try (var first = open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED)) {
            first.engine().resources().create(CACHE);
            first.engine().keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
            assertThat(claim(first)).isEqualTo(new NonceClaim.Fresh());
            assertThat(first.health().answers()).isTrue();
            assertThat(first.health().info().durability()).isEqualTo(Durability.DURABLE);
        }

        try (var second = open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED)) {
            assertThat(second.engine().keyValue(CACHE).get(KEY)).isPresent();
            assertThat(claim(second)).isEqualTo(new NonceClaim.Spent());
        }
    }

    @Test
    void memory_is_opened_only_where_losing_data_is_allowed() {
        assertThatThrownBy(() -> open(new StorageSettings.Memory(), StorageSettings.VolatileData.REFUSED))
                .isInstanceOf(StorageFailure.Rejected.class)
                .hasMessageContaining("allow-volatile: true");

        try (var open = open(new StorageSettings.Memory(), StorageSettings.VolatileData.ALLOWED)) {
            assertThat(open.health().info().durability()).isEqualTo(Durability.VOLATILE);
            assertThat(open.engine().resources().create(CACHE).title()).isEqualTo(CACHE);
        }
    }

    @Test
    void memory_forgets_data_and_keeps_marks_over_a_restart() {
        try (var first = open(new StorageSettings.Memory(), StorageSettings.VolatileData.ALLOWED)) {
            first.engine().resources().create(CACHE);
            claim(first);
        }

        try (var second = open(new StorageSettings.Memory(), StorageSettings.VolatileData.ALLOWED)) {
            assertThat(second.engine().resources().namespaces()).isEmpty();
            assertThat(claim(second)).isEqualTo(new NonceClaim.Spent());
        }
    }

    @Test
    void two_engines_do_not_share_a_directory() {
        try (var first = open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED)) {
            assertThatThrownBy(() -> open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("another process");
            assertThat(first.health().answers()).isTrue();
        }
    }

    private OpenEngine open(StorageSettings.Engine engine, StorageSettings.VolatileData volatileData) {
        var settings = new StorageSettings(
                engine,
                directory.toString(),
                StorageSettings.Consistency.EDGE,
                volatileData,
                Duration.ofSeconds(60),
                Duration.ofSeconds(180),
                new StorageSettings.WithData(),
                CallDeadlines.USUAL);
        return OpenEngine.of(
                settings, null, TableRepositories.none(), clock, new SettableTicker(), new SeededRandomness(1));
    }

    private NonceClaim claim(OpenEngine open) {
        var now = clock.instant();
        return open.nonces().claim(new CredentialId("app"), Bytes.copyOf(new byte[32]), now, now.plusSeconds(180));
    }
}
