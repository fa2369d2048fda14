package io.triport.storage.table;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceStatistics.Lifetime;
import io.triport.domain.table.NamespaceTotals;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** A namespace in numbers. */
final class KeyNumbers {
    private static final String TOTAL = "select keys, bytes, ending, written_at from key_total where space = ?";
    /** The sign keeps SQLite from walking through the names of the namespace where the ends tell it all. */
    private static final String ENDED = "select count(*), coalesce(sum(k.size), 0) from key_entry k"
            + " where k.expires_at <= ? and k.expires_at < 9223372036854775807 and +k.space = ?";

    private static final String BETWEEN = "select count(*) from key_entry k"
            + " where k.expires_at > ? and k.expires_at <= ? and k.expires_at < 9223372036854775807 and +k.space = ?";
    private static final String LARGEST =
            " where k.space = ? and k.expires_at > ? order by k.size desc, k.key limit 10";
    private static final String PREFIXES = "select p.prefix, count(*), sum(p.size) from"
            + " (select substr(k.key, 1, instr(k.key, ?) + cast(? as integer)) as prefix, k.size from key_entry k"
            + " where k.space = ? and k.expires_at > ? and instr(k.key, ?) > 0) p"
            + " group by p.prefix order by count(*) desc, p.prefix limit 10";

    private static final String PART = "select count(*), coalesce(sum(k.size), 0),"
            + " coalesce(sum(case when k.expires_at < 9223372036854775807 then 1 else 0 end), 0), max(k.updated_at)"
            + " from key_row k where k.space = ? and k.key >= ? and k.key < ? and k.expires_at > ?";

    private final Queries queries;
    private final Spaces.Space space;
    private final long now;

    KeyNumbers(Queries queries, Spaces.Space space, long now) {
        this.queries = queries;
        this.space = space;
        this.now = now;
    }

    /** From the sums of all rows, less those whose end has come and that are not removed yet. */
    NamespaceTotals totals() {
        var all = queries.first(
                        Sql.of(TOTAL, space.number()),
                        row -> new NamespaceTotals(
                                row.getLong(1), row.getLong(2), row.getLong(3), Moments.moment(row.getLong(4))))
                .orElse(NamespaceTotals.EMPTY);
        return queries.first(
                        Sql.of(ENDED, now, space.number()),
                        row -> new NamespaceTotals(
                                all.keys() - row.getLong(1),
                                all.bytes() - row.getLong(2),
                                all.expiring() - row.getLong(1),
                                all.keys() == row.getLong(1) ? Instant.MIN : all.lastWritten()))
                .orElseThrow();
    }

    NamespaceTotals totals(KeyPrefix part) {
        var sql = Sql.of(PART, space.number(), part.bytes(), KeyRows.endOf(part.bytes()), now);
        return queries.first(
                        sql,
                        row -> row.getLong(1) == 0
                                ? NamespaceTotals.EMPTY
                                : new NamespaceTotals(
                                        row.getLong(1), row.getLong(2), row.getLong(3), Moments.moment(row.getLong(4))))
                .orElse(NamespaceTotals.EMPTY);
    }

    NamespaceStatistics statistics(NamespaceTitle title, String delimiter) {
        var totals = totals();
        var rows = KeyRows.of(space, title);
        return new NamespaceStatistics(
                totals,
                lifetimes(totals),
                queries.all(Sql.of(KeyRows.SELECT).add(LARGEST, space.number(), now), rows::read),
                queries.all(
                        prefixes(Bytes.utf8(delimiter)),
                        row -> new NamespaceStatistics.Prefix(
                                new KeyPrefix(Queries.bytes(row, 1)), row.getLong(2), row.getLong(3))));
    }

    private Map<Lifetime, Long> lifetimes(NamespaceTotals totals) {
        var counts = new EnumMap<Lifetime, Long>(Lifetime.class);
        var from = now;
        for (var lifetime : Lifetime.ENDING) {
            var end = now + lifetime.most().toMillis();
            counts.put(lifetime, queries.number(Sql.of(BETWEEN, from, end, space.number())));
            from = end;
        }
        counts.put(Lifetime.LATER, queries.number(Sql.of(BETWEEN, from, Long.MAX_VALUE, space.number())));
        counts.put(Lifetime.NEVER, totals.keys() - totals.expiring());
        return counts;
    }

    private Sql prefixes(Bytes delimiter) {
        return Sql.of(PREFIXES, delimiter, delimiter.size() - 1L, space.number(), now, delimiter);
    }
}
