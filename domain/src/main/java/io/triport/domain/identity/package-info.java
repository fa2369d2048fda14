/**
 * The Identity port: who is behind an event and what that opens. Start reading at {@link
 * io.triport.domain.identity.AccessGate}: it runs a route's mechanisms and is the only maker of a {@link
 * io.triport.domain.identity.Grant}, without which no store opens. Identity's own state (nonces, credentials) has its own
 * ports here, because it is not tenant data.
 */
@NullMarked
package io.triport.domain.identity;

import org.jspecify.annotations.NullMarked;
