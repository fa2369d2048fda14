/**
 * Requests signed with a shared secret the way ZinTrust signs them: five headers, one canonical text, one use per nonce. Start
 * reading at {@link io.triport.identity.hmac.HmacMechanism}; what a key may do is in {@link
 * io.triport.identity.hmac.SigningKey}.
 */
@NullMarked
package io.triport.identity.hmac;

import org.jspecify.annotations.NullMarked;
