package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas as clients meet them. */
final class QuotaRequestsTest {
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() {
        proxy = ProxyUnderTest.start("""
            buckets:
              - name: incoming
                backend_type: memory
                quota: {limit_bytes: 1000, window_secs: 3600, direction: ingress}
              - name: outgoing
                backend_type: memory
                quota: {limit_bytes: 1000, window_secs: 3600, scope: bucket, direction: egress}
              - {name: free, backend_type: memory}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
              - access_key_id: OTHER
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """);
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void an_upload_that_does_not_fit_is_refused_before_it_is_stored() {
        assertThat(put("ALL", "/incoming/a", 600).status()).isEqualTo(200);

        var refused = put("ALL", "/incoming/b", 401);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.element("Code")).isEqualTo("SlowDown");
        assertThat(Long.parseLong(refused.header("retry-after"))).isBetween(3_000L, 3_800L);
        assertThat(proxy.as("OTHER", "HEAD", "/incoming/b", Map.of(), "").status())
                .isEqualTo(404);
        assertThat(put("OTHER", "/incoming/b", 1_000).status()).isEqualTo(200);
        assertThat(put("ALL", "/free/b", 5_000).status()).isEqualTo(200);
    }

    @Test
    void uploads_may_use_the_quota_to_its_last_byte() {
        assertThat(put("ALL", "/incoming/a", 600).status()).isEqualTo(200);
        assertThat(put("ALL", "/incoming/b", 400).status()).isEqualTo(200);
        assertThat(put("ALL", "/incoming/c", 1).status()).isEqualTo(429);
    }

    @Test
    void a_download_counts_what_it_sends_and_a_range_only_itself() {
        put("ALL", "/outgoing/a", 600);

        assertThat(proxy.send("GET", "/outgoing/a").status()).isEqualTo(200);
        assertThat(proxy.send("GET", "/outgoing/a").status()).isEqualTo(429);
        assertThat(proxy.send("HEAD", "/outgoing/a").status()).isEqualTo(200);
        assertThat(proxy.as("OTHER", "GET", "/outgoing/a", Map.of("range", "bytes=0-9"), "")
                        .status())
                .isEqualTo(206);
        assertThat(put("ALL", "/outgoing/b", 5_000).status()).isEqualTo(200);
    }

    @Test
    void what_crossed_the_connection_counts_also_when_it_is_not_stored() {
        for (var i = 0; i < 5; i++) {
            var refused = proxy.send(
                    "PUT", "/incoming/a", Map.of("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="), "x".repeat(100));
            assertThat(refused.element("Code")).isEqualTo("BadDigest");
        }

        assertThat(put("ALL", "/incoming/a", 500).status()).isEqualTo(200);
        assertThat(put("ALL", "/incoming/a", 1).status()).isEqualTo(429);
    }

    private ProxyUnderTest.Answer put(String key, String target, int size) {
        return proxy.as(key, "PUT", target, Map.of(), "x".repeat(size));
    }
}
