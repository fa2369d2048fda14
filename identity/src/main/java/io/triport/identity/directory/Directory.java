package io.triport.identity.directory;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.Purpose;
import io.triport.identity.keyring.SealKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents by kind and name in a store that nodes share. A node sees its own writes at once and those of others within a
 * second; a store that does not answer for a while leaves what was read last in force. Safe for many threads.
 */
public final class Directory {
    /*
     * Reads
     *
     * All entries are held opened in memory, because every request asks for some. Once in a second one caller asks the store for
     * its revision, and reads anew when it changed; the others take what there is. The lock guards that only one reads, and that a
     * write is seen by whoever comes after it.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.identity");
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 60_000;
    private static final String SEPARATOR = "/";

    private final CredentialStore store;
    private final Map<String, SealKey> keys;
    private final SealKey first;
    private final String space;
    private final Ticker ticker;
    private final Randomness randomness;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;

    /** @param entries by kind and name, in the order of their ids */
    private record Snapshot(NavigableMap<String, Held> entries, long revision, long askAt) {}

    private record Held(Entry entry, StoredCredential stored) {}

    /** @param space tells these documents from others in the same store, such as {@code s3}; lower-case letters and digits */
    public Directory(CredentialStore store, Keyring keyring, String space, Ticker ticker, Randomness randomness) {
        this.store = store;
        this.keys = keyring.seals(new Purpose("directory/" + space));
        this.first = keys.values().iterator().next();
        this.space = space;
        this.ticker = ticker;
        this.randomness = randomness;
    }

    public Optional<Entry> find(EntryKind kind, String name) {
        return Optional.ofNullable(current().entries().get(id(kind, name))).map(Held::entry);
    }

    /** The same of what was read last, without ever waiting for the store: for event loops. Empty before anything was read. */
    public Optional<Entry> known(EntryKind kind, String name) {
        var last = snapshot;
        return last == null
                ? Optional.empty()
                : Optional.ofNullable(last.entries().get(id(kind, name))).map(Held::entry);
    }

    /** All of a kind, in the order of their names. */
    public List<Entry> all(EntryKind kind) {
        var prefix = id(kind, "");
        return current().entries().tailMap(prefix, true).entrySet().stream()
                .takeWhile(held -> held.getKey().startsWith(prefix))
                .map(held -> held.getValue().entry())
                .toList();
    }

    /**
     * Adds an entry where none of its name is.
     *
     * @return whether it was added
     * @throws InvalidInput for a document of more than 60 000 bytes
     * @throws IdentityStateUnavailable when the store does not answer
     */
    public boolean add(Entry entry) {
        return changed(() -> store.replace(null, sealed(entry)));
    }

    /** Adds an entry or replaces the one of its name. Failures are those of {@link #add}. */
    public void save(Entry entry) {
        changed(() -> {
            store.save(sealed(entry));
            return true;
        });
    }

    /**
     * Replaces an entry only while it is as it was read.
     *
     * @return whether it still was
     */
    public boolean replace(Entry before, Entry after) {
        var held = current().entries().get(id(before.kind(), before.name()));
        return held != null
                && held.entry().equals(before)
                && changed(() -> store.replace(held.stored(), sealed(after)));
    }

    /** @return whether there was one */
    public boolean remove(EntryKind kind, String name) {
        return changed(() -> store.remove(new CredentialId(id(kind, name))));
    }

    /**
     * Removes an entry only while it is as it was read.
     *
     * @return whether it still was
     */
    public boolean remove(Entry before) {
        var held = current().entries().get(id(before.kind(), before.name()));
        return held != null && held.entry().equals(before) && changed(() -> store.remove(held.stored()));
    }

    private boolean changed(BooleanSupplier change) {
        lock.lock();
        try {
            var done = change.getAsBoolean();
            snapshot = read();
            return done;
        } finally {
            lock.unlock();
        }
    }

    private Snapshot current() {
        var known = snapshot;
        if (known == null) {
            return firstRead();
        }
        if (ticker.nanos() - known.askAt() >= 0 && lock.tryLock()) {
            try {
                return refreshed();
            } finally {
                lock.unlock();
            }
        }
        return known;
    }

    private Snapshot firstRead() {
        lock.lock();
        try {
            var known = snapshot == null ? read() : snapshot;
            snapshot = known;
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** What is known stays in force while the store does not answer: a bucket does not vanish because a database restarts. */
    private Snapshot refreshed() {
        var known = snapshot;
        if (known == null || ticker.nanos() - known.askAt() < 0) {
            return known == null ? firstRead() : known;
        }
        try {
            var newer = store.revision() == known.revision()
                    ? new Snapshot(known.entries(), known.revision(), nextAsk())
                    : read();
            snapshot = newer;
            return newer;
        } catch (IdentityStateUnavailable e) {
            var same = new Snapshot(known.entries(), known.revision(), nextAsk());
            snapshot = same;
            return same;
        }
    }

    /** The revision is asked for before the entries, so that a write between the two is read again and not missed. */
    private Snapshot read() {
        var revision = store.revision();
        var entries = new TreeMap<String, Held>();
        for (var stored : store.all()) {
            if (stored.id().text().startsWith(space + SEPARATOR)) {
                opened(stored).ifPresent(entry -> entries.put(stored.id().text(), new Held(entry, stored)));
            }
        }
        return new Snapshot(entries, revision, nextAsk());
    }

    private long nextAsk() {
        return ticker.nanos() + ASK_EVERY.toNanos();
    }

    private StoredCredential sealed(Entry entry) {
        if (entry.document().size() > MOST_BYTES) {
            throw new InvalidInput("document", "at most " + MOST_BYTES + " bytes");
        }
        var id = id(entry.kind(), entry.name());
        var sealed = Bytes.utf8(first.id() + ".").concat(first.seal(entry.document(), id, randomness));
        return new StoredCredential(new CredentialId(id), sealed);
    }

    /** An entry that no key of the ring opens is as if it were not there: whoever it names is refused. */
    private Optional<Entry> opened(StoredCredential stored) {
        var id = stored.id().text();
        var parts = id.split(SEPARATOR, 3);
        var sealed = stored.sealed();
        var dot = first.id().length();
        var key = sealed.size() <= dot ? null : keys.get(text(sealed.slice(0, dot)));
        if (key == null || parts.length < 3) {
            LOG.error("directory entry={} opened=false expected=\"a key of the ring that sealed it\"", id);
            return Optional.empty();
        }
        return key.open(sealed.slice(dot + 1, sealed.size()), id)
                .map(document -> new Entry(new EntryKind(parts[1]), parts[2], document));
    }

    /** Any bytes: only those of an id of ours are found. */
    private static String text(Bytes id) {
        return new String(id.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private String id(EntryKind kind, String name) {
        return space + SEPARATOR + kind.text() + SEPARATOR + name;
    }
}
