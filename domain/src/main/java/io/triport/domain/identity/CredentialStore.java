package io.triport.domain.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * Replaces a credential only while it still is what the caller read, so that of two who change it at once none undoes
     * what the other did.
     *
     * @param before as it was read; null where there was none
     * @param after of the same id
     * @return whether it was still that, and is now the other
     */
    boolean replace(@Nullable StoredCredential before, StoredCredential after);

    /** Removes the credential with its last use. Whether there was one to remove. */
    boolean remove(CredentialId id);

    /** Removes a credential, as {@link #remove(CredentialId)}, only while it still is what the caller read. Whether it was. */
    boolean remove(StoredCredential before);

    /**
     * A number that changes whenever a credential was saved, replaced or removed, so that a reader sees cheaply whether to
     * read anew.
     */
    long revision();

    /**
     * Keeps, for each credential, the latest time that it was said to be used at, to the millisecond. Changes neither a
     * credential nor the revision; ids without a credential are passed over.
     */
    void noteUses(Map<CredentialId, Instant> uses);

    /** When each credential was used last, without those of which no use was noted. */
    Map<CredentialId, Instant> lastUses();
}
