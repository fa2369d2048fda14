package io.triport.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SqlJudgeTest {
    private static final DatabaseName NAME = new DatabaseName("orders");

    @Test
    void what_changes_the_schema_is_allowed() {
        with(database -> {
            for (var text : List.of(
                    "create table t (id integer primary key autoincrement, a text, b)",
                    "create index i on t (a)",
                    "create view v as select a from t",
                    "create trigger g after insert on t begin update t set b = 1; end",
                    "insert into t (a) values ('x') on conflict do nothing",
                    "alter table t rename column a to c",
                    "alter table t add column d integer default 5",
                    "alter table t rename to u",
                    "alter table u drop column d",
                    "create virtual table f using fts5(x)",
                    "insert into f values ('words')",
                    "insert into f (f) values ('optimize')",
                    "create table w as select * from u",
                    "create table if not exists w (a)",
                    "drop table if exists nowhere",
                    "reindex",
                    "analyze",
                    "pragma optimize",
                    "pragma defer_foreign_keys = on",
                    "drop view v",
                    "drop trigger g",
                    "drop index i",
                    "drop table f",
                    "drop table w")) {
                database.query(Sql.of(text));
            }

            assertThat(database.query(Sql.of("select c, b from u")).rows())
                    .containsExactly(List.of(SqlValue.of("x"), SqlValue.of(1)));
        });
    }

    @Test
    void what_would_stay_with_the_connection_is_refused() {
        with(database -> {
            database.run(new SqlScript("create table t (v)"));

            for (var text : List.of(
                    "create temp table if not exists own (v)",
                    "create temporary table own as select 1",
                    "create temp view own as select v from t",
                    "create temp trigger own after insert on t begin delete from t; end",
                    "create virtual table temp.own using fts5(x)")) {
                assertThatThrownBy(() -> database.query(Sql.of(text)))
                        .as(text)
                        .isInstanceOf(StorageFailure.Rejected.class);
            }
            assertThat(database.query(Sql.of("select count(*) from sqlite_temp_schema"))
                            .rows())
                    .containsExactly(List.of(SqlValue.of(0)));
        });
    }

    private static void with(Consumer<SqlDatabase> work) {
        try (var files = new SqlFilesFixture()) {
            files.databases().catalogue().create(NAME);
            work.accept(files.databases().open(NAME, SqlAccess.WRITE).orElseThrow());
        }
    }
}
