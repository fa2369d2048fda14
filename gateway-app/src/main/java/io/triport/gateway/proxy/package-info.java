/**
 * The way of a request through the gateway, on the event loop of its connection: found a route, admitted, limited, sent on, and
 * its answer sent back. Start reading at {@code ProxyHandler} and {@code Exchange}.
 */
@NullMarked
package io.triport.gateway.proxy;

import org.jspecify.annotations.NullMarked;
