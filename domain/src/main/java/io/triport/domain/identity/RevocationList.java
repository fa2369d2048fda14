package io.triport.domain.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Credentials that were taken back before their end. Safe for many threads.
 *
 * <p>{@link #check} reads from memory and never waits, so that an event loop may ask it for every request. The memory follows
 * the source by push, or by reading it every 5 s: a revocation that was answered is seen by every check on the same list at
 * once, and on every other node within {@link #STALENESS}. Until the source has been read for the first time, and when it has
 * not been read for more than {@link #BLIND}, a credential without a known entry is {@link RevocationCheck.Stale}; entries
 * that are known go on to be {@link RevocationCheck.Revoked}. Time for both is monotonic.
 *
 * <p>Of several entries under one key the one with the latest {@code notBefore} counts: a revocation is never narrowed by a
 * later one.
 */
public interface RevocationList {
    /** After this time a revocation on one node is seen on all. */
    Duration STALENESS = Duration.ofSeconds(10);

    /** Without the source for longer than this, what is not revoked is not known to stand. */
    Duration BLIND = Duration.ofSeconds(60);

    /**
     * Whether the credential was taken back.
     *
     * @param keys all names of the credential, see {@link RevocationKey#of}; one that is covered is enough
     * @param issuedAt when the credential was issued, {@link Instant#EPOCH} when that is not known
     */
    RevocationCheck check(Set<RevocationKey> keys, Instant issuedAt);

    /** Whether no entry is known, so that {@link #check} needs no names: it tells then only how old this knowledge is. */
    boolean isEmpty();

    /**
     * Takes back what the entry names; it is in the source when this returns. The same entry twice is one.
     *
     * @throws IdentityStateUnavailable when the source does not answer; the revocation may then have happened or not
     */
    void revoke(Revocation revocation);

    /**
     * Gives back the space of entries that need not be kept any more, in memory and in the source.
     *
     * @return how many were forgotten in the source
     * @throws IdentityStateUnavailable when the source does not answer
     */
    long forget(Instant now);
}
