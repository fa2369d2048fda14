package io.triport.domain.object;

/** Whether a bucket keeps what was replaced or deleted. */
public enum Versioning {
    OFF,
    ENABLED,
    /** What is kept stays; new writes replace the version {@code null}. */
    SUSPENDED
}
