package io.triport.identity.edge;

import io.micronaut.http.HttpRequest;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Fetch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the edge knows of a request while it runs, kept as one attribute of it. Used by one thread at a time. */
final class Exchange {
    static final String ATTRIBUTE = "io.triport.exchange";

    private final Fetch fetch;
    private final long startedNanos;
    private final BodyBudget.@Nullable Share held;
    private @Nullable Grant grant;
    private boolean answered;

    /** @param held to be closed when the request ends: its body's share of the memory for bodies */
    Exchange(Fetch fetch, long startedNanos, Optional<BodyBudget.Share> held) {
        this.fetch = fetch;
        this.startedNanos = startedNanos;
        this.held = held.orElse(null);
    }

    static Optional<Exchange> of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Exchange.class);
    }

    Fetch fetch() {
        return fetch;
    }

    long startedNanos() {
        return startedNanos;
    }

    Optional<Grant> grant() {
        return Optional.ofNullable(grant);
    }

    void admit(Grant admitted) {
        this.grant = admitted;
    }

    /** Ends the grant and lets the body go; whether this was the first time. */
    boolean finish() {
        if (grant != null) {
            grant.close();
        }
        if (held != null) {
            held.close();
        }
        var first = !answered;
        answered = true;
        return first;
    }
}
