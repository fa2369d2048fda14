package io.triport.storage.table;

import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.KeyMatcher;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Finds keys. */
final class KeyFinder {
    /*
     * Three ways. When few rows come into question they are read once, and counted and ordered here: of a million keys that is
     * one walk through the index of names. When many do and SQL can say the whole question, it counts and it orders. Else
     * all that come into question are read, and of those that match the best of the page are kept.
     */
    private static final int FEW = 5_000;

    private final Queries queries;
    private final long now;

    KeyFinder(Queries queries, long now) {
        this.queries = queries;
        this.now = now;
    }

    FoundKeys find(KeySearch search) {
        var matcher = new KeyMatcher(search.filter(), Expression::parse);
        if (search.areas().isEmpty()) {
            return new FoundKeys(List.of(), 0);
        }
        var question = KeyQuestion.of(search, new Spaces(queries), now);
        var rows = new KeyRows(question.titles());
        var few = queries.all(Sql.of(KeyRows.SELECT).add(question.where()).add(" limit ?", FEW + 1L), rows::read);
        if (few.size() <= FEW) {
            return page(search, few.stream().filter(matcher).toList());
        }
        return question.whole() && search.start() instanceof KeySearch.Start.Beginning
                ? new FoundKeys(ordered(search, question, rows), question.total(queries))
                : walked(search, question, rows, matcher);
    }

    private static FoundKeys page(KeySearch search, List<KeyRecord> matching) {
        var page = matching.stream()
                .sorted(search.order().comparator())
                .filter(search::begun)
                .skip(search.paging().offset())
                .limit(search.paging().limit())
                .toList();
        return new FoundKeys(page, matching.size());
    }

    private List<KeyRecord> ordered(KeySearch search, KeyQuestion question, KeyRows rows) {
        if (search.order() == KeySearch.Order.NEWEST_FIRST) {
            var newest = queries.all(page(Sql.of(KeyRows.SELECT_RECENT), search, question), rows::read);
            if (newest.size() == search.paging().limit()) {
                return newest;
            }
        }
        var titled = Sql.of(KeyRows.SELECT).add(" join live_namespace n on n.space = k.space");
        return queries.all(page(titled, search, question), rows::read);
    }

    private static Sql page(Sql select, KeySearch search, KeyQuestion question) {
        return select.add(question.where())
                .add(" order by " + order(search.order()))
                .add(
                        " limit ? offset ?",
                        (long) search.paging().limit(),
                        search.paging().offset());
    }

    private FoundKeys walked(KeySearch search, KeyQuestion question, KeyRows rows, KeyMatcher matcher) {
        var order = search.order().comparator();
        var room = search.paging().offset() + search.paging().limit();
        var best = new PriorityQueue<>(order.reversed());
        var total = new long[1];
        queries.each(Sql.of(KeyRows.SELECT).add(question.where()), rows::read, row -> {
            if (matcher.test(row)) {
                total[0]++;
                if (search.begun(row)) {
                    best.add(row);
                }
                if (best.size() > room) {
                    best.remove();
                }
            }
        });
        var page = new ArrayList<>(best);
        page.sort(order);
        return new FoundKeys(page.stream().skip(search.paging().offset()).toList(), total[0]);
    }

    private static String order(KeySearch.Order order) {
        return switch (order) {
            case NEWEST_FIRST -> "k.version desc";
            case OLDEST_FIRST -> "k.version";
            case NAME -> "k.key, n.title";
            case NAME_DESCENDING -> "k.key desc, n.title";
            case LARGEST_FIRST -> "k.size desc, n.title, k.key";
            case SMALLEST_FIRST -> "k.size, n.title, k.key";
            case EXPIRING_FIRST -> "k.expires_at, n.title, k.key";
        };
    }
}
