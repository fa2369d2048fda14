package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.CacheLimits;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.Secret;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.inference.ModelBinding;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.ModelEntry.Recording;
import io.triport.domain.inference.TokenBudget;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.storage.CachePlace;
import io.triport.domain.storage.CachePlan;
import io.triport.domain.storage.QueueServer;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.storage.VolatileNamespaces;
import io.triport.domain.storage.WriteGuard;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.AddedMechanisms;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.hmac.HmacMechanism;
import io.triport.identity.hmac.SigningKey;
import io.triport.identity.launch.StartMode;
import io.triport.kv.wire.JsonWriter;
import io.triport.testkit.SeededRandomness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KvProxyConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";
    private static final String KEYS = "triport: {kv: {keys: {app: {secrets: [\"${env:S}\"], %s}}}}";
    private static final String CALLERS = """
        identity: {idp: {type: jwt, issuer: https://idp.example, audience: [zin], jwks: https://idp.example/keys}}
        triport: {kv: {callers: {one: {%s}}}}
        """;
    private static final String ALL = "scopes: [kv.get], namespaces: [\"*\"], prefixes: [\"\"]";

    @Test
    void the_file_names_all_that_a_key_has() {
        var config = file("""
            triport:
              kv:
                prefix: zin_
                keys:
                  Prod-App:
                    secrets: ["${env:S}", "${env:T}"]
                    scopes: [kv.get, kv.list]
                    namespaces: [CACHE, ""]
                    prefixes: ["app1:"]
                    cidrs: [192.0.2.0/24]
                    expires-at: 2027-12-31T00:00:00Z
                    rate-limit: {limit: 1000, window: 10s, burst: 2000, scope: shared}
            """);

        var key = config.find("prod-app").orElseThrow();
        assertThat(key.secrets()).hasSize(2);
        assertThat(key.expiresAt()).isEqualTo(Instant.parse("2027-12-31T00:00:00Z"));
        assertThat(key.cidrs()).hasSize(1);
        assertThat(key.limits()).containsExactly(new RateLimit(1000, Duration.ofSeconds(10), 2000, LimitScope.SHARED));
        assertThat(permits(key, Action.KV_GET, "zin_:CACHE", "app1:x")).isTrue();
        assertThat(permits(key, Action.KV_GET, "zin_", "app1:x")).isTrue();
        assertThat(permits(key, Action.KV_GET, "zin_:CACHE", "app1")).isFalse();
        assertThat(permits(key, Action.KV_GET, "zin_:OTHER", "app1:x")).isFalse();
        assertThat(permits(key, Action.KV_GET, "CACHE", "app1:x")).isFalse();
        assertThat(permits(key, Action.KV_PUT, "zin_:CACHE", "app1:x")).isFalse();
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void the_documented_key_map_is_read_with_the_same_fields_in_camel_case() {
        var config = variable("""
            {"prod-app": {"secret": "%s", "secrets": ["%s"], "scopes": ["kv.get", "kv.put"],
              "kv": {"namespaces": ["CACHE"], "prefixes": ["app1:"]},
              "cidrs": ["192.0.2.0/24"], "expiresAt": "2027-12-31T00:00:00Z",
              "rateLimit": {"limit": 5, "window": "1s"}}}
            """.formatted(SECRET, OTHER));

        var key = config.find("PROD-APP").orElseThrow();
        assertThat(key.secrets()).hasSize(2);
        assertThat(key.limits()).containsExactly(new RateLimit(5, Duration.ofSeconds(1), 5, LimitScope.LOCAL));
        assertThat(permits(key, Action.KV_PUT, "CACHE", "app1:x")).isTrue();
        assertThat(permits(key, Action.KV_DELETE, "CACHE", "app1:x")).isFalse();
        assertThat(permits(key, Action.KV_PUT, "OTHER", "app1:x")).isFalse();
        assertThat(permits(key, Action.KV_PUT, "CACHE", "app2:x")).isFalse();
    }

    @Test
    void a_star_is_every_namespace_and_an_empty_prefix_every_key() {
        var key = file(KEYS.formatted(ALL)).find("app").orElseThrow();

        assertThat(permits(key, Action.KV_GET, "anything", "any key")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "namespaces: [\"*\"], prefixes: [\"\"]                        | key app has no scopes and may do"
                        + " nothing",
                "scopes: [kv.get], prefixes: [\"\"]                           | key app has no namespaces and may do"
                        + " nothing",
                "scopes: [kv.get], namespaces: [\"*\"], prefixes: []          | key app has no prefixes and may do"
                        + " nothing",
            })
    void an_empty_list_allows_nothing_and_is_warned_about(String fields, String warning) {
        var config = file(KEYS.formatted(fields));

        assertThat(config.warnings()).containsExactly(warning);
        assertThat(permits(config.find("app").orElseThrow(), Action.KV_GET, "CACHE", "k"))
                .isFalse();
    }

    @Test
    void a_short_secret_is_warned_about() {
        var config = read("", Map.of("KV_REMOTE_SECRET", "sixteen bytes ok"));

        assertThat(config.warnings()).containsExactly("secret of key shared-secret is shorter than 32 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scopes: [kv.*]                            | kv.*",
                "scopes: [kvxget]                          | kvxget",
                "scopes: [kv.get, KV.PUT]                  | KV.PUT",
                "scopes: kv.get                            | not a list",
                "namespaces: [(none)]                      | (none)",
                "prefixes: {a: 1}                          | not a list",
                "cidrs: [192.0.2.1/24]                     | 192.0.2.1/24",
                "cidrs: [localhost]                        | localhost",
                "expires-at: tomorrow                      | tomorrow",
                "rate-limit: {limit: 0}                    | 0",
                "rate-limit: {limit: 5, burst: 4}          | 4",
                "rate-limit: {limit: 5, window: 2d}        | 2d",
                "rate-limit: {limit: 5, scope: global}     | global",
                "rate-limit: {limits: 5}                   | unknown setting",
                "scope: [kv.get]                           | unknown setting",
                "secret: x                                 | unknown setting",
                "secrets: [\"${env:NOT_SET}\"]             | is not set",
                "secrets: [plain]                          | not shown",
                "secrets: []                               | 0 secrets",
                "secrets: [\"${env:S}\", \"${env:T}\", \"${env:U}\"] | 3 secrets",
                "secrets: [\"${env:SHORT}\"]               | not shown",
                "secrets: [\"${env:S}\", \"${env:S}\"]     | each secret once",
            })
    void a_wrong_value_is_refused_in_one_line_with_its_place(String field, String shown) {
        var name = field.substring(0, field.indexOf(':'));
        var secrets = name.equals("secrets") ? "" : "        secrets: [\"${env:S}\"]\n";

        assertThatThrownBy(() -> file("triport:\n  kv:\n    keys:\n      app:\n" + secrets + "        " + field + "\n"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("kv.yml line ")
                .hasMessageContaining("triport.kv.keys")
                .hasMessageContaining(shown)
                .hasMessageContaining("expected: ")
                .hasMessageNotContainingAny(SECRET, OTHER, "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{",
                "{\"app\": 1}",
                "{\"app\": {}}",
                "{\"app\": {\"secret\": \"short\"}}",
                "{\"app\": {\"secret\": \"0123456789abcdef0123456789abcdef\", \"scope\": []}}",
                "{\"app\": {\"secret\": \"0123456789abcdef0123456789abcdef\", \"kv\": {\"namespace\": []}}}",
                "{\"app\": {\"secret\": \"0123456789abcdef0123456789abcdef\", \"scopes\": \"kv.get\"}}",
                "{\"\": {\"secret\": \"0123456789abcdef0123456789abcdef\"}}",
                "{\"a\\u0000b\": {\"secret\": \"0123456789abcdef0123456789abcdef\"}}",
                "{\"app\": {\"secret\": \"0123456789abcdef0123456789abcdef\"}, \"App \": {\"secret\":"
                        + " \"fedcba9876543210fedcba9876543210\"}}",
                "{\"a\": {\"secret\": \"0123456789abcdef0123456789abcdef\"}, \"b\": {\"secret\":"
                        + " \"0123456789abcdef0123456789abcdef \"}}",
                "{\"app\": {\"secret\": {\"x\": \"0123456789abcdef0123456789abcdef\"}}}",
            })
    void a_wrong_key_map_is_refused_in_one_line_without_a_secret(String json) {
        assertThatThrownBy(() -> variable(json))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("ZT_KEYS_JSON")
                .hasMessageNotContainingAny(SECRET, OTHER, "\n");
    }

    @Test
    void volatile_namespaces_are_those_that_are_named_with_the_prefix_of_the_server() {
        var config = file("""
            triport:
              kv:
                prefix: zin_
                volatile-namespaces: [SESSIONS, COPIES]
                volatile-store: rediss://cache.example:6380/2
                volatile-store-password: "${env:T}"
                keys: {app: {secrets: ["${env:S}"], scopes: [kv.get], namespaces: ["*"], prefixes: [""]}}
            """);

        var titles = Set.of(new NamespaceTitle("zin_:SESSIONS"), new NamespaceTitle("zin_:COPIES"));
        assertThat(config.beans())
                .containsExactly(
                        new KvSettings(new StoredNames("zin_"), 100, titles),
                        new VolatileNamespaces(
                                titles, new StorageSettings.Redis("rediss://cache.example:6380/2", Secret.of(OTHER))));
        assertThat(config.warnings())
                .containsExactly("volatile namespaces=zin_:COPIES,zin_:SESSIONS store=rediss://cache.example:6380/2:"
                        + " what they have may vanish at any time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "volatile-namespaces: [A]                                 | triport.kv.volatile-store",
                "volatile-store: 'redis://h'                              | triport.kv.volatile-namespaces",
                "volatile-namespaces: [''], volatile-store: 'redis://h'   | triport.kv.volatile-namespaces",
                "volatile-namespaces: [(none)], volatile-store: 'redis://h' | (none)",
                "volatile-namespaces: [A], volatile-store: 'http://h'     | http://h",
                "volatile-namespaces: [A], volatile-store: 'redis://h', volatile-store-password: plain | not shown",
            })
    void volatile_namespaces_need_a_store_and_a_store_needs_them(String settings, String told) {
        assertThatThrownBy(() -> file("triport: {kv: {" + settings + ", keys: {a: {secrets: ['${env:S}']}}}}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told);
    }

    @Test
    void queues_lie_on_the_server_that_is_named_and_else_on_the_engine() {
        var named = file("""
            triport:
              kv:
                ports: [queue]
                queues: {jobs: {}}
                queue-store: tls://one.example,tls://two.example:4223
                queue-store-user: triport
                queue-store-password: "${env:T}"
                queue-store-stream: jobs
                queue-store-replicas: 3
                keys: {app: {secrets: ["${env:S}"], scopes: [queue.send], queues: ["*"]}}
            """);
        var plain = file("""
            triport:
              kv:
                ports: [queue]
                queues: {jobs: {}}
                keys: {app: {secrets: ["${env:S}"], scopes: [queue.send], queues: ["*"]}}
            """);

        assertThat(named.beans())
                .contains(new QueueServer(
                        "tls://one.example,tls://two.example:4223", "triport", Secret.of(OTHER), "jobs", 3));
        assertThat(plain.beans()).noneMatch(QueueServer.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "queue-store: 'nats://h'                                               | none without queues",
                "ports: [queue], queues: {j: {}}, queue-store: 'http://h'              | http://h",
                "ports: [queue], queues: {j: {}}, queue-store: 'nats://u:p@h'          | triport.kv.queue-store",
                "ports: [queue], queues: {j: {}}, queue-store: 'nats://h,tls://h'      | triport.kv.queue-store",
                "ports: [queue], queues: {j: {}}, queue-store: 'nats://h', queue-store-replicas: 2    | 1, 3 or 5",
                "ports: [queue], queues: {j: {}}, queue-store: 'nats://h', queue-store-stream: 'a.b'  |"
                        + " triport.kv.queue-store-stream",
                "ports: [queue], queues: {j: {}}, queue-store: 'nats://h', queue-store-password: plain | not shown",
            })
    void a_server_of_queues_is_one_that_can_be_reached_and_has_some(String settings, String told) {
        assertThatThrownBy(() -> file("triport: {kv: {" + settings + ", keys: {a: {secrets: ['${env:S}']}}}}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told);
    }

    @Test
    void models_have_what_answers_for_them_and_a_budget() {
        var config = file("""
            triport:
              kv:
                ports: [ai]
                models:
                  "@our/small": {task: rerank, adapter: onnx, directory: models/small, batch: 7, record: true}
                  gpt:
                    task: text-generation
                    adapter: openai
                    base: https://api.example/v1
                    path: /responses
                    model: theirs
                    key: "${env:S}"
                    max-tokens: 9
                  words: {task: text-embeddings, adapter: hash}
                model-budget: {per-minute: 5, per-day: 6}
                keys: {app: {secrets: ["${env:S}"], scopes: [ai.run], models: ["@our/small"]}}
            """);

        var models = config.beans().stream()
                .filter(ModelBindings.class::isInstance)
                .map(ModelBindings.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(models.budget()).isEqualTo(new TokenBudget(5, 6));
        assertThat(models.models())
                .extracting(ModelBinding::backend)
                .containsExactly(
                        new ModelBackend.Onnx("models/small"),
                        new ModelBackend.OpenAi(
                                URI.create("https://api.example/v1"), "/responses", "theirs", Secret.of(SECRET)),
                        new ModelBackend.Hash(256));
        assertThat(models.models())
                .extracting(ModelBinding::recording)
                .containsExactly(Recording.INPUT_AND_OUTPUT, Recording.NEVER, Recording.NEVER);
        assertThat(models.models().getFirst().info().limits().batch()).isEqualTo(7);
        var key = config.find("app").orElseThrow();
        assertThat(permits(key, Action.AI_RUN, "@our/small", "")).isTrue();
        assertThat(permits(key, Action.AI_RUN, "gpt", "")).isFalse();
        assertThat(config.explained())
                .containsExactly("key app: ai.run on no namespace with no key on model @our/small");
    }

    @Test
    void resources_of_ports_are_what_a_key_reaches_with_its_prefixes_where_they_hold() {
        var config = file("""
            triport:
              kv:
                ports: [object, cache, vector, do]
                buckets: [files]
                caches: [pages]
                indexes: {docs: {dimensions: 2}}
                classes: {tallies: {code: io.triport.kv.TalliedObject}}
                keys:
                  app:
                    secrets: ["${env:S}"]
                    scopes: [object.get, cache.match, vector.query, do.turn]
                    buckets: [files]
                    caches: ["*"]
                    indexes: [docs]
                    classes: [tallies]
                    prefixes: [a]
            """);

        var key = config.find("app").orElseThrow();
        assertThat(permits(key, Action.OBJECT_GET, "files", "a/b")).isTrue();
        assertThat(permits(key, Action.OBJECT_GET, "files", "b")).isFalse();
        assertThat(permits(key, Action.OBJECT_PUT, "files", "a/b")).isFalse();
        assertThat(permits(key, Action.CACHE_MATCH, "any", "a")).isTrue();
        assertThat(permits(key, Action.CACHE_MATCH, "any", "b")).isFalse();
        assertThat(permits(key, Action.VECTOR_QUERY, "docs", "")).isTrue();
        assertThat(permits(key, Action.DURABLE_TURN, "tallies", "ab")).isTrue();
        assertThat(permits(key, Action.DURABLE_TURN, "tallies", "b")).isFalse();
        assertThat(config.explained())
                .containsExactly(
                        "key app: cache.match, do.turn, object.get, vector.query on no namespace with keys from a"
                                + " on bucket files with keys from a on class tallies with keys from a"
                                + " on every cache with keys from a on index docs");
        assertThat(config.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache-memory: 8MiB                                              | 8 | 8",
                "cache-memory: 1GiB                                              | 1024 | 512",
                "cache-memory: 8MiB, cache-directory: /var/d, cache-disk: 64MiB  | 8 | 64",
                "cache-memory: 8MiB, cache-directory: /var/d, cache-disk: 10GiB  | 8 | 512",
                "cache-memory: 1GiB, cache-directory: /var/d, cache-disk: 1MiB   | 1024 | 1",
            })
    void one_response_may_take_all_of_what_large_ones_have(String settings, int memory, int largest) {
        var config = file("triport: {kv: {ports: [cache], caches: [pages], " + settings
                + ", keys: {a: {secrets: ['${env:S}'], scopes: [cache.match], caches: [pages], prefixes: [a]}}}}");

        assertThat(config.beans())
                .filteredOn(CachePlan.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(CachePlan.class, plan -> {
                    assertThat(plan.limits())
                            .isEqualTo(new CacheLimits(ByteSize.ofMiB(memory), ByteSize.ofMiB(largest)));
                    assertThat(plan.place() instanceof CachePlace.MemoryAndDisk).isEqualTo(settings.contains("disk"));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ports: [object]                             | triport.kv.buckets",
                "buckets: [files]                            | object among them",
                "ports: [object], buckets: [NO]              | triport.kv.buckets",
                "ports: [sql], databases: [a], sql-history: {directory: near}  | triport.kv.sql-history.directory",
                "ports: [sql], databases: [a], sql-history: {bucket: b}        | only beside endpoint",
                "ports: [sql], databases: [a], sql-history: {directory: /d, endpoint: 'http://e', bucket: b} | none"
                        + " beside endpoint",
                "ports: [sql], databases: [a], sql-history: {endpoint: 'http://e/f'} | without a path",
                "ports: [sql], databases: [a], sql-history: {endpoint: 'http://e', bucket: b} |"
                        + " triport.kv.sql-history.access-key-id",
                "sql-history: {directory: /d}                | triport.kv.sql-history",
                "ports: [cache]                              | triport.kv.caches",
                "ports: [cache], caches: [a], cache-disk: 1GiB           | triport.kv.cache-directory",
                "ports: [cache], caches: [a], cache-directory: d         | triport.kv.cache-disk",
                "ports: [cache], caches: [a], cache-directory: d, cache-disk: 1KiB | triport.kv.cache-disk",
                "ports: [cache], caches: [a], cache-directory: '', cache-disk: 1GiB | triport.kv.cache-directory",
                "cache-directory: d, cache-disk: 1GiB                    | none without caches",
                "ports: [cache], caches: [a], cache-directory: d, cache-disk: 1GiB, cache-store: 'redis://h' |"
                        + " cache-store",
                "ports: [vector]                             | triport.kv.indexes",
                "ports: [do]                                 | triport.kv.classes",
                "ports: [do], classes: {a: {}}               | triport.kv.classes.a.code",
                "ports: [do], classes: {a: {code: b.C}}      | io.triport.kv.TalliedObject",
                "peers: {listen: 'h:1', ca: /c, cert: /c, key: /k} | triport.kv.peers",
                "peers: {listen: 'h:1'}                      | triport.kv.peers.ca",
                "peers: {listen: h}                          | triport.kv.peers.listen",
                "peers: {announce: 'h:1'}                    | triport.kv.peers.listen",
                "peers: {announce: 'h:65536'}                | triport.kv.peers.announce",
            })
    void ports_without_resources_and_resources_without_ports_end_the_start(String settings, String told) {
        assertThatThrownBy(() -> file("triport: {kv: {" + settings + ", keys: {a: {secrets: ['${env:S}']}}}}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "m: {adapter: echo}                                              | m.task: none",
                "m: {task: cooking, adapter: echo}                               | cooking",
                "m: {task: other}                                                | m.adapter: none",
                "m: {task: other, adapter: echo, directory: d}                   | m.directory: given",
                "m: {task: rerank, adapter: onnx}                                | m.directory: none",
                "m: {task: rerank, adapter: onnx, directory: d, dimensions: 3}   | m.dimensions: given",
                "m: {task: text-embeddings, adapter: hash, dimensions: 4097}     | 4097",
                "m: {task: other, adapter: openai, path: /x, model: y}           | m.base: none",
                "m: {task: other, adapter: openai, base: 'http://h', model: y}   | m.path: none",
                "m: {task: other, adapter: openai, base: 'ftp://h', path: /x, model: y} | ftp://h",
                "m: {task: other, adapter: openai, base: 'http://h', path: /x, model: y, key: plain} | not shown",
                "m: {task: other, adapter: echo, price-input: -1}                | -1",
                "m: {task: other, adapter: echo, batch: 101}                     | 101",
                "'m m': {task: other, adapter: echo}                             | not a name of a model",
            })
    void a_wrong_setting_of_a_model_is_refused_with_its_place(String model, String shown) {
        var yaml = "triport:\n  kv:\n    ports: [ai]\n    models:\n      " + model
                + "\n    keys: {app: {secrets: [\"${env:S}\"]}}\n";

        assertThatThrownBy(() -> file(yaml))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("kv.yml line ")
                .hasMessageContaining("triport.kv.models.")
                .hasMessageContaining(shown)
                .hasMessageContaining("expected: ");
    }

    @Test
    void models_and_their_port_come_together() {
        assertThatThrownBy(() -> file("triport: {kv: {ports: [ai], keys: {app: {secrets: [\"${env:S}\"]}}}}"))
                .hasMessageContaining("triport.kv.models: none");
        assertThatThrownBy(() -> file("triport: {kv: {models: {m: {task: other, adapter: echo}}, keys: {app: {secrets:"
                        + " [\"${env:S}\"]}}}}"))
                .hasMessageContaining("ai among them");
    }

    @Test
    void without_any_identity_the_proxy_does_not_start() {
        assertThatThrownBy(() -> read("", Map.of("KV_REMOTE_SECRET", "  ", "APP_KEY", "")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("triport.kv.keys: no identity configured");
        assertThatThrownBy(() -> file("triport: {kv: {keys: {}}}")).hasMessageContaining("no identity configured");
    }

    @Test
    void a_misspelled_name_of_the_keys_is_named() {
        assertThatThrownBy(() -> file("triport:\n  kv:\n    key: {a: {secrets: [\"${env:S}\"]}}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("line 3: triport.kv.key: unknown setting (expected: one of [callers, keys, ");
    }

    @Test
    void a_blank_secret_falls_through_to_the_key_of_the_app() {
        var config = read("", Map.of("KV_REMOTE_SECRET", " ", "APP_KEY", SECRET));

        assertThat(config.find("whoever")).isPresent();
        assertThat(config.explained()).containsExactly("any key id, one secret: every operation on every namespace");
    }

    @Test
    void a_map_wins_over_the_one_secret_and_says_so() {
        var config = read(KEYS.formatted(ALL), Map.of("S", SECRET, "KV_REMOTE_SECRET", OTHER));

        assertThat(config.find("whoever")).isEmpty();
        assertThat(config.warnings())
                .containsExactly("KV_REMOTE_SECRET and APP_KEY are ignored because there is a key map");
    }

    @Test
    void two_key_maps_are_refused() {
        var environment = Map.of("S", SECRET, "ZT_KEYS_JSON", "{\"app\": {\"secret\": \"" + OTHER + "\"}}");

        assertThatThrownBy(() -> read(KEYS.formatted(ALL), environment))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("one of the two");
    }

    @Test
    void the_variables_of_the_original_are_understood() {
        var config = read(
                "",
                Map.of(
                        "KV_REMOTE_SECRET", SECRET,
                        "ZT_KV_PREFIX", "zin_",
                        "ZT_KV_LIST_LIMIT", "7",
                        "ZT_MAX_BODY_BYTES", "1000",
                        "ZT_PROXY_SIGNING_WINDOW_MS", "5000"));

        assertThat(config.beans()).containsExactly(new KvSettings(new StoredNames("zin_"), 7));
        assertThat(config.maxBody()).isEqualTo(ByteSize.ofBytes(1000));
        assertThat(config.nonceWindow()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.nonceMemory()).isEqualTo(Duration.ofSeconds(70));
    }

    @ParameterizedTest
    @CsvSource({
        "ZT_KV_LIST_LIMIT, 0",
        "ZT_KV_LIST_LIMIT, 1001",
        "ZT_KV_LIST_LIMIT, many",
        "ZT_MAX_BODY_BYTES, 0",
        "ZT_MAX_BODY_BYTES, 35651585",
        "ZT_MAX_BODY_BYTES, -1",
        "ZT_PROXY_SIGNING_WINDOW_MS, 999",
        "ZT_PROXY_SIGNING_WINDOW_MS, 3600001",
        "ZT_PROXY_SIGNING_WINDOW_MS, 1e3",
        "ZT_KV_PREFIX, (none)"
    })
    void a_wrong_variable_of_the_original_is_named(String variable, String value) {
        assertThatThrownBy(() -> read("", Map.of("KV_REMOTE_SECRET", SECRET, variable, value)))
                .isInstanceOf(ConfigError.class)
                .hasMessageStartingWith("environment " + variable + ": triport.kv.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "/base/", "/", "/a b", "/ä", "/{x}"})
    void a_wrong_base_path_is_refused(String path) {
        assertThatThrownBy(() -> file("triport: {listen: {base-path: \"" + path
                        + "\"}, kv: {keys: {app: {secrets: [\"${env:S}\"]}}}}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("triport.listen.base-path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits: {header-bytes: 1}",
                "limits: {header-bytes: 1GiB}",
                "limits: {connections: 0}",
                "limits: {request-line: 128KiB}",
                "limits: {header-fields: 0}",
                "limits: {query-parameters: none}",
                "limits: {requests-per-connection: 0}",
                "limits: {chunk-extension: 8KiB}",
                "limits: {trailers: 1MiB}",
                "limits: {streamed-bodies: 0}",
                "limits: {held-bodies: 25}",
                "limits: {held-bodies: 90%}",
                "limits: {concurrency: {most: 4, least: 8}}",
                "limits: {concurrency: {start: 2000}}",
                "limits: {concurrency: {queue-age: 2s}}",
                "timeouts: {head: 0s}",
                "timeouts: {first-byte: forever}",
                "timeouts: {keep-alive: 2h}",
                "timeouts: {stalled-reply: -1s}",
                "timeouts: {body-whole: 1ms}",
                "timeouts: {body-idle: 0s}",
                "timeouts: {body-rate: 0}",
                "timeouts: {body-rate-after: 2h}",
                "stop: {last-replies: 1h}",
                "trusted-proxies: [0.0.0.0/0]",
                "trusted-proxies: [\"::/0\"]",
                "listen: {port: 65536}",
                "stop: {drain-delay: 1h}"
            })
    void a_wrong_limit_of_the_edge_is_refused(String yaml) {
        assertThatThrownBy(() -> file("triport:\n  " + yaml + "\n  kv: {keys: {app: {secrets: [\"${env:S}\"]}}}\n"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("kv.yml line 2");
    }

    @Test
    void the_limits_of_the_edge_are_those_of_the_contract() {
        var edge = edge("");

        assertThat(edge.limits()).isEqualTo(EdgeLimits.collecting(ByteSize.ofKiB(128)));
        assertThat(edge.stop()).isEqualTo(new EdgeSettings.Stop(Duration.ofSeconds(2), Duration.ofSeconds(25)));
    }

    @Test
    void every_limit_of_the_edge_can_be_set() {
        var edge = edge("""
              limits:
                connections: 11
                per-ip-connections: 10
                requests-per-connection: 9
                request-line: 2KiB
                header-bytes: 3KiB
                header-fields: 8
                query-parameters: 7
                chunk-extension: 6
                trailers: 5
                streamed-bodies: 4KiB
                held-bodies: 30%
                concurrency: {start: 5, least: 4, most: 6, queue-age: 3ms}
              timeouts:
                first-byte: 1s
                head: 2s
                keep-alive: 3s
                stalled-reply: 4s
                body-whole: 5s
                body-idle: 6s
                body-rate: 7
                body-rate-after: 8s
              stop: {drain-delay: 9s, last-replies: 10s}
            """);

        assertThat(edge.limits())
                .isEqualTo(new EdgeLimits(
                        new EdgeLimits.Head(ByteSize.ofKiB(2), ByteSize.ofKiB(3), 8, 7),
                        new EdgeLimits.Body(
                                ByteSize.ofMiB(8192), ByteSize.ofBytes(6), ByteSize.ofBytes(5), ByteSize.ofKiB(4), 30),
                        new EdgeLimits.Patience(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4)),
                        new EdgeLimits.Pace(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                ByteSize.ofBytes(7),
                                Duration.ofSeconds(8)),
                        new EdgeLimits.Connections(11, 10, 9),
                        new EdgeLimits.Work(5, 4, 6, Duration.ofMillis(3))));
        assertThat(edge.stop()).isEqualTo(new EdgeSettings.Stop(Duration.ofSeconds(9), Duration.ofSeconds(10)));
    }

    /** @param yaml keys of the shared section, indented */
    private static EdgeSettings edge(String yaml) {
        var text = "triport:\n  kv: {keys: {app: {secrets: [\"${env:S}\"]}}}\n" + yaml;
        var sources = new Sources(ConfigFile.parse("kv.yml", text), Map.of("S", SECRET), Map.of());
        var triport = sources.root().section("triport");
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, Path.of("unused"));
        var config = KvProxyConfig.read(triport, sources, mode, new SeededRandomness(1));
        var edge = EdgeSettings.read("kv-proxy", 1, 2, triport, config.maxBody(), config.usualLimits());
        sources.root().refuseUnknown();
        return edge;
    }

    @Test
    void a_development_key_is_made_once_for_its_owners_eyes(@TempDir Path directory) throws IOException {
        var mode = new StartMode(StartMode.Credentials.DEVELOPMENT, directory);
        var file = directory.resolve("dev/kv-proxy.secret");

        var first = read("", Map.of(), mode);
        var secret = Files.readString(file);
        var second = read("", Map.of(), mode);

        assertThat(first.ready()).containsExactly("key-id=dev", "secret-file=" + file);
        assertThat(second.ready()).isEqualTo(first.ready());
        assertThat(Files.readString(file)).isEqualTo(secret).hasSizeGreaterThanOrEqualTo(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(first.find("dev").orElseThrow().secrets())
                .isEqualTo(second.find("dev").orElseThrow().secrets());
        assertThat(first.find("other")).isEmpty();
    }

    @Test
    void what_a_key_may_is_told_without_its_secret() {
        var config = file(
                KEYS.formatted("scopes: [kv.get], namespaces: [CACHE], prefixes: [\"a:\"], cidrs: [192.0.2.0/24]"));

        assertThat(config.explained())
                .containsExactly("key app: kv.get on namespace CACHE with keys from a:, from [192.0.2.0/24]");
        assertThat(config.explained().toString()).doesNotContain(SECRET);
    }

    @Test
    void a_newer_reading_gives_its_keys_and_nothing_else() {
        var running = file(KEYS.formatted(ALL));
        var newer =
                read("triport: {kv: {list-limit: 5, keys: {other: {secrets: [\"${env:S}\"]}}}}", Map.of("S", OTHER));

        running.adopt(newer);

        assertThat(running.find("app")).isEmpty();
        assertThat(running.find("other")).isPresent();
        assertThat(running.beans()).containsExactly(new KvSettings(new StoredNames(""), 100));
    }

    @Test
    void callers_with_tokens_are_identity_enough_to_start() {
        var config = file(CALLERS.formatted("by: idp, subjects: [\"repo:acme/*\"], roles: [ops], " + ALL));

        assertThat(config.find("anybody")).isEmpty();
        assertThat(config.mechanisms()).hasSize(2);
        assertThat(config.beans()).contains(new AddedMechanisms(HmacMechanism.NAME, List.of(new MechanismName("idp"))));
        assertThat(config.explained())
                .containsExactly("caller one: repo:acme/*, role ops by idp: kv.get on every namespace with every key");
        assertThat(config.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subjects: [a]                 | triport.kv.callers.one.by: missing (expected: a name in identity: one"
                        + " of [idp])",
                "by: other, subjects: [a]      | triport.kv.callers.one.by: other (expected: a name in identity",
                "by: idp                       | triport.kv.callers.one.subjects: none, and no roles",
                "by: idp, subjects: [\"*\"]     | triport.kv.callers.one.subjects",
                "by: idp, subjects: [a], to: 1 | triport.kv.callers.one.to",
                "by: idp, subjects: [a], scopes: [kv.all] | triport.kv.callers.one.scopes",
            })
    void a_caller_that_cannot_be_is_told_by_its_key(String caller, String message) {
        assertThatThrownBy(() -> file(CALLERS.formatted(caller)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "idp: {issuer: a}                | identity.idp.type: missing (expected: api-key or jwt)",
                "idp: {type: session}            | identity.idp.type: session (expected: api-key or jwt)",
                "hmac: {type: api-key}           | identity.hmac: hmac (expected: a name of 1..32 characters",
                "public: {type: api-key}         | identity.public: public",
                "Upper: {type: api-key}          | identity.Upper: Upper",
                "idp: {type: jwt, audience: [a]} | identity.idp",
            })
    void a_mechanism_that_cannot_be_is_told_by_its_key(String mechanism, String message) {
        assertThatThrownBy(() -> file("identity: {" + mechanism + "}"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_mechanism_that_no_caller_comes_by_is_warned_about() {
        var config = file("identity: {idp: {type: jwt, issuer: a, audience: [b], jwks: https://idp.example/keys}}");

        assertThat(config.warnings()).containsExactly("nobody of identity idp is among the callers");
    }

    @Test
    void a_newer_reading_gives_its_callers() {
        var running = file(CALLERS.formatted("by: idp, subjects: [a], " + ALL));

        running.adopt(file(CALLERS.formatted("by: idp, subjects: [b], " + ALL)));

        assertThat(running.explained())
                .containsExactly("caller one: b by idp: kv.get on every namespace with every key");
        assertThat(running.adoptable()).contains("triport.kv.callers");
    }

    @Test
    void a_guard_of_writes_is_there_where_it_is_switched_on() {
        var guarded = read("triport: {kv: {write-guard: true}}", Map.of("KV_REMOTE_SECRET", SECRET));
        var open = read("triport: {kv: {write-guard: false}}", Map.of("KV_REMOTE_SECRET", SECRET));

        assertThat(guarded.beans()).contains(WriteGuard.USUAL);
        assertThat(open.beans()).doesNotContain(WriteGuard.USUAL);
    }

    @Property
    void no_text_of_a_setting_ends_in_anything_but_a_configuration_error(
            @ForAll @StringLength(max = 30) String name, @ForAll @StringLength(max = 30) String value) {
        var json = new JsonWriter()
                .beginObject()
                .name(name)
                .beginObject()
                .name("secret")
                .text(SECRET)
                .name("scopes")
                .beginArray()
                .text("kv.get")
                .endArray()
                .name("kv")
                .beginObject()
                .name("namespaces")
                .beginArray()
                .text(value)
                .endArray()
                .name("prefixes")
                .beginArray()
                .text(value)
                .endArray()
                .endObject()
                .endObject()
                .endObject()
                .bytes();

        assertThatCode(() -> {
                    try {
                        variable(new String(json.toByteArray(), java.nio.charset.StandardCharsets.UTF_8));
                    } catch (ConfigError e) {
                        assertThat(e.getMessage()).doesNotContain(SECRET);
                    }
                })
                .doesNotThrowAnyException();
    }

    private static boolean permits(SigningKey key, Action action, String container, String item) {
        return key.permissions().permits(action, new ResourceName(container, Bytes.utf8(item)));
    }

    private static KvProxyConfig file(String yaml) {
        return read(yaml, Map.of("S", SECRET, "T", OTHER, "U", SECRET + OTHER, "SHORT", "fifteen bytes.."));
    }

    private static KvProxyConfig variable(String json) {
        return read("", Map.of("ZT_KEYS_JSON", json));
    }

    private static KvProxyConfig read(String yaml, Map<String, String> environment) {
        return read(yaml, environment, new StartMode(StartMode.Credentials.CONFIGURED, Path.of("unused")));
    }

    /** As the launch reads it. */
    private static KvProxyConfig read(String yaml, Map<String, String> environment, StartMode mode) {
        var sources = new Sources(ConfigFile.parse("kv.yml", yaml), environment, Map.of());
        var root = sources.root();
        var triport = root.section("triport");
        var config = KvProxyConfig.read(triport, sources, mode, new SeededRandomness(1));
        EdgeSettings.read("kv-proxy", 1, 2, triport, config.maxBody());
        root.refuseUnknown();
        return config;
    }
}
