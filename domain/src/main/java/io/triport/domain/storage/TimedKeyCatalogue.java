package io.triport.domain.storage;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.IndexedKeys;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceTotals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalogue of keys whose calls are told to the log. */
final class TimedKeyCatalogue implements KeyCatalogue {
    private final KeyCatalogue catalogue;
    private final CallTimer timer;

    TimedKeyCatalogue(KeyCatalogue catalogue, CallTimer timer) {
        this.catalogue = catalogue;
        this.timer = timer;
    }

    @Override
    public Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys) {
        return timer.read("find", () -> catalogue.find(namespace, keys), found -> told("found", found.size()));
    }

    @Override
    public List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels) {
        return timer.change("label", () -> catalogue.label(namespace, labels), found -> told("missing", found.size()));
    }

    @Override
    public FoundKeys search(KeySearch search) {
        return timer.read("search", () -> catalogue.search(search), found -> told("found", found.total()));
    }

    @Override
    public KeyTree tree(KeyTree.Query query) {
        return timer.read(
                "tree",
                () -> catalogue.tree(query),
                found -> told("branches", found.branches().size()));
    }

    @Override
    public Map<KvKey, String> colors(NamespaceTitle namespace) {
        return timer.read("colors", () -> catalogue.colors(namespace), found -> told("keys", found.size()));
    }

    @Override
    public Optional<Instant> firstWritten(NamespaceTitle namespace) {
        return timer.read(
                "first-written", () -> catalogue.firstWritten(namespace), found -> told("found", found.isPresent()));
    }

    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        return timer.read("totals", () -> catalogue.totals(namespace), found -> told("keys", found.keys()));
    }

    @Override
    public NamespaceTotals totals(KeyArea area) {
        return timer.read("totals", () -> catalogue.totals(area), found -> told("keys", found.keys()));
    }

    @Override
    public IndexedKeys index(NamespaceTitle namespace) {
        return timer.changePatiently("index", () -> catalogue.index(namespace), found -> told("added", found.added()));
    }

    @Override
    public NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter) {
        return timer.read(
                "statistics",
                () -> catalogue.statistics(namespace, delimiter),
                found -> told("keys", found.totals().keys()));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
