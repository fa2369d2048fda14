package io.triport.manager.document;

import java.time.Instant;

/** A value as it is kept. @param version grows with every change. @param updated when it was last changed */
public record Kept<T>(String id, T value, long version, Instant updated) {}
