package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.time.Randomness;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which databases there are, in a table of the operator's, so that all nodes see the same. Safe for many threads. */
final class Catalogue implements DatabaseCatalogue {
    /*
     * A database and a role cannot be made in one transaction with a row. The row comes first and goes last, and says what is
     * under way; what a killed node has left half made, or half dropped, the next that starts takes away.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int PASSWORD_BYTES = 24;
    private static final String UNIQUE = "23505";
    private static final String SELECT = "select id, name, created, password from sql_database where state = 'ready' ";
    private static final String BEGIN =
            "insert into sql_database (id, name, created, password, state) values (?, ?, ?, ?, 'making')";
    private static final String READY = "update sql_database set state = 'ready' where id = ? and state = 'making'";
    private static final String LEAVE = "update sql_database set state = 'dropping' where id = ? and state = ?";
    private static final String FORGET = "delete from sql_database where id = ? and state = 'dropping'";
    private static final String LEFT = """
        select id from sql_database
        where state = 'dropping' or state = 'making' and since < now() - interval '10 minutes'\
        """;

    private final Operator operator;
    private final Clock clock;
    private final Randomness randomness;
    private final Lines lines;

    Catalogue(Operator operator, Lines lines, Clock clock, Randomness randomness) {
        this.operator = operator;
        this.lines = lines;
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public Database create(DatabaseName name) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var database = new Database(DatabaseId.fresh(randomness), name, now);
        var password = Bytes.copyOf(randomness.bytes(PASSWORD_BYTES)).toHex();
        var room = new Room(database, Secret.of(password));
        try {
            operator.change(BEGIN, room.id().text(), name.text(), now.toEpochMilli(), password);
        } catch (SQLException e) {
            throw UNIQUE.equals(e.getSQLState())
                    ? new StorageFailure.Rejected(FailureCode.CONFLICT, "database: the name is taken")
                    : Refusals.ours(e);
        }
        try {
            operator.make(room);
            lines.check(room);
            if (operator.change(READY, room.id().text()) == 0) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "database: made for too long");
            }
            return database;
        } catch (SQLException | StorageFailure e) {
            leave(room.id(), "making");
            throw e instanceof StorageFailure failure ? failure : Refusals.ours((SQLException) e);
        }
    }

    @Override
    public boolean drop(DatabaseId id) {
        var there = leave(id, "ready");
        lines.drop(id);
        return there;
    }

    @Override
    public Optional<Database> find(DatabaseName name) {
        return room(name).map(Room::database);
    }

    @Override
    public Optional<Database> find(DatabaseId id) {
        return operator.all(SELECT + "and id = ?", Catalogue::room, id.text()).stream()
                .map(Room::database)
                .findFirst();
    }

    @Override
    public List<Database> databases() {
        return operator.all(SELECT + "order by name", Catalogue::room).stream()
                .map(Room::database)
                .toList();
    }

    Optional<Room> room(DatabaseName name) {
        return operator.all(SELECT + "and name = ?", Catalogue::room, name.text()).stream()
                .findFirst();
    }

    /** Takes away what others could not. */
    void sweep() {
        for (var id : operator.all(LEFT, row -> new DatabaseId(row.getString(1)))) {
            leave(id, "making");
            remove(id);
        }
    }

    /** From now on there is none; whether there was one in that state. */
    private boolean leave(DatabaseId id, String state) {
        try {
            if (operator.change(LEAVE, id.text(), state) == 0) {
                return false;
            }
        } catch (SQLException e) {
            throw Refusals.ours(e);
        }
        remove(id);
        return true;
    }

    private void remove(DatabaseId id) {
        try {
            operator.remove(Room.name(id));
            operator.change(FORGET, id.text());
        } catch (SQLException e) {
            // Nobody finds it any more; the next start tries again.
            LOG.warn("sql database={} not removed", id, e);
        }
    }

    private static Room room(ResultSet row) throws SQLException {
        var database = new Database(
                new DatabaseId(row.getString(1)),
                new DatabaseName(row.getString(2)),
                Instant.ofEpochMilli(row.getLong(3)));
        return new Room(database, Secret.of(row.getString(4)));
    }
}
