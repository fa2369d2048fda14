/**
 * What the gateway counts and times (gateway.md section 14). No label ever holds what a client can choose. Start reading at {@link
 * io.triport.gateway.metrics.GatewayMetrics}.
 */
@NullMarked
package io.triport.gateway.metrics;

import org.jspecify.annotations.NullMarked;
