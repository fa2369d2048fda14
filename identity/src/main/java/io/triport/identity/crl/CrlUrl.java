package io.triport.identity.crl;

import io.triport.domain.request.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where an authority publishes its revocation list: http or https, because the list is signed. No user, no fragment. It comes from
 * the configuration only; what a certificate says of itself is not followed.
 */
public record CrlUrl(URI uri) {
    /** @throws InvalidInput for what is no such address */
    public static CrlUrl parse(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https"))
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null) {
                throw new InvalidInput("crlUrl", "an http or https URL with a host, without user or fragment");
            }
            return new CrlUrl(uri);
        } catch (URISyntaxException e) {
            throw new InvalidInput("crlUrl", "a URL");
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
