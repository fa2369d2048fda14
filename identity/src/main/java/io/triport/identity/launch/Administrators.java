package io.triport.identity.launch;

import com.sun.net.httpserver.HttpExchange;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Refusal;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.ManagementBinder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Who may change something through the management port: whom the same gate admits that judges requests. */
final class Administrators {
    private static final ByteSize NO_BODY = ByteSize.ofKiB(1);

    private final Supplier<List<MechanismName>> mechanisms;
    private final Supplier<AccessGate> gate;
    private final ManagementBinder binder;
    private final FailureLimit failures;

    /** @param mechanisms that count at the moment; nobody may if there are none. @param gate of the moment */
    Administrators(
            Supplier<List<MechanismName>> mechanisms,
            Supplier<AccessGate> gate,
            ManagementBinder binder,
            FailureLimit failures) {
        this.mechanisms = mechanisms;
        this.gate = gate;
        this.binder = binder;
        this.failures = failures;
    }

    /** What the gate said. */
    sealed interface Verdict {
        record Admitted(Grant grant) implements Verdict {}

        record Refused(Page page) implements Verdict {}
    }

    /** Judges a request without a body. May wait as long as a mechanism does. */
    Verdict judge(HttpExchange exchange) {
        var named = mechanisms.get();
        if (named.isEmpty()) {
            return refused(403, "no-administrators");
        }
        var fetch = binder.bind(exchange);
        var peer = fetch.peer().address();
        if (failures.wait(peer).isPositive()) {
            return refused(429, "too-many-failures");
        }
        // Verified anew each time: what was remembered may have been taken back, and here that would matter most.
        var policy = new RoutePolicy(named, Combine.FIRST, Set.of(), NO_BODY, Duration.ZERO);
        return switch (gate.get().admit(fetch, policy)) {
            case Decision.Admitted(var grant) -> new Verdict.Admitted(grant);
            case Decision.Refused(var refusal) -> {
                if (refusal.reason().badCredential()) {
                    failures.failed(peer);
                }
                yield refused(status(refusal), refusal.reason().text());
            }
        };
    }

    private static int status(Refusal refusal) {
        return switch (refusal.reason().refused()) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case MALFORMED -> 400;
            case CONFLICT -> 409;
            case UNAVAILABLE -> 503;
        };
    }

    private static Verdict refused(int status, String reason) {
        return new Verdict.Refused(Page.json(status, generator -> {
            generator.writeStringField("status", "refused");
            generator.writeStringField("reason", reason);
        }));
    }
}
