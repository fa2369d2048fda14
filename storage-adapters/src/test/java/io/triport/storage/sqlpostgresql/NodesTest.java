package io.triport.storage.sqlpostgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlValue;
import io.triport.domain.time.Randomness;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one server, and what becomes of one that was killed. */
final class NodesTest {
    private static final DatabaseName NAME = new DatabaseName("orders");
    private static final int CLIENTS = 8;
    private static final int TIMES = 10;

    private final PostgreSqlDatabasesFixture fixture = new PostgreSqlDatabasesFixture();
    private PostgreSqlDatabases other = fixture.databases();
    private Database made;

    @BeforeEach
    void make() {
        other = fixture.beside();
        made = fixture.databases().catalogue().create(NAME);
        at(fixture.databases()).query(Sql.of("create table t (v integer)"));
        at(fixture.databases()).query(Sql.of("insert into t values (0)"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_one_node_makes_and_writes_another_sees() {
        assertThat(other.catalogue().databases()).containsExactly(made);
        assertThat(value(at(other))).isZero();

        at(other).query(Sql.of("update t set v = 7"));

        assertThat(value(at(fixture.databases()))).isEqualTo(7);
        assertThatThrownBy(() -> other.catalogue().create(NAME))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT));
    }

    @Test
    void no_change_is_lost_that_two_nodes_make_at_once() {
        AtOnce.run(CLIENTS, client -> () -> {
            var database = at(client % 2 == 0 ? fixture.databases() : other);
            for (var time = 0; time < TIMES; time++) {
                database.batch(
                        List.of(Sql.of("select v from t"), Sql.of("update t set v = (select max(v) from t) + 1")));
            }
            return client;
        });

        assertThat(value(at(other))).isEqualTo(CLIENTS * TIMES);
    }

    @Test
    void a_database_that_another_node_drops_is_gone_while_it_is_used() {
        var open = at(other);
        assertThat(value(open)).isZero();

        assertThat(fixture.databases().catalogue().drop(made.id())).isTrue();

        assertThatThrownBy(() -> value(open))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThat(other.open(NAME, SqlAccess.READ)).isEmpty();
        assertThat(fixture.server().ask("select rolname from pg_roles where rolname = '" + Room.name(made.id()) + "'"))
                .isEmpty();
    }

    @Test
    void connections_that_were_cut_while_nobody_used_them_are_not_missed() {
        var open = at(other);
        assertThat(value(open)).isZero();

        fixture.server()
                .change("select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                        + Room.name(made.id()) + "'");

        assertThat(value(open)).isZero();
        open.query(Sql.of("update t set v = 1"));
        assertThat(value(at(fixture.databases()))).isEqualTo(1);
    }

    @Test
    void what_a_killed_node_has_left_half_dropped_the_next_takes_away() {
        fixture.server().change("update sql_database set state = 'dropping'");
        assertThat(other.open(NAME, SqlAccess.READ)).isEmpty();

        fixture.reopen();

        assertThat(fixture.server().ask("select id from sql_database")).isEmpty();
        assertThat(fixture.server()
                        .ask("select datname from pg_database where datname = '" + Room.name(made.id()) + "'"))
                .isEmpty();
        fixture.databases().catalogue().create(NAME);
    }

    @Test
    void an_operator_who_may_not_make_roles_is_told_at_the_start() {
        try (var server = new OperatedServer("createdb")) {
            assertThatThrownBy(() -> PostgreSqlDatabases.open(
                            server.settings(),
                            List.of(),
                            SqlLimits.USUAL,
                            SettableClock.anywhere(),
                            new SettableTicker(),
                            Randomness.system()))
                    .isInstanceOf(StorageFailure.Rejected.class)
                    .hasMessageContaining("CREATEROLE");
        }
    }

    @Test
    void more_databases_than_connections_take_turns() {
        var catalogue = fixture.databases().catalogue();
        for (var i = 0; i < 20; i++) {
            catalogue.create(new DatabaseName("db" + i));
        }

        for (var database : catalogue.databases()) {
            assertThat(fixture.databases()
                            .open(database.name(), SqlAccess.WRITE)
                            .orElseThrow()
                            .query(Sql.of("select 1"))
                            .rows())
                    .hasSize(1);
        }

        assertThat(fixture.server().ask("select 1 from pg_stat_activity where usename like 'triport%'"))
                .hasSizeLessThanOrEqualTo(17);
    }

    private static SqlDatabase at(PostgreSqlDatabases node) {
        return node.open(NAME, SqlAccess.WRITE).orElseThrow();
    }

    private static long value(SqlDatabase database) {
        return database.query(Sql.of("select v from t")).rows().getFirst().getFirst() instanceof SqlValue.Whole(var n)
                ? n
                : -1;
    }
}
