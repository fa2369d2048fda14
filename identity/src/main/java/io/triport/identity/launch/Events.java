package io.triport.identity.launch;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Refusal;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Inbound;
import io.triport.domain.time.Ticker;
import io.triport.identity.log.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Lets what the system does by itself through the gate, and tells the log of its way, like any request. Safe for many threads. */
final class Events {
    /** An event shows no credential and has no body: the gate knows what its task may do from its enum. */
    private static final RoutePolicy POLICY =
            new RoutePolicy(List.of(MechanismName.SYSTEM), Combine.AGREE, Set.of(), ByteSize.ZERO, Duration.ZERO);

    private final AccessGate gate;
    private final RequestLog log;
    private final Ticker ticker;

    Events(AccessGate gate, RequestLog log, Ticker ticker) {
        this.gate = gate;
        this.log = log;
        this.ticker = ticker;
    }

    /** Does the work on the caller's thread, under a grant that ends with it. @return why it was not done, if it was not */
    Optional<Refusal> pass(Inbound event, Consumer<Grant> work) {
        var begun = ticker.nanos();
        var outcome = RequestLog.Outcome.FAILED;
        log.received(event);
        try {
            var refusal = decided(event, work);
            outcome = refusal.isEmpty() ? RequestLog.Outcome.DONE : RequestLog.Outcome.REFUSED;
            return refusal;
        } finally {
            log.ended(event.id(), outcome, Duration.ofNanos(ticker.nanos() - begun));
        }
    }

    private Optional<Refusal> decided(Inbound event, Consumer<Grant> work) {
        return switch (gate.admit(event, POLICY)) {
            case Decision.Admitted admitted -> {
                try (var grant = admitted.grant()) {
                    work.accept(grant);
                }
                yield Optional.empty();
            }
            case Decision.Refused refused -> Optional.of(refused.refusal());
        };
    }
}
