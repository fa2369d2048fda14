package io.triport.domain.cache;

import io.triport.domain.request.Headers;
import java.util.regex.Pattern;

/** What of a body a request wants (RFC 9110 section 14.2). One range is served; of several, and of what is no range, the whole is. */
sealed interface RequestedRange {
    Pattern FORM = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** @param from inclusive @param to exclusive */
    record Part(int from, int to) implements RequestedRange {}

    /** It begins behind the end. */
    record Nothing() implements RequestedRange {}

    record Whole() implements RequestedRange {}

    /** Whether the range is about the response that is there: {@code If-Range} wants the very same one (section 13.1.5). */
    static boolean isFor(Headers request, Headers stored) {
        if (!request.has("if-range")) {
            return request.has("range");
        }
        var wanted = request.only("if-range").orElse("").strip();
        return wanted.startsWith("\"")
                ? stored.only("etag").filter(wanted::equals).isPresent()
                : HttpDate.parse(wanted).isPresent()
                        && HttpDate.parse(wanted).equals(HttpDate.of(stored, "last-modified"));
    }

    static RequestedRange of(Headers request, int size) {
        var range = FORM.matcher(request.only("range").orElse(""));
        if (!range.matches()) {
            return new Whole();
        }
        var first = range.group(1);
        var last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), size);
        }
        var from = Long.parseLong(first);
        var to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        if (to < from) {
            return new Whole();
        }
        return from >= size ? new Nothing() : new Part((int) from, (int) Math.min(to, size - 1L) + 1);
    }

    private static RequestedRange suffix(long length, int size) {
        return length == 0 || size == 0 ? new Nothing() : new Part((int) Math.max(0, size - length), size);
    }
}
