/**
 * Which route a request takes, and what it may look like before it takes any. Nothing here does I/O. Start reading at {@link
 * io.triport.gateway.route.Routes}; {@link io.triport.gateway.route.RequestPath} says which paths are looked at at all.
 */
@NullMarked
package io.triport.gateway.route;

import org.jspecify.annotations.NullMarked;
