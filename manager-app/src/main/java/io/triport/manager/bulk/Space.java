package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.job.JobFailed;
import io.triport.manager.key.OwnKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A namespace as one person reaches it, within a unit or outside of any. */
record Space(Storage storage, Grant person, NamespaceTitle title) {
    /** How long a simple backup is kept. */
    private static final Duration KEPT = Duration.ofHours(24);

    /**
     * By its id, whatever it is called by now.
     *
     * @throws JobFailed where there is none any more
     */
    static Space of(Storage storage, Grant person, String namespace) {
        return storage.resources(person)
                .find(new NamespaceId(namespace))
                .map(found -> new Space(storage, person, found.title()))
                .orElseThrow(() -> new JobFailed("namespace_not_found", "The namespace is gone"));
    }

    KeyValueStore keys() {
        return storage.keyValue(person, title);
    }

    KeyCatalogue catalogue() {
        return storage.keyCatalogue(person);
    }

    boolean permits(Action action, KvKey key) {
        return person.permits(action, new ResourceName(title.text(), key.bytes()));
    }

    /** What is known of the live ones among at most 1,000 keys, as far as the person may know of them. */
    Map<KvKey, KeyRecord> records(List<KvKey> keys) {
        var own = keys.stream().filter(key -> permits(Action.KV_LIST, key)).toList();
        return own.isEmpty() ? Map.of() : catalogue().find(title, own);
    }

    /** The person's keys with a prefix, those behind a key. @param after null to begin */
    OwnKeys.Listing list(KeyPrefix prefix, @Nullable KvKey after, int most) {
        return OwnKeys.of(storage, person, title, prefix).after(after, most);
    }

    /** The live entries, in reads of what one read may bring. */
    Map<KvKey, KvEntry> entries(Map<KvKey, KeyRecord> records) {
        var entries = new HashMap<KvKey, KvEntry>();
        var together = new ArrayList<KvKey>();
        var bytes = 0L;
        for (var found : records.values()) {
            if (together.size() == KvLimits.GET_MANY_KEYS || bytes + found.size() > KvLimits.GET_MANY_BYTES) {
                entries.putAll(keys().getMany(together, KvRead.FRESH));
                together.clear();
                bytes = 0;
            }
            together.add(found.key());
            bytes += found.size();
        }
        if (!together.isEmpty()) {
            entries.putAll(keys().getMany(together, KvRead.FRESH));
        }
        return entries;
    }

    /** Keeps what is about to be overwritten or deleted. */
    void keep(Map<KvKey, KeyRecord> records, String operation, String user, Instant now) {
        var versions = new ArrayList<KeptVersion>();
        entries(records).forEach((key, entry) -> {
            var known = records.get(key);
            if (known != null) {
                versions.add(new KeptVersion(0, key, entry, known.labels(), operation, user, now, now.plus(KEPT)));
            }
        });
        if (!versions.isEmpty()) {
            storage.keyHistory(person).keep(title, versions);
        }
    }
}
