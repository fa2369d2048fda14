/** Limits of this node, as token buckets. Start reading at {@link io.triport.identity.limit.LocalRateLimiter}. */
@NullMarked
package io.triport.identity.limit;

import org.jspecify.annotations.NullMarked;
