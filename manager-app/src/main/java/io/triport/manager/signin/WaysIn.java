package io.triport.manager.signin;

import io.triport.domain.identity.Issuer;
import io.triport.identity.session.SessionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The ways in that the configuration opens.
 *
 * @param sessions null where there are no sessions of our own
 * @param development whether one click is enough
 * @param team the address of the identity-aware proxy in front of us, null for none
 */
public record WaysIn(
        @Nullable SessionSettings sessions,
        boolean development,
        @Nullable String team) {
    /** Who says of a session that its holder is who he is, where nobody else does. */
    static final Issuer OURSELVES = new Issuer("triport");
}
