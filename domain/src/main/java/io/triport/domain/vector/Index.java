package io.triport.domain.vector;

import java.time.Instant;

/** An index that there is. @param created to the millisecond */
public record Index(IndexId id, IndexName name, IndexShape shape, Instant created) {}
