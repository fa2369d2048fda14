package io.triport.identity.jwt;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeyFile;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jwks.JwksSettings;
import io.triport.identity.jwks.JwksUrl;
import io.triport.identity.mtls.CertificateSource;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the settings of one mechanism of type {@code jwt}. */
record JwtReader(Section section) {
    private static final Set<JwsAlgorithm> USUAL = Set.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256, JwsAlgorithm.EDDSA);
    private static final String NONE = "none";
    private static final String TCHAR = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Duration LONGEST_AGE = Duration.ofDays(3_650);

    JwtSettings read() {
        var keys = keys();
        var symmetric = keys instanceof KeyPlace.Shared;
        var algorithms = algorithms(symmetric ? Set.of(JwsAlgorithm.HS256) : USUAL);
        if (algorithms.stream().anyMatch(algorithm -> algorithm.symmetric() != symmetric)) {
            throw section.error(
                    "algorithms", algorithms.toString(), "those of secrets beside secret, else none of them");
        }
        if (keys instanceof KeyPlace.Shared shared) {
            check(shared.secret(), algorithms);
        }
        return new JwtSettings(
                new MechanismName(section.name()),
                rules(algorithms, symmetric),
                keys,
                places(),
                OriginRule.read(section),
                binding(),
                roles(),
                section.value(
                        "cache",
                        Value.duration(Duration.ZERO, JwtSettings.LONGEST_CACHE),
                        "60s",
                        "how long a verification is remembered, 0s for not at all"),
                RevocationRule.read(section));
    }

    private TokenBinding binding() {
        var mtls = section.value(
                        "boundTo",
                        Value.matching("none|mtls", "none or mtls"),
                        "none",
                        "mtls: a token counts only with the client certificate that it names")
                .equals("mtls");
        if (!section.has("forwarded")) {
            return mtls ? TokenBinding.MTLS : TokenBinding.NONE;
        }
        if (!mtls) {
            throw section.error("forwarded", "where no certificate is asked for", "boundTo: mtls beside it");
        }
        return new TokenBinding.Certificate(CertificateSource.Forwarded.read(section.section("forwarded")));
    }

    private KeyPlace keys() {
        var secret = section.secret("secret", "shared with the issuer, at least as long as the hash");
        var url = section.optional("jwks", Value.TEXT, "where the issuer publishes its keys");
        var file = section.content("keys", "public keys in a file: PEM, a JWK, or a set of them");
        var insecure =
                section.value("insecure", Value.SWITCH, "false", "whether jwks may be http to a loopback address");
        var maxStale = section.value(
                "maxStale",
                Value.duration(JwksSettings.LEAST_STALE, JwksSettings.MOST_STALE),
                "24h",
                "how long published keys are used when their source is down");
        if (secret.stream().count() + url.stream().count() + file.stream().count() != 1) {
            throw section.error("jwks", "not one of secret, jwks and keys", "exactly one of them");
        }
        if (url.isPresent()) {
            return new KeyPlace.Published(new JwksSettings(url(url.get(), insecure), maxStale));
        }
        return secret.<KeyPlace>map(KeyPlace.Shared::new).orElseGet(() -> listed(file.orElse(Bytes.EMPTY)));
    }

    private JwksUrl url(String text, boolean insecure) {
        try {
            return JwksUrl.parse(text, insecure ? JwksUrl.Plain.LOOPBACK : JwksUrl.Plain.NEVER);
        } catch (InvalidInput e) {
            throw section.error("jwks", text, e.expectation());
        }
    }

    private KeyPlace listed(Bytes content) {
        try {
            KeyFile.read(content, SignatureEngine.present());
            return new KeyPlace.Listed(content);
        } catch (InvalidInput e) {
            throw section.error("keys", "a file that cannot be used", e.expectation());
        }
    }

    private TokenRules rules(Set<JwsAlgorithm> algorithms, boolean symmetric) {
        var issuer = issuer();
        if (issuer instanceof IssuerRule.Unnamed && !symmetric) {
            throw section.error("issuer", NONE, "an issuer, where keys are public");
        }
        return new TokenRules(issuer, audience(), algorithms, header(), lifetime(), longest());
    }

    private IssuerRule issuer() {
        var issuer = section.optional("issuer", Value.TEXT, "the claim iss, exactly; none beside a secret for any")
                .orElseThrow(() -> section.error("issuer", "missing", "the issuer as tokens name it"));
        return issuer.equals(NONE) ? new IssuerRule.Unnamed() : new IssuerRule.Exactly(issuer(issuer));
    }

    private Issuer issuer(String text) {
        try {
            return new Issuer(text);
        } catch (InvalidInput e) {
            throw section.error("issuer", text, "1..2048 characters");
        }
    }

    private AudienceRule audience() {
        var audiences = section.oneOrList(
                "audience", Value.TEXT, "values of the claim aud, of which a token has one; none for any");
        if (audiences.equals(List.of(NONE))) {
            return new AudienceRule.Anybody();
        }
        if (audiences.isEmpty() || audiences.contains("") || audiences.contains(NONE)) {
            throw section.error("audience", audiences.toString(), "one or more audiences, or none alone");
        }
        return new AudienceRule.OneOf(Set.copyOf(audiences));
    }

    private Set<JwsAlgorithm> algorithms(Set<JwsAlgorithm> usual) {
        var algorithm = new Value<>(
                "one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519, HS256, HS384,"
                        + " HS512",
                text -> JwsAlgorithm.named(text).orElseThrow(() -> new IllegalArgumentException(text)));
        var listed = section.list("algorithms", algorithm, "the algorithms that tokens may name");
        if (listed.isEmpty() && section.has("algorithms")) {
            throw section.error("algorithms", "[]", "one or more");
        }
        return listed.isEmpty() ? usual : Set.copyOf(listed);
    }

    private void check(Secret secret, Set<JwsAlgorithm> algorithms) {
        try {
            JwsKey.secret(secret, algorithms);
        } catch (InvalidInput e) {
            throw section.error(e.field(), "(not shown)", e.expectation());
        }
    }

    private HeaderRules header() {
        var strict = section.value(
                "strictHeader", Value.SWITCH, "true", "whether a token that offers a key of its own is refused");
        var types = section.list("typ", Value.TEXT, "accepted values of typ; absent, JWT and at+jwt when left out");
        if (types.isEmpty() && section.has("typ")) {
            throw section.error("typ", "[]", "one or more");
        }
        return new HeaderRules(
                strict ? HeaderRules.Strictness.STRICT : HeaderRules.Strictness.LENIENT, Set.copyOf(types));
    }

    private Lifetime lifetime() {
        var skew = section.value(
                "skew", Value.duration(Duration.ZERO, Lifetime.MOST_SKEW), "30s", "what clocks may differ by");
        var maxAge = section.optional(
                "maxAge",
                Value.duration(Duration.ofSeconds(1), LONGEST_AGE),
                "how long after its issue a token is taken");
        var required = section.value("requireExp", Value.SWITCH, "true", "whether a token must say when it ends");
        if (!required && maxAge.isEmpty()) {
            throw section.error("maxAge", "missing", "a greatest age, where exp is not required");
        }
        return new Lifetime(
                skew,
                maxAge.orElse(Lifetime.UNBOUNDED),
                required ? Lifetime.Expiry.REQUIRED : Lifetime.Expiry.OPTIONAL);
    }

    private int longest() {
        var size = section.value(
                "maxLength",
                Value.size(new ByteSize(256), new ByteSize(CompactJws.MOST_LENGTH)),
                "8KiB",
                "the longest token");
        return (int) size.bytes();
    }

    private List<TokenPlace> places() {
        var name = Value.matching(TCHAR, "a name such as x-token");
        var places = new ArrayList<TokenPlace>();
        places.add(new TokenPlace.Bearer());
        section.optional("header", name, "a field that holds a token, beside Authorization")
                .map(TokenPlace.Header::new)
                .ifPresent(places::add);
        section.optional("cookie", name, "a cookie that holds a token, beside Authorization")
                .map(TokenPlace.Cookie::new)
                .ifPresent(places::add);
        var query = section.optional("query", name, "a parameter that holds a token; only of WebSocket requests");
        var onlyUpgrade = section.value(
                "onlyUpgrade",
                Value.SWITCH,
                "false",
                "must be written out beside query, which counts on no other request");
        if (query.isPresent() != onlyUpgrade) {
            throw section.error("onlyUpgrade", String.valueOf(onlyUpgrade), "true beside query, and only there");
        }
        query.map(TokenPlace.Query::new).ifPresent(places::add);
        return places;
    }

    private RoleClaim roles() {
        var claim = section.value("roleClaim", Value.TEXT, RoleClaim.DEFAULT.name(), "the claim that names roles");
        var fallback = section.optional(
                "defaultRole", new Value<>("1..255 characters", Role::new), "the role of a token that names none");
        return new RoleClaim(claim, fallback.stream().toList());
    }
}
