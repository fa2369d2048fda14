package io.triport.manager.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.sql.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadingSqlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT*from t",
                "\n\t values (1)",
                "-- a\nselect 1",
                "/* a * b */ /**/select 1",
                "explain select 1"
            })
    void what_begins_so_reads(String text) {
        assertThat(ReadingSql.is(Sql.of(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "insert into t values (1)",
                "with x as (select 1) select 1",
                "-- select",
                "/* select",
                "selected",
                "/* */ -- \ndelete from t",
                "pragma optimize",
                "(select 1)",
                ";select 1"
            })
    void what_begins_otherwise_may_write(String text) {
        assertThat(ReadingSql.is(Sql.of(text))).isFalse();
    }

    @Test
    void a_long_comment_costs_no_stack() {
        assertThat(ReadingSql.is(Sql.of(
                        "/*" + "*".repeat(90_000) + "*/".concat("-".repeat(2)).concat("\nselect 1"))))
                .isTrue();
    }
}
