package io.triport.identity.signer;

import java.time.Duration;

/** A document that everybody may read, as {@code application/json}. @param path below the issuer's URL */
public record PublishedDocument(String path, String json) {
    public static final String KEYS_PATH = "/.well-known/jwks.json";
    public static final String DISCOVERY_PATH = "/.well-known/openid-configuration";

    /** How long it may be kept: far shorter than a new key is announced before it is used. */
    public static final Duration MAX_AGE = Duration.ofMinutes(10);
}
