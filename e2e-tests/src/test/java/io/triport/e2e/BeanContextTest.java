package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.queue.Queue;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageEngine;
import io.triport.identity.launch.WiredApp;
import io.triport.kv.KvProxyApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the KV proxy's code could ask its context for. */
final class BeanContextTest {
    @TempDir
    private Path data;

    private ApplicationContext context = ApplicationContext.builder().build();

    @BeforeEach
    void start() {
        context = WiredApp.of(
                        KvProxyApp.create(),
                        Map.of("KV_REMOTE_SECRET", "a secret of thirty-two bytes, at least"),
                        Map.of(),
                        data)
                .start();
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void the_door_to_storage_can_be_had() {
        assertThat(context.getBean(Storage.class)).isNotNull();
    }

    @Test
    void nothing_behind_the_door_can_be_had() {
        context.getBean(Storage.class);

        for (var type : List.of(
                StorageEngine.class,
                KeyValueStore.class,
                ResourceCatalogue.class,
                IdempotencyLedger.class,
                Queue.class,
                DataSource.class)) {
            assertThat(context.getBeanDefinitions(type)).as(type.getName()).isEmpty();
            assertThat(context.getBeanRegistrations(type)).as(type.getName()).isEmpty();
        }
    }

    /**
     * Beside the door: what the engine says of itself and of its pools and queues, its settings, the seal of cursors. And identity's own state with
     * the sources of its events, which rule 6 keeps from apps. The factory is a bean that only its package can name.
     */
    @Test
    void of_storage_and_identity_the_context_holds_exactly_this() {
        context.getBean(Storage.class);
        var held = new TreeSet<String>();
        context.getAllBeanDefinitions().stream()
                .map(definition -> definition.getBeanType().getName())
                .filter(name -> name.startsWith("io.triport.domain.storage.")
                        || name.startsWith("io.triport.domain.cursor.")
                        || name.startsWith("io.triport.domain.identity.")
                        || name.startsWith("io.triport.domain.queue.")
                        || name.startsWith("io.triport.domain.schedule.")
                        || name.startsWith("io.triport.storage."))
                .forEach(held::add);

        assertThat(held)
                .containsExactly(
                        "io.triport.domain.cursor.CursorSeal",
                        "io.triport.domain.identity.AccessGate",
                        "io.triport.domain.identity.CredentialStore",
                        "io.triport.domain.identity.NonceLedger",
                        "io.triport.domain.identity.RevocationList",
                        "io.triport.domain.queue.QueueDeliveries",
                        "io.triport.domain.schedule.TickLedger",
                        "io.triport.domain.storage.Storage",
                        "io.triport.domain.storage.StorageHealth",
                        "io.triport.domain.storage.StorageLevels",
                        "io.triport.domain.storage.StorageSettings",
                        "io.triport.storage.StorageFactory");
    }
}
