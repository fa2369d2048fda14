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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** Of the keys that may be listed. */
    @Override
    public Map<KvKey, String> colors(NamespaceTitle namespace) {
        var container = ResourceName.container(namespace.text());
        if (guard.permits(Action.KV_LIST, container)) {
            return catalogue.colors(namespace);
        }
        guard.require(Action.NAMESPACE_FIND, container);
        return catalogue.colors(namespace).entrySet().stream()
                .filter(colored -> guard.permits(
                        Action.KV_LIST,
                        new ResourceName(namespace.text(), colored.getKey().bytes())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Nothing for whoever may know of a part only. */
    @Override
    public Optional<Instant> firstWritten(NamespaceTitle namespace) {
        var container = ResourceName.container(namespace.text());
        guard.require(Action.NAMESPACE_FIND, container);
        return knowsAll(container) ? catalogue.firstWritten(namespace) : Optional.empty();
    }

    /** Of the keys that may be listed; of all for whoever may read all that was done with them. */
    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        var container = ResourceName.container(namespace.text());
        guard.require(Action.NAMESPACE_FIND, container);
        if (knowsAll(container)) {
            return catalogue.totals(namespace);
        }
        return guard.grant().prefixes(Action.KV_LIST, namespace.text()).stream()
                .map(prefix -> catalogue.totals(new KeyArea(namespace, prefix)))
                .reduce(NamespaceTotals.EMPTY, NamespaceTotals::plus);
    }

    @Override
    public NamespaceTotals totals(KeyArea area) {
        requireList(area);
        return catalogue.totals(area);
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

    private boolean knowsAll(ResourceName container) {
        return guard.permits(Action.KV_LIST, container) || guard.permits(Action.AUDIT_READ, container);
    }

    private void requireList(KeyArea area) {
        guard.require(
                Action.KV_LIST,
                new ResourceName(area.namespace().text(), area.prefix().bytes()));
    }
}
