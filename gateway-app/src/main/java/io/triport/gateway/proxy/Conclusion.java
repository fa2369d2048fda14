package io.triport.gateway.proxy;

import io.triport.domain.audit.AuditOutcome;
import io.triport.domain.identity.Grant;
import io.triport.gateway.metrics.Answered;
import io.triport.gateway.metrics.GatewayMetrics;
import io.triport.gateway.metrics.RouteMeters;
import io.triport.gateway.problem.Problem;
import io.triport.identity.trace.Attribute;
import io.triport.identity.trace.RequestTrace;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an exchange ended.
 *
 * @param status that the client was given, or 499 where it had gone
 * @param took from the head of the request to the end of the answer
 * @param refused what the gateway said itself; null where the upstream's answer went through
 * @param reason code of a refused identity, whatever the client was told; empty where there is none
 * @param gone whether the client went before the end
 * @param route null where none was found
 * @param grant null where none was given
 * @param delivery null where the upstream was never asked
 * @param trace the trace context that went upstream; empty where none did
 */
record Conclusion(
        ClientRequest request,
        int status,
        Duration took,
        @Nullable Problem refused,
        String reason,
        boolean gone,
        @Nullable SiteRoute route,
        @Nullable Grant grant,
        @Nullable Delivery delivery,
        String trace,
        long bytesIn,
        long bytesOut) {
    AuditOutcome outcome() {
        if (refused == null) {
            return gone ? AuditOutcome.BROKEN : AuditOutcome.ALLOWED;
        }
        return outcome(refused);
    }

    static AuditOutcome outcome(Problem refused) {
        if (refused == Problem.ACCESS_INVALID) {
            return AuditOutcome.REJECTED;
        }
        return switch (refused.status()) {
            case 401 -> AuditOutcome.REJECTED;
            case 403 -> AuditOutcome.DENIED;
            case 429 -> AuditOutcome.LIMITED;
            case 500, 502, 503, 504 -> AuditOutcome.FAILED;
            default -> AuditOutcome.BROKEN;
        };
    }

    /** @param startedNanos of the ticker, when the request began */
    void measure(GatewayMetrics metrics, long startedNanos) {
        metrics.answered(route == null ? metrics.unrouted() : route.meters(), answered(startedNanos));
    }

    private Answered answered(long startedNanos) {
        Answered.Upstream upstream = null;
        if (delivery != null && delivery.answered()) {
            var waited = delivery.waited();
            upstream = new Answered.Upstream(
                    waited, delivery.headAfter(startedNanos).minus(waited));
        }
        return new Answered(request.method(), status, outcome(), took, upstream);
    }

    /** What the trace is told. */
    RequestTrace.Ending traced() {
        return RequestTrace.Ending.answered(
                status,
                List.of(
                        Attribute.of("http.request.method", RouteMeters.label(request.method())),
                        Attribute.of(
                                "triport.route",
                                route == null ? "-" : route.settings().id()),
                        Attribute.of("triport.request_id", request.id().text()),
                        Attribute.outcome(outcome().label()),
                        Attribute.of("http.response.status_code", status)));
    }

    /** The stable code of what was refused; empty where nothing was. */
    String code() {
        if (refused == null) {
            return "";
        }
        return reason.isEmpty() ? refused.code() : reason;
    }
}
