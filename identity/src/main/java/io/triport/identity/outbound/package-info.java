/**
 * How identity asks other servers for small things: key sets, revocation lists, documents, tokens. Start reading at {@link
 * io.triport.identity.outbound.Asking}.
 */
@NullMarked
package io.triport.identity.outbound;

import org.jspecify.annotations.NullMarked;
