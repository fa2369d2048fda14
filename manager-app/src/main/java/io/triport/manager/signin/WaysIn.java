package io.triport.manager.signin;

import io.triport.identity.oidc.OidcSettings;
import io.triport.identity.session.SessionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The ways in that the configuration opens.
 *
 * @param sessions null where there are no sessions of our own
 * @param development whether one click is enough
 * @param team the address of the identity-aware proxy in front of us, null for none
 * @param provider at which people log in, null for none
 * @param providerName what a button says of it
 */
public record WaysIn(
        @Nullable SessionSettings sessions,
        boolean development,
        @Nullable String team,
        @Nullable OidcSettings provider,
        String providerName) {
    /** Where a login begins. */
    public static final String LOGIN = "/api/sign-in/oidc";

    /** Where the provider sends browsers back to. */
    public static final String CALLBACK = LOGIN + "/callback";

    /** Where the provider says that somebody's session has ended there. */
    public static final String ENDED = LOGIN + "/ended";
}
