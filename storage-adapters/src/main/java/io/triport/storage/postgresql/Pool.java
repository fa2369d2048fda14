package io.triport.storage.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** The connections of one node, and the bounds that keep any thread from being stuck with one (reliability contract, section 2). */
final class Pool {
    private static final Duration LONGEST_CHECK = Duration.ofMillis(500);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration LONGEST_IDLE_UNIT = Duration.ofSeconds(10);
    private static final int STATES = 8;

    /** Each costs the server a process, and it admits 100 by default: nodes that have little to do leave them to the others. */
    private static final int IDLE = 2;

    private static final Duration LONGEST_IDLE_COMMIT = Duration.ofSeconds(3);
    private static final Duration LONGEST_UNACKNOWLEDGED = Duration.ofSeconds(5);

    private Pool() {}

    static HikariDataSource open(PostgreSqlSettings settings) {
        return open(settings, "triport", settings.bounds().connections(), LONGEST_IDLE_UNIT);
    }

    /**
     * Of durable objects: an owner that is stopped must not keep the next one waiting, and its cut connection neither (storage
     * contract, section 6.5).
     */
    static HikariDataSource ofStates(PostgreSqlSettings settings) {
        return open(settings, "triport-objects", STATES, LONGEST_IDLE_COMMIT);
    }

    private static HikariDataSource open(PostgreSqlSettings settings, String name, int size, Duration idleUnit) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(settings.properties());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(IDLE, size));
        config.setConnectionTimeout(settings.bounds().connection().toMillis());
        config.setValidationTimeout(Math.min(
                LONGEST_CHECK.toMillis(), settings.bounds().connection().toMillis()));
        config.setKeepaliveTime(KEEP_ALIVE.toMillis());
        config.setConnectionInitSql("set statement_timeout = "
                + settings.bounds().statement().toMillis()
                + "; set idle_in_transaction_session_timeout = " + idleUnit.toMillis()
                + "; set tcp_user_timeout = " + LONGEST_UNACKNOWLEDGED.toMillis());
        return new HikariDataSource(config);
    }
}
