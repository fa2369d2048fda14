/**
 * How the buckets of limits that all nodes share are written down, whatever keeps them. Start with {@link
 * io.triport.storage.limit.SharedBucket}; a store's part is to hold the state of a few buckets while it changes them.
 */
@NullMarked
package io.triport.storage.limit;

import org.jspecify.annotations.NullMarked;
