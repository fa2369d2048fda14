package io.triport.domain.durable;

/**
 * What an object keeps, as a whole.
 *
 * @param entries of its state
 * @param bytes of all keys and values of its state, and of its database
 */
public record ObjectSummary(KeptObject object, long entries, long bytes) {}
