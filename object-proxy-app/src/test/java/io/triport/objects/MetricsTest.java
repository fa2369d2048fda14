package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted (object proxy page, section 13). */
final class MetricsTest {
    private static final Map<String, String> NONE = Map.of();

    private final ProxyUnderTest proxy = ProxyUnderTest.start("""
        buckets:
          - {name: data, backend_type: memory, anonymous_access: read, quota: {limit_bytes: 1000, window_secs: 3600}}
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        rate_limits: {authenticated: {limit: 4, window: 1h}}
        """);

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    @Timeout(30)
    void requests_and_their_bytes_are_counted_by_what_is_known_beforehand() {
        proxy.send("PUT", "/data/k", NONE, "hello");
        proxy.unsigned("GET", "/data/k", NONE, "");
        proxy.send("GET", "/unknown/k");
        proxy.send("GET", "/data/none");
        untilNothingIsUnderWay();

        assertThat(requests("PutObject", "data", "200", "service")).isEqualTo(1);
        assertThat(requests("GetObject", "data", "200", "anonymous")).isEqualTo(1);
        assertThat(requests("GetObject", "", "404", "service")).isEqualTo(1);
        assertThat(requests("GetObject", "data", "404", "service")).isEqualTo(1);
        assertThat(proxy.counted("object.bytes", "direction", "ingress", "bucket", "data"))
                .isEqualTo(5);
        assertThat(proxy.counted("object.bytes", "direction", "egress", "bucket", "data"))
                .isGreaterThanOrEqualTo(5);
        var registry = proxy.part(MeterRegistry.class);
        for (var part : new String[] {"total", "auth", "storage"}) {
            assertThat(registry.get("object.request").tag("part", part).timer().count())
                    .isEqualTo(4);
        }
        assertThat(registry.get("object.inflight").gauge().value()).isZero();
        assertThat(registry.get("quota.used").tag("bucket", "data").gauge().value())
                .isGreaterThanOrEqualTo(10);
    }

    /** A request is counted when its answer is on its way, which its sender may have by then. */
    private void untilNothingIsUnderWay() {
        var underWay = proxy.part(MeterRegistry.class).get("object.inflight").gauge();
        while (underWay.value() != 0) {
            Thread.onSpinWait();
        }
    }

    private double requests(String operation, String bucket, String status, String kind) {
        return proxy.counted(
                "object.requests", "operation", operation, "bucket", bucket, "status", status, "identity_kind", kind);
    }

    @Test
    void who_is_limited_is_counted() {
        for (var round = 0; round < 6; round++) {
            proxy.send("GET", "/data/k");
        }

        assertThat(proxy.counted("rate.limited", "kind", "authenticated")).isEqualTo(2);
    }
}
