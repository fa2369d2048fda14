/**
 * Jobs as they go, told to those who watch: over a WebSocket for one job, as server-sent events for all of somebody's. Start reading
 * at {@link io.triport.manager.live.LiveRoutes}.
 */
@NullMarked
package io.triport.manager.live;

import org.jspecify.annotations.NullMarked;
