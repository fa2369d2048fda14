package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statements of pieces that could confuse whoever takes them apart. None gets past the judge, and none breaks anything. */
final class SqlFuzzTest {
    private static final long SEED = 44;
    private static final int TEXTS = 4_000;
    private static final int MOST_PIECES = 7;

    /** Among them what would be seen afterwards, wherever it was run. */
    private static final List<String> PIECES = List.of(
            "pragma case_sensitive_like=1",
            "pragma case_sensitive_like(1)",
            "PRAGMA main.case_sensitive_like = on",
            "pragma user_version=77",
            "begin",
            "commit",
            "rollback",
            "savepoint a",
            "attach ':memory:' as other",
            "create temp table other(v)",
            "explain",
            "explain query plan",
            "select 1",
            "select * from t",
            "insert into t values (1)",
            "create trigger r after insert on t begin select 1;",
            "end",
            ";",
            ";;",
            "--",
            "/*",
            "*/",
            "\n",
            " ",
            "\t",
            "\u000B",
            "\u0085",
            "\u00A0",
            "\uFEFF",
            "'",
            "''",
            "\"",
            "`",
            "[",
            "]",
            "$a(",
            ")",
            "$a::b",
            "@x",
            ":x",
            "#1",
            "?",
            "x'00'",
            "case",
            "\\");

    @Test
    void no_text_gets_past_the_judge() {
        try (var files = new SqlFilesFixture()) {
            files.databases().catalogue().create(new DatabaseName("orders"));
            var database = files.databases()
                    .open(new DatabaseName("orders"), SqlAccess.WRITE)
                    .orElseThrow();
            database.query(Sql.of("create table t (v)"));
            var random = new Random(SEED);
            for (var i = 0; i < TEXTS; i++) {
                var text = text(random);
                var before = database.bookmark();

                var changed = run(database, text, random.nextBoolean());

                assertThat(database.bookmark().equals(before)).as(text).isEqualTo(!changed);
                assertThat(database.query(Sql.of("select 'a' like 'A'")).rows())
                        .as(text)
                        .containsExactly(List.of(SqlValue.of(1)));
                // On the connection that writes.
                assertThat(database.query(Sql.of("insert into t select 1 where 'a' not like 'A'"))
                                .meta()
                                .changed())
                        .as(text)
                        .isFalse();
            }
            assertThat(database.query(Sql.of("pragma table_list")).rows())
                    .filteredOn(row -> row.getFirst().equals(SqlValue.of("temp")))
                    .hasSize(1);
        }
    }

    /** Whether it says that it has changed something. */
    private static boolean run(SqlDatabase database, String text, boolean script) {
        try {
            return script
                    ? database.run(new SqlScript(text)).changed()
                    : database.query(Sql.of(text)).meta().changed();
        } catch (StorageFailure e) {
            assertThat(e).as(text).isNotInstanceOf(StorageFailure.Unavailable.class);
            return false;
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var pieces = 1 + random.nextInt(MOST_PIECES); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextBoolean()) {
                text.append(' ');
            }
        }
        return text.toString();
    }
}
