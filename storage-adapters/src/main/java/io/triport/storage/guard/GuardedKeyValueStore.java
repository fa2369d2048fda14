package io.triport.storage.guard;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A namespace of which no key is written too often. A write that changed nothing is none. */
final class GuardedKeyValueStore implements KeyValueStore {
    private final KeyValueStore store;
    private final Supplier<Writes> writes;
    private final NamespaceTitle namespace;

    GuardedKeyValueStore(KeyValueStore store, Supplier<Writes> writes, NamespaceTitle namespace) {
        this.store = store;
        this.writes = writes;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        return store.get(key, read);
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        return store.getMany(keys, read);
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        return once(key, () -> store.put(key, entry, condition), KvPut.Stored.class::isInstance);
    }

    @Override
    public boolean delete(KvKey key) {
        return once(key, () -> store.delete(key), removed -> removed);
    }

    private <R> R once(KvKey key, Supplier<R> write, Function<R, Boolean> changed) {
        var own = writes.get();
        var mine = own.require(name(key)) == Writes.Taken.NOW;
        var happened = false;
        try {
            var outcome = write.get();
            happened = changed.apply(outcome);
            return outcome;
        } finally {
            if (mine && !happened) {
                own.giveBack(name(key));
            }
        }
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        KvLimits.checkPutMany(pairs);
        return some(pairs, KvPair::key, store::putMany);
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        KvLimits.checkDeleteMany(keys);
        return some(keys, key -> key, store::deleteMany);
    }

    /** Those that come too soon fail by themselves. */
    private <M> BulkOutcome some(List<M> members, Function<M, KvKey> key, Function<List<M>, BulkOutcome> write) {
        var own = writes.get();
        var mine = new HashSet<KvKey>();
        var failed = new ArrayList<BulkOutcome.Failed>();
        var rest = new ArrayList<M>();
        for (var member : members) {
            var name = key.apply(member);
            switch (own.take(name(name))) {
                case NOW -> {
                    mine.add(name);
                    rest.add(member);
                }
                case BEFORE -> rest.add(member);
                case TOO_SOON -> failed.add(new BulkOutcome.Failed(name, FailureCode.THROTTLED));
            }
        }
        if (rest.isEmpty()) {
            return new BulkOutcome(0, failed);
        }
        var kept = new HashSet<KvKey>();
        try {
            var outcome = write.apply(rest);
            kept.addAll(mine);
            outcome.failed().forEach(each -> kept.remove(each.key()));
            failed.addAll(outcome.failed());
            return new BulkOutcome(outcome.done(), failed);
        } finally {
            mine.removeAll(kept);
            mine.forEach(name -> own.giveBack(name(name)));
        }
    }

    @Override
    public KvPage list(KvQuery query) {
        return store.list(query);
    }

    private LastWrites.Name name(KvKey key) {
        return new LastWrites.Name(namespace, key);
    }
}
