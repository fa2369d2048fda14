package io.triport.identity.oidc;

import io.triport.domain.access.Loopback;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.keyring.Keyring;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How people log in.
 *
 * @param issuer of the provider, byte for byte as in its tokens
 * @param clientSecret goes to the provider alone, in the Authorization header
 * @param redirectUri where the provider sends the browser back to, exactly; https, or http on loopback
 * @param scopes {@code openid} among them
 * @param algorithms of ID tokens, of public keys
 * @param roleClaim the claim that names roles: a text or a list of texts
 * @param keys seal what a browser keeps during a login
 */
public record OidcSettings(
        Issuer issuer,
        String clientId,
        Secret clientSecret,
        URI redirectUri,
        List<String> scopes,
        Set<JwsAlgorithm> algorithms,
        String roleClaim,
        Keyring keys) {
    private static final Set<JwsAlgorithm> USUAL = Set.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256);
    /** How addresses of a provider, and those that it sends browsers back to, are written. */
    public static final Value<URI> URL = new Value<>("an https URL, or http to loopback", OidcSettings::url);

    public OidcSettings {
        scopes = List.copyOf(scopes);
        algorithms = Set.copyOf(algorithms);
        if (!scopes.contains("openid")) {
            throw new InvalidInput("scopes", "openid among them");
        }
        if (clientId.isEmpty() || algorithms.isEmpty() || algorithms.stream().anyMatch(JwsAlgorithm::symmetric)) {
            throw new InvalidInput("clientId", "a client, and algorithms of public keys");
        }
        if (!safe(redirectUri) || redirectUri.getRawQuery() != null) {
            throw new InvalidInput("redirectUri", "https, or http on loopback, without a query");
        }
    }

    /** With the usual scopes, algorithms and role claim. */
    public static OidcSettings of(Issuer issuer, String clientId, Secret clientSecret, URI redirectUri, Keyring keys) {
        return new OidcSettings(
                issuer, clientId, clientSecret, redirectUri, List.of("openid", "email"), USUAL, "roles", keys);
    }

    /** Reads a login of type {@code oidc-login}. */
    public static OidcSettings read(Section section) {
        var issuer = issuer(section).orElseThrow(() -> section.error("issuer", "missing", "an https URL"));
        var clientId = section.optional("clientId", Value.TEXT, "What the provider calls us.")
                .orElseThrow(() -> section.error("clientId", "missing", "a client"));
        var clientSecret = section.secret("clientSecret", "What we prove that with.")
                .orElseThrow(() -> section.error("clientSecret", "missing", "${env:NAME} or ${file:PATH}"));
        var redirectUri = section.optional("redirectUri", URL, "Where the provider sends browsers back to, exactly.")
                .orElseThrow(() -> section.error("redirectUri", "missing", "an https URL"));
        var scopes = section.list("scopes", Value.TEXT, "What is asked for; openid and email when left out.");
        var algorithms = section.list(
                "algorithms",
                new Value<>("an algorithm of public keys, such as RS256", OidcSettings::algorithm),
                "Of ID tokens; RS256 and ES256 when left out.");
        var roleClaim = section.value("roleClaim", Value.TEXT, "roles", "The claim that names roles.");
        var keys = Keyring.read(section, "keys", "Seal what a browser keeps during a login; the first seals.");
        try {
            return new OidcSettings(
                    new Issuer(issuer.toString()),
                    clientId,
                    clientSecret,
                    redirectUri,
                    scopes.isEmpty() ? List.of("openid", "email") : scopes,
                    algorithms.isEmpty() ? USUAL : Set.copyOf(algorithms),
                    roleClaim,
                    keys);
        } catch (InvalidInput e) {
            throw section.error(e.field(), "(this one)", e.expectation());
        }
    }

    /**
     * Reads {@code issuer} and {@code insecure}; empty where there is no issuer.
     *
     * @throws io.triport.identity.config.ConfigError for one that keys cannot be had of safely
     */
    public static Optional<URI> issuer(Section section) {
        var issuer = section.optional("issuer", URL, "The provider, byte for byte as in its tokens.");
        var insecure =
                section.value("insecure", Value.SWITCH, "false", "Whether issuer may be http to a loopback address.");
        issuer.filter(url -> !insecure && !"https".equals(url.getScheme())).ifPresent(url -> {
            throw section.error("issuer", url.toString(), "an https URL, or http to loopback beside insecure: true");
        });
        return issuer;
    }

    boolean overTls() {
        return "https".equals(redirectUri.getScheme());
    }

    /** Where pages of ours come from (RFC 6454 section 6.2). */
    String origin() {
        return redirectUri.getScheme() + "://" + redirectUri.getRawAuthority();
    }

    static boolean safe(URI url) {
        var loopback = Loopback.isHost(url.getHost());
        return ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null;
    }

    private static URI url(String text) {
        var url = URI.create(text);
        if (!safe(url)) {
            throw new IllegalArgumentException(text);
        }
        return url;
    }

    private static JwsAlgorithm algorithm(String text) {
        return JwsAlgorithm.named(text)
                .filter(algorithm -> !algorithm.symmetric())
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
