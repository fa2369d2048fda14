package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlValue;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a database of a user, under the name of its role. Used by one thread at a time, and stopped by any. */
final class Line implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int CONNECT_SECONDS = 1;
    /** Of rows that come at once; how many bytes they have is bounded besides. */
    private static final int FETCH = 100;

    /** Of an answer, beside its rows. */
    private static final long PROTOCOL_BYTES = 1 << 20;

    /** Which the driver keeps until the statement is closed; nobody reads them. */
    private static final int MOST_NOTICES = 1_000;

    /** Behind the end of a call, which the node itself keeps: of use when the node is no more. */
    private static final Duration BEHIND = Duration.ofSeconds(2);

    private static final Duration LONGEST_IDLE_TRANSACTION = Duration.ofSeconds(10);

    /**
     * The first query of a transaction: behind it nobody can make one that reads into one that writes, nor change the isolation. Times
     * are told as universal ones, whatever the zone of the node is.
     */
    private static final String FIRST = "select pg_catalog.set_config('TimeZone', 'UTC', true)";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    /** The server sleeps between two looks, since it is the one that knows. */
    private static final String WAIT = """
        select reached or pg_catalog.pg_sleep(0.01) is null
        from (select coalesce(pg_catalog.pg_last_wal_replay_lsn() - '0/0'::pg_catalog.pg_lsn >= ?, true) as reached) now\
        """;

    private final Room room;
    private final Address address;
    private final BaseConnection connection;
    private long since;
    private boolean used;
    private boolean spoilt;
    /** That is noisy or not, for whoever looks. */
    private volatile @Nullable Statement running;

    private Line(Room room, Address address, BaseConnection connection) {
        this.room = room;
        this.address = address;
        this.connection = connection;
    }

    /** What a transaction may do. */
    enum Effect {
        READS,
        WRITES
    }

    /**
     * What a transaction has done.
     *
     * @param changed whether it has written anything
     * @param outside whether something that is not in the database would change, such as its role
     * @param state that lies behind all it has seen
     */
    record Done(boolean changed, boolean outside, ByteSize size, long state) {}

    static Line open(Room room, Address address, SqlLimits limits, Duration patience) throws SQLException {
        var connection = DriverManager.getConnection(
                        address.url(room.name()), properties(room, address, limits, patience))
                .unwrap(BaseConnection.class);
        connection.setAutoCommit(false);
        return new Line(room, address, connection);
    }

    Room room() {
        return room;
    }

    Address address() {
        return address;
    }

    /** When it was given back. */
    long since() {
        return since;
    }

    void rest(long now) {
        since = now;
        used = true;
    }

    /** Whether somebody had it before, so that it may have been cut since. */
    boolean used() {
        return used;
    }

    /** It must not be used again. */
    void spoil() {
        spoilt = true;
    }

    boolean spoilt() {
        return spoilt;
    }

    int process() {
        return connection.getBackendPID();
    }

    void begin(Effect effect) throws SQLException {
        change(effect == Effect.READS ? "set transaction read only; " + FIRST : FIRST);
    }

    /** Whether a copy has come so far in the server's log, or does so in a while; before a transaction begins, which would not see more. */
    boolean reached(long place, Duration patience) throws SQLException {
        connection.setAutoCommit(true);
        try (var waiting = connection.prepareStatement(WAIT)) {
            waiting.setBigDecimal(1, BigDecimal.valueOf(place));
            var looks = patience.dividedBy(BETWEEN_LOOKS);
            for (var look = 0L; look < looks; look++) {
                try (var row = waiting.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return true;
                    }
                }
            }
            return false;
        } finally {
            connection.setAutoCommit(false);
        }
    }

    /** What the driver makes of a text, and the server after it, is one statement with so many values; then it is prepared. */
    PreparedStatement prepare(Text text, List<SqlValue> values) throws SQLException {
        if (!connection.getStandardConformingStrings()) {
            throw Refusals.refused(
                    FailureCode.BAD_REQUEST, Refusals.REFUSED, "standard_conforming_strings is off (expected: on)");
        }
        var query = connection.createQuery(text.sent(), true, true).query;
        if (query.getSubqueries() != null) {
            throw Refusals.refused(FailureCode.BAD_REQUEST, "MULTIPLE_STATEMENTS", "there is more than one statement");
        }
        if (text.parameters() != values.size()
                || query.createParameterList().getParameterCount()
                        != text.places().size()) {
            throw Refusals.refused(
                    FailureCode.BAD_REQUEST,
                    "PARAMETER_COUNT",
                    "wrong number of parameters: " + values.size() + " (expected: " + text.parameters() + ")");
        }
        var prepared = connection.prepareStatement(text.sent());
        running = prepared;
        try {
            prepared.setFetchSize(FETCH);
            for (var i = 0; i < text.places().size(); i++) {
                bind(prepared, i + 1, values.get(text.places().get(i) - 1));
            }
            return prepared;
        } catch (SQLException e) {
            prepared.close();
            throw e;
        }
    }

    /** Whether the transaction that was begun still goes on. */
    boolean open() {
        return connection.getTransactionState() == TransactionState.OPEN;
    }

    /** Lets what waits for the end of the transaction happen now, and looks at what the transaction has done. */
    Done end(Effect effect) throws SQLException {
        return Ending.of(connection, effect);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Whether the statement that runs tells more than anybody should keep. */
    boolean noisy() {
        var statement = running;
        try {
            var notice = statement == null || statement.isClosed() ? null : statement.getWarnings();
            for (var count = 0; notice != null && count < MOST_NOTICES; count++) {
                notice = notice.getNextWarning();
            }
            return notice != null;
        } catch (SQLException e) {
            // It was closed meanwhile.
            return false;
        }
    }

    /** Asks the server to give up the statement that runs. */
    void cancel() {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            LOG.debug("sql statement not cancelled", e);
        }
    }

    /** Whoever waits for the server waits no more. */
    void cut() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("sql connection not cut", e);
        }
    }

    /** Rolls back what goes on and forgets all that a session keeps; whether it did. */
    boolean clean() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            change("discard all");
            connection.setAutoCommit(false);
            connection.clearWarnings();
            return true;
        } catch (SQLException e) {
            LOG.debug("sql connection not cleaned", e);
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("sql connection not closed", e);
        }
    }

    private void change(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of a text the server finds out the type, so that it may be a time, a document or a member of an enumeration. */
    private static void bind(PreparedStatement prepared, int place, SqlValue value) throws SQLException {
        switch (value) {
            case SqlValue.Null none -> prepared.setNull(place, Types.NULL);
            case SqlValue.Whole(var number) -> prepared.setLong(place, number);
            case SqlValue.Real(var number) -> prepared.setDouble(place, number);
            case SqlValue.Text(var text) -> prepared.setString(place, text);
            case SqlValue.Blob(var bytes) -> prepared.setBytes(place, bytes.toByteArray());
        }
    }

    private static Properties properties(Room room, Address address, SqlLimits limits, Duration patience) {
        var call = limits.call().plus(BEHIND).toMillis();
        // A server that recovers has no serializable transactions; there, all statements of one see the same state.
        var isolation = address.role() == Address.Role.PRIMARY ? "serializable" : "repeatable\\ read";
        var properties = new Properties();
        properties.setProperty("user", room.name());
        properties.setProperty("password", Operator.text(room.password()));
        properties.setProperty("ApplicationName", "triport-sql");
        properties.setProperty("targetServerType", address.role() == Address.Role.PRIMARY ? "primary" : "any");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("cancelSignalTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty(
                "socketTimeout",
                Long.toString(limits.call().plus(BEHIND.multipliedBy(2)).toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("binaryTransfer", "false");
        // What is prepared by name would be forgotten by the server when the connection is cleaned.
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty(
                "maxResultBuffer", Long.toString(limits.resultBytes().bytes() + limits.valueBytes()));
        properties.setProperty("socketFactory", Sockets.Bounded.class.getName());
        properties.setProperty(
                "socketFactoryArg",
                Long.toString(limits.resultBytes().bytes() + 2L * limits.valueBytes() + PROTOCOL_BYTES));
        properties.setProperty(
                "options",
                "-c default_transaction_isolation=" + isolation + " -c statement_timeout=" + call + " -c lock_timeout="
                        + patience.toMillis() + " -c idle_in_transaction_session_timeout="
                        + LONGEST_IDLE_TRANSACTION.toMillis() + " -c client_min_messages=error");
        return properties;
    }
}
