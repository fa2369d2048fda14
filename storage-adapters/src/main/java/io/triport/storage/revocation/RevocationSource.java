package io.triport.storage.revocation;

import java.util.List;

/**
 * The rows of what was revoked, shared by all nodes. Every method throws {@link
 * io.triport.domain.identity.IdentityStateUnavailable} when the store does not answer. Safe for many threads.
 */
public interface RevocationSource {
    /** A number that changes whenever a row was kept. */
    long revision();

    List<StoredRevocation> all();

    /** Adds the row; of two with one name the later {@code notBefore} and the later {@code keepUntil} remain. */
    void keep(StoredRevocation revocation);

    /** Removes the rows that need not be kept at that time. @return how many */
    long forget(long nowMillis);
}
