package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.objects.UpstreamStandIn.Seen;
import io.triport.objects.UpstreamStandIn.Told;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fields go through to an endpoint and back. */
@Timeout(120)
final class UpstreamFieldsTest {
    private static final Map<String, String> OWN_KEY = Map.of(
            "x-amz-server-side-encryption-customer-algorithm", "AES256",
            "x-amz-server-side-encryption-customer-key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "x-amz-server-side-encryption-customer-key-md5", "8sIeYyQ8GSAqfwZvpMoFsA==");
    private static final Map<String, String> TOLD = Map.ofEntries(
            Map.entry("x-amz-server-side-encryption", "aws:kms"),
            Map.entry("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:1:key/k"),
            Map.entry("x-amz-server-side-encryption-bucket-key-enabled", "true"),
            Map.entry("x-amz-version-id", "v7"),
            Map.entry("x-amz-expiration", "expiry-date=\"Fri, 02 Jan 2026 00:00:00 GMT\""),
            Map.entry("x-amz-bucket-region", "eu-central-1"),
            Map.entry("x-amz-request-id", "theirs"),
            Map.entry("x-amz-id-2", "theirs"),
            Map.entry("Set-Cookie", "a=b"),
            Map.entry("Via", "1.1 theirs"),
            Map.entry("Forwarded", "for=10.0.0.1"),
            Map.entry("X-Forwarded-For", "10.0.0.1"),
            Map.entry("WWW-Authenticate", "Basic"),
            Map.entry("Proxy-Authenticate", "Basic"),
            Map.entry("Server", "theirs"));

    private final UpstreamStandIn upstream = UpstreamStandIn.answering(UpstreamFieldsTest::answer);
    private final ProxyUnderTest proxy = upstream.proxy();

    private static Told answer(Seen request) {
        var query = request.target().substring(Math.max(0, request.target().indexOf('?')));
        if (request.method().equals("POST") && query.startsWith("?uploads")) {
            return new Told(
                    200,
                    TOLD,
                    "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
        }
        if (request.method().equals("POST")) {
            return new Told(
                    200,
                    TOLD,
                    "<CompleteMultipartUploadResult><ETag>&quot;5d41402abc4b2a76b9719d911017c592&quot;</ETag>"
                            + "</CompleteMultipartUploadResult>");
        }
        if (query.startsWith("?acl") && request.method().equals("GET")) {
            return new Told(200, TOLD, "<AccessControlPolicy><Owner><ID>theirs</ID></Owner></AccessControlPolicy>");
        }
        if (request.fields().containsKey("x-amz-copy-source")) {
            var root = query.isEmpty() || !query.contains("partNumber") ? "CopyObjectResult" : "CopyPartResult";
            return new Told(
                    200,
                    TOLD,
                    "<" + root + "><ETag>&quot;e&quot;</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified></"
                            + root + ">");
        }
        if (request.method().equals("DELETE")) {
            return new Told(204, TOLD, "");
        }
        return Told.object(TOLD, request.method().equals("PUT") ? "" : "hello");
    }

    @AfterEach
    void stop() {
        proxy.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-server-side-encryption, aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id, arn:aws:kms:us-east-1:1:key/k",
        "x-amz-server-side-encryption-context, e30=",
        "x-amz-server-side-encryption-customer-algorithm, AES256",
        "x-amz-acl, public-read",
        "x-amz-grant-read, id=1",
        "x-amz-object-lock-mode, GOVERNANCE",
        "x-amz-object-lock-legal-hold, ON",
        "x-amz-website-redirect-location, /elsewhere",
        "x-amz-request-payer, requester",
        "x-amz-expected-bucket-owner, 123456789012",
        "x-amz-of-tomorrow, yes"
    })
    void a_write_takes_the_fields_along_that_the_endpoint_knows(String name, String value) {
        assertThat(proxy.send("PUT", "/data/k", Map.of(name, value), "hello").status())
                .isEqualTo(200);

        assertThat(upstream.last().field(name)).isEqualTo(value);
        assertThat(upstream.last().target()).isEqualTo("/shelf/in/k");
        assertThat(signed(upstream.last())).contains(name);
    }

    private static String signed(Seen request) {
        return request.field("authorization").replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, text/x",
        "Content-Encoding, gzip",
        "Content-Disposition, inline",
        "Content-Language, de",
        "Cache-Control, no-store",
        "Expires, never"
    })
    void a_write_takes_what_is_stored_along(String name, String value) {
        proxy.send("PUT", "/data/k", Map.of(name, value), "hello");

        assertThat(upstream.last().field(name.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"})
    void a_read_takes_its_range_and_its_conditions_along(String name) {
        var value = name.equals("Range")
                ? "bytes=1-2"
                : name.endsWith("Since") ? "Thu, 01 Jan 2026 00:00:00 GMT" : "\"5d41402abc4b2a76b9719d911017c592\"";

        proxy.send("GET", "/data/k", Map.of(name, value), "");

        assertThat(upstream.last().field(name.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(value);
    }

    @Test
    void who_signs_to_the_endpoint_is_the_proxy_and_nothing_of_the_clients_signature_is_left() {
        proxy.send("PUT", "/data/k", Map.of("x-amz-meta-a", "1"), "hello");

        var seen = upstream.last();
        assertThat(seen.field("authorization")).contains("Credential=OURS/").doesNotContain("ALL");
        assertThat(seen.field("user-agent")).startsWith("triport");
        assertThat(seen.field("x-amz-meta-a")).isEqualTo("1");
        assertThat(seen.fields())
                .doesNotContainKeys("x-amz-security-token", "x-forwarded-for", "x-amz-decoded-content-length");
        assertThat(seen.target()).doesNotContain("X-Amz-Signature");
    }

    @Test
    void an_object_under_a_key_of_the_clients_is_written_and_read_with_it() {
        proxy.send("PUT", "/data/k", OWN_KEY, "hello");
        assertThat(upstream.last().fields()).containsAllEntriesOf(OWN_KEY);

        assertThat(proxy.send("GET", "/data/k", OWN_KEY, "").body()).isEqualTo("hello");
        assertThat(upstream.last().fields()).containsAllEntriesOf(OWN_KEY);

        assertThat(proxy.send("HEAD", "/data/k", OWN_KEY, "").status()).isEqualTo(200);
        assertThat(upstream.last().fields()).containsAllEntriesOf(OWN_KEY);
    }

    @Test
    void an_upload_in_parts_takes_the_fields_of_each_step_along() {
        proxy.send("POST", "/data/k?uploads=", Map.of("x-amz-server-side-encryption", "AES256"), "");
        assertThat(upstream.last().field("x-amz-server-side-encryption")).isEqualTo("AES256");

        proxy.send("PUT", "/data/k?partNumber=1&uploadId=u1", OWN_KEY, "hello");
        assertThat(upstream.last().fields()).containsAllEntriesOf(OWN_KEY);

        var parts = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>"
                + "</CompleteMultipartUpload>";
        assertThat(proxy.send("POST", "/data/k?uploadId=u1", OWN_KEY, parts).status())
                .isEqualTo(200);
        assertThat(upstream.seen().stream()
                        .filter(each -> each.method().equals("POST"))
                        .toList()
                        .getLast()
                        .fields())
                .containsAllEntriesOf(OWN_KEY);
        // It is looked at once more, which needs the key, too.
        assertThat(upstream.last().method()).isEqualTo("HEAD");
        assertThat(upstream.last().fields()).containsAllEntriesOf(OWN_KEY);
    }

    @Test
    void a_delete_takes_its_fields_along() {
        proxy.send("DELETE", "/data/k", Map.of("x-amz-bypass-governance-retention", "true"), "");

        assertThat(upstream.last().field("x-amz-bypass-governance-retention")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({
        "data, /data/from, shelf/in/from",
        "other, /data/from, shelf/in/from",
        "data, /other/from, attic/out/from"
    })
    void a_copy_on_one_endpoint_is_the_endpoints_whatever_the_buckets(String bucket, String source, String there) {
        var fields = Map.of(
                "x-amz-copy-source", source,
                "x-amz-server-side-encryption", "AES256",
                "x-amz-copy-source-server-side-encryption-customer-algorithm", "AES256");

        var copied = proxy.send("PUT", "/" + bucket + "/to", fields, "");

        assertThat(copied.status()).isEqualTo(200);
        assertThat(upstream.seen()).noneMatch(each -> each.method().equals("GET"));
        var copy = upstream.seen().getFirst();
        assertThat(copy.target()).isEqualTo(bucket.equals("data") ? "/shelf/in/to" : "/attic/out/to");
        assertThat(copy.field("x-amz-copy-source").replaceFirst("^/", "")).isEqualTo(there);
        assertThat(copy.field("x-amz-server-side-encryption")).isEqualTo("AES256");
        assertThat(copy.field("x-amz-copy-source-server-side-encryption-customer-algorithm"))
                .isEqualTo("AES256");
        // What was made is looked at, by what a look may have.
        assertThat(upstream.last().method()).isEqualTo("HEAD");
        assertThat(upstream.last().fields()).doesNotContainKey("x-amz-server-side-encryption");
        assertThat(copied.header("x-amz-version-id")).isEqualTo("v7");
    }

    @Test
    void a_part_is_copied_by_the_endpoint_and_its_source_opened_with_its_own_key() {
        var fields = Map.of(
                "x-amz-copy-source", "/other/from",
                "x-amz-copy-source-range", "bytes=0-1",
                "x-amz-copy-source-server-side-encryption-customer-algorithm", "AES256");

        assertThat(proxy.send("PUT", "/data/k?partNumber=1&uploadId=u1", fields, "")
                        .status())
                .isEqualTo(200);

        assertThat(upstream.seen().getFirst().method()).isEqualTo("HEAD");
        assertThat(upstream.seen().getFirst().target()).isEqualTo("/attic/out/from");
        assertThat(upstream.seen().getFirst().field("x-amz-server-side-encryption-customer-algorithm"))
                .isEqualTo("AES256");
        assertThat(upstream.last().field("x-amz-copy-source").replaceFirst("^/", ""))
                .isEqualTo("attic/out/from");
    }

    @Test
    void a_copy_to_another_place_passes_through_with_the_fields_of_each_side() {
        proxy.send("PUT", "/near/from", Map.of(), "hello");

        assertThat(proxy.send(
                                "PUT",
                                "/data/to",
                                Map.of("x-amz-copy-source", "/near/from", "x-amz-server-side-encryption", "AES256"),
                                "")
                        .status())
                .isEqualTo(200);
        assertThat(upstream.last().field("x-amz-server-side-encryption")).isEqualTo("AES256");
        assertThat(upstream.last().field("x-amz-copy-source")).isEmpty();

        var key = Map.of(
                "x-amz-copy-source",
                "/near/from",
                "x-amz-copy-source-server-side-encryption-customer-algorithm",
                "AES256");
        assertThat(proxy.send("PUT", "/data/to", key, "").status()).isEqualTo(501);
        assertThat(proxy.send("PUT", "/near/to", Map.of("x-amz-copy-source", "/data/from"), "")
                        .status())
                .isEqualTo(200);
        assertThat(proxy.send("GET", "/near/to").body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"PUT, /data/k", "GET, /data/k", "HEAD, /data/k", "DELETE, /data/k", "POST, /data/k?uploads="})
    void what_the_endpoint_says_comes_back_but_for_who_it_is(String method, String target) {
        var answer = proxy.send(method, target, Map.of(), method.equals("PUT") ? "hello" : "");

        assertThat(answer.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(answer.header("x-amz-server-side-encryption-bucket-key-enabled"))
                .isEqualTo("true");
        assertThat(answer.header("x-amz-version-id")).isEqualTo("v7");
        assertThat(answer.header("x-amz-expiration")).startsWith("expiry-date=");
        assertThat(answer.header("server")).isEqualTo("triport");
        assertThat(answer.header("x-amz-request-id")).isNotEqualTo("theirs").isNotEmpty();
        assertThat(answer.headers())
                .doesNotContainKeys(
                        "x-amz-server-side-encryption-aws-kms-key-id",
                        "x-amz-bucket-region",
                        "set-cookie",
                        "via",
                        "forwarded",
                        "x-forwarded-for",
                        "www-authenticate",
                        "proxy-authenticate");
    }

    @Test
    void access_lists_are_the_endpoints() {
        assertThat(proxy.send("GET", "/data/k?acl=").element("ID")).isEqualTo("theirs");
        assertThat(upstream.last().target()).isEqualTo("/shelf/in/k?acl=");

        var list = "<AccessControlPolicy/>";
        assertThat(proxy.send("PUT", "/data/k?acl=", Map.of(), list).status()).isEqualTo(200);
        assertThat(upstream.last().body()).isEqualTo(list);
        assertThat(upstream.last().field("content-md5")).isNotEmpty();

        assertThat(proxy.send("PUT", "/data?acl=", Map.of("x-amz-acl", "public-read"), "")
                        .status())
                .isEqualTo(200);
        assertThat(upstream.last().target()).isEqualTo("/shelf/?acl=");
        assertThat(upstream.last().field("x-amz-acl")).isEqualTo("public-read");
    }

    @Test
    void a_copy_by_the_endpoint_needs_the_rights_on_both_sides() {
        for (var target : new String[] {"/other/to", "/other/to?partNumber=1&uploadId=u1"}) {
            var refused = proxy.as("WRITER", "PUT", target, Map.of("x-amz-copy-source", "/data/closed/from"), "");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(upstream.seen()).isEmpty();
        }
        assertThat(proxy.as("READER", "PUT", "/other/to", Map.of("x-amz-copy-source", "/data/from"), "")
                        .status())
                .isEqualTo(403);
        assertThat(upstream.seen()).isEmpty();

        assertThat(proxy.as("WRITER", "PUT", "/other/to", Map.of("x-amz-copy-source", "/data/open/from"), "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_access_list_is_read_by_who_may_read_and_set_by_who_may_write() {
        assertThat(proxy.as("READER", "GET", "/data/k?acl=", Map.of(), "").status())
                .isEqualTo(200);
        var asked = upstream.seen().size();

        for (var bucket : new String[] {"data", "near"}) {
            assertThat(proxy.as("READER", "PUT", "/" + bucket + "/k?acl=", Map.of("x-amz-acl", "private"), "")
                            .status())
                    .isEqualTo(403);
            assertThat(proxy.as("READER", "PUT", "/" + bucket + "?acl=", Map.of("x-amz-acl", "private"), "")
                            .status())
                    .isEqualTo(403);
        }

        assertThat(upstream.seen()).hasSize(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, x-amz-server-side-encryption, AES256",
        "PUT, x-amz-server-side-encryption-customer-algorithm, AES256",
        "GET, x-amz-server-side-encryption-customer-algorithm, AES256",
        "HEAD, x-amz-server-side-encryption-customer-algorithm, AES256"
    })
    void what_lies_with_us_is_not_encrypted_for_others(String method, String name, String value) {
        proxy.send("PUT", "/near/k", Map.of(), "hello");

        assertThat(proxy.send(method, "/near/k", Map.of(name, value), method.equals("PUT") ? "hello" : "")
                        .status())
                .isEqualTo(501);
    }
}
