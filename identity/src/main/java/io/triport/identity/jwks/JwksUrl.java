package io.triport.identity.jwks;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a key set is published: https, or plain http to this machine where that is written out. No user, no fragment. */
public record JwksUrl(URI uri) {
    /** What plain http is good for. */
    public enum Plain {
        NEVER,
        /** To a loopback address, for development and tests ({@code insecure: true}). */
        LOOPBACK
    }

    /** @throws InvalidInput for an address that keys must not come from */
    public static JwksUrl parse(String text, Plain plain) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var allowed = scheme.equals("https") || (scheme.equals("http") && plain == Plain.LOOPBACK && local(uri));
            if (!allowed || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw new InvalidInput("jwks", "an https URL, or http to a loopback address beside insecure: true");
            }
            return new JwksUrl(uri);
        } catch (URISyntaxException e) {
            throw new InvalidInput("jwks", "a URL");
        }
    }

    private static boolean local(URI uri) {
        var host = uri.getHost() == null ? "" : uri.getHost();
        if (host.equals("localhost")) {
            return true;
        }
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return Cidr.literal(bare).isLoopbackAddress();
        } catch (InvalidInput e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
