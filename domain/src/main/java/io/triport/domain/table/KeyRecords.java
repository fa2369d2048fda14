package io.triport.domain.table;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.NamespaceStatistics.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers the questions to a catalogue from all of its rows, for adapters that have them at hand.
 *
 * @param rows live keys, in the order of namespaces and keys
 */
public record KeyRecords(List<KeyRecord> rows) {
    private static final int MOST = 10;
    private static final Bytes NEXT = Bytes.copyOf(new byte[] {0});
    private static final Bytes BEHIND_ALL = Bytes.copyOf(new byte[] {(byte) 0xFF});

    public KeyRecords {
        rows = List.copyOf(rows);
    }

    public FoundKeys search(KeySearch search, KeyMatcher.Expressions expressions) {
        var matcher = new KeyMatcher(search.filter(), expressions);
        var found = rows.stream()
                .filter(row -> search.areas().stream().anyMatch(area -> within(area, row)))
                .filter(matcher)
                .sorted(search.order().comparator())
                .toList();
        var page = found.stream()
                .filter(search::begun)
                .skip(search.paging().offset())
                .limit(search.paging().limit())
                .toList();
        return new FoundKeys(page, found.size());
    }

    public KeyTree tree(KeyTree.Query query) {
        var delimiter = Bytes.utf8(query.delimiter());
        var branches = new TreeMap<Bytes, Long>();
        var leaves = new ArrayList<KeyRecord>();
        var next = query.from();
        for (var row : rows) {
            var key = row.key().bytes();
            if (!within(query.area(), row) || key.compareTo(query.from()) < 0) {
                continue;
            }
            var cut = indexOf(delimiter, key, query.area().prefix().bytes().size());
            var branch = cut < 0 ? key : key.slice(0, cut + delimiter.size());
            var full = branches.size() + leaves.size() == query.limit();
            if (full && (cut < 0 || !branches.containsKey(branch))) {
                return tree(branches, leaves, next);
            }
            if (cut < 0) {
                leaves.add(row);
            } else {
                branches.merge(branch, 1L, Long::sum);
            }
            next = cut < 0 ? key.concat(NEXT) : branch.concat(BEHIND_ALL);
        }
        return tree(branches, leaves, Bytes.EMPTY);
    }

    public NamespaceTotals totals(NamespaceTitle namespace, Instant lastWritten) {
        var own = of(namespace);
        return new NamespaceTotals(
                own.size(),
                own.stream().mapToLong(KeyRecord::size).sum(),
                own.stream().filter(row -> !row.ends().equals(Instant.MAX)).count(),
                lastWritten);
    }

    public NamespaceStatistics statistics(
            NamespaceTotals totals, NamespaceTitle namespace, String delimiter, Instant now) {
        var own = of(namespace);
        var lifetimes = new EnumMap<Lifetime, Long>(Lifetime.class);
        for (var lifetime : Lifetime.values()) {
            lifetimes.put(
                    lifetime,
                    own.stream().filter(row -> lifetime(row, now) == lifetime).count());
        }
        var largest = own.stream()
                .sorted(KeySearch.Order.LARGEST_FIRST.comparator())
                .limit(MOST)
                .toList();
        return new NamespaceStatistics(totals, lifetimes, largest, prefixes(own, Bytes.utf8(delimiter)));
    }

    private List<KeyRecord> of(NamespaceTitle namespace) {
        return rows.stream().filter(row -> row.namespace().equals(namespace)).toList();
    }

    private static List<NamespaceStatistics.Prefix> prefixes(List<KeyRecord> own, Bytes delimiter) {
        Map<Bytes, List<KeyRecord>> alike = own.stream()
                .filter(row -> indexOf(delimiter, row.key().bytes(), 0) >= 0)
                .collect(Collectors.groupingBy(row -> upTo(delimiter, row.key())));
        return alike.entrySet().stream()
                .map(group -> new NamespaceStatistics.Prefix(
                        new KeyPrefix(group.getKey()),
                        group.getValue().size(),
                        group.getValue().stream().mapToLong(KeyRecord::size).sum()))
                .sorted(Comparator.comparingLong(NamespaceStatistics.Prefix::keys)
                        .reversed()
                        .thenComparing(prefix -> prefix.prefix().bytes()))
                .limit(MOST)
                .toList();
    }

    private static Bytes upTo(Bytes delimiter, KvKey key) {
        return key.bytes().slice(0, indexOf(delimiter, key.bytes(), 0) + delimiter.size());
    }

    private static Lifetime lifetime(KeyRecord row, Instant now) {
        if (row.ends().equals(Instant.MAX)) {
            return Lifetime.NEVER;
        }
        var left = Duration.between(now, row.ends());
        return Lifetime.ENDING.stream()
                .filter(lifetime -> left.compareTo(lifetime.most()) <= 0)
                .findFirst()
                .orElse(Lifetime.LATER);
    }

    private static boolean within(KeyArea area, KeyRecord row) {
        return row.namespace().equals(area.namespace())
                && area.prefix().covers(row.key().bytes());
    }

    private static KeyTree tree(Map<Bytes, Long> branches, List<KeyRecord> leaves, Bytes next) {
        var counted = branches.entrySet().stream()
                .map(branch -> new KeyTree.Branch(new KeyPrefix(branch.getKey()), branch.getValue()))
                .toList();
        return new KeyTree(counted, leaves, next);
    }

    private static int indexOf(Bytes part, Bytes whole, int from) {
        for (var at = from; at + part.size() <= whole.size(); at++) {
            if (whole.slice(at, at + part.size()).equals(part)) {
                return at;
            }
        }
        return -1;
    }
}
