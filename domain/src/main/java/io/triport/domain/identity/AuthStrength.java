package io.triport.domain.identity;

/** How hard it is to be somebody else with what a caller showed, weakest first. */
public enum AuthStrength {
    /** Nothing was shown. */
    NONE,
    /** Whoever holds the credential is believed: a token, a cookie, an API key (RFC 6750). */
    BEARER,
    /** The caller proved to hold a key that was not sent: a signature over the request, or a client certificate. */
    POSSESSION
}
