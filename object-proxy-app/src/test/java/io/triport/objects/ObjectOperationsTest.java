package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectOperationsTest {
    private static final Map<String, String> NONE = Map.of();
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.start("""
            buckets:
              - {name: data, backend_type: memory}
              - {name: other, backend_type: memory}
              - {name: frozen, backend_type: memory, read_only: true}
              - {name: small, backend_type: memory, max_object_bytes: 4}
              - name: shown
                backend_type: memory
                anonymous_access: read
                cors:
                  - {allowed_origins: ["https://a.example"], allowed_methods: [GET], allowed_headers: ["x-*"], expose_headers: [ETag]}
              - {name: health, backend_type: memory}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
              - access_key_id: READER
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: data, prefixes: [mine], actions: [get_object, head_object, list_bucket]}]
              - {access_key_id: OFF, secret_access_key: "${env:SECRET}", enabled: false, allowed_scopes: [{bucket: "*", actions: ["*"]}]}
              - {access_key_id: OLD, secret_access_key: "${env:SECRET}", expires_at: 2020-01-01T00:00:00Z, allowed_scopes: [{bucket: "*", actions: ["*"]}]}
            """);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void an_object_is_stored_read_described_and_removed() {
        var stored = proxy.send("PUT", "/data/a%20b", Map.of("x-amz-meta-k", "v", "content-type", "text/x"), "hello");
        assertThat(stored.status()).isEqualTo(200);
        assertThat(stored.header("etag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(stored.header("x-amz-request-id")).isNotEmpty();

        var read = proxy.send("GET", "/data/a%20b");
        assertThat(read.body()).isEqualTo("hello");
        assertThat(read.header("content-type")).isEqualTo("text/x");
        assertThat(read.header("x-amz-meta-k")).isEqualTo("v");
        assertThat(read.header("accept-ranges")).isEqualTo("bytes");
        assertThat(read.header("server-timing")).contains("auth;dur=");

        var head = proxy.send("HEAD", "/data/a%20b");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo("5");

        assertThat(proxy.send("DELETE", "/data/a%20b").status()).isEqualTo(204);
        var gone = proxy.send("GET", "/data/a%20b");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.element("Code")).isEqualTo("NoSuchKey");
        assertThat(gone.element("RequestId")).isEqualTo(gone.header("x-amz-request-id"));
    }

    @Test
    void a_range_is_answered_in_part() {
        proxy.send("PUT", "/data/r", NONE, "0123456789");

        var part = proxy.send("GET", "/data/r", Map.of("range", "bytes=2-5"), "");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("2345");
        assertThat(part.header("content-range")).isEqualTo("bytes 2-5/10");
        assertThat(proxy.send("HEAD", "/data/r", Map.of("range", "bytes=-3"), "")
                        .header("content-length"))
                .isEqualTo("3");

        var outside = proxy.send("GET", "/data/r", Map.of("range", "bytes=100-"), "");
        assertThat(outside.status()).isEqualTo(416);
        assertThat(outside.element("ActualObjectSize")).isEqualTo("10");
        assertThat(proxy.send("GET", "/data/r", Map.of("range", "bytes=1-2,4-5"), "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void conditions_decide_reads_and_writes() {
        var tag =
                proxy.send("PUT", "/data/c", Map.of("if-none-match", "*"), "1").header("etag");

        assertThat(proxy.send("GET", "/data/c", Map.of("if-none-match", tag), "")
                        .status())
                .isEqualTo(304);
        assertThat(proxy.send("HEAD", "/data/c", Map.of("if-match", "\"0\""), "")
                        .status())
                .isEqualTo(412);
        assertThat(proxy.send("PUT", "/data/c", Map.of("if-none-match", "*"), "2")
                        .element("Code"))
                .isEqualTo("PreconditionFailed");
        assertThat(proxy.send("PUT", "/data/none", Map.of("if-match", tag), "2").status())
                .isEqualTo(404);
        assertThat(proxy.send("PUT", "/data/c", Map.of("if-match", tag), "3").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "content-md5, AAAAAAAAAAAAAAAAAAAAAA==, BadDigest",
        "content-md5, nonsense, InvalidDigest",
        "x-amz-checksum-crc32, AAAAAA==, BadDigest",
        "x-amz-checksum-crc32, nonsense, InvalidRequest",
        "x-amz-content-sha256, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
                + " XAmzContentSHA256Mismatch",
        "x-amz-storage-class, ICE, InvalidStorageClass",
        "x-amz-acl, public-read, NotImplemented",
        "x-amz-server-side-encryption, aws:kms, NotImplemented",
        "x-amz-tagging, a=1&a=2, InvalidTag"
    })
    void a_write_that_is_not_what_it_says_stores_nothing(String field, String value, String code) {
        var refused = proxy.send("PUT", "/data/bad", Map.of(field, value), "data");

        assertThat(refused.element("Code")).isEqualTo(code);
        assertThat(proxy.send("GET", "/data/bad").status()).isEqualTo(404);
    }

    @Test
    void metadata_above_2_KiB_is_too_large() {
        var answer = proxy.send("PUT", "/data/m", Map.of("x-amz-meta-k", "v".repeat(2048)), "x");

        assertThat(answer.element("Code")).isEqualTo("MetadataTooLarge");
    }

    @Test
    void listings_go_on_by_tokens_that_are_good_for_them_alone() {
        for (var key : new String[] {"l/a", "l/b/1", "l/b/2", "l/c"}) {
            proxy.send("PUT", "/other/" + key, NONE, "x");
        }
        var first = proxy.send("GET", "/other?delimiter=%2F&list-type=2&max-keys=2&prefix=l%2F");
        assertThat(first.body()).contains("<Key>l/a</Key>", "<Prefix>l/b/</Prefix>", "<KeyCount>2</KeyCount>");
        assertThat(first.element("IsTruncated")).isEqualTo("true");
        var token = first.element("NextContinuationToken");

        var second = proxy.send(
                "GET", "/other?continuation-token=" + token + "&delimiter=%2F&list-type=2&max-keys=2&prefix=l%2F");
        assertThat(second.body()).contains("<Key>l/c</Key>").doesNotContain("l/b", "l/a");
        assertThat(second.element("IsTruncated")).isEqualTo("false");
        assertThat(proxy.send("GET", "/other?continuation-token=" + token + "&list-type=2&prefix=l%2F")
                        .element("Code"))
                .isEqualTo("InvalidArgument");
        assertThat(proxy.send("GET", "/data?continuation-token=" + token + "&delimiter=%2F&list-type=2&prefix=l%2F")
                        .element("Code"))
                .isEqualTo("InvalidArgument");
        assertThat(proxy.send("GET", "/other?list-type=2&max-keys=-1").element("Code"))
                .isEqualTo("InvalidArgument");
        assertThat(proxy.send("GET", "/other?list-type=2&max-keys=0").element("KeyCount"))
                .isEqualTo("0");
    }

    @Test
    void the_first_version_of_listings_goes_on_by_a_marker() {
        for (var key : new String[] {"v/a", "v/b", "v/c"}) {
            proxy.send("PUT", "/other/" + key, NONE, "x");
        }
        var first = proxy.send("GET", "/other?delimiter=%2F&max-keys=2&prefix=v%2F");
        assertThat(first.element("NextMarker")).isEqualTo("v/b");

        var second = proxy.send("GET", "/other?delimiter=%2F&marker=v%2Fb&prefix=v%2F");
        assertThat(second.body()).contains("<Key>v/c</Key>").doesNotContain("<Key>v/b</Key>");
        assertThat(proxy.send("GET", "/other?prefix=v%2F&versions=").body()).contains("<VersionId>null</VersionId>");
    }

    @Test
    void an_upload_in_parts_becomes_one_object() {
        var id = proxy.send("POST", "/data/p?uploads=", NONE, "").element("UploadId");
        assertThat(proxy.send("GET", "/data?uploads=").body()).contains(id);
        var tag = proxy.send("PUT", "/data/p?partNumber=1&uploadId=" + id, NONE, "part")
                .header("etag");
        assertThat(proxy.send("GET", "/data/p?uploadId=" + id).element("PartNumber"))
                .isEqualTo("1");
        var parts = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + tag
                + "</ETag></Part></CompleteMultipartUpload>";

        var completed = proxy.send("POST", "/data/p?uploadId=" + id, NONE, parts);

        assertThat(completed.status()).isEqualTo(200);
        assertThat(completed.element("ETag")).endsWith("-1&quot;");
        assertThat(proxy.send("GET", "/data/p").body()).isEqualTo("part");
        assertThat(proxy.send("HEAD", "/data/p?partNumber=1").header("x-amz-mp-parts-count"))
                .isEqualTo("1");
        assertThat(proxy.send("DELETE", "/data/p?uploadId=unknown").element("Code"))
                .isEqualTo("NoSuchUpload");
        assertThat(proxy.send("POST", "/data/p?uploadId=" + id, NONE, "<CompleteMultipartUpload/>")
                        .element("Code"))
                .isEqualTo("MalformedXML");
    }

    @Test
    void objects_are_copied_within_a_bucket_and_from_one_to_another() {
        proxy.send("PUT", "/data/s", Map.of("x-amz-meta-a", "1", "x-amz-tagging", "t=1"), "copy");

        assertThat(proxy.send("PUT", "/data/t", Map.of("x-amz-copy-source", "/data/s"), "")
                        .element("ETag"))
                .isNotEmpty();
        assertThat(proxy.send("PUT", "/other/t", Map.of("x-amz-copy-source", "data/s"), "")
                        .status())
                .isEqualTo(200);
        var read = proxy.send("GET", "/other/t");
        assertThat(read.body()).isEqualTo("copy");
        assertThat(read.header("x-amz-meta-a")).isEqualTo("1");
        assertThat(read.header("x-amz-tagging-count")).isEqualTo("1");
        assertThat(proxy.send("PUT", "/data/s", Map.of("x-amz-copy-source", "/data/s"), "")
                        .element("Code"))
                .isEqualTo("InvalidRequest");
        assertThat(proxy.send("PUT", "/data/t", Map.of("x-amz-copy-source", "/data/none"), "")
                        .element("Code"))
                .isEqualTo("NoSuchKey");
    }

    @Test
    void tags_attributes_and_access_lists_are_told() {
        proxy.send("PUT", "/data/t1", NONE, "12345");
        var tagging = "<Tagging><TagSet><Tag><Key>c</Key><Value>3</Value></Tag></TagSet></Tagging>";

        assertThat(proxy.send("PUT", "/data/t1?tagging=", NONE, tagging).status())
                .isEqualTo(200);
        assertThat(proxy.send("GET", "/data/t1?tagging=").element("Value")).isEqualTo("3");
        assertThat(proxy.send("DELETE", "/data/t1?tagging=").status()).isEqualTo(204);
        assertThat(proxy.send("GET", "/data/t1?attributes=", Map.of("x-amz-object-attributes", "ObjectSize"), "")
                        .element("ObjectSize"))
                .isEqualTo("5");
        assertThat(proxy.send("GET", "/data/t1?acl=").element("Permission")).isEqualTo("FULL_CONTROL");
    }

    @Test
    void what_buckets_are_configured_to_be_is_told() {
        assertThat(proxy.send("HEAD", "/data").header("x-amz-bucket-region")).isEqualTo("us-east-1");
        assertThat(proxy.send("GET", "/data?location=").body()).contains("LocationConstraint");
        assertThat(proxy.send("GET", "/data?cors=").element("Code")).isEqualTo("NoSuchCORSConfiguration");
        assertThat(proxy.send("GET", "/shown?cors=").element("AllowedMethod")).isEqualTo("GET");
        assertThat(proxy.send("GET", "/data?tagging=").element("Code")).isEqualTo("NoSuchTagSet");
        assertThat(proxy.send("GET", "/data?versioning=").body()).doesNotContain("Status");
        assertThat(proxy.send("PUT", "/data").element("Code")).isEqualTo("BucketAlreadyOwnedByYou");
    }

    @Test
    void many_objects_are_removed_at_once_under_a_checksum() {
        proxy.send("PUT", "/data/d1", NONE, "x");
        var document = "<Delete><Object><Key>d1</Key></Object><Object><Key>never</Key></Object></Delete>";

        assertThat(proxy.send("POST", "/data?delete=", NONE, document).element("Code"))
                .isEqualTo("InvalidRequest");
        var deleted = proxy.send("POST", "/data?delete=", Map.of("content-md5", md5(document)), document);
        assertThat(deleted.body()).contains("<Deleted><Key>d1</Key></Deleted>", "<Key>never</Key>");
        assertThat(proxy.send("GET", "/data/d1").status()).isEqualTo(404);
        var bomb = "<!DOCTYPE d [<!ENTITY e SYSTEM"
                + " 'file:///etc/passwd'>]><Delete><Object><Key>&e;</Key></Object></Delete>";
        assertThat(proxy.send("POST", "/data?delete=", Map.of("content-md5", md5(bomb)), bomb)
                        .element("Code"))
                .isEqualTo("MalformedXML");
    }

    private static String md5(String text) {
        try {
            var digest = java.security.MessageDigest.getInstance("MD5")
                    .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return java.util.Base64.getEncoder().encodeToString(digest);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_scope_reaches_whole_segments_under_its_prefix_and_nothing_else() {
        proxy.send("PUT", "/data/mine/a", NONE, "x");
        proxy.send("PUT", "/data/mine-too/a", NONE, "x");

        assertThat(proxy.as("READER", "GET", "/data/mine/a", NONE, "").status()).isEqualTo(200);
        assertThat(proxy.as("READER", "GET", "/data/mine/none", NONE, "").status())
                .isEqualTo(404);
        assertThat(proxy.as("READER", "GET", "/data/mine-too/a", NONE, "").element("Code"))
                .isEqualTo("AccessDenied");
        assertThat(proxy.as("READER", "PUT", "/data/mine/a", NONE, "y").element("Code"))
                .isEqualTo("AccessDenied");
        assertThat(proxy.as("READER", "GET", "/data?list-type=2", NONE, "").element("Code"))
                .isEqualTo("AccessDenied");
        assertThat(proxy.as("READER", "GET", "/data?list-type=2&prefix=mine", NONE, "")
                        .body())
                .contains("mine/a")
                .doesNotContain("mine-too");
        assertThat(proxy.as("READER", "GET", "/", NONE, "").body())
                .contains("<Name>data</Name>")
                .doesNotContain("<Name>other</Name>");
        assertThat(proxy.as("READER", "GET", "/none/a", NONE, "").element("Code"))
                .isEqualTo("AccessDenied");
        assertThat(proxy.send("GET", "/none/a").element("Code")).isEqualTo("NoSuchBucket");
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN, InvalidAccessKeyId", "OFF, InvalidAccessKeyId", "OLD, ExpiredToken"})
    void a_key_that_does_not_count_is_refused(String key, String code) {
        var refused = proxy.as(key, "GET", "/data/a", NONE, "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.element("Code")).isEqualTo(code);
        assertThat(refused.header("triport-layer")).isEqualTo("identity");
    }

    @Test
    void a_signature_of_another_request_is_refused() {
        var fields = new TestSigner("ALL", ProxyUnderTest.SECRET, java.time.Clock.systemUTC())
                .signed("GET", proxy.address(), "/data/a", NONE);

        assertThat(proxy.unsigned("GET", "/data/b", fields, "").element("Code")).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void who_shows_no_credential_may_do_what_the_bucket_shows() {
        proxy.send("PUT", "/shown/a", NONE, "seen");

        assertThat(proxy.unsigned("GET", "/shown/a", NONE, "").body()).isEqualTo("seen");
        assertThat(proxy.unsigned("GET", "/shown/a?response-content-type=a", NONE, "")
                        .element("Code"))
                .isEqualTo("InvalidRequest");
        assertThat(proxy.unsigned("GET", "/shown", NONE, "").element("Code")).isEqualTo("AccessDenied");
        assertThat(proxy.unsigned("GET", "/shown/none", NONE, "").element("Code"))
                .isEqualTo("AccessDenied");
        assertThat(proxy.unsigned("PUT", "/shown/a", NONE, "x").element("Code")).isEqualTo("AccessDenied");
        assertThat(proxy.unsigned("GET", "/data/a", NONE, "").element("Code")).isEqualTo("AccessDenied");
        assertThat(proxy.unsigned("GET", "/", NONE, "").element("Code")).isEqualTo("AccessDenied");
    }

    @Test
    void a_bucket_that_is_read_only_or_bounded_refuses_writes() {
        assertThat(proxy.send("PUT", "/frozen/a", NONE, "x").element("Code")).isEqualTo("AccessDenied");
        assertThat(proxy.send("PUT", "/small/a", NONE, "12345").element("Code")).isEqualTo("EntityTooLarge");
        assertThat(proxy.send("PUT", "/small/a", NONE, "1234").status()).isEqualTo(200);
    }

    @Test
    void a_bound_of_a_bucket_is_kept_by_copies_and_by_uploads_in_parts() {
        proxy.send("PUT", "/data/five", NONE, "12345");
        var copied = proxy.send("PUT", "/small/five", Map.of("x-amz-copy-source", "/data/five"), "");
        assertThat(copied.element("Code")).isEqualTo("EntityTooLarge");
        assertThat(copied.element("MaxSizeAllowed")).isEqualTo("4");

        var id = proxy.send("POST", "/small/p?uploads=", NONE, "").element("UploadId");
        var part = proxy.send("PUT", "/small/p?partNumber=1&uploadId=" + id, NONE, "1234");
        assertThat(part.status()).isEqualTo(200);
        var large = proxy.send(
                "PUT", "/small/p?partNumber=2&uploadId=" + id, Map.of("x-amz-copy-source", "/data/five"), "");
        var parts = "<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>" + large.element("ETag")
                + "</ETag></Part></CompleteMultipartUpload>";
        assertThat(proxy.send("POST", "/small/p?uploadId=" + id, NONE, parts).element("Code"))
                .isEqualTo("EntityTooLarge");
        assertThat(proxy.send("GET", "/small/p").status()).isEqualTo(404);
    }

    @Test
    void browsers_of_a_configured_origin_are_let_in() {
        var asks = Map.of("origin", "https://a.example", "access-control-request-method", "GET");
        var stranger = Map.of("origin", "https://b.example", "access-control-request-method", "GET");

        assertThat(proxy.unsigned("OPTIONS", "/shown/a", asks, "").header("access-control-allow-origin"))
                .isEqualTo("https://a.example");
        assertThat(proxy.unsigned("OPTIONS", "/shown/a", stranger, "").element("Code"))
                .isEqualTo("AccessForbidden");
        var refused = proxy.unsigned("GET", "/shown/none", Map.of("origin", "https://a.example"), "");
        assertThat(refused.header("access-control-allow-origin")).isEqualTo("https://a.example");
        assertThat(refused.header("vary")).isEqualTo("Origin");
    }

    @Test
    void browsers_of_a_configured_origin_may_read_that_their_form_came_too_late() throws IOException {
        try (var impatient = ProxyUnderTest.start("""
            triport: {timeouts: {body-idle: 100ms}}
            buckets:
              - name: shown
                backend_type: memory
                cors: [{allowed_origins: ["https://a.example"], allowed_methods: [POST]}]
            credentials:
              - {access_key_id: ALL, secret_access_key: "${env:SECRET}", allowed_scopes: [{bucket: "*", actions: ["*"]}]}
            """)) {
            assertThat(halfSent(impatient, "/shown", "https://a.example"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("<Code>RequestTimeout</Code>")
                    .contains("\r\nAccess-Control-Allow-Origin: https://a.example\r\n");
            assertThat(halfSent(impatient, "/shown", "https://b.example"))
                    .contains("<Code>RequestTimeout</Code>")
                    .doesNotContain("Access-Control-");
            assertThat(halfSent(impatient, "/none", "https://a.example")).doesNotContain("Access-Control-");
        }
    }

    /** Sends half of a form. @return the answer as it came */
    private static String halfSent(ProxyUnderTest to, String bucket, String origin) throws IOException {
        var address = to.address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("POST " + bucket + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nOrigin: " + origin
                                    + "\r\n"
                                    + "Content-Type: multipart/form-data; boundary=x\r\n"
                                    + "Content-Length: 1000\r\n\r\n"
                                    + "--x\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_bucket_may_be_called_health() {
        assertThat(proxy.unsigned("GET", "/health", NONE, "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /data/a, 405, MethodNotAllowed",
        "DELETE, /data?policy=, 501, NotImplemented",
        "GET, /UP, 400, InvalidBucketName"
    })
    void what_is_not_ours_is_said_to_be_so(String method, String target, int status, String code) {
        var refused = proxy.send(method, target);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.element("Code")).isEqualTo(code);
    }

    @Test
    void a_form_that_nobody_signed_is_refused_and_one_without_a_file_is_none() {
        var type = Map.of("content-type", "multipart/form-data; boundary=xYx");
        var key = "--xYx\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nposted\r\n";
        var file = "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n12345\r\n--xYx--\r\n";

        assertThat(proxy.unsigned("POST", "/data", type, key + file).element("Code"))
                .isEqualTo("AccessDenied");
        assertThat(proxy.unsigned("POST", "/data", type, key + "--xYx--\r\n").element("Code"))
                .isEqualTo("MalformedPOSTRequest");
        assertThat(proxy.send("GET", "/data/posted").status()).isEqualTo(404);
    }
}
