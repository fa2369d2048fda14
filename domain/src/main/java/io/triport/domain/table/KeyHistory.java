package io.triport.domain.table;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What keys were before. Lies outside the keys of its namespace, follows the namespace's id, and goes with it. Safe for many
 * threads.
 *
 * <p>Every method but the last throws {@link StorageFailure.Rejected} NOT_FOUND when the namespace does not exist.
 */
public interface KeyHistory {
    /** Keeps versions, each with a number of its own that is greater than all before. */
    void keep(NamespaceTitle namespace, List<KeptVersion> versions);

    /** At most so many versions of a key, the newest first, with smaller numbers than {@code before}. Says nothing of those that may go. */
    List<VersionSummary> versions(NamespaceTitle namespace, KvKey key, long before, int limit);

    /** The newest version of each key that is not live, the newest first, with smaller numbers than {@code before}. */
    List<VersionSummary> deleted(NamespaceTitle namespace, long before, int limit);

    /** A version with its value; of a number that is not there, or may go, none. */
    Optional<KeptVersion> find(NamespaceTitle namespace, KvKey key, long number);

    /** Whether there was such a version. */
    boolean remove(NamespaceTitle namespace, KvKey key, long number);

    /** Gives the versions of one key to another one. */
    void move(NamespaceTitle namespace, KvKey from, KvKey to);

    /** Lets go of all but the newest so many versions of a key. @return how many went */
    int trim(NamespaceTitle namespace, KvKey key, int most);

    /** Removes versions that may go, at most so many. @return how many were removed */
    int forget(Instant now, int most);
}
