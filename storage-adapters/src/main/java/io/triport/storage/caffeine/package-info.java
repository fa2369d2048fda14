/**
 * Response caches of this node, bounded by weight with Caffeine: on its heap, and with large bodies in files of a directory. Start
 * reading at {@link io.triport.storage.caffeine.CaffeineResponseCaches}; {@link io.triport.storage.caffeine.Shelves} keeps heap and
 * disk together.
 */
@NullMarked
package io.triport.storage.caffeine;

import org.jspecify.annotations.NullMarked;
