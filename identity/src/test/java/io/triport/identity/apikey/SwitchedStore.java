package io.triport.identity.apikey;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.StoredCredential;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that fails from when a test says so. */
class SwitchedStore implements CredentialStore {
    private final CredentialStore store;
    private @Nullable IdentityStateUnavailable failure;
    private int uses;

    SwitchedStore(CredentialStore store) {
        this.store = store;
    }

    void fail(IdentityStateUnavailable with) {
        failure = with;
    }

    void heal() {
        failure = null;
    }

    /** How often uses were noted. */
    int uses() {
        return uses;
    }

    @Override
    public Optional<StoredCredential> find(CredentialId id) {
        return reached().find(id);
    }

    @Override
    public List<StoredCredential> all() {
        return reached().all();
    }

    @Override
    public void save(StoredCredential credential) {
        reached().save(credential);
    }

    @Override
    public boolean replace(@Nullable StoredCredential before, StoredCredential after) {
        return reached().replace(before, after);
    }

    @Override
    public boolean remove(CredentialId id) {
        return reached().remove(id);
    }

    @Override
    public boolean remove(StoredCredential before) {
        return reached().remove(before);
    }

    @Override
    public long revision() {
        return reached().revision();
    }

    @Override
    public void noteUses(Map<CredentialId, Instant> noted) {
        reached().noteUses(noted);
        uses++;
    }

    @Override
    public Map<CredentialId, Instant> lastUses() {
        return reached().lastUses();
    }

    private CredentialStore reached() {
        if (failure != null) {
            throw failure;
        }
        return store;
    }
}
