package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.objects.ProxyUnderTest.Answer;
import io.triport.objects.UpstreamStandIn.Told;
import io.triport.objects.wire.S3Error;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each error of the object proxy page, section 12, as a client receives it. */
@Timeout(120)
final class EveryErrorTest {
    private static final Map<String, String> NONE = Map.of();
    private static final int HANGS_AFTER_MILLIS = 60_000;
    private static final String ALL = """
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            admin: true
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
          - access_key_id: TEAM
            secret_access_key: ${env:SECRET}
            admin: true
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
          - access_key_id: FEW
            secret_access_key: ${env:SECRET}
            allowed_scopes: [{bucket: data, prefixes: [few/], actions: [read]}]
          - {access_key_id: OLD, secret_access_key: "${env:SECRET}", expires_at: 2020-01-01T00:00:00Z, may_assume: [reader]}
        """;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.start(
                """
                    triport:
                      objects:
                        provider: {type: sql, keys: ["${env:SEAL}"], new-buckets: {backend: memory}}
                    session_token_keys: ["${env:RING}"]
                    buckets:
                      - {name: data, backend_type: memory}
                      - {name: counted, backend_type: memory, quota: {limit_bytes: 1, window_secs: 3600}}
                      - name: pages
                        backend_type: memory
                        cors: [{allowed_origins: ["https://a.example"], allowed_methods: [GET]}]
                    roles:
                      - role_id: reader
                        trusted_principals: [OLD]
                        allowed_scopes: [{bucket: data, actions: [read]}]
                    """ + ALL,
                Map.of(
                        "SECRET", ProxyUnderTest.SECRET,
                        "SEAL", ProxyUnderTest.SEAL,
                        "RING", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
                Clock.systemUTC());
        proxy.send("PUT", "/data/k", NONE, "0123456789");
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(S3Error.class)
    void each_error_is_received_with_its_status_its_code_and_the_id_of_its_request(S3Error error) {
        var told = provoked(error);

        assertThat(told.status()).isEqualTo(error.status());
        assertThat(told.element("Code")).isEqualTo(error.code());
        assertThat(told.element("Message")).isNotEmpty();
        assertThat(told.header("content-type")).isEqualTo("application/xml");
        if (error != S3Error.REQUEST_TIMEOUT) {
            assertThat(told.element("RequestId")).isEqualTo(told.header("x-amz-request-id"));
            assertThat(told.element("HostId")).isEqualTo(told.header("x-amz-id-2"));
            assertThat(told.element("Resource")).startsWith("/");
        }
    }

    private static Answer provoked(S3Error error) {
        return switch (error) {
            case ACCESS_DENIED -> proxy.as("FEW", "GET", "/data/other", NONE, "");
            case ACCESS_FORBIDDEN ->
                proxy.unsigned(
                        "OPTIONS",
                        "/pages/k",
                        Map.of("origin", "https://b.example", "access-control-request-method", "GET"),
                        "");
            case AUTHORIZATION_HEADER_MALFORMED ->
                proxy.unsigned("GET", "/data/k", Map.of("authorization", "AWS4-HMAC-SHA256 nonsense"), "");
            case AUTHORIZATION_QUERY_PARAMETERS_ERROR ->
                proxy.unsigned("GET", "/data/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=x", NONE, "");
            case BACKEND_AUTHENTICATION_FAILED -> behind(403, "InvalidAccessKeyId");
            case BAD_DIGEST -> put("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==");
            case BUCKET_ALREADY_EXISTS -> {
                proxy.send("PUT", "/taken");
                yield proxy.as("TEAM", "PUT", "/taken", NONE, "");
            }
            case BUCKET_ALREADY_OWNED_BY_YOU -> {
                proxy.send("PUT", "/mine");
                yield proxy.send("PUT", "/mine");
            }
            case BUCKET_NOT_EMPTY -> {
                proxy.send("PUT", "/full");
                proxy.send("PUT", "/full/k", NONE, "v");
                yield proxy.send("DELETE", "/full");
            }
            case CONDITIONAL_REQUEST_CONFLICT -> behind(409, "ConditionalRequestConflict");
            case ENTITY_TOO_LARGE -> {
                var large = new SignedForm(signer("ALL", Duration.ZERO), "form", NONE).body("data", "123456789");
                yield proxy.unsigned("POST", "/data", SignedForm.TYPE, large);
            }
            case ENTITY_TOO_SMALL ->
                completed("<Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
                        + "<Part><PartNumber>2</PartNumber><ETag>%s</ETag></Part>");
            case EXPIRED_TOKEN -> proxy.as("OLD", "GET", "/data/k", NONE, "");
            case INCOMPLETE_BODY ->
                proxy.send(
                        "PUT",
                        "/data/bad",
                        Map.of(
                                "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                                "x-amz-decoded-content-length", "6"),
                        "5\r\nhello\r\n0\r\n\r\n");
            case INTERNAL_ERROR -> behind(500, "InternalError");
            case INVALID_ACCESS_KEY_ID -> proxy.as("UNKNOWN", "GET", "/data/k", NONE, "");
            case INVALID_ARGUMENT -> proxy.send("GET", "/data?list-type=2&max-keys=-1");
            case INVALID_BUCKET_NAME -> proxy.send("PUT", "/UP");
            case INVALID_DIGEST -> put("content-md5", "nonsense");
            case INVALID_LOCATION_CONSTRAINT ->
                proxy.send(
                        "PUT",
                        "/elsewhere",
                        NONE,
                        "<CreateBucketConfiguration><LocationConstraint>mars-1</LocationConstraint>"
                                + "</CreateBucketConfiguration>");
            case INVALID_PART ->
                completed("<Part><PartNumber>1</PartNumber><ETag>0123456789abcdef0123456789abcdef</ETag></Part>");
            case INVALID_PART_ORDER ->
                completed("<Part><PartNumber>2</PartNumber><ETag>%s</ETag></Part>"
                        + "<Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>");
            case INVALID_POLICY_DOCUMENT ->
                proxy.unsigned(
                        "POST",
                        "/data",
                        SignedForm.TYPE,
                        new SignedForm(signer("ALL", Duration.ZERO), "form", NONE).withPolicy("nonsense", "12345"));
            case INVALID_RANGE -> proxy.send("GET", "/data/k", Map.of("range", "bytes=100-"), "");
            case INVALID_REQUEST -> put("x-amz-checksum-crc32", "nonsense");
            case INVALID_STORAGE_CLASS -> put("x-amz-storage-class", "ICE");
            case INVALID_TAG -> put("x-amz-tagging", "a=1&a=2");
            case INVALID_TOKEN -> proxy.send("GET", "/data/k", Map.of("x-amz-security-token", "v1.00000000.AAAA"), "");
            case INVALID_URI -> proxy.send("GET", "/data/%FF");
            case KEY_TOO_LONG -> proxy.send("PUT", "/data/" + "k".repeat(1_025), NONE, "x");
            case MALFORMED_POST_REQUEST -> proxy.send("POST", "/data", Map.of("content-type", "text/plain"), "x");
            case MALFORMED_TRAILER ->
                proxy.send(
                        "PUT",
                        "/data/bad",
                        Map.of(
                                "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                                "x-amz-decoded-content-length", "5",
                                "x-amz-trailer", "x-amz-checksum-crc32"),
                        "5\r\nhello\r\n0\r\n\r\n");
            case MALFORMED_XML -> proxy.send("PUT", "/data/k?tagging=", NONE, "nonsense");
            case METADATA_TOO_LARGE -> put("x-amz-meta-k", "v".repeat(2_048));
            case METHOD_NOT_ALLOWED -> proxy.send("PATCH", "/data/k");
            case MISSING_CONTENT_LENGTH -> put("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
            case NO_SUCH_BUCKET -> proxy.send("GET", "/none/k");
            case NO_SUCH_CORS_CONFIGURATION -> proxy.send("GET", "/data?cors=");
            case NO_SUCH_KEY -> proxy.send("GET", "/data/none");
            case NO_SUCH_TAG_SET -> proxy.send("GET", "/data?tagging=");
            case NO_SUCH_UPLOAD -> proxy.send("DELETE", "/data/k?uploadId=unknown");
            case NO_SUCH_VERSION -> proxy.send("GET", "/data/k?versionId=00000000000000000000000000000000");
            case NOT_IMPLEMENTED -> proxy.send("GET", "/data?lifecycle=");
            case OPERATION_ABORTED -> behind(409, "OperationAborted");
            case PRECONDITION_FAILED -> proxy.send("PUT", "/data/k", Map.of("if-none-match", "*"), "x");
            case REQUEST_TIME_TOO_SKEWED ->
                proxy.unsigned(
                        "GET",
                        "/data/k",
                        signer("ALL", Duration.ofMinutes(20)).signed("GET", proxy.address(), "/data/k", NONE),
                        "");
            case REQUEST_TIMEOUT -> stalled();
            case SERVICE_UNAVAILABLE -> unavailable();
            case SIGNATURE_DOES_NOT_MATCH ->
                proxy.unsigned(
                        "GET",
                        "/data/k",
                        signer("ALL", Duration.ZERO).signed("GET", proxy.address(), "/data/other", NONE),
                        "");
            case SLOW_DOWN -> tooOften();
            case QUOTA_EXCEEDED -> proxy.send("PUT", "/counted/k", NONE, "12345");
            case X_AMZ_CONTENT_SHA256_MISMATCH -> put("x-amz-content-sha256", TestSigner.sha256("other"));
        };
    }

    private static TestSigner signer(String key, Duration late) {
        return new TestSigner(key, ProxyUnderTest.SECRET, Clock.offset(Clock.systemUTC(), late.negated()));
    }

    private static Answer put(String name, String value) {
        return proxy.send("PUT", "/data/bad", Map.of(name, value), "data");
    }

    /** An upload of two small parts. @param parts with places for the tags of both */
    private static Answer completed(String parts) {
        var id = proxy.send("POST", "/data/p?uploads=", NONE, "").element("UploadId");
        var one = proxy.send("PUT", "/data/p?partNumber=1&uploadId=" + id, NONE, "a")
                .header("etag");
        var two = proxy.send("PUT", "/data/p?partNumber=2&uploadId=" + id, NONE, "a")
                .header("etag");
        var named = "<CompleteMultipartUpload>" + parts.formatted(one, two) + "</CompleteMultipartUpload>";
        return proxy.send("POST", "/data/p?uploadId=" + id, NONE, named);
    }

    private static Answer behind(int status, String code) {
        try (var upstream = UpstreamStandIn.answering(request -> Told.error(status, code));
                var front = upstream.proxy()) {
            return front.send("PUT", "/data/k", NONE, "x");
        }
    }

    private static Answer unavailable() {
        try (var upstream = UpstreamStandIn.answering(request -> new Told(200, Map.of(), "nonsense"));
                var front = upstream.proxy()) {
            return front.send("GET", "/data/k");
        }
    }

    private static Answer tooOften() {
        try (var limited = ProxyUnderTest.start(
                "buckets: [{name: data, backend_type: memory}]\nrate_limits: {authenticated: {limit: 1, window: 1h}}\n"
                        + ALL.replace("may_assume: [reader]", "enabled: false"))) {
            limited.send("GET", "/data/k");
            return limited.send("GET", "/data/k");
        }
    }

    /** A client that does not go on with its head. */
    private static Answer stalled() {
        try (var socket = new Socket(proxy.address().getHost(), proxy.address().getPort())) {
            socket.setSoTimeout(HANGS_AFTER_MILLIS);
            socket.getOutputStream().write("PUT /data/k HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var end = text.indexOf("\r\n\r\n");
            var fields = new java.util.HashMap<String, String>();
            text.substring(0, end)
                    .lines()
                    .skip(1)
                    .forEach(line -> fields.put(
                            line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT),
                            line.substring(line.indexOf(':') + 1).strip()));
            return new Answer(Integer.parseInt(text.substring(9, 12)), fields, text.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_has_not_changed_has_no_body() {
        var tag = proxy.send("HEAD", "/data/k").header("etag");

        var same = proxy.send("GET", "/data/k", Map.of("if-none-match", tag), "");

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("etag")).isEqualTo(tag);
    }

    @Test
    void an_error_of_a_head_has_no_body() {
        var missing = proxy.send("HEAD", "/data/none");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEmpty();
        assertThat(proxy.as("FEW", "HEAD", "/data/other", NONE, "").status()).isEqualTo(403);
    }

    @Test
    void errors_say_what_their_code_has_beside() {
        assertThat(provoked(S3Error.INVALID_RANGE).element("ActualObjectSize")).isEqualTo("10");
        assertThat(provoked(S3Error.INVALID_RANGE).element("RangeRequested")).isEqualTo("bytes=100-");
        assertThat(provoked(S3Error.METHOD_NOT_ALLOWED).header("allow")).contains("GET", "PUT", "DELETE");
        var skewed = provoked(S3Error.REQUEST_TIME_TOO_SKEWED);
        assertThat(skewed.element("MaxAllowedSkewMilliseconds")).isEqualTo("900000");
        assertThat(skewed.element("RequestTime")).isNotEmpty();
        assertThat(skewed.element("ServerTime")).isNotEmpty();
        assertThat(provoked(S3Error.QUOTA_EXCEEDED).header("retry-after")).isNotEmpty();
        var often = provoked(S3Error.SLOW_DOWN);
        assertThat(often.header("retry-after")).isNotEmpty();
        assertThat(often.header("ratelimit-policy")).isEqualTo("\"authenticated\";q=1;w=3600");
        assertThat(often.header("ratelimit")).startsWith("\"authenticated\";r=0;t=");
    }

    @Test
    void an_upload_through_a_form_may_be_too_short_too() {
        var form = new SignedForm(signer("ALL", Duration.ZERO), "form", NONE);

        assertThat(proxy.unsigned("POST", "/data", SignedForm.TYPE, form.body("data", "1"))
                        .element("Code"))
                .isEqualTo("EntityTooSmall");
        assertThat(proxy.unsigned("POST", "/data", SignedForm.TYPE, form.body("other", "1234"))
                        .element("Code"))
                .isEqualTo("AccessDenied");
    }
}
