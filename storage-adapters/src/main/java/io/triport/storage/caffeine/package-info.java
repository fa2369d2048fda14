/**
 * Response caches on this node's heap, bounded by weight with Caffeine. Start reading at {@link
 * io.triport.storage.caffeine.CaffeineResponseCaches}.
 */
@NullMarked
package io.triport.storage.caffeine;

import org.jspecify.annotations.NullMarked;
