package io.triport.objects.serve;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.identity.Scope;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.RateLimiter;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.Layer;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.log.RequestLog;
import io.triport.identity.sigv4.PostForm;
import io.triport.identity.sigv4.PostPolicyMechanism;
import io.triport.objects.bucket.AnonymousAccess;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.wire.S3Error;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Lets requests in: by their signature, or by what a bucket shows to everybody. Safe for many threads. */
public final class Admissions {
    /*
     * Anonymous callers
     *
     * The public mechanism gives the scopes of the route on everything. So a route has those that the bucket shows to all,
     * the grant is narrowed to that bucket, and a bucket that shows nothing has a route without the public mechanism.
     */
    private static final MechanismName SIGV4 = new MechanismName("sigv4");
    private static final ByteSize LONGEST = ByteSize.ofBytes(ObjectLimits.PUT_BYTES);
    private static final Duration MOST_AGE = Duration.ofSeconds(60);
    private static final RoutePolicy SIGNED = policy(List.of(SIGV4), Set.of());
    private static final RoutePolicy FORM = policy(List.of(PostPolicyMechanism.NAME), Set.of());
    private static final Map<AnonymousAccess, RoutePolicy> OPEN = open();

    private final AccessGate gate;
    private final Signatures signatures;
    private final FailureLimit failures;
    private final RateLimiter limiter;
    private final Supplier<RateLimits> limits;
    private final RequestLog log;
    private final TakenOver binder;

    public Admissions(
            AccessGate gate,
            Signatures signatures,
            FailureLimit failures,
            RateLimiter limiter,
            Supplier<RateLimits> limits,
            RequestLog log,
            TakenOver binder) {
        this.gate = gate;
        this.signatures = signatures;
        this.failures = failures;
        this.limiter = limiter;
        this.limits = limits;
        this.log = log;
        this.binder = binder;
    }

    private static RoutePolicy policy(List<MechanismName> mechanisms, Set<Scope> scopes) {
        return new RoutePolicy(mechanisms, Combine.AGREE, scopes, LONGEST, MOST_AGE);
    }

    private static Map<AnonymousAccess, RoutePolicy> open() {
        var open = new EnumMap<AnonymousAccess, RoutePolicy>(AnonymousAccess.class);
        for (var access : AnonymousAccess.values()) {
            open.put(
                    access,
                    access == AnonymousAccess.NONE
                            ? SIGNED
                            : policy(List.of(SIGV4, MechanismName.PUBLIC), access.scopes()));
        }
        return Map.copyOf(open);
    }

    /**
     * @param bucket that the request is about; empty where there is none of its name
     * @throws io.triport.objects.wire.S3Refused for whom nothing is opened
     */
    Grant admit(Fetch fetch, Optional<Bucket> bucket) {
        var wait = failures.wait(fetch.peer().address());
        if (wait.isPositive()) {
            log.limited(fetch.id(), "rejected-credentials");
            throw S3Error.SLOW_DOWN
                    .refused()
                    .field("Retry-After", Long.toString(Math.max(1, wait.toSeconds() + 1)))
                    .field(Layer.HEADER, Layer.IDENTITY.text());
        }
        var access = bucket.map(Bucket::anonymous).orElse(AnonymousAccess.NONE);
        var route = fetch.body() instanceof PostForm
                ? FORM
                : signatures.shown(fetch) ? SIGNED : OPEN.getOrDefault(access, SIGNED);
        return switch (gate.admit(fetch, route)) {
            case Decision.Admitted(var grant) -> limited(fetch, narrowed(grant, access, bucket));
            case Decision.Refused(var refusal) -> {
                if (refusal.reason().badCredential()) {
                    failures.failed(fetch.peer().address());
                }
                throw signatures.words(fetch, refusal).field(Layer.HEADER, Layer.IDENTITY.text());
            }
        };
    }

    /** The same request with another body that brings the same bytes. */
    Fetch withBody(Fetch fetch, Content body) {
        return binder.rebound(fetch, body);
    }

    /** The same request with its form in the place of its body, for whoever judges forms. */
    Fetch withForm(Fetch fetch, PostForm form) {
        return binder.rebound(fetch, form);
    }

    private static Grant narrowed(Grant grant, AnonymousAccess access, Optional<Bucket> bucket) {
        if (grant.principal().kind() != Principal.Kind.ANONYMOUS || bucket.isEmpty()) {
            return grant;
        }
        var here = ResourcePattern.exactly(bucket.get().name().text());
        return grant.narrowedTo(
                Permissions.of(new Permission(access.actions(), Set.of(here), Set.of(KeyPrefix.EVERY))));
    }

    private Grant limited(Fetch fetch, Grant grant) {
        try {
            limits.get().take(limiter, fetch, grant);
            return grant;
        } catch (RuntimeException e) {
            grant.close();
            log.limited(fetch.id(), "rate-limit");
            throw e;
        }
    }
}
