package io.triport.storage.cloudflare;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvCursors;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A namespace of an account. Within a unit a listing shows what is known here; everywhere else, what the account has. */
final class CloudflareKeyValueStore implements KeyValueStore {
    /** Who asks for a minute gets one, though the clock goes on until it is written. */
    private static final Duration PASSED = Duration.ofSeconds(1);

    private final CloudflareEngine engine;
    private final NamespaceTitle namespace;

    CloudflareKeyValueStore(CloudflareEngine engine, NamespaceTitle namespace) {
        this.engine = engine;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        look(List.of(key));
        return local().get(key, read);
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        KvLimits.checkGetMany(keys);
        look(keys.stream().distinct().toList());
        return local().getMany(keys, read);
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        return write(store -> store.putWithin(key, entry, condition));
    }

    private KvPut putWithin(KvKey key, KvEntry entry, KvCondition condition) {
        requireLasting(entry.expiry(), now());
        if (!(condition instanceof KvCondition.Any)) {
            look(List.of(key));
        }
        var put = local().put(key, entry, condition);
        if (put instanceof KvPut.Stored) {
            wrote(List.of(key));
        }
        return put;
    }

    @Override
    public boolean delete(KvKey key) {
        return write(store -> store.deleteWithin(key));
    }

    private boolean deleteWithin(KvKey key) {
        look(List.of(key));
        var deleted = local().delete(key);
        wrote(List.of(key));
        return deleted;
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        KvLimits.checkPutMany(pairs);
        return write(store -> store.putManyWithin(pairs));
    }

    private BulkOutcome putManyWithin(List<KvPair> pairs) {
        var failed = new ArrayList<BulkOutcome.Failed>();
        var lasting = new ArrayList<KvPair>();
        for (var pair : pairs) {
            try {
                requireLasting(pair.entry().expiry(), now());
                lasting.add(pair);
            } catch (StorageFailure.Rejected e) {
                failed.add(new BulkOutcome.Failed(pair.key(), e.code()));
            }
        }
        if (lasting.isEmpty()) {
            here();
            return new BulkOutcome(0, failed);
        }
        var outcome = local().putMany(lasting);
        wrote(lasting.stream().map(KvPair::key).toList());
        failed.addAll(outcome.failed());
        return new BulkOutcome(outcome.done(), failed);
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        KvLimits.checkDeleteMany(keys);
        return write(store -> {
            var outcome = store.local().deleteMany(keys);
            store.wrote(keys);
            return outcome;
        });
    }

    @Override
    public KvPage list(KvQuery query) {
        if (engine.unit() != null) {
            return local().list(query);
        }
        var account = engine.account();
        return account.listings()
                .list(account.mirror().remote(here().id()), new KvCursors(engine.cursors(), namespace), query);
    }

    /** Makes sure that these keys are here what they are in the account. */
    private void look(List<KvKey> keys) {
        var unit = engine.unit();
        if (unit == null) {
            engine.account().refresh(here(), keys);
        } else {
            unit.read(engine.local(), namespace, keys);
        }
    }

    private void wrote(List<KvKey> keys) {
        var unit = engine.unit();
        if (unit == null) {
            throw new IllegalStateException("write: outside of a unit (expected: within one)");
        }
        unit.wrote(engine.local(), namespace, keys);
    }

    private <R> R write(Function<CloudflareKeyValueStore, R> work) {
        return engine.unit() == null
                ? engine.within(inner -> work.apply(new CloudflareKeyValueStore(inner, namespace)))
                : work.apply(this);
    }

    private Namespace here() {
        return engine.local().resources().find(namespace).orElseThrow(Mirror::unknown);
    }

    private KeyValueStore local() {
        return engine.local().keyValue(namespace);
    }

    private Instant now() {
        return engine.account().clock().instant();
    }

    /** The account takes nothing that ends within a minute. */
    private static void requireLasting(Expiry expiry, Instant now) {
        var settled = expiry.settled(now);
        if (settled instanceof Expiry.At(var moment)
                && Duration.between(now, moment).compareTo(CloudflareEngine.SHORTEST_LIFETIME.minus(PASSED)) < 0) {
            throw new StorageFailure.Rejected(
                    FailureCode.TTL_TOO_SHORT, "expiry: within a minute (expected: 60 s or more away)");
        }
    }
}
