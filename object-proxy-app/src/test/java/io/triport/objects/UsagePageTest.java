package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators see of quotas. */
final class UsagePageTest {
    private static final String USAGE = "/admin/v1/usage";
    private ProxyUnderTest proxy;
    private AdminUnderTest admin;

    @BeforeEach
    void start() {
        var yaml = """
            triport:
              objects:
                provider: {type: sql, keys: ["${env:SEAL}"], new-buckets: {backend: memory}}
                admin: {keys: [ALL]}
            buckets:
              - name: each
                backend_type: memory
                quota: {limit_bytes: 1000, window_secs: 3600, direction: ingress}
              - name: shared
                backend_type: memory
                quota: {limit_bytes: 2000, window_secs: 60, scope: bucket}
              - {name: free, backend_type: memory}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                principal_name: operations
                admin: true
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
              - access_key_id: OTHER
                secret_access_key: ${env:SECRET}
                principal_name: app
                admin: true
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """;
        var environment = Map.of("SECRET", ProxyUnderTest.SECRET, "SEAL", ProxyUnderTest.SEAL);
        proxy = ProxyUnderTest.start(yaml, environment, Clock.systemUTC());
        admin = AdminUnderTest.of(proxy);
    }

    @AfterEach
    void stop() {
        admin.close();
        proxy.close();
    }

    @Test
    void what_was_used_is_shown_with_its_quota() {
        put("ALL", "/each/k", 300);
        put("ALL", "/shared/k", 100);
        put("OTHER", "/shared/k", 20);

        var each = admin.send("GET", USAGE + "/each", "");
        assertThat(each.status()).isEqualTo(200);
        assertThat(each.member("bucket")).isEqualTo("each");
        assertThat(each.member("identity")).endsWith(":operations");
        assertThat(each.member("used_bytes")).isEqualTo("300");
        assertThat(each.member("limit_bytes")).isEqualTo("1000");
        assertThat(each.member("window_secs")).isEqualTo("3600");
        assertThat(each.member("scope")).isEqualTo("identity");
        assertThat(each.member("direction")).isEqualTo("ingress");

        var shared = admin.send("GET", USAGE + "/shared", "");
        assertThat(shared.member("used_bytes")).isEqualTo("120");
        assertThat(shared.member("scope")).isEqualTo("bucket");
        assertThat(shared.body()).doesNotContain("identity");
    }

    @Test
    void there_is_nothing_where_nothing_was_used_or_counted() {
        put("ALL", "/free/k", 300);

        for (var path : new String[] {"", "/each", "/free"}) {
            assertThat(admin.send("GET", USAGE + path, "").body().strip()).isEqualTo("{\"items\":[]}");
        }
    }

    @Test
    void a_long_list_comes_in_pages_without_gaps() {
        put("ALL", "/each/k", 1);
        put("OTHER", "/each/k", 2);
        put("ALL", "/shared/k", 4);

        var sum = 0;
        var pages = 0;
        var after = "";
        do {
            var page = admin.send("GET", USAGE + "?limit=1&after=" + after.replace("/", "%2F"), "");
            sum += Integer.parseInt(page.member("used_bytes"));
            after = page.member("next");
            pages++;
            assertThat(page.member("id")).isEqualTo(after.isEmpty() ? page.member("id") : after);
        } while (!after.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(sum).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /none, 404, not-found",
        "GET, /NO-NAME, 404, not-found",
        "GET, /each/more, 404, not-found",
        "GET, ?limit=much, 400, bad-request",
        "POST, '', 405, method-not-allowed",
        "DELETE, /each, 405, method-not-allowed"
    })
    void what_cannot_be_is_refused(String method, String behind, int status, String code) {
        var answer = admin.send(method, USAGE + behind, "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.member("code")).isEqualTo(code);
    }

    @Test
    void nobody_but_administrators_may_see_it() {
        assertThat(admin.as("OTHER", "triport", "GET", USAGE, Map.of(), "").status())
                .isEqualTo(403);
        assertThat(admin.unsigned("GET", USAGE, Map.of(), "").status()).isEqualTo(401);
    }

    private int put(String key, String target, int size) {
        return proxy.as(key, "PUT", target, Map.of(), "x".repeat(size)).status();
    }
}
