package io.triport.domain.table;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of live keys beside their values. A row is there from the moment its key is, by whatever way the key was written,
 * and goes with it. Safe for many threads.
 *
 * <p>Every method throws {@link StorageFailure.Rejected} NOT_FOUND when a namespace does not exist, and {@link
 * StorageFailure.Unavailable} when the store does not answer.
 */
public interface KeyCatalogue {
    /** The live ones among 1 to 1,000 keys; another is absent from the map. */
    Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys);

    /** Replaces the labels of each key that is live. @return the keys that are not, and have no labels now either */
    List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels);

    /** A page of the live keys that match, and how many there are. Sees every answered write. */
    FoundKeys search(KeySearch search);

    /** One level of the keys as a tree. */
    KeyTree tree(KeyTree.Query query);

    /** The colours of the live keys that have one. */
    Map<KvKey, String> colors(NamespaceTitle namespace);

    NamespaceTotals totals(NamespaceTitle namespace);

    /** A moment before which no live key came to be, and at which one came; empty where nothing is known. */
    Optional<Instant> firstWritten(NamespaceTitle namespace);

    /** What {@link #totals(NamespaceTitle)} tells, of a part of a namespace. Reads all of its rows, but no value; this one does so page by page. */
    default NamespaceTotals totals(KeyArea area) {
        var totals = NamespaceTotals.EMPTY;
        var offset = 0L;
        while (true) {
            var page = search(new KeySearch(
                    List.of(area), KeyFilter.EVERY, KeySearch.Order.NAME, new Paging(Paging.MOST, offset)));
            for (var row : page.keys()) {
                totals = totals.plus(NamespaceTotals.of(row));
            }
            offset += page.keys().size();
            if (page.keys().isEmpty() || offset >= page.total()) {
                return totals;
            }
        }
    }

    /**
     * Brings the rows in step with keys that were written past this catalogue, where that can be. May take as long as reading all
     * keys does.
     */
    default IndexedKeys index(NamespaceTitle namespace) {
        return new IndexedKeys(totals(namespace).keys(), 0, 0);
    }

    /** @param delimiter ends the prefixes that are counted; 1 to 16 characters */
    NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter);
}
