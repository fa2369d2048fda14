package io.triport.manager.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DatabaseApiTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/d1/database";
    private static final String UNKNOWN = ALL + "/00000000-0000-4000-8000-000000000000";

    private static ManagerUnderTest manager;
    private static int made;

    @BeforeAll
    static void start() {
        manager = ManagerUnderTest.start("triport: {}", Clock.systemUTC(), StartMode.Credentials.DEVELOPMENT);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    /** A fresh one with a table. */
    private final String database =
            ALL + "/" + create("d" + made++).result().path("uuid").asText();

    DatabaseApiTest() {
        assertThat(ask("create table t (n integer primary key, v)").status()).isEqualTo(200);
    }

    private static Answer create(String name) {
        return manager.send("POST", ALL, "{\"name\":\"" + name + "\"}");
    }

    private Answer ask(String sql) {
        return query("{\"sql\":\"" + sql + "\"}");
    }

    private Answer query(String body) {
        return manager.send("POST", database + "/query", body);
    }

    private static int number(Answer answer) {
        return answer.json().path("errors").path(0).path("code").asInt();
    }

    private static String message(Answer answer) {
        return answer.json().path("errors").path(0).path("message").asText();
    }

    /** Those who hold a fresh key with a role. */
    private static Map<String, String> bearer(String role, String more) {
        var key = manager.send(
                "POST", "/api/api-keys", "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"" + more + "}");
        return Map.of("Authorization", "Bearer " + key.result().path("key").asText());
    }

    private static Answer as(Map<String, String> bearer, String method, String target, String body) {
        return manager.send(method, target, bearer, Bytes.utf8(body));
    }

    private Answer named(String name, String body) {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN));
        headers.put("Idempotency-Key", name);
        return as(headers, "POST", database + "/query", body);
    }

    private long audited(String operation) {
        return manager.send("GET", "/api/audit/all?limit=1000&operation=" + operation)
                .result()
                .size();
    }

    @Test
    void a_database_is_made_and_described() {
        var made = create("described").result();

        var found = manager.send("GET", ALL + "/" + made.path("uuid").asText()).result();

        assertThat(found).isEqualTo(made);
        assertThat(found.path("name").asText()).isEqualTo("described");
        assertThat(found.path("uuid").asText()).matches("[0-9a-f-]{36}");
        assertThat(found.path("num_tables").asInt()).isZero();
        assertThat(found.path("file_size").asInt()).isPositive();
        assertThat(found.path("version").asText()).isEqualTo("production");
        assertThat(found.path("created_at").asText()).endsWith("Z");
        assertThat(found.path("read_replication").path("mode").asText()).isEqualTo("disabled");
    }

    @Test
    void of_a_description_the_fields_are_shown_that_are_asked_for() {
        for (var fields : new String[] {"fields=num_tables,version", "fields=version&fields=num_tables"}) {
            var found = manager.send("GET", database + "?" + fields).result();

            assertThat(found.toString()).isEqualTo("{\"version\":\"production\",\"num_tables\":1}");
        }
    }

    @Test
    void databases_are_listed_by_pages_and_by_a_part_of_their_names() {
        create("listed-b");
        create("listed-a");

        var first = manager.send("GET", ALL + "?name=listed&per_page=1").json();
        var behind = manager.send("GET", ALL + "?name=listed&per_page=1&page=3").json();

        assertThat(first.path("result").path(0).path("name").asText()).isEqualTo("listed-a");
        assertThat(first.path("result_info").toString())
                .isEqualTo("{\"page\":1,\"per_page\":1,\"count\":1,\"total_count\":2,\"total_pages\":2}");
        assertThat(behind.path("result")).isEmpty();
    }

    @Test
    void a_taken_name_is_400_with_the_number_that_wrangler_knows() {
        create("taken");

        var again = create("taken");

        assertThat(again.status()).isEqualTo(400);
        assertThat(number(again)).isEqualTo(7502);
    }

    @Test
    void a_dropped_database_is_gone_with_its_rows() {
        var name = manager.send("GET", database).result().path("name").asText();

        var dropped = manager.send("DELETE", database);

        assertThat(dropped.text()).isEqualTo("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null}");
        assertThat(number(ask("select 1"))).isEqualTo(7404);
        assertThat(create(name).result().path("num_tables").asInt()).isZero();
    }

    @Test
    void an_unknown_database_and_an_id_that_is_none_are_404() {
        for (var unknown : new String[] {UNKNOWN, ALL + "/x"}) {
            var asked = manager.send("POST", unknown + "/query", "{\"sql\":\"select 1\"}");
            var dropped = manager.send("DELETE", unknown);

            assertThat(asked.status()).isEqualTo(404);
            assertThat(number(asked)).isEqualTo(7404);
            assertThat(dropped.status()).isEqualTo(404);
        }
    }

    @Test
    void what_one_node_cannot_promise_is_refused() {
        var jurisdiction = manager.send("POST", ALL, "{\"name\":\"eu\",\"jurisdiction\":\"eu\"}");
        var replicas = manager.send("PATCH", database, "{\"read_replication\":{\"mode\":\"auto\"}}");
        var none = manager.send("PUT", database, "{\"read_replication\":{\"mode\":\"disabled\"}}");

        assertThat(jurisdiction.status()).isEqualTo(501);
        assertThat(replicas.status()).isEqualTo(501);
        assertThat(none.status()).isEqualTo(200);
    }

    @Test
    void rows_are_told_by_the_names_of_their_columns() {
        var written = query("{\"sql\":\"insert into t values (?, ?), (?2, ?1)\",\"params\":[1,2]}")
                .result();
        var read = ask("select n as a, v as a, n from t order by n").result();

        assertThat(written.path(0).path("meta").path("changes").asInt()).isEqualTo(2);
        assertThat(written.path(0).path("meta").path("changed_db").asBoolean()).isTrue();
        assertThat(read).hasSize(1);
        assertThat(read.path(0).path("results").toString()).isEqualTo("[{\"a\":2,\"n\":1},{\"a\":1,\"n\":2}]");
        assertThat(read.path(0).path("success").asBoolean()).isTrue();
        assertThat(read.path(0).path("meta").path("changed_db").asBoolean()).isFalse();
    }

    @Test
    void raw_rows_keep_both_of_two_columns_with_one_name() {
        var read = manager.send("POST", database + "/raw", "{\"sql\":\"select 1 as a, 2 as a\"}")
                .result();

        assertThat(read.path(0).path("results").toString()).isEqualTo("{\"columns\":[\"a\",\"a\"],\"rows\":[[1,2]]}");
    }

    @Test
    void values_come_back_as_they_were_sent() {
        var sent = "[null,true,9007199254740993,-9223372036854775808,1.5,1.0,\"\u00e9\ud83d\ude00\",[0,127,255]]";

        var body = "{\"sql\":\"select ? a, ? b, ? c, ? d, ? e, ? f, ? g, ? h\",\"params\":" + sent + "}";
        var read = query(body);

        var row = read.result().path(0).path("results").path(0);
        assertThat(read.text())
                .contains("{\"a\":null,\"b\":1,\"c\":9007199254740993,\"d\":-9223372036854775808,\"e\":1.5,\"f\":1.0,");
        assertThat(row.path("g").asText()).isEqualTo("\u00e9\ud83d\ude00");
        assertThat(row.path("h").toString()).isEqualTo("[0,127,255]");
    }

    @Test
    void whole_numbers_that_a_double_cannot_hold_are_texts_for_who_says_so() {
        var headers = Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Triport-Int64", "string");
        var body = "{\"sql\":\"select 9007199254740993 a, 9007199254740992 b, 1e999 c\"}";

        var read = as(headers, "POST", database + "/query", body);

        assertThat(read.text()).contains("{\"a\":\"9007199254740993\",\"b\":9007199254740992,\"c\":9e999}");
    }

    @Test
    void a_long_answer_comes_whole() {
        var recursion = "with recursive c(n) as (select 1 union all select n + 1 from c where n < 2000) select n,"
                + " zeroblob(100) b from c";
        var first = ask("select * from (" + recursion + ")");
        var named = named("long", "{\"sql\":\"" + recursion + "\"}");
        var again = named("long", "{\"sql\":\"" + recursion + "\"}");

        assertThat(first.result().path(0).path("results")).hasSize(2000);
        assertThat(first.result().path(0).path("results").path(1999).path("n").asInt())
                .isEqualTo(2000);
        assertThat(named.result().path(0).path("results")).hasSize(2000);
        assertThat(again.text()).isEqualTo(named.text());
    }

    @Test
    void parameters_that_no_column_can_hold_are_refused() {
        for (var wrong : new String[] {"9223372036854775808", "1e999", "[256]", "[1.5]", "[[1]]", "{}"}) {
            var answer = query("{\"sql\":\"select ?\",\"params\":[" + wrong + "]}");

            assertThat(answer.status()).as(wrong + " " + answer.text()).isEqualTo(400);
        }
    }

    @Test
    void a_body_of_another_form_is_refused() {
        for (var wrong : new String[] {
            "",
            "[]",
            "{",
            "{}",
            "{\"sql\":1}",
            "{\"sql\":\"select 1\"} x",
            "{\"batch\":[]}",
            "{\"batch\":[{\"batch\":[{\"sql\":\"select 1\"}]}]}",
            "{\"sql\":\"select 1\",\"batch\":[{\"sql\":\"select 1\"}]}",
            "{\"sql\":\"select 1\",\"params\":{}}"
        }) {
            var answer = query(wrong);

            assertThat(answer.status()).as(wrong + " " + answer.text()).isEqualTo(400);
        }
    }

    @Test
    void a_batch_is_done_as_one_or_not_at_all_and_names_the_statement_that_failed() {
        var done = query("{\"batch\":[{\"sql\":\"insert into t values (?, ?)\",\"params\":[1,\"a\"]},"
                + "{\"sql\":\"select v from t\"}]}");
        var failed = query("{\"batch\":[{\"sql\":\"delete from t\"},{\"sql\":\"insert into nowhere values (1)\"}]}");

        assertThat(done.result()).hasSize(2);
        assertThat(done.result().path(1).path("results").toString()).isEqualTo("[{\"v\":\"a\"}]");
        assertThat(failed.status()).isEqualTo(400);
        assertThat(number(failed)).isEqualTo(7500);
        assertThat(message(failed)).isEqualTo("statement 2: no such table: nowhere: SQLITE_ERROR");
        assertThat(ask("select count(*) c from t").text()).contains("{\"c\":1}");
    }

    @Test
    void several_statements_in_one_text_are_refused_and_none_is_run() {
        var answer = ask("insert into t values (1, 1); delete from t");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(number(answer)).isEqualTo(7500);
        assertThat(message(answer)).endsWith("MULTIPLE_STATEMENTS");
        assertThat(ask("select count(*) c from t").text()).contains("{\"c\":0}");
    }

    @Test
    void a_constraint_is_told_and_no_reason_to_call_again() {
        ask("insert into t values (1, 1)");

        var answer = ask("insert into t values (1, 1)");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("UNIQUE constraint failed: t.n");
    }

    @Test
    void a_reader_reads_and_writes_in_no_way() {
        var viewer = bearer("viewer", "");

        var read = as(viewer, "POST", database + "/query", "{\"sql\":\"select count(*) c from t\"}");
        assertThat(read.text()).contains("{\"c\":0}");
        for (var write : new String[] {
            "insert into t values (1, 1)",
            "with x as (select 1) insert into t select 1, 1 from x",
            "/* select */ delete from t",
            "drop table t"
        }) {
            var answer = as(viewer, "POST", database + "/query", "{\"sql\":\"" + write + "\"}");
            assertThat(answer.status()).as(write + " " + answer.text()).isEqualTo(403);
        }
        assertThat(as(viewer, "DELETE", database, "").status()).isEqualTo(403);
        assertThat(as(viewer, "POST", ALL, "{\"name\":\"viewers\"}").status()).isEqualTo(403);
        assertThat(ask("select count(*) c from t").text()).contains("{\"c\":0}");
    }

    @Test
    void an_editor_writes_rows_and_makes_no_database() {
        var editor = bearer("editor", "");

        assertThat(as(editor, "POST", database + "/query", "{\"sql\":\"insert into t values (1, 1)\"}")
                        .status())
                .isEqualTo(200);
        assertThat(as(editor, "POST", ALL, "{\"name\":\"editors\"}").status()).isEqualTo(403);
        assertThat(as(editor, "DELETE", database, "").status()).isEqualTo(403);
    }

    @Test
    void who_has_a_role_for_some_namespaces_only_sees_no_database() {
        for (var headers : List.of(
                bearer("admin", ",\"namespaces\":\"d*\""),
                bearer("admin", ",\"key_prefixes\":[\"a\"]"),
                bearer("auditor", ""))) {
            assertThat(as(headers, "GET", ALL, "").result()).isEmpty();
            assertThat(as(headers, "POST", database + "/query", "{\"sql\":\"select 1\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(as(headers, "POST", ALL, "{\"name\":\"strange\"}").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void the_audit_tells_of_what_may_change_something_and_not_of_reading() {
        var before = audited("change_database");

        ask("insert into t values (1, 1)");
        ask("  -- why\\nselect * from t");
        var entries =
                manager.send("GET", "/api/audit/all?operation=change_database").result();

        assertThat(audited("change_database")).isEqualTo(before + 1);
        assertThat(entries.path(0).toString())
                .contains(database.substring(ALL.length() + 1))
                .doesNotContain("insert");
    }

    @Test
    void a_named_write_is_done_once_and_one_that_was_refused_has_not_used_its_name() {
        var insert = "{\"sql\":\"insert into later values (1) returning rowid\"}";
        var refused = named("n", insert);
        ask("create table later (n)");

        var first = named("n", insert);
        var again = named("n", insert);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(ask("select count(*) c from later").text()).contains("{\"c\":1}");
    }

    @Test
    void a_database_that_would_fail_is_refused_by_its_name() {
        assertThat(create("../x").status()).isEqualTo(400);
        assertThat(manager.send("POST", ALL, "{}").status()).isEqualTo(400);
    }
}
