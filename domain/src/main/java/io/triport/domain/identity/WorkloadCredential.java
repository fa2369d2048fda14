package io.triport.domain.identity;

import java.time.Instant;

/** A credential of ours that ends soon. No text form shows a secret part. */
public sealed interface WorkloadCredential {
    /** From then on it must not be used. */
    Instant expiresAt();

    /** A key that signs requests. @param id may be told @param sessionToken goes with each request */
    record SigningKey(String id, Secret secret, Secret sessionToken, Instant expiresAt) implements WorkloadCredential {}

    /** A token that is sent as it is (RFC 6750). */
    record Bearer(Secret token, Instant expiresAt) implements WorkloadCredential {}
}
