package io.triport.storage.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.triport.domain.storage.StorageSettings;
import java.time.Duration;

/** The connections of one node, and the bounds that keep any thread from being stuck with one (reliability contract, section 2). */
final class Pool {
    private static final Duration LONGEST_CHECK = Duration.ofMillis(500);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration LONGEST_IDLE_UNIT = Duration.ofSeconds(10);
    private static final int STATES = 8;
    private static final int VECTORS = 8;

    /** A batch of vectors finds a place in a graph for each, and a filter may let ten thousand through. */
    private static final Duration LONGEST_VECTORS = Duration.ofSeconds(30);

    /**
     * How many neighbours a search keeps in sight, and that it goes on in their order until it has found enough. With so many the
     * contract's 0.95 of the ten nearest among 20,000 random vectors of 128 values is reached; with 300 it was 0.93.
     */
    private static final String SEARCH = "; set hnsw.ef_search = 800; set hnsw.iterative_scan = strict_order";

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

    /** Of vector indexes: what they do takes long, and the rest of the node must not wait for it. */
    static HikariDataSource ofVectors(PostgreSqlSettings settings) {
        var bounds = settings.bounds();
        var longer = new StorageSettings.Bounds(
                Math.min(VECTORS, bounds.connections()), bounds.start(), bounds.connection(), LONGEST_VECTORS);
        var own = new PostgreSqlSettings(settings.url(), settings.user(), settings.password(), longer);
        return open(own, "triport-vectors", longer.connections(), LONGEST_IDLE_UNIT, SEARCH);
    }

    private static HikariDataSource open(PostgreSqlSettings settings, String name, int size, Duration idleUnit) {
        return open(settings, name, size, idleUnit, "");
    }

    private static HikariDataSource open(
            PostgreSqlSettings settings, String name, int size, Duration idleUnit, String more) {
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
                + "; set tcp_user_timeout = " + LONGEST_UNACKNOWLEDGED.toMillis()
                + more);
        return new HikariDataSource(config);
    }
}
