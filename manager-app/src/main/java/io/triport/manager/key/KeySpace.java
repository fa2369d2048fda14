package io.triport.manager.key;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys of a namespace as one person reaches them, within a unit or outside of any. */
public record KeySpace(Storage storage, Grant grant, NamespaceTitle title) {
    public KeyValueStore keys() {
        return storage.keyValue(grant, title);
    }

    public KeyCatalogue catalogue() {
        return storage.keyCatalogue(grant);
    }

    public boolean permits(Action action, KvKey key) {
        return grant.permits(action, new ResourceName(title.text(), key.bytes()));
    }

    /** What is known of the live ones among at most 1,000 keys, as far as the person may know of them. */
    public Map<KvKey, KeyRecord> records(List<KvKey> keys) {
        var own = keys.stream().filter(key -> permits(Action.KV_LIST, key)).toList();
        return own.isEmpty() ? Map.of() : catalogue().find(title, own);
    }

    /** The person's keys with a prefix, those behind a key. @param after null to begin */
    public OwnKeys.Listing list(KeyPrefix prefix, @Nullable KvKey after, int most) {
        return OwnKeys.of(storage, grant, title, prefix).after(after, most);
    }

    /** The live entries, in reads of what one read may bring. */
    public Map<KvKey, KvEntry> entries(Map<KvKey, KeyRecord> records) {
        var entries = new HashMap<KvKey, KvEntry>();
        eachRead(records, entries::putAll);
        return entries;
    }

    /** The same without having all of them at once. */
    void eachRead(Map<KvKey, KeyRecord> records, Consumer<Map<KvKey, KvEntry>> taker) {
        var together = new ArrayList<KvKey>();
        var bytes = 0L;
        for (var found : records.values()) {
            if (together.size() == KvLimits.GET_MANY_KEYS || bytes + found.size() > KvLimits.GET_MANY_BYTES) {
                read(together, taker);
                together.clear();
                bytes = 0;
            }
            together.add(found.key());
            bytes += found.size();
        }
        read(together, taker);
    }

    private void read(List<KvKey> together, Consumer<Map<KvKey, KvEntry>> taker) {
        if (!together.isEmpty()) {
            taker.accept(keys().getMany(together, KvRead.FRESH));
        }
    }
}
