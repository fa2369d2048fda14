package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.kv.ProxyUnderTest.Answer;
import io.triport.storage.bucket.Buckets;
import io.triport.testkit.ForwardingEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects over HTTP, in a bucket in memory. */
final class RemoteObjectsTest {
    private static final String YAML = """
        triport:
          kv:
            ports: [object]
            buckets: [files, others]
            max-body: 1MiB
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [object.get, object.head, object.put, object.delete, object.list]
                buckets: ["*"]
                prefixes: [""]
              app:
                secrets: ["${env:APP}"]
                scopes: [object.get, object.put, object.list]
                buckets: [files]
                prefixes: ["app/"]
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "ALL-secret-0123456789abcdef-0123456789",
            "APP", "APP-secret-0123456789abcdef-0123456789");
    private static final String FILES = "/zin/object/files/";

    @TempDir
    static Path directory;

    private final KvWorld empty = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final Buckets buckets = new Buckets(
            name -> List.of("files", "others").contains(name.text()) ? Optional.of(inMemory(name)) : Optional.empty(),
            directory,
            empty.clock(),
            Ticker.system(),
            Randomness.system());
    private final KvWorld world = empty.with(Storage.Beside.NOTHING.withObjects(buckets));
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, SECRETS);

    private static BucketBinding inMemory(BucketName name) {
        return new BucketBinding(name, new Backend.Memory(), Bytes.EMPTY, Versioning.OFF);
    }

    @AfterEach
    void stop() {
        proxy.close();
        buckets.close();
    }

    @Test
    void an_object_comes_back_with_all_that_was_said_of_it() {
        var stored = put(
                "a/b.txt",
                "hello",
                Map.of(
                        "Content-Type", "text/plain; charset=utf-8",
                        "Cache-Control", "max-age=60",
                        "Triport-Meta-Owner", "Ada"));
        assertThat(stored.status()).as(stored.body().toUtf8()).isEqualTo(200);
        assertThat(stored.body().toUtf8())
                .isEqualTo("{\"key\":\"a/b.txt\",\"etag\":\"5d41402abc4b2a76b9719d911017c592\",\"size\":5,"
                        + "\"uploaded\":\"2026-01-01T00:00:00Z\"}");

        var got = call("GET", "a/b.txt");

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body().toUtf8()).isEqualTo("hello");
        assertThat(got.header("content-length")).isEqualTo("5");
        assertThat(got.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(got.header("cache-control")).isEqualTo("max-age=60");
        assertThat(got.header("triport-meta-owner")).isEqualTo("Ada");
        assertThat(got.header("etag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(got.header("last-modified")).isEqualTo("Thu, 01 Jan 2026 00:00:00 GMT");
    }

    @Test
    void a_head_says_the_same_without_the_bytes() {
        put("a", "hello", Map.of());

        var head = call("HEAD", "a");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEqualTo(Bytes.EMPTY);
        assertThat(head.header("content-length")).isEqualTo("5");
        assertThat(head.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(call("HEAD", "none").status()).isEqualTo(404);
    }

    @Test
    void a_large_object_comes_back_whole() {
        var bytes = Bytes.copyOf(new byte[1_048_576]);
        assertThat(proxy.signed(signer("all"), "PUT", FILES + "large", Map.of(), bytes)
                        .status())
                .isEqualTo(200);

        assertThat(call("GET", "large").body()).isEqualTo(bytes);
    }

    @Test
    void one_that_is_not_there_is_not_found_and_may_be_deleted() {
        assertThat(call("GET", "none").code()).isEqualTo("NOT_FOUND");
        assertThat(call("DELETE", "none").status()).isEqualTo(200);

        put("a", "hello", Map.of());
        assertThat(call("DELETE", "a").status()).isEqualTo(200);
        assertThat(call("GET", "a").status()).isEqualTo(404);
    }

    @Test
    void ranges_are_those_of_http() {
        put("a", "0123456789", Map.of());

        assertRange("bytes=2-4", 206, "234", "bytes 2-4/10");
        assertRange("bytes=8-", 206, "89", "bytes 8-9/10");
        assertRange("bytes=-3", 206, "789", "bytes 7-9/10");
        assertRange("bytes=5-99", 206, "56789", "bytes 5-9/10");
        assertRange("bytes=4-2", 200, "0123456789", "");
        assertRange("bytes=0-1,3-4", 200, "0123456789", "");
        assertThat(get("a", Map.of("Range", "bytes=10-")).code()).isEqualTo("RANGE_INVALID");
        assertThat(get("a", Map.of("Range", "bytes=0-1", "If-Range", "\"other\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void conditions_are_those_of_http() {
        assertThat(put("a", "one", Map.of("If-None-Match", "*")).status()).isEqualTo(200);
        var refused = put("a", "two", Map.of("If-None-Match", "*"));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.code()).isEqualTo("PRECONDITION_FAILED");
        var etag = call("GET", "a").header("etag");

        assertThat(get("a", Map.of("If-None-Match", etag)).status()).isEqualTo(304);
        assertThat(get("a", Map.of("If-None-Match", "W/" + etag)).status()).isEqualTo(304);
        assertThat(get("a", Map.of("If-Match", "W/" + etag)).status()).isEqualTo(412);
        assertThat(get("a", Map.of("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"))
                        .status())
                .isEqualTo(304);
        assertThat(get("a", Map.of("If-Unmodified-Since", "Wed, 31 Dec 2025 23:59:59 GMT"))
                        .status())
                .isEqualTo(412);
        assertThat(put("a", "two", Map.of("If-Match", "\"other\"")).status()).isEqualTo(412);
        assertThat(put("none", "two", Map.of("If-Match", etag)).status()).isEqualTo(412);
        assertThat(put("a", "two", Map.of("If-Match", etag)).status()).isEqualTo(200);
        assertThat(proxy.signed(signer("all"), "DELETE", FILES + "a", Map.of("If-Match", etag), Bytes.EMPTY)
                        .status())
                .isEqualTo(412);
        assertThat(proxy.signed(signer("all"), "HEAD", FILES + "a", Map.of("If-Match", etag), Bytes.EMPTY)
                        .status())
                .isEqualTo(412);
        assertThat(call("GET", "a").body().toUtf8()).isEqualTo("two");
    }

    @Test
    void a_checksum_is_compared_and_kept() {
        var sum = "sha256=" + Base64.getEncoder().encodeToString(Sha256.of("hello"));

        assertThat(put("a", "hello", Map.of("Triport-Checksum", sum)).status()).isEqualTo(200);
        assertThat(call("GET", "a").header("triport-checksum")).isEqualTo(sum);
        assertThat(put("b", "hallo", Map.of("Triport-Checksum", sum)).code()).isEqualTo("CHECKSUM_MISMATCH");
        assertThat(put("b", "hello", Map.of("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==", "Triport-Checksum", sum))
                        .code())
                .isEqualTo("BAD_REQUEST");
        assertThat(put("b", "hello", Map.of("Triport-Checksum", "sha3=AAAA")).status())
                .isEqualTo(400);
        assertThat(put("b", "hello", Map.of("Triport-Checksum", "md5=AAAA")).status())
                .isEqualTo(400);
        assertThat(call("GET", "b").status()).isEqualTo(404);
        assertThat(put("b", "hello", Map.of("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg=="))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void names_are_decoded_once_and_stay_what_they_are() {
        for (var name : List.of("a%2Fb", "a//b", "a/../b", "a/", "%00", "%C3%A9", "%252F", "list", "a+b")) {
            assertThat(put(name, name, Map.of()).status()).as(name).isEqualTo(200);
        }

        for (var name : List.of("a//b", "a/../b", "a/", "%00", "%C3%A9", "%252F", "list", "a+b")) {
            assertThat(call("GET", name).body().toUtf8()).as(name).isEqualTo(name);
        }
        assertThat(call("GET", "a/b").body().toUtf8()).isEqualTo("a%2Fb");
        assertThat(list("all", "files", "{}").body().toUtf8())
                .contains("\"key\":\"\\u0000\"", "\"key\":\"a/../b\"", "\"key\":\"%2F\"", "\"key\":\"é\"");
    }

    @Test
    void names_and_fields_that_cannot_be_are_refused() {
        assertThat(put("", "x", Map.of()).code()).isEqualTo("BAD_REQUEST");
        assertThat(put("a".repeat(1025), "x", Map.of()).code()).isEqualTo("KEY_TOO_LONG");
        assertThat(put("%FF", "x", Map.of()).code()).isEqualTo("BAD_REQUEST");
        assertThat(put("a", "x", Map.of("Content-Type", "nothing")).code()).isEqualTo("BAD_REQUEST");
        assertThat(put("a", "x", Map.of("Triport-Meta-A", "x".repeat(8192))).code())
                .isEqualTo("BAD_REQUEST");
        assertThat(proxy.signed(signer("all"), "GET", "/zin/object/UPPER/a", Map.of(), Bytes.EMPTY)
                        .code())
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_list_goes_page_by_page_and_rolls_up() {
        for (var name : List.of("a/1", "a/2", "b", "c/3")) {
            put(name, name, Map.of("Content-Type", "text/plain", "Triport-Meta-N", name));
        }

        var first = list("all", "files", "{\"limit\":2}").body().toUtf8();
        assertThat(first).contains("\"key\":\"a/1\"", "\"key\":\"a/2\"", "\"complete\":false");
        var cursor = first.replaceAll(".*\"cursor\":\"([^\"]+)\".*", "$1");
        assertThat(list("all", "files", "{\"limit\":2,\"cursor\":\"" + cursor + "\"}")
                        .body()
                        .toUtf8())
                .contains("\"key\":\"b\"", "\"key\":\"c/3\"", "\"complete\":true")
                .doesNotContain("a/1");
        assertThat(list("all", "files", "{\"delimiter\":\"/\"}").body().toUtf8())
                .contains("\"prefixes\":[\"a/\",\"c/\"]", "\"key\":\"b\"")
                .doesNotContain("\"key\":\"a/1\"");
        assertThat(list("all", "files", "{\"prefix\":\"c/\",\"include\":[\"httpMetadata\",\"customMetadata\"]}")
                        .body()
                        .toUtf8())
                .contains("\"httpMetadata\":{\"Content-Type\":\"text/plain\"}", "\"customMetadata\":{\"n\":\"c/3\"}");
        for (var wrong : List.of("{\"limit\":0}", "{\"include\":[1]}", "{\"cursor\":\"none\"}")) {
            assertThat(list("all", "files", wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void a_key_reaches_its_bucket_and_its_prefix() {
        put("app/a", "mine", Map.of());
        put("other/a", "theirs", Map.of());

        assertThat(as("app", "GET", FILES + "app/a").body().toUtf8()).isEqualTo("mine");
        assertThat(as("app", "GET", FILES + "other/a").code()).isEqualTo("DENIED");
        assertThat(as("app", "PUT", FILES + "other/b").code()).isEqualTo("DENIED");
        assertThat(as("app", "GET", "/zin/object/others/app/a").code()).isEqualTo("DENIED");
        assertThat(as("app", "GET", "/zin/object/unknown/app/a").code()).isEqualTo("DENIED");
        assertThat(as("all", "GET", "/zin/object/unknown/a").code()).isEqualTo("NOT_FOUND");
        assertThat(as("app", "DELETE", FILES + "app/a").code()).isEqualTo("SCOPE_DENIED");
        assertThat(as("app", "HEAD", FILES + "app/a").status()).isEqualTo(403);
        assertThat(list("app", "files", "{\"prefix\":\"app/\"}").body().toUtf8())
                .contains("app/a");
        assertThat(list("app", "files", "{}").code()).isEqualTo("DENIED");
    }

    @Test
    void a_call_with_a_name_has_one_effect_for_each_method() {
        var once = Map.of("Idempotency-Key", "one", "If-None-Match", "*");

        assertThat(put("a", "", once).status()).isEqualTo(200);
        assertThat(put("a", "", once).status()).isEqualTo(200);
        assertThat(put("a", "other", once).code()).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(proxy.signed(signer("all"), "DELETE", FILES + "a", Map.of("Idempotency-Key", "one"), Bytes.EMPTY)
                        .status())
                .isEqualTo(200);
        assertThat(call("GET", "a").status()).isEqualTo(404);
    }

    @Test
    void objects_in_files_of_one_node_do_not_start_where_several_nodes_may_be() {
        var shared = world.with(new ForwardingEngine(world.engine()) {
            @Override
            public EngineInfo info() {
                return super.info().without(Set.of(Capability.ALONE));
            }
        });

        assertThatThrownBy(() -> ProxyUnderTest.start(shared, YAML, SECRETS))
                .rootCause()
                .hasMessageContaining("triport.kv.buckets");
    }

    @Test
    void methods_that_no_path_has_are_refused_as_such() {
        assertThat(as("all", "POST", FILES + "a").status()).isEqualTo(405);
        assertThat(as("all", "GET", "/zin/kv/get").status()).isEqualTo(405);
        assertThat(as("all", "PUT", "/zin/nothing").status()).isEqualTo(404);
        assertThat(as("all", "POST", "/zin/sql/query").status()).isEqualTo(404);
    }

    private void assertRange(String range, int status, String body, String contentRange) {
        var answer = get("a", Map.of("Range", range));
        assertThat(answer.status()).as(range).isEqualTo(status);
        assertThat(answer.body().toUtf8()).as(range).isEqualTo(body);
        assertThat(answer.header("content-range")).as(range).isEqualTo(contentRange);
    }

    private Answer put(String name, String text, Map<String, String> headers) {
        return proxy.signed(signer("all"), "PUT", FILES + name, headers, Bytes.utf8(text));
    }

    private Answer get(String name, Map<String, String> headers) {
        return proxy.signed(signer("all"), "GET", FILES + name, headers, Bytes.EMPTY);
    }

    private Answer call(String method, String name) {
        return as("all", method, FILES + name);
    }

    private Answer as(String key, String method, String path) {
        return proxy.signed(signer(key), method, path, Map.of(), Bytes.EMPTY);
    }

    private Answer list(String key, String bucket, String json) {
        return proxy.signed(signer(key), "POST", "/zin/object/" + bucket + "/list", Map.of(), Bytes.utf8(json));
    }

    private Signer signer(String key) {
        return new Signer(
                key, Objects.requireNonNull(SECRETS.get(key.toUpperCase(java.util.Locale.ROOT))), world.clock());
    }
}
