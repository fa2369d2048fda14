package io.triport.identity.oidc;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Issuer;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.StrictJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider tells of itself (OpenID Connect Discovery 1.0 section 3).
 *
 * @param logout where browsers end their session there; none when it has no such place
 * @param namesItself whether each answer of a login says who gives it (RFC 9207 section 3)
 */
public record ProviderMetadata(URI authorization, URI token, URI keys, List<URI> logout, boolean namesItself) {
    private static final StrictJson JSON = new StrictJson(16, 256);

    public ProviderMetadata {
        logout = List.copyOf(logout);
    }

    /** Where the document is (section 4). */
    static URI place(Issuer issuer) {
        return URI.create(issuer.text().replaceFirst("/$", "") + "/.well-known/openid-configuration");
    }

    /** Empty for a document of another issuer, byte for byte, and for one that lacks something or names an unsafe place. */
    static Optional<ProviderMetadata> read(Issuer issuer, Bytes document) {
        return JSON.read(document)
                .map(ClaimValue.Members::members)
                .filter(members -> new ClaimValue.Text(issuer.text()).equals(members.get("issuer")))
                .flatMap(members -> places(members, issuer));
    }

    private static Optional<ProviderMetadata> places(Map<String, ClaimValue> members, Issuer issuer) {
        var authorization = url(members, "authorization_endpoint", issuer);
        var token = url(members, "token_endpoint", issuer);
        var keys = url(members, "jwks_uri", issuer);
        var logout = url(members, "end_session_endpoint", issuer);
        var namesItself =
                new ClaimValue.Flag(true).equals(members.get("authorization_response_iss_parameter_supported"));
        return authorization.isPresent() && token.isPresent() && keys.isPresent()
                ? Optional.of(new ProviderMetadata(
                        authorization.get(),
                        token.get(),
                        keys.get(),
                        logout.stream().toList(),
                        namesItself))
                : Optional.empty();
    }

    /** What is said over TLS leads to nothing in the clear. */
    private static Optional<URI> url(Map<String, ClaimValue> members, String name, Issuer issuer) {
        try {
            return members.get(name) instanceof ClaimValue.Text(var text)
                    ? Optional.of(URI.create(text))
                            .filter(OidcSettings::safe)
                            .filter(url -> "https".equals(url.getScheme())
                                    || issuer.text().startsWith("http://"))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
