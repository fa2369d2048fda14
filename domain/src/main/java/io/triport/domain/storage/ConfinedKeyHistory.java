package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.VersionSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The history of the keys that a grant reaches: it may see versions of what it may read, and keep those of what it may change. */
final class ConfinedKeyHistory implements KeyHistory {
    private final KeyHistory history;
    private final GrantGuard guard;

    ConfinedKeyHistory(KeyHistory history, GrantGuard guard) {
        this.history = history;
        this.guard = guard;
    }

    @Override
    public void keep(NamespaceTitle namespace, List<KeptVersion> versions) {
        guard.requireLive();
        versions.forEach(version -> requireChange(namespace, version.key()));
        history.keep(namespace, versions);
    }

    @Override
    public List<VersionSummary> versions(NamespaceTitle namespace, KvKey key, long before, int limit) {
        guard.require(Action.KV_GET, name(namespace, key.bytes()));
        return history.versions(namespace, key, before, limit);
    }

    /** Those of the keys that may be listed. */
    @Override
    public List<VersionSummary> deleted(NamespaceTitle namespace, long before, int limit) {
        guard.requireLive();
        if (guard.grant().prefixes(Action.KV_LIST, namespace.text()).isEmpty()) {
            throw new StorageFailure.AccessDenied("grant: does not permit " + Action.KV_LIST.scope());
        }
        var own = new ArrayList<VersionSummary>();
        var from = before;
        while (own.size() < limit) {
            var page = history.deleted(namespace, from, limit);
            page.stream()
                    .filter(version -> guard.permits(
                            Action.KV_LIST, name(namespace, version.key().bytes())))
                    .limit(limit - own.size())
                    .forEach(own::add);
            if (page.size() < limit) {
                break;
            }
            from = page.getLast().number();
        }
        return List.copyOf(own);
    }

    @Override
    public Optional<KeptVersion> find(NamespaceTitle namespace, KvKey key, long number) {
        guard.require(Action.KV_GET, name(namespace, key.bytes()));
        return history.find(namespace, key, number);
    }

    @Override
    public boolean remove(NamespaceTitle namespace, KvKey key, long number) {
        requireChange(namespace, key);
        return history.remove(namespace, key, number);
    }

    @Override
    public void move(NamespaceTitle namespace, KvKey from, KvKey to) {
        requireChange(namespace, from);
        requireChange(namespace, to);
        history.move(namespace, from, to);
    }

    @Override
    public int trim(NamespaceTitle namespace, KvKey key, int most) {
        requireChange(namespace, key);
        return history.trim(namespace, key, most);
    }

    @Override
    public int forget(Instant now, int most) {
        guard.require(Action.SPACE_RECLAIM, ResourceName.container(""));
        return history.forget(now, most);
    }

    private void requireChange(NamespaceTitle namespace, KvKey key) {
        guard.requireLive();
        var resource = name(namespace, key.bytes());
        if (!guard.permits(Action.KV_PUT, resource) && !guard.permits(Action.KV_DELETE, resource)) {
            throw new StorageFailure.AccessDenied(
                    "grant: permits neither " + Action.KV_PUT.scope() + " nor " + Action.KV_DELETE.scope());
        }
    }

    private static ResourceName name(NamespaceTitle namespace, Bytes key) {
        return new ResourceName(namespace.text(), key);
    }
}
