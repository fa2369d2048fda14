package io.triport.objects.endpoint;

import io.triport.domain.access.RoleId;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.RateLimiter;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.log.RequestLog;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.stream.StreamReply;
import io.triport.identity.sts.StsAnswer;
import io.triport.identity.sts.StsParameters;
import io.triport.identity.sts.StsProblem;
import io.triport.identity.sts.StsService;
import io.triport.objects.serve.RateLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Answers questions to the Security Token Service. Safe for many threads. */
public final class StsDesk {
    /*
     * Order. Address, body, parameters, gate, action. An action that proves who asks by a token goes through the gate as one of
     * nobody, unless it is signed as well: what is shown has to be right. It gets a grant that opens nothing.
     */
    public static final MechanismName MECHANISM = new MechanismName("sigv4-sts");

    private static final String PATH = "/.sts";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final ByteSize LONGEST = ByteSize.ofBytes(StsParameters.MOST_BYTES);
    private static final Duration MOST_AGE = Duration.ofSeconds(60);
    private static final RoutePolicy SIGNED = policy(List.of(MECHANISM));
    private static final RoutePolicy OPEN = policy(List.of(MECHANISM, MechanismName.PUBLIC));

    private final StsService service;
    private final Entrance entrance;
    private final Bounds bounds;
    private final RequestLog log;
    private final StsMetrics metrics;

    /** Who is let in. @param signatures the mechanism of the gate that judges them */
    public record Entrance(AccessGate gate, SigV4Mechanism signatures, TakenOver binder, Clock clock) {}

    /** How often somebody may ask. */
    public record Bounds(RateLimiter limiter, Supplier<RateLimits> limits, FailureLimit failures) {}

    public StsDesk(StsService service, Entrance entrance, Bounds bounds, RequestLog log, StsMetrics metrics) {
        this.service = service;
        this.entrance = entrance;
        this.bounds = bounds;
        this.log = log;
        this.metrics = metrics;
    }

    private static RoutePolicy policy(List<MechanismName> mechanisms) {
        return new RoutePolicy(mechanisms, Combine.AGREE, Set.of(), LONGEST, MOST_AGE);
    }

    /** Whether a request to the endpoint itself is a question to STS. */
    static boolean wants(Fetch fetch) {
        var path = fetch.target().path();
        return path.equals(PATH)
                || path.equals("/")
                        && fetch.method().text().equals("POST")
                        && (StsParameters.inQuery(fetch.target())
                                || fetch.headers()
                                        .only("content-type")
                                        .orElse("")
                                        .startsWith(FORM));
    }

    StreamReply answer(Fetch fetch) {
        if (!Set.of("GET", "POST").contains(fetch.method().text())) {
            return StsReplies.wrongMethod(fetch);
        }
        var refusal = bounds.limits().get().takeSts(bounds.limiter(), fetch);
        if (!refusal.isEmpty()) {
            log.limited(fetch.id(), "rate-limit");
            return throttled(fetch, refusal);
        }
        var wait = bounds.failures().wait(fetch.peer().address());
        if (wait.isPositive()) {
            log.limited(fetch.id(), "rejected-credentials");
            return throttled(fetch, Map.of("Retry-After", Long.toString(wait.toSeconds() + 1)));
        }
        try {
            var whole = entrance.binder().rebound(fetch, Content.of(FormBody.read(fetch.body())));
            return judged(whole, StsParameters.of(whole.target(), whole.body().buffered()));
        } catch (InvalidInput e) {
            var problem = new StsProblem(StsProblem.Code.INVALID_PARAMETER_VALUE, e.field() + ": " + e.expectation());
            return StsReplies.of(fetch, new StsAnswer.Refused(problem));
        }
    }

    StreamReply failed(Fetch fetch, RuntimeException failure) {
        log.failed(fetch.id(), Level.ERROR, failure);
        return StsReplies.of(fetch, new StsAnswer.Refused(StsReplies.UNAVAILABLE));
    }

    private StreamReply throttled(Fetch fetch, Map<String, String> fields) {
        metrics.throttled();
        var reply =
                StsReplies.of(fetch, new StsAnswer.Refused(new StsProblem(StsProblem.Code.THROTTLED, "Rate exceeded")));
        for (var field : fields.entrySet()) {
            reply = reply.with(field.getKey(), field.getValue());
        }
        return reply;
    }

    private StreamReply judged(Fetch fetch, StsParameters parameters) {
        var role = service.about(parameters).map(RoleId::text).orElse("");
        return switch (StsService.wanted(parameters)) {
            case StsService.Wanted.Nothing(var problem) -> StsReplies.of(fetch, new StsAnswer.Refused(problem));
            case StsService.Wanted.ByToken(var action) ->
                decided(fetch, OPEN, new StsQuestion(action, role), grant -> service.assumeByToken(parameters));
            case StsService.Wanted.Signed(var action) ->
                decided(
                        fetch,
                        SIGNED,
                        new StsQuestion(action, role),
                        grant -> service.act(parameters, grant.principal()));
        };
    }

    private StreamReply decided(
            Fetch fetch, RoutePolicy route, StsQuestion question, Function<Grant, StsAnswer> action) {
        return switch (entrance.gate().admit(fetch, route)) {
            case Decision.Admitted(var grant) -> {
                try (grant) {
                    yield told(fetch, question, grant.principal(), action.apply(grant));
                }
            }
            case Decision.Refused(var refusal) -> {
                if (refusal.reason().badCredential()) {
                    bounds.failures().failed(fetch.peer().address());
                }
                var reply = told(fetch, question, null, new StsAnswer.Refused(words(fetch, refusal)));
                yield refusal.retryAfter().isPositive()
                        ? reply.with(
                                "Retry-After",
                                Long.toString(Math.max(1, refusal.retryAfter().toSeconds())))
                        : reply;
            }
        };
    }

    private StreamReply told(Fetch fetch, StsQuestion question, @Nullable Principal asker, StsAnswer answer) {
        metrics.answered(question, answer);
        StsAudit.write(fetch, question, asker, answer);
        return StsReplies.of(fetch, answer);
    }

    /** The gate says why in one word; STS has more of them, and they are found by judging the request once more. */
    private StsProblem words(Fetch fetch, Refusal refusal) {
        if (refusal.reason() == Reason.UNAVAILABLE || refusal.reason() == Reason.NOT_CONFIGURED) {
            return StsReplies.UNAVAILABLE;
        }
        if (!entrance.signatures().present(fetch)) {
            return new StsProblem(StsProblem.Code.ACCESS_DENIED, "The action has to be signed");
        }
        return entrance.signatures()
                .problem(fetch, entrance.clock().instant())
                .map(StsProblem::of)
                .orElse(new StsProblem(StsProblem.Code.ACCESS_DENIED, "Access Denied"));
    }
}
