package io.triport.storage.cloudflare;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps keys alike here and in the account. Safe for many threads. */
final class Mirror {
    /*
     * Two directions
     *
     * A read brings the key here first, as the account has it. A write commits here, with a document that names its keys, and is
     * then brought there; the document goes when that has been done. Only the names are written down, because what is brought is
     * what lies here by then: doing it twice, or after a newer write, does no harm.
     *
     * Their order
     *
     * A read that asked the account before a write was brought there must not put the old value over the new one. So it notes the
     * version here before it asks and changes nothing of another version, and it leaves alone what is unsettled after that. A write
     * marks its keys as unsettled before it commits, and until they are there. A key that is not here has no version that would
     * tell that it came and went meanwhile, so a read also leaves alone what anybody has marked since it began.
     */
    private static final int READ_AT_ONCE = 100;
    private static final int FOUND_AT_ONCE = 1_000;
    private static final long SENT_AT_ONCE_BYTES = 20_000_000;

    /** The account counts in whole seconds, from when it gets a lifetime. */
    private static final Duration SAME_END = Duration.ofSeconds(2);

    private final StorageEngine local;
    private final Calls calls;
    private final Unsettled unsettled;
    private final Clock clock;
    private final Randomness randomness;
    private final KeyLocks locks = new KeyLocks();

    Mirror(StorageEngine local, Calls calls, Unsettled unsettled, Clock clock, Randomness randomness) {
        this.local = local;
        this.calls = calls;
        this.unsettled = unsettled;
        this.clock = clock;
        this.randomness = randomness;
    }

    RemoteKeys remote(NamespaceId namespace) {
        return new RemoteKeys(calls, namespace, randomness);
    }

    /** Makes keys here what they are there. @throws StorageFailure.Rejected NOT_FOUND when there is no such namespace */
    void refresh(NamespaceId namespace, List<KvKey> keys) {
        for (var from = 0; from < keys.size(); from += READ_AT_ONCE) {
            refreshSome(namespace, keys.subList(from, Math.min(keys.size(), from + READ_AT_ONCE)));
        }
    }

    private void refreshSome(NamespaceId namespace, List<KvKey> keys) {
        var title = title(namespace).orElseThrow(Mirror::unknown);
        var left = keys.stream()
                .filter(key -> unsettled.hasLeft(Change.Place.of(namespace, key)))
                .toList();
        if (!left.isEmpty()) {
            bring(namespace, left);
        }
        var places = keys.stream().map(key -> Change.Place.of(namespace, key)).toList();
        try (var look = unsettled.look(places)) {
            refreshSome(namespace, title, keys, look);
        }
    }

    private void refreshSome(NamespaceId namespace, NamespaceTitle title, List<KvKey> keys, Unsettled.Look look) {
        var before = records(title, keys);
        // After the versions were noted: what is written from now on has another one, and what was before is unsettled
        // or there.
        var settled = keys.stream()
                .filter(key -> !unsettled.has(Change.Place.of(namespace, key)))
                .toList();
        if (settled.isEmpty()) {
            return;
        }
        var found = remote(namespace).getMany(settled);
        if (found.isEmpty()) {
            // One after the other, so that no more of them are in memory than of one answer.
            refreshSome(namespace, settled.subList(0, settled.size() / 2));
            refreshSome(namespace, settled.subList(settled.size() / 2, settled.size()));
            return;
        }
        var there = found.get();
        var store = local.keyValue(title);
        var different = new HashMap<KvKey, KvVersion>();
        for (var key : settled) {
            var known = before.get(key);
            var version = known == null ? KvVersion.NONE : known.version();
            if (!alike(store.get(key), live(there, key))) {
                different.put(key, version);
            }
        }
        if (!different.isEmpty()) {
            local.together(inner -> {
                var unit = inner.keyValue(title);
                different.forEach((key, version) -> {
                    var place = Change.Place.of(namespace, key);
                    // Read first: whoever writes it now waits, or has marked it.
                    var same = unit.get(key)
                            .map(KvEntry::version)
                            .orElse(KvVersion.NONE)
                            .equals(version);
                    if (same && !look.written(place)) {
                        take(unit, key, live(there, key));
                        unsettled.wrote(place);
                    }
                });
                return different.size();
            });
        }
    }

    private Map<KvKey, KeyRecord> records(NamespaceTitle title, List<KvKey> keys) {
        return local.tables().keyCatalogue().find(title, keys);
    }

    private Optional<KvEntry> live(Map<KvKey, KvEntry> there, KvKey key) {
        return Optional.ofNullable(there.get(key)).filter(entry -> entry.liveAt(clock.instant()));
    }

    private static boolean alike(Optional<KvEntry> here, Optional<KvEntry> there) {
        if (here.isEmpty() || there.isEmpty()) {
            return here.isEmpty() && there.isEmpty();
        }
        return here.get().value().equals(there.get().value())
                && here.get().metadata().equals(there.get().metadata())
                && alike(here.get().expiry(), there.get().expiry());
    }

    static boolean alike(Expiry one, Expiry other) {
        return one instanceof Expiry.At(var here) && other instanceof Expiry.At(var there)
                ? Duration.between(here, there).abs().compareTo(SAME_END) <= 0
                : one.equals(other);
    }

    private static void take(KeyValueStore store, KvKey key, Optional<KvEntry> there) {
        if (there.isPresent()) {
            store.put(key, there.get(), KvCondition.ANY);
        } else {
            store.delete(key);
        }
    }

    /**
     * Makes keys there what they are here.
     *
     * @throws StorageFailure.Unavailable when the account cannot take it now; another failure when it never will
     */
    void bring(NamespaceId namespace, List<KvKey> keys) {
        var places = keys.stream().map(key -> Change.Place.of(namespace, key)).toList();
        locks.locked(
                places, () -> title(namespace).ifPresent(title -> new Bringing(title, remote(namespace)).all(keys)));
    }

    /** One way to the account. */
    private final class Bringing {
        private final NamespaceTitle title;
        private final RemoteKeys remote;
        private final List<KvPair> puts = new ArrayList<>();
        private final List<KvKey> deletes = new ArrayList<>();
        private long bytes;

        private Bringing(NamespaceTitle title, RemoteKeys remote) {
            this.title = title;
            this.remote = remote;
        }

        private void all(List<KvKey> keys) {
            var store = local.keyValue(title);
            for (var key : keys) {
                var entry = store.get(key);
                if (entry.isEmpty()) {
                    deletes.add(key);
                    continue;
                }
                var pair = new KvPair(key, entry.get());
                if (bytes + pair.size() > SENT_AT_ONCE_BYTES) {
                    put();
                }
                puts.add(pair);
                bytes += pair.size();
            }
            put();
            delete();
        }

        private void put() {
            if (puts.size() == 1) {
                remote.put(puts.getFirst(), clock.instant());
            } else if (!puts.isEmpty() && !remote.putMany(puts, clock.instant()).isEmpty()) {
                throw notAll();
            }
            puts.clear();
            bytes = 0;
        }

        private void delete() {
            if (deletes.size() == 1) {
                remote.delete(deletes.getFirst());
            } else if (!deletes.isEmpty() && !remote.deleteMany(deletes).isEmpty()) {
                throw notAll();
            }
        }
    }

    /** Rows that the local catalogue does not have, at most so many at once. */
    List<KvKey> missing(NamespaceTitle title, List<KvKey> keys) {
        var missing = new ArrayList<KvKey>();
        for (var from = 0; from < keys.size(); from += FOUND_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + FOUND_AT_ONCE));
            var known = records(title, some);
            some.stream().filter(key -> !known.containsKey(key)).forEach(missing::add);
        }
        return missing;
    }

    private Optional<NamespaceTitle> title(NamespaceId namespace) {
        return local.resources().find(namespace).map(found -> found.title());
    }

    static StorageFailure.Rejected unknown() {
        return new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
    }

    private static StorageFailure notAll() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "account: not all keys were taken");
    }
}
