package io.triport.manager.search;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceStatistics.Lifetime;
import io.triport.domain.table.NamespaceTotals;
import io.triport.domain.table.Paging;
import io.triport.manager.key.OwnKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;

/** A closer look at the part of a namespace that somebody may list. */
record OwnStatistics(KeyCatalogue catalogue, Grant grant, NamespaceTitle title, Instant now) {
    private static final int MOST = 10;

    NamespaceStatistics of(String delimiter) {
        var parts = OwnKeys.parts(grant, title, KeyPrefix.EVERY);
        if (parts.equals(List.of(KeyPrefix.EVERY))) {
            return catalogue.statistics(title, delimiter);
        }
        var totals = totals(parts);
        var lifetimes = new EnumMap<Lifetime, Long>(Lifetime.class);
        var from = now;
        for (var lifetime : Lifetime.ENDING) {
            var end = now.plus(lifetime.most());
            lifetimes.put(lifetime, count(parts, new KeyFilter.Span(from, end)));
            from = end;
        }
        lifetimes.put(Lifetime.LATER, count(parts, new KeyFilter.Span(from, Instant.MAX)));
        lifetimes.put(Lifetime.NEVER, totals.keys() - totals.expiring());
        var largest = catalogue
                .search(search(parts, KeyFilter.EVERY, KeySearch.Order.LARGEST_FIRST, MOST))
                .keys();
        return new NamespaceStatistics(totals, lifetimes, largest, prefixes(parts, delimiter));
    }

    private NamespaceTotals totals(List<KeyPrefix> parts) {
        return parts.stream()
                .map(part -> catalogue.totals(new KeyArea(title, part)))
                .reduce(NamespaceTotals.EMPTY, NamespaceTotals::plus);
    }

    private long count(List<KeyPrefix> parts, KeyFilter.Span span) {
        return catalogue
                .search(search(parts, KeyFilter.EVERY.expiring(span), KeySearch.Order.NAME, 1))
                .total();
    }

    private KeySearch search(List<KeyPrefix> parts, KeyFilter filter, KeySearch.Order order, int limit) {
        return new KeySearch(
                parts.stream().map(part -> new KeyArea(title, part)).toList(), filter, order, Paging.first(limit));
    }

    /** Of the first thousand branches. */
    private List<NamespaceStatistics.Prefix> prefixes(List<KeyPrefix> parts, String delimiter) {
        var query = new KeyTree.Query(KeyArea.all(title), delimiter, Bytes.EMPTY, Paging.MOST);
        return new OwnTree(catalogue, title, parts)
                .level(query).branches().stream()
                        .sorted(Comparator.comparingLong(KeyTree.Branch::keys).reversed())
                        .limit(MOST)
                        .map(branch -> new NamespaceStatistics.Prefix(
                                branch.prefix(),
                                branch.keys(),
                                totals(OwnKeys.parts(grant, title, branch.prefix()))
                                        .bytes()))
                        .toList();
    }
}
