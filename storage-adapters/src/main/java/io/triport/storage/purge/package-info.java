/**
 * Purges that reach the caches of all nodes: a log that nodes share, and caches that follow it. Start reading at {@link
 * io.triport.storage.purge.PurgedCaches}.
 */
@NullMarked
package io.triport.storage.purge;

import org.jspecify.annotations.NullMarked;
