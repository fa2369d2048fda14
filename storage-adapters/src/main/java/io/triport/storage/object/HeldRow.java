package io.triport.storage.object;

import io.triport.domain.request.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was read.
 *
 * @param bytes those that lie with it; null where none do, or they were not asked for
 */
public record HeldRow(ObjectRow row, @Nullable Bytes bytes) {}
