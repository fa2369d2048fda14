/**
 * Assertions of an identity-aware proxy in front of the app (Cloudflare Access, "Validate JWTs"). Start reading at {@link
 * io.triport.identity.access.AccessMechanism}.
 */
@NullMarked
package io.triport.identity.access;

import org.jspecify.annotations.NullMarked;
