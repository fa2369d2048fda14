package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.config.ConfigError;
import io.triport.kv.ProxyUnderTest.Answer;
import io.triport.storage.durable.Turns;
import io.triport.storage.memory.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Durable objects over HTTP, whose code the class path of the tests provides. */
final class RemoteDurableTest {
    private static final String YAML = """
        triport:
          kv:
            ports: [do]
            classes: {tallies: {code: io.triport.kv.TalliedObject}}
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [do.read, do.turn], classes: ["*"], prefixes: [""]}
              app: {secrets: ["${env:APP}"], scopes: [do.read], classes: [tallies], prefixes: ["app:"]}
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "ALL-secret-0123456789abcdef-0123456789",
            "APP", "APP-secret-0123456789abcdef-0123456789");

    private final KvWorld empty = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final Turns turns = new Turns(
            Memory.states(),
            DurableCode.of(new ObjectClass("tallies"), TalliedObject::new),
            name -> Optional.empty(),
            new Turns.Means(empty.clock(), Ticker.system(), Randomness.system()));
    private final KvWorld world = empty.with(Storage.Beside.NOTHING.withDurable(turns));
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, SECRETS);

    @AfterEach
    void stop() {
        proxy.close();
        turns.close();
    }

    @Test
    void a_request_is_an_event_of_the_object_that_it_names() {
        assertThat(call("POST", "app:a/x/y?z=1", "body")).isEqualTo("POST /x/y?z=1 body 1");
        assertThat(call("PUT", "app:a/", "")).isEqualTo("PUT /  2");
        assertThat(call("PATCH", "app:a/%2F", "")).isEqualTo("PATCH //  3");
        assertThat(call("DELETE", "app:b/", "")).isEqualTo("DELETE /  1");
        assertThat(call("GET", "app:a/n", "")).isEqualTo("GET /n  3");
        assertThat(as("all", "HEAD", "tallies/app:a/n", "").header("content-length"))
                .isEqualTo(Integer.toString("GET /n  3".length()));
    }

    @Test
    void what_only_reads_may_not_write() {
        assertThat(as("all", "GET", "tallies/app:a/write", "").code()).isEqualTo("UNSUPPORTED");
        assertThat(as("all", "HEAD", "tallies/app:a/write", "").status()).isEqualTo(501);
        assertThat(call("GET", "app:a/", "")).isEqualTo("GET /  0");
    }

    @Test
    void an_object_has_an_id_by_which_it_is_the_same() {
        var id = as("all", "POST", "tallies/ids", "{\"name\":\"app:a\"}").body().toUtf8();
        var fresh = as("all", "POST", "tallies/ids", "{}").body().toUtf8();
        assertThat(id).matches("\\{\"id\":\"[0-9a-f]{64}\"}").isNotEqualTo(fresh);

        call("POST", "app:a/", "");

        assertThat(call("GET", id.substring(7, 71) + "/", "")).isEqualTo("GET /  1");
        assertThat(call("GET", fresh.substring(7, 71) + "/", "")).isEqualTo("GET /  0");
        assertThat(as("all", "GET", "tallies/" + "0".repeat(64) + "/", "").code())
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_key_reaches_its_class_its_names_and_its_scopes() {
        assertThat(as("app", "GET", "tallies/app:a/", "").status()).isEqualTo(200);
        assertThat(as("app", "GET", "tallies/other/", "").code()).isEqualTo("DENIED");
        assertThat(as("app", "POST", "tallies/app:a/", "").code()).isEqualTo("SCOPE_DENIED");
        assertThat(as("app", "GET", "unknown/app:a/", "").code()).isEqualTo("DENIED");
        assertThat(as("all", "GET", "unknown/app:a/", "").code()).isEqualTo("NOT_FOUND");
        var id = as("all", "POST", "tallies/ids", "{\"name\":\"app:a\"}").body().toUtf8();
        assertThat(as("app", "GET", "tallies/" + id.substring(7, 71) + "/", "").code())
                .isEqualTo("DENIED");
    }

    @Test
    void a_turn_with_a_name_happens_once_whatever_it_answers() {
        var once = Map.of("Idempotency-Key", "one");

        for (var time = 0; time < 2; time++) {
            assertThat(send("all", "POST", "tallies/a/", once, "x").body().toUtf8())
                    .isEqualTo("POST / x 1");
        }
        for (var word : List.of("begun", "done", "again")) {
            for (var time = 0; time < 2; time++) {
                var said = send("all", "POST", "tallies/a/said", Map.of("Idempotency-Key", word), word);
                assertThat(said.body().toUtf8()).isEqualTo(word);
            }
        }
    }

    @Test
    void code_that_is_not_provided_ends_the_start() {
        var yaml = YAML.replace("TalliedObject", "MissingObject");

        assertThatThrownBy(() -> ProxyUnderTest.start(world, yaml, SECRETS))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("triport.kv.classes.tallies.code")
                .hasMessageContaining("io.triport.kv.TalliedObject");
    }

    private String call(String method, String path, String body) {
        var answer = as("all", method, "tallies/" + path, body);
        assertThat(answer.status()).as(answer.body().toUtf8()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
        return answer.body().toUtf8();
    }

    private Answer as(String key, String method, String path, String body) {
        return send(key, method, path, Map.of(), body);
    }

    private Answer send(String key, String method, String path, Map<String, String> headers, String body) {
        return proxy.signed(signer(key), method, "/zin/do/" + path, headers, Bytes.utf8(body));
    }

    private Signer signer(String key) {
        return new Signer(key, Objects.requireNonNull(SECRETS.get(key.toUpperCase(Locale.ROOT))), world.clock());
    }
}
