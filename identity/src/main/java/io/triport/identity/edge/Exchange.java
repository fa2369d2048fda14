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
    private @Nullable Grant grant;
    private boolean answered;

    Exchange(Fetch fetch, long startedNanos) {
        this.fetch = fetch;
        this.startedNanos = startedNanos;
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

    /** Ends the grant; whether this was the first time. */
    boolean finish() {
        if (grant != null) {
            grant.close();
        }
        var first = !answered;
        answered = true;
        return first;
    }
}
