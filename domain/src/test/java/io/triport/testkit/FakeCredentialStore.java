package io.triport.testkit;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Credentials in memory; every method holds the lock of their map. */
public final class FakeCredentialStore implements CredentialStore {
    private final NavigableMap<Bytes, StoredCredential> credentials = new TreeMap<>();
    private final Map<CredentialId, Instant> uses = new HashMap<>();
    private long revision;

    @Override
    public Optional<StoredCredential> find(CredentialId id) {
        synchronized (credentials) {
            return Optional.ofNullable(credentials.get(Bytes.utf8(id.text())));
        }
    }

    @Override
    public List<StoredCredential> all() {
        synchronized (credentials) {
            return List.copyOf(credentials.values());
        }
    }

    @Override
    public void save(StoredCredential credential) {
        synchronized (credentials) {
            credentials.put(Bytes.utf8(credential.id().text()), credential);
            revision++;
        }
    }

    @Override
    public boolean replace(@Nullable StoredCredential before, StoredCredential after) {
        synchronized (credentials) {
            var id = Bytes.utf8(after.id().text());
            var replaced = before == null
                    ? credentials.putIfAbsent(id, after) == null
                    : credentials.replace(id, before, after);
            revision += replaced ? 1 : 0;
            return replaced;
        }
    }

    @Override
    public boolean remove(CredentialId id) {
        synchronized (credentials) {
            uses.remove(id);
            var removed = credentials.remove(Bytes.utf8(id.text())) != null;
            revision += removed ? 1 : 0;
            return removed;
        }
    }

    @Override
    public boolean remove(StoredCredential before) {
        synchronized (credentials) {
            var removed = credentials.remove(Bytes.utf8(before.id().text()), before);
            if (removed) {
                uses.remove(before.id());
                revision++;
            }
            return removed;
        }
    }

    @Override
    public long revision() {
        synchronized (credentials) {
            return revision;
        }
    }

    @Override
    public void noteUses(Map<CredentialId, Instant> noted) {
        synchronized (credentials) {
            noted.forEach((id, at) -> {
                if (credentials.containsKey(Bytes.utf8(id.text()))) {
                    uses.merge(id, at.truncatedTo(ChronoUnit.MILLIS), (one, other) -> one.isAfter(other) ? one : other);
                }
            });
        }
    }

    @Override
    public Map<CredentialId, Instant> lastUses() {
        synchronized (credentials) {
            return Map.copyOf(uses);
        }
    }
}
