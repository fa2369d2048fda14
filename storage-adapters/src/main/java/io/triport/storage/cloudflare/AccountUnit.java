package io.triport.storage.cloudflare;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.DocumentName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One unit of writes with what it needs of the account before and what it owes it after. For one thread at a time. */
final class AccountUnit {
    /*
     * Beginning again
     *
     * While a unit is open others may have to wait for it, so it never waits for the account. When it asks for a key that was not
     * looked at for it, it ends, the key is brought here, and it begins again; what was looked at stays so. A new namespace gets its
     * id from the account, so it is made there first, and taken back when the unit comes to nothing.
     */
    private final Settling settling;
    private final Mirror mirror;
    private final KnownNamespaces namespaces;
    private final Set<Change.Place> lookedAt = new HashSet<>();
    private final Map<NamespaceTitle, Namespace> made = new HashMap<>();
    private final Map<NamespaceId, Set<KvKey>> keys = new LinkedHashMap<>();
    private final Map<NamespaceId, Change.Kind> changed = new LinkedHashMap<>();
    private final List<Change.Place> held = new ArrayList<>();
    private final Map<DocumentName, Change> written = new LinkedHashMap<>();

    AccountUnit(Settling settling, Mirror mirror, KnownNamespaces namespaces) {
        this.settling = settling;
        this.mirror = mirror;
        this.namespaces = namespaces;
    }

    /** Keys that the unit reads. @throws Beforehand unless all were looked at or written by it */
    void read(StorageEngine inner, NamespaceTitle title, List<KvKey> some) {
        var namespace = inner.resources().find(title).orElseThrow(Mirror::unknown);
        if (made.containsValue(namespace)) {
            return;
        }
        var own = keys.getOrDefault(namespace.id(), Set.of());
        var unseen = some.stream()
                .filter(key -> !own.contains(key) && !lookedAt.contains(Change.Place.of(namespace.id(), key)))
                .toList();
        if (!unseen.isEmpty()) {
            throw new Beforehand(() -> {
                mirror.refresh(namespace.id(), unseen);
                unseen.forEach(key -> lookedAt.add(Change.Place.of(namespace.id(), key)));
            });
        }
    }

    /** Keys that the unit has written. */
    void wrote(StorageEngine inner, NamespaceTitle title, List<KvKey> some) {
        var namespace =
                inner.resources().find(title).orElseThrow(Mirror::unknown).id();
        var own = keys.computeIfAbsent(namespace, any -> new LinkedHashSet<>());
        for (var key : some) {
            if (own.add(key)) {
                hold(Change.Place.of(namespace, key));
            }
        }
    }

    /** The namespace that was made for the unit. */
    Optional<Namespace> made(NamespaceTitle title) {
        return Optional.ofNullable(made.get(title));
    }

    Beforehand making(NamespaceTitle title) {
        return new Beforehand(() -> made.put(title, namespaces.make(title)));
    }

    void renamed(NamespaceId namespace) {
        changed(namespace, Change.Kind.RENAMED);
    }

    void dropped(NamespaceId namespace) {
        changed(namespace, Change.Kind.DROPPED);
    }

    private void changed(NamespaceId namespace, Change.Kind kind) {
        if (changed.put(namespace, kind) == null) {
            hold(Change.Place.of(namespace));
        }
    }

    private void hold(Change.Place place) {
        settling.unsettled().hold(place);
        held.add(place);
    }

    /** Writes down within the unit what is owed. */
    void writeDown(StorageEngine inner) {
        changed.forEach((namespace, kind) -> writeDown(inner, new Change(namespace, kind, List.of())));
        keys.forEach((namespace, all) -> {
            var list = List.copyOf(all);
            for (var from = 0; from < list.size(); from += Change.MOST_KEYS) {
                var some = list.subList(from, Math.min(list.size(), from + Change.MOST_KEYS));
                writeDown(inner, new Change(namespace, Change.Kind.KEYS, some));
            }
        });
    }

    private void writeDown(StorageEngine inner, Change change) {
        written.put(settling.writeDown(inner, change), change);
    }

    /** It came to nothing this time. */
    void ended() {
        settling.unsettled().release(held);
        held.clear();
        keys.clear();
        changed.clear();
        written.clear();
    }

    /**
     * It has committed: pays what is owed.
     *
     * @throws StorageFailure of what the account does not take, or OUTCOME_UNKNOWN for what it cannot take now
     */
    void committed() {
        made.clear();
        settling.settle(written);
    }

    /** Nobody begins it again. What was made for it, and it has not come to anything, goes. */
    void over() {
        ended();
        made.values().forEach(namespaces::unmake);
    }
}
