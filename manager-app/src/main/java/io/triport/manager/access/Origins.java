package io.triport.manager.access;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.stream.StreamReply.Field;
import io.triport.manager.answer.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * From where pages may use the API: from our own origin, and from those that are listed. Without a wish to change something every
 * page may ask, and the browser keeps the answer from those that are not listed.
 *
 * @param listed such as {@code https://console.example.org}
 */
public record Origins(Set<String> listed) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String HEADERS =
            "Content-Type, Authorization, cf-access-jwt-assertion, If-Match, If-None-Match, Idempotency-Key,"
                    + " X-Request-Id";
    private static final String EXPOSED =
            "ETag, X-Total-Count, X-Request-ID, Content-Disposition, Content-Range, Retry-After, Triport-Layer";

    /** Starts a job although it is a GET. */
    private static final String EXPORT = "/api/export/";

    public Origins {
        listed = Set.copyOf(listed);
    }

    /**
     * Browsers say from where a request comes that changes something; other clients say nothing of it.
     *
     * @param path of the request, without what stands in front of all
     * @throws io.triport.manager.answer.Refused CSRF
     */
    public void require(Fetch fetch, String path) {
        if (changes(fetch, path) && foreign(fetch)) {
            throw Problem.CSRF.refused();
        }
    }

    private static boolean changes(Fetch fetch, String path) {
        return !SAFE.contains(fetch.method().text()) || fetch.headers().has("upgrade") || path.startsWith(EXPORT);
    }

    private boolean foreign(Fetch fetch) {
        if (fetch.headers().has("origin")) {
            var origin = fetch.headers().only("origin");
            return origin.isEmpty() || !listed.contains(origin.get()) && !own(origin.get(), fetch);
        }
        var site = fetch.headers().all("sec-fetch-site");
        return !site.isEmpty() && !site.equals(List.of("same-origin")) && !site.equals(List.of("none"));
    }

    /** A proxy may end TLS in front of us, so https is our own whatever the connection is. */
    private static boolean own(String origin, Fetch fetch) {
        var host = fetch.headers().only("host").map(name -> name.toLowerCase(Locale.ROOT));
        return host.isPresent()
                && (origin.equals("https://" + host.get())
                        || fetch.peer().security().equals(TransportSecurity.PLAIN)
                                && origin.equals("http://" + host.get()));
    }

    /** What browsers are told about an answer to a request of another origin. */
    public List<Field> fields(Fetch fetch) {
        if (listed.isEmpty()) {
            return List.of();
        }
        var vary = new Field("Vary", "Origin");
        return fetch.headers()
                .only("origin")
                .filter(listed::contains)
                .map(origin -> List.of(
                        vary,
                        new Field("Access-Control-Allow-Origin", origin),
                        new Field("Access-Control-Allow-Credentials", "true"),
                        new Field("Access-Control-Expose-Headers", EXPOSED)))
                .orElse(List.of(vary));
    }

    /** What a browser is told that asks before it sends a request. */
    public List<Field> preflight(Fetch fetch) {
        var allowed = fetch.headers().only("origin").filter(listed::contains).isPresent();
        return allowed
                ? List.of(
                        new Field("Access-Control-Allow-Methods", METHODS),
                        new Field("Access-Control-Allow-Headers", HEADERS),
                        new Field("Access-Control-Max-Age", "600"))
                : List.of();
    }
}
