package io.triport.identity.jwt;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How tokens of one issuer are found and judged.
 *
 * @param name under which routes list the mechanism
 * @param places where a request may carry a token, one or more
 * @param origins from where requests may come that carry a token in a cookie and may change something
 * @param cache how long a verification may be remembered, zero for not at all, at most 60 s
 */
public record JwtSettings(
        MechanismName name,
        TokenRules rules,
        KeyPlace keys,
        List<TokenPlace> places,
        OriginRule origins,
        TokenBinding binding,
        RoleClaim roles,
        Duration cache,
        RevocationRule revocation) {
    /** The value of {@code type:} in a configuration. */
    public static final String TYPE = "jwt";

    /** What no setting can exceed. */
    public static final Duration LONGEST_CACHE = Duration.ofSeconds(60);

    public JwtSettings {
        places = List.copyOf(places);
        if (places.isEmpty()) {
            throw new IllegalArgumentException("places: none (expected: one or more)");
        }
        if (cache.isNegative() || cache.compareTo(LONGEST_CACHE) > 0) {
            throw new IllegalArgumentException("cache: " + cache + " (expected: 0s .. 60s)");
        }
    }

    /** Tokens in {@code Authorization: Bearer}, everything else as it is usual. */
    public static JwtSettings of(MechanismName name, TokenRules rules, KeyPlace keys) {
        return new JwtSettings(
                name,
                rules,
                keys,
                List.of(new TokenPlace.Bearer()),
                new OriginRule(Set.of()),
                TokenBinding.NONE,
                RoleClaim.DEFAULT,
                LONGEST_CACHE,
                RevocationRule.SOFT);
    }

    /**
     * Reads one named mechanism.
     *
     * @throws ConfigError for settings that cannot be used
     */
    public static JwtSettings read(Section section) {
        return new JwtReader(section).read();
    }
}
