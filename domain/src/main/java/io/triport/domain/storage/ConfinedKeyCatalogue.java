package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.ResourceName;
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
import java.util.List;
import java.util.Map;

/** What is known of the keys that a grant may list. A search that reaches further is refused and not cut. */
final class ConfinedKeyCatalogue implements KeyCatalogue {
    private final KeyCatalogue catalogue;
    private final GrantGuard guard;

    ConfinedKeyCatalogue(KeyCatalogue catalogue, GrantGuard guard) {
        this.catalogue = catalogue;
        this.guard = guard;
    }

    @Override
    public Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys) {
        guard.requireLive();
        keys.forEach(key -> guard.require(Action.KV_LIST, new ResourceName(namespace.text(), key.bytes())));
        return catalogue.find(namespace, keys);
    }

    @Override
    public List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels) {
        guard.requireLive();
        labels.keySet()
                .forEach(key -> guard.require(Action.KEY_LABEL, new ResourceName(namespace.text(), key.bytes())));
        return catalogue.label(namespace, labels);
    }

    @Override
    public FoundKeys search(KeySearch search) {
        guard.requireLive();
        search.areas().forEach(this::requireList);
        return catalogue.search(search);
    }

    @Override
    public KeyTree tree(KeyTree.Query query) {
        requireList(query.area());
        return catalogue.tree(query);
    }

    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        guard.require(Action.NAMESPACE_FIND, ResourceName.container(namespace.text()));
        return catalogue.totals(namespace);
    }

    @Override
    public IndexedKeys index(NamespaceTitle namespace) {
        requireList(new KeyArea(namespace, KeyPrefix.EVERY));
        return catalogue.index(namespace);
    }

    @Override
    public NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter) {
        requireList(new KeyArea(namespace, KeyPrefix.EVERY));
        return catalogue.statistics(namespace, delimiter);
    }

    private void requireList(KeyArea area) {
        guard.require(
                Action.KV_LIST,
                new ResourceName(area.namespace().text(), area.prefix().bytes()));
    }
}
