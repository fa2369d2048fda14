/**
 * The gateway: a verified identity in front of HTTP services. Start reading at {@code Gateway}; what the file says is in {@code
 * io.triport.gateway.config}, the way of a request in {@code io.triport.gateway.proxy}.
 */
@NullMarked
package io.triport.gateway;

import org.jspecify.annotations.NullMarked;
