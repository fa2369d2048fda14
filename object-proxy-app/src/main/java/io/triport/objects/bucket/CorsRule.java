package io.triport.objects.bucket;

import java.util.List;
import java.util.Locale;

/**
 * Which requests of other origins browsers may send to a bucket (S3 user guide, CORS configuration).
 *
 * @param id what people call it; empty for nothing
 * @param origins each exact or with one {@code *}
 * @param headers field names that may be sent, each exact or with one {@code *}; compared without case
 * @param exposed field names that a page may read
 * @param maxAgeSeconds how long a browser may remember the answer; negative where it is not said
 */
public record CorsRule(
        String id,
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        int maxAgeSeconds,
        Credentials credentials) {
    /** Whether pages may send what the browser keeps for this origin. */
    public enum Credentials {
        LEFT_OUT,
        ALLOWED
    }

    public CorsRule {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    public boolean takes(String origin, String method) {
        return methods.contains(method) && origins.stream().anyMatch(pattern -> matches(pattern, origin));
    }

    public boolean takesFields(List<String> names) {
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .allMatch(name ->
                        headers.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), name)));
    }

    /** Whether any origin is taken, so that the answer need not name it. */
    public boolean open() {
        return origins.contains("*") && credentials == Credentials.LEFT_OUT;
    }

    private static boolean matches(String pattern, String text) {
        var star = pattern.indexOf('*');
        return star < 0
                ? pattern.equals(text)
                : text.length() >= pattern.length() - 1
                        && text.startsWith(pattern.substring(0, star))
                        && text.endsWith(pattern.substring(star + 1));
    }
}
