package io.triport.identity.session;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How sessions are kept.
 *
 * @param name under which routes list the mechanism
 * @param keys the first signs, all verify
 * @param transport whether cookies are sent over TLS alone
 * @param origins from where requests that change something may come; none for the request's own host
 * @param life how long after its login a session ends for good, 1 min to 30 d
 * @param idle how long after its last request it ends, 1 min to the life
 */
public record SessionSettings(
        MechanismName name,
        Keyring keys,
        Transport transport,
        Set<String> origins,
        Duration life,
        Duration idle,
        RevocationRule revocation) {
    /** The value of {@code type:} in a configuration. */
    public static final String TYPE = "session";

    public static final Duration DEFAULT_LIFE = Duration.ofHours(12);
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(30);

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    /** How browsers reach the app. */
    public enum Transport {
        TLS("__Host-session", "__Host-csrf", "; Secure", "https://"),
        /** On one machine, for development: browsers may drop cookies marked for TLS. */
        PLAIN("triport-dev-session", "triport-dev-csrf", "", "http://");

        private final String cookie;
        private final String csrfCookie;
        private final String attribute;
        private final String scheme;

        Transport(String cookie, String csrfCookie, String attribute, String scheme) {
            this.cookie = cookie;
            this.csrfCookie = csrfCookie;
            this.attribute = attribute;
            this.scheme = scheme;
        }

        /** The names of all cookies of a session. */
        public Set<String> cookies() {
            return Set.of(cookie, csrfCookie);
        }

        String cookie() {
            return cookie;
        }

        String csrfCookie() {
            return csrfCookie;
        }

        /** What a cookie says of it. */
        String attribute() {
            return attribute;
        }

        String scheme() {
            return scheme;
        }
    }

    /** @throws InvalidInput outside the bounds */
    public SessionSettings {
        origins = Set.copyOf(origins);
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new InvalidInput("life", "1m .. 30d");
        }
        if (idle.compareTo(SHORTEST) < 0 || idle.compareTo(life) > 0) {
            throw new InvalidInput("idle", "1m .. life");
        }
        if (!origins.stream().allMatch(SessionSettings::isOrigin)) {
            throw new InvalidInput("origins", "scheme and host alone, such as https://app.example.org");
        }
    }

    /** Everything but the keys as it is by default. */
    public static SessionSettings of(MechanismName name, Keyring keys, Transport transport) {
        return new SessionSettings(name, keys, transport, Set.of(), DEFAULT_LIFE, DEFAULT_IDLE, RevocationRule.SOFT);
    }

    /**
     * Reads one named mechanism.
     *
     * @throws ConfigError for settings that cannot be used
     */
    public static SessionSettings read(Section section, Transport transport) {
        var keys = Keyring.read(section, "keys", "what sessions are signed with; the first signs");
        var origins = origins(section);
        var life = section.value(
                "life", Value.duration(SHORTEST, LONGEST), "12h", "how long after its login a session ends for good");
        var idle = section.value(
                "idle", Value.duration(SHORTEST, LONGEST), "30m", "how long after its last request a session ends");
        var revocation = RevocationRule.read(section);
        try {
            var name = new MechanismName(section.name());
            return new SessionSettings(name, keys, transport, Set.copyOf(origins), life, idle, revocation);
        } catch (InvalidInput e) {
            throw section.error(e.field(), idle.toString(), e.expectation());
        }
    }

    private static List<String> origins(Section section) {
        var origin = new Value<>("an origin such as https://app.example.org", text -> {
            if (!isOrigin(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
        return section.list(
                "origins", origin, "from where requests that change something may come; none for their Host");
    }

    /** As browsers send it (RFC 6454 section 6.2): lower case, nothing behind the host but a port. */
    private static boolean isOrigin(String text) {
        return text.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:[1-9][0-9]{0,4})?");
    }
}
