package io.triport.identity.jwks;

import java.time.Duration;
import java.util.Locale;

/** How long a key set is fresh (Cache-Control, RFC 9111 section 5.2.2), within bounds of ours. */
final class Freshness {
    static final Duration SHORTEST = Duration.ofSeconds(60);
    static final Duration LONGEST = Duration.ofHours(1);
    static final Duration USUAL = Duration.ofMinutes(10);

    private static final String MAX_AGE = "max-age=";
    private static final int MOST_DIGITS = 9;

    private Freshness() {}

    /** @param cacheControl all fields of that name joined by commas, empty for none */
    static Duration of(String cacheControl) {
        for (var part : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
            var directive = part.strip();
            if (directive.equals("no-store") || directive.equals("no-cache")) {
                return SHORTEST;
            }
            if (directive.startsWith(MAX_AGE)) {
                return bounded(directive.substring(MAX_AGE.length()));
            }
        }
        return USUAL;
    }

    private static Duration bounded(String seconds) {
        if (!seconds.matches("[0-9]{1," + MOST_DIGITS + "}")) {
            return SHORTEST;
        }
        var said = Duration.ofSeconds(Long.parseLong(seconds));
        return said.compareTo(SHORTEST) < 0 ? SHORTEST : said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }
}
