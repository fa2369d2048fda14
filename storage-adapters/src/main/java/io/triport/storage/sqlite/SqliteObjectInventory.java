package io.triport.storage.sqlite;

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
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What objects keep in the file of a {@link SqliteStateStore}, which may be open here, elsewhere or nowhere. */
final class SqliteObjectInventory implements ObjectInventory {
    /*
     * Beside the lock
     *
     * The lock of the directory says who writes. Here nothing is written: the file is opened so that it cannot be, and it is not
     * brought up to date, which is its owner's to do. In WAL mode a reader neither waits for the writer nor stops it; all it holds up
     * is that the log begins anew, so each look is one statement, on a connection that ends with it. That way nothing is kept of a file
     * which its owner may have replaced since, as a restored backup does. Where there is no file, or none of its tables, nobody has
     * kept anything yet.
     */
    private static final String TABLES = "select 1 from sqlite_master where type = 'table' and name = 'object'";

    /** One step into the index for each class, however many objects there are. */
    private static final String CLASSES = """
        with recursive found(class) as (
            select min(class) from object
            union all
            select (select min(class) from object where class > found.class) from found where found.class is not null
        )
        select class from found where class is not null\
        """;

    private static final String COUNT = "select count(*) from (select 1 from object where class = ? limit ?)";
    private static final String LIST = """
        select o.id, o.name, a.due_at, a.scheduled_at, coalesce(a.retries, -1)
        from object o left join alarm a on a.object = o.no
        where o.class = ? and o.id > ? order by o.id limit ?\
        """;
    private static final String FIND = """
        select o.id, o.name, a.due_at, a.scheduled_at, coalesce(a.retries, -1),
               count(s.key), coalesce(sum(length(s.key) + length(s.value)), 0) + {pages}
        from object o left join alarm a on a.object = o.no left join state s on s.object = o.no
        where o.class = ? and o.id = ? group by o.no\
        """;
    private static final String PAGES = "(select coalesce(sum(length(p.bytes)), 0) from page p where p.object = o.no)";
    /** A file whose owner is of an earlier version has none. */
    private static final String PAGES_THERE = "select 1 from sqlite_master where type = 'table' and name = 'page'";

    private static final String STATE = """
        select key, length(value), substr(value, 1, ?) from state
        where object = (select no from object where class = ? and id = ?)
          and key > ? and key >= ? and (? = 1 or key < ?) order by key limit ?\
        """;

    private final SqliteFile file;

    SqliteObjectInventory(SqliteFile file) {
        this.file = file;
    }

    @Override
    public List<ObjectClass> classes() {
        return look(session -> session.all(CLASSES, row -> new ObjectClass(SqliteSession.text(row, 1))), List.of());
    }

    @Override
    public long count(ObjectClass type, int most) {
        return look(session -> session.first(COUNT, row -> row.getLong(1), type.text(), (long) most), Optional.of(0L))
                .orElseThrow();
    }

    @Override
    public KeptObjects list(ObjectsQuery query) {
        var ids = new ObjectIds(query.type());
        var found = look(
                session -> session.all(
                        LIST, row -> object(ids, row), query.type().text(), query.after(), query.limit() + 1L),
                List.<KeptObject>of());
        return KeptObjects.of(found, query.limit());
    }

    @Override
    public Optional<ObjectSummary> find(ObjectClass type, ObjectId id) {
        var ids = new ObjectIds(type);
        return look(
                session -> session.first(
                        FIND.replace("{pages}", pages(session)),
                        row -> new ObjectSummary(object(ids, row), row.getLong(6), row.getLong(7)),
                        type.text(),
                        id.bytes()),
                Optional.empty());
    }

    @Override
    public List<StateGlance> state(ObjectClass type, ObjectId id, StateLook look) {
        var entries = look.entries();
        var end = KeyRange.after(entries.prefix());
        return look(
                session -> session.all(
                        STATE,
                        row -> new StateGlance(
                                new StateKey(SqliteSession.bytes(row, 1)), row.getLong(2), SqliteSession.bytes(row, 3)),
                        (long) look.beginning(),
                        type.text(),
                        id.bytes(),
                        entries.after(),
                        entries.prefix(),
                        end.isEmpty() ? 1L : 0L,
                        end.orElse(entries.prefix()),
                        (long) entries.limit()),
                List.of());
    }

    private <R> R look(Function<SqliteSession, R> work, R nothing) {
        if (!Files.exists(file.path())) {
            return nothing;
        }
        try (var session = file.looker()) {
            return session.first(TABLES, row -> row.getLong(1)).isPresent() ? work.apply(session) : nothing;
        }
    }

    private static String pages(SqliteSession session) {
        return session.first(PAGES_THERE, row -> row.getLong(1)).isPresent() ? PAGES : "0";
    }

    private static KeptObject object(ObjectIds ids, ResultSet row) throws SQLException {
        var id = ids.require(SqliteSession.bytes(row, 1));
        var name = SqliteSession.bytes(row, 2);
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
