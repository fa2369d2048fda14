/**
 * How we speak to other servers: identity asks for small things such as key sets, revocation lists, documents and tokens, and apps
 * post to servers that users have named. Start reading at {@link io.triport.identity.outbound.Asking}.
 */
@NullMarked
package io.triport.identity.outbound;

import org.jspecify.annotations.NullMarked;
