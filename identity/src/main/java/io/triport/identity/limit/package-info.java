/**
 * What callers may take, as token buckets. Start reading at {@link io.triport.identity.limit.LocalRateLimiter}, which counts on
 * this node; {@link io.triport.identity.limit.LeasingRateLimiter} counts shared limits on all nodes together as long as
 * their store answers.
 */
@NullMarked
package io.triport.identity.limit;

import org.jspecify.annotations.NullMarked;
