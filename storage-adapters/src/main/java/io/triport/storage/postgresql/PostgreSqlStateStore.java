package io.triport.storage.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.Neighbours;
import io.triport.storage.durable.OutboxEntry;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.StateStore;
import io.triport.storage.durable.StoredAlarm;
import io.triport.storage.durable.Tenure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** States in tables that several nodes share. Each object is one node's, for as long as events come to it there. */
final class PostgreSqlStateStore implements StateStore {
    /*
     * The fence
     *
     * A commit is one statement, which first takes the row of the object's owner for itself and compares session and epoch. FOR
     * SHARE is what makes it a fence: a claim changes that row, so it waits for the commit in flight, and a commit that comes
     * later, or waits for the claim, finds another epoch and changes nothing. Without a lock, or with FOR KEY SHARE, which lets a
     * claim pass, a commit that was held up on its way would write over the next owner's. One statement, because an owner that is
     * stopped within a transaction would block the others.
     *
     * The claim
     *
     * It takes the object from a session whose lease has ended, and ends that session by removing its row: a renewal that is under
     * way then either was first, and the claim finds the lease longer, or finds no row and begins another session.
     */
    static final String FENCE = "for share";

    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int RENEWED_AFTER_SECONDS = 3;
    private static final String CLAIM = """
        with ended as (
            delete from node_session s using do_owner o
            where o.ns = ? and o.id = ? and s.session_id = o.session_id and s.lease_until <= clock_timestamp()
            returning s.session_id
        ), claimed as (
            insert into do_owner (ns, id, session_id, epoch) values (?, ?, ?, 1)
            on conflict (ns, id) do update set session_id = excluded.session_id, epoch = do_owner.epoch + 1
            where do_owner.session_id in (0, excluded.session_id)
               or do_owner.session_id in (select session_id from ended)
               or not exists (select from node_session s where s.session_id = do_owner.session_id)
            returning epoch
        )
        select epoch, coalesce((select name from do_object where ns = ? and id = ?), '') as name from claimed\
        """;
    private static final String OWNER = """
        select s.address from do_owner o join node_session s on s.session_id = o.session_id
        where o.ns = ? and o.id = ? and s.address <> ''\
        """;
    private static final String OTHER_NODES =
            "select address from node_session where lease_until > clock_timestamp() and address not in ('', ?)";
    private static final String RELEASE =
            "update do_owner set session_id = 0 where ns = ? and id = ? and session_id = ? and epoch = ?";
    private static final String READ = "select key, value from do_state where ns = ? and id = ? and key = any(?)";
    private static final String LIST = """
        select key, value from do_state
        where ns = ? and id = ? and key > ? and key >= ? and (? = 1 or key < ?) order by key limit ?\
        """;
    private static final String PAGES =
            "select number, bytes from do_page where ns = ? and id = ? and number > ? order by number limit ?";
    private static final String OBJECTS = """
        select id, name from do_object o where ns = ? and id > ?
          and (exists (select from do_state s where s.ns = o.ns and s.id = o.id)
            or exists (select from do_page p where p.ns = o.ns and p.id = o.id)
            or exists (select from do_alarm a where a.ns = o.ns and a.id = o.id))
        order by id limit ?\
        """;
    private static final String BYTES = """
        select (select coalesce(sum(octet_length(key) + octet_length(value)), 0) from do_state where ns = ? and id = ?)
          + (select coalesce(sum(octet_length(bytes)), 0) from do_page where ns = ? and id = ?)\
        """;
    private static final String ALARM = "select due_at, scheduled_at, retries from do_alarm where ns = ? and id = ?";
    private static final String DUE = """
        select a.id, coalesce(o.name, '') from do_alarm a left join do_object o on o.ns = a.ns and o.id = a.id
        where a.ns = ? and a.due_at <= ? order by a.due_at limit ?\
        """;
    private static final String COMMIT = """
        with owner as (
            select ns, id from do_owner where ns = ? and id = ? and session_id = ? and epoch = ? {fence}
        ), forgotten as (
            delete from do_object o where (ns, id) in (select ns, id from owner) and ? = 1
              and not exists (select from do_alarm a where a.ns = o.ns and a.id = o.id)
        ), named as (
            insert into do_object (ns, id, name) select ns, id, ? from owner where ? = 0 on conflict do nothing
        ), gone as (
            delete from do_state where (ns, id) in (select ns, id from owner)
              and (? = 1 or key = any(?)) and key <> all(?)
        ), stored as (
            insert into do_state (ns, id, key, value)
            select ns, id, key, value from owner, unnest(?, ?) as put(key, value)
            on conflict (ns, id, key) do update set value = excluded.value
        ), cut as (
            delete from do_page where (ns, id) in (select ns, id from owner) and number > ? and number <> all(?)
        ), worked as (
            insert into do_page (ns, id, number, bytes)
            select ns, id, number, bytes from owner, unnest(?, ?) as page(number, bytes)
            on conflict (ns, id, number) do update set bytes = excluded.bytes
        ), silenced as (
            delete from do_alarm where (ns, id) in (select ns, id from owner) and due_at between ? and ?
        ), alarmed as (
            insert into do_alarm (ns, id, due_at, scheduled_at, retries)
            select ns, id, due_at, scheduled_at, retries
            from owner, unnest(?, ?, ?) as alarm(due_at, scheduled_at, retries)
            on conflict (ns, id) do update
              set due_at = excluded.due_at, scheduled_at = excluded.scheduled_at, retries = excluded.retries
        ), sent as (
            insert into do_outbox (queue, type, body, delay, ordering, dedup, producer)
            select queue, type, body, delay, ordering, dedup, producer
            from owner, unnest(?, ?, ?, ?, ?, ?, ?) with ordinality
              as sent(queue, type, body, delay, ordering, dedup, producer, place)
            order by place
        )
        select count(*) from owner\
        """;

    private final HikariDataSource pool;
    private final PooledDatabase database;
    private final NodeLease lease;
    private final EngineInfo info;
    private final String commit;
    private final @Nullable NodeAddress announced;
    private volatile @Nullable Neighbours neighbours;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("object-lease").daemon().factory());

    /**
     * @param announced where other nodes reach this one
     * @param fence how a commit locks its object's owner; another than {@link #FENCE} is for tests that it is needed
     */
    PostgreSqlStateStore(
            HikariDataSource pool, EngineInfo info, Ticker ticker, Optional<NodeAddress> announced, String fence) {
        this.pool = pool;
        this.info = info;
        this.database = new PooledDatabase(pool);
        this.announced = announced.orElse(null);
        this.lease = new NodeLease(
                database, ticker, announced.map(NodeAddress::toString).orElse(""));
        this.commit = COMMIT.replace("{fence}", fence);
    }

    /** Renews the lease from now on. */
    PostgreSqlStateStore renewing() {
        renewals.scheduleWithFixedDelay(this::renew, RENEWED_AFTER_SECONDS, RENEWED_AFTER_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** Knows its neighbours from now on. */
    PostgreSqlStateStore lookingAround() {
        renewals.scheduleWithFixedDelay(this::lookAround, 0, RENEWED_AFTER_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    @Override
    public List<StorageLevel> levels() {
        return database.levels("durable");
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public Optional<Tenure> claim(Address address) {
        var session = lease.session();
        var ns = address.type().text();
        var id = address.id().bytes();
        // A claim whose answer is lost is made again: the object is then this node's already.
        return database.read(connection -> new Call(connection, CLAIM)
                .with(ns)
                .with(id)
                .with(ns)
                .with(id)
                .with(session)
                .with(ns)
                .with(id)
                .first(row -> tenure(address, session, row)));
    }

    @Override
    public Optional<NodeAddress> owner(Address address) {
        return database.read(connection -> new Call(connection, OWNER)
                        .with(address.type().text())
                        .with(address.id().bytes())
                        .first(row -> row.getString(1)))
                .map(NodeAddress::parse);
    }

    @Override
    public Optional<Neighbours> neighbours() {
        return Optional.ofNullable(neighbours);
    }

    @Override
    public Map<StateKey, Bytes> read(Tenure tenure, Set<StateKey> keys) {
        var found = new HashMap<StateKey, Bytes>();
        database.read(connection -> on(connection, READ, tenure)
                        .with(arrays(keys.stream().map(StateKey::bytes).toList()))
                        .all(PostgreSqlStateStore::entry))
                .forEach(entry -> found.put(entry.key(), entry.value()));
        return found;
    }

    @Override
    public List<StateEntry> list(Tenure tenure, StateQuery query) {
        var end = KvRows.endOf(query.prefix());
        return database.read(connection -> on(connection, LIST, tenure)
                .with(query.after())
                .with(query.prefix())
                .with(end.isEmpty() ? 1 : 0)
                .with(end.orElse(Bytes.EMPTY))
                .with(query.limit())
                .all(PostgreSqlStateStore::entry));
    }

    @Override
    public NavigableMap<Integer, Bytes> pages(Tenure tenure, int after, int most) {
        var found = new TreeMap<Integer, Bytes>();
        database.read(connection -> on(connection, PAGES, tenure)
                        .with(after)
                        .with(most)
                        .all(row -> Map.entry(row.getInt(1), Bytes.copyOf(row.getBytes(2)))))
                .forEach(page -> found.put(page.getKey(), page.getValue()));
        return found;
    }

    @Override
    public long bytes(Tenure tenure) {
        return database.read(connection -> on(connection, BYTES, tenure)
                        .with(tenure.address().type().text())
                        .with(tenure.address().id().bytes())
                        .first(row -> row.getLong(1)))
                .orElse(0L);
    }

    @Override
    public Optional<StoredAlarm> alarm(Tenure tenure) {
        return database.read(connection -> on(connection, ALARM, tenure).first(row -> AlarmColumns.read(row)));
    }

    @Override
    public List<Address> due(ObjectClass type, Instant now, int most) {
        var ids = new ObjectIds(type);
        return database.read(connection -> new Call(connection, DUE)
                .with(type.text())
                .with(now.toEpochMilli())
                .with(most)
                .all(row -> new Address(type, id(ids, row))));
    }

    @Override
    public void commit(Tenure tenure, StateChanges changes) {
        var all = changes.before() == StateChanges.Before.GOES ? 1 : 0;
        var alarm = AlarmColumns.of(changes.alarm());
        var nothingPut = changes.puts().isEmpty() && changes.pages().none();
        var nothingLeft = all == 1 && nothingPut && alarm.set().isEmpty() ? 1 : 0;
        var pages = new PageColumns(changes);
        var puts = arrays(changes.puts().keySet().stream().map(StateKey::bytes).toList());
        var name = tenure.address().id().name().map(ObjectName::bytes).orElse(Bytes.EMPTY);
        var sent = new OutboxColumns(changes.sends());
        var owners = database.write(connection -> on(connection, commit, tenure)
                .with(tenure.session())
                .with(tenure.epoch())
                .with(nothingLeft)
                .with(name)
                .with(nothingLeft)
                .with(all)
                .with(arrays(changes.deletes().stream().map(StateKey::bytes).toList()))
                .with(puts)
                .with(puts)
                .with(arrays(changes.puts().values()))
                .with(pages.kept())
                .with(pages.numbers())
                .with(pages.numbers())
                .with(pages.bytes())
                .with(alarm.silencedFrom())
                .with(alarm.silencedTo())
                .with(alarm.dueAt())
                .with(alarm.scheduledAt())
                .with(alarm.retries())
                .with(sent.queues())
                .with(sent.types())
                .with(sent.bodies())
                .with(sent.delays())
                .with(sent.orderings())
                .with(sent.dedups())
                .with(sent.producers())
                .first(row -> row.getLong(1))
                .orElseThrow(() -> new SQLException("commit: no row (expected: one)", "XX000")));
        if (owners == 0) {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "postgresql: another owner");
        }
    }

    @Override
    public Set<QueueName> addressees() {
        return Set.copyOf(database.read(connection ->
                new Call(connection, OutboxColumns.ADDRESSEES).all(row -> new QueueName(row.getString(1)))));
    }

    @Override
    public List<OutboxEntry> outbox(QueueName queue, int most) {
        return database.read(connection -> new Call(connection, OutboxColumns.FIRST)
                .with(queue.text())
                .with(most)
                .all(OutboxColumns::read));
    }

    /** Sent again without harm, so that a cut connection is no unknown outcome. */
    @Override
    public void delivered(List<Long> numbers) {
        database.read(connection -> new Call(connection, OutboxColumns.REMOVE)
                .with(numbers.toArray(Long[]::new))
                .change());
    }

    @Override
    public boolean lasts(Tenure tenure) {
        return lease.lasts(tenure.session());
    }

    /** Gives the object back at once where the next event may come to a node that cannot hand it on to this one. */
    @Override
    public boolean rests(Tenure tenure) {
        if (announced != null) {
            return true;
        }
        release(tenure);
        return false;
    }

    @Override
    public void ends(Tenure tenure) {
        release(tenure);
    }

    @Override
    public List<ObjectId> objects(ObjectClass type, Bytes after, int most) {
        var ids = new ObjectIds(type);
        return database.read(connection -> new Call(connection, OBJECTS)
                .with(type.text())
                .with(after)
                .with(most)
                .all(row -> id(ids, row)));
    }

    @Override
    public void close() {
        renewals.shutdownNow();
        try {
            lease.end();
        } catch (StorageFailure e) {
            LOG.warn("objects not given back, which their lease will do code={}", e.code());
        }
        pool.close();
    }

    void renew() {
        try {
            lease.renew();
        } catch (StorageFailure e) {
            LOG.warn("lease of objects not renewed, which is tried again code={}", e.code());
        }
    }

    void lookAround() {
        if (announced == null) {
            return;
        }
        try {
            var others = database.read(connection -> new Call(connection, OTHER_NODES)
                    .with(announced.toString())
                    .all(row -> NodeAddress.parse(row.getString(1))));
            neighbours = new Neighbours(announced, Set.copyOf(others));
        } catch (StorageFailure e) {
            LOG.debug("other nodes not looked for, which is tried again", e);
        }
    }

    private void release(Tenure tenure) {
        try {
            database.read(connection -> on(connection, RELEASE, tenure)
                    .with(tenure.session())
                    .with(tenure.epoch())
                    .change());
        } catch (StorageFailure e) {
            LOG.warn("object not given back, which the next claim of this node will do code={}", e.code());
        }
    }

    private static Call on(java.sql.Connection connection, String sql, Tenure tenure) {
        return new Call(connection, sql)
                .with(tenure.address().type().text())
                .with(tenure.address().id().bytes());
    }

    private static Tenure tenure(Address address, long session, ResultSet row) throws SQLException {
        var name = Bytes.copyOf(row.getBytes("name"));
        var id = name.isEmpty() ? address.id() : address.id().named(new ObjectName(name));
        return new Tenure(new Address(address.type(), id), session, row.getLong("epoch"));
    }

    private static ObjectId id(ObjectIds ids, ResultSet row) throws SQLException {
        var id = ids.require(Bytes.copyOf(row.getBytes(1)));
        var name = Bytes.copyOf(row.getBytes(2));
        return name.isEmpty() ? id : id.named(new ObjectName(name));
    }

    private static StateEntry entry(ResultSet row) throws SQLException {
        return new StateEntry(new StateKey(Bytes.copyOf(row.getBytes(1))), Bytes.copyOf(row.getBytes(2)));
    }

    private static byte[][] arrays(Collection<Bytes> all) {
        return all.stream().map(Bytes::toByteArray).toArray(byte[][]::new);
    }
}
