/**
 * Tokens of our own, and how others check them: signing keys, their change, and the documents that publish them. Start reading
 * at {@link io.triport.identity.signer.TokenSigner}.
 */
@NullMarked
package io.triport.identity.signer;

import org.jspecify.annotations.NullMarked;
