package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Databases of users on a server, the same for all nodes: each is a database there with a role of its own, and a table of the
 * operator's says which there are. Safe for many threads.
 */
public final class PostgreSqlDatabases implements SqlDatabases, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Operator operator;
    private final Lines lines;
    private final Watch watch;
    private final Means means;
    private final Catalogue catalogue;

    private PostgreSqlDatabases(Operator operator, Lines lines, Watch watch, Means means, Catalogue catalogue) {
        this.operator = operator;
        this.lines = lines;
        this.watch = watch;
        this.means = means;
        this.catalogue = catalogue;
    }

    /**
     * Connects to a server whose tables are up to date.
     *
     * @param server its bounds say how many connections there are, of all databases together
     * @param replicas each a {@code host[:port]} of a copy that sessions may read from
     * @throws StorageFailure.Unavailable when the server does not answer
     * @throws StorageFailure.Rejected UNSUPPORTED when the user may make neither databases nor roles
     */
    public static PostgreSqlDatabases open(
            StorageSettings.PostgreSql server,
            List<String> replicas,
            SqlLimits limits,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        return open(server, replicas, limits, PATIENCE, clock, ticker, randomness);
    }

    /** @param patience of a call that waits for others */
    static PostgreSqlDatabases open(
            StorageSettings.PostgreSql server,
            List<String> replicas,
            SqlLimits limits,
            Duration patience,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        var primary = Address.of(server);
        var operator = Operator.open(server, primary);
        var lines = new Lines(server.bounds().connections(), patience, limits, primary, ticker);
        var watch = new Watch(operator);
        var copies = new Replicas(replicas.stream().map(primary::replica).toList());
        var means = new Means(limits, operator, lines, watch, ticker, copies);
        var catalogue = new Catalogue(operator, lines, clock, randomness);
        var open = new PostgreSqlDatabases(operator, lines, watch, means, catalogue);
        try {
            catalogue.sweep();
            watch.regularly(lines::sweep);
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    @Override
    public Optional<SqlDatabase> open(DatabaseName name, SqlAccess access) {
        return catalogue.room(name).map(room -> new View(room, access, means, catalogue));
    }

    @Override
    public DatabaseCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public String adapter() {
        return "postgresql";
    }

    Optional<Room> room(DatabaseName name) {
        return catalogue.room(name);
    }

    /** How many connections are lent and are not, and who waits for one. */
    public List<StorageLevel> levels() {
        return lines.levels();
    }

    /** Cuts off what runs. */
    @Override
    public void close() {
        watch.close();
        lines.close();
        operator.close();
    }
}
