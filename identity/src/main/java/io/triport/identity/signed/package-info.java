/**
 * Requests that their sender signed: with five headers and a shared key, or with HTTP Message Signatures (RFC 9421). Either way
 * one use per nonce. Start reading at {@link io.triport.identity.signed.SignedRequestMechanism}; the sender's side is {@link
 * io.triport.identity.signed.RequestSigner}.
 */
@NullMarked
package io.triport.identity.signed;

import org.jspecify.annotations.NullMarked;
