package io.triport.identity.sigv4;

/** Whether a session token must be among what is signed. */
public enum TokenRule {
    SIGNED,
    /** Some clients of some services add it when the rest is signed. It is sealed by itself, so nobody can change it. */
    MAY_BE_ADDED
}
