/** The gateway as a whole, asked over sockets. Start reading at {@code GatewayUnderTest}. */
@NullMarked
package io.triport.gateway;

import org.jspecify.annotations.NullMarked;
