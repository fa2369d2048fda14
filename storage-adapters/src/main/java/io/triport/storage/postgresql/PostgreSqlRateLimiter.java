package io.triport.storage.postgresql;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimiter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Buckets as rows of rate_bucket, shared by all nodes. */
final class PostgreSqlRateLimiter implements RateLimiter {
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

    private final Database database;
    private final Clock clock;

    PostgreSqlRateLimiter(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Admission take(List<Charge> charges) {
        var byName = new TreeMap<Bytes, Charge>();
        charges.forEach(charge -> byName.put(Digest.of(Bytes.utf8(charge.key())), charge));
        if (byName.size() < charges.size() || charges.isEmpty()) {
            throw new IllegalArgumentException(
                    "charges: " + charges.size() + " (expected: at least one, distinct keys)");
        }
        return database.transact(connection -> take(connection, byName, clock.instant()));
    }

    private static Admission take(Connection connection, SortedMap<Bytes, Charge> charges, Instant now)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(NO_WAIT);
        }
        var buckets = hold(connection, charges, now);
        var remaining = Long.MAX_VALUE;
        for (var each : charges.entrySet()) {
            var bucket = Objects.requireNonNull(buckets.get(each.getKey()), "held above");
            if (!bucket.take(each.getValue().cost())) {
                return new Admission.Exhausted(
                        each.getValue().limit(),
                        bucket.retryAfter(each.getValue().cost()));
            }
            remaining = Math.min(remaining, bucket.remaining());
        }
        save(connection, buckets);
        return new Admission.Taken(remaining);
    }

    private static SortedMap<Bytes, SharedBucket> hold(
            Connection connection, SortedMap<Bytes, Charge> charges, Instant now) throws SQLException {
        var names = charges.keySet().stream().map(Bytes::toByteArray).toArray(byte[][]::new);
        return new Call(connection, HOLD)
                        .with(names)
                        .all(row -> {
                            var name = Bytes.copyOf(row.getBytes("name"));
                            var limit = Objects.requireNonNull(charges.get(name), "asked for above")
                                    .limit();
                            return new SharedBucket(name, limit, row.getBytes("state"), row.getLong("expires_at"), now);
                        })
                        .stream()
                        .collect(Collectors.toMap(
                                SharedBucket::name, bucket -> bucket, (one, same) -> one, TreeMap::new));
    }

    private static void save(Connection connection, SortedMap<Bytes, SharedBucket> buckets) throws SQLException {
        new Call(connection, SAVE)
                .with(buckets.keySet().stream().map(Bytes::toByteArray).toArray(byte[][]::new))
                .with(buckets.values().stream().map(SharedBucket::state).toArray(byte[][]::new))
                .with(buckets.values().stream().map(SharedBucket::expiresAt).toArray(Long[]::new))
                .change();
    }
}
