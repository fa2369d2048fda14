package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.kv.ProxyUnderTest.Answer;
import io.triport.testkit.FakeResponseCaches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches of responses over HTTP. */
final class RemoteCachesTest {
    private static final String YAML = """
        triport:
          kv:
            ports: [cache]
            caches: [pages]
            keys:
              all:
                secrets: ["${env:ALL}"]
                scopes: [cache.match, cache.put, cache.delete, cache.purge]
                caches: ["*"]
                prefixes: [""]
              shop:
                secrets: ["${env:SHOP}"]
                scopes: [cache.match, cache.put]
                caches: [pages]
                prefixes: ["https://shop.example/"]
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "ALL-secret-0123456789abcdef-0123456789",
            "SHOP", "SHOP-secret-0123456789abcdef-0123456789");
    private static final String ASKED = "GET https://shop.example/a?b=1 HTTP/1.1\r\nAccept-Language: en\r\n\r\n";
    private static final String STORED = "HTTP/1.1 200 OK\r\nCache-Control: public, max-age=60\r\n"
            + "Content-Type: text/plain\r\nETag: \"v1\"\r\nCache-Tag: fruit\r\n\r\nhello";

    private final KvWorld empty = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final KvWorld world = empty.with(Storage.Beside.NOTHING.withCaches(new FakeResponseCaches(empty.clock())));
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, SECRETS);

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void a_response_comes_back_as_the_message_that_it_was_until_it_is_stale() {
        assertThat(call("put", ASKED + STORED).body().toUtf8()).isEqualTo("{\"stored\":true,\"length\":5}");
        world.clock().advance(Duration.ofSeconds(59));

        var hit = call("match", ASKED);

        assertThat(hit.status()).isEqualTo(200);
        assertThat(hit.header("content-type")).isEqualTo("message/http");
        assertThat(hit.body().toUtf8())
                .startsWith("HTTP/1.1 200 \r\n")
                .contains("\r\ncontent-type: text/plain\r\n", "\r\nage: 59\r\n", "\r\ncf-cache-status: HIT\r\n")
                .endsWith("\r\n\r\nhello");
        world.clock().advance(Duration.ofSeconds(1));
        var miss = call("match", ASKED);
        assertThat(miss.status()).isEqualTo(204);
        assertThat(miss.body()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void the_host_of_a_message_is_where_its_target_lies() {
        call("put", "GET /a HTTP/1.1\r\nHost: SHOP.example\r\n\r\n" + STORED);

        assertThat(call("match", "GET https://shop.example/a HTTP/1.1\r\n\r\n").status())
                .isEqualTo(200);
    }

    @Test
    void conditions_and_ranges_are_those_of_the_message() {
        call("put", ASKED + STORED);

        assertThat(matched("If-None-Match: \"v1\"")).startsWith("HTTP/1.1 304 ").endsWith("\r\n\r\n");
        assertThat(matched("Range: bytes=1-2")).startsWith("HTTP/1.1 206 ").endsWith("\r\n\r\nel");
        assertThat(matched("Range: bytes=5-")).startsWith("HTTP/1.1 416 ").contains("content-range: bytes */5");
    }

    @Test
    void a_long_body_flows_behind_the_head_of_its_message() {
        var text = "0123456789".repeat(10_000);
        call("put", ASKED + STORED.replace("hello", text));

        var whole = call("match", ASKED);

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.header("content-type")).isEqualTo("message/http");
        assertThat(whole.header("content-length")).isEmpty();
        assertThat(whole.body().toUtf8())
                .startsWith("HTTP/1.1 200 \r\n")
                .contains("\r\ncontent-length: 100000\r\n")
                .endsWith("\r\n\r\n" + text);
        assertThat(matched("Range: bytes=5-80004"))
                .startsWith("HTTP/1.1 206 ")
                .endsWith("\r\n\r\n" + text.substring(5, 80_005));
    }

    @Test
    void what_may_not_be_stored_is_refused_with_the_reason() {
        var refused = call("put", ASKED + "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n\r\n");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body().toUtf8()).contains("\"code\":\"TOO_LARGE\"", "no-store");
        assertThat(call("put", "POST https://shop.example/ HTTP/1.1\r\n\r\n" + STORED)
                        .status())
                .isEqualTo(400);
        assertThat(call("put", ASKED + "HTTP/1.1 206 Partial\r\nCache-Control: max-age=9\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void messages_that_are_none_are_refused() {
        for (var wrong : List.of(
                "",
                "GET https://shop.example/ HTTP/1.1\r\n",
                "GET https://shop.example/ HTTP/2\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET ftp://shop.example/ HTTP/1.1\r\n\r\n",
                "GET https://shop.example/ HTTP/1.1\r\nA b: c\r\n\r\n",
                "GET https://shop.example/ HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
                "GET https://shop.example/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                ASKED + "body")) {
            assertThat(call("match", wrong).code()).as(wrong).isEqualTo("BAD_REQUEST");
        }
        assertThat(call("put", ASKED + STORED.replace("ETag", "Content-Length: 4\r\nETag"))
                        .code())
                .isEqualTo("BAD_REQUEST");
        assertThat(call("put", ASKED).code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_response_is_deleted_by_its_request() {
        call("put", ASKED + STORED);

        assertThat(call("delete", ASKED.replace("GET", "HEAD")).body().toUtf8()).isEqualTo("{\"deleted\":false}");
        assertThat(send("all", "/zin/cache/delete?cache=pages&ignoreMethod=true", ASKED.replace("GET", "HEAD"))
                        .body()
                        .toUtf8())
                .isEqualTo("{\"deleted\":true}");
        assertThat(call("match", ASKED).status()).isEqualTo(204);
    }

    @Test
    void responses_are_purged_by_what_they_have_in_common() {
        for (var purge : List.of(
                "{\"url\":\"https://shop.example/a?b=1\"}",
                "{\"tag\":\"fruit\"}",
                "{\"prefix\":\"https://shop.example/\"}",
                "{\"all\":true}")) {
            call("put", ASKED + STORED);
            assertThat(call("purge", purge).body().toUtf8()).as(purge).isEqualTo("{\"ok\":true}");
            assertThat(call("match", ASKED).status()).as(purge).isEqualTo(204);
        }
        for (var wrong : List.of("{}", "{\"all\":true,\"tag\":\"a\"}", "{\"prefix\":\"\"}", "{\"tag\":\"\"}")) {
            assertThat(call("purge", wrong).code()).as(wrong).isEqualTo("BAD_REQUEST");
        }
    }

    @Test
    void a_key_reaches_its_cache_and_its_urls() {
        call("put", ASKED + STORED);
        call("put", ASKED.replace("shop", "bank") + STORED);

        assertThat(send("shop", "/zin/cache/match?cache=pages", ASKED).status()).isEqualTo(200);
        assertThat(send("shop", "/zin/cache/match?cache=pages", ASKED.replace("shop", "bank"))
                        .code())
                .isEqualTo("DENIED");
        assertThat(send("shop", "/zin/cache/purge?cache=pages", "{\"all\":true}")
                        .code())
                .isEqualTo("SCOPE_DENIED");
        assertThat(send("shop", "/zin/cache/match?cache=other", ASKED).code()).isEqualTo("DENIED");
        assertThat(send("all", "/zin/cache/match?cache=other", ASKED).code()).isEqualTo("NOT_FOUND");
        assertThat(send("all", "/zin/cache/match", ASKED).code()).isEqualTo("BAD_REQUEST");
    }

    private String matched(String field) {
        var answer = call("match", ASKED.replace("\r\n\r\n", "\r\n" + field + "\r\n\r\n"));
        assertThat(answer.status()).as(field).isEqualTo(200);
        return answer.body().toUtf8();
    }

    private Answer call(String operation, String body) {
        return send("all", "/zin/cache/" + operation + "?cache=pages", body);
    }

    private Answer send(String key, String target, String body) {
        return proxy.signed(signer(key), "POST", target, Map.of(), Bytes.utf8(body));
    }

    private Signer signer(String key) {
        return new Signer(key, Objects.requireNonNull(SECRETS.get(key.toUpperCase(Locale.ROOT))), world.clock());
    }
}
