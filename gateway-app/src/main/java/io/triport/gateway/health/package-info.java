/**
 * Questions to targets, independent of traffic: whether they work. Start reading at {@link
 * io.triport.gateway.health.HealthCheck}.
 */
@NullMarked
package io.triport.gateway.health;

import org.jspecify.annotations.NullMarked;
