/**
 * Signed texts (JWS, RFC 7515) and the keys that check them, read strictly and by hand: one spelling of each token, one value
 * of each member, one use of each key. Start reading at {@link io.triport.identity.jose.CompactJws}; a {@link
 * io.triport.identity.jose.JwsKey} says whether its signature holds. Nothing here knows claims, requests or time.
 */
@NullMarked
package io.triport.identity.jose;

import org.jspecify.annotations.NullMarked;
