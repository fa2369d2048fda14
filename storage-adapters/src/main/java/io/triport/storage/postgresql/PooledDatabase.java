package io.triport.storage.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on a connection of its own. */
final class PooledDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final HikariDataSource pool;
    /** Callers get connections in the order in which they came: the pool alone prefers one that has just given its own back. */
    private final Semaphore turns;

    PooledDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.turns = new Semaphore(pool.getMaximumPoolSize(), true);
    }

    @Override
    public <R> R read(Work<R> work) {
        return lend(connection -> run(work, connection, Failures.BEFORE_COMMIT));
    }

    @Override
    public <R> R write(Work<R> work) {
        return lend(connection -> run(work, connection, Failures.AT_COMMIT));
    }

    @Override
    public void hold(NamespaceTitle namespace, List<KvKey> keys) {
        // A single statement sees one state of all keys, and what it saw may have changed when it is told.
    }

    @Override
    public <R> R transact(Work<R> work) {
        return lend(connection -> {
            run(begun -> begin(begun), connection, Failures.BEFORE_COMMIT);
            R done;
            try {
                done = run(work, connection, Failures.BEFORE_COMMIT);
            } catch (RuntimeException | Error e) {
                undo(connection, e);
                throw e;
            }
            return run(ended -> commit(ended, done), connection, Failures.AT_COMMIT);
        });
    }

    /** How many connections are lent and are not, and who waits for one. @param part which pool of a node it is */
    List<StorageLevel> levels(String part) {
        var connections = pool.getHikariPoolMXBean();
        return List.of(
                new StorageLevel(Kind.BUSY, PostgreSqlStorage.NAME, part, connections::getActiveConnections),
                new StorageLevel(Kind.IDLE, PostgreSqlStorage.NAME, part, connections::getIdleConnections),
                new StorageLevel(Kind.WAITING, PostgreSqlStorage.NAME, part, turns::getQueueLength));
    }

    private static Connection begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return connection;
    }

    private static <R> R commit(Connection connection, R done) throws SQLException {
        connection.commit();
        return done;
    }

    private static void undo(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private static <R> R run(Work<R> work, Connection connection, Failures failures) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private <R> R lend(Function<Connection, R> use) {
        waitForTurn();
        try {
            var connection = connect();
            try {
                return use.apply(connection);
            } finally {
                giveBack(connection);
            }
        } finally {
            turns.release();
        }
    }

    private void waitForTurn() {
        try {
            if (!turns.tryAcquire(pool.getConnectionTimeout(), TimeUnit.MILLISECONDS)) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "postgresql: all connections are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "postgresql: interrupted", e);
        }
    }

    /** Nothing was sent when this fails. */
    private Connection connect() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "postgresql: no connection", e);
        }
    }

    /** The pool makes the connection anew or as it was; what fails here says nothing of the work, which is done. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("postgresql connection=dropped", e);
        }
    }
}
