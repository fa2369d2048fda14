package io.triport.identity.signer;

import io.triport.domain.identity.Issuer;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * In whose name and with which keys we sign.
 *
 * @param issuer an https URL without query, fragment, user and slash at its end (OpenID Connect Discovery 1.0 section 3)
 */
public record SignerSettings(Issuer issuer, KeySchedule schedule) {
    private static final Duration LONGEST = Duration.ofHours(1);

    public SignerSettings {
        if (!allowed(issuer.text())) {
            throw new InvalidInput("issuer", "an https URL without query, fragment, user and slash at its end");
        }
    }

    /** Reads {@code issuer}, {@code longestLife} and {@code keys}. */
    public static SignerSettings read(Section section) {
        var issuer = section.optional(
                        "issuer",
                        new Value<>(
                                "an https URL without query, fragment, user and slash at its end",
                                SignerSettings::issuer),
                        "In whose name tokens are signed; what others find the keys by.")
                .orElseThrow(() -> section.error("issuer", "missing", "an https URL"));
        var longestLife = section.value(
                "longestLife",
                Value.duration(Duration.ofSeconds(1), LONGEST),
                "5m",
                "How long a token lives at the longest.");
        var turns = section.named("keys", SignerSettings::turn).values().stream()
                .sorted(Comparator.comparing(KeySchedule.Turn::useFrom))
                .toList();
        try {
            return new SignerSettings(issuer, new KeySchedule(List.copyOf(turns), longestLife));
        } catch (InvalidInput e) {
            throw section.error("keys", "(these keys)", String.valueOf(e.getMessage()));
        }
    }

    public TokenSigner signer() {
        return new TokenSigner(issuer, schedule);
    }

    private static KeySchedule.Turn turn(Section section) {
        var pem = section.secret("key", "The private key: PKCS#8 in PEM, of RSA, P-256 or Ed25519.")
                .orElseThrow(() -> section.error("key", "missing", "${env:NAME} or ${file:PATH}"));
        var useFrom = section.optional(
                "useFrom",
                Value.MOMENT,
                "When the key starts to sign; since ever when left out. Publish it 24h before.");
        try {
            return new KeySchedule.Turn(SignerKey.parse(pem), useFrom.orElse(Instant.MIN));
        } catch (InvalidInput e) {
            throw section.error("key", "(not shown)", String.valueOf(e.getMessage()));
        }
    }

    private static Issuer issuer(String text) {
        if (!allowed(text)) {
            throw new IllegalArgumentException(text);
        }
        return new Issuer(text);
    }

    private static boolean allowed(String text) {
        try {
            var url = URI.create(text);
            return "https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null
                    && !text.endsWith("/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
