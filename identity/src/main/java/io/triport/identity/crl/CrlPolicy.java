package io.triport.identity.crl;

/** What happens when no valid revocation list tells of a certificate. */
public enum CrlPolicy {
    /** It is believed. */
    SOFT,
    /** It cannot be judged. */
    HARD
}
