package io.triport.storage.postgresql;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Charge;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.storage.limit.SharedBucket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Buckets as rows of rate_bucket, shared by all nodes. */
final class PostgreSqlRateLimiter implements SharedRateLimiter {
    /*
     * All or none. The rows of all charges are locked in the order of their names, so that takers wait for each other in a line
     * and never in a circle; they are written only when every bucket has enough.
     *
     * Durability. Counts may be lost with the server, so the commit does not wait for the disk.
     */
    private static final String NO_WAIT = "set local synchronous_commit = off";
    private static final String HOLD = """
        insert into rate_bucket as b (name, state, expires_at)
        select name, ''::bytea, 0 from unnest(?) as name
        on conflict (name) do update set expires_at = b.expires_at
        returning name, state, expires_at\
        """;
    private static final String SAVE = """
        update rate_bucket b set state = u.state, expires_at = u.expires_at
        from unnest(?, ?, ?) as u (name, state, expires_at)
        where b.name = u.name\
        """;
    private static final String SEEN = """
        insert into limiting_node as n (name, seen_at) values (?, ?)
        on conflict (name) do update set seen_at = excluded.seen_at\
        """;
    private static final String GONE = "delete from limiting_node where seen_at < ?";
    private static final String NODES = "select count(*) from limiting_node";

    private final Database database;
    private final Clock clock;

    PostgreSqlRateLimiter(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Admission take(List<Charge> charges) {
        var byName = new TreeMap<Bytes, Charge>();
        charges.forEach(charge -> byName.put(SharedBucket.name(charge), charge));
        if (byName.size() < charges.size() || charges.isEmpty()) {
            throw new IllegalArgumentException(
                    "charges: " + charges.size() + " (expected: at least one, distinct keys)");
        }
        return database.transact(connection -> take(connection, charges, byName, clock.instant()));
    }

    @Override
    public int nodes(String node, Duration silence) {
        var now = clock.millis();
        return database.transact(connection -> {
            new Call(connection, SEEN).with(Bytes.utf8(node)).with(now).change();
            new Call(connection, GONE).with(now - silence.toMillis()).change();
            return new Call(connection, NODES).first(row -> row.getInt(1)).orElse(1);
        });
    }

    private static Admission take(
            Connection connection, List<Charge> charges, SortedMap<Bytes, Charge> byName, Instant now)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(NO_WAIT);
        }
        var held = hold(connection, byName, now);
        var buckets = charges.stream()
                .map(charge -> Objects.requireNonNull(held.get(charge), "held above"))
                .toList();
        var admission = SharedBucket.take(buckets);
        if (admission instanceof Admission.Taken) {
            save(connection, buckets);
        }
        return admission;
    }

    private static Map<Charge, SharedBucket> hold(Connection connection, SortedMap<Bytes, Charge> charges, Instant now)
            throws SQLException {
        var names = charges.keySet().stream().map(Bytes::toByteArray).toArray(byte[][]::new);
        var held = new HashMap<Charge, SharedBucket>();
        new Call(connection, HOLD)
                .with(names)
                .all(row -> {
                    var name = Bytes.copyOf(row.getBytes("name"));
                    var charge = Objects.requireNonNull(charges.get(name), "asked for above");
                    return SharedBucket.of(charge, row.getBytes("state"), row.getLong("expires_at"), now);
                })
                .forEach(bucket -> held.put(bucket.charge(), bucket));
        return held;
    }

    private static void save(Connection connection, List<SharedBucket> buckets) throws SQLException {
        new Call(connection, SAVE)
                .with(buckets.stream()
                        .map(bucket -> SharedBucket.name(bucket.charge()).toByteArray())
                        .toArray(byte[][]::new))
                .with(buckets.stream().map(SharedBucket::state).toArray(byte[][]::new))
                .with(buckets.stream().map(SharedBucket::expiresAt).toArray(Long[]::new))
                .change();
    }
}
