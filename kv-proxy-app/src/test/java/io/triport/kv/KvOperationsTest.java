package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.identity.edge.BodyBudget;
import io.triport.kv.ProxyUnderTest.Answer;
import io.triport.testkit.FakeStorageEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations over HTTP, and what a key may do with them. Each test uses keys of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KvOperationsTest {
    private static final String YAML = """
        triport:
          kv:
            prefix: zin_
            keys:
              all:     {secrets: ["${env:ALL}"], scopes: [kv.get, kv.put, kv.delete, kv.list], namespaces: ["*"], prefixes: [""]}
              reader:  {secrets: ["${env:READER}"], scopes: [kv.get], namespaces: [CACHE], prefixes: [""]}
              limited: {secrets: ["${env:LIMITED}"], scopes: [kv.get, kv.put, kv.delete, kv.list], namespaces: [CACHE], prefixes: ["app1:"]}
              slow:    {secrets: ["${env:SLOW}"], scopes: [kv.get], namespaces: [CACHE], prefixes: [""], rate-limit: {limit: 2, window: 1d}}
              local:   {secrets: ["${env:LOCAL}"], scopes: [kv.get], namespaces: [CACHE], prefixes: [""], cidrs: [192.0.2.0/24]}
              old:     {secrets: ["${env:OLD}"], scopes: [kv.get], namespaces: [CACHE], prefixes: [""], expires-at: 2025-01-01T00:00:00Z}
              none:    {secrets: ["${env:NONE}"], scopes: [kv.get], namespaces: [], prefixes: [""]}
        """;
    private static final Map<String, String> SECRETS = java.util.stream.Stream.of(
                    "ALL", "READER", "LIMITED", "SLOW", "LOCAL", "OLD", "NONE")
            .collect(Collectors.toMap(name -> name, name -> name + "-secret-0123456789abcdef-0123456789"));

    private final KvWorld world = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final Signer all = signer("all");
    private final Signer limited = signer("limited");
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, SECRETS);

    @BeforeAll
    void store_what_the_limited_key_must_not_see() {
        ok("put", "{\"namespace\":\"CACHE\",\"key\":\"app2:secret\",\"value\":1}");
        ok("put", "{\"namespace\":\"OTHER\",\"key\":\"app1:secret\",\"value\":1}");
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    @Test
    void a_value_comes_back_with_its_digits_and_the_order_of_its_members() {
        ok("put", "{\"namespace\":\"N\",\"key\":\"digits\",\"value\":{\"b\":1.10,\"a\":[1e2,\"\\u00e9\\/\"]}}");

        assertThat(ok("get", "{\"namespace\":\"N\",\"key\":\"digits\",\"type\":\"json\"}"))
                .isEqualTo("{\"value\":{\"b\":1.10,\"a\":[1e2,\"é/\"]}}");
        assertThat(ok("get", "{\"namespace\":\"N\",\"key\":\"digits\"}"))
                .isEqualTo("{\"value\":\"{\\\"b\\\":1.10,\\\"a\\\":[1e2,\\\"é/\\\"]}\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get    | {\"key\":\"k\",\"type\":\"arrayBuffer\"}",
                "put    | {\"key\":\"k\"}",
                "put    | {\"key\":\"\",\"value\":1}",
                "put    | {\"key\":\"\\u00a0\\ufeff\\t\",\"value\":1}",
                "put    | {\"key\":\".\",\"value\":1}",
                "put    | {\"key\":\"..\",\"value\":1}",
                "put    | {\"key\":\"\\ud800\",\"value\":1}",
                "put    | {\"namespace\":\"(none)\",\"key\":\"k\",\"value\":1}",
                "put    | {\"namespace\":\"\\ud800\",\"key\":\"k\",\"value\":1}",
                "list   | {\"cursor\":\"made-up\"}",
                "list   | {\"namespace\":\"N\",\"cursor\":\"made-up\"}",
                "list   | {\"namespace\":\"N\",\"prefix\":\"\\ud800\"}",
                "list   | {\"prefix\":\"\\ud800\"}",
                "get-many    | {\"keys\":[]}",
                "get-many    | {\"keys\":\"k\"}",
                "get-many    | {\"keys\":[1]}",
                "put-many    | {\"items\":[]}",
                "put-many    | {\"items\":[1]}",
                "put-many    | {\"items\":[{\"key\":\"k\"}]}",
                "delete-many | {}",
                "delete-many | {\"keys\":[\"\"]}",
            })
    void what_the_operation_does_not_take_is_a_validation_error(String operation, String json) {
        assertRefused(proxy.post(all, operation, json), 400, "VALIDATION_ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"key\":\"k\",\"value\":01}", "\u00a0", "{} {}"})
    void what_is_not_json_is_refused(String json) {
        assertRefused(proxy.post(all, "put", json), 400, "INVALID_JSON");
    }

    @Test
    void keys_have_512_bytes_at_most() {
        var longest = "é".repeat(256);

        assertThat(proxy.post(all, "put", put("N", longest)).status()).isEqualTo(200);
        assertRefused(proxy.post(all, "put", put("N", longest + "x")), 400, "VALIDATION_ERROR");
        assertRefused(
                proxy.post(all, "get", "{\"namespace\":\"N\",\"key\":\"" + longest + "x\"}"), 400, "VALIDATION_ERROR");
    }

    @Test
    void a_namespace_is_trimmed_and_a_key_is_not() {
        ok("put", "{\"namespace\":\" \\u00a0TRIM\\n\",\"key\":\" k \",\"value\":1}");

        assertThat(ok("list", "{\"namespace\":\"TRIM\"}"))
                .isEqualTo("{\"keys\":[\"zin_:TRIM: k \"],\"listComplete\":true}");
        assertThat(ok("get", "{\"namespace\":\"TRIM\",\"key\":\"k\"}")).isEqualTo("{\"value\":null}");
    }

    @Test
    void pairs_that_join_to_one_name_stay_apart() {
        ok("put", "{\"namespace\":\"J\",\"key\":\"b:c\",\"value\":1}");
        ok("put", "{\"namespace\":\"J:b\",\"key\":\"c\",\"value\":2}");

        assertThat(ok("get", "{\"namespace\":\"J\",\"key\":\"b:c\",\"type\":\"json\"}"))
                .isEqualTo("{\"value\":1}");
        assertThat(ok("get", "{\"namespace\":\"J:b\",\"key\":\"c\",\"type\":\"json\"}"))
                .isEqualTo("{\"value\":2}");
        assertThat(ok("list", "{\"prefix\":\"J:b\"}"))
                .isEqualTo("{\"keys\":[\"zin_:J:b:c\",\"zin_:J:b:c\"],\"listComplete\":true}");
    }

    @Test
    void lifetimes_are_rounded_down_and_short_ones_honoured() {
        ok("put", "{\"namespace\":\"T\",\"key\":\"short\",\"value\":1,\"ttlSeconds\":5.9}");
        for (var none : new String[] {"0", "-1", "\"5\"", "null", "0.5", "1e400"}) {
            ok("put", "{\"namespace\":\"T\",\"key\":\"never\",\"value\":1,\"ttlSeconds\":" + none + "}");
            assertThat(ok("get", "{\"namespace\":\"T\",\"key\":\"never\",\"withMetadata\":true}"))
                    .as(none)
                    .isEqualTo("{\"value\":\"1\",\"metadata\":null}");
        }
        var end = world.clock().in(Duration.ofSeconds(5)).getEpochSecond();
        assertThat(ok("get", "{\"namespace\":\"T\",\"key\":\"short\",\"withMetadata\":true}"))
                .isEqualTo("{\"value\":\"1\",\"metadata\":null,\"expiration\":" + end + "}");

        world.clock().advance(Duration.ofSeconds(5));

        assertThat(ok("get", "{\"namespace\":\"T\",\"key\":\"short\"}")).isEqualTo("{\"value\":null}");
    }

    @Test
    void metadata_is_kept_and_bounded() {
        ok("put", "{\"namespace\":\"M\",\"key\":\"k\",\"value\":1,\"metadata\":{\"v\":1.0}}");
        var tooMuch = "{\"namespace\":\"M\",\"key\":\"k\",\"value\":1,\"metadata\":\"" + "x".repeat(1023) + "\"}";

        assertThat(ok("get", "{\"namespace\":\"M\",\"key\":\"k\",\"type\":\"json\",\"withMetadata\":true}"))
                .isEqualTo("{\"value\":1,\"metadata\":{\"v\":1.0}}");
        assertRefused(proxy.post(all, "put", tooMuch), 400, "VALIDATION_ERROR");
    }

    @Test
    void many_are_written_read_and_deleted_at_once() {
        assertThat(
                        ok(
                                "put-many",
                                "{\"namespace\":\"B\",\"items\":[{\"key\":\"a\",\"value\":1},{\"key\":\".\",\"value\":1},{\"key\":\"b\",\"value\":2}]}"))
                .isEqualTo("{\"ok\":2,\"failed\":[{\"key\":\".\",\"code\":\"BAD_REQUEST\"}]}");
        assertThat(ok("get-many", "{\"namespace\":\"B\",\"keys\":[\"a\",\"x\",\"b\",\"a\"],\"type\":\"json\"}"))
                .isEqualTo("{\"values\":{\"a\":1,\"x\":null,\"b\":2}}");
        assertThat(ok("delete-many", "{\"namespace\":\"B\",\"keys\":[\"a\",\"x\"]}"))
                .isEqualTo("{\"ok\":2,\"failed\":[]}");
        assertThat(ok("get-many", "{\"namespace\":\"B\",\"keys\":[\"a\",\"b\"]}"))
                .isEqualTo("{\"values\":{\"a\":null,\"b\":\"2\"}}");
        assertThat(ok("get-many", "{\"namespace\":\"nowhere\",\"keys\":[\"a\"]}"))
                .isEqualTo("{\"values\":{\"a\":null}}");
    }

    @Test
    void a_key_that_cannot_be_stored_fails_by_itself_in_every_batch() {
        var tooLong = "x".repeat(513);
        var keys = "[\"good\",\"..\",\"" + tooLong + "\",\"\\ud800\"]";
        var failed = "[{\"key\":\"..\",\"code\":\"BAD_REQUEST\"},{\"key\":\"" + tooLong
                + "\",\"code\":\"KEY_TOO_LONG\"},{\"key\":\"\\ud800\",\"code\":\"BAD_REQUEST\"}]";
        ok("put", put("F", "good"));

        assertThat(ok("get-many", "{\"namespace\":\"F\",\"keys\":" + keys + "}"))
                .isEqualTo("{\"values\":{\"good\":\"1\"},\"failed\":" + failed + "}");
        assertThat(ok("delete-many", "{\"namespace\":\"F\",\"keys\":" + keys + "}"))
                .isEqualTo("{\"ok\":1,\"failed\":" + failed + "}");
        assertThat(ok("get", "{\"namespace\":\"F\",\"key\":\"good\"}")).isEqualTo("{\"value\":null}");
    }

    @Test
    void a_batch_of_nothing_but_keys_that_cannot_be_stored_is_answered_without_storage() {
        var failed = "[{\"key\":\".\",\"code\":\"BAD_REQUEST\"}]";

        assertThat(ok("get-many", "{\"namespace\":\"nowhere\",\"keys\":[\".\"]}"))
                .isEqualTo("{\"values\":{},\"failed\":" + failed + "}");
        assertThat(ok("delete-many", "{\"namespace\":\"nowhere\",\"keys\":[\".\"]}"))
                .isEqualTo("{\"ok\":0,\"failed\":" + failed + "}");
        assertThat(ok("put-many", "{\"namespace\":\"nowhere\",\"items\":[{\"key\":\".\",\"value\":1}]}"))
                .isEqualTo("{\"ok\":0,\"failed\":" + failed + "}");
    }

    @Test
    void a_batch_has_100_keys_to_read_at_most() {
        var keys = IntStream.range(0, 101).mapToObj(i -> "\"k" + i + "\"").collect(Collectors.joining(","));

        assertRefused(proxy.post(all, "get-many", "{\"keys\":[" + keys + "]}"), 400, "VALIDATION_ERROR");
    }

    @ParameterizedTest
    @CsvSource({"put", "delete", "list", "put-many", "delete-many"})
    void an_operation_outside_the_scopes_is_denied(String operation) {
        assertRefused(proxy.post(signer("reader"), operation, "{}"), 403, "SCOPE_DENIED");
    }

    @Test
    void a_namespace_outside_the_keys_is_denied_whether_it_exists_or_not() {
        for (var namespace : new String[] {"OTHER", "NOWHERE", "cache", "CACHE:app1", "*", "zin_:CACHE", ""}) {
            var json = "{\"namespace\":\"" + namespace + "\",\"key\":\"app1:secret\",\"value\":1,\"prefix\":\"app1:\"}";
            for (var operation : new String[] {"get", "put", "delete"}) {
                assertRefused(proxy.post(limited, operation, json), 403, "NAMESPACE_DENIED");
            }
        }
        assertRefused(
                proxy.post(signer("none"), "get", "{\"namespace\":\"CACHE\",\"key\":\"k\"}"), 403, "NAMESPACE_DENIED");
    }

    @Test
    void a_key_outside_the_prefixes_is_denied_whether_it_exists_or_not() {
        for (var key : new String[] {"app2:secret", "app2:nothing", "app1", "APP1:x", "a", "\\uff41pp1:x", " app1:x"}) {
            var json = "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"value\":1}";
            for (var operation : new String[] {"get", "put", "delete"}) {
                assertRefused(proxy.post(limited, operation, json), 403, "PREFIX_DENIED");
            }
        }
        for (var prefix : new String[] {"", "app", "app1", "app2:", "APP1:"}) {
            assertRefused(
                    proxy.post(limited, "list", "{\"namespace\":\"CACHE\",\"prefix\":\"" + prefix + "\"}"),
                    403,
                    "PREFIX_DENIED");
        }
        assertThat(proxy.post(limited, "get", "{\"namespace\":\"CACHE\",\"key\":\"app1:\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void one_member_of_a_batch_outside_the_prefixes_denies_all_of_it() {
        var items =
                "{\"namespace\":\"CACHE\",\"items\":[{\"key\":\"app1:batch\",\"value\":1},{\"key\":\"app2:x\",\"value\":1}]}";

        assertRefused(proxy.post(limited, "put-many", items), 403, "PREFIX_DENIED");
        assertRefused(
                proxy.post(limited, "delete-many", "{\"namespace\":\"CACHE\",\"keys\":[\"app1:x\",\"app2:secret\"]}"),
                403,
                "PREFIX_DENIED");
        assertRefused(
                proxy.post(limited, "get-many", "{\"namespace\":\"CACHE\",\"keys\":[\"app1:x\",\"app2:secret\"]}"),
                403,
                "PREFIX_DENIED");

        assertThat(ok("get", "{\"namespace\":\"CACHE\",\"key\":\"app1:batch\"}"))
                .isEqualTo("{\"value\":null}");
        assertThat(ok("get", "{\"namespace\":\"CACHE\",\"key\":\"app2:secret\"}"))
                .isEqualTo("{\"value\":\"1\"}");
    }

    @Test
    void an_expired_key_and_a_key_from_elsewhere_are_refused() {
        assertRefused(proxy.post(signer("old"), "get", "{\"namespace\":\"CACHE\",\"key\":\"k\"}"), 403, "KEY_EXPIRED");
        assertRefused(
                proxy.post(signer("local"), "get", "{\"namespace\":\"CACHE\",\"key\":\"k\"}"), 403, "ADDRESS_DENIED");
    }

    @Test
    void the_rate_limit_of_a_key_answers_429_with_its_headers() {
        var json = "{\"namespace\":\"CACHE\",\"key\":\"k\"}";
        assertThat(proxy.post(signer("slow"), "get", json).status()).isEqualTo(200);
        assertThat(proxy.post(signer("slow"), "get", json).status()).isEqualTo(200);

        var answer = proxy.post(signer("slow"), "get", json);

        assertRefused(answer, 429, "RATE_LIMITED");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 43_200);
        assertThat(answer.header("ratelimit-policy")).isEqualTo("\"key\";q=2;w=86400");
        assertThat(answer.header("ratelimit")).startsWith("\"key\";r=0;t=");
        assertThat(proxy.post(all, "get", json).status()).isEqualTo(200);
    }

    @Test
    void a_repeated_call_has_one_effect_and_one_answer() {
        var put = idempotent("put", "{\"namespace\":\"I\",\"key\":\"k\",\"value\":1}", "call-1");
        ok("put", "{\"namespace\":\"I\",\"key\":\"k\",\"value\":2}");
        var again = idempotent("put", "{\"namespace\":\"I\",\"key\":\"k\",\"value\":1}", "call-1");

        assertThat(put.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(put.body());
        assertThat(ok("get", "{\"namespace\":\"I\",\"key\":\"k\"}")).isEqualTo("{\"value\":\"2\"}");
    }

    @Test
    void the_same_idempotency_key_for_another_body_is_a_conflict() {
        idempotent("put", "{\"namespace\":\"I\",\"key\":\"c\",\"value\":1}", "call-2");

        assertRefused(
                idempotent("put", "{\"namespace\":\"I\",\"key\":\"c\",\"value\":2}", "call-2"),
                409,
                "IDEMPOTENCY_CONFLICT");
        assertThat(ok("get", "{\"namespace\":\"I\",\"key\":\"c\"}")).isEqualTo("{\"value\":\"1\"}");
    }

    @Test
    void idempotency_keys_are_apart_by_operation_and_caller() {
        var json = "{\"namespace\":\"CACHE\",\"key\":\"app1:i\",\"value\":1}";

        assertThat(idempotent("put", json, "call-3").status()).isEqualTo(200);
        assertThat(idempotent("delete", json, "call-3").status()).isEqualTo(200);
        assertThat(idempotent(limited, "put", json, "call-3").status()).isEqualTo(200);
        assertThat(ok("get", "{\"namespace\":\"CACHE\",\"key\":\"app1:i\"}")).isEqualTo("{\"value\":\"1\"}");
    }

    @Test
    void a_call_that_was_refused_is_not_remembered() {
        var denied = "{\"namespace\":\"CACHE\",\"key\":\"app2:i\",\"value\":1}";

        assertRefused(idempotent(limited, "put", denied, "call-4"), 403, "PREFIX_DENIED");
        assertThat(idempotent(limited, "put", "{\"namespace\":\"CACHE\",\"key\":\"app1:j\",\"value\":1}", "call-4")
                        .status())
                .isEqualTo(200);
        assertRefused(idempotent("put", put("I", "long"), "x".repeat(129)), 400, "VALIDATION_ERROR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | text/html",
                "Accept | ;;;",
                "Accept | application/json;q=0",
                "Content-Type | text/plain",
                "Content-Type | x",
                "Content-Type | ///",
                "Content-Type | application/x-www-form-urlencoded",
                "Content-Type | multipart/form-data",
                "Accept-Language | !!!",
                "Accept-Charset | x",
                "Origin | https://elsewhere.example",
                "Cookie | ===",
                "X-HTTP-Method-Override | DELETE",
                "X-Forwarded-For | nonsense",
                "Range | bytes=0-1",
                "If-None-Match | *"
            })
    void headers_that_the_protocol_does_not_know_change_nothing(String name, String value) {
        var body = Bytes.utf8("{\"namespace\":\"H\",\"key\":\"k\"}");
        var headers = new HashMap<>(all.sign("POST", "/zin/kv/get", "", body));
        headers.put(name, value);

        var answer = proxy.send("POST", "/zin/kv/get", headers, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toUtf8()).isEqualTo("{\"value\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /zin/kv/get/, 404, NOT_FOUND",
        "POST, /zin/kv/%67et, 404, NOT_FOUND",
        "POST, /zin/kv, 404, NOT_FOUND",
        "POST, //zin/kv/get, 404, NOT_FOUND",
        "POST, //x/zin/kv/get, 404, NOT_FOUND",
        "POST, /zin/kv/get%2f, 404, NOT_FOUND",
        "POST, /zin/kv/./get, 404, NOT_FOUND",
        "POST, /ZIN/kv/get, 404, NOT_FOUND",
        "POST, /zin/kv/get;x=1, 404, NOT_FOUND",
        "GET, /zin/kv/get, 405, METHOD_NOT_ALLOWED",
        "GET, /nowhere, 405, METHOD_NOT_ALLOWED",
        "OPTIONS, /zin/kv/get, 405, METHOD_NOT_ALLOWED",
        "PATCH, /zin/kv/put, 405, METHOD_NOT_ALLOWED",
        "POST, /health, 405, METHOD_NOT_ALLOWED"
    })
    void another_method_or_path_is_refused_before_anything_else(String method, String path, int status, String code) {
        assertRefused(proxy.send(method, path, Map.of(), Bytes.EMPTY), status, code);
    }

    @Test
    void a_wrong_method_is_told_the_right_one() {
        assertThat(proxy.send("GET", "/zin/kv/get", Map.of(), Bytes.EMPTY).header("allow"))
                .isEqualTo("POST");
        assertThat(proxy.send("DELETE", "/nowhere", Map.of(), Bytes.EMPTY).header("allow"))
                .isEqualTo("POST");
    }

    @Test
    void every_answer_names_its_request_and_a_refusal_its_layer() {
        var json = "{\"namespace\":\"CACHE\",\"key\":\"k\"}";

        assertThat(proxy.post(all, "get", json).header("x-request-id")).matches("[0-9a-f]{16}");
        assertThat(proxy.post(all, "get", "[]").header("triport-layer")).isEqualTo("request");
        assertThat(proxy.post(signer("reader"), "put", json).header("triport-layer"))
                .isEqualTo("identity");
        assertThat(proxy.post(all, "list", "{\"namespace\":\"N\",\"cursor\":\"x\"}")
                        .header("triport-layer"))
                .isEqualTo("storage");
        assertThat(proxy.send("POST", "/nowhere", Map.of(), Bytes.EMPTY).header("x-request-id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void health_is_public() {
        var answer = proxy.send("GET", "/health", Map.of("Accept", "text/html"), Bytes.EMPTY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toUtf8()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void under_a_base_path_both_forms_of_the_path_are_verified() {
        var yaml = YAML.replace("triport:\n", "triport:\n  listen: {base-path: /base}\n");
        var body = Bytes.utf8("{\"namespace\":\"H\",\"key\":\"k\"}");
        try (var mounted = ProxyUnderTest.start(world, yaml, SECRETS)) {
            var stripped = all.sign("POST", "/zin/kv/get", "", body);
            var full = all.sign("POST", "/base/zin/kv/get", "", body);

            assertThat(mounted.send("POST", "/base/zin/kv/get", stripped, body).status())
                    .isEqualTo(200);
            assertThat(mounted.send("POST", "/base/zin/kv/get", full, body).status())
                    .isEqualTo(200);
            assertRefused(mounted.send("POST", "/zin/kv/get", full, body), 404, "NOT_FOUND");
        }
    }

    @Test
    void a_store_that_does_not_answer_is_503_and_tells_nothing() {
        var engine = FailingEngine.over(
                new FakeStorageEngine(world.clock()),
                () -> new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "jdbc:secret-host"));
        try (var failing = ProxyUnderTest.start(world.with(engine), YAML, SECRETS)) {
            for (var operation : new String[] {"get", "put", "delete"}) {
                var answer = failing.post(all, operation, put("CACHE", "k"));

                assertRefused(answer, 503, "STORAGE_ERROR");
                assertThat(answer.header("retry-after")).isEqualTo("1");
                assertThat(answer.body().toUtf8()).doesNotContain("secret-host");
            }
        }
    }

    @Test
    void a_large_value_is_read_only_while_there_is_memory_for_its_answer() {
        var value = "v".repeat(100_000);
        proxy.post(all, "put", "{\"namespace\":\"CACHE\",\"key\":\"large\",\"value\":\"" + value + "\"}");
        proxy.post(all, "put", put("CACHE", "small"));
        var budget = proxy.part(BodyBudget.class);
        var rest = ByteSize.ofBytes(Runtime.getRuntime().maxMemory() / 4 - 300_000);

        try (var others = budget.reserve(rest).orElseThrow()) {
            assertThat(others).isNotNull();
            for (var operation : new String[] {"get", "get-many"}) {
                var refused =
                        proxy.post(all, operation, "{\"namespace\":\"CACHE\",\"key\":\"large\",\"keys\":[\"large\"]}");
                assertRefused(refused, 503, "STORAGE_ERROR");
                assertThat(refused.header("retry-after")).isEqualTo("1");
            }
            assertThat(proxy.post(all, "get", put("CACHE", "small")).status()).isEqualTo(200);
        }

        assertThat(proxy.post(all, "get", "{\"namespace\":\"CACHE\",\"key\":\"large\",\"type\":\"json\"}")
                        .body()
                        .toUtf8())
                .isEqualTo("{\"value\":\"" + value + "\"}");
        awaitNothingHeld(budget);
    }

    /** The last byte is with the client a moment before the connection knows. */
    private static void awaitNothingHeld(BodyBudget budget) {
        var patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (budget.reserved().bytes() > 0) {
            assertThat(System.nanoTime()).isLessThan(patience);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_nonce_store_that_does_not_answer_refuses_every_request() {
        var failing = new NonceLedger() {
            @Override
            public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
                throw new IdentityStateUnavailable("down", new IOException("down"));
            }

            @Override
            public long forget(Instant now) {
                return 0;
            }
        };
        try (var closed = ProxyUnderTest.start(world.with(failing), YAML, SECRETS)) {
            assertRefused(closed.post(all, "get", "{\"key\":\"k\"}"), 503, "STORAGE_ERROR");
        }
    }

    @Test
    void too_many_rejected_credentials_from_an_address_are_answered_without_looking_at_them() {
        var guesser = new Signer("all", "a guess that is long enough to be one", world.clock());
        try (var guarded = ProxyUnderTest.start(
                world, YAML.replace("triport:\n", "triport:\n  limits: {rejected-credentials: 3}\n"), SECRETS)) {
            for (var guess = 0; guess < 3; guess++) {
                assertRefused(guarded.post(guesser, "get", "{\"key\":\"k\"}"), 403, "INVALID_SIGNATURE");
            }

            var answer = guarded.post(all, "get", "{\"key\":\"k\"}");

            assertRefused(answer, 429, "RATE_LIMITED");
            assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 60);
            assertRefused(guarded.send("POST", "/nowhere", Map.of(), Bytes.EMPTY), 404, "NOT_FOUND");
        }
    }

    private String ok(String operation, String json) {
        var answer = proxy.post(all, operation, json);
        assertThat(answer.status()).as(answer.body().toUtf8()).isEqualTo(200);
        return answer.body().toUtf8();
    }

    private Answer idempotent(String operation, String json, String key) {
        return idempotent(all, operation, json, key);
    }

    private Answer idempotent(Signer signer, String operation, String json, String key) {
        var path = "/zin/kv/" + operation;
        var body = Bytes.utf8(json);
        var headers = new HashMap<>(signer.sign("POST", path, "", body));
        headers.put("Idempotency-Key", key);
        return proxy.send("POST", path, headers, body);
    }

    private Signer signer(String id) {
        return new Signer(id, SECRETS.getOrDefault(id.toUpperCase(java.util.Locale.ROOT), ""), world.clock());
    }

    private static String put(String namespace, String key) {
        return "{\"namespace\":\"" + namespace + "\",\"key\":\"" + key + "\",\"value\":1}";
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toUtf8()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }
}
