/**
 * What a gateway decides about its upstreams, without a socket: which target is asked ({@link
 * io.triport.gateway.upstream.Balancer}), whether it may be ({@link io.triport.gateway.upstream.Breaker}, {@link
 * io.triport.gateway.upstream.HealthJudge}) and whether once more ({@link io.triport.gateway.upstream.RetryBudget}). Time comes
 * from outside, nothing waits, and everything may be called on an event loop.
 */
@NullMarked
package io.triport.gateway.upstream;

import org.jspecify.annotations.NullMarked;
