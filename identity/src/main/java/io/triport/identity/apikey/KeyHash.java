package io.triport.identity.apikey;

import io.triport.domain.request.Bytes;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * A secret as it is kept.
 *
 * @param pepper the id of the pepper that keyed the hash
 * @param mac HMAC-SHA-256 of id and secret; a fast one is right because the secret has 256 random bits
 * @param issuedAt when the secret was made
 * @param validUntil {@link Instant#MAX} unless another has taken its place
 */
record KeyHash(String pepper, Bytes mac, Instant issuedAt, Instant validUntil) {
    boolean is(byte[] other) {
        return MessageDigest.isEqual(mac.toByteArray(), other);
    }

    KeyHash until(Instant end) {
        return new KeyHash(pepper, mac, issuedAt, end);
    }
}
