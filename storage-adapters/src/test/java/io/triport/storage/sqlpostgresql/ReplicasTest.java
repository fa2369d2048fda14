package io.triport.storage.sqlpostgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlValue;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.postgresql.PostgreSqlSettings;
import io.triport.storage.postgresql.PostgreSqlStorage;
import io.triport.testkit.PostgreSqlCluster;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oldest server that is supported, where it is installed, with a copy. */
final class ReplicasTest {
    private static final DatabaseName NAME = new DatabaseName("orders");
    private static final int MOST_LOOKS = 10_000;
    private static final SqlLimits LIMITS = new SqlLimits(
            100_000,
            100,
            100,
            2_000_000,
            50,
            32,
            ByteSize.ofMiB(64),
            Duration.ofSeconds(5),
            new ByteSize(10_000_000_000L),
            new ByteSize(5_000_000_000L),
            Duration.ofDays(7));

    private static PostgreSqlCluster primary;
    private static PostgreSqlCluster replica;

    private PostgreSqlDatabases databases;
    private SqlDatabase database;
    private DatabaseId id;

    @BeforeAll
    static void start(@TempDir Path ofPrimary, @TempDir Path ofReplica) {
        primary = PostgreSqlCluster.start(ofPrimary);
        var settings = settings();
        PostgreSqlStorage.open(
                        new PostgreSqlSettings(settings.url(), settings.user(), settings.password()),
                        Clock.systemUTC(),
                        Randomness.system())
                .close();
        replica = primary.replica(ofReplica);
    }

    @AfterAll
    static void stop() {
        replica.close();
        primary.close();
    }

    @BeforeEach
    void open() {
        databases = PostgreSqlDatabases.open(
                settings(),
                List.of("127.0.0.1:" + replica.port()),
                LIMITS,
                Clock.systemUTC(),
                Ticker.system(),
                Randomness.system());
        id = databases.catalogue().create(NAME).id();
        database = databases.open(NAME, SqlAccess.WRITE).orElseThrow();
        database.query(Sql.of("create table t (v integer)"));
        database.query(Sql.of("insert into t values (1)"));
    }

    @AfterEach
    void close() {
        databases.catalogue().databases().forEach(each -> databases.catalogue().drop(each.id()));
        databases.close();
    }

    @Test
    void a_session_reads_from_a_copy_that_has_what_it_has_seen() {
        untilCopied();
        var session = database.session(new SessionStart.FirstPrimary());

        for (var i = 2; i < 10; i++) {
            session.query(Sql.of("insert into t values (2)"));
            var read = session.query(Sql.of("select count(*), pg_is_in_recovery() from t"));
            assertThat(read.rows()).containsExactly(List.of(SqlValue.of(i), SqlValue.of(true)));
        }
        assertThat(session.bookmark()).isLessThanOrEqualTo(database.bookmark());
        assertThat(onCopy(database)).isFalse();
    }

    @Test
    void a_copy_that_is_behind_is_not_read_by_who_has_seen_more() {
        untilCopied();
        var session = database.session(new SessionStart.FirstPrimary());
        replica("select pg_wal_replay_pause()");
        session.query(Sql.of("insert into t values (2)"));

        assertThat(count(session)).isEqualTo(2);
        assertThat(onCopy(session)).isFalse();
        assertThat(count(database.session(new SessionStart.After(session.bookmark()))))
                .isEqualTo(2);
        assertThat(count(database.session(new SessionStart.After(Bookmark.of(id, 0, Long.MAX_VALUE)))))
                .isEqualTo(2);
        var any = database.session(new SessionStart.FirstUnconstrained());
        assertThat(onCopy(any)).isTrue();
        assertThat(count(any)).isEqualTo(1);
        assertThat(any.bookmark()).isLessThan(session.bookmark());

        replica("select pg_wal_replay_resume()");
        assertThat(count(session)).isEqualTo(2);
    }

    @Test
    void a_session_that_began_at_a_copy_writes_to_the_server_and_sees_it() {
        untilCopied();
        var any = database.session(new SessionStart.FirstUnconstrained());

        any.query(Sql.of("insert into t values (2)"));
        any.query(Sql.of("with x as (insert into t values (3) returning v) select v from x"));

        assertThat(count(any)).isEqualTo(3);
        var reader = databases.open(NAME, SqlAccess.READ).orElseThrow().session(new SessionStart.FirstUnconstrained());
        assertThatThrownBy(() -> reader.query(Sql.of("delete from t"))).isInstanceOf(StorageFailure.AccessDenied.class);
    }

    @Test
    void without_the_copy_reads_go_to_the_server() {
        untilCopied();
        replica.stop();
        try {
            assertThat(count(database.session(new SessionStart.FirstUnconstrained())))
                    .isEqualTo(1);
        } finally {
            replica.start();
        }
    }

    @Test
    void a_role_gives_nobody_a_part_in_it() {
        var other = databases.catalogue().create(new DatabaseName("other"));

        for (var text : List.of(
                "grant " + Room.name(id) + " to " + Room.name(other.id()),
                "alter role current_user password 'mine'",
                "do $$ begin execute 'grant " + Room.name(id) + " to " + Room.name(other.id()) + "'; end $$")) {
            assertThatThrownBy(() -> database.query(Sql.of(text)))
                    .isInstanceOfSatisfying(
                            StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.BAD_REQUEST));
        }
        var reader = databases.open(NAME, SqlAccess.READ).orElseThrow();
        assertThatThrownBy(() -> reader.query(Sql.of("select lo_create(0)")))
                .isInstanceOf(StorageFailure.AccessDenied.class);
    }

    private static StorageSettings.PostgreSql settings() {
        return new StorageSettings.PostgreSql(
                "jdbc:postgresql://" + primary.location(), "postgres", Secret.of("postgres"));
    }

    /** The copy hears of a new database as of everything else, in a while. */
    private void untilCopied() {
        for (var look = 0; look < MOST_LOOKS; look++) {
            if (onCopy(database.session(new SessionStart.FirstUnconstrained()))) {
                return;
            }
        }
        throw new AssertionError("nothing is read from the copy");
    }

    private static boolean onCopy(SqlDatabase from) {
        return from.query(Sql.of("select pg_is_in_recovery()"))
                .rows()
                .getFirst()
                .getFirst()
                .equals(SqlValue.of(true));
    }

    private static long count(SqlDatabase from) {
        return from.query(Sql.of("select count(*) from t")).rows().getFirst().getFirst()
                        instanceof SqlValue.Whole(var n)
                ? n
                : -1;
    }

    private void replica(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:postgresql://" + replica.location(), "postgres", "p");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
