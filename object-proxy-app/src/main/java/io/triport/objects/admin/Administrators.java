package io.triport.objects.admin;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Refusal;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Fetch;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.launch.ManagementPart;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Who may change what is stored: whose requests the gate admits by the mechanism for administrators. */
public record Administrators(AccessGate gate, FailureLimit failures) {
    /** Signatures of administrators' keys, for a service name of their own: none of S3 counts here, and none of these there. */
    public static final MechanismName MECHANISM = new MechanismName("sigv4-admin");

    /** The service that they name. */
    public static final String SERVICE = "triport";

    // Verified anew each time: what was remembered may have been taken back, and here that would matter most.
    private static final RoutePolicy POLICY = new RoutePolicy(
            List.of(MECHANISM), Combine.FIRST, Set.of(), ByteSize.ofBytes(ManagementPart.LONGEST_BODY), Duration.ZERO);

    /** @throws AdminRefused for anybody else */
    Grant admit(Fetch fetch) {
        var peer = fetch.peer().address();
        if (failures.wait(peer).isPositive()) {
            throw AdminProblem.TOO_MANY_FAILURES.refused();
        }
        return switch (gate.admit(fetch, POLICY)) {
            case Decision.Admitted(var grant) -> grant;
            case Decision.Refused(var refusal) -> {
                if (refusal.reason().badCredential()) {
                    failures.failed(peer);
                }
                throw problem(refusal).refused(refusal.reason().text());
            }
        };
    }

    private static AdminProblem problem(Refusal refusal) {
        return switch (refusal.reason().refused()) {
            case UNAUTHENTICATED -> AdminProblem.UNAUTHENTICATED;
            case FORBIDDEN, CONFLICT -> AdminProblem.FORBIDDEN;
            case MALFORMED -> AdminProblem.BAD_REQUEST;
            case UNAVAILABLE -> AdminProblem.UNAVAILABLE;
        };
    }
}
