/**
 * What the file of the gateway says, as records that are right once they exist. Start reading at {@link
 * io.triport.gateway.config.GatewaySettings}. Nothing here opens a connection.
 */
@NullMarked
package io.triport.gateway.config;

import org.jspecify.annotations.NullMarked;
