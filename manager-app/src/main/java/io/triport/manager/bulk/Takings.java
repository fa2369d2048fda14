package io.triport.manager.bulk;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.storage.Storage;
import io.triport.manager.backup.ObjectPath;
import io.triport.manager.job.SystemAccess;
import java.util.ArrayList;
import java.util.List;

/** What keys would take the place of, where they go. */
final class Takings {
    private static final int MOST_KEYS = 100_000;
    /** Each is asked for by itself. */
    private static final int MOST_OBJECTS = 1_000;

    private Takings() {}

    /** Keys of the same names in another namespace. */
    record OfNamespace(Storage storage, Grant grant, Namespace target) implements DryRun.Taking {
        @Override
        public List<KvKey> among(List<KvKey> keys) {
            var own = keys.stream()
                    .filter(key -> grant.permits(
                            Action.KV_LIST, new ResourceName(target.title().text(), key.bytes())))
                    .toList();
            if (own.isEmpty()) {
                return own;
            }
            var taken = storage.keyCatalogue(grant).find(target.title(), own);
            return own.stream().filter(taken::containsKey).toList();
        }

        @Override
        public int most() {
            return MOST_KEYS;
        }
    }

    /** Objects that were made of other values. @param prefix in front of the keys, empty for none */
    record OfObjects(SystemAccess access, Namespace namespace, String prefix) implements DryRun.Taking {
        @Override
        public List<KvKey> among(List<KvKey> keys) {
            var taken = new ArrayList<KvKey>();
            access.under((system, files) -> {
                var bucket = BulkWorks.files(files, system);
                for (var key : keys) {
                    var place = ObjectPath.of(namespace.id().text(), prefix, key.text());
                    if (bucket.head(ObjectRef.current(place.key())) instanceof HeadOutcome.Found) {
                        taken.add(key);
                    }
                }
            });
            return taken;
        }

        @Override
        public int most() {
            return MOST_OBJECTS;
        }
    }
}
