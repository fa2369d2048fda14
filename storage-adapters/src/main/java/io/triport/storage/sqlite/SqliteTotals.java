package io.triport.storage.sqlite;

import java.util.ArrayList;
import java.util.List;

/** What the writes of one transaction change in the totals of namespaces. Used by the writer's thread alone. */
final class SqliteTotals {
    /*
     * Written once for all members of a group, because a statement for each put would be felt. A unit that reads totals has
     * them written before; when it is undone afterwards, SQLite takes back what was written since the savepoint, and of the
     * changes those before it count as unwritten again.
     */
    private static final String ADD =
            "insert into namespace_total (namespace, keys, bytes, ending, written_at, first_at)"
                    + " values (?, ?, ?, ?, ?5, ?5) on conflict (namespace) do update set keys = keys + excluded.keys,"
                    + " bytes = bytes + excluded.bytes, ending = ending + excluded.ending,"
                    + " written_at = max(written_at, excluded.written_at),"
                    + " first_at = case when first_at = 0 then excluded.first_at else first_at end";

    private final List<Change> changes = new ArrayList<>();
    private int written;

    /** @param ending entries that expire some day @param writtenAt 0 where nothing was */
    record Change(long namespace, long keys, long bytes, long ending, long writtenAt) {
        static final Change NONE = new Change(0, 0, 0, 0, 0);

        /** One entry more. */
        static Change more(long namespace, long size, long expiresAt, long now) {
            return new Change(namespace, 1, size, expiresAt == SqliteEntries.NEVER ? 0 : 1, now);
        }

        /** One entry less. */
        static Change less(long namespace, long size, long expiresAt) {
            return new Change(namespace, -1, -size, expiresAt == SqliteEntries.NEVER ? 0 : -1, 0);
        }

        Change and(Change other) {
            return new Change(
                    namespace,
                    keys + other.keys,
                    bytes + other.bytes,
                    ending + other.ending,
                    Math.max(writtenAt, other.writtenAt));
        }
    }

    /** A place to return to. */
    record Mark(int changes, int written) {}

    void add(Change change) {
        changes.add(change);
    }

    Mark mark() {
        return new Mark(changes.size(), written);
    }

    void backTo(Mark mark) {
        changes.subList(mark.changes(), changes.size()).clear();
        written = mark.written();
    }

    void write(SqliteSession session) {
        var unwritten = changes.subList(written, changes.size());
        while (!unwritten.isEmpty()) {
            var namespace = unwritten.getFirst().namespace();
            var sum = unwritten.stream()
                    .filter(change -> change.namespace() == namespace)
                    .reduce(Change::and)
                    .orElse(Change.NONE);
            session.change(ADD, namespace, sum.keys(), sum.bytes(), sum.ending(), sum.writtenAt());
            unwritten = unwritten.stream()
                    .filter(change -> change.namespace() != namespace)
                    .toList();
        }
        written = changes.size();
    }
}
