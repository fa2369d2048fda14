package io.triport.domain.cache;

import io.triport.domain.request.Headers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The directives of a response's {@code Cache-Control} (RFC 9111 section 5.2.2). Of one that comes twice the first counts. */
record CacheControl(Map<String, String> directives) {
    private static final Pattern DIRECTIVE =
            Pattern.compile("\\s*([^\\s,=\"]+)\\s*(?:=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s,\"]*))?\\s*(?:,|$)");
    private static final Pattern SECONDS = Pattern.compile("\\d+");
    /** What is longer counts as this long (section 1.2.2). */
    private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

    private static final int DIGITS = 10;

    CacheControl {
        directives = Map.copyOf(directives);
    }

    static CacheControl of(Headers headers) {
        var directives = new HashMap<String, String>();
        for (var value : headers.all("cache-control")) {
            var found = DIRECTIVE.matcher(value);
            while (found.find()) {
                var argument = found.group(2) == null ? "" : found.group(2);
                directives.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), unquoted(argument));
            }
        }
        return new CacheControl(directives);
    }

    boolean has(String directive) {
        return directives.containsKey(directive);
    }

    /** Whether it is about the whole response: with an argument it is about the fields that this names. */
    boolean isWhole(String directive) {
        return has(directive) && directives.getOrDefault(directive, "").isBlank();
    }

    /** The fields, in lower case, that may be kept for nobody, or not without asking. */
    Set<String> keptFields() {
        var fields = new HashSet<String>();
        for (var directive : List.of("private", "no-cache")) {
            Arrays.stream(directives.getOrDefault(directive, "").split(",", -1))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .filter(name -> !name.isEmpty())
                    .forEach(fields::add);
        }
        return fields;
    }

    /** Empty where there is no such directive; what is no number is no time at all (section 4.2.1). */
    Optional<Duration> seconds(String directive) {
        return Optional.ofNullable(directives.get(directive)).map(CacheControl::duration);
    }

    static Duration duration(String seconds) {
        if (!SECONDS.matcher(seconds).matches()) {
            return Duration.ZERO;
        }
        return seconds.length() > DIGITS || Long.parseLong(seconds) > LONGEST.toSeconds()
                ? LONGEST
                : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static String unquoted(String argument) {
        return argument.startsWith("\"")
                ? argument.substring(1, argument.length() - 1).replaceAll("\\\\(.)", "$1")
                : argument;
    }
}
