package io.triport.domain.storage;

import java.util.HashMap;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.FoundKeys;
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

    /** Those of the keys that may be listed. */
    @Override
    public Map<KvKey, String> colors(NamespaceTitle namespace) {
        guard.requireLive();
        if (guard.grant().prefixes(Action.KV_LIST, namespace.text()).isEmpty()) {
            throw new StorageFailure.AccessDenied("grant: does not permit " + Action.KV_LIST.scope());
        }
        var own = new HashMap<>(catalogue.colors(namespace));
        own.keySet().removeIf(key -> !guard.permits(Action.KV_LIST, new ResourceName(namespace.text(), key.bytes())));
        return Map.copyOf(own);
    }

    /** Tells who may see a part of the keys nothing. */
    @Override
    public Optional<Instant> firstWritten(NamespaceTitle namespace) {
        guard.require(Action.NAMESPACE_FIND, ResourceName.container(namespace.text()));
        return whole(namespace) ? catalogue.firstWritten(namespace) : Optional.empty();
    }

    /** Whether all keys may be listed, or all that was done with them read. */
    private boolean whole(NamespaceTitle namespace) {
        var container = ResourceName.container(namespace.text());
        return guard.permits(Action.KV_LIST, container) || guard.permits(Action.AUDIT_READ, container);
    }

    /** Of the keys that may be listed; of all for whoever may read all that was done with them. */
    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        guard.require(Action.NAMESPACE_FIND, ResourceName.container(namespace.text()));
        if (whole(namespace)) {
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
