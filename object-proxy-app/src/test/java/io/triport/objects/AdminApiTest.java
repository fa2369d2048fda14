package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminApiTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String BUCKETS = "/admin/v1/buckets";
    private static final String CREDENTIALS = "/admin/v1/credentials";
    private static final String ROLES = "/admin/v1/roles";
    private static final String RING = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static ProxyUnderTest proxy;
    private static AdminUnderTest admin;

    @BeforeAll
    static void start() {
        var yaml = """
            session_token_keys: ["${env:RING}"]
            triport:
              objects:
                provider: {type: sql, keys: ["${env:SEAL}"], new-buckets: {backend: memory}}
                admin: {keys: [ALL]}
            buckets:
              - {name: data, backend_type: memory}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                admin: true
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
              - access_key_id: OTHER
                secret_access_key: ${env:SECRET}
                admin: true
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """;
        var environment = Map.of("SECRET", ProxyUnderTest.SECRET, "SEAL", ProxyUnderTest.SEAL, "RING", RING);
        proxy = ProxyUnderTest.start(yaml, environment, Clock.systemUTC());
        admin = AdminUnderTest.of(proxy);
    }

    @AfterAll
    static void stop() {
        admin.close();
        proxy.close();
    }

    @Test
    void a_bucket_is_added_shown_changed_and_removed() {
        var added = admin.send("POST", BUCKETS, "{\"name\":\"added\",\"backend_type\":\"memory\"}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.member("created_at")).isNotEmpty();
        assertThat(proxy.send("PUT", "/added/k", NONE, "v").status()).isEqualTo(200);

        var shown = admin.send("GET", BUCKETS + "/added", "");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.tag()).isEqualTo(added.tag());

        var frozen = shown.body().strip().replaceFirst("}$", ",\"read_only\":true}");
        var changed = admin.send("PUT", BUCKETS + "/added", Map.of("if-match", shown.tag()), frozen);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.tag()).isNotEqualTo(shown.tag());
        assertThat(proxy.send("PUT", "/added/k", NONE, "w").status()).isEqualTo(403);

        assertThat(admin.send("DELETE", BUCKETS + "/added", Map.of("if-match", changed.tag()), "")
                        .status())
                .isEqualTo(204);
        assertThat(proxy.send("HEAD", "/added").status()).isEqualTo(404);
        assertThat(admin.send("GET", BUCKETS + "/added", "").status()).isEqualTo(404);
    }

    @Test
    void the_secret_of_a_credential_is_shown_once_and_then_never() {
        var made = admin.send(
                "POST",
                CREDENTIALS,
                "{\"principal_name\":\"app\",\"allowed_scopes\":[{\"bucket\":\"data\",\"actions\":[\"*\"]}]}");
        assertThat(made.status()).isEqualTo(201);
        var id = made.member("access_key_id");
        var secret = made.member("secret_access_key");
        assertThat(secret).hasSize(40);

        assertThat(signed(id, secret, "GET", "/data")).isEqualTo(200);

        var shown = admin.send("GET", CREDENTIALS + "/" + id, "");
        assertThat(shown.body()).contains("principal_name").doesNotContain("secret");
        assertThat(admin.send("GET", CREDENTIALS, "").body()).contains(id).doesNotContain("secret");
        var off = shown.body().strip().replaceFirst("}$", ",\"enabled\":false}");
        var changed = admin.send("PUT", CREDENTIALS + "/" + id, Map.of("if-match", shown.tag()), off);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).doesNotContain("secret");
        assertThat(signed(id, secret, "GET", "/data")).isEqualTo(403);

        assertThat(admin.send("PUT", CREDENTIALS + "/" + id, Map.of("if-match", changed.tag()), shown.body())
                        .status())
                .isEqualTo(200);
        assertThat(signed(id, secret, "GET", "/data")).isEqualTo(200);
    }

    @Test
    void the_secrets_of_a_backend_are_kept_only_while_they_go_to_the_same_place() {
        var options = "\"endpoint\":\"http://127.0.0.1:1\",\"access_key_id\":\"UP\"";
        var added = admin.send(
                "POST",
                BUCKETS,
                "{\"name\":\"upstream\",\"backend_type\":\"s3\",\"backend_options\":{" + options
                        + ",\"secret_access_key\":\"0123456789abcdef\"}}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.body()).doesNotContain("0123456789abcdef");

        var same = "{\"backend_type\":\"s3\",\"backend_prefix\":\"p/\",\"backend_options\":{" + options + "}}";
        assertThat(admin.send("PUT", BUCKETS + "/upstream", Map.of("if-match", "*"), same)
                        .status())
                .isEqualTo(200);
        var elsewhere = admin.send(
                "PUT", BUCKETS + "/upstream", Map.of("if-match", "*"), same.replace("127.0.0.1:1", "127.0.0.1:2"));
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.member("detail")).contains("secret_access_key");
    }

    @Test
    void a_single_session_is_taken_back() {
        var one = session();
        var other = session();
        assertThat(one.reads()).isEqualTo(200);

        assertThat(admin.send("POST", "/admin/v1/revocations", "{\"access_key_id\":\"" + one.id() + "\"}")
                        .status())
                .isEqualTo(204);

        assertThat(one.reads()).isEqualTo(403);
        assertThat(other.reads()).isEqualTo(200);
        assertThat(admin.send("POST", "/admin/v1/revocations", "{\"access_key_id\":\"ALL\"}")
                        .member("detail"))
                .contains("disable it");
    }

    private record Session(String id, String secret, String token) {
        int reads() {
            var signer = new TestSigner(id, secret, Clock.systemUTC());
            var fields = signer.signed("GET", proxy.address(), "/data", Map.of("x-amz-security-token", token));
            return proxy.unsigned("GET", "/data", fields, "").status();
        }
    }

    private static Session session() {
        var question = "Action=GetSessionToken";
        var fields = new TestSigner("ALL", ProxyUnderTest.SECRET, Clock.systemUTC())
                .signedFor(
                        "sts",
                        "POST",
                        proxy.address(),
                        "/",
                        Map.of(
                                "content-type",
                                "application/x-www-form-urlencoded",
                                "x-amz-content-sha256",
                                TestSigner.sha256(question)));
        var answer = proxy.unsigned("POST", "/", fields, question);
        return new Session(
                answer.element("AccessKeyId"), answer.element("SecretAccessKey"), answer.element("SessionToken"));
    }

    @Test
    void a_role_is_not_removed_while_something_names_it() {
        assertThat(admin.send("POST", ROLES, "{\"role_id\":\"reader\",\"trusted_principals\":[\"app\"]}")
                        .status())
                .isEqualTo(201);
        var bucket = "{\"name\":\"for-readers\",\"backend_type\":\"memory\",\"allowed_roles\":[\"reader\"]}";
        assertThat(admin.send("POST", BUCKETS, bucket.replace("[\"reader\"]", "[\"nobody\"]"))
                        .member("detail"))
                .contains("allowed_roles");
        assertThat(admin.send("POST", BUCKETS, bucket).status()).isEqualTo(201);

        assertThat(admin.send("DELETE", ROLES + "/reader", Map.of("if-match", "*"), "")
                        .member("code"))
                .isEqualTo("in-use");
        admin.send("DELETE", BUCKETS + "/for-readers", Map.of("if-match", "*"), "");
        assertThat(admin.send("DELETE", ROLES + "/reader", Map.of("if-match", "*"), "")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void of_two_who_change_what_they_read_one_is_told() {
        var read = admin.send("POST", BUCKETS, "{\"name\":\"contended\",\"backend_type\":\"memory\"}");
        var body = "{\"name\":\"contended\",\"backend_type\":\"memory\",\"anonymous_access\":\"read\"}";

        assertThat(admin.send("PUT", BUCKETS + "/contended", Map.of("if-match", read.tag()), body)
                        .status())
                .isEqualTo(200);
        assertThat(admin.send("PUT", BUCKETS + "/contended", Map.of("if-match", read.tag()), body)
                        .status())
                .isEqualTo(412);
        assertThat(admin.send("DELETE", BUCKETS + "/contended", Map.of("if-match", read.tag()), "")
                        .status())
                .isEqualTo(412);
        assertThat(admin.send("DELETE", BUCKETS + "/contended", "").status()).isEqualTo(428);
    }

    @Test
    void a_list_comes_in_pages() {
        for (var name : new String[] {"page-a", "page-b", "page-c"}) {
            admin.send("POST", BUCKETS, "{\"name\":\"" + name + "\",\"backend_type\":\"memory\"}");
        }

        var first = admin.send("GET", BUCKETS + "?limit=2&after=page", "");
        assertThat(first.body()).contains("page-a", "page-b").doesNotContain("page-c");
        assertThat(first.member("next")).isEqualTo("page-b");

        assertThat(admin.send("GET", BUCKETS + "?limit=2&after=page-b", "").body())
                .contains("page-c")
                .doesNotContain("page-b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/admin/v1/buckets|not json|400|bad-request|request line 1",
                "/admin/v1/buckets|{\"name\":\"UP\",\"backend_type\":\"memory\"}|400|bad-settings|name: UP",
                "/admin/v1/buckets|{\"name\":\"new\",\"backend_type\":\"tape\"}|400|bad-settings|backend_type: tape",
                "/admin/v1/buckets|{\"name\":\"new\",\"backend_type\":\"memory\",\"colour\":1}|400|bad-settings|colour",
                "/admin/v1/buckets|{\"name\":\"data\",\"backend_type\":\"memory\"}|409|in-configuration|data",
                "/admin/v1/credentials|{\"access_key_id\":\"ALL\"}|409|in-configuration|ALL",
                "/admin/v1/credentials|{\"secret_access_key\":\"short\"}|400|bad-settings|(5 bytes)",
                "/admin/v1/credentials|{\"secret_access_key\":\"${env:SECRET}\"}|400|bad-settings|(not shown)",
                "/admin/v1/credentials|{\"secret_access_key\":\"${file:/etc/hostname}\"}|400|bad-settings|(not shown)",
                "/admin/v1/roles|{\"role_id\":\"r\"}|400|bad-settings|trusted_oidc_issuers",
                "/admin/v1/revocations|{}|400|bad-request|token_id",
                "/admin/v1/revocations|{\"token_id\":\"\"}|400|bad-request|token_id",
                "/admin/v1/tapes|{}|404|not-found|''",
                "/admin/v1/roles/none/revoke-sessions|''|404|not-found|''"
            })
    void what_cannot_be_is_refused_with_where_and_why(
            String path, String body, int status, String code, String detail) {
        var answer = admin.send("POST", path, body.equals("''") ? "" : body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.member("code")).isEqualTo(code);
        assertThat(answer.body()).contains(detail.equals("''") ? "" : detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "/srv/objects", "a/../../b", "a//b", ".", "a/.", "..", "a/\\u0000"})
    void no_request_leaves_the_data_directory(String root) {
        var options = "\"backend_type\":\"fs\",\"backend_options\":{\"root\":\"" + root + "\"}}";

        var refused = admin.send("POST", BUCKETS, "{\"name\":\"outside\"," + options);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("bad-settings", "root");
        assertThat(admin.send("GET", BUCKETS + "/outside", "").status()).isEqualTo(404);
        assertThat(admin.send("POST", BUCKETS, "{\"name\":\"inside\",\"backend_type\":\"fs\"}")
                        .status())
                .isEqualTo(201);
        assertThat(admin.send("PUT", BUCKETS + "/inside", Map.of("if-match", "*"), "{" + options)
                        .status())
                .isEqualTo(400);
        assertThat(admin.send("DELETE", BUCKETS + "/inside", Map.of("if-match", "*"), "")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void a_name_is_taken_once() {
        var body = "{\"name\":\"twice\",\"backend_type\":\"memory\"}";

        assertThat(admin.send("POST", BUCKETS, body).status()).isEqualTo(201);
        assertThat(admin.send("POST", BUCKETS, body).member("code")).isEqualTo("name-taken");
        assertThat(proxy.send("PUT", "/twice").status()).isEqualTo(409);
    }

    @Test
    void nobody_but_those_who_are_named_may_use_it() {
        assertThat(admin.as("OTHER", "triport", "GET", BUCKETS, NONE, "").status())
                .isEqualTo(403);
        assertThat(admin.as("ALL", "s3", "GET", BUCKETS, NONE, "").status()).isEqualTo(401);
        assertThat(admin.unsigned("GET", BUCKETS, NONE, "").status()).isEqualTo(401);
        assertThat(admin.unsigned("POST", BUCKETS, NONE, "{\"name\":\"mine\",\"backend_type\":\"memory\"}")
                        .status())
                .isEqualTo(401);
        assertThat(proxy.send("HEAD", "/mine").status()).isEqualTo(404);
    }

    @Test
    void a_body_that_was_not_signed_changes_nothing() {
        var signer = new TestSigner("ALL", ProxyUnderTest.SECRET, Clock.systemUTC());
        var fields = admin.signed(signer, "POST", BUCKETS, "{}");

        var answer = admin.unsigned("POST", BUCKETS, fields, "{\"name\":\"swapped\",\"backend_type\":\"memory\"}");

        assertThat(answer.status()).isIn(400, 401, 403);
        assertThat(proxy.send("HEAD", "/swapped").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"PATCH, /admin/v1/buckets", "DELETE, /admin/v1/buckets", "GET, /admin/v1/revocations"})
    void another_method_is_told_which_there_are(String method, String path) {
        assertThat(admin.send(method, path, "").status()).isEqualTo(405);
    }

    private static int signed(String id, String secret, String method, String target) {
        var fields = new TestSigner(id, secret, Clock.systemUTC()).signed(method, proxy.address(), target, NONE);
        return proxy.unsigned(method, target, fields, "").status();
    }
}
