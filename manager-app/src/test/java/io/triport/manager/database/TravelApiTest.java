package io.triport.manager.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TravelApiTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/d1/database";

    private static SettableClock clock;
    private static ManagerUnderTest manager;
    private static int made;

    @BeforeAll
    static void start() {
        clock = SettableClock.anywhere();
        manager = ManagerUnderTest.start("triport: {}", clock, StartMode.Credentials.DEVELOPMENT);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    /** A fresh one with a table of one row, written some seconds ago. */
    private final String database = create();

    private final String before;

    TravelApiTest() {
        ask("create table t (n)");
        ask("insert into t values (1)");
        before = clock.instant().toString();
        clock.advance(Duration.ofSeconds(5));
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

    private Answer bookmark(String query) {
        return manager.send("GET", database + "/time_travel/bookmark" + query);
    }

    private Answer restore(String query) {
        return manager.send("POST", database + "/time_travel/restore" + query, "");
    }

    private static String told(Answer answer, String field) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().path(field).asText();
    }

    private int rows() {
        return ask("select count(*) c from t")
                .result()
                .path(0)
                .path("results")
                .path(0)
                .path("c")
                .asInt();
    }

    private static Map<String, String> viewer() {
        var key = manager.send("POST", "/api/api-keys", "{\"name\":\"viewer\",\"role\":\"viewer\"}");
        return Map.of("Authorization", "Bearer " + key.result().path("key").asText());
    }

    private long audited() {
        return manager.send("GET", "/api/audit/all?limit=1000&operation=restore_database")
                .result()
                .size();
    }

    @Test
    void a_bookmark_grows_with_every_change_and_brings_its_state_back() {
        var early = told(bookmark(""), "bookmark");
        ask("insert into t values (2)");
        var late = told(bookmark(""), "bookmark");

        var restored = restore("?bookmark=" + early);

        assertThat(late).isGreaterThan(early);
        assertThat(rows()).isEqualTo(1);
        assertThat(told(restored, "previous_bookmark")).isEqualTo(late);
        assertThat(told(restored, "bookmark"))
                .isEqualTo(told(bookmark(""), "bookmark"))
                .isGreaterThan(late);
        assertThat(told(restored, "message")).isNotEmpty();
    }

    @Test
    void what_a_restore_answers_takes_it_back() {
        ask("insert into t values (2)");
        var restored = restore("?timestamp=" + before);
        assertThat(rows()).isEqualTo(1);

        restore("?bookmark=" + told(restored, "previous_bookmark"));

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_second_has_the_bookmark_that_its_last_change_left() {
        var then = told(bookmark(""), "bookmark");
        ask("insert into t values (2)");

        var found = told(bookmark("?timestamp=" + before), "bookmark");

        assertThat(found).isEqualTo(then).isNotEqualTo(told(bookmark(""), "bookmark"));
    }

    @Test
    void what_is_no_state_of_the_database_is_refused_and_changes_nothing() {
        var later = clock.instant().plusSeconds(60);
        var early = clock.instant().minus(Duration.ofDays(1));
        var other = "00000000-00000000-00000001-0123456789abcdef0123456789abcdef";

        for (var wrong : new String[] {
            "",
            "?bookmark=x",
            "?bookmark=" + other,
            "?timestamp=yesterday",
            "?timestamp=" + later,
            "?timestamp=" + early,
            "?timestamp=" + before + "&bookmark=" + told(bookmark(""), "bookmark")
        }) {
            var answer = restore(wrong);
            assertThat(answer.status()).as(wrong + " " + answer.text()).isEqualTo(400);
        }

        assertThat(bookmark("?timestamp=" + later).status()).isEqualTo(400);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void a_reader_hears_bookmarks_and_restores_nothing() {
        var viewer = viewer();
        var entries = audited();

        var heard = manager.send("GET", database + "/time_travel/bookmark", viewer, Bytes.utf8(""));
        var refused = manager.send(
                "POST", database + "/time_travel/restore?bookmark=" + told(heard, "bookmark"), viewer, Bytes.utf8(""));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(audited()).isEqualTo(entries);
    }

    @Test
    void the_audit_tells_of_a_restore() {
        var entries = audited();

        restore("?timestamp=" + before);

        assertThat(audited()).isEqualTo(entries + 1);
    }

    @Test
    void a_database_that_is_not_there_has_no_past() {
        var unknown = ALL + "/00000000-0000-4000-8000-000000000000/time_travel/";

        assertThat(manager.send("GET", unknown + "bookmark").status()).isEqualTo(404);
        assertThat(manager.send("POST", unknown + "restore?timestamp=" + before, "")
                        .status())
                .isEqualTo(404);
    }
}
