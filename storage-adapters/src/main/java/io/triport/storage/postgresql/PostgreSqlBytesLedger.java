package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.shared.BytesLedger;
import java.util.List;

/** What nodes have written down of the bytes of an index. */
final class PostgreSqlBytesLedger implements BytesLedger {
    /** Nobody whom the others do not know announces anything: they would take it for left over. */
    private static final String ANNOUNCE = """
        insert into object_bytes (name, place, node)
        select ?, ?, ? where exists (select from object_node where id = ?)\
        """;

    private static final String ANNOUNCED = "select name from object_bytes where place = ? and node = ?";
    /** Waits for a change that names them, if one is under way, and does nothing then. */
    private static final String GIVE_UP = """
        with gone as (delete from object_bytes where place = ? and name = any (?) returning name, place)
        insert into object_rest (name, place) select name, place from gone\
        """;
    /** Also where others took this node for dead, and have removed what was there before these bytes came. */
    private static final String DISCARD = """
        with gone as (delete from object_bytes where name = ?)
        insert into object_rest (name, place) values (?, ?) on conflict do nothing\
        """;

    private static final String TURN = "update object_index set swept = clock_timestamp()"
            + " where number = ? and swept < clock_timestamp() - interval '30 seconds'";
    private static final String FORGET = "delete from object_node where " + ObjectReaders.SILENT;
    private static final String INHERIT = """
        with gone as (
            delete from object_bytes b
            where b.place = ? and not exists (select from object_node n where n.id = b.node) returning b.name, b.place
        )
        insert into object_rest (name, place) select name, place from gone\
        """;
    private static final String LEFT_OVER = "select name from object_rest where place = ? and "
            + ObjectReaders.unread("since", "taken_by") + " order by since limit ?";
    private static final String REMOVED = "delete from object_rest where place = ? and name = any (?)";

    private final Database database;
    private final ObjectReaders readers;
    private final long place;

    PostgreSqlBytesLedger(Database database, ObjectReaders readers, long place) {
        this.database = database;
        this.readers = readers;
        this.place = place;
    }

    @Override
    public void announce(String name) {
        if (!announced(name)) {
            // After a silence that was too long others have taken this node for dead.
            readers.beat();
            if (!announced(name)) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "objects: this node is not known");
            }
        }
    }

    private boolean announced(String name) {
        var node = readers.node();
        // An announcement that nobody heard of the answer to is given up as any other.
        return database.read(connection -> new Call(connection, ANNOUNCE)
                        .with(name)
                        .with(place)
                        .with(node)
                        .with(node)
                        .change())
                == 1;
    }

    @Override
    public List<String> announced() {
        return database.read(connection ->
                new Call(connection, ANNOUNCED).with(place).with(readers.node()).all(row -> row.getString(1)));
    }

    @Override
    public void giveUp(List<String> names) {
        change(GIVE_UP, names);
    }

    @Override
    public void discard(String name) {
        database.write(connection ->
                new Call(connection, DISCARD).with(name).with(name).with(place).change());
    }

    @Override
    public boolean turn() {
        var mine = database.write(
                        connection -> new Call(connection, TURN).with(place).change())
                == 1;
        if (mine) {
            readers.beat();
            database.write(connection -> new Call(connection, FORGET).change());
            database.write(
                    connection -> new Call(connection, INHERIT).with(place).change());
        }
        return mine;
    }

    @Override
    public List<String> leftOver(int most) {
        return database.read(connection ->
                new Call(connection, LEFT_OVER).with(place).with(most).all(row -> row.getString(1)));
    }

    @Override
    public void removed(List<String> names) {
        change(REMOVED, names);
    }

    private void change(String sql, List<String> names) {
        database.write(connection -> new Call(connection, sql)
                .with(place)
                .with(names.toArray(String[]::new))
                .change());
    }
}
