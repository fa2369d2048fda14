package io.triport.storage.sqlpostgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody may try who may send any SQL to one database. */
final class EscapesTest {
    private static final DatabaseName OWN = new DatabaseName("own");
    private static final DatabaseName OTHER = new DatabaseName("other");

    private final PostgreSqlDatabasesFixture fixture = new PostgreSqlDatabasesFixture();
    private SqlDatabase own = database(SqlAccess.WRITE);
    private String ownRole = "";
    private String otherRole = "";

    @BeforeEach
    void make() {
        var catalogue = fixture.databases().catalogue();
        catalogue.create(OTHER);
        own = database(SqlAccess.WRITE);
        own.run(new SqlScript("create table t (v integer); insert into t values (1)"));
        fixture.databases()
                .open(OTHER, SqlAccess.WRITE)
                .orElseThrow()
                .run(new SqlScript("create table secret_of_other (v integer)"));
        ownRole = fixture.room(OWN).name();
        otherRole = fixture.room(OTHER).name();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void nobody_becomes_another_role() {
        for (var role : List.of("postgres", fixture.server().operator(), otherRole)) {
            for (var text : List.of(
                    "set role " + role,
                    "set local role " + role,
                    "set session authorization " + role,
                    "select set_config('role', '" + role + "', false)",
                    "select set_config('session_authorization', '" + role + "', false)",
                    "do $$ begin execute 'set role " + role + "'; end $$",
                    "grant " + role + " to current_user",
                    "alter table t owner to " + role,
                    "create schema own_schema authorization " + role)) {
                refused(text);
            }
        }
        for (var text : List.of("reset role", "set role none", "set session authorization default", "reset all")) {
            var results = own.batch(List.of(Sql.of(text), Sql.of("select current_user::text, session_user::text")));
            assertThat(results.getLast().rows()).containsExactly(List.of(SqlValue.of(ownRole), SqlValue.of(ownRole)));
        }
    }

    @Test
    void what_is_not_in_the_database_is_not_changed() {
        for (var text : List.of(
                "create role a",
                "create database a",
                "drop database " + otherRole,
                "alter database " + ownRole + " set work_mem = '1GB'",
                "alter database " + ownRole + " rename to a",
                "alter system set work_mem = '1GB'",
                "create schema a",
                "create tablespace a location '/tmp'",
                "create extension dblink",
                "create extension postgres_fdw",
                "create extension pg_trgm",
                "create language plperl",
                "create event trigger a on ddl_command_start execute function now()",
                "create foreign data wrapper a",
                "create publication a for all tables",
                "create subscription a connection 'host=127.0.0.1' publication a with (connect = false)",
                "checkpoint",
                "vacuum",
                "reindex database " + ownRole,
                "drop schema public cascade",
                "copy t to '/tmp/copied'",
                "copy t from '/etc/passwd'",
                "copy t to program 'true'",
                "copy t from program 'echo 1'",
                "copy t to stdout",
                "copy t from stdin",
                "select pg_read_file('/etc/passwd')",
                "select pg_ls_dir('.')",
                "select lo_import('/etc/passwd')",
                "select pg_reload_conf()",
                "select pg_switch_wal()",
                "select pg_create_restore_point('a')",
                "select * from pg_authid",
                "create temporary table a (v integer)",
                "create temp view a as select 1",
                "select 1 as v into temp a",
                "create table pg_temp.a (v integer)",
                "create function pg_catalog.a() returns int language sql as 'select 1'",
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'",
                "load 'dblink'")) {
            refused(text);
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void nobody_changes_the_role_that_lets_them_in() {
        var settings = fixture.server().ask(rolesAsTheyAre());
        own.run(new SqlScript(
                "create table u (v integer); create function changes() returns trigger language plpgsql as $$ begin"
                        + " execute 'alter role ' || current_user || ' password ''mine'''; return null; end $$; create"
                        + " trigger at_once after insert on t for each row when (new.v = 7) execute function changes();"
                        + " create constraint trigger late after insert on t deferrable initially deferred for each row"
                        + " when (new.v = 8) execute function changes()"));

        for (var text : List.of(
                "alter role current_user password 'mine'",
                "alter role " + ownRole + " password null",
                "alter user current_user set search_path = nowhere",
                "alter role current_user in database " + ownRole + " set work_mem = '1GB'",
                "alter role current_user reset all",
                "do $$ begin execute 'alter role ' || current_user || ' password ''mine'''; end $$",
                "do $$ begin begin perform 1 / 0; exception when others then"
                        + " alter role current_user password 'mine'; end; end $$",
                "insert into t values (7)",
                "insert into t values (8)")) {
            refused(text);
        }
        refused("grant " + ownRole + " to " + otherRole);

        own.query(Sql.of("drop owned by current_user"));
        assertThat(fixture.server().ask(rolesAsTheyAre())).isEqualTo(settings);
        opened(fixture.beside()).query(Sql.of("create table t (v integer)"));
    }

    @Test
    void what_is_put_off_until_the_commit_cannot_write_any_more() {
        var settings = fixture.server().ask(rolesAsTheyAre());
        own.run(new SqlScript("create table u (v integer);"
                + " create function later() returns trigger language plpgsql as $$ begin"
                + " set constraints all deferred; insert into u values (new.v); return null; end $$;"
                + " create function changes() returns trigger language plpgsql as"
                + " $$ begin execute 'alter role ' || current_user || ' password ''mine'''; return null; end $$;"
                + " create constraint trigger late after insert on t deferrable initially deferred for each row"
                + " execute function later();"
                + " create constraint trigger latest after insert on u deferrable initially deferred for each row"
                + " execute function changes()"));

        refused("insert into t values (2)");

        assertThat(fixture.server().ask(rolesAsTheyAre())).isEqualTo(settings);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_transaction_is_neither_begun_nor_ended() {
        own.run(new SqlScript("create procedure commits() language plpgsql as $$ begin commit; end $$;"
                + " create procedure rolls_back() language plpgsql as $$ begin rollback; end $$"));
        for (var text : List.of(
                "begin",
                "start transaction",
                "commit",
                "commit and chain",
                "commit prepared 'a'",
                "end",
                "rollback",
                "rollback to a",
                "abort",
                "savepoint a",
                "release a",
                "prepare transaction 'a'",
                "call commits()",
                "call rolls_back()",
                "do $$ begin commit; end $$",
                "do $$ begin rollback; end $$",
                "set transaction isolation level read committed",
                "/* /* */ */ COMMIT",
                "-- a comment\r commit",
                "(commit)",
                "\uFEFFcommit")) {
            refused(
                    text,
                    () -> own.batch(List.of(Sql.of("insert into t values (2)"), Sql.of(text), Sql.of("select 1 / 0"))));
            assertThat(count()).as(text).isEqualTo(1);
        }
    }

    @Test
    void nobody_sees_what_others_have() {
        assertThat(own.query(Sql.of("select relname from pg_class where relname = 'secret_of_other'"))
                        .rows())
                .isEmpty();
        assertThat(own.query(Sql.of("select relname from pg_class where relname = 'sql_database'"))
                        .rows())
                .isEmpty();
        assertThat(own.query(Sql.of("select query from pg_stat_activity where usename <> current_user"
                                + " and query <> '<insufficient privilege>'"))
                        .rows())
                .isEmpty();
        assertThat(fixture.server()
                        .ask("select has_database_privilege('" + ownRole + "', '" + otherRole + "', 'connect')"))
                .containsExactly("f");
        assertThat(fixture.server().ask("select has_database_privilege('" + ownRole + "', '" + ownRole + "', 'temp')"))
                .containsExactly("f");
    }

    @Test
    void nothing_of_a_session_is_left_behind_a_call() {
        own.run(new SqlScript(
                "set search_path = nowhere; set statement_timeout = 0; set default_transaction_isolation = 'read"
                    + " committed'; set default_transaction_read_only = on; set time zone 'Asia/Tokyo'; prepare p as"
                    + " select 1; listen a; declare c cursor with hold for select 1; select pg_advisory_lock(7); set"
                    + " own.value = 'left'; set synchronous_commit = local"));

        assertThat(own.query(Sql.of("select (select count(*) from pg_prepared_statements),"
                                + " (select count(*) from pg_cursors where name = 'c'),"
                                + " (select count(*) from pg_listening_channels()),"
                                + " (select count(*) from pg_locks where locktype = 'advisory'),"
                                + " current_setting('search_path'), current_setting('transaction_isolation'),"
                                + " current_setting('statement_timeout'), current_setting('TimeZone'),"
                                + " coalesce(current_setting('own.value', true), ''),"
                                + " current_setting('synchronous_commit')"))
                        .rows())
                .containsExactly(List.of(
                        SqlValue.of(0),
                        SqlValue.of(0),
                        SqlValue.of(0),
                        SqlValue.of(0),
                        SqlValue.of("\"$user\", public"),
                        SqlValue.of("serializable"),
                        SqlValue.of("32s"),
                        SqlValue.of("UTC"),
                        SqlValue.of(""),
                        SqlValue.of(
                                fixture.server().ask("show synchronous_commit").getFirst())));
        own.query(Sql.of("insert into t values (2)"));
    }

    @Test
    void who_reads_writes_nothing_whatever_it_is_called() {
        own.run(new SqlScript(
                "create sequence s; create index i on t (v); create function writes() returns int language sql as"
                        + " 'insert into t values (9) returning v'"));
        var reader = database(SqlAccess.READ);
        for (var text : List.of(
                "set transaction read write",
                "select set_config('transaction_read_only', 'off', true)",
                "select writes()",
                "do $$ begin insert into t values (9); end $$",
                "select nextval('s')",
                "select setval('s', 3)",
                "select lo_create(0)",
                "analyze t",
                "cluster t",
                "reindex table t",
                "select * from t for update",
                "create table a (v integer)",
                "alter role current_user password 'mine'",
                "commit",
                "explain analyze insert into t values (9)")) {
            refused(text, () -> reader.batch(List.of(Sql.of(text), Sql.of("insert into t values (9)"))));
            refused(text, () -> reader.query(Sql.of(text)));
        }
        reader.run(new SqlScript(
                "set session characteristics as transaction read write; set default_transaction_read_only" + " = off"));
        assertThatThrownBy(() -> reader.query(Sql.of("insert into t values (9)")))
                .isInstanceOf(StorageFailure.AccessDenied.class);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void texts_are_taken_apart_as_the_server_does() {
        for (var text : List.of(
                "select 'a' || E'\\'; drop table t; --'",
                "select $$; drop table t; --$$",
                "select $a$ $$ ; ? $a$",
                "select \"a;b?\" from (select 1 as \"a;b?\") as b",
                "select 1 /* ; /* ? */ drop table t */",
                "select U&'\\0061;'",
                "select 1 as a$1$")) {
            assertThat(own.query(Sql.of(text)).rows()).as(text).hasSize(1);
        }
        for (var text : List.of(
                "select 1 {; drop table t}",
                "{call now()}; drop table t",
                "select $1$; drop table t",
                // The driver takes the second half for a text of its own; then nothing is sent.
                "select E'a'\n'\\'; drop table t; --'")) {
            refused(text);
        }
        assertThat(own.query(Sql.of(
                                "select '{\"a\":1}'::jsonb ?? ?2, $1::text || ?",
                                SqlValue.of("x"),
                                SqlValue.of("a"),
                                SqlValue.of("y")))
                        .rows())
                .containsExactly(List.of(SqlValue.of(true), SqlValue.of("xy")));
        refusedBatch("set standard_conforming_strings = off", "select '\\'; drop table t; --'");
        refusedBatch("set client_encoding = 'LATIN1'", "select 1");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void who_does_not_let_itself_be_cancelled_is_cut_off() {
        var stubborn = "do $$ begin set statement_timeout = 0; loop begin perform pg_sleep(60);"
                + " exception when query_canceled then null; end; end loop; end $$";
        var running = CompletableFuture.runAsync(() -> own.query(Sql.of(stubborn)));

        assertThatThrownBy(() -> {
                    while (true) {
                        try {
                            running.get(2, TimeUnit.MILLISECONDS);
                            return;
                        } catch (TimeoutException e) {
                            fixture.ticker().advance(SqlLimits.USUAL.call());
                        } catch (java.util.concurrent.ExecutionException e) {
                            throw new CompletionException(e.getCause());
                        }
                    }
                })
                .hasRootCauseInstanceOf(StorageFailure.Unavailable.class);
        assertThat(count()).isEqualTo(1);
        assertThat(fixture.server().ask("select pid from pg_stat_activity where query like 'do %pg_sleep%'"))
                .isEmpty();
    }

    @Test
    void a_call_waits_for_a_lock_only_for_a_while_and_is_told_that_nothing_has_happened() {
        try (var other = fixture.holdWriter(OWN)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> own.query(Sql.of("update t set v = 2")))
                    .isInstanceOfSatisfying(
                            StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OVERLOADED));
        }
    }

    @Test
    void nobody_fills_the_memory_of_the_node() {
        for (var text : List.of(
                "select repeat('x', 75000000)",
                "select repeat('x', 30000000) from generate_series(1, 100)",
                "do $$ begin raise exception '%', repeat('x', 75000000); end $$",
                "do $$ begin raise info '%', repeat('x', 75000000); end $$",
                "do $$ begin set client_min_messages = notice; loop raise notice 'x'; end loop; end $$")) {
            assertThat(catchThrowable(() -> own.query(Sql.of(text))))
                    .as(text)
                    .isInstanceOfSatisfying(
                            StorageFailure.class,
                            e -> assertThat(e.code()).as(text).isIn(FailureCode.TOO_LARGE, FailureCode.UNAVAILABLE));
            assertThat(count()).isEqualTo(1);
        }
    }

    /** Password and settings of all roles, as only a superuser sees them. */
    private static String rolesAsTheyAre() {
        return "select rolname || coalesce(rolpassword, '') || coalesce((select string_agg(setconfig::text, ',')"
                + " from pg_db_role_setting where setrole = a.oid), '') || coalesce((select"
                + " string_agg(member::text, ',' order by member) from pg_auth_members where roleid = a.oid), '')"
                + " from pg_authid a where rolname like 'triport%' order by 1";
    }

    private void refused(String text) {
        refused(text, () -> own.query(Sql.of(text)));
    }

    private static void refused(String text, ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .as(text)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        e -> assertThat(e.code()).as(text).isIn(FailureCode.BAD_REQUEST, FailureCode.DENIED));
    }

    private void refusedBatch(String... texts) {
        var statements = new ArrayList<Sql>();
        for (var text : texts) {
            statements.add(Sql.of(text));
        }
        assertThatThrownBy(() -> own.batch(statements)).as(texts[0]).isInstanceOf(StorageFailure.class);
    }

    private long count() {
        return own.query(Sql.of("select count(*) from t")).rows().getFirst().getFirst() instanceof SqlValue.Whole(var n)
                ? n
                : -1;
    }

    private SqlDatabase database(SqlAccess access) {
        if (fixture.databases().catalogue().find(OWN).isEmpty()) {
            fixture.databases().catalogue().create(OWN);
        }
        return fixture.databases().open(OWN, access).orElseThrow();
    }

    private static SqlDatabase opened(PostgreSqlDatabases databases) {
        return databases.open(OWN, SqlAccess.WRITE).orElseThrow();
    }
}
