package io.triport.identity.access;

import io.triport.domain.identity.EmailAddress;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jwks.JwksSettings;
import io.triport.identity.jwks.JwksUrl;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.JwtSettings;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.jwt.OriginRule;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.Set;

/**
 * How assertions are judged.
 *
 * @param name under which routes list the mechanism
 * @param keys where the team's keys are published
 * @param admitted who may come in
 * @param origins from where requests may come that carry the assertion in a cookie and may change something
 * @param bearer whether {@code Authorization: Bearer} may carry the assertion too
 * @param cache how long a verification may be remembered, zero for not at all, at most 60 s
 */
public record AccessSettings(
        MechanismName name,
        TokenRules rules,
        JwksSettings keys,
        Admitted admitted,
        OriginRule origins,
        AccessSettings.Bearer bearer,
        Duration cache,
        RevocationRule revocation) {
    /** The value of {@code type:} in a configuration. */
    public static final String TYPE = "access-jwt";

    private static final String HTTPS = "https://";
    private static final String HTTP = "http://";
    private static final String KEYS = "/cdn-cgi/access/certs";

    /** What a token in {@code Authorization: Bearer} is, where neither header nor cookie has one. */
    public enum Bearer {
        /** Something else's. */
        LEFT,
        /** An assertion, if it has the form of a token. */
        TAKEN
    }

    /** Who may come in of those whom the team's proxy lets through. */
    public sealed interface Admitted {
        /** All of them. */
        record Everybody() implements Admitted {}

        /** People of these addresses, and services of these client ids. */
        record Listed(Set<EmailAddress> people, Set<String> services) implements Admitted {
            public Listed {
                people = Set.copyOf(people);
                services = Set.copyOf(services);
            }
        }
    }

    public AccessSettings {
        if (cache.isNegative() || cache.compareTo(JwtSettings.LONGEST_CACHE) > 0) {
            throw new IllegalArgumentException("cache: " + cache + " (expected: 0s .. 60s)");
        }
    }

    /**
     * For one team, everything else as it is usual.
     *
     * @param teamDomain with or without {@code https://}
     * @throws InvalidInput when it is not the name of a host
     */
    public static AccessSettings of(MechanismName name, String teamDomain, Set<String> audiences) {
        var team = team(teamDomain);
        return new AccessSettings(
                name,
                rules(team, new AudienceRule.OneOf(audiences), Lifetime.DEFAULT),
                JwksSettings.of(JwksUrl.parse(team + KEYS, JwksUrl.Plain.NEVER)),
                new Admitted.Everybody(),
                new OriginRule(Set.of()),
                Bearer.LEFT,
                JwtSettings.LONGEST_CACHE,
                RevocationRule.SOFT);
    }

    /**
     * For one team whose address may be that of another identity provider on this machine, for development and tests: a host, an
     * https URL, or an http URL of a loopback address, without a path. Bearer tokens count.
     *
     * @throws InvalidInput when it is neither
     */
    public static AccessSettings at(MechanismName name, String team, Set<String> audiences, OriginRule origins) {
        var issuer = team.startsWith(HTTP) ? loopback(team) : team(team);
        return new AccessSettings(
                name,
                rules(issuer, new AudienceRule.OneOf(audiences), Lifetime.DEFAULT),
                JwksSettings.of(JwksUrl.parse(issuer + KEYS, JwksUrl.Plain.LOOPBACK)),
                new Admitted.Everybody(),
                origins,
                Bearer.TAKEN,
                JwtSettings.LONGEST_CACHE,
                RevocationRule.SOFT);
    }

    private static String loopback(String url) {
        if (!url.matches("http://[a-z0-9.:\\[\\]-]+")) {
            throw new InvalidInput("teamDomain", "a host, or http and a loopback address without a path");
        }
        return url;
    }

    /**
     * Reads one named mechanism.
     *
     * @throws ConfigError for settings that cannot be used
     */
    public static AccessSettings read(Section section) {
        var team = section.optional(
                        "teamDomain",
                        new Value<>("a host such as acme.example, with or without https://", AccessSettings::team),
                        "who issues the assertions")
                .orElseThrow(() -> section.error("teamDomain", "missing", "a host such as acme.example"));
        var audiences =
                Set.copyOf(section.oneOrList("audience", Value.TEXT, "audience tags, of which a token has one"));
        if (audiences.isEmpty() || audiences.contains("")) {
            throw section.error("audience", audiences.toString(), "one or more audience tags");
        }
        var skew = section.value(
                "skew", Value.duration(Duration.ZERO, Lifetime.MOST_SKEW), "30s", "what clocks may differ by");
        return new AccessSettings(
                new MechanismName(section.name()),
                rules(
                        team,
                        new AudienceRule.OneOf(audiences),
                        new Lifetime(skew, Lifetime.UNBOUNDED, Lifetime.Expiry.REQUIRED)),
                keys(section, team),
                admitted(section),
                OriginRule.read(section),
                Bearer.LEFT,
                section.value(
                        "cache",
                        Value.duration(Duration.ZERO, JwtSettings.LONGEST_CACHE),
                        "60s",
                        "how long a verification is remembered, 0s for not at all"),
                RevocationRule.read(section));
    }

    private static TokenRules rules(String team, AudienceRule audience, Lifetime lifetime) {
        return new TokenRules(
                new IssuerRule.Exactly(new Issuer(team)),
                audience,
                Set.of(JwsAlgorithm.RS256),
                HeaderRules.DEFAULT,
                lifetime,
                CompactJws.USUAL_LENGTH);
    }

    private static JwksSettings keys(Section section, String team) {
        var url = section.optional("jwks", Value.TEXT, "where the keys are, when not at the team's usual place");
        var insecure =
                section.value("insecure", Value.SWITCH, "false", "whether jwks may be http to a loopback address");
        var maxStale = section.value(
                "maxStale",
                Value.duration(JwksSettings.LEAST_STALE, JwksSettings.MOST_STALE),
                "24h",
                "how long published keys are used when their source is down");
        try {
            var plain = insecure ? JwksUrl.Plain.LOOPBACK : JwksUrl.Plain.NEVER;
            return new JwksSettings(JwksUrl.parse(url.orElse(team + KEYS), plain), maxStale);
        } catch (InvalidInput e) {
            throw section.error("jwks", url.orElse(team), e.expectation());
        }
    }

    private static Admitted admitted(Section section) {
        var address = new Value<>("an e-mail address", EmailAddress::parse);
        var people = section.list("emails", address, "who may come in; everybody when left out");
        var services = section.list("services", Value.TEXT, "client ids that may come in, beside emails");
        if (people.isEmpty() && services.isEmpty()) {
            if (section.has("emails") || section.has("services")) {
                throw section.error("emails", "[]", "one address or more, or no list at all");
            }
            return new Admitted.Everybody();
        }
        if (services.contains("")) {
            throw section.error("services", services.toString(), "client ids, none empty");
        }
        return new Admitted.Listed(Set.copyOf(people), Set.copyOf(services));
    }

    /** The issuer as tokens name it. */
    private static String team(String domain) {
        var host = domain.startsWith(HTTPS) ? domain.substring(HTTPS.length()) : domain;
        if (!host.matches("[a-z0-9][a-z0-9-]{0,62}(\\.[a-z0-9][a-z0-9-]{0,62})+")) {
            throw new InvalidInput("teamDomain", "a host such as acme.example");
        }
        return HTTPS + host;
    }
}
