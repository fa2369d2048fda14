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
            for (var from = 0; from < value.length(); ) {
                var to = end(value, from);
                add(value.substring(from, to), directives);
                from = to + 1;
            }
        }
        return new CacheControl(directives);
    }

    /** The comma behind a directive, or the end. In one pass and without a pattern: the text is a stranger's, and may be long. */
    private static int end(String value, int from) {
        var quoted = false;
        for (var at = from; at < value.length(); at++) {
            switch (value.charAt(at)) {
                case '"' -> quoted = !quoted;
                case '\\' -> at += quoted ? 1 : 0;
                case ',' -> {
                    if (!quoted) {
                        return at;
                    }
                }
                default -> {}
            }
        }
        return value.length();
    }

    private static void add(String directive, Map<String, String> directives) {
        var equals = directive.indexOf('=');
        var name = (equals < 0 ? directive : directive.substring(0, equals))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            directives.putIfAbsent(
                    name,
                    equals < 0 ? "" : unquoted(directive.substring(equals + 1).strip()));
        }
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
        if (!argument.startsWith("\"")) {
            return argument;
        }
        var text = new StringBuilder();
        for (var at = 1; at < argument.length() && argument.charAt(at) != '"'; at++) {
            if (argument.charAt(at) == '\\' && at + 1 < argument.length()) {
                at++;
            }
            text.append(argument.charAt(at));
        }
        return text.toString();
    }
}
