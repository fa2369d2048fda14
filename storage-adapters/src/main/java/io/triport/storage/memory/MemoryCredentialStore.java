package io.triport.storage.memory;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Credentials in memory; every method holds the lock of the map. */
final class MemoryCredentialStore implements CredentialStore {
    private final NavigableMap<Bytes, StoredCredential> credentials = new TreeMap<>();
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
    public boolean remove(CredentialId id) {
        synchronized (credentials) {
            var removed = credentials.remove(Bytes.utf8(id.text())) != null;
            revision += removed ? 1 : 0;
            return removed;
        }
    }

    @Override
    public long revision() {
        synchronized (credentials) {
            return revision;
        }
    }
}
