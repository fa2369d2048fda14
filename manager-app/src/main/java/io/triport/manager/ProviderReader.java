package io.triport.manager;

import io.triport.domain.identity.Issuer;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.oidc.OidcSettings;
import io.triport.manager.signin.WaysIn;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads at which provider people log in. */
record ProviderReader(Section oidc) {
    private static final List<String> SCOPES = List.of("openid", "email");
    private static final Set<JwsAlgorithm> USUAL = Set.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256);
    private static final Value<JwsAlgorithm> ALGORITHM =
            new Value<>("an algorithm of public keys, such as RS256", ProviderReader::algorithm);

    /** Empty where there is no provider. */
    Optional<URI> redirect() {
        var redirect = oidc.optional(
                "redirect-uri",
                OidcSettings.URL,
                "Where the provider sends browsers back to: " + WaysIn.CALLBACK + ".");
        redirect.filter(url -> !url.getRawPath().endsWith(WaysIn.CALLBACK)).ifPresent(url -> {
            throw oidc.error("redirect-uri", url.toString(), "the manager's address with " + WaysIn.CALLBACK);
        });
        return redirect;
    }

    /** What a button says; the provider's host unless it is set. */
    String name() {
        return oidc.optional("name", Value.TEXT, "What the button to sign in says.")
                .or(() -> issuer().map(URI::getHost))
                .orElse("");
    }

    private Optional<URI> issuer() {
        return OidcSettings.issuer(oidc);
    }

    /** @param keys of sessions */
    Optional<OidcSettings> read(Optional<URI> redirect, Optional<Keyring> keys) {
        var issuer = issuer();
        var client = oidc.optional("client-id", Value.TEXT, "What the provider calls us.");
        var secret = oidc.secret("client-secret", "What we prove that with.");
        var scopes = oidc.list("scopes", Value.TEXT, "What is asked for; openid and email when left out.");
        var algorithms = oidc.list("algorithms", ALGORITHM, "Of ID tokens; RS256 and ES256 when left out.");
        var groups = oidc.value("group-claim", Value.TEXT, "groups", "The claim that names the groups of a person.");
        if (oidc.names().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OidcSettings(
                    new Issuer(given("issuer", issuer, "an https URL").toString()),
                    given("client-id", client, "a client"),
                    given("client-secret", secret, "${env:NAME} or ${file:PATH}"),
                    given("redirect-uri", redirect, "the manager's address with " + WaysIn.CALLBACK),
                    scopes.isEmpty() ? SCOPES : scopes,
                    algorithms.isEmpty() ? USUAL : Set.copyOf(algorithms),
                    groups,
                    keys.orElseThrow(
                            () -> oidc.error("issuer", "without session-keys", "triport.manager.session-keys too"))));
        } catch (InvalidInput e) {
            throw oidc.error("redirect-uri", e.field(), e.expectation());
        }
    }

    private <T> T given(String name, Optional<T> value, String expected) {
        return value.orElseThrow(() -> oidc.error(name, "missing", expected));
    }

    private static JwsAlgorithm algorithm(String text) {
        return JwsAlgorithm.named(text)
                .filter(algorithm -> !algorithm.symmetric())
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
