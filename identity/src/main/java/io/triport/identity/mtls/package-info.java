/**
 * Clients that prove to hold the key of a certificate: in the handshake with us, or with a proxy that forwards it. Start
 * reading at {@link io.triport.identity.mtls.MtlsMechanism}; what is believed is in {@link
 * io.triport.identity.mtls.ClientTrust}.
 */
@NullMarked
package io.triport.identity.mtls;

import org.jspecify.annotations.NullMarked;
