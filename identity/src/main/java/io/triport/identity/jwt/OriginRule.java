package io.triport.identity.jwt;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps other sites from using a cookie, which browsers send with requests that such sites cause. A request that may change
 * something must come from an origin of ours, or say that it comes from the same one (Fetch Metadata).
 *
 * @param origins such as {@code https://app.example.org}
 * @param ownHost when the host that the request is sent to is one too
 */
public record OriginRule(Set<String> origins, OriginRule.OwnHost ownHost) {
    /*
     * Which requests may change something. All but those of the methods that RFC 9110 section 9.2.1 calls safe; and of these,
     * requests to change the protocol, because a WebSocket that is open changes what it likes.
     *
     * The own host. Behind a proxy that ends TLS the scheme is not known here, so https counts whatever the connection is; http
     * counts only where the connection has no TLS.
     */
    private static final Set<Method> SAFE = Set.of(Method.GET, Method.HEAD, new Method("OPTIONS"));
    private static final String SAME = "same-origin";

    /** When the request's own host is an origin of ours. */
    public enum OwnHost {
        WHERE_NONE_IS_LISTED,
        ALWAYS
    }

    public OriginRule {
        origins = Set.copyOf(origins);
    }

    /** @param origins none for the host that the request is sent to */
    public OriginRule(Set<String> origins) {
        this(origins, OwnHost.WHERE_NONE_IS_LISTED);
    }

    /** Reads the setting {@code origins} of a mechanism. */
    public static OriginRule read(Section section) {
        var origin = Value.matching(
                "https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:[1-9][0-9]{0,4})?",
                "an origin such as https://app.example.org");
        return new OriginRule(Set.copyOf(section.list(
                "origins", origin, "from where requests with a cookie may change something; none for their Host")));
    }

    public boolean accepts(Fetch request) {
        return !mayChange(request) || own(request);
    }

    private static boolean mayChange(Fetch request) {
        return !SAFE.contains(request.method()) || request.headers().has("upgrade");
    }

    private boolean own(Fetch request) {
        if (!request.headers().has("origin")) {
            return request.headers().only("sec-fetch-site").filter(SAME::equals).isPresent();
        }
        return request.headers()
                .only("origin")
                .filter(origin -> known(origin, request))
                .isPresent();
    }

    private boolean known(String origin, Fetch request) {
        if (origins.contains(origin)) {
            return true;
        }
        if (!origins.isEmpty() && ownHost == OwnHost.WHERE_NONE_IS_LISTED) {
            return false;
        }
        Optional<String> host = request.headers().only("host").map(name -> name.toLowerCase(Locale.ROOT));
        return host.filter(
                        name -> origin.equals("https://" + name) || (plain(request) && origin.equals("http://" + name)))
                .isPresent();
    }

    private static boolean plain(Fetch request) {
        return request.peer().security().equals(TransportSecurity.PLAIN);
    }
}
