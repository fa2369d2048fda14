package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.Paging;
import io.triport.manager.answer.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What an order would do, without doing it. */
record DryRun(Storage storage) {
    private static final int SAMPLE = 10;
    private static final int AT_ONCE = 1_000;

    ObjectNode of(Grant grant, Namespace namespace, KeySelection selection) {
        var found = storage.keyCatalogue(grant)
                .search(new KeySearch(
                        selection.in(grant, namespace.title()),
                        selection.filter(),
                        KeySearch.Order.NAME,
                        Paging.first(SAMPLE)));
        var sample = Json.array();
        found.keys().forEach(key -> sample.add(key.key().text()));
        var result = Json.object()
                .put("dry_run", true)
                .put("total", found.total())
                .put("existing", found.total())
                .put("missing", 0);
        result.set("sample", sample);
        result.set("conflicts", Json.array());
        return result;
    }

    /** @param targets namespaces in which a key of the same name is a conflict */
    ObjectNode of(Grant grant, Namespace namespace, List<String> names, List<Namespace> targets) {
        var existing = 0;
        var forbidden = 0;
        var conflicting = 0;
        var sample = Json.array();
        var conflicts = Json.array();
        for (var some : chunks(names)) {
            var keys = own(grant, namespace, some);
            forbidden += some.size() - keys.size();
            if (keys.isEmpty()) {
                continue;
            }
            var there = storage.keyCatalogue(grant).find(namespace.title(), keys);
            existing += there.size();
            for (var key : keys) {
                if (there.containsKey(key) && sample.size() < SAMPLE) {
                    sample.add(key.text());
                }
            }
            for (var target : targets) {
                var taken = storage.keyCatalogue(grant).find(target.title(), own(grant, target, keys));
                conflicting += taken.size();
                for (var key : taken.keySet()) {
                    if (conflicts.size() < SAMPLE) {
                        conflicts.add(key.text());
                    }
                }
            }
        }
        var result = Json.object()
                .put("dry_run", true)
                .put("total", names.size())
                .put("existing", existing)
                .put("missing", new LinkedHashSet<>(names).size() - existing - forbidden)
                .put("forbidden", forbidden)
                .put("conflicting", conflicting);
        result.set("sample", sample);
        result.set("conflicts", conflicts);
        return result;
    }

    private static List<KvKey> own(Grant grant, Namespace namespace, List<KvKey> keys) {
        return keys.stream()
                .filter(key -> grant.permits(
                        Action.KV_LIST, new ResourceName(namespace.title().text(), key.bytes())))
                .toList();
    }

    private static List<List<KvKey>> chunks(List<String> names) {
        var chunks = new ArrayList<List<KvKey>>();
        var keys = new ArrayList<KvKey>();
        for (var name : new LinkedHashSet<>(names)) {
            try {
                keys.add(KvKey.of(name));
            } catch (StorageFailure e) {
                continue; // no key can have this name
            }
            if (keys.size() == AT_ONCE) {
                chunks.add(List.copyOf(keys));
                keys.clear();
            }
        }
        if (!keys.isEmpty()) {
            chunks.add(keys);
        }
        return chunks;
    }
}
