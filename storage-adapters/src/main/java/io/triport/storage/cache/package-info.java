/**
 * Reads that may be old, for bindings with {@code consistency: edge}. Start reading at {@link
 * io.triport.storage.cache.EdgeCache}: it puts a cache of this node in front of an engine. A read is as old as its reader allows
 * at most; what was written through this node is seen at once.
 */
@NullMarked
package io.triport.storage.cache;

import org.jspecify.annotations.NullMarked;
