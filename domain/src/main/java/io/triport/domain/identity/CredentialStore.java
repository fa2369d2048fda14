package io.triport.domain.identity;

import java.util.List;
import java.util.Optional;

/**
 * Credentials that are kept in a store rather than in a file, so that all nodes see a change without one. An answered write
 * is seen by every later read on every node. Holds nothing readable: see {@link StoredCredential}. Safe for many threads.
 *
 * <p>Every method throws {@link IdentityStateUnavailable} when the store does not answer.
 */
public interface CredentialStore {
    Optional<StoredCredential> find(CredentialId id);

    /** All credentials, in the order of their ids' UTF-8 bytes. */
    List<StoredCredential> all();

    /** Adds the credential or replaces the one of its id. */
    void save(StoredCredential credential);

    /** Whether there was one to remove. */
    boolean remove(CredentialId id);

    /** A number that changes whenever a credential was saved or removed, so that a reader sees cheaply whether to read anew. */
    long revision();
}
