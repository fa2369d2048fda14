/**
 * The state of all that is managed, at a glance. Start reading at {@link io.triport.manager.health.HealthRoutes}.
 */
@NullMarked
package io.triport.manager.health;

import org.jspecify.annotations.NullMarked;
