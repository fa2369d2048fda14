package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.storage.sql.SqlFiles;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named calls whose effect commits with no unit: statements to a database. */
final class ApartCallTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/d1/database";
    private static final String INSERT = "{\"sql\":\"insert into t values (1) returning rowid\"}";

    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final AtomicReference<Optional<FailureCode>> failing = new AtomicReference<>(Optional.empty());

    @TempDir
    private Path directory;

    private SqlFiles files;
    private ManagerUnderTest manager;
    private String database;

    @BeforeEach
    void start() {
        files = SqlFiles.open(directory, SqlLimits.USUAL, clock, Ticker.system(), Randomness.system());
        manager = manager(world);
        database = ALL + "/"
                + manager.send("POST", ALL, "{\"name\":\"d\"}")
                        .result()
                        .path("uuid")
                        .asText();
        assertThat(manager.send("POST", database + "/query", "{\"sql\":\"create table t (n)\"}")
                        .status())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        manager.close();
        files.close();
    }

    private ManagerUnderTest manager(JobWorld over) {
        return ManagerUnderTest.start(
                "triport: {}", clock, StartMode.Credentials.CONFIGURED, over, new DoubtfulDatabases(files, failing));
    }

    private Answer named(String name) {
        var headers = Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Idempotency-Key", name);
        return manager.send("POST", database + "/query", headers, Bytes.utf8(INSERT));
    }

    private String count() {
        return manager.send("POST", database + "/query", "{\"sql\":\"select count(*) c from t\"}")
                .result()
                .path(0)
                .path("results")
                .toString();
    }

    @Test
    void a_statement_of_which_nobody_knows_is_not_run_again() {
        failing.set(Optional.of(FailureCode.OUTCOME_UNKNOWN));
        var first = named("n");
        failing.set(Optional.empty());

        var again = named("n");

        assertThat(first.status()).isEqualTo(504);
        assertThat(first.header("X-Should-Retry")).isEqualTo("false");
        assertThat(again.status()).as(again.text()).isEqualTo(504);
        assertThat(count()).isEqualTo("[{\"c\":1}]");
        assertThat(named("m").status()).isEqualTo(200);
    }

    /** The test's database has done it all the same, which shows that it is run again. */
    @Test
    void a_statement_that_was_certainly_not_run_is_run_when_it_comes_again() {
        failing.set(Optional.of(FailureCode.OVERLOADED));
        var first = named("n");
        failing.set(Optional.empty());

        var again = named("n");

        assertThat(first.status()).isEqualTo(503);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(count()).isEqualTo("[{\"c\":2}]");
    }

    @Test
    void a_statement_whose_answer_was_not_kept_is_not_run_again() {
        manager.close();
        manager = manager(new JobWorld(new UnkeepingEngine(world.engine()), world.files(), world.ticks(), clock));
        var first = named("n");
        manager.close();
        manager = manager(world);

        var again = named("n");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.status()).as(again.text()).isEqualTo(504);
        assertThat(count()).isEqualTo("[{\"c\":1}]");
    }
}
