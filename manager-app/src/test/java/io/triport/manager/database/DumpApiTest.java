package io.triport.manager.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.ObjectQuery;
import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobTask;
import io.triport.manager.job.SystemAccess;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DumpApiTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/d1/database";
    private static final String WHOLE = "{\"output_format\":\"polling\"}";

    private static SettableClock clock;
    private static ManagerUnderTest manager;
    private static int made;

    @BeforeAll
    static void start() {
        clock = SettableClock.anywhere();
        // None of the wrong links below shall be refused because of the others.
        manager = ManagerUnderTest.start(
                "triport: {limits: {rejected-credentials: 1000000}}", clock, StartMode.Credentials.DEVELOPMENT);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    private final String database = create();

    DumpApiTest() {
        ask("create table t (n integer primary key autoincrement, v)");
        ask("insert into t values (9007199254740993, 'it''s')");
    }

    private static String create() {
        var uuid = manager.send("POST", ALL, "{\"name\":\"d" + made++ + "\"}").result();
        return ALL + "/" + uuid.path("uuid").asText();
    }

    private Answer ask(String sql) {
        var answer = manager.send("POST", database + "/query", "{\"sql\":\"" + sql + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private Answer export(String body) {
        return manager.send("POST", database + "/export", body);
    }

    private static String link(Answer exported) {
        assertThat(exported.status()).as(exported.text()).isEqualTo(200);
        var url = exported.result().path("result").path("signed_url").asText();
        assertThat(url).startsWith(manager.address() + ALL);
        return url.substring(manager.address().toString().length());
    }

    /** As whoever has the link and nothing else. */
    private static Answer open(String link) {
        return open("GET", link);
    }

    private static Answer open(String method, String link) {
        return manager.send(method, link, Map.of(), Bytes.EMPTY);
    }

    private String dumped(String options) {
        var file = open(link(export("{\"output_format\":\"polling\",\"dump_options\":" + options + "}")));
        assertThat(file.status()).as(file.text()).isEqualTo(200);
        return file.text();
    }

    private static Map<String, String> bearer(String role) {
        var body = "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"}";
        var key = manager.send("POST", "/api/api-keys", body).result().path("key");
        return Map.of("Authorization", "Bearer " + key.asText());
    }

    private static int files() {
        var found = new AtomicInteger();
        manager.part(SystemAccess.class)
                .under((system, storage) -> found.set(storage.objects(system, JobFiles.BUCKET)
                        .list(ObjectQuery.of("dumps/"))
                        .entries()
                        .size()));
        return found.get();
    }

    @Test
    void an_export_is_a_file_of_statements_behind_a_link() {
        var exported = export(WHOLE);

        var file = open(link(exported));

        assertThat(exported.result().path("type").asText()).isEqualTo("export");
        assertThat(exported.result().path("status").asText()).isEqualTo("complete");
        assertThat(exported.result().path("success").asBoolean()).isTrue();
        assertThat(exported.result().path("messages").isArray()).isTrue();
        var name = exported.result().path("result").path("filename").asText();
        assertThat(name).endsWith(".sql");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).isEqualTo("application/sql");
        assertThat(file.header("Content-Disposition")).contains(name);
        assertThat(file.header("Cache-Control")).isEqualTo("no-store");
        assertThat(file.text().lines())
                .containsExactly(
                        "PRAGMA defer_foreign_keys=TRUE;",
                        "CREATE TABLE t (n integer primary key autoincrement, v);",
                        "INSERT INTO \"t\"(\"n\",\"v\") VALUES(9007199254740993,'it''s');",
                        "DELETE FROM \"sqlite_sequence\" WHERE name = 't';",
                        "INSERT INTO \"sqlite_sequence\"(\"name\",\"seq\") VALUES('t',9007199254740993);");
    }

    @Test
    void the_file_is_what_the_database_was_at_the_bookmark() {
        var before = manager.send("GET", database + "/time_travel/bookmark").result();

        var exported = export(WHOLE);
        ask("insert into t values (1, 'later')");

        assertThat(exported.result().path("at_bookmark")).isEqualTo(before.path("bookmark"));
        assertThat(open(link(exported)).text()).doesNotContain("later");
        assertThat(open(link(export(WHOLE))).text()).contains("later");
    }

    @Test
    void of_a_database_the_tables_and_the_parts_are_exported_that_are_asked_for() {
        ask("create table other (w)");
        ask("insert into other values (5)");

        assertThat(dumped("{\"tables\":[\"other\"]}"))
                .contains("CREATE TABLE other", "VALUES(1,5)")
                .doesNotContain("\"t\"", "TABLE t");
        assertThat(dumped("{\"no_data\":true,\"no_schema\":false,\"tables\":[]}"))
                .contains("CREATE TABLE other", "CREATE TABLE t")
                .doesNotContain("INSERT");
        assertThat(dumped("{\"no_schema\":true}"))
                .contains("VALUES(1,5)", "'it''s'")
                .doesNotContain("CREATE");
    }

    @Test
    void what_cannot_be_exported_is_refused() {
        for (var wrong : List.of(
                "{}",
                "{\"output_format\":\"file\"}",
                "{\"output_format\":\"polling\",\"current_bookmark\":\"x\"}",
                "{\"output_format\":\"polling\",\"dump_options\":{\"no_data\":true,\"no_schema\":true}}",
                "{\"output_format\":\"polling\",\"dump_options\":{\"tables\":\"t\"}}",
                "{\"output_format\":\"polling\",\"dump_options\":{\"tables\":[\"nothing\"]}}")) {
            var answer = export(wrong);
            assertThat(answer.status()).as(wrong + answer.text()).isEqualTo(400);
        }
        var unknown = manager.send("POST", ALL + "/00000000-0000-4000-8000-000000000000/export", WHOLE);
        assertThat(unknown.status()).isEqualTo(404);
    }

    @Test
    void a_link_opens_its_file_for_an_hour() {
        var link = link(export(WHOLE));

        clock.advance(Duration.ofMinutes(59));
        assertThat(open(link).status()).isEqualTo(200);
        assertThat(open("HEAD", link).status()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(1));
        assertThat(open(link).status()).isEqualTo(401);
    }

    @Test
    void a_link_opens_nothing_else() {
        var link = link(export(WHOLE));
        var other = link(export(WHOLE));
        var path = link.substring(0, link.indexOf('?'));
        var query = link.substring(link.indexOf('?'));
        var elsewhere = create() + "/export/" + path.substring(path.lastIndexOf('/') + 1);

        for (var wrong : List.of(
                path,
                link.substring(0, link.length() - 4),
                other.substring(0, other.indexOf('?')) + query,
                elsewhere + query,
                path + query.replace("s=", "x="),
                link + "&s=dumps",
                link.replace("sql&", "sqm&"),
                database + query,
                "/api/namespaces" + query)) {
            assertThat(open(wrong).status()).as(wrong).isIn(400, 401);
        }
        assertThat(open("PUT", link).status()).isEqualTo(405);
        assertThat(open("POST", database + "/export" + query).status()).isEqualTo(401);
        assertThat(open(link).status()).isEqualTo(200);
    }

    @Test
    void no_other_credential_opens_a_file() {
        var link = link(export(WHOLE));

        assertThat(manager.send("GET", link.substring(0, link.indexOf('?'))).status())
                .isEqualTo(401);
    }

    @Test
    void files_go_when_their_links_are_over() {
        export(WHOLE);
        assertThat(files()).isPositive();

        manager.fallDue(JobTask.JOBS);
        assertThat(files()).isPositive();
        clock.advance(Duration.ofHours(3));
        manager.fallDue(JobTask.JOBS);

        assertThat(files()).isZero();
    }

    @Test
    void who_may_read_a_database_may_export_it() {
        var body = Bytes.utf8(WHOLE);

        var viewer = manager.send("POST", database + "/export", bearer("viewer"), body);
        var auditor = manager.send("POST", database + "/export", bearer("auditor"), body);

        assertThat(open(link(viewer)).text()).contains("CREATE TABLE t");
        assertThat(auditor.status()).isEqualTo(404);
    }

    @Test
    void behind_a_proxy_that_ends_tls_a_link_is_one_of_https() {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN));
        headers.put("X-Forwarded-Proto", "https");

        var exported = manager.send("POST", database + "/export", headers, Bytes.utf8(WHOLE));

        assertThat(exported.result().path("result").path("signed_url").asText())
                .startsWith("https://" + manager.address().getAuthority() + ALL);
    }

    @Test
    void without_a_key_for_links_the_setting_is_named() {
        try (var keyless = ManagerUnderTest.start()) {
            var uuid = keyless.send("POST", ALL, "{\"name\":\"d\"}").result().path("uuid");

            var refused = keyless.send("POST", ALL + "/" + uuid.asText() + "/export", WHOLE);

            assertThat(refused.status()).isEqualTo(501);
            assertThat(refused.text()).contains("triport.manager.link-keys");
        }
    }
}
