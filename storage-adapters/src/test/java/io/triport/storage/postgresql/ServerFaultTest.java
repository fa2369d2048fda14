package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.Secret;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.testkit.AtOnce;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerFaultTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");
    private static final CredentialId OWNER = new CredentialId("prod-app");

    @TempDir
    private Path directory;

    private final SettableClock clock = SettableClock.anywhere();
    private PostgreSqlCluster cluster;
    private PostgreSqlStorage node;

    @BeforeEach
    void open() {
        cluster = PostgreSqlCluster.start(directory);
        var settings = new PostgreSqlSettings("jdbc:postgresql://" + cluster.location(), "postgres", Secret.of("any"));
        node = PostgreSqlStorage.open(settings, clock, Randomness.system());
        node.engine().resources().create(CACHE);
    }

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void a_server_as_it_is_installed_is_durable() {
        assertThat(node.engine().info().durability()).isEqualTo(Durability.DURABLE);
        assertThat(node.health().info()).isEqualTo(node.engine().info());
    }

    @Test
    void while_the_server_is_down_calls_fail_and_when_it_is_back_they_do_not() {
        put("before");
        cluster.stop();
        assertThat(Patience.until(() -> failure() == FailureCode.UNAVAILABLE)).isTrue();
        assertThat(node.health().answers()).isFalse();
        assertThatThrownBy(() -> claim("0123456789abcdef")).isInstanceOf(IdentityStateUnavailable.class);

        cluster.start();

        assertThat(Patience.until(() -> node.health().answers())).isTrue();
        assertThat(store().get(KEY).orElseThrow().value()).isEqualTo(Bytes.utf8("before"));
        put("after");
        assertThat(claim("0123456789abcdef")).isEqualTo(new NonceClaim.Fresh());
    }

    @Test
    void a_node_that_starts_while_the_server_is_down_waits_for_it() {
        cluster.stop();

        var opened = AtOnce.run(2, number -> () -> number == 0 ? started() : another());

        assertThat(opened).filteredOn(Optional::isPresent).singleElement().satisfies(late -> {
            assertThat(late.orElseThrow().health().answers()).isTrue();
            late.orElseThrow().close();
        });
    }

    private Optional<PostgreSqlStorage> started() {
        cluster.start();
        return Optional.empty();
    }

    private Optional<PostgreSqlStorage> another() {
        var patient =
                new StorageSettings.Bounds(2, Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofSeconds(5));
        var settings = new PostgreSqlSettings(
                "jdbc:postgresql://" + cluster.location(), "postgres", Secret.of("any"), patient);
        return Optional.of(PostgreSqlStorage.open(settings, clock, Randomness.system()));
    }

    @Test
    void what_was_answered_is_there_after_the_server_was_killed_in_the_middle_of_writes() {
        claim("0123456789abcdef");

        var answered = AtOnce.run(8, writer -> () -> writer == 0 ? killAfter(100) : writeUntilCut(writer));

        cluster.start();
        assertThat(Patience.until(() -> node.health().answers())).isTrue();
        assertThat(answered.stream().flatMap(List::stream).toList())
                .hasSizeGreaterThan(100)
                .allSatisfy(number -> assertThat(store().get(KilledWriter.key(number))
                                .orElseThrow()
                                .value())
                        .isEqualTo(KilledWriter.value(number)));
        assertThat(claim("0123456789abcdef")).isEqualTo(new NonceClaim.Spent());
    }

    /** The first writer also kills the server, when it has been answered so often. */
    private List<Integer> killAfter(int writes) {
        var answered = new ArrayList<Integer>();
        for (var number = 0; number < writes; number++) {
            store().put(KilledWriter.key(number), KvEntry.of(KilledWriter.value(number)), KvCondition.ANY);
            answered.add(number);
        }
        cluster.kill();
        return answered;
    }

    private List<Integer> writeUntilCut(int writer) {
        var answered = new ArrayList<Integer>();
        for (var number = writer * 1_000_000; true; number++) {
            try {
                store().put(KilledWriter.key(number), KvEntry.of(KilledWriter.value(number)), KvCondition.ANY);
                answered.add(number);
            } catch (StorageFailure e) {
                return answered;
            }
        }
    }

    private KeyValueStore store() {
        return node.engine().keyValue(CACHE);
    }

    private void put(String value) {
        store().put(KEY, KvEntry.of(value), KvCondition.ANY);
    }

    private NonceClaim claim(String mark) {
        return node.nonces()
                .claim(OWNER, Bytes.utf8(mark), clock.instant(), clock.instant().plusSeconds(180));
    }

    private FailureCode failure() {
        try {
            put("never");
            throw new AssertionError("a put was answered");
        } catch (StorageFailure e) {
            return e.code();
        }
    }
}
