package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.Match;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** One search for the nearest vectors. Whichever way they are found, their scores are reckoned anew from their values. */
final class PgvectorSearch {
    /*
     * Which way
     *
     * A graph of neighbours knows nothing of a filter: the server asks it for the nearest, and leaves out those that are not wanted.
     * So those that come into question are counted first, as far as it matters. Where there are few, the server looks at all of
     * them, which it finds by the index of a property or of namespaces. Else it asks the graph, and goes on asking it until enough
     * are found or it has looked at `hnsw.max_scan_tuples`; where that was not enough, it looks at all of them after all. So there
     * are never fewer than are wanted, and what is rare costs no more than 10,000 distances.
     *
     * Which are nearest
     *
     * The server reckons in single precision, so a few more are asked for than are wanted, and the nearest of them are taken by
     * scores of double precision. Vectors that single precision cannot reckon with are looked at here, one by one, and so are all
     * of them where the target is of that kind.
     */
    /** At and above it a search may miss some (storage contract, section 8.3). */
    static final int EXACT_BELOW = 10_000;

    /** Asked for beyond what is wanted. */
    private static final int MARGIN = 50;

    /** Rows that are looked at here at a time. */
    private static final int PAGE = 500;

    private final Connection connection;
    private final PgvectorTable table;
    private final PgvectorState state;
    private final VectorQuery query;
    private final int exactBelow;
    private final PgvectorFilter filter;
    private final Metric metric;
    private final Comparator<Match> order;
    /** The worst first. */
    private final PriorityQueue<Match> nearest;

    /** @param state has the metadata that is indexed, which the query's is among */
    PgvectorSearch(Connection connection, PgvectorTable table, PgvectorState state, VectorQuery query, int exactBelow) {
        this.connection = connection;
        this.table = table;
        this.state = state;
        this.query = query;
        this.exactBelow = exactBelow;
        this.filter = PgvectorFilter.of(query, state);
        this.metric = table.shape().metric();
        this.order = Match.order(metric);
        this.nearest = new PriorityQueue<>(order.reversed());
    }

    List<Match> matches() throws SQLException {
        var target = target();
        table.shape().require(target);
        if (PgvectorValues.usual(target)) {
            offer(target, found(target));
            offerPages(target, table.apart(filter));
        } else {
            offerPages(target, table.all(filter));
        }
        return nearest.stream()
                .sorted(order)
                .map(match -> match.only(query.returned(), state.indexed()))
                .toList();
    }

    private VectorValues target() throws SQLException {
        return switch (query.target()) {
            case VectorQuery.Target.Values(var values) -> values;
            case VectorQuery.Target.Stored(var id) -> stored(id);
        };
    }

    private VectorValues stored(VectorId id) throws SQLException {
        return new Call(connection, table.get())
                .with(PgvectorRow.ids(Set.of(id)))
                .first(PgvectorRow::vector)
                .map(Vector::values)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "vector: unknown"));
    }

    private List<Vector> found(VectorValues target) throws SQLException {
        var candidates = candidates();
        if (candidates >= exactBelow) {
            var found = asked(target, table.nearest(filter));
            if (found.size() >= query.topK()) {
                return found;
            }
        }
        return asked(target, table.exact(filter));
    }

    /** As far as it matters. */
    private long candidates() throws SQLException {
        return filter.all()
                ? state.vectors()
                : filter.bind(new Call(connection, table.count(filter)))
                        .with(exactBelow)
                        .first(row -> row.getLong(1))
                        .orElse(0L);
    }

    private List<Vector> asked(VectorValues target, String sql) throws SQLException {
        return filter.bind(new Call(connection, sql))
                .with(target.toArray())
                .with(query.topK() + MARGIN)
                .all(PgvectorRow::vector);
    }

    private void offerPages(VectorValues target, String sql) throws SQLException {
        var after = Bytes.EMPTY;
        var page = new ArrayList<Vector>();
        do {
            page.clear();
            page.addAll(filter.bind(new Call(connection, sql))
                    .with(after)
                    .with(PAGE)
                    .all(PgvectorRow::vector));
            offer(target, page);
            after = page.isEmpty() ? after : page.getLast().id().bytes();
        } while (page.size() == PAGE);
    }

    private void offer(VectorValues target, List<Vector> vectors) {
        for (var vector : vectors) {
            nearest.add(new Match(metric.score(target, vector.values().toArray()), vector));
            if (nearest.size() > query.topK()) {
                nearest.remove();
            }
        }
    }
}
