package io.triport.domain.identity;

import io.triport.domain.request.Bytes;

/**
 * A credential as it lies in a store: sealed by the identity module, opaque to the store.
 *
 * @param sealed 1 byte to 64 KiB, bound to the id by its seal
 */
public record StoredCredential(CredentialId id, Bytes sealed) {
    private static final int MOST = 65_536;

    public StoredCredential {
        if (sealed.isEmpty() || sealed.size() > MOST) {
            throw new IllegalArgumentException("sealed: " + sealed.size() + " bytes (expected: 1..65536)");
        }
    }
}
