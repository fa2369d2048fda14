package io.triport.identity.federation;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.revocation.RevocationRule;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which other systems are trusted.
 *
 * @param issuers in the order in which they are tried
 * @param places where the keys of an issuer are; of one that is left out the keys are discovered
 */
public record FederationSettings(List<TrustedIssuer> issuers, Map<Issuer, URI> places, RevocationRule revocation) {
    private static final Value<JwsAlgorithm> ALGORITHM = new Value<>(
            "an algorithm of public keys, such as RS256",
            text -> JwsAlgorithm.named(text)
                    .filter(algorithm -> !algorithm.symmetric())
                    .orElseThrow(() -> new IllegalArgumentException(text)));
    private static final Value<URI> URL = new Value<>(
            "an https URL, or http to loopback beside insecure: true",
            text -> IssuerMetadata.url(text).orElseThrow(() -> new IllegalArgumentException(text)));

    public FederationSettings {
        issuers = List.copyOf(issuers);
        places = Map.copyOf(places);
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("issuers: none (expected: 1 or more)");
        }
    }

    /** Reads a mechanism of type {@code federation}. */
    public static FederationSettings read(Section section) {
        var places = new LinkedHashMap<Issuer, URI>();
        var issuers = section.named("issuers", one -> trusted(one, places));
        if (issuers.isEmpty()) {
            throw section.error("issuers", "none", "trusted issuers by a name of your choice");
        }
        return new FederationSettings(List.copyOf(issuers.values()), places, RevocationRule.read(section));
    }

    private static TrustedIssuer trusted(Section section, Map<Issuer, URI> places) {
        var issuer = new Issuer(section.optional("issuer", URL, "The claim iss, byte for byte.")
                .orElseThrow(() -> section.error("issuer", "missing", "an https URL"))
                .toString());
        var insecure = section.value(
                "insecure", Value.SWITCH, "false", "whether issuer and jwks may be http to a loopback address");
        var jwks = section.optional("jwks", URL, "Where the keys are; discovered when left out.");
        jwks.ifPresent(place -> places.put(issuer, place));
        if (!insecure) {
            secure(section, "issuer", URI.create(issuer.text()));
            jwks.ifPresent(place -> secure(section, "jwks", place));
        }
        var audience = section.list("audience", Value.TEXT, "Of which a token must name one.");
        var subject = section.optional(
                        "subject",
                        new Value<>("a subject, or a pattern that not every subject fits", SubjectPattern::new),
                        "Whom the issuer must speak of; a star stands for part of a segment between : and /.")
                .orElseThrow(() -> section.error("subject", "missing", "a subject or a pattern"));
        var algorithms = section.list("algorithms", ALGORITHM, "RS256, ES256 and EdDSA when left out.");
        var role = section.optional("role", new Value<>("a role", Role::new), "What a matching subject is here.")
                .orElseThrow(() -> section.error("role", "missing", "a role"));
        var scopes = section.list("scopes", new Value<>("a scope", Scope::new), "What a matching subject may do.");
        var maxAge = section.value(
                "maxAge",
                Value.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
                "1h",
                "How long after its issue a token is taken.");
        if (audience.isEmpty() || audience.contains("")) {
            throw section.error("audience", audience.toString(), "one or more, none empty");
        }
        return new TrustedIssuer(
                issuer,
                Set.copyOf(audience),
                subject,
                algorithms.isEmpty() ? TrustedIssuer.USUAL : Set.copyOf(algorithms),
                role,
                Set.copyOf(scopes),
                maxAge);
    }

    private static void secure(Section section, String name, URI url) {
        if (!IssuerMetadata.secure(url)) {
            throw section.error(name, url.toString(), "an https URL, or http to loopback beside insecure: true");
        }
    }
}
