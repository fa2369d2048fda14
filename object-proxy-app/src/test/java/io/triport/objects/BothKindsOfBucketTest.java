package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.objects.ProxyUnderTest.Answer;
import io.triport.objects.wire.S3Operation;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation of the object proxy page, section 10, on a bucket of ours and on one behind another endpoint. */
@Timeout(120)
final class BothKindsOfBucketTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String KEY = """
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            admin: true
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;
    private static final Map<String, String> DOCUMENTS = Map.of(
            "versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
            "cors",
                    "<CORSConfiguration><CORSRule><AllowedOrigin>https://a.example</AllowedOrigin>"
                            + "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>",
            "tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>",
            "delete", "<Delete><Object><Key>gone</Key></Object></Delete>");

    private static ProxyUnderTest behind;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        behind = ProxyUnderTest.start("buckets: [{name: shelf, backend_type: memory, versioning: enabled}]\n" + KEY);
        proxy = ProxyUnderTest.start("""
            triport:
              objects:
                provider: {type: sql, keys: ["${env:SEAL}"], new-buckets: {backend: memory}}
            buckets:
              - name: far
                backend_type: s3
                backend_options:
                  {endpoint: "%s", bucket_name: shelf, access_key_id: ALL, secret_access_key: "${env:SECRET}"}
            """.formatted(behind.address()) + KEY);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        behind.close();
    }

    /** What each operation is answered with, by its name. */
    private static Map<String, Integer> walked(String bucket) {
        var told = new HashMap<String, Integer>();
        told.put("CreateBucket", proxy.send("PUT", "/" + bucket).status());
        told.put("ListBuckets", proxy.send("GET", "/").status());
        told.put("HeadBucket", send(bucket, "HEAD", "", "").status());
        told.put("GetBucketLocation", send(bucket, "GET", "?location=", "").status());
        told.put("GetBucketVersioning", send(bucket, "GET", "?versioning=", "").status());
        told.put("GetBucketAcl", send(bucket, "GET", "?acl=", "").status());
        told.put(
                "PutBucketVersioning",
                send(bucket, "PUT", "?versioning=", "versioning").status());
        told.put("GetBucketCors", send(bucket, "GET", "?cors=", "").status());
        told.put("PutBucketCors", send(bucket, "PUT", "?cors=", "cors").status());
        told.put("Preflight", preflight(bucket).status());
        told.put("DeleteBucketCors", send(bucket, "DELETE", "?cors=", "").status());
        told.put("GetBucketTagging", send(bucket, "GET", "?tagging=", "").status());
        told.put("PutBucketTagging", send(bucket, "PUT", "?tagging=", "tagging").status());
        told.put("DeleteBucketTagging", send(bucket, "DELETE", "?tagging=", "").status());
        told.put(
                "PutBucketAcl",
                with(bucket, "PUT", "?acl=", Map.of("x-amz-acl", "private")).status());
        objects(bucket, told);
        uploads(bucket, told);
        told.put("DeleteBucket", send(bucket, "DELETE", "", "").status());
        return told;
    }

    private static void objects(String bucket, Map<String, Integer> told) {
        told.put(
                "PutObject",
                proxy.send("PUT", "/" + bucket + "/k", NONE, "hello").status());
        told.put("GetObject", send(bucket, "GET", "/k", "").status());
        told.put("HeadObject", send(bucket, "HEAD", "/k", "").status());
        var source = Map.of("x-amz-copy-source", "/" + bucket + "/k");
        told.put("CopyObject", with(bucket, "PUT", "/copy", source).status());
        var asked = Map.of("x-amz-object-attributes", "ETag,ObjectSize");
        told.put(
                "GetObjectAttributes",
                with(bucket, "GET", "/k?attributes=", asked).status());
        told.put(
                "PutObjectTagging",
                send(bucket, "PUT", "/k?tagging=", "tagging").status());
        told.put("GetObjectTagging", send(bucket, "GET", "/k?tagging=", "").status());
        told.put(
                "DeleteObjectTagging", send(bucket, "DELETE", "/k?tagging=", "").status());
        told.put("GetObjectAcl", send(bucket, "GET", "/k?acl=", "").status());
        told.put(
                "PutObjectAcl",
                with(bucket, "PUT", "/k?acl=", Map.of("x-amz-acl", "private")).status());
        told.put("ListObjects", send(bucket, "GET", "", "").status());
        told.put("ListObjectsV2", send(bucket, "GET", "?list-type=2", "").status());
        told.put("ListObjectVersions", send(bucket, "GET", "?versions=", "").status());
        var form = new SignedForm(new TestSigner("ALL", ProxyUnderTest.SECRET, Clock.systemUTC()), "posted", NONE);
        told.put(
                "PostObject",
                proxy.unsigned("POST", "/" + bucket, SignedForm.TYPE, form.body(bucket, "12345"))
                        .status());
        var document = DOCUMENTS.getOrDefault("delete", "");
        var digest = Map.of("x-amz-checksum-sha256", sha256(document));
        told.put(
                "DeleteObjects",
                proxy.send("POST", "/" + bucket + "?delete=", digest, document).status());
    }

    private static void uploads(String bucket, Map<String, Integer> told) {
        var begun = send(bucket, "POST", "/p?uploads=", "");
        told.put("CreateMultipartUpload", begun.status());
        var id = begun.element("UploadId");
        var part = proxy.send("PUT", "/" + bucket + "/p?partNumber=1&uploadId=" + id, NONE, "hello");
        told.put("UploadPart", part.status());
        var source = Map.of("x-amz-copy-source", "/" + bucket + "/k");
        told.put(
                "UploadPartCopy",
                with(bucket, "PUT", "/p?partNumber=2&uploadId=" + id, source).status());
        told.put("ListParts", send(bucket, "GET", "/p?uploadId=" + id, "").status());
        told.put("ListMultipartUploads", send(bucket, "GET", "?uploads=", "").status());
        var parts = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + part.header("etag")
                + "</ETag></Part></CompleteMultipartUpload>";
        told.put(
                "CompleteMultipartUpload",
                proxy.send("POST", "/" + bucket + "/p?uploadId=" + id, NONE, parts)
                        .status());
        var other = send(bucket, "POST", "/p?uploads=", "").element("UploadId");
        told.put(
                "AbortMultipartUpload",
                send(bucket, "DELETE", "/p?uploadId=" + other, "").status());
        told.put("DeleteObject", send(bucket, "DELETE", "/k", "").status());
    }

    private static Answer send(String bucket, String method, String target, String document) {
        return proxy.send(method, "/" + bucket + target, NONE, DOCUMENTS.getOrDefault(document, ""));
    }

    private static Answer with(String bucket, String method, String target, Map<String, String> fields) {
        return proxy.send(method, "/" + bucket + target, fields, "");
    }

    private static Answer preflight(String bucket) {
        var asks = Map.of("origin", "https://a.example", "access-control-request-method", "GET");
        return proxy.unsigned("OPTIONS", "/" + bucket + "/k", asks, "");
    }

    private static String sha256(String text) {
        return java.util.Base64.getEncoder()
                .encodeToString(java.util.HexFormat.of().parseHex(TestSigner.sha256(text)));
    }

    @Test
    void a_bucket_of_ours_takes_every_operation() {
        var told = walked("ours");

        assertThat(told.keySet()).isEqualTo(all());
        assertThat(told)
                .containsEntry("GetBucketCors", 404)
                .containsEntry("GetBucketTagging", 404)
                .containsEntry("DeleteBucket", 409);
        var done = told.entrySet().stream()
                .filter(entry -> !Set.of("GetBucketCors", "GetBucketTagging", "DeleteBucket")
                        .contains(entry.getKey()));
        assertThat(done).allMatch(entry -> entry.getValue() == 200 || entry.getValue() == 204);
    }

    @Test
    void a_bucket_behind_an_endpoint_takes_what_the_endpoint_does_and_its_settings_are_the_configurations() {
        var told = walked("far");

        assertThat(told.keySet()).isEqualTo(all());
        assertThat(told)
                .containsEntry("CreateBucket", 409)
                .containsEntry("GetBucketCors", 404)
                .containsEntry("GetBucketTagging", 404)
                .containsEntry("Preflight", 403);
        var settings = Set.of(
                "DeleteBucket",
                "PutBucketVersioning",
                "PutBucketCors",
                "DeleteBucketCors",
                "PutBucketTagging",
                "DeleteBucketTagging");
        assertThat(settings).allMatch(name -> told.getOrDefault(name, 0) == 501);
        var others = new TreeSet<>(all());
        others.removeAll(settings);
        others.removeAll(Set.of("CreateBucket", "GetBucketCors", "GetBucketTagging", "Preflight"));
        assertThat(others).allMatch(name -> Set.of(200, 204).contains(told.getOrDefault(name, 0)));
    }

    @Test
    void a_copy_behind_an_endpoint_does_not_pass_through() {
        proxy.send("PUT", "/far/source", NONE, "hello");
        var before = behind.counted("object.requests", "operation", "GetObject");

        var copied = proxy.send("PUT", "/far/target", Map.of("x-amz-copy-source", "/far/source"), "");

        assertThat(copied.status()).isEqualTo(200);
        assertThat(behind.counted("object.requests", "operation", "GetObject")).isEqualTo(before);
        assertThat(behind.counted("object.requests", "operation", "CopyObject")).isPositive();
        assertThat(proxy.send("GET", "/far/target").body()).isEqualTo("hello");
    }

    @Test
    void versions_behind_an_endpoint_are_told_and_found() {
        var first = proxy.send("PUT", "/far/v", NONE, "1").header("x-amz-version-id");
        var second = proxy.send("PUT", "/far/v", NONE, "2").header("x-amz-version-id");
        assertThat(first).isNotEmpty().isNotEqualTo(second);

        assertThat(proxy.send("GET", "/far/v?versionId=" + first).body()).isEqualTo("1");
        assertThat(proxy.send("HEAD", "/far/v").header("x-amz-version-id")).isEqualTo(second);
        var copied = proxy.send("PUT", "/far/v2", Map.of("x-amz-copy-source", "/far/v?versionId=" + first), "");
        assertThat(copied.header("x-amz-copy-source-version-id")).isEqualTo(first);
        var deleted = proxy.send("DELETE", "/far/v");
        assertThat(deleted.header("x-amz-delete-marker")).isEqualTo("true");
        assertThat(proxy.send("GET", "/far/v").header("x-amz-delete-marker")).isEqualTo("true");
        assertThat(proxy.send("DELETE", "/far/v?versionId=" + deleted.header("x-amz-version-id"))
                        .status())
                .isEqualTo(204);
        assertThat(proxy.send("GET", "/far/v").body()).isEqualTo("2");
    }

    /** The names of all operations that there are. */
    private static Set<String> all() {
        return cases(S3Operation.class).map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Class<?>> cases(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(BothKindsOfBucketTest::cases)
                        .distinct()
                : Stream.of(type);
    }

    static Stream<String> othersOfBuckets() {
        return Stream.of(
                "lifecycle",
                "replication",
                "object-lock",
                "website",
                "logging",
                "notification",
                "inventory",
                "analytics",
                "metrics",
                "intelligent-tiering",
                "accelerate",
                "requestPayment",
                "policy",
                "policyStatus",
                "publicAccessBlock",
                "ownershipControls",
                "encryption",
                "of-tomorrow");
    }

    @ParameterizedTest
    @MethodSource("othersOfBuckets")
    void what_buckets_cannot_do_is_never_taken_for_something_else(String what) {
        for (var bucket : new String[] {"far", "kept"}) {
            proxy.send("PUT", "/kept");
            for (var method : new String[] {"GET", "PUT", "DELETE"}) {
                var told = proxy.send(method, "/" + bucket + "?" + what);

                assertThat(told.status()).isEqualTo(501);
                assertThat(told.element("Code")).isEqualTo("NotImplemented");
            }
            assertThat(proxy.send("HEAD", "/" + bucket).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, restore",
        "POST, select",
        "GET, torrent",
        "PUT, legal-hold",
        "PUT, retention",
        "GET, retention",
        "PUT, renameObject",
        "GET, of-tomorrow"
    })
    void what_objects_cannot_do_is_never_taken_for_something_else(String method, String what) {
        proxy.send("PUT", "/far/o", NONE, "hello");

        assertThat(proxy.send(method, "/far/o?" + what).status()).isEqualTo(501);

        assertThat(proxy.send("GET", "/far/o").body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /far, GET", "PUT, /far?location=, GET", "GET, /far?delete=, POST", "PATCH, /far/k, GET",
        "POST, /far/k?tagging=, DELETE", "PUT, /far/k?attributes=, GET", "PATCH, /far/k?uploadId=u, POST", "PUT, /, GET"
    })
    void a_method_that_is_not_defined_is_told_which_are(String method, String target, String one) {
        var told = proxy.send(method, target);

        assertThat(told.status()).isEqualTo(405);
        assertThat(told.element("Code")).isEqualTo("MethodNotAllowed");
        assertThat(told.header("allow")).contains(one);
    }
}
