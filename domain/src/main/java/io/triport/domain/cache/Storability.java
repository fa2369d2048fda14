package io.triport.domain.cache;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** Whether a response may be kept, for how long and for whom (RFC 9111 section 3; storage contract section 7.2). */
public sealed interface Storability {
    /**
     * @param audience who may be given it
     * @param kept its fields without those that belong to a connection, or to one caller
     * @param age how old it was when it came
     * @param lifetime how old it may become, from its making on
     */
    record Storable(Audience audience, Headers kept, Duration age, Duration lifetime) implements Storability {}

    record Refused(CachePut.Reason reason) implements Storability {}

    /** Who may be given a response. */
    enum Audience {
        /** It says {@code public}. */
        EVERYBODY,
        /** Nobody but the principal under whose identity it was made. */
        ITS_PRINCIPAL
    }

    /**
     * @throws StorageFailure.Rejected BAD_REQUEST for a request that is no GET, a response 206 or 304 and {@code Vary: *}
     */
    static Storability of(CacheRequest request, int status, Headers response, Instant now) {
        requireWhole(request, status, response);
        var control = CacheControl.of(response);
        if (control.has("no-store")) {
            return new Refused(CachePut.Reason.NO_STORE);
        }
        if (control.isWhole("private")) {
            return new Refused(CachePut.Reason.PRIVATE);
        }
        var kept = without(left(response, control), response);
        if (kept.has("set-cookie")) {
            return new Refused(CachePut.Reason.SET_COOKIE);
        }
        if (request.headers().has("authorization") && !permitsCredentials(control)) {
            return new Refused(CachePut.Reason.AUTHORIZATION);
        }
        var age = age(response);
        var lifetime = control.isWhole("no-cache") ? Duration.ZERO : lifetime(control, response, now);
        if (lifetime.compareTo(age) <= 0) {
            return new Refused(CachePut.Reason.NO_FRESHNESS);
        }
        var audience = control.has("public") ? Audience.EVERYBODY : Audience.ITS_PRINCIPAL;
        return new Storable(audience, kept, age, lifetime);
    }

    private static void requireWhole(CacheRequest request, int status, Headers response) {
        if (!request.isGet()) {
            throw rejected("method: " + request.method() + " (expected: GET)");
        }
        if (status == 206 || status == 304) {
            throw rejected("status: " + status + " (expected: that of a whole response)");
        }
        if (Vary.isByAnything(response)) {
            throw rejected("vary: * (expected: names of fields)");
        }
    }

    private static StorageFailure rejected(String message) {
        return new StorageFailure.Rejected(FailureCode.BAD_REQUEST, message);
    }

    /** RFC 9111 section 3.5. */
    private static boolean permitsCredentials(CacheControl control) {
        return control.has("public") || control.has("s-maxage") || control.has("must-revalidate");
    }

    /** RFC 9111 section 4.2.1, as a shared cache. */
    private static Duration lifetime(CacheControl control, Headers response, Instant now) {
        return control.seconds("s-maxage")
                .or(() -> control.seconds("max-age"))
                .orElseGet(() -> HttpDate.of(response, "expires")
                        .map(end ->
                                Duration.between(HttpDate.of(response, "date").orElse(now), end))
                        .orElse(Duration.ZERO));
    }

    private static Duration age(Headers response) {
        return response.only("age")
                .map(text -> CacheControl.duration(text.strip()))
                .orElse(Duration.ZERO);
    }

    /** Fields that do not outlive the connection (RFC 9111 section 3.1), and those that the response keeps for its caller. */
    private static Set<String> left(Headers response, CacheControl control) {
        var left = new HashSet<>(Set.of(
                "connection",
                "keep-alive",
                "proxy-authenticate",
                "proxy-authentication-info",
                "proxy-connection",
                "te",
                "trailer",
                "transfer-encoding",
                "upgrade"));
        left.addAll(Set.of("age", "cf-cache-status", "content-length"));
        response.all("connection").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .forEach(name -> left.add(name.strip().toLowerCase(Locale.ROOT)));
        left.addAll(control.keptFields());
        return left;
    }

    private static Headers without(Set<String> names, Headers response) {
        var kept = new TreeMap<>(response.fields());
        kept.keySet().removeAll(names);
        return new Headers(kept);
    }
}
