package io.triport.testkit;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.RequestId;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Grants for tests, each admitted by a gate of its own with a mechanism that believes what the test says. */
public final class TestGrants {
    public static final Set<Action> EVERY_ACTION = Set.copyOf(EnumSet.allOf(Action.class));

    private static final String MECHANISM = "test";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final RoutePolicy POLICY = new RoutePolicy(
            List.of(new MechanismName(MECHANISM)), Combine.AGREE, Set.of(), ByteSize.ZERO, Duration.ofHours(1));

    private final Clock clock;
    private final AtomicLong requests = new AtomicLong();

    public TestGrants(Clock clock) {
        this.clock = clock;
    }

    /** A grant of everything, that ends after one hour. */
    public Grant ofEverything() {
        return of("operator", new Permission(EVERY_ACTION, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
    }

    /** A grant of every action in one container, on keys with a prefix. */
    public Grant ofPrefix(String container, KeyPrefix prefix) {
        return of("prefixed", new Permission(EVERY_ACTION, Set.of(ResourcePattern.exactly(container)), Set.of(prefix)));
    }

    public Grant of(String subject, Permission... rules) {
        var now = clock.instant();
        var id = new PrincipalId(new MechanismName(MECHANISM), new Issuer("test"), new Subject(subject));
        var principal = Principal.named(
                id, Principal.Kind.SERVICE, new CredentialId(subject), AuthStrength.BEARER, now, now.plus(LIFETIME));
        var outcome = new IdentityOutcome.Authenticated(principal, Permissions.of(rules), List.of());
        var gate = new AccessGate(
                Set.of(TestMechanism.answering(MECHANISM, outcome)), Set.of(), clock, new RecordingIdentityLog());
        var request = new RequestId("test-" + requests.incrementAndGet());
        return switch (gate.admit(TestRequests.claiming(request, now, MECHANISM), POLICY)) {
            case Decision.Admitted admitted -> admitted.grant();
            case Decision.Refused refused -> throw new AssertionError("refused: " + refused.refusal());
        };
    }
}
