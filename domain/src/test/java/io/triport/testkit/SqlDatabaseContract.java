package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlExtent;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every database promises, in whichever dialect. The tag of a test names the case of the contract that it belongs to. */
public abstract class SqlDatabaseContract {
    @RegisterExtension
    static final CaseMatrix MATRIX =
            new CaseMatrix("sql-matrix", "SQL-", test -> ((SqlDatabaseContract) test).adapter());

    private static final DatabaseName NAME = new DatabaseName("orders");
    private static final String RUNAWAY =
            "with recursive r(i) as (select 1 union all select i + 1 from r) select count(*) from r";
    private static final int CLIENTS = 8;
    private static final int BATCHES = 100;

    /** No test depends on it: it only ends one that would hang. */
    private static final int MOST_LOOKS = 30_000;

    private SqlFixture fixture;
    private Database created;
    private SqlDatabase database;

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** A fixture over data of its own; the contract closes it. */
    protected abstract SqlFixture create();

    @BeforeEach
    void open() {
        fixture = create();
        created = fixture.databases().catalogue().create(NAME);
        database = opened(SqlAccess.WRITE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("SQL-01")
    void every_type_comes_back_as_it_went() {
        var values = List.of(
                SqlValue.NULL,
                SqlValue.of(true),
                SqlValue.of(0),
                SqlValue.of(-1L << 63),
                SqlValue.of(1.5),
                SqlValue.of(-0.1),
                SqlValue.of(4.9e-324),
                SqlValue.of(1.7976931348623157e308),
                SqlValue.of(""),
                SqlValue.of(fixture.words().text()),
                SqlValue.of(Bytes.EMPTY),
                SqlValue.of(Bytes.copyOf(new byte[] {0, -1, 39, 10})));
        var strict = fixture.capabilities().contains(SqlCapability.SPEAKS_SQLITE) ? " strict" : "";

        for (var value : values) {
            assertThat(one(Sql.of("select ?", value))).isEqualTo(value);
            run("create table t (v " + fixture.words().typeOf().apply(value) + ")" + strict);
            database.query(Sql.of("insert into t (v) values (?)", value));
            assertThat(column("select v from t")).containsExactly(value);
            run("drop table t");
        }

        assertThat(one("select " + fixture.words().infinity())).isEqualTo(SqlValue.of(Double.POSITIVE_INFINITY));
    }

    @Test
    @Tag("SQL-01")
    void what_is_no_number_and_no_text_is_no_parameter() {
        for (var number : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
            assertFailure(FailureCode.BAD_REQUEST, () -> Sql.of("select ?", SqlValue.of(number)));
        }
        assertFailure(FailureCode.BAD_REQUEST, () -> Sql.of("select ?", SqlValue.of("\uD83D")));
        assertFailure(FailureCode.BAD_REQUEST, () -> Sql.of("select 1\u0000; drop table t"));
        assertFailure(FailureCode.BAD_REQUEST, () -> new SqlScript("select 1\u0000"));
    }

    @Test
    @Tag("SQL-01")
    void json_and_full_text_search_are_there() {
        claim(SqlCapability.SPEAKS_SQLITE);
        run("create virtual table notes using fts5(body); insert into notes values ('a quick fox'), ('a slow one')");

        assertThat(column("select body from notes where notes match 'quick'"))
                .containsExactly(SqlValue.of("a quick fox"));
        assertThat(one("select json_extract('{\"a\":[1,{\"b\":9007199254740993}]}', '$.a[1].b')"))
                .isEqualTo(SqlValue.of(9007199254740993L));
    }

    @Test
    @Tag("SQL-02")
    void whole_numbers_keep_their_64_bits() {
        run("create table t (v bigint)");

        for (var number : List.of(9007199254740993L, -9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            database.query(Sql.of("delete from t"));
            database.query(Sql.of("insert into t values (?)", SqlValue.of(number)));

            assertThat(one("select v from t")).isEqualTo(SqlValue.of(number));
        }
        assertThat(one("select 9007199254740993")).isEqualTo(SqlValue.of(9007199254740993L));
    }

    @Test
    @Tag("SQL-03")
    void of_two_columns_with_one_name_rows_by_name_keep_the_last_and_others_both() {
        var result = database.query(Sql.of("select 1 as a, 2 as b, 3 as a"));

        assertThat(result.columns()).containsExactly("a", "b", "a");
        assertThat(result.rows()).containsExactly(List.of(SqlValue.of(1), SqlValue.of(2), SqlValue.of(3)));
        assertThat(result.named().getFirst().entrySet())
                .extracting(Object::toString)
                .containsExactly("a=" + SqlValue.of(3), "b=" + SqlValue.of(2));
    }

    @Test
    @Tag("SQL-03")
    void a_result_without_rows_has_its_columns() {
        assertThat(database.query(Sql.of("select 1 as a where 1 = 0")).columns())
                .containsExactly("a");
        assertThat(database.query(Sql.of("create table t (a integer)")).columns())
                .isEmpty();
    }

    @Test
    @Tag("SQL-04")
    void there_are_as_many_values_as_parameters() {
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("select ?")));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("select ?, ?", SqlValue.NULL)));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("select 1", SqlValue.NULL)));
        assertFailure(FailureCode.BAD_REQUEST, () -> run("select ?"));
    }

    @Test
    @Tag("SQL-04")
    void parameters_may_have_numbers() {
        var result = database.query(Sql.of("select ?2, ?1, ?2", SqlValue.of("a"), SqlValue.of("b")));

        assertThat(result.rows()).containsExactly(List.of(SqlValue.of("b"), SqlValue.of("a"), SqlValue.of("b")));
    }

    @Test
    @Tag("SQL-05")
    void limits_are_those_of_the_table() {
        assertThat(database.query(numbered(100)).columns()).hasSize(100);
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(many(101)));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("select " + ones(101))));
        assertThat(database.query(Sql.of(padded(100_000))).rows()).hasSize(1);
        assertFailure(FailureCode.TOO_LARGE, () -> database.query(Sql.of(padded(100_001))));
    }

    @Test
    @Tag("SQL-05")
    void limits_of_patterns_and_functions_are_those_of_the_table() {
        claim(SqlCapability.SPEAKS_SQLITE);

        assertThat(one("select 'a' like '" + "a".repeat(50) + "'")).isEqualTo(SqlValue.of(0));
        assertFailure(
                FailureCode.BAD_REQUEST, () -> database.query(Sql.of("select 'a' like '" + "a".repeat(51) + "'")));
        assertThat(one("select max(" + ones(32) + ")")).isEqualTo(SqlValue.of(1));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("select max(" + ones(33) + ")")));
    }

    @Test
    @Tag("SQL-05")
    void a_value_has_at_most_2_000_000_bytes() {
        var largest = SqlValue.of(Bytes.copyOf(new byte[2_000_000]));
        var longest = SqlValue.of("a".repeat(2_000_000));

        assertThat(one(Sql.of("select ?", largest))).isEqualTo(largest);
        assertThat(one(Sql.of("select ?", longest))).isEqualTo(longest);
        assertFailure(
                FailureCode.TOO_LARGE,
                () -> database.query(Sql.of("select ?", SqlValue.of(Bytes.copyOf(new byte[2_000_001])))));
        assertFailure(
                FailureCode.TOO_LARGE, () -> database.query(Sql.of("select ?", SqlValue.of("a".repeat(2_000_001)))));
        assertFailure(
                FailureCode.TOO_LARGE,
                () -> database.query(Sql.of("select " + fixture.words().zeros().apply(2_000_001))));
    }

    @Test
    @Tag("SQL-05")
    void a_result_that_memory_does_not_hold_is_refused() {
        var megabytes = SqlLimits.USUAL.resultBytes().bytes() / 1_000_000 + 1;

        assertFailure(
                FailureCode.TOO_LARGE,
                () -> database.query(Sql.of(
                        "with recursive r(i) as (select 1 union all select i + 1 from r where i < ?)" + " select "
                                + fixture.words().zeros().apply(1_000_000) + " from r",
                        SqlValue.of(megabytes))));
    }

    @Test
    @Tag("SQL-06")
    void a_batch_is_done_whole_or_not_at_all_and_says_which_statement_failed() {
        run("create table t (v integer unique)");

        assertFailedAt(2, FailureCode.CONFLICT, () -> batch(insert(1), insert(2), insert(1), insert(3)));
        assertFailedAt(1, FailureCode.BAD_REQUEST, () -> batch(insert(1), "insert into nowhere values (1)"));
        assertFailedAt(1, FailureCode.BAD_REQUEST, () -> batch(insert(1), "this is no statement"));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.batch(List.of()));

        assertThat(count()).isZero();
        assertThat(batch(insert(1), "select v from t", insert(2)).get(1).rows())
                .containsExactly(List.of(SqlValue.of(1)));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    @Tag("SQL-06")
    void a_statement_that_ends_the_transaction_fails_the_batch_and_the_rest_does_not_run() {
        claim(SqlCapability.SPEAKS_SQLITE);
        run("create table t (v integer unique);"
                + "create trigger no_nines before insert on t when new.v = 9 begin"
                + " select raise(rollback, 'no nines'); end");

        assertFailedAt(
                2,
                FailureCode.CONFLICT,
                () -> batch(insert(1), insert(2), "insert or rollback into t values (1)", insert(3)));
        assertFailedAt(1, FailureCode.CONFLICT, () -> batch(insert(1), insert(9), insert(3)));

        assertThat(count()).isZero();
        database.query(Sql.of(insert(1)));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @Tag("SQL-06")
    void a_constraint_that_is_looked_at_last_fails_the_batch_too() {
        run("create table parent (id integer primary key);"
                + "create table child (parent integer references parent (id) deferrable initially deferred)");

        assertFailure(FailureCode.CONFLICT, () -> batch("insert into child values (1)"));
        batch("insert into child values (1)", "insert into parent values (1)");

        assertThat(one("select count(*) from child")).isEqualTo(SqlValue.of(1));
    }

    @Test
    @Tag("SQL-06")
    void a_script_is_done_whole_or_not_at_all() {
        assertFailedAt(
                2, FailureCode.BAD_REQUEST, () -> run("create table t (v integer); " + insert(1) + "; nonsense"));
        assertFailure(FailureCode.BAD_REQUEST, () -> run(" -- nothing\n;; /* at all */"));

        run("create table t (v integer); -- a comment; with a semicolon\n" + insert(1) + ";\n;" + insert(2) + ";");

        assertThat(count()).isEqualTo(2);
    }

    @Test
    @Tag("SQL-07")
    void batches_of_several_clients_do_not_mix() {
        run("create table log (n " + fixture.words().counter() + ", client integer, batch integer)");

        AtOnce.run(CLIENTS, client -> () -> {
            for (var number = client; number < BATCHES; number += CLIENTS) {
                var add = Sql.of(
                        "insert into log (client, batch) values (?, ?)", SqlValue.of(client), SqlValue.of(number));
                database.batch(List.of(add, Sql.of("select count(*) from log"), add, add));
            }
            return client;
        });

        var batches = column("select batch from log order by n");
        assertThat(batches).hasSize(3 * BATCHES);
        for (var i = 0; i < batches.size(); i += 3) {
            assertThat(batches.subList(i, i + 3)).containsOnly(batches.get(i));
        }
    }

    @Test
    @Tag("SQL-08")
    void several_statements_are_not_one() {
        run("create table t (v integer)");

        for (var text : List.of(
                "select 1; select 2",
                "select 1; drop table t",
                "select ';'; drop table t",
                "select 1 /* ; */; drop table t",
                "select 1 -- ;\n; drop table t",
                "select \";\" from t; drop table t",
                "select [;] from t; drop table t",
                "; select 1; drop table t")) {
            assertRefused("MULTIPLE_STATEMENTS", text);
        }
        assertThat(count()).isZero();
        for (var text : List.of("", " ", ";", "-- nothing", "/* nothing")) {
            assertRefused("NO_STATEMENT", text);
        }
    }

    @Test
    @Tag("SQL-08")
    void a_semicolon_may_stand_behind_a_statement_and_within_it() {
        for (var text : List.of("select 1;", ";;select 1 ;; ", "select 1 -- ; select 2", "select 1; /* ; */")) {
            assertThat(one(text)).isEqualTo(SqlValue.of(1));
        }
        assertThat(one("select ';'';'")).isEqualTo(SqlValue.of(";';"));
    }

    @Test
    @Tag("SQL-08")
    void the_semicolons_of_a_trigger_are_within_it() {
        claim(SqlCapability.SPEAKS_SQLITE);
        run("create table t (v integer)");
        database.query(Sql.of("create trigger twice after insert on t begin"
                + " select case when 1 then 2 end; update t set v = v * 2; end"));
        database.query(Sql.of(insert(4)));
        assertThat(one("select v from t")).isEqualTo(SqlValue.of(8));
    }

    @Test
    @Tag("SQL-09")
    void what_reaches_beyond_the_statement_is_refused() {
        claim(SqlCapability.SPEAKS_SQLITE);
        run("create table t (v integer)");

        for (var text : List.of(
                "begin",
                "begin immediate",
                "begin exclusive transaction",
                "commit",
                "end",
                "rollback",
                "savepoint a",
                "release a",
                "rollback to a",
                "attach 'other.db' as other",
                "attach ':memory:' as other",
                "detach other",
                "vacuum",
                "vacuum into 'copy.db'",
                "select load_extension('x')",
                "select load_extension('x', 'y')",
                "with x as (select load_extension('y')) select * from x",
                "insert into t values (load_extension('x'))",
                "create temporary table own (v)",
                "create temp view own as select 1",
                "create table temp.own (v)",
                "pragma journal_mode",
                "pragma journal_mode = delete",
                "pragma writable_schema = on",
                "pragma foreign_keys = off",
                "pragma foreign_keys(0)",
                "pragma main.foreign_keys = off",
                "pragma query_only = off",
                "pragma user_version = 3",
                "pragma application_id = 3",
                "pragma database_list",
                "pragma \"journal_mode\"",
                "pragma",
                "select * from pragma_database_list",
                "select * from PRAGMA_database_list()",
                "select * from \"pragma_database_list\"",
                "select * from [pragma_database_list]",
                "select * from 'pragma_database_list'",
                "select 1 where (0, 'main', '') in 'pragma_database_list'",
                "create view files as select * from pragma_database_list",
                "create view files as select * from 'pragma_database_list'",
                "create trigger files after insert on t begin select * from pragma_database_list; end")) {
            for (var written : List.of(
                    text,
                    "-- a comment\n" + text,
                    "/* a comment */ ;" + text + ";",
                    "\uFEFF" + text,
                    text.toUpperCase(Locale.ROOT),
                    "explain " + text,
                    "explain query plan " + text)) {
                assertRefused("STATEMENT_REFUSED", written);
            }
        }
    }

    @Test
    @Tag("SQL-09")
    void a_refused_pragma_has_no_effect_behind_an_explain() {
        claim(SqlCapability.SPEAKS_SQLITE);
        assertRefused("STATEMENT_REFUSED", "explain pragma case_sensitive_like = on");

        assertThat(one("select 'a' like 'A'")).isEqualTo(SqlValue.of(1));
    }

    @Test
    @Tag("SQL-09")
    void foreign_keys_hold() {
        run("create table parent (id integer primary key);"
                + " create table child (parent integer references parent (id))");

        assertFailure(FailureCode.CONFLICT, () -> database.query(Sql.of("insert into child values (1)")));
    }

    @Test
    @Tag("SQL-09")
    void code_is_not_loaded_from_views_and_triggers_either() {
        claim(SqlCapability.SPEAKS_SQLITE);
        run("create table t (v integer); create view v as select load_extension('x');"
                + "create table other (v);"
                + "create trigger loads after insert on other begin select load_extension('x'); end");

        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("select * from v")));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("insert into other values (1)")));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.query(Sql.of("insert into t select * from v")));
        assertThat(one("select count(*) from other")).isEqualTo(SqlValue.of(0));
    }

    @Test
    @Tag("SQL-09")
    void a_transaction_cannot_be_had_in_a_batch_or_a_script() {
        run("create table t (v integer)");

        assertFailedAt(1, FailureCode.BAD_REQUEST, () -> batch(insert(1), "commit", insert(2)));
        assertFailedAt(1, FailureCode.BAD_REQUEST, () -> run(insert(1) + "; commit; " + insert(2)));
        assertFailedAt(0, FailureCode.BAD_REQUEST, () -> run("begin; " + insert(1) + "; commit"));

        assertThat(count()).isZero();
    }

    @Test
    @Tag("SQL-09")
    void what_tells_of_the_schema_is_allowed() {
        claim(SqlCapability.SPEAKS_SQLITE);
        run("create table t (a integer primary key, b text); create index i on t (b); pragma optimize");

        assertThat(database.query(Sql.of("pragma table_info(t)")).rows()).hasSize(2);
        assertThat(database.query(Sql.of("pragma main.table_xinfo('t')")).rows())
                .hasSize(2);
        assertThat(database.query(Sql.of("pragma table_list")).rows()).isNotEmpty();
        assertThat(database.query(Sql.of("pragma index_list(t)")).rows()).hasSize(1);
        assertThat(database.query(Sql.of("pragma index_info(i)")).rows()).hasSize(1);
        assertThat(database.query(Sql.of("pragma index_xinfo(i)")).rows()).hasSize(2);
        assertThat(database.query(Sql.of("pragma foreign_key_list(t)")).rows()).isEmpty();
        assertThat(database.query(Sql.of("pragma foreign_key_check")).rows()).isEmpty();
        assertThat(one("pragma foreign_keys")).isEqualTo(SqlValue.of(1));
        assertThat(one("pragma quick_check")).isEqualTo(SqlValue.of("ok"));
        assertThat(column("select name from pragma_table_info('t')"))
                .containsExactly(SqlValue.of("a"), SqlValue.of("b"));
        assertThat(one("select 'pragma_database_list'")).isEqualTo(SqlValue.of("pragma_database_list"));
        assertThat(database.query(Sql.of("explain query plan select * from t")).rows())
                .hasSize(1);
    }

    @Test
    @Tag("SQL-09")
    void a_database_that_is_opened_to_be_read_is_not_written() {
        run("create table t (v integer); " + insert(1));
        var reading = opened(SqlAccess.READ);

        for (var text : List.of(
                insert(2),
                "with x as (select 2) insert into t select * from x",
                "insert into t values (2) returning v",
                "update t set v = 3",
                "delete from t",
                "create table other (v integer)",
                "drop table t",
                "analyze")) {
            assertFailure(FailureCode.DENIED, () -> reading.query(Sql.of(text)));
            assertFailure(FailureCode.DENIED, () -> reading.run(new SqlScript("select 1; " + text)));
        }
        assertFailedAt(1, FailureCode.DENIED, () -> reading.batch(List.of(Sql.of("select 1"), Sql.of(insert(2)))));

        assertThat(reading.query(Sql.of("select v from t")).rows()).containsExactly(List.of(SqlValue.of(1)));
    }

    @Test
    @Tag("SQL-10")
    void a_statement_that_does_not_end_is_stopped_and_the_database_goes_on() {
        run("create table t (v integer)");

        for (var runaway : List.of(RUNAWAY, "insert into t " + RUNAWAY)) {
            var failure = stopped(() -> batch(insert(1), runaway));
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
        }
        assertThat(stopped(() -> opened(SqlAccess.READ).query(Sql.of(RUNAWAY))).code())
                .isEqualTo(FailureCode.UNAVAILABLE);

        assertThat(count()).isZero();
        database.query(Sql.of(insert(1)));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @Tag("SQL-11")
    void a_kill_leaves_batches_whole_and_those_that_were_answered() {
        claim(SqlCapability.SURVIVES_KILL);

        var told = fixture.killWhileWriting(NAME);

        database = opened(SqlAccess.WRITE);
        assertThat(told).isNotEmpty();
        assertThat(column("select count(*) from written group by batch"))
                .isNotEmpty()
                .containsOnly(SqlValue.of(KilledBatches.ROWS));
        assertThat(column("select distinct batch from written"))
                .containsAll(
                        told.stream().map(number -> SqlValue.of((long) number)).toList());
    }

    @Test
    @Tag("SQL-12")
    void a_session_sees_what_it_has_seen_and_its_bookmark_does_not_go_back() {
        run("create table t (v integer)");
        var seen = new ArrayList<Bookmark>();
        var first = database.session(new SessionStart.FirstPrimary());

        first.query(Sql.of(insert(1)));
        seen.add(first.bookmark());
        var next = database.session(new SessionStart.After(first.bookmark()));
        assertThat(next.query(Sql.of("select count(*) from t")).rows()).containsExactly(List.of(SqlValue.of(1)));
        next.query(Sql.of(insert(2)));
        seen.add(next.bookmark());
        var any = database.session(new SessionStart.FirstUnconstrained());
        any.query(Sql.of("select count(*) from t"));
        seen.add(any.bookmark());

        assertThat(seen).isSorted();
        assertThat(seen.get(1)).isGreaterThan(seen.get(0));
    }

    @Test
    @Tag("SQL-12")
    void a_bookmark_of_another_database_begins_no_session() {
        var other = fixture.databases().catalogue().create(new DatabaseName("other"));
        var bookmark = Bookmark.of(other.id(), 0, 0);

        assertFailure(FailureCode.BAD_REQUEST, () -> database.session(new SessionStart.After(bookmark)));
        assertThatThrownBy(() -> new Bookmark("0-0-0-0")).isInstanceOf(InvalidInput.class);
    }

    @Test
    @Tag("SQL-13")
    void bookmarks_are_ordered_as_the_changes_were() {
        var bookmarks = new ArrayList<Bookmark>();
        bookmarks.add(database.bookmark());
        run("create table t (v integer unique)");
        bookmarks.add(database.bookmark());
        for (var i = 0; i < 20; i++) {
            database.query(Sql.of(insert(i)));
            bookmarks.add(database.bookmark());
        }
        batch("drop table t", "create table t (v integer)");
        bookmarks.add(database.bookmark());

        assertThat(bookmarks).isSorted().doesNotHaveDuplicates();
        assertThat(bookmarks.stream().map(Bookmark::text)).isSorted();
    }

    @Test
    @Tag("SQL-13")
    void a_bookmark_is_the_same_after_a_restart() {
        claim(SqlCapability.COUNTS_CHANGES);
        run("create table t (v integer)");
        var before = database.bookmark();

        database = fixture.reopen().open(NAME, SqlAccess.WRITE).orElseThrow();

        assertThat(database.bookmark()).isEqualTo(before);
    }

    @Test
    @Tag("SQL-13")
    void what_changes_nothing_has_no_bookmark_of_its_own() {
        claim(SqlCapability.COUNTS_CHANGES);
        run("create table t (v integer unique); " + insert(1));
        var before = database.bookmark();

        database.query(Sql.of("select * from t"));
        database.query(Sql.of("update t set v = 2 where v = 3"));
        database.query(Sql.of("create table if not exists t (v)"));
        assertFailure(FailureCode.CONFLICT, () -> database.query(Sql.of(insert(1))));
        assertFailure(FailureCode.CONFLICT, () -> batch(insert(2), insert(1)));

        assertThat(database.bookmark()).isEqualTo(before);
    }

    @Test
    @Tag("SQL-13")
    void a_database_is_restored_and_that_is_taken_back() {
        claim(SqlCapability.KEEPS_STATES);
        run("create table t (id integer primary key autoincrement, v unique); create virtual table notes using"
                + " fts5(body);create table log (v); create trigger logs after insert on t begin insert into log"
                + " values (new.v); end;insert into t (v) values ('a'), ('b'); delete from t where id = 2; insert"
                + " into notes values ('a fox')");
        var early = database.bookmark();
        var before = exported();
        run("drop table notes; drop table log; drop trigger logs; create view two as select 2; insert into t (v)"
                + " values (x'00')");
        var late = database.bookmark();
        var after = exported();

        var restored = database.archive().restore(early);

        assertThat(restored.undo()).isEqualTo(late);
        assertThat(database.bookmark()).isEqualTo(restored.bookmark()).isGreaterThan(late);
        assertThat(exported()).isEqualTo(before);
        assertThat(column("select body from notes where notes match 'fox'")).containsExactly(SqlValue.of("a fox"));
        var back = database.archive().restore(restored.undo());
        assertThat(back.undo()).isEqualTo(restored.bookmark());
        assertThat(back.bookmark()).isGreaterThan(restored.bookmark());
        assertThat(exported()).isEqualTo(after);
        run("insert into t (v) values ('c')");
        assertThat(column("select max(id) from t")).containsExactly(SqlValue.of(4));
        assertThat(database.bookmark()).isGreaterThan(back.bookmark());
    }

    @Test
    @Tag("SQL-13")
    void every_state_is_kept_however_much_was_written_since() {
        claim(SqlCapability.KEEPS_STATES);
        var states = new ArrayList<Bookmark>();
        run("create table t (v integer)");
        for (var i = 0; i < 12; i++) {
            states.add(database.bookmark());
            var large = i % 3 == 0;
            database.query(large ? Sql.of("insert into t values (randomblob(1500000))") : Sql.of(insert(i)));
            if (i == 4 || i == 9) {
                database = fixture.reopen().open(NAME, SqlAccess.WRITE).orElseThrow();
            }
            if (i == 7) {
                database.archive().restore(states.get(i));
                assertThat(count()).isEqualTo(i);
                database.query(Sql.of(insert(i)));
            }
        }

        for (var i : new int[] {11, 0, 5, 8, 1}) {
            database.archive().restore(states.get(i));
            assertThat(count()).isEqualTo(i);
            assertThat(column("select coalesce(sum(length(v)), 0) from t where typeof(v) = 'blob'"))
                    .containsExactly(SqlValue.of(1_500_000L * ((i + 2) / 3)));
            assertThat(column("pragma quick_check")).containsExactly(SqlValue.of("ok"));
        }
    }

    @Test
    @Tag("SQL-13")
    void what_is_no_state_of_it_is_not_restored() {
        claim(SqlCapability.KEEPS_STATES);
        run("create table t (v integer)");
        var other = fixture.databases().catalogue().create(new DatabaseName("other"));
        var now = database.bookmark();
        var madeUp = List.of(
                Bookmark.of(other.id(), 0, now.changes()),
                Bookmark.of(created.id(), 0, now.changes() + 1),
                Bookmark.of(created.id(), 0, now.changes() - 1),
                Bookmark.of(created.id(), 1, now.changes()),
                Bookmark.of(created.id(), 0, Long.MAX_VALUE));

        for (var bookmark : madeUp) {
            assertFailure(FailureCode.BAD_REQUEST, () -> database.archive().restore(bookmark));
        }
        var reader = opened(SqlAccess.READ);
        assertFailure(FailureCode.DENIED, () -> reader.archive().restore(now));
        assertThat(database.bookmark()).isEqualTo(now);
        assertThat(reader.archive().at(fixture.clock().instant())).isEqualTo(now);
    }

    @Test
    @Tag("SQL-13")
    void a_restored_state_is_seen_by_all_who_have_the_database_open() {
        claim(SqlCapability.KEEPS_STATES);
        run("create table t (v integer); " + insert(1));
        var reader = opened(SqlAccess.READ);
        var early = database.bookmark();
        run("alter table t add column w; " + "update t set v = 2");
        assertThat(reader.query(Sql.of("select * from t")).columns()).hasSize(2);

        var restored = database.archive().restore(early);

        var rows = reader.query(Sql.of("select * from t"));
        assertThat(rows.rows()).containsExactly(List.of(SqlValue.of(1)));
        assertThat(reader.session(new SessionStart.After(restored.bookmark())).bookmark())
                .isEqualTo(restored.bookmark());
    }

    @Test
    @Tag("SQL-14")
    void a_database_is_restored_to_a_second() {
        claim(SqlCapability.KEEPS_STATES);
        var start = fixture.clock().instant();
        run("create table t (v integer)");
        var states = new ArrayList<Bookmark>();
        for (var second = 1; second <= 5; second++) {
            later(Duration.ofSeconds(1));
            database.query(Sql.of(insert(second)));
            later(Duration.ofMillis(2));
            database.query(Sql.of(insert(second)));
            states.add(database.bookmark());
        }
        later(Duration.ofHours(1));

        var archive = database.archive();
        assertThat(IntStream.rangeClosed(1, 5)
                        .mapToObj(second -> archive.at(start.plusSeconds(second)))
                        .toList())
                .isEqualTo(states);
        assertThat(archive.at(start.plusSeconds(3).plusMillis(999))).isEqualTo(states.get(2));
        assertThat(archive.at(start.plusSeconds(1000))).isEqualTo(states.getLast());
        var undo = archive.restore(archive.at(start.plusSeconds(3))).undo();
        assertThat(count()).isEqualTo(6);
        assertThat(archive.at(start.plusSeconds(1000))).isEqualTo(undo).isEqualTo(states.getLast());
        archive.restore(undo);
        assertThat(count()).isEqualTo(10);
        database = fixture.reopen().open(NAME, SqlAccess.WRITE).orElseThrow();
        database.archive().restore(states.getFirst());
        assertThat(count()).isEqualTo(2);
    }

    @Test
    @Tag("SQL-14")
    void no_state_is_told_of_a_time_to_come_and_of_one_before_the_database() {
        claim(SqlCapability.KEEPS_STATES);
        var start = fixture.clock().instant();
        var empty = database.archive().at(start);
        later(Duration.ofSeconds(10));
        run("create table t (v integer)");

        var archive = database.archive();
        assertFailure(FailureCode.BAD_REQUEST, () -> archive.at(start.minusSeconds(1)));
        assertFailure(FailureCode.BAD_REQUEST, () -> archive.at(start.plusSeconds(11)));
        assertThat(archive.at(start.plusSeconds(9))).isEqualTo(empty);
        archive.restore(empty);
        assertThat(database.info().tables()).isZero();
    }

    @Test
    @Tag("SQL-14")
    void states_are_kept_for_seven_days() {
        claim(SqlCapability.KEEPS_STATES);
        var start = fixture.clock().instant();
        run("create table t (v integer)");
        var first = database.bookmark();
        later(Duration.ofDays(1));
        run(insert(1));
        var second = database.bookmark();
        later(Duration.ofDays(7).minusSeconds(1));
        run(insert(2));

        var archive = database.archive();
        assertFailure(FailureCode.BAD_REQUEST, () -> archive.at(start.plusSeconds(1)));
        assertThat(archive.at(start.plus(Duration.ofDays(1)))).isEqualTo(second);
        later(Duration.ofDays(6));
        assertFailure(FailureCode.BAD_REQUEST, () -> database.archive().restore(first));
        // It was the latest one for long after.
        database.archive().restore(second);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @Tag("SQL-14")
    void a_clock_that_goes_back_leaves_the_order_of_states() {
        claim(SqlCapability.KEEPS_STATES);
        run("create table t (v integer)");
        later(Duration.ofHours(1));
        run(insert(1));
        var before = database.bookmark();
        later(Duration.ofHours(-1));

        run(insert(2));

        assertThat(database.bookmark()).isGreaterThan(before);
        database.archive().restore(before);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @Tag("SQL-15")
    void what_is_exported_and_imported_is_the_same() {
        claim(SqlCapability.CARRIES);
        run("create table parent (id integer primary key autoincrement, \"odd \"\"name\" text default 'it''s; -- so');"
                + "create table [table] (v, w as (v || '!') stored, parent references parent (id), rowid text);"
                + "create table keyed (a text, b blob, primary key (a, b)) without rowid;"
                + "create table bare (v);"
                + "create virtual table notes using fts5(title, body, tokenize = 'porter');"
                + "create virtual table places using rtree(id, x0, x1);"
                + "create table log (v);"
                + "create index i on parent (\"odd \"\"name\" desc) where id > 1;"
                + "create trigger logs after insert on parent begin"
                + " insert into log values (new.id); select 'a;b'; end;"
                + "create view two as select id, 'x' as x from parent -- of a kind\n");
        for (var text :
                List.of("plain", "it's", "two\nlines; -- and\r\n'quotes\"", "\u00E9\uD83D\uDE00", "nul\u0000behind")) {
            database.query(Sql.of("insert into parent (\"odd \"\"name\") values (?)", SqlValue.of(text)));
        }
        for (var value : List.of(
                SqlValue.NULL,
                SqlValue.of(9007199254740993L),
                SqlValue.of(Long.MIN_VALUE),
                SqlValue.of(0.1),
                SqlValue.of(1.0),
                SqlValue.of(1.7976931348623157e308),
                SqlValue.of(Bytes.EMPTY),
                SqlValue.of(Bytes.copyOf(new byte[] {0, -1, 39, 59})),
                SqlValue.of("; drop table parent; --"))) {
            database.query(Sql.of("insert into [table] (v, parent) values (?, 1)", value));
            database.query(Sql.of("insert into keyed values (?, ?)", SqlValue.of(value.toString()), SqlValue.of("b")));
        }
        run("insert into [table] (v) values (9e999), (-9e999); delete from parent where id = 5;"
                + "insert into bare values (1), (2), (3); delete from bare where v = 2;"
                + "insert into bare values (cast(x'ff41' as text));"
                + "insert into notes values ('running', 'a fox; it''s quick'), ('other', 'runs and runs');"
                + "insert into places values (1, 0.5, 1.5), (2, 10, 20)");
        var copy = other();

        var exported =
                GeneratedContent.read(database.archive().export(SqlExtent.ALL).content());
        var loaded = copy.archive().load(Content.of(exported));

        assertThat(loaded.meta().changed()).isTrue();
        assertThat(GeneratedContent.read(copy.archive().export(SqlExtent.ALL).content()))
                .isEqualTo(exported);
        for (var query : List.of(
                "select type, name, tbl_name, sql from sqlite_schema order by type, name",
                "select *, typeof(id) from parent order by id",
                "select *, typeof(v) from [table] order by _rowid_",
                "select *, hex(v) from bare order by rowid",
                "select rowid from bare order by rowid",
                "select * from keyed order by a, b",
                "select * from sqlite_sequence",
                "select * from log",
                "select * from two",
                "select rowid, *, bm25(notes) from notes where notes match 'run' order by rank",
                "select * from places where x0 > 1",
                "pragma quick_check")) {
            assertThat(copy.query(Sql.of(query)).rows())
                    .as(query)
                    .isEqualTo(database.query(Sql.of(query)).rows());
        }
        for (var each : List.of(database, copy)) {
            each.query(Sql.of("insert into notes values ('third', 'running again')"));
            each.query(Sql.of("insert into notes (notes) values ('integrity-check')"));
            assertThat(each.query(Sql.of("insert into parent default values returning id"))
                            .rows())
                    .containsExactly(List.of(SqlValue.of(6)));
        }
    }

    @Test
    @Tag("SQL-15")
    void an_export_is_of_the_tables_and_the_part_that_are_asked_for() {
        claim(SqlCapability.CARRIES);
        run("create table parent (id integer primary key autoincrement, v); create table other (v);create table [a_b]"
            + " (v); create virtual table a using fts5(v); create virtual table a_hares using fts5(v);create index i"
            + " on parent (v); create index j on other (v);create trigger logs after insert on parent begin insert"
            + " into other values (new.v); end;create view two as select v from parent;insert into parent values (7,"
            + " 'it'); delete from other; insert into a values ('fox');insert into a_hares values ('hare')");

        assertThat(exported(SqlExtent.Part.ALL, "PARENT", "two").lines())
                .containsExactly(
                        "PRAGMA defer_foreign_keys=TRUE;",
                        "CREATE TABLE parent (id integer primary key autoincrement, v);",
                        "INSERT INTO \"parent\"(\"id\",\"v\") VALUES(7,'it');",
                        "DELETE FROM \"sqlite_sequence\" WHERE name = 'parent';",
                        "INSERT INTO \"sqlite_sequence\"(\"name\",\"seq\") VALUES('parent',7);",
                        "CREATE INDEX i on parent (v);",
                        "CREATE TRIGGER logs after insert on parent begin insert into other values (new.v); end;",
                        "CREATE VIEW two as select v from parent;");
        assertThat(exported(SqlExtent.Part.SCHEMA))
                .contains("CREATE VIRTUAL TABLE a ")
                .doesNotContain("INSERT");
        assertThat(exported(SqlExtent.Part.ROWS, "parent"))
                .contains("VALUES(7,'it')")
                .doesNotContain("CREATE");
        assertThat(exported(SqlExtent.Part.ROWS, "a").lines().filter(line -> line.startsWith("DELETE")))
                .hasSize(5)
                .noneMatch(line -> line.contains("a_hares"));
        for (var none : List.of("nothing", "i", "a_data", "sqlite_schema")) {
            assertFailedAt(0, FailureCode.BAD_REQUEST, () -> exported(SqlExtent.Part.ALL, none));
        }
    }

    @Test
    @Tag("SQL-15")
    void the_parts_of_an_export_make_the_whole() {
        claim(SqlCapability.CARRIES);
        run("create table t (id integer primary key autoincrement, v); create virtual table notes using fts5(v);"
                + "insert into t values (7, 'it'); insert into notes values ('a fox')");
        var copy = other();

        copy.archive().load(Content.of(Bytes.utf8(exported(SqlExtent.Part.SCHEMA))));
        copy.archive().load(Content.of(Bytes.utf8(exported(SqlExtent.Part.ROWS))));

        var whole = copy.archive().export(SqlExtent.ALL).content();
        assertThat(GeneratedContent.read(whole)).isEqualTo(exported());
        assertThat(copy.query(Sql.of("select rowid from notes where notes match 'fox'"))
                        .rows())
                .hasSize(1);
    }

    @Test
    @Tag("SQL-15")
    void what_is_left_of_tables_that_count_does_no_harm_to_an_export() {
        claim(SqlCapability.CARRIES);
        run("create table gone (id integer primary key autoincrement); insert into gone values (3); drop table gone;"
                + "create table t (v integer); insert into t values (1)");

        var loaded = other().archive().load(Content.of(exported()));

        assertThat(loaded.statements()).isEqualTo(3);
    }

    @Test
    @Tag("SQL-15")
    void an_export_and_an_import_name_the_state_that_they_are_of() {
        claim(SqlCapability.CARRIES);
        run("create table t (v integer)");
        var before = database.bookmark();

        var exported = database.archive().export(SqlExtent.ALL);
        exported.content().close();
        var loaded = database.archive().load(Content.of(Bytes.utf8(insert(1) + ";" + insert(2) + "; select 1")));
        var nothing = database.archive().load(Content.of(Bytes.utf8("select 1")));

        assertThat(exported.state()).isEqualTo(before);
        assertThat(loaded.state()).isEqualTo(database.bookmark()).isGreaterThan(before);
        assertThat(loaded.statements()).isEqualTo(3);
        assertThat(nothing.state()).isEqualTo(loaded.state());
    }

    @Test
    @Tag("SQL-15")
    void the_largest_row_is_exported_and_imported() {
        claim(SqlCapability.CARRIES);
        run("create table t (v integer)");
        var value = SqlValue.of(Bytes.copyOf(new byte[1_999_900]));
        database.query(Sql.of("insert into t values (?)", value));
        var copy = other();

        copy.archive().load(database.archive().export(SqlExtent.ALL).content());

        assertThat(copy.query(Sql.of("select v from t")).rows()).containsExactly(List.of(value));
    }

    @Test
    @Tag("SQL-15")
    void an_import_is_done_whole_or_not_at_all() {
        claim(SqlCapability.CARRIES);
        var before = database.bookmark();

        assertFailedAt(
                2, FailureCode.BAD_REQUEST, () -> load("create table t (v integer);\n" + insert(1) + ";\nnonsense;"));
        assertFailedAt(1, FailureCode.BAD_REQUEST, () -> load("create table t (v integer); commit; " + insert(1)));
        assertFailedAt(0, FailureCode.BAD_REQUEST, () -> load("select ?"));
        assertFailedAt(0, FailureCode.BAD_REQUEST, () -> load("select 1\u0000; select 2"));
        assertFailedAt(0, FailureCode.TOO_LARGE, () -> load("select 1" + " ".repeat(100_000) + ", 2"));
        assertFailure(
                FailureCode.BAD_REQUEST,
                () -> database.archive().load(Content.of(Bytes.copyOf(new byte[] {'-', '-', (byte) 0xFF}))));
        assertFailure(
                FailureCode.DENIED,
                () -> opened(SqlAccess.READ).archive().load(Content.of(Bytes.utf8("create table t (v integer)"))));
        assertThat(database.bookmark()).isEqualTo(before);

        load("-- a file\n create table t (v integer)\n;;/* ; */ " + insert(1) + "; select 1;" + insert(2));
        assertThat(count()).isEqualTo(2);
        assertThat(database.bookmark()).isGreaterThan(before);
        assertThat(GeneratedContent.read(opened(SqlAccess.READ)
                                .archive()
                                .export(SqlExtent.ALL)
                                .content())
                        .toUtf8())
                .contains("INSERT INTO \"t\"");
    }

    @Test
    @Tag("SQL-16")
    void a_result_tells_what_was_changed() {
        run("create table t (id " + fixture.words().counter() + ", v integer unique)");

        var inserted =
                database.query(Sql.of("insert into t (v) values (5), (6), (7)")).meta();
        var updated =
                database.query(Sql.of("update t set v = v + 10 where v > 5")).meta();
        var ignored = database.query(Sql.of("insert into t (v) values (5) on conflict do nothing"))
                .meta();
        var missed = database.query(Sql.of("update t set v = 1 where v = 2")).meta();
        var read = database.query(Sql.of("select * from t")).meta();
        var returned =
                database.query(Sql.of("with x as (select 8 as v) insert into t (v) select v from x returning v"));
        var made =
                database.query(Sql.of("create table u (v integer primary key)")).meta();
        var again = database.query(Sql.of("create table if not exists u (v integer)"))
                .meta();
        var deleted = database.query(Sql.of("delete from t")).meta();

        assertThat(List.of(
                        inserted.changes(),
                        inserted.rowsWritten(),
                        updated.changes(),
                        returned.meta().changes(),
                        deleted.changes()))
                .containsExactly(3L, 3L, 2L, 1L, 4L);
        assertThat(List.of(ignored.changes(), missed.changes(), read.changes(), made.changes()))
                .containsOnly(0L);
        assertThat(returned.rows()).containsExactly(List.of(SqlValue.of(8)));
        assertThat(List.of(inserted.changed(), updated.changed(), made.changed(), deleted.changed()))
                .containsOnly(true);
        assertThat(List.of(missed.changed(), read.changed(), again.changed())).containsOnly(false);
        assertThat(made.sizeAfter()).isGreaterThan(read.sizeAfter());
        assertThat(database.info().tables()).isEqualTo(2);
        assertThat(database.info().size()).isEqualTo(deleted.sizeAfter());
        assertThat(database.info().database()).isEqualTo(created);
    }

    @Test
    @Tag("SQL-16")
    void a_result_tells_the_last_row_and_what_triggers_changed() {
        claim(SqlCapability.SPEAKS_SQLITE);
        run("create table t (id integer primary key, v unique); create table log (v);"
                + "create trigger logs after insert on t begin insert into log values (new.v); end");

        var inserted =
                database.query(Sql.of("insert into t (v) values (5), (6), (7)")).meta();
        var updated =
                database.query(Sql.of("update t set v = v + 10 where v > 5")).meta();
        var ignored =
                database.query(Sql.of("insert or ignore into t (v) values (5)")).meta();
        var read = database.query(Sql.of("select * from t")).meta();
        var returned = database.query(Sql.of("insert into t (v) values (8) returning id"));
        var made = database.query(Sql.of("create table u (v)")).meta();
        var deleted = database.query(Sql.of("delete from t")).meta();

        assertThat(List.of(inserted.changes(), inserted.lastRowId(), inserted.rowsWritten()))
                .containsExactly(3L, 3L, 6L);
        assertThat(updated.changes()).isEqualTo(2);
        assertThat(List.of(ignored.changes(), read.changes(), read.lastRowId(), made.changes()))
                .containsOnly(0L);
        assertThat(returned.rows()).containsExactly(List.of(SqlValue.of(4)));
        assertThat(returned.meta().lastRowId()).isEqualTo(4);
        assertThat(deleted.changes()).isEqualTo(4);
        assertThat(List.of(inserted.changed(), updated.changed(), made.changed(), deleted.changed()))
                .containsOnly(true);
        assertThat(List.of(ignored.changed(), read.changed())).containsOnly(false);
        assertThat(made.sizeAfter()).isGreaterThan(read.sizeAfter());
        assertThat(database.info().tables()).isEqualTo(3);
        assertThat(database.info().size()).isEqualTo(deleted.sizeAfter());
        assertThat(database.info().database()).isEqualTo(created);
    }

    @Test
    @Tag("SQL-17")
    void the_first_row_of_a_column_that_is_not_there_is_an_error() {
        var result = database.query(Sql.of("select 1 as a union all select 2"));

        assertThat(result.first("a")).contains(SqlValue.of(1));
        assertFailure(FailureCode.BAD_REQUEST, () -> result.first("b"));
        assertThat(database.query(Sql.of("select 1 as a where 1 = 0")).first("b"))
                .isEmpty();
    }

    @Test
    @Tag("SQL-18")
    void who_writes_while_others_do_hears_that_nothing_has_happened() {
        run("create table t (v integer)");

        try (var other = fixture.holdWriter(NAME)) {
            assertThat(other).isNotNull();
            assertFailure(FailureCode.OVERLOADED, () -> database.query(Sql.of(insert(1))));
            assertFailure(FailureCode.OVERLOADED, () -> batch(insert(1), insert(2)));
        }

        assertThat(FailureCode.OVERLOADED.retry()).isEqualTo(FailureCode.Retry.SAFE);
        assertThat(count()).isZero();
        database.query(Sql.of(insert(1)));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @Tag("SQL-19")
    void who_reads_while_others_write_sees_what_was_before() {
        run("create table t (v integer); " + insert(1));

        try (var other = fixture.holdWriter(NAME)) {
            assertThat(other).isNotNull();
            assertThat(count()).isEqualTo(1);
            assertThat(batch("select v from t", "with x as (select 1) select * from x"))
                    .hasSize(2);
            assertThat(opened(SqlAccess.READ).query(Sql.of("select v from t")).rows())
                    .hasSize(1);
            assertThat(database.bookmark()).isLessThanOrEqualTo(database.bookmark());
        }
    }

    @Test
    void databases_have_names_of_their_own_and_are_gone_when_they_are_dropped() {
        var catalogue = fixture.databases().catalogue();
        var other = catalogue.create(new DatabaseName("A.other"));
        run("create table t (v integer); " + insert(1));

        assertFailure(FailureCode.CONFLICT, () -> catalogue.create(NAME));
        assertThat(catalogue.databases()).containsExactly(other, created);
        assertThat(catalogue.find(NAME)).contains(created);
        assertThat(catalogue.find(created.id())).contains(created);
        assertThat(catalogue.drop(created.id())).isTrue();
        assertThat(catalogue.drop(created.id())).isFalse();
        assertThat(catalogue.find(NAME)).isEmpty();
        assertFailure(FailureCode.NOT_FOUND, () -> database.query(Sql.of("select v from t")));
        var again = catalogue.create(NAME);
        assertThat(again.id()).isNotEqualTo(created.id());
        assertFailure(FailureCode.BAD_REQUEST, () -> opened(SqlAccess.WRITE).query(Sql.of("select v from t")));
        assertThat(fixture.reopen().catalogue().databases()).containsExactly(other, again);
    }

    @Test
    void names_and_ids_have_their_form() {
        assertThat(DatabaseId.fresh(new SeededRandomness(1)).text())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        for (var name : List.of("", ".a", "a/b", "a".repeat(65), "\u00E9")) {
            assertThatThrownBy(() -> new DatabaseName(name)).isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> new DatabaseId("1")).isInstanceOf(InvalidInput.class);
    }

    private SqlDatabase opened(SqlAccess access) {
        return fixture.databases().open(NAME, access).orElseThrow();
    }

    private void claim(SqlCapability capability) {
        if (!fixture.capabilities().contains(capability)) {
            throw new NotClaimed(capability);
        }
    }

    /** What a call fails with whose time comes while it goes on. */
    private StorageFailure stopped(Runnable call) {
        var running = CompletableFuture.runAsync(call);
        for (var look = 0; look < MOST_LOOKS; look++) {
            try {
                running.get(2, TimeUnit.MILLISECONDS);
                throw new AssertionError("the call has come to its end");
            } catch (TimeoutException e) {
                fixture.ticker().advance(SqlLimits.USUAL.call());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StorageFailure failure) {
                    return failure;
                }
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("the call hangs");
    }

    private void run(String script) {
        database.run(new SqlScript(script));
    }

    private void load(String script) {
        database.archive().load(Content.of(Bytes.utf8(script)));
    }

    private List<SqlResult> batch(String... statements) {
        return database.batch(
                List.of(statements).stream().map(text -> Sql.of(text)).toList());
    }

    private SqlValue one(String text) {
        return one(Sql.of(text));
    }

    private SqlValue one(Sql statement) {
        return database.query(statement).rows().getFirst().getFirst();
    }

    private List<SqlValue> column(String text) {
        return database.query(Sql.of(text)).rows().stream().map(List::getFirst).toList();
    }

    /** Opens the database again, since who has it open may have it for a while. */
    private void later(Duration by) {
        fixture.clock().advance(by);
        database = opened(SqlAccess.WRITE);
    }

    private SqlDatabase other() {
        var name = fixture.databases()
                .catalogue()
                .create(new DatabaseName("other"))
                .name();
        return fixture.databases().open(name, SqlAccess.WRITE).orElseThrow();
    }

    private String exported(SqlExtent.Part part, String... tables) {
        var extent = new SqlExtent(part, List.of(tables));
        return GeneratedContent.read(database.archive().export(extent).content())
                .toUtf8();
    }

    private Bytes exported() {
        return GeneratedContent.read(database.archive().export(SqlExtent.ALL).content());
    }

    private long count() {
        return ((SqlValue.Whole) one("select count(*) from t")).number();
    }

    private static String insert(int value) {
        return "insert into t values (" + value + ")";
    }

    private static Sql numbered(int count) {
        var text = IntStream.rangeClosed(1, count).mapToObj(i -> "?" + i).collect(Collectors.joining(","));
        return new Sql("select " + text, Collections.nCopies(count, SqlValue.NULL));
    }

    /** In one column. */
    private static Sql many(int count) {
        return new Sql(
                "select 1 in (" + String.join(",", Collections.nCopies(count, "?")) + ")",
                Collections.nCopies(count, SqlValue.NULL));
    }

    private static String ones(int count) {
        return String.join(",", Collections.nCopies(count, "1"));
    }

    private static String padded(int bytes) {
        return "select 1" + " ".repeat(bytes - 8);
    }

    private void assertRefused(String code, String text) {
        assertThatThrownBy(() -> database.query(Sql.of(text)))
                .as(text)
                .isInstanceOfSatisfying(StorageFailure.Rejected.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.BAD_REQUEST);
                    assertThat(e.statement()).map(StatementError::code).contains(code);
                });
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void assertFailedAt(int index, FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageFailure.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.statement()).map(StatementError::index).contains(index);
        });
    }
}
