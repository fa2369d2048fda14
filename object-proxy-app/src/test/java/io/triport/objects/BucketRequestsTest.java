package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BucketRequestsTest {
    private static final Map<String, String> NONE = Map.of();
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.start("""
            triport:
              objects:
                provider: {type: sql, keys: ["${env:SEAL}"], new-buckets: {backend: memory}}
            buckets:
              - {name: data, backend_type: memory, tags: {team: storage}}
              - name: remote
                backend_type: s3
                backend_options: {endpoint: "http://127.0.0.1:1", skip_signature: true}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                admin: true
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
              - access_key_id: TEAM
                secret_access_key: ${env:SECRET}
                admin: true
                allowed_scopes: [{bucket: "team-*", actions: ["*"]}]
              - access_key_id: PLAIN
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void a_bucket_is_made_used_and_removed() {
        var made = proxy.send("PUT", "/fresh");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.header("location")).isEqualTo("/fresh");
        assertThat(proxy.send("HEAD", "/fresh").status()).isEqualTo(200);
        assertThat(proxy.send("GET", "/").body()).contains("<Name>fresh</Name>");
        assertThat(proxy.send("PUT", "/fresh/k", NONE, "v").status()).isEqualTo(200);

        var full = proxy.send("DELETE", "/fresh");
        assertThat(full.status()).isEqualTo(409);
        assertThat(full.element("Code")).isEqualTo("BucketNotEmpty");
        assertThat(proxy.send("GET", "/fresh/k").body()).isEqualTo("v");

        assertThat(proxy.send("DELETE", "/fresh/k").status()).isEqualTo(204);
        assertThat(proxy.send("DELETE", "/fresh").status()).isEqualTo(204);
        assertThat(proxy.send("HEAD", "/fresh").status()).isEqualTo(404);
        assertThat(proxy.send("PUT", "/fresh/k", NONE, "v").element("Code")).isEqualTo("NoSuchBucket");
        assertThat(proxy.send("GET", "/").body()).doesNotContain("<Name>fresh</Name>");
    }

    @Test
    void a_name_that_is_taken_is_told_apart_by_who_has_it() {
        assertThat(proxy.send("PUT", "/team-a").status()).isEqualTo(200);

        assertThat(proxy.send("PUT", "/team-a").element("Code")).isEqualTo("BucketAlreadyOwnedByYou");
        assertThat(proxy.as("TEAM", "PUT", "/team-a", NONE, "").element("Code")).isEqualTo("BucketAlreadyExists");
        assertThat(proxy.send("PUT", "/data").status()).isEqualTo(409);
    }

    @Test
    void only_administrators_make_and_remove_buckets_and_only_within_their_scopes() {
        assertThat(proxy.as("PLAIN", "PUT", "/plain", NONE, "").status()).isEqualTo(403);
        assertThat(proxy.as("TEAM", "PUT", "/other", NONE, "").status()).isEqualTo(403);
        assertThat(proxy.as("TEAM", "PUT", "/team-b", NONE, "").status()).isEqualTo(200);
        assertThat(proxy.as("PLAIN", "DELETE", "/team-b", NONE, "").status()).isEqualTo(403);
        assertThat(proxy.unsigned("PUT", "/anonymous", NONE, "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "/ab, '', 400, InvalidBucketName",
        "/Upper, '', 400, InvalidBucketName",
        "/xn--a, '', 400, InvalidBucketName",
        "/127.0.0.1, '', 400, InvalidBucketName",
        "/elsewhere, <CreateBucketConfiguration><LocationConstraint>mars-1</LocationConstraint>"
                + "</CreateBucketConfiguration>, 400, InvalidLocationConstraint",
        "/elsewhere, <CreateBucket/>, 400, MalformedXML",
        "/elsewhere, nonsense, 400, MalformedXML"
    })
    void a_bucket_that_cannot_be_is_not_made(String target, String body, int status, String code) {
        var answer = proxy.send("PUT", target, NONE, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.element("Code")).isEqualTo(code);
    }

    @Test
    void a_bucket_may_be_asked_for_where_the_endpoint_is() {
        var here = "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
                + "us-east-1</LocationConstraint></CreateBucketConfiguration>";

        assertThat(proxy.send("PUT", "/placed", NONE, here).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-acl, public-read",
        "x-amz-bucket-object-lock-enabled, true",
        "x-amz-object-ownership, ObjectWriter",
        "x-amz-grant-read, id=1"
    })
    void what_a_new_bucket_cannot_have_is_refused_and_not_ignored(String field, String value) {
        assertThat(proxy.send("PUT", "/special", Map.of(field, value), "").status())
                .isEqualTo(501);
    }

    @Test
    void versions_are_kept_from_when_it_is_asked_for() {
        proxy.send("PUT", "/history");
        assertThat(proxy.send("GET", "/history?versioning").element("Status")).isEmpty();

        var set = proxy.send(
                "PUT",
                "/history?versioning",
                NONE,
                "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");

        assertThat(set.status()).isEqualTo(200);
        assertThat(proxy.send("GET", "/history?versioning").element("Status")).isEqualTo("Enabled");
        assertThat(proxy.send("PUT", "/history/k", NONE, "1").header("x-amz-version-id"))
                .isNotEqualTo(proxy.send("PUT", "/history/k", NONE, "2").header("x-amz-version-id"));
        proxy.send("DELETE", "/history/k");
        assertThat(proxy.send("DELETE", "/history").element("Code")).isEqualTo("BucketNotEmpty");
    }

    @ParameterizedTest
    @CsvSource({
        "<VersioningConfiguration/>, 400",
        "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>, 400",
        "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>,"
                + " 501",
        "<Versioning><Status>Enabled</Status></Versioning>, 400"
    })
    void versioning_that_cannot_be_is_refused(String body, int status) {
        proxy.send("PUT", "/versions");

        assertThat(proxy.send("PUT", "/versions?versioning", NONE, body).status())
                .isEqualTo(status);
    }

    @Test
    void rules_for_pages_of_other_origins_are_set_obeyed_and_removed() {
        proxy.send("PUT", "/pages");
        assertThat(proxy.send("GET", "/pages?cors").element("Code")).isEqualTo("NoSuchCORSConfiguration");
        var rules = """
            <CORSConfiguration><CORSRule><ID>first</ID><AllowedOrigin>https://*.example</AllowedOrigin>\
            <AllowedMethod>GET</AllowedMethod><AllowedHeader>x-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>\
            <MaxAgeSeconds>60</MaxAgeSeconds></CORSRule></CORSConfiguration>\
            """;

        assertThat(proxy.send("PUT", "/pages?cors", NONE, rules).status()).isEqualTo(200);

        var shown = proxy.send("GET", "/pages?cors");
        assertThat(shown.element("ID")).isEqualTo("first");
        assertThat(shown.element("MaxAgeSeconds")).isEqualTo("60");
        var asked = Map.of("origin", "https://a.example", "access-control-request-method", "GET");
        assertThat(proxy.unsigned("OPTIONS", "/pages/k", asked, "").status()).isEqualTo(200);
        assertThat(proxy.send("DELETE", "/pages?cors").status()).isEqualTo(204);
        assertThat(proxy.unsigned("OPTIONS", "/pages/k", asked, "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "<CORSConfiguration/>, MalformedXML",
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>, InvalidArgument",
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod></CORSRule>"
                + "</CORSConfiguration>, InvalidArgument",
        "<CORSConfiguration><CORSRule><AllowedOrigin>**</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>"
                + "</CORSConfiguration>, InvalidArgument"
    })
    void rules_that_cannot_be_are_refused(String body, String code) {
        proxy.send("PUT", "/unruly");

        assertThat(proxy.send("PUT", "/unruly?cors", NONE, body).element("Code"))
                .isEqualTo(code);
    }

    @Test
    void a_bucket_has_the_tags_that_it_is_given() {
        proxy.send("PUT", "/tagged");
        var tags = "<Tagging><TagSet><Tag><Key>team</Key><Value>a b</Value></Tag></TagSet></Tagging>";

        assertThat(proxy.send("PUT", "/tagged?tagging", Map.of("content-md5", "AAAAAAAAAAAAAAAAAAAAAA=="), tags)
                        .element("Code"))
                .isEqualTo("BadDigest");
        assertThat(proxy.send("PUT", "/tagged?tagging", NONE, tags).status()).isEqualTo(204);

        assertThat(proxy.send("GET", "/tagged?tagging").element("Value")).isEqualTo("a b");
        assertThat(proxy.send("GET", "/data?tagging").element("Value")).isEqualTo("storage");
        assertThat(proxy.send("DELETE", "/tagged?tagging").status()).isEqualTo(204);
        assertThat(proxy.send("GET", "/tagged?tagging").element("Code")).isEqualTo("NoSuchTagSet");
    }

    @ParameterizedTest
    @CsvSource({"data, ''", "data, ?cors", "data, ?tagging", "remote, ''", "remote, ?cors", "remote, ?tagging"})
    void a_bucket_of_the_configuration_and_one_that_lies_elsewhere_are_not_changed(String bucket, String what) {
        assertThat(proxy.send("DELETE", "/" + bucket + what).status()).isEqualTo(501);
    }
}
