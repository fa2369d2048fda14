package io.triport.domain.identity;

import java.time.Instant;

/**
 * What was taken back.
 *
 * @param notBefore only what was issued earlier is revoked; {@link Instant#MAX} for all that the key names
 * @param keepUntil when the last credential that it covers has ended by itself; the entry may be forgotten then
 */
public record Revocation(RevocationKey key, Instant notBefore, Instant keepUntil) {
    /** All that the key names, whenever it was issued. */
    public static Revocation of(RevocationKey key, Instant keepUntil) {
        return new Revocation(key, Instant.MAX, keepUntil);
    }

    public boolean covers(Instant issuedAt) {
        return issuedAt.isBefore(notBefore);
    }
}
