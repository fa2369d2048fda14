package io.triport.manager.database;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LoadApiTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/d1/database";
    private static final String FILE = "create table t (v);\ninsert into t values (1), (2);\n";

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

    private static String create() {
        var uuid = manager.send("POST", ALL, "{\"name\":\"d" + made++ + "\"}").result();
        return ALL + "/" + uuid.path("uuid").asText();
    }

    private static Answer ask(String database, String sql) {
        var body = "{\"sql\":\"" + sql.replace("\"", "\\\"") + "\"}";
        var answer = manager.send("POST", database + "/query", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private int rows() {
        return ask(database, "select count(*) c from t")
                .result()
                .path(0)
                .path("results")
                .path(0)
                .path("c")
                .asInt();
    }

    private int tables() {
        return manager.send("GET", database).result().path("num_tables").asInt();
    }

    private static String md5(String text) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
            return Bytes.copyOf(digest).toHex();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Answer act(String body) {
        return manager.send("POST", database + "/import", body);
    }

    private Answer init(String etag) {
        return act("{\"action\":\"init\",\"etag\":\"" + etag + "\"}");
    }

    private Answer ingest(String name, String etag) {
        return act("{\"action\":\"ingest\",\"etag\":\"" + etag + "\",\"filename\":\"" + name + "\"}");
    }

    private static String link(Answer begun) {
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        var url = begun.result().path("upload_url").asText();
        assertThat(url).startsWith(manager.address() + ALL);
        return url.substring(manager.address().toString().length());
    }

    private static String name(Answer begun) {
        return begun.result().path("filename").asText();
    }

    /** As whoever has the link and nothing else. */
    private static Answer put(String link, String text) {
        return manager.send("PUT", link, Map.of(), Bytes.utf8(text));
    }

    /** @return the name of the file */
    private String sent(String text) {
        var begun = init(md5(text));
        assertThat(put(link(begun), text).status()).isEqualTo(200);
        return name(begun);
    }

    private Answer imported(String text) {
        return ingest(sent(text), md5(text));
    }

    private static String dump(String database) {
        var exported = manager.send("POST", database + "/export", "{\"output_format\":\"polling\"}");
        var url = exported.result().path("result").path("signed_url").asText();
        return manager.send("GET", url.substring(manager.address().toString().length()), Map.of(), Bytes.EMPTY)
                .text();
    }

    private static String message(Answer answer) {
        return answer.json().path("errors").path(0).path("message").asText();
    }

    private static long audited() {
        return manager.send("GET", "/api/audit/all?limit=1000&operation=import_database")
                .result()
                .size();
    }

    private static int files() {
        var found = new AtomicInteger();
        manager.part(SystemAccess.class).under((system, storage) -> {
            var bucket = storage.objects(system, JobFiles.BUCKET);
            found.set(bucket.list(ObjectQuery.of("loads/")).entries().size()
                    + bucket.list(ObjectQuery.of("loaded/")).entries().size());
        });
        return found.get();
    }

    @Test
    void what_was_exported_is_imported_as_it_was() {
        var source = create();
        ask(source, "create table t (id integer primary key autoincrement, v)");
        ask(source, "create table \"odd ' name\" (a, b blob, c real)");
        ask(source, "create virtual table notes using fts5(body)");
        ask(source, "create trigger logs after insert on t begin insert into notes values ('a;b'); end");
        ask(source, "insert into t (v) values (9007199254740993), (-9223372036854775808), ('it''s; -- so'), (null)");
        ask(source, "delete from t where id = 4");
        ask(source, "insert into \"odd ' name\" values (x'00ff273b', zeroblob(100000), 9e999)");

        var done = imported(dump(source));

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(dump(database)).isEqualTo(dump(source));
        assertThat(ask(database, "select rowid from notes where notes match 'b'")
                        .text())
                .contains("\"rowid\":4");
        assertThat(ask(database, "insert into t default values returning id").text())
                .contains("\"id\":5");
    }

    @Test
    void an_import_tells_how_it_ended() {
        var done = imported(FILE).result();

        assertThat(done.path("type").asText()).isEqualTo("import");
        assertThat(done.path("success").asBoolean()).isTrue();
        assertThat(done.path("status").asText()).isEqualTo("complete");
        assertThat(done.path("messages").isArray()).isTrue();
        assertThat(done.path("result").path("num_queries").asInt()).isEqualTo(2);
        assertThat(done.path("result").path("meta").path("rows_written").asInt())
                .isEqualTo(2);
        var now = manager.send("GET", database + "/time_travel/bookmark").result();
        assertThat(done.path("at_bookmark")).isEqualTo(now.path("bookmark"));
        assertThat(done.path("result").path("final_bookmark")).isEqualTo(now.path("bookmark"));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void who_asks_again_hears_the_same_and_nothing_is_run_again() {
        var name = sent("create table t (v);" + "insert into t values (1);");
        var etag = md5("create table t (v);" + "insert into t values (1);");
        var done = ingest(name, etag);

        var again = ingest(name, etag);
        var other = ingest(name, md5("other"));
        var polled =
                act("{\"action\":\"poll\",\"current_bookmark\":" + done.result().path("at_bookmark") + "}");
        var unknown = act("{\"action\":\"poll\",\"current_bookmark\":"
                + "\"00000000-00000000-00000001-0123456789abcdef0123456789abcdef\"}");

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(done.text());
        assertThat(polled.text()).isEqualTo(done.text());
        assertThat(other.status()).isEqualTo(400);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void what_was_sent_has_its_md5_as_its_etag() {
        var link = link(init(md5(FILE)));

        var stored = put(link, FILE);
        var named = manager.send("PUT", link, Map.of("Idempotency-Key", "once"), Bytes.utf8(FILE));

        assertThat(stored.header("ETag")).isEqualTo("\"" + md5(FILE) + "\"");
        assertThat(named.header("ETag")).isEqualTo(stored.header("ETag"));
    }

    @Test
    void another_file_than_was_told_is_not_run() {
        var entries = audited();
        var name = sent(FILE);

        var refused = ingest(name, md5("select 1"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(message(refused)).contains("etag");
        assertThat(tables()).isZero();
        assertThat(audited()).isEqualTo(entries);
        assertThat(ingest(name, md5(FILE)).status()).isEqualTo(200);
    }

    @Test
    void what_was_sent_in_the_place_of_a_file_is_not_run() {
        var begun = init(md5(FILE));
        put(link(begun), "select 1");

        for (var etag : List.of(md5(FILE), md5("select 1"))) {
            var refused = ingest(name(begun), etag);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(message(refused)).contains("etag");
        }
        assertThat(tables()).isZero();
    }

    @Test
    void of_a_file_with_a_wrong_statement_nothing_has_happened() {
        var before = manager.send("GET", database + "/time_travel/bookmark").text();

        var refused = imported(FILE + "insert into absent values (1);");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").path(0).path("code").asInt()).isEqualTo(7500);
        assertThat(message(refused)).contains("statement 3: ", "no such table: absent");
        assertThat(tables()).isZero();
        assertThat(manager.send("GET", database + "/time_travel/bookmark").text())
                .isEqualTo(before);
    }

    @Test
    void the_audit_tells_of_an_import() {
        var entries = audited();

        imported(FILE);

        assertThat(audited()).isEqualTo(entries + 1);
    }

    @Test
    void a_file_that_did_not_arrive_whole_is_none() throws IOException {
        var begun = init(md5(FILE));
        var head = "PUT " + link(begun) + " HTTP/1.1\r\nHost: "
                + manager.address().getAuthority() + "\r\nContent-Length: " + FILE.length() + "\r\n\r\n";
        try (var socket =
                new Socket(manager.address().getHost(), manager.address().getPort())) {
            socket.getOutputStream().write((head + FILE.substring(0, FILE.length() * 2 / 3)).getBytes(UTF_8));
            socket.getOutputStream().flush();
        }

        var refused = ingest(name(begun), md5(FILE));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(message(refused)).contains("filename");
        assertThat(put(link(begun), FILE).status()).isEqualTo(200);
        assertThat(ingest(name(begun), md5(FILE)).status()).isEqualTo(200);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_link_takes_its_file_for_an_hour_and_opens_nothing_else() {
        var link = link(init(md5(FILE)));
        var query = link.substring(link.indexOf('?'));
        var other = link(init(md5(FILE)));

        assertThat(put(link.substring(0, link.length() - 4), FILE).status()).isEqualTo(401);
        assertThat(put(other.substring(0, other.indexOf('?')) + query, FILE).status())
                .isEqualTo(401);
        assertThat(put(create() + link.substring(database.length(), link.indexOf('?')) + query, FILE)
                        .status())
                .isEqualTo(401);
        assertThat(put(link.replace("/import/", "/export/"), FILE).status()).isEqualTo(405);
        assertThat(manager.send("GET", link, Map.of(), Bytes.EMPTY).status()).isEqualTo(405);
        assertThat(manager.send("GET", link.replace("/import/", "/export/"), Map.of(), Bytes.EMPTY)
                        .status())
                .isEqualTo(401);
        assertThat(manager.send("PUT", link.substring(0, link.indexOf('?'))).status())
                .isEqualTo(401);

        clock.advance(Duration.ofMinutes(59));
        assertThat(put(link, FILE).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(put(link, FILE).status()).isEqualTo(401);
    }

    @Test
    void what_is_no_step_of_an_import_is_refused() {
        for (var wrong : List.of(
                "{}",
                "{\"action\":\"begin\"}",
                "{\"action\":\"init\"}",
                "{\"action\":\"init\",\"etag\":\"x\"}",
                "{\"action\":\"ingest\",\"etag\":\"" + md5(FILE) + "\"}",
                "{\"action\":\"ingest\",\"etag\":\"" + md5(FILE) + "\",\"filename\":\"../x.sql\"}",
                "{\"action\":\"poll\"}",
                "{\"action\":\"poll\",\"current_bookmark\":\"x\"}")) {
            var answer = act(wrong);
            assertThat(answer.status()).as(wrong + answer.text()).isEqualTo(400);
        }
        assertThat(ingest(md5(FILE) + "-" + "0".repeat(32) + ".sql", md5(FILE)).status())
                .isEqualTo(400);
    }

    @Test
    void a_file_that_was_sent_for_one_database_is_not_run_in_another() {
        var name = sent(FILE);
        var body = "{\"action\":\"ingest\",\"etag\":\"" + md5(FILE) + "\",\"filename\":\"" + name + "\"}";

        assertThat(manager.send("POST", create() + "/import", body).status()).isEqualTo(400);
    }

    @Test
    void who_may_only_read_imports_nothing() {
        var key = manager.send("POST", "/api/api-keys", "{\"name\":\"viewer\",\"role\":\"viewer\"}");
        var viewer =
                Map.of("Authorization", "Bearer " + key.result().path("key").asText());
        var name = sent(FILE);
        var entries = audited();

        for (var step : List.of(
                "{\"action\":\"init\",\"etag\":\"" + md5(FILE) + "\"}",
                "{\"action\":\"ingest\",\"etag\":\"" + md5(FILE) + "\",\"filename\":\"" + name + "\"}")) {
            var refused = manager.send("POST", database + "/import", viewer, Bytes.utf8(step));
            assertThat(refused.status()).as(step).isEqualTo(403);
        }

        assertThat(tables()).isZero();
        assertThat(audited()).isEqualTo(entries);
    }

    @Test
    void files_that_nobody_runs_go_away() {
        sent(FILE);
        imported(FILE);
        assertThat(files()).isPositive();

        clock.advance(Duration.ofHours(3));
        manager.fallDue(JobTask.JOBS);

        assertThat(files()).isZero();
    }

    @Test
    void without_a_key_for_links_the_setting_is_named() {
        try (var keyless = ManagerUnderTest.start()) {
            var uuid = keyless.send("POST", ALL, "{\"name\":\"d\"}").result().path("uuid");

            var refused = keyless.send(
                    "POST",
                    ALL + "/" + uuid.asText() + "/import",
                    "{\"action\":\"init\",\"etag\":\"" + md5(FILE) + "\"}");

            assertThat(refused.status()).isEqualTo(501);
            assertThat(refused.text()).contains("triport.manager.link-keys");
        }
    }
}
