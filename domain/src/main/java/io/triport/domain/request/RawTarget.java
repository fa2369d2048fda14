package io.triport.domain.request;

/**
 * Path and query as the client sent them, still percent-encoded.
 *
 * @param path begins with {@code /}
 * @param search empty, or a {@code ?} with at least one character behind it (WHATWG URL, search)
 */
public record RawTarget(String path, String search) {
    public RawTarget {
        if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw new InvalidInput("path", "begins with / and has neither ? nor #");
        }
        if (!search.isEmpty() && (search.length() == 1 || search.charAt(0) != '?')) {
            throw new InvalidInput("search", "empty, or ? and a query");
        }
    }

    /** Splits an origin-form target (RFC 9112 section 3.2.1); a fragment is cut off and a bare {@code ?} is no query. */
    public static RawTarget parse(String target) {
        var fragment = target.indexOf('#');
        var whole = fragment < 0 ? target : target.substring(0, fragment);
        var question = whole.indexOf('?');
        if (question < 0) {
            return new RawTarget(whole, "");
        }
        var search = whole.substring(question);
        return new RawTarget(whole.substring(0, question), search.length() == 1 ? "" : search);
    }

    @Override
    public String toString() {
        return path + search;
    }
}
