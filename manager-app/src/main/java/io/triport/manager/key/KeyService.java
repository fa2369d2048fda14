package io.triport.manager.key;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import io.triport.manager.namespace.Namespaces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Every write of a key. Finds the namespace by its id within the same unit as the write, so that a title which has gone to another
 * namespace meanwhile leads nowhere. Safe for many threads.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class KeyService {
    private final Storage storage;
    private final Namespaces namespaces;

    KeyService(Storage storage, Namespaces namespaces) {
        this.storage = storage;
        this.namespaces = namespaces;
    }

    /** What a key should be, once it is known what it is. */
    @FunctionalInterface
    public interface Change extends UnaryOperator<KvEntry> {}

    /**
     * Replaces an entry whatever it was.
     *
     * @return its version
     */
    public KvVersion put(Author by, Namespace namespace, KvPair pair) {
        return write(by, namespace, store -> stored(store.put(pair.key(), pair.entry(), KvCondition.ANY)));
    }

    /**
     * Replaces an entry if it is what the condition says.
     *
     * @param change gets the present entry, or an empty one of no version
     * @throws io.triport.manager.answer.Refused VERSION_CONFLICT
     */
    public KvVersion put(Author by, Namespace namespace, KvKey key, KvCondition condition, Change change) {
        return write(by, namespace, store -> {
            var present = store.get(key);
            if (!condition.holds(present.map(KvEntry::version).orElse(KvVersion.NONE))) {
                throw Problem.VERSION_CONFLICT.refused();
            }
            var next = change.apply(present.orElse(KvEntry.of("")));
            return stored(store.put(key, next, condition));
        });
    }

    private static KvVersion stored(KvPut outcome) {
        return switch (outcome) {
            case KvPut.Stored(var version) -> version;
            case KvPut.Refused refused -> throw Problem.VERSION_CONFLICT.refused();
        };
    }

    /**
     * Whether a live entry was removed.
     *
     * @throws io.triport.manager.answer.Refused VERSION_CONFLICT
     */
    public boolean delete(Author by, Namespace namespace, KvKey key, KvCondition condition) {
        return write(by, namespace, store -> {
            if (!(condition instanceof KvCondition.Any)
                    && !condition.holds(store.get(key).map(KvEntry::version).orElse(KvVersion.NONE))) {
                throw Problem.VERSION_CONFLICT.refused();
            }
            return store.delete(key);
        });
    }

    /** Puts any number of pairs, as one. */
    public BulkOutcome putAll(Author by, Namespace namespace, List<KvPair> pairs) {
        return pairs.isEmpty() ? new BulkOutcome(0, List.of()) : write(by, namespace, store -> store.putMany(pairs));
    }

    /** Deletes any number of keys, as one. */
    public BulkOutcome deleteAll(Author by, Namespace namespace, List<KvKey> keys) {
        return keys.isEmpty() ? new BulkOutcome(0, List.of()) : write(by, namespace, store -> store.deleteMany(keys));
    }

    /**
     * Gives an entry another name.
     *
     * @throws io.triport.manager.answer.Refused KEY_NOT_FOUND, KEY_TAKEN
     */
    public void rename(Author by, Namespace namespace, KvKey from, KvKey to) {
        write(by, namespace, store -> {
            var entry = store.get(from).orElseThrow(Problem.KEY_NOT_FOUND::refused);
            if (store.put(to, entry, KvCondition.IF_ABSENT) instanceof KvPut.Refused) {
                throw Problem.KEY_TAKEN.refused();
            }
            return store.delete(from);
        });
    }

    private <R> R write(Author by, Namespace namespace, Function<KeyValueStore, R> work) {
        return storage.together(by.grant(), unit -> {
            var now = namespaces.require(unit, by.grant(), namespace.id().text());
            try {
                return work.apply(unit.keyValue(by.grant(), now.title()));
            } catch (StorageFailure.Rejected e) {
                throw e.code() == FailureCode.NOT_FOUND ? Problem.NAMESPACE_NOT_FOUND.refused() : e;
            }
        });
    }
}
