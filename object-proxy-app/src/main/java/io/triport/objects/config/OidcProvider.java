package io.triport.objects.config;

import io.triport.domain.access.Loopback;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.signer.KeySchedule;
import io.triport.identity.signer.SignerKey;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.identity.signer.TokenSigner;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** In whose name and with which keys we tell others who we are. The first key signs, all are published. */
public record OidcProvider(Issuer issuer, List<SignerKey> keys) {
    private static final String SECTION = "oidc_provider";
    private static final String KEY = "OIDC_PROVIDER_KEY";
    private static final String ISSUER = "OIDC_PROVIDER_ISSUER";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    private static final Value<Issuer> URL =
            new Value<>("an https URL without query, fragment, user and slash at its end", OidcProvider::issuer);
    private static final Value<String> KID = Value.matching("[!-~]{1,256}", "1..256 printable characters");

    public OidcProvider {
        keys = List.copyOf(keys);
    }

    /** Empty where nothing is set. @throws ConfigError for a key that cannot be used, which it names, and for half of it */
    public static Optional<OidcProvider> read(Section root, Sources sources, ProviderReader.Form form) {
        var variable = sources.variable(KEY);
        var name = sources.variable(ISSUER);
        if (root.has(SECTION)) {
            if (variable.isPresent() || name.isPresent()) {
                throw root.error(SECTION, "a provider here and in " + KEY, "one of the two");
            }
            return Optional.of(inFile(root.section(SECTION), form));
        }
        if (variable.isEmpty() && name.isEmpty()) {
            return Optional.empty();
        }
        var issuer = name.orElseThrow(() -> missing(ISSUER, URL.expectation()));
        var keys = keys(variable.orElseThrow(() -> missing(KEY, "a private key in PEM; ./triport keygen oidc")));
        try {
            return Optional.of(new OidcProvider(issuer(issuer), keys).checked());
        } catch (InvalidInput | IllegalArgumentException e) {
            throw new ConfigError("environment " + ISSUER, ISSUER, issuer, URL.expectation());
        }
    }

    public TokenSigner signer() {
        return new TokenSigner(issuer, KeySchedule.firstSigns(keys, TOKEN_LIFE));
    }

    private static OidcProvider inFile(Section section, ProviderReader.Form form) {
        var issuer = section.optional("issuer", URL, "In whose name tokens are signed; what others find the keys by.")
                .orElseThrow(() -> section.error("issuer", "missing", URL.expectation()));
        var keys = new ArrayList<SignerKey>();
        for (var each : section.sections("keys", "key")) {
            var kid = each.optional("kid", KID, "Its name in tokens; else the thumbprint.");
            var pem = CredentialReader.secret(each, form, "key", "PKCS#8 in PEM, of RSA or P-256.");
            try {
                var key = key(pem);
                keys.add(kid.isPresent() ? key.named(kid.get()) : key);
            } catch (InvalidInput e) {
                throw each.error("key", "(secret)", e.expectation());
            }
        }
        try {
            return new OidcProvider(issuer, keys).checked();
        } catch (InvalidInput e) {
            throw section.error("keys", keys.size() + " keys", e.expectation());
        }
    }

    private OidcProvider checked() {
        KeySchedule.firstSigns(keys, TOKEN_LIFE);
        return this;
    }

    private static ConfigError missing(String name, String expectation) {
        return new ConfigError("environment", name, "missing", expectation);
    }

    /** One PEM block behind the other. */
    private static List<SignerKey> keys(String text) {
        var keys = new ArrayList<SignerKey>();
        for (var block : text.strip().split("(?<=" + END + ")\\s*")) {
            try {
                keys.add(key(Secret.of(block)));
            } catch (InvalidInput e) {
                throw new ConfigError(
                        "environment " + KEY, KEY, "key " + (keys.size() + 1) + " (not shown)", e.expectation());
            }
        }
        return keys;
    }

    private static SignerKey key(Secret pem) {
        var key = SignerKey.parse(pem);
        if (key.algorithm() == SigningAlgorithm.EDDSA) {
            throw new InvalidInput("private key", "PKCS#8 in PEM of RSA with 2048..8192 bits or P-256");
        }
        return key;
    }

    private static Issuer issuer(String text) {
        var url = URI.create(text);
        var plain = "http".equals(url.getScheme()) && Loopback.isHost(url.getHost());
        if (url.getHost() == null
                || !plain && !"https".equals(url.getScheme())
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null
                || text.endsWith("/")) {
            throw new IllegalArgumentException(text);
        }
        return new Issuer(text);
    }
}
