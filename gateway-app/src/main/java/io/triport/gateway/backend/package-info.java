/**
 * Upstreams at work: their servers with what is known of each, and what decides among them. Start reading at {@link
 * io.triport.gateway.backend.Backends}, which makes them of settings and keeps the state of what stays as it was.
 */
@NullMarked
package io.triport.gateway.backend;

import org.jspecify.annotations.NullMarked;
