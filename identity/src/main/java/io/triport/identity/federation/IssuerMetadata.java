package io.triport.identity.federation;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Issuer;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.StrictJson;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What an issuer tells of itself (OpenID Connect Discovery 1.0 section 3). @param keys where its key set is */
public record IssuerMetadata(Issuer issuer, URI keys) {
    private static final StrictJson JSON = new StrictJson(16, 256);
    private static final String HTTPS = "https://";
    private static final String PATH = "/.well-known/openid-configuration";

    /** Where an issuer's document is (section 4): below its URL, of which one slash at the end is left out. */
    static URI place(Issuer issuer) {
        return URI.create(issuer.text().replaceFirst("/$", "") + PATH);
    }

    /** Empty for a document of another issuer, byte for byte, and for one without keys that can be fetched safely. */
    static Optional<IssuerMetadata> read(Issuer issuer, Bytes document) {
        return JSON.read(document)
                .filter(members -> new ClaimValue.Text(issuer.text())
                        .equals(members.members().get("issuer")))
                .flatMap(members -> members.members().get("jwks_uri") instanceof ClaimValue.Text(var keys)
                        ? url(keys)
                                .filter(found -> secure(found) || !issuer.text().startsWith(HTTPS))
                        : Optional.empty())
                .map(keys -> new IssuerMetadata(issuer, keys));
    }

    static boolean secure(URI url) {
        return url.toString().startsWith(HTTPS);
    }

    /** Over TLS, or on this machine, for which an issuer must be set to be there. */
    static Optional<URI> url(String text) {
        try {
            var url = URI.create(text);
            var loopback = Set.of("127.0.0.1", "[::1]").contains(String.valueOf(url.getHost()));
            var allowed = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback);
            return allowed && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
