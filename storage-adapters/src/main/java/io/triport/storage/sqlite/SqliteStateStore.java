package io.triport.storage.sqlite;

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
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageLevel;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.AlarmChange;
import io.triport.storage.durable.OutboxEntry;
import io.triport.storage.durable.PageChanges;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.StateStore;
import io.triport.storage.durable.StoredAlarm;
import io.triport.storage.durable.Tenure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** States of objects in a file of their own. Commits of many objects share an fsync. */
final class SqliteStateStore implements StateStore {
    /*
     * Owners
     *
     * The lock keeps the directory to this process. Where a lock does not hold, as on some shared file systems, the epoch does: a
     * process that opens the file makes it one greater, and each commit compares it in its own transaction. Within the process a
     * claim passes through the one writer, so that a commit of the tenure before is durable by then, or finds itself replaced.
     */
    private static final EngineInfo INFO =
            new EngineInfo(SqliteEngine.NAME, Durability.DURABLE, Set.of(Capability.ALONE));

    private static final String NEXT_EPOCH = "update counter set value = value + 1 where name = 'epoch'";
    private static final String EPOCH = "select value from counter where name = 'epoch'";
    private static final String FIND = "select no, name from object where class = ? and id = ?";
    private static final String ADD = "insert into object (class, id, name) values (?, ?, ?)";
    private static final String REMOVE =
            "delete from object where no = ? and not exists (select 1 from state where object = ?)"
                    + " and not exists (select 1 from page where object = ?)"
                    + " and not exists (select 1 from alarm where object = ?)";
    private static final String ALARM = "select due_at, scheduled_at, retries from alarm where object = ?";
    private static final String SET_ALARM =
            "insert or replace into alarm (object, due_at, scheduled_at, retries) values (?, ?, ?, ?)";
    private static final String REMOVE_ALARM = "delete from alarm where object = ?";
    private static final String END_ALARM = "delete from alarm where object = ? and due_at = ?";
    private static final String DUE = "select o.id, o.name from alarm a join object o on o.no = a.object"
            + " where a.due_at <= ? and o.class = ? order by a.due_at limit ?";
    private static final String READ = "select value from state where object = ? and key = ?";
    private static final String LIST =
            "select key, value from state where object = ? and key > ? and key >= ? and key < ? order by key limit ?";
    private static final String LIST_ON =
            "select key, value from state where object = ? and key > ? and key >= ? order by key limit ?";
    private static final String BYTES =
            "select (select coalesce(sum(length(key) + length(value)), 0) from state where object = ?)"
                    + " + (select coalesce(sum(length(bytes)), 0) from page where object = ?)";
    private static final String PUT = "insert or replace into state (object, key, value) values (?, ?, ?)";
    private static final String DELETE = "delete from state where object = ? and key = ?";
    private static final String CLEAR = "delete from state where object = ?";
    private static final String PAGES =
            "select number, bytes from page where object = ? and number > ? order by number limit ?";
    private static final String PUT_PAGE = "insert into page (object, number, bytes) values (?, ?, ?)"
            + " on conflict (object, number) do update set bytes = excluded.bytes";
    private static final String CUT_PAGES = "delete from page where object = ? and number > ?";
    private static final String OBJECTS = "select id, name from object where class = ? and id > ? order by id limit ?";

    private final DirectoryLock lock;
    private final SqliteConnections connections;
    private final long processEpoch;
    private final Map<Address, Long> owners = new ConcurrentHashMap<>();
    /** Of the writer's thread. */
    private long claims;

    SqliteStateStore(DirectoryLock lock, SqliteConnections connections) {
        this.lock = lock;
        this.connections = connections;
        this.processEpoch = connections.write(transaction -> {
            transaction.session().change(NEXT_EPOCH);
            return epoch(transaction.session());
        });
    }

    private record Stored(long no, Bytes name) {}

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public List<StorageLevel> levels() {
        return connections.levels(SqliteEngine.NAME, "durable");
    }

    @Override
    public Optional<Tenure> claim(Address address) {
        return connections.write(transaction -> {
            claims++;
            owners.put(address, claims);
            var stored = find(transaction.session(), address);
            var known = stored.map(Stored::name).filter(name -> !name.isEmpty());
            var id = known.map(name -> address.id().named(new ObjectName(name))).orElse(address.id());
            return Optional.of(new Tenure(new Address(address.type(), id), processEpoch, claims));
        });
    }

    @Override
    public Map<StateKey, Bytes> read(Tenure tenure, Set<StateKey> keys) {
        return connections.read(session -> {
            var found = new HashMap<StateKey, Bytes>();
            find(session, tenure.address())
                    .ifPresent(object -> keys.forEach(
                            key -> session.first(READ, row -> SqliteSession.bytes(row, 1), object.no(), key.bytes())
                                    .ifPresent(value -> found.put(key, value))));
            return found;
        });
    }

    @Override
    public List<StateEntry> list(Tenure tenure, StateQuery query) {
        return connections.read(session -> find(session, tenure.address())
                .map(object -> list(session, object, query))
                .orElse(List.of()));
    }

    @Override
    public NavigableMap<Integer, Bytes> pages(Tenure tenure, int after, int most) {
        var found = new TreeMap<Integer, Bytes>();
        connections
                .read(session -> find(session, tenure.address())
                        .map(object -> session.all(
                                PAGES,
                                row -> Map.entry(row.getInt(1), SqliteSession.bytes(row, 2)),
                                object.no(),
                                (long) after,
                                (long) most))
                        .orElse(List.of()))
                .forEach(page -> found.put(page.getKey(), page.getValue()));
        return found;
    }

    @Override
    public long bytes(Tenure tenure) {
        return connections.read(session -> find(session, tenure.address())
                .flatMap(object -> session.first(BYTES, row -> row.getLong(1), object.no(), object.no()))
                .orElse(0L));
    }

    @Override
    public Optional<StoredAlarm> alarm(Tenure tenure) {
        return connections.read(session -> find(session, tenure.address())
                .flatMap(object -> session.first(ALARM, SqliteStateStore::alarm, object.no())));
    }

    @Override
    public List<Address> due(ObjectClass type, Instant now, int most) {
        return connections
                .read(session -> session.all(
                        DUE, row -> id(new ObjectIds(type), row), now.toEpochMilli(), type.text(), (long) most))
                .stream()
                .map(id -> new Address(type, id))
                .toList();
    }

    @Override
    public void commit(Tenure tenure, StateChanges changes) {
        connections.write(transaction -> {
            var session = transaction.session();
            requireOwner(session, tenure);
            var object =
                    find(session, tenure.address()).map(Stored::no).orElseGet(() -> add(session, tenure.address()));
            if (changes.before() == StateChanges.Before.GOES) {
                session.change(CLEAR, object);
                session.change(CUT_PAGES, object, 0L);
            }
            changes.deletes().forEach(key -> session.change(DELETE, object, key.bytes()));
            changes.puts().forEach((key, value) -> session.change(PUT, object, key.bytes(), value));
            changePages(session, object, changes.pages());
            changeAlarm(session, object, changes.alarm());
            changes.sends().forEach(entry -> SqliteOutbox.add(session, entry));
            return session.change(REMOVE, object, object, object, object);
        });
    }

    @Override
    public Set<QueueName> addressees() {
        return Set.copyOf(connections.read(SqliteOutbox::addressees));
    }

    @Override
    public List<OutboxEntry> outbox(QueueName queue, int most) {
        return connections.read(session -> SqliteOutbox.first(session, queue, most));
    }

    @Override
    public void delivered(List<Long> numbers) {
        connections.write(transaction -> {
            SqliteOutbox.remove(transaction.session(), numbers);
            return numbers.size();
        });
    }

    @Override
    public boolean lasts(Tenure tenure) {
        return Long.valueOf(tenure.epoch()).equals(owners.get(tenure.address()));
    }

    @Override
    public boolean rests(Tenure tenure) {
        return true;
    }

    @Override
    public void ends(Tenure tenure) {
        owners.remove(tenure.address(), tenure.epoch());
    }

    @Override
    public List<ObjectId> objects(ObjectClass type, Bytes after, int most) {
        var ids = new ObjectIds(type);
        return connections.read(session -> session.all(OBJECTS, row -> id(ids, row), type.text(), after, (long) most));
    }

    @Override
    public void close() {
        connections.close();
        lock.close();
    }

    private void requireOwner(SqliteSession session, Tenure tenure) {
        if (!lasts(tenure) || epoch(session) != tenure.session()) {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "sqlite: another owner");
        }
    }

    private static void changePages(SqliteSession session, long object, PageChanges pages) {
        if (!pages.none()) {
            session.change(CUT_PAGES, object, (long) pages.after());
            pages.written().forEach((number, bytes) -> session.change(PUT_PAGE, object, (long) number, bytes));
        }
    }

    private static void changeAlarm(SqliteSession session, long object, AlarmChange change) {
        switch (change) {
            case AlarmChange.Stays stays -> {}
            case AlarmChange.Goes goes -> session.change(REMOVE_ALARM, object);
            case AlarmChange.Ends ends ->
                session.change(END_ALARM, object, ends.alarm().dueAt().toEpochMilli());
            case AlarmChange.Becomes becomes ->
                session.change(
                        SET_ALARM,
                        object,
                        becomes.alarm().dueAt().toEpochMilli(),
                        becomes.alarm().scheduledAt().toEpochMilli(),
                        (long) becomes.alarm().retries());
        }
    }

    private static StoredAlarm alarm(ResultSet row) throws SQLException {
        return new StoredAlarm(
                Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3));
    }

    private static ObjectId id(ObjectIds ids, ResultSet row) throws SQLException {
        var id = ids.require(SqliteSession.bytes(row, 1));
        var name = SqliteSession.bytes(row, 2);
        return name.isEmpty() ? id : id.named(new ObjectName(name));
    }

    private static long epoch(SqliteSession session) {
        return session.first(EPOCH, row -> row.getLong(1)).orElseThrow();
    }

    private static Optional<Stored> find(SqliteSession session, Address address) {
        return session.first(
                FIND,
                row -> new Stored(row.getLong(1), SqliteSession.bytes(row, 2)),
                address.type().text(),
                address.id().bytes());
    }

    private static long add(SqliteSession session, Address address) {
        var name = address.id().name().map(ObjectName::bytes).orElse(Bytes.EMPTY);
        session.change(ADD, address.type().text(), address.id().bytes(), name);
        return find(session, address).orElseThrow().no();
    }

    private static List<StateEntry> list(SqliteSession session, Stored object, StateQuery query) {
        var end = KeyRange.after(query.prefix());
        var limit = (long) query.limit();
        SqliteSession.Row<StateEntry> entry =
                row -> new StateEntry(new StateKey(SqliteSession.bytes(row, 1)), SqliteSession.bytes(row, 2));
        return end.isPresent()
                ? session.all(LIST, entry, object.no(), query.after(), query.prefix(), end.get(), limit)
                : session.all(LIST_ON, entry, object.no(), query.after(), query.prefix(), limit);
    }
}
