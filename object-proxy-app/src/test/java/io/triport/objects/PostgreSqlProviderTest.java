package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.BucketName;
import io.triport.domain.storage.StorageSettings;
import io.triport.objects.config.Provider;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.SettableTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgreSqlProviderTest extends ProviderContract {
    @TempDir
    private static Path server;

    @TempDir
    private static Path directory;

    private static PostgreSqlCluster database;
    private static StoredFixture one;
    private static StoredFixture other;
    private static final SettableTicker TICKER = new SettableTicker();

    @BeforeAll
    static void start() {
        database = PostgreSqlCluster.start(server);
        one = node("one").filled();
        other = node("other");
    }

    private static StoredFixture node(String name) {
        var engine = new StorageSettings.PostgreSql(
                "jdbc:postgresql://" + database.location(), "postgres", Secret.of("any"));
        return StoredFixture.over(engine, directory.resolve(name), TICKER);
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        database.close();
    }

    @Override
    Provider provider() {
        return other.provider();
    }

    @Test
    void what_one_node_stores_counts_there_at_once_and_on_the_other_within_a_second() {
        var late = new BucketName("late");
        assertThat(other.provider().find(late)).isEmpty();

        try (var admin = AdminUnderTest.of(one.proxy())) {
            assertThat(admin.send("POST", "/admin/v1/buckets", "{\"name\":\"late\",\"backend_type\":\"memory\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(one.provider().find(late)).isPresent();
            TICKER.advance(Duration.ofSeconds(1));
            assertThat(other.provider().find(late)).isPresent();

            assertThat(admin.send("DELETE", "/admin/v1/buckets/late", Map.of("if-match", "*"), "")
                            .status())
                    .isEqualTo(204);
            TICKER.advance(Duration.ofSeconds(1));
            assertThat(other.provider().find(late)).isEmpty();
        }
    }

    @Test
    void two_nodes_that_make_one_bucket_make_it_once() {
        assertThat(one.proxy().send("PUT", "/shared").status()).isEqualTo(200);

        assertThat(other.proxy().send("PUT", "/shared").status()).isEqualTo(409);
        assertThat(other.provider().find(new AccessKeyId("APP"))).isPresent();
        assertThat(one.proxy().send("DELETE", "/shared").status()).isEqualTo(204);
    }
}
