package io.triport.identity.mtls;

import io.triport.domain.request.InvalidInput;

/**
 * The name of a workload (SPIFFE-ID, sections 2.1 to 2.3): {@code spiffe://trust-domain/path}.
 *
 * @param text at most 2048 bytes; a trust domain of {@code a-z 0-9 . - _}, then segments of {@code A-Z a-z 0-9 . - _} of
 *     which none is empty, {@code .} or {@code ..}; so without user, port, query, fragment and percent-encoding
 */
record SpiffeId(String text) {
    private static final String SCHEME = "spiffe://";
    private static final int MOST = 2048;
    private static final int MOST_DOMAIN = 255;

    SpiffeId {
        if (!text.startsWith(SCHEME) || text.length() > MOST || !validRest(text.substring(SCHEME.length()))) {
            throw new InvalidInput("spiffe id", "spiffe://trust-domain/path");
        }
    }

    String trustDomain() {
        return text.substring(SCHEME.length(), text.indexOf('/', SCHEME.length()));
    }

    static boolean validTrustDomain(String domain) {
        return domain.length() <= MOST_DOMAIN && domain.matches("[a-z0-9._-]+");
    }

    private static boolean validRest(String rest) {
        var parts = rest.split("/", -1);
        if (parts.length < 2 || !validTrustDomain(parts[0])) {
            return false;
        }
        for (var i = 1; i < parts.length; i++) {
            if (!parts[i].matches("[A-Za-z0-9._-]+") || parts[i].equals(".") || parts[i].equals("..")) {
                return false;
            }
        }
        return true;
    }
}
