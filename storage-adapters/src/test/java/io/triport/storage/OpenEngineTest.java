package io.triport.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.audit.AuditSinks;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.Secret;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.QueueServer;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.storage.VolatileNamespaces;
import io.triport.storage.redis.RedisServer;
import io.triport.storage.table.TableRepositories;
import io.triport.testkit.NatsProcess;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    void an_account_is_not_opened_where_others_have_the_data() {
        var together = new StorageSettings.Embedded(new StorageSettings.Together("manager", "nonces-manager"));
        var account = new RemoteAccount(
                URI.create("http://127.0.0.1:1"), "0".repeat(32), Secret.of("a token nobody asks for"));

        assertThatThrownBy(() -> open(together, StorageSettings.VolatileData.REFUSED, account))
                .isInstanceOf(StorageFailure.Rejected.class)
                .hasMessageContaining("storage: shared with other processes");

        // What was opened for it was closed again.
        open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED)
                .close();
    }

    @Test
    void a_namespace_that_is_named_volatile_lies_on_the_server_for_all_nodes_and_no_other_does() {
        var other = new NamespaceTitle("KEPT");
        try (var server = RedisServer.start("secret")) {
            var apart = new VolatileNamespaces(Set.of(CACHE), server.address());
            try (var first = open(apart, "first")) {
                assertThat(first.engine().info().name()).isEqualTo("sqlite with redis");
                assertThat(first.engine().info().durability()).isEqualTo(Durability.DURABLE);
                for (var title : List.of(CACHE, other)) {
                    first.engine().resources().create(title);
                    first.engine().keyValue(title).put(KEY, KvEntry.of("v"), KvCondition.ANY);
                }
                assertThat(claim(first)).isEqualTo(new NonceClaim.Fresh());

                try (var second = open(apart, "second")) {
                    assertThat(second.engine().keyValue(CACHE).get(KEY)).isPresent();
                    assertThat(second.engine().resources().find(other)).isEmpty();
                }
            }
        }
        try (var without = open(
                new StorageSettings.Embedded(),
                StorageSettings.VolatileData.REFUSED,
                directory.resolve("first"),
                null)) {
            assertThat(without.engine().resources().find(CACHE)).isEmpty();
            assertThat(without.engine().keyValue(other).get(KEY)).isPresent();
            assertThat(claim(without)).isEqualTo(new NonceClaim.Spent());
        }
    }

    @Test
    void queues_lie_on_their_server_for_all_nodes_and_nothing_else_does() {
        var jobs = QueueDefinition.of(new QueueName("jobs"));
        try (var server = NatsProcess.start("--user", "triport", "--pass", "secret")) {
            var queues = new QueueServer(server.address(), "triport", Secret.of("secret"), "jobs-of-all", 1);
            try (var first = open(queues, "first");
                    var second = open(queues, "second")) {
                first.engine().resources().create(CACHE);
                first.engine().queue(jobs).send(Message.text("to all"));

                assertThat(first.engine().info().name()).isEqualTo("sqlite with nats");
                assertThat(first.engine().info().durability()).isEqualTo(Durability.DURABLE);
                assertThat(second.engine().queue(jobs).metrics().count()).isEqualTo(1);
                assertThat(second.engine().resources().find(CACHE)).isEmpty();
                assertThatThrownBy(() -> second.engine().together(inner -> inner.queue(jobs)))
                        .isInstanceOf(StorageFailure.Rejected.class)
                        .hasMessage("unit: it lies on another engine (expected: a call of its own)");
                clock.advance(jobs.retention());
                assertThat(second.engine().resources().reclaim(10)).isEqualTo(1);
            }
        }
        var away = new QueueServer("nats://127.0.0.1:1", "", Secret.of(""), "jobs-of-all", 1);
        try (var without = open(away, "first")) {
            assertThat(without.engine().resources().find(CACHE)).isPresent();
            assertThatThrownBy(() -> without.engine().queue(jobs).metrics())
                    .isInstanceOf(StorageFailure.Unavailable.class);
        }
    }

    @Test
    void a_namespace_that_the_engine_keeps_is_not_hidden_behind_a_volatile_one() {
        try (var first = open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED)) {
            first.engine().resources().create(CACHE);
        }
        var away = new StorageSettings.Redis("redis://127.0.0.1:1", Secret.of(""));

        assertThatThrownBy(() -> open(new VolatileNamespaces(Set.of(CACHE), away), "."))
                .isInstanceOf(StorageFailure.Rejected.class)
                .hasMessage("namespace CACHE: kept by sqlite (expected: a new one for redis)");

        // What was opened for it was closed again; and a server that is away keeps nothing from starting.
        open(new VolatileNamespaces(Set.of(new NamespaceTitle("OTHER")), away), ".")
                .close();
    }

    @Test
    void a_directory_that_others_may_have_is_not_declared_to_be_alone() {
        var together = new StorageSettings.Embedded(new StorageSettings.Together("manager", "nonces-manager"));

        try (var shared = open(together, StorageSettings.VolatileData.REFUSED)) {
            assertThat(shared.engine().info().can(Capability.ALONE)).isFalse();
        }
        try (var own = open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED)) {
            assertThat(own.engine().info().can(Capability.ALONE)).isTrue();
        }
    }

    @Test
    void a_table_of_audit_is_there_exactly_where_the_engine_declares_one() {
        try (var embedded = open(new StorageSettings.Embedded(), StorageSettings.VolatileData.REFUSED);
                var memory = open(new StorageSettings.Memory(), StorageSettings.VolatileData.ALLOWED, "other")) {
            assertThat(sinks(embedded).sql()).isSameAs(embedded.audit());
            assertThatThrownBy(() -> sinks(memory).sql())
                    .isInstanceOf(StorageFailure.Rejected.class)
                    .hasMessageContaining("audit: the engine keeps no table");
        }
    }

    private static AuditSinks sinks(OpenEngine open) {
        return new EngineAuditSinks(open.engine().info(), open.audit());
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
        return open(engine, volatileData, directory, null);
    }

    private OpenEngine open(
            StorageSettings.Engine engine, StorageSettings.VolatileData volatileData, RemoteAccount account) {
        return open(engine, volatileData, directory, account);
    }

    private OpenEngine open(StorageSettings.Engine engine, StorageSettings.VolatileData volatileData, String folder) {
        return open(engine, volatileData, directory.resolve(folder), null);
    }

    private OpenEngine open(QueueServer queues, String folder) {
        var refused = StorageSettings.VolatileData.REFUSED;
        return open(new StorageSettings.Embedded(), refused, directory.resolve(folder), null, null, queues);
    }

    private OpenEngine open(VolatileNamespaces apart, String folder) {
        var refused = StorageSettings.VolatileData.REFUSED;
        return open(new StorageSettings.Embedded(), refused, directory.resolve(folder), null, apart, null);
    }

    private OpenEngine open(
            StorageSettings.Engine engine,
            StorageSettings.VolatileData volatileData,
            Path data,
            @Nullable RemoteAccount account) {
        return open(engine, volatileData, data, account, null, null);
    }

    private OpenEngine open(
            StorageSettings.Engine engine,
            StorageSettings.VolatileData volatileData,
            Path data,
            @Nullable RemoteAccount account,
            @Nullable VolatileNamespaces apart,
            @Nullable QueueServer queues) {
        var settings = new StorageSettings(
                engine,
                data.toString(),
                StorageSettings.Consistency.EDGE,
                volatileData,
                Duration.ofSeconds(60),
                Duration.ofSeconds(180),
                new StorageSettings.WithData(),
                CallDeadlines.USUAL);
        return OpenEngine.of(
                settings,
                account,
                apart,
                queues,
                TableRepositories.none(),
                clock,
                new SettableTicker(),
                new SeededRandomness(1));
    }

    private NonceClaim claim(OpenEngine open) {
        var now = clock.instant();
        return open.nonces().claim(new CredentialId("app"), Bytes.copyOf(new byte[32]), now, now.plusSeconds(180));
    }
}
