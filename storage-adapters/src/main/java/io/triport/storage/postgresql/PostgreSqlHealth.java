package io.triport.storage.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageHealth;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Asks by a write, because a server that has become a standby or whose disk is full still answers reads. */
final class PostgreSqlHealth implements StorageHealth {
    private static final String BEAT =
            "insert into heartbeat (at) values (?) on conflict (single) do update set at = excluded.at";
    /** The other second of the two is the wait for a connection. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

    private static final Executor AT_ONCE = Runnable::run;

    private final EngineInfo info;
    private final HikariDataSource pool;
    private final Clock clock;

    PostgreSqlHealth(EngineInfo info, HikariDataSource pool, Clock clock) {
        this.info = info;
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public boolean answers() {
        try (var connection = pool.getConnection()) {
            // The pool gives the connection its own timeout back.
            connection.setNetworkTimeout(AT_ONCE, (int) LONGEST_SILENCE.toMillis());
            return new Call(connection, BEAT).with(clock.millis()).change() == 1;
        } catch (SQLException e) {
            return false;
        }
    }
}
