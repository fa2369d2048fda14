package io.triport.domain.access;

import io.triport.domain.identity.Issuer;
import io.triport.domain.request.InvalidInput;
import java.net.URI;

/** An identity provider whose tokens a role believes. Its keys are found by its own documents, over TLS. */
public record TrustedProvider(Issuer issuer, Transport transport) {
    /** How its documents may be fetched. */
    public enum Transport {
        TLS,
        /** Without TLS from this machine, for development ({@code insecure: true}). */
        PLAIN_LOOPBACK
    }

    /** @throws InvalidInput when the issuer is no URL of that kind */
    public TrustedProvider {
        if (!allowed(issuer.text(), transport)) {
            throw new InvalidInput("issuer", "an https URL, or http to a loopback address beside insecure: true");
        }
    }

    private static boolean allowed(String text, Transport transport) {
        try {
            var url = URI.create(text);
            var plain = transport == Transport.PLAIN_LOOPBACK
                    && "http".equals(url.getScheme())
                    && Loopback.isHost(url.getHost());
            return url.getHost() != null && ("https".equals(url.getScheme()) || plain);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
