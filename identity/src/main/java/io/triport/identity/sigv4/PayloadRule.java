package io.triport.identity.sigv4;

/** Where a service has the hash of the body from. */
public enum PayloadRule {
    /** From {@code x-amz-content-sha256}, which S3 demands; the body is checked as it streams. */
    DECLARED,
    /** From the body itself, which is held in memory, as all other services have it. */
    HELD
}
