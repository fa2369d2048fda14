package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which of the fields behind a body the upstream of a request gets. */
final class RequestTrailers {
    /*
     * There are servers that add what comes behind a body to the head. So nothing passes that the head could not have had from
     * this client or that the gateway says itself, and nothing that says what to do with the message (RFC 9110 section 6.5.1).
     * Where a mechanism signs the body, nobody has signed what comes behind it.
     */
    private static final Set<String> NOT_BEHIND = Set.of(
            "cache-control",
            "content-encoding",
            "content-location",
            "content-range",
            "content-type",
            "max-forwards",
            "range",
            "tracestate",
            "trailer");

    private final SiteRoute route;
    private final List<String> hops;
    private final boolean strict;

    private RequestTrailers(SiteRoute route, List<String> hops, boolean strict) {
        this.route = route;
        this.hops = hops;
        this.strict = strict;
    }

    /** @param head as the client sent it. @param strict whether odd names are dropped */
    static RequestTrailers of(HttpHeaders head, SiteRoute route, boolean strict) {
        return new RequestTrailers(route, RequestHead.hops(head), strict);
    }

    /** On HTTP/2 a body of declared length may have them, on HTTP/1.1 only one in chunks. @param head which announces some, or not */
    static void makeRoom(HttpHeaders head) {
        if (head.contains(HttpHeaderNames.TRAILER) && head.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            head.remove(HttpHeaderNames.CONTENT_LENGTH);
            head.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    void strip(HttpHeaders trailers) {
        for (var name : trailers.names()) {
            if (!passes(name.toLowerCase(Locale.ROOT))) {
                trailers.remove(name);
            }
        }
    }

    private boolean passes(String name) {
        var edits = route.settings().request();
        return !route.signsBody()
                && Field.of(name) == Field.PASSES
                && !(strict && Field.odd(name))
                && !NOT_BEHIND.contains(name)
                && !RequestHead.consumes(route.fields(), name)
                && hops.stream().noneMatch(name::equalsIgnoreCase)
                && edits.remove().stream().noneMatch(name::equalsIgnoreCase)
                && edits.set().keySet().stream().noneMatch(name::equalsIgnoreCase);
    }
}
