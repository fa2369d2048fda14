package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageEngine;
import io.triport.kv.ProxyUnderTest.Answer;
import io.triport.testkit.ForwardingEngine;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A namespace that no unit reaches, because it lies on another engine than the notes of repeatable calls. */
final class VolatileNamespacesTest {
    private static final String YAML = """
        triport:
          kv:
            volatile-namespaces: [SESSIONS]
            volatile-store: redis://nobody.asks.it
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [kv.get, kv.put, kv.delete], namespaces: ["*"], prefixes: [""]}
        """;
    private static final String SECRET = "ALL-secret-0123456789abcdef-0123456789";
    private static final String ONE = "{\"namespace\":\"SESSIONS\",\"key\":\"k\",\"value\":1}";
    private static final String MANY = "{\"namespace\":\"SESSIONS\",\"items\":[{\"key\":\"k\",\"value\":2}]}";
    private static final String KEY = "{\"namespace\":\"SESSIONS\",\"key\":\"k\"}";
    private static final String KEYS = "{\"namespace\":\"SESSIONS\",\"keys\":[\"k\"]}";

    private final KvWorld empty = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final Elsewhere engine = new Elsewhere(empty.engine());
    private final KvWorld world = empty.with(engine);
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, Map.of("ALL", SECRET));
    private final Signer signer = new Signer("all", SECRET, world.clock());

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void every_write_with_an_idempotency_key_has_one_effect() {
        assertThat(repeatable("put", ONE).status()).isEqualTo(200);
        assertThat(repeatable("delete", KEY).status()).isEqualTo(200);
        assertThat(repeatable("put", ONE).body().toUtf8()).isEqualTo("{\"ok\":true}");
        assertThat(value()).isEqualTo("{\"value\":null}");

        assertThat(repeatable("put-many", MANY).status()).isEqualTo(200);
        assertThat(repeatable("delete", KEY).status()).isEqualTo(200);
        assertThat(value()).isEqualTo("{\"value\":\"2\"}");
        assertThat(repeatable("delete-many", KEYS).status()).isEqualTo(200);
        assertThat(value()).isEqualTo("{\"value\":null}");
    }

    @Test
    void a_write_of_which_nobody_knows_is_not_done_again() {
        engine.failure = FailureCode.OUTCOME_UNKNOWN;
        assertThat(repeatable("put", ONE).code()).isEqualTo("STORAGE_ERROR");
        engine.failure = null;

        var again = repeatable("put", ONE);

        assertThat(again.status()).isEqualTo(504);
        assertThat(again.code()).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(value()).isEqualTo("{\"value\":null}");
    }

    @Test
    void a_write_that_certainly_did_not_happen_may_be_repeated() {
        engine.failure = FailureCode.UNAVAILABLE;
        assertThat(repeatable("put", ONE).code()).isEqualTo("STORAGE_ERROR");
        engine.failure = null;

        assertThat(repeatable("put", ONE).status()).isEqualTo(200);
        assertThat(value()).isEqualTo("{\"value\":\"1\"}");
    }

    private String value() {
        return proxy.post(signer, "get", KEY).body().toUtf8();
    }

    private Answer repeatable(String operation, String json) {
        var path = "/zin/kv/" + operation;
        var body = Bytes.utf8(json);
        var headers = new HashMap<>(signer.sign("POST", path, "", body));
        headers.put("Idempotency-Key", "one");
        return proxy.send("POST", path, headers, body);
    }

    /** Keeps the namespaces, and out of units. */
    private static final class Elsewhere extends ForwardingEngine {
        private volatile @Nullable FailureCode failure;

        Elsewhere(StorageEngine engine) {
            super(engine);
        }

        @Override
        public KeyValueStore keyValue(NamespaceTitle namespace) {
            var code = failure;
            if (code != null) {
                throw new StorageFailure.Unavailable(code, "as the test says");
            }
            return engine().keyValue(namespace);
        }

        @Override
        public <R> R together(Function<StorageEngine, R> unit) {
            return engine().together(inner -> unit.apply(new InUnit(inner)));
        }
    }

    private static final class InUnit extends ForwardingEngine {
        InUnit(StorageEngine engine) {
            super(engine);
        }

        @Override
        public KeyValueStore keyValue(NamespaceTitle namespace) {
            throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "on another engine");
        }
    }
}
