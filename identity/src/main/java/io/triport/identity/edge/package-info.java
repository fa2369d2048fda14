/**
 * The path of a request at the one HTTP edge of all apps: bind, admit, refuse, limit, log. It turns an HTTP request into a {@link
 * io.triport.domain.request.Fetch}, runs the gate before any app code, and answers refusals in the app's own shape. Start
 * reading at {@code IdentityFilter}; the connection below is guarded by {@code io.triport.identity.connection}; a route says who may call it with {@link io.triport.identity.edge.Identity}.
 */
@NullMarked
package io.triport.identity.edge;

import org.jspecify.annotations.NullMarked;
