package io.triport.domain.cache;

import io.triport.domain.request.Headers;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** The conditions of a GET that a cache can judge (RFC 9110 sections 13.1.2 and 13.1.3). */
final class Preconditions {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private Preconditions() {}

    /** Whether the caller has the response already. {@code If-Modified-Since} counts where there is no {@code If-None-Match}. */
    static boolean isUnchanged(Headers request, Headers stored) {
        if (request.has("if-none-match")) {
            return request.all("if-none-match").stream().anyMatch(value -> names(value, stored));
        }
        var since = HttpDate.of(request, "if-modified-since");
        var modified = HttpDate.of(stored, "last-modified");
        return since.isPresent()
                && modified.isPresent()
                && !modified.get().truncatedTo(ChronoUnit.SECONDS).isAfter(since.get());
    }

    /** Weak comparison (RFC 9110 section 8.8.3.2). */
    private static boolean names(String value, Headers stored) {
        if (value.strip().equals("*")) {
            return true;
        }
        var own = stored.only("etag").map(TAG::matcher).filter(tag -> tag.matches());
        return own.isPresent()
                && TAG.matcher(value)
                        .results()
                        .anyMatch(one -> one.group(1).equals(own.get().group(1)));
    }
}
