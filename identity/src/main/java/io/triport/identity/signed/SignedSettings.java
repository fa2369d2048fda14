package io.triport.identity.signed;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How signed requests are judged.
 *
 * @param window the largest distance between a request's time and the clock, both edges included; 1 s to 1 h
 * @param forms which are accepted, one or more
 * @param tag what message signatures must be tagged with, empty for those without a tag
 */
public record SignedSettings(
        Duration window, Set<SignatureForm> forms, String tag, SignedKeys keys, RevocationRule revocation) {
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What the clocks of two nodes may differ by. */
    private static final Duration CLOCKS = Duration.ofSeconds(60);

    public SignedSettings {
        forms = Set.copyOf(forms);
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 1s .. 1h)");
        }
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("forms: none (expected: 1 or more)");
        }
    }

    /** Both forms with the usual window and without a tag. */
    public static SignedSettings of(SignedKeys keys) {
        return new SignedSettings(
                DEFAULT_WINDOW, EnumSet.allOf(SignatureForm.class), MessageForm.NO_TAG, keys, RevocationRule.SOFT);
    }

    /** Reads a mechanism of type {@code hmac-request}. */
    public static SignedSettings read(Section section) {
        var window = section.value(
                "window",
                Value.duration(SHORTEST, LONGEST),
                "60s",
                "The largest distance between a request's time and the clock.");
        var forms = section.list(
                "forms", Value.oneOf(SignatureForm.values()), "Which forms are accepted; both when left out.");
        var tag = section.value("tag", Value.TEXT, "", "What message signatures must be tagged with.");
        var signers = section.named("keys", SignedSettings::signer);
        try {
            return new SignedSettings(
                    window,
                    forms.isEmpty() ? EnumSet.allOf(SignatureForm.class) : Set.copyOf(forms),
                    tag,
                    new SignedKeys(signers),
                    RevocationRule.read(section));
        } catch (IllegalArgumentException e) {
            throw section.error("keys", String.valueOf(e.getMessage()), "signers by key id, none with another's key");
        }
    }

    /** How long a spent nonce is remembered: a request may be dated a window ahead, and be judged by a clock that is late. */
    Duration nonceMemory() {
        return window.multipliedBy(2).plus(CLOCKS);
    }

    private static SignedKey signer(Section section) {
        var secrets = section.secrets("secrets", "Shared secrets of 32 bytes or more; two while one is replaced.");
        var publicKeys = section.list(
                "publicKeys",
                new Value<>("SubjectPublicKeyInfo of Ed25519 or P-256 in base64", SignatureKey::parsePublic),
                "Public keys, in place of secrets.");
        var roles = section.list("roles", new Value<>("a role", Role::new), "The roles of the signer.");
        var scopes = section.list("scopes", new Value<>("a scope", Scope::new), "The scopes of the signer.");
        var cidrs = section.list("cidrs", Value.CIDR, "Where requests may come from; anywhere when left out.");
        var expiresAt = section.optional("expiresAt", Value.MOMENT, "When the signer ends; never when left out.");
        try {
            var keys = Stream.concat(secrets.stream().map(SignatureKey::shared), publicKeys.stream())
                    .toList();
            return new SignedKey(
                    new CredentialId(section.name()),
                    keys,
                    Set.copyOf(roles),
                    Set.copyOf(scopes),
                    Permissions.NONE,
                    List.copyOf(cidrs),
                    expiresAt.orElse(Instant.MAX));
        } catch (InvalidInput | IllegalArgumentException e) {
            throw section.error("secrets", "(not shown)", String.valueOf(e.getMessage()));
        }
    }
}
