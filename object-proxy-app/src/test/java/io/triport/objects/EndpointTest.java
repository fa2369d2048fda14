package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is true of the endpoint whatever is asked for. */
final class EndpointTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String FILE = """
        buckets:
          - {name: data, backend_type: memory}
          - {name: open, backend_type: memory, anonymous_access: read}
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
          - access_key_id: READER
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: data, actions: [get_object, head_object]}]
        """;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.start(FILE);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void each_answer_has_an_id_of_its_own_and_errors_repeat_it() {
        var ids = new HashSet<String>();
        for (var target : List.of("/", "/data", "/data/none", "/none", "/data?lifecycle=", "/data/x?uploadId=none")) {
            var answer = proxy.send("GET", target);

            assertThat(ids.add(answer.header("x-amz-request-id"))).isTrue();
            assertThat(answer.header("x-amz-id-2")).isNotEmpty();
            assertThat(answer.header("date")).isNotEmpty();
            assertThat(answer.header("server")).isEqualTo("triport");
            assertThat(answer.header("server-timing")).contains("total;dur=", "auth;dur=", "storage;dur=");
            if (answer.status() >= 400) {
                assertThat(answer.header("content-type")).isEqualTo("application/xml");
                assertThat(answer.element("RequestId")).isEqualTo(answer.header("x-amz-request-id"));
                assertThat(answer.element("HostId")).isEqualTo(answer.header("x-amz-id-2"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /data, 'GET, HEAD, PUT, POST, DELETE, OPTIONS'",
        "PUT, /, GET",
        "DELETE, /data?location=, 'GET, OPTIONS'",
        "POST, /data?cors=, 'GET, PUT, DELETE, OPTIONS'",
        "PUT, /data?versions=, 'GET, OPTIONS'",
        "DELETE, /data/k?attributes=, 'GET, OPTIONS'",
        "GET, /data/k?uploads=, 'POST, OPTIONS'"
    })
    void a_method_that_a_resource_has_not_is_answered_with_those_that_it_has(
            String method, String target, String allowed) {
        var refused = proxy.send(method, target);

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.element("Code")).isEqualTo("MethodNotAllowed");
        assertThat(refused.header("allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, GET, /data?list-type=2&max-keys=-1, 400, InvalidArgument",
        "NOBODY, GET, /data?a=&location=&cors=, 400, InvalidArgument",
        "NOBODY, GET, /absent?list-type=2, 403, InvalidAccessKeyId",
        "READER, GET, /absent?list-type=2, 403, AccessDenied",
        "READER, GET, /data?list-type=2, 403, AccessDenied",
        "READER, GET, /data?list-type=2&max-keys=0, 403, AccessDenied",
        "READER, GET, /data/absent, 403, AccessDenied",
        "ALL, GET, /absent?list-type=2, 404, NoSuchBucket",
        "ALL, GET, /data/absent, 404, NoSuchKey"
    })
    void checks_come_in_their_order(String key, String method, String target, int status, String code) {
        var refused = proxy.as(key, method, target, NONE, "");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.element("Code")).isEqualTo(code);
    }

    @Test
    void who_shows_nothing_learns_nothing_of_buckets() {
        assertThat(proxy.unsigned("GET", "/absent/k", NONE, "").element("Code")).isEqualTo("AccessDenied");
        assertThat(proxy.unsigned("GET", "/data/k", NONE, "").element("Code")).isEqualTo("AccessDenied");
        assertThat(proxy.unsigned("GET", "/open/k", NONE, "").status()).isEqualTo(403);
    }

    @Test
    void a_missing_key_is_404_to_who_may_list_and_403_to_others() {
        assertThat(proxy.as("ALL", "HEAD", "/data/missing", NONE, "").status()).isEqualTo(404);
        var refused = proxy.as("READER", "HEAD", "/data/missing", NONE, "");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEmpty();
    }

    @Test
    void a_forwarded_host_counts_from_a_trusted_proxy_only() {
        var domains = """
            triport:
              objects: {virtual-host-domains: [s3.example.com]}
              %s
            """;
        var forwarded = Map.of("x-forwarded-host", "data.s3.example.com:8443");
        try (var strict = ProxyUnderTest.start(domains.formatted("") + FILE);
                var trusting = ProxyUnderTest.start(domains.formatted("trusted-proxies: [127.0.0.1/32]") + FILE)) {
            assertThat(strict.send("PUT", "/virtual", forwarded, "x").status()).isNotEqualTo(200);
            assertThat(trusting.send("PUT", "/virtual", forwarded, "x").status())
                    .isEqualTo(200);

            assertThat(strict.send("GET", "/data/virtual").status()).isEqualTo(404);
            assertThat(trusting.send("GET", "/data/virtual").body()).isEqualTo("x");
        }
    }

    @Test
    void requests_and_bytes_are_counted() {
        proxy.send("PUT", "/data/counted", NONE, "0123456789");
        assertThat(proxy.send("GET", "/data/counted").body()).hasSize(10);

        comes(() -> proxy.counted("object.bytes", "bucket", "data", "direction", "ingress") >= 10);
        comes(() -> proxy.counted("object.bytes", "bucket", "data", "direction", "egress") >= 10);
        comes(() -> proxy.counted("object.requests", "operation", "PutObject", "bucket", "data", "status", "200") > 0);
    }

    /** An answer is counted when its last byte was handed over, which its reader may know before. */
    private static void comes(BooleanSupplier condition) {
        var never = new CountDownLatch(1);
        var looks = 0;
        while (!condition.getAsBoolean()) {
            try {
                assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
            looks++;
            assertThat(looks).isLessThan(3_000);
        }
    }

    @Test
    void a_rate_limit_says_when_to_come_again_and_is_counted() {
        var limits = "rate_limits: {authenticated: {limit: 2, window: 1h}}\n";
        try (var limited = ProxyUnderTest.start(limits + FILE)) {
            limited.send("GET", "/");
            limited.send("GET", "/");

            var refused = limited.send("GET", "/");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.element("Code")).isEqualTo("SlowDown");
            assertThat(Long.parseLong(refused.header("retry-after"))).isPositive();
            assertThat(refused.header("ratelimit-policy")).isEqualTo("\"authenticated\";q=2;w=3600");
            assertThat(refused.header("ratelimit")).startsWith("\"authenticated\";r=0;t=");
            assertThat(limited.counted("rate.limited", "kind", "authenticated")).isEqualTo(1);
        }
    }

    @Test
    void a_source_of_more_than_5_GiB_is_not_copied() throws IOException {
        var endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"e\"");
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            exchange.sendResponseHeaders(200, (5L << 30) + 1);
        });
        endpoint.start();
        var far = """
            buckets:
              - {name: data, backend_type: memory}
              - name: far
                backend_type: s3
                backend_options: {endpoint: "http://127.0.0.1:%s", skip_signature: true}
            """.formatted(endpoint.getAddress().getPort());
        try (var copying = ProxyUnderTest.start(far + FILE.substring(FILE.indexOf("credentials:")))) {
            var refused = copying.send("PUT", "/data/copy", Map.of("x-amz-copy-source", "far/large"), "");

            assertThat(refused.element("Code")).isEqualTo("InvalidRequest");
            assertThat(refused.element("Message")).contains("5368709120");
            assertThat(copying.send("GET", "/data/copy").status()).isEqualTo(404);
        } finally {
            endpoint.stop(0);
        }
    }
}
