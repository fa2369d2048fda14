/**
 * Connections to the servers behind the gateway, kept per event loop so that a request never changes its thread. Start reading
 * at {@link io.triport.gateway.pool.Target}.
 */
@NullMarked
package io.triport.gateway.pool;

import org.jspecify.annotations.NullMarked;
