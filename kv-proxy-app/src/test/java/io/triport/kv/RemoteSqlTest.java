package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.storage.Storage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Databases over HTTP, whose server is gone as soon as it has done a statement. */
final class RemoteSqlTest {
    private static final String SECRET = "ALL-secret-0123456789abcdef-0123456789";
    private static final String YAML = """
        triport:
          kv:
            ports: [sql]
            databases: [main]
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [sql.query, sql.write], databases: [main]}
        """;
    private static final Bytes INSERT = Bytes.utf8("{\"database\":\"main\",\"sql\":\"INSERT INTO t VALUES (1)\"}");

    private final KvWorld empty = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final LeavingDatabases databases = new LeavingDatabases();
    private final KvWorld world = empty.with(Storage.Beside.NOTHING.withDatabases(databases));
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, Map.of("ALL", SECRET));

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void what_is_done_is_not_refused_because_nobody_can_tell_how_far_it_came() {
        var signer = new Signer("all", SECRET, world.clock());

        var first = proxy.signed(signer, "POST", "/zin/sql/query", Map.of(), INSERT);

        assertThat(first.status()).as(first.body().toUtf8()).isEqualTo(200);
        var next = Map.of("Triport-Bookmark", first.header("triport-bookmark"));
        assertThat(proxy.signed(signer, "POST", "/zin/sql/query", next, INSERT).status())
                .isEqualTo(200);
        assertThat(databases.starts())
                .containsExactly(new SessionStart.FirstPrimary(), new SessionStart.FirstPrimary());
    }
}
