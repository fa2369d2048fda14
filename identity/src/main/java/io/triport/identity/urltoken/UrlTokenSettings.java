package io.triport.identity.urltoken;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.keyring.Keyring;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What links of one purpose are good for.
 *
 * @param name under which routes list the mechanism
 * @param keys the first signs, all verify
 * @param purpose 1 to 32 lower-case letters, digits, hyphens; a link of one purpose is nothing to another
 * @param subjectParameter the parameter of the query that says whom the link is for
 * @param life how long a link is good, 1 min to 90 d; 1 min to 24 h for one that is good once
 * @param scopes what it opens, for methods that may change something; none for GET and HEAD
 */
public record UrlTokenSettings(
        MechanismName name,
        Keyring keys,
        String purpose,
        String subjectParameter,
        Duration life,
        Use use,
        Set<Scope> scopes) {
    /** The value of {@code type:} in a configuration. */
    public static final String TYPE = "url-token";

    public static final String DEFAULT_SUBJECT_PARAMETER = "s";

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(90);

    /**
     * Marks of requests and of links lie in one ledger, in which a mark that is kept for long keeps all that came at about its
     * time.
     */
    private static final Duration LONGEST_ONCE = Duration.ofHours(24);

    private static final String PURPOSE = "[a-z][a-z0-9-]{0,31}";
    private static final String PARAMETER = "[A-Za-z][A-Za-z0-9_-]{0,31}";

    /** How often a link is good. Looking at the page behind it does not count, because mail scanners do so. */
    public enum Use {
        MANY,
        ONCE
    }

    /** @throws InvalidInput outside the bounds */
    public UrlTokenSettings {
        scopes = Set.copyOf(scopes);
        if (!purpose.matches(PURPOSE)) {
            throw new InvalidInput("purpose", "1..32 characters of a-z 0-9 -");
        }
        if (!subjectParameter.matches(PARAMETER) || Set.of(UrlTokens.PARAMETER).contains(subjectParameter)) {
            throw new InvalidInput("subjectParameter", "1..32 letters, digits, - and _, and not the token's own");
        }
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new InvalidInput("life", "1m .. 90d");
        }
        if (use == Use.ONCE && life.compareTo(LONGEST_ONCE) > 0) {
            throw new InvalidInput("life", "1m .. 24h for links that are good once");
        }
    }

    /**
     * Reads one named mechanism.
     *
     * @throws ConfigError for settings that cannot be used
     */
    public static UrlTokenSettings read(Section section) {
        var keys = Keyring.read(section, "keys", "what links are signed with; the first signs");
        var purpose = section.value(
                "purpose",
                Value.matching(PURPOSE, "1..32 characters of a-z 0-9 -"),
                section.name(),
                "what the links are for");
        var parameter = section.value(
                "subjectParameter",
                Value.matching(PARAMETER, "1..32 letters, digits, - and _"),
                DEFAULT_SUBJECT_PARAMETER,
                "the parameter that says whom a link is for");
        var life = section.value("life", Value.duration(SHORTEST, LONGEST), "24h", "how long a link is good");
        var use = section.value("use", Value.oneOf(Use.values()), "many", "how often a link is good");
        var scopes = section.list("scopes", new Value<>("a scope", Scope::new), "what a link opens");
        try {
            var name = new MechanismName(section.name());
            return new UrlTokenSettings(name, keys, purpose, parameter, life, use, new HashSet<>(scopes));
        } catch (InvalidInput e) {
            throw section.error(e.field(), "not usable", e.expectation());
        }
    }
}
