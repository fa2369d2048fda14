package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.objects.UpstreamStandIn.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients are told where an endpoint refuses. */
@Timeout(120)
final class UpstreamErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "GET, 403, InvalidObjectState",
        "GET, 400, InvalidRequest",
        "GET, 400, KMS.DisabledException",
        "GET, 500, InternalError",
        "GET, 503, SlowDown",
        "GET, 403, AccessDenied",
        "GET, 404, NoSuchBucket",
        "GET, 405, MethodNotAllowed",
        "GET, 501, NotImplemented",
        "PUT, 400, InvalidStorageClass",
        "PUT, 400, BadDigest",
        "PUT, 409, OperationAborted",
        "PUT, 409, ConditionalRequestConflict",
        "PUT, 403, AccountProblem",
        "PUT, 400, EntityTooLarge",
        "DELETE, 403, AccessDenied",
        "DELETE, 409, ObjectLocked"
    })
    void an_endpoints_error_keeps_its_status_and_its_code(String method, int status, String code) {
        try (var upstream = UpstreamStandIn.answering(request -> Told.error(status, code));
                var proxy = upstream.proxy()) {
            var told = proxy.send(method, "/data/k", Map.of(), method.equals("PUT") ? "hello" : "");

            assertThat(told.status()).isEqualTo(status);
            assertThat(told.element("Code")).isEqualTo(code);
            assertThat(told.element("Resource")).isEqualTo("/data/k");
            assertThat(told.element("RequestId")).isEqualTo(told.header("x-amz-request-id"));
            assertThat(told.body()).doesNotContain("shelf", "10.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource({"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "RequestTimeTooSkewed"})
    void an_endpoint_that_does_not_take_the_proxys_key_is_the_proxys_concern(String code) {
        try (var upstream = UpstreamStandIn.answering(request -> Told.error(403, code));
                var proxy = upstream.proxy()) {
            var told = proxy.send("GET", "/data/k");

            assertThat(told.status()).isEqualTo(502);
            assertThat(told.element("Code")).isEqualTo("BackendAuthenticationFailed");
            assertThat(told.body()).doesNotContain("OURS", "shelf", "10.0.0.1");
        }
    }

    @Test
    void an_endpoint_that_is_not_there_is_unavailable() throws IOException {
        int nowhere;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = taken.getLocalPort();
        }
        try (var proxy = ProxyUnderTest.start("""
            buckets:
              - name: data
                backend_type: s3
                backend_options: {endpoint: "http://127.0.0.1:%d", skip_signature: true}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """.formatted(nowhere))) {
            for (var target : new String[] {"/data/k", "/data", "/data/k?tagging=", "/data?uploads="}) {
                var told = proxy.send("GET", target);

                assertThat(told.status()).isEqualTo(503);
                assertThat(told.element("Code")).isEqualTo("ServiceUnavailable");
                assertThat(told.header("retry-after")).isNotEmpty();
                assertThat(told.body()).doesNotContain("127.0.0.1", "refused");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "<ListBucketResult>"})
    void an_answer_that_cannot_be_read_is_no_answer(String body) {
        try (var upstream = UpstreamStandIn.answering(request -> new Told(200, Map.of(), body));
                var proxy = upstream.proxy()) {
            assertThat(proxy.send("GET", "/data").status()).isEqualTo(503);
            assertThat(proxy.send("GET", "/data/k").status()).isEqualTo(503);
        }
    }
}
