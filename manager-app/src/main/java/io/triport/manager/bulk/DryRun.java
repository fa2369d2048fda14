package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import io.triport.manager.key.KeySpace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** What an order would do, without doing it. */
record DryRun(Storage storage) {
    private static final int SAMPLE = 10;
    private static final int AT_ONCE = 1_000;

    /** Which of some keys would take the place of something. */
    interface Taking {
        /** None ever. */
        Taking NOTHING = new Taking() {
            @Override
            public List<KvKey> among(List<KvKey> keys) {
                return List.of();
            }

            @Override
            public int most() {
                return 0;
            }
        };

        /** @param keys at most 1,000 */
        List<KvKey> among(List<KvKey> keys);

        /** So many keys are looked at, for an answer does not wait for all of a large namespace. */
        int most();
    }

    ObjectNode of(Grant grant, Namespace namespace, KeySelection selection, Taking taking) {
        var found = storage.keyCatalogue(grant)
                .search(new KeySearch(
                        selection.in(grant, namespace.title()),
                        selection.filter(),
                        KeySearch.Order.NAME,
                        Paging.first(SAMPLE)));
        var sample = Json.array();
        found.keys().forEach(key -> sample.add(key.key().text()));
        var conflicts = new Conflicts(taking);
        var walk = new WalkedKeys(new KeySpace(storage, grant, namespace.title()), selection, Json.object());
        for (var last = !conflicts.goesOn(); !last; ) {
            var page = walk.next(AT_ONCE);
            conflicts.look(page.items().stream()
                    .flatMap(item -> Stream.ofNullable(item.key()))
                    .toList());
            last = page.last() || !conflicts.goesOn();
        }
        var result = Json.object()
                .put("dry_run", true)
                .put("total", found.total())
                .put("existing", found.total())
                .put("missing", 0);
        result.set("sample", sample);
        return conflicts.into(result, found.total());
    }

    ObjectNode of(Grant grant, Namespace namespace, List<String> names, Taking taking) {
        var existing = 0;
        var forbidden = 0;
        var sample = Json.array();
        var conflicts = new Conflicts(taking);
        for (var some : chunks(names)) {
            var keys = own(grant, namespace, some);
            forbidden += some.size() - keys.size();
            if (keys.isEmpty()) {
                continue;
            }
            var found = storage.keyCatalogue(grant).find(namespace.title(), keys);
            var there = keys.stream().filter(found::containsKey).toList();
            existing += there.size();
            there.stream().limit(SAMPLE - sample.size()).forEach(key -> sample.add(key.text()));
            conflicts.look(there);
        }
        var result = Json.object()
                .put("dry_run", true)
                .put("total", names.size())
                .put("existing", existing)
                .put("missing", new LinkedHashSet<>(names).size() - existing - forbidden)
                .put("forbidden", forbidden);
        result.set("sample", sample);
        return conflicts.into(result, existing);
    }

    /** What was found to be in the way. */
    private static final class Conflicts {
        private final Taking taking;
        private final ArrayNode named = Json.array();
        private long looked;
        private long count;

        private Conflicts(Taking taking) {
            this.taking = taking;
        }

        private boolean goesOn() {
            return looked < taking.most();
        }

        private void look(List<KvKey> keys) {
            var some = keys.subList(0, (int) Math.min(keys.size(), taking.most() - looked));
            if (some.isEmpty()) {
                return;
            }
            looked += some.size();
            var taken = taking.among(some);
            count += taken.size();
            taken.stream().limit(SAMPLE - named.size()).forEach(key -> named.add(key.text()));
        }

        /** @param all keys that there are */
        private ObjectNode into(ObjectNode result, long all) {
            result.put("conflicting", count).put("conflicts_complete", taking.most() == 0 || looked >= all);
            return result.set("conflicts", named);
        }
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
