package io.triport.identity.apikey;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.IdentityState;
import io.triport.identity.keyring.Keyring;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one store, in memory and brought up to date by {@link #follow}: a change on one node is seen on the others within
 * 10 s, and on its own at once. Safe for many threads.
 */
public final class ApiKeyTable {
    /*
     * Why in memory. A request must cost the same whether its key id exists or not, so neither may ask the store; and a table
     * that a stranger's requests never reach cannot be flooded by them.
     *
     * Concurrency. Reading and writing the store hold the lock, so that a reading which began before a change cannot undo it
     * in memory. Requests hold nothing: they read one reference.
     */
    /** How often the store is asked whether anything changed. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    /** How often the last uses are written at most. */
    static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    /** Without the store for longer than this, keys are no longer known to be good. */
    static final Duration BLIND = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger("triport.identity");
    private static final String KIND = "api-key/";

    private final String prefix;
    private final Peppers peppers;
    private final CredentialStore store;
    private final Ticker ticker;
    private final Randomness randomness;
    private final Map<CredentialId, Instant> uses = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private long notedAt;
    private boolean failing;
    private volatile Seen seen = new Seen(Map.of(), false, 0, 0);

    /** The keys at a reading. @param happened false before the first one @param at when it began, by the ticker */
    private record Seen(Map<ApiKeyId, ApiKeyRecord> keys, boolean happened, long at, long revision) {}

    /** Those who have both have one table. */
    private record Shared(String store, Keyring peppers) {}

    /** A key with what it was when it was read. */
    record Held(StoredCredential stored, ApiKeyRecord key) {}

    /** @param name of the set of keys within the credential store */
    public ApiKeyTable(String name, Keyring peppers, CredentialStore store, Ticker ticker, Randomness randomness) {
        this.prefix = KIND + name + "/";
        this.peppers = new Peppers(peppers);
        this.store = store;
        this.ticker = ticker;
        this.randomness = randomness;
        this.notedAt = ticker.nanos();
    }

    /** The one table of a set of keys in this process, which is read now and followed as long as somebody has it. */
    static ApiKeyTable shared(ApiKeySettings settings, IdentityState state) {
        return state.shared()
                .part(
                        ApiKeyTable.class,
                        new Shared(settings.store(), settings.peppers()),
                        () -> ApiKeyFollower.follow(new ApiKeyTable(
                                settings.store(),
                                settings.peppers(),
                                state.credentials(),
                                state.ticker(),
                                state.randomness())));
    }

    /** Reads the store if it changed, and writes last uses when it is time to. To be called each second; waits for the store. */
    public void follow() {
        synchronized (lock) {
            var now = ticker.nanos();
            try {
                refresh(now);
                if (now - notedAt >= NOTED_EVERY.toNanos()) {
                    noteUses();
                    notedAt = now;
                }
                failing = false;
            } catch (IdentityStateUnavailable e) {
                if (!failing) {
                    LOG.warn("API keys cannot be read", e);
                }
                failing = true;
            }
        }
    }

    /** Writes the last uses that were not written yet. */
    public void noteUses() {
        var noted = Map.copyOf(uses);
        if (!noted.isEmpty()) {
            var byName = new HashMap<CredentialId, Instant>();
            noted.forEach((id, at) -> byName.put(new CredentialId(prefix + id), at));
            store.noteUses(byName);
            noted.forEach(uses::remove);
        }
    }

    /** Whether the keys in memory are of the last 60 s. */
    boolean current() {
        var last = seen;
        return last.happened() && ticker.nanos() - last.at() <= BLIND.toNanos();
    }

    /** Whether the store was read at all. */
    boolean loaded() {
        return seen.happened();
    }

    Optional<ApiKeyRecord> find(ApiKeyId id) {
        return Optional.ofNullable(seen.keys().get(id));
    }

    Peppers peppers() {
        return peppers;
    }

    /** Keeps in memory that a key was used, to be written later. */
    void used(ApiKeyId id, Instant now) {
        uses.merge(id.credential(), now, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The key as it is in the store now. */
    Optional<Held> read(ApiKeyId id) {
        return store.find(name(id)).flatMap(this::open);
    }

    /** All keys as they are in the store now, in the order of their ids. */
    List<Held> readAll() {
        return store.all().stream().flatMap(stored -> open(stored).stream()).toList();
    }

    Map<ApiKeyId, Instant> lastUses() {
        var latest = new HashMap<ApiKeyId, Instant>();
        store.lastUses().forEach((name, at) -> id(name).ifPresent(id -> latest.put(id, at)));
        uses.forEach((id, at) ->
                latest.merge(new ApiKeyId(id.text()), at, (one, other) -> one.isAfter(other) ? one : other));
        return latest;
    }

    void add(ApiKeyRecord key) {
        synchronized (lock) {
            store.save(sealed(key));
            refresh(ticker.nanos());
        }
    }

    /** Whether the key still was as it was read, and is now the other. */
    boolean replace(Held before, ApiKeyRecord after) {
        synchronized (lock) {
            var replaced = store.replace(before.stored(), sealed(after));
            refresh(ticker.nanos());
            return replaced;
        }
    }

    boolean remove(ApiKeyId id) {
        synchronized (lock) {
            var removed = store.remove(name(id));
            uses.remove(id.credential());
            refresh(ticker.nanos());
            return removed;
        }
    }

    private void refresh(long now) {
        var newest = store.revision();
        var keys = seen.keys();
        if (!seen.happened() || seen.revision() != newest) {
            var read = new HashMap<ApiKeyId, ApiKeyRecord>();
            readAll().forEach(held -> read.put(held.key().id(), held.key()));
            keys = Map.copyOf(read);
        }
        seen = new Seen(keys, true, now, newest);
    }

    private Optional<Held> open(StoredCredential stored) {
        var id = id(stored.id());
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var plain = peppers.open(stored.sealed(), stored.id().text());
        if (plain.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("credential", id.get())
                    .log("an API key does not open: its pepper is not configured, or its row was altered");
        }
        return plain.map(bytes -> new Held(stored, RecordForm.read(id.get(), bytes)));
    }

    private StoredCredential sealed(ApiKeyRecord key) {
        var name = name(key.id());
        return new StoredCredential(name, peppers.seal(RecordForm.write(key), name.text(), randomness));
    }

    private CredentialId name(ApiKeyId id) {
        return new CredentialId(prefix + id);
    }

    /** Empty for names of other kinds and other sets. */
    private Optional<ApiKeyId> id(CredentialId name) {
        var rest = name.text().startsWith(prefix) ? name.text().substring(prefix.length()) : "";
        return rest.length() == ApiKeyId.LENGTH ? Optional.of(new ApiKeyId(rest)) : Optional.empty();
    }
}
