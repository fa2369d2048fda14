package io.triport.storage.postgresql;

import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.KeptObject;
import io.triport.domain.durable.KeptObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectSummary;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateGlance;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateLook;
import io.triport.domain.request.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What objects keep in the tables of a {@link PostgreSqlStateStore}, whichever node has them. Takes no lock and asks no owner. */
final class PostgreSqlObjectInventory implements ObjectInventory {
    /** One step into each index for each class, however many objects there are; an object's own row may outlive what it kept. */
    private static final String CLASSES = """
        with recursive found(ns) as (
            select least((select min(ns) from do_state), (select min(ns) from do_alarm), (select min(ns) from do_page))
            union all
            select least((select min(s.ns) from do_state s where s.ns > found.ns),
                         (select min(a.ns) from do_alarm a where a.ns > found.ns),
                         (select min(p.ns) from do_page p where p.ns > found.ns))
            from found where found.ns is not null
        )
        select ns from found where ns is not null\
        """;

    private static final String COUNT = """
        select count(*) from (
            select from do_object o left join do_alarm a on a.ns = o.ns and a.id = o.id
            where o.ns = ?
              and (a.id is not null or exists (select from do_state s where s.ns = o.ns and s.id = o.id)
                or exists (select from do_page p where p.ns = o.ns and p.id = o.id))
            limit ?
        ) as found\
        """;
    private static final String LIST = """
        select o.id, o.name, a.due_at, a.scheduled_at, coalesce(a.retries, -1)
        from do_object o left join do_alarm a on a.ns = o.ns and a.id = o.id
        where o.ns = ? and o.id > ?
          and (a.id is not null or exists (select from do_state s where s.ns = o.ns and s.id = o.id)
            or exists (select from do_page p where p.ns = o.ns and p.id = o.id))
        order by o.id limit ?\
        """;
    private static final String FIND = """
        select o.id, o.name, a.due_at, a.scheduled_at, coalesce(a.retries, -1),
               count(s.key), coalesce(sum(octet_length(s.key) + octet_length(s.value)), 0)
                 + (select coalesce(sum(octet_length(p.bytes)), 0) from do_page p where p.ns = o.ns and p.id = o.id)
        from do_object o
          left join do_alarm a on a.ns = o.ns and a.id = o.id
          left join do_state s on s.ns = o.ns and s.id = o.id
        where o.ns = ? and o.id = ?
        group by o.ns, o.id, a.ns, a.id\
        """;
    private static final String STATE = """
        select key, octet_length(value), substring(value from 1 for cast(? as int)) from do_state
        where ns = ? and id = ? and key > ? and key >= ? and (? = 1 or key < ?) order by key limit ?\
        """;

    private final Database database;

    PostgreSqlObjectInventory(Database database) {
        this.database = database;
    }

    /** Sorted here: the order of the server's texts is that of its language. */
    @Override
    public List<ObjectClass> classes() {
        return database
                .read(connection -> new Call(connection, CLASSES).all(row -> new ObjectClass(row.getString(1))))
                .stream()
                .sorted(Comparator.comparing(ObjectClass::text))
                .toList();
    }

    @Override
    public long count(ObjectClass type, int most) {
        return database.read(connection ->
                        new Call(connection, COUNT).with(type.text()).with(most).first(row -> row.getLong(1)))
                .orElse(0L);
    }

    @Override
    public KeptObjects list(ObjectsQuery query) {
        var ids = new ObjectIds(query.type());
        var found = database.read(connection -> new Call(connection, LIST)
                .with(query.type().text())
                .with(query.after())
                .with(query.limit() + 1L)
                .all(row -> object(ids, row)));
        return KeptObjects.of(found, query.limit());
    }

    @Override
    public Optional<ObjectSummary> find(ObjectClass type, ObjectId id) {
        var ids = new ObjectIds(type);
        return database.read(connection -> new Call(connection, FIND)
                        .with(type.text())
                        .with(id.bytes())
                        .first(row -> new ObjectSummary(object(ids, row), row.getLong(6), row.getLong(7))))
                .filter(found -> found.bytes() > 0 || !found.object().alarm().equals(KeptAlarm.NONE));
    }

    @Override
    public List<StateGlance> state(ObjectClass type, ObjectId id, StateLook look) {
        var entries = look.entries();
        var end = KvRows.endOf(entries.prefix());
        return database.read(connection -> new Call(connection, STATE)
                .with(look.beginning())
                .with(type.text())
                .with(id.bytes())
                .with(entries.after())
                .with(entries.prefix())
                .with(end.isEmpty() ? 1 : 0)
                .with(end.orElse(Bytes.EMPTY))
                .with(entries.limit())
                .all(row -> new StateGlance(
                        new StateKey(Bytes.copyOf(row.getBytes(1))), row.getLong(2), Bytes.copyOf(row.getBytes(3)))));
    }

    private static KeptObject object(ObjectIds ids, ResultSet row) throws SQLException {
        var id = ids.require(Bytes.copyOf(row.getBytes(1)));
        var name = Bytes.copyOf(row.getBytes(2));
        return new KeptObject(name.isEmpty() ? id : id.named(new ObjectName(name)), alarm(row));
    }

    private static KeptAlarm alarm(ResultSet row) throws SQLException {
        var retries = row.getInt(5);
        return retries < 0
                ? KeptAlarm.NONE
                : new KeptAlarm.Due(
                        Instant.ofEpochMilli(row.getLong(3)), Instant.ofEpochMilli(row.getLong(4)), retries);
    }
}
