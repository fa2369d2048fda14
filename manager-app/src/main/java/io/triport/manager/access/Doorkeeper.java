package io.triport.manager.access;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Fetch;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.log.RequestLog;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Lets requests in, before any storage is touched. Safe for many threads. */
public final class Doorkeeper {
    /** Browsers keep old cookies beside a good header, so the first that is there decides. */
    private static final Combine FIRST = Combine.FIRST;

    private static final ByteSize LONGEST = ByteSize.ofMiB(1024);
    private static final Duration MOST_AGE = Duration.ofSeconds(60);

    /** A cookie that a browser sends along says nothing of who opens a link, and a link opens no other route. */
    private static final RoutePolicy BY_LINK =
            new RoutePolicy(List.of(Mechanisms.LINKS), FIRST, Set.of(), LONGEST, MOST_AGE);

    private final AccessGate gate;
    private final RoutePolicy policy;
    private final GrantBook grants;
    private final FailureLimit failures;
    private final RequestLog log;
    private final Clock clock;
    private final BiPredicate<String, InetAddress> keyUsable;

    /**
     * @param mechanisms in their order
     * @param keyUsable whether the API key of an id may be used from an address
     */
    public Doorkeeper(
            AccessGate gate,
            List<MechanismName> mechanisms,
            GrantBook grants,
            FailureLimit failures,
            RequestLog log,
            Clock clock,
            BiPredicate<String, InetAddress> keyUsable) {
        this.gate = gate;
        this.policy = new RoutePolicy(mechanisms, FIRST, Set.of(), LONGEST, MOST_AGE);
        this.grants = grants;
        this.failures = failures;
        this.log = log;
        this.clock = clock;
        this.keyUsable = keyUsable;
    }

    /** Somebody who is known. @param grant to be closed when the request ends */
    public record Admitted(Grant grant, Caller caller) {}

    /** @throws Refused for everybody else */
    public Admitted admit(Fetch fetch) {
        return known(granted(fetch, policy), fetch.peer().address());
    }

    /** Somebody with a link, who may reach what that is about and has no role. @throws Refused for everybody else */
    public Admitted admitByLink(Fetch fetch) {
        if (!gate.knows(BY_LINK)) {
            throw Problem.UNAUTHENTICATED.refused("There are no links here");
        }
        var grant = granted(fetch, BY_LINK);
        return new Admitted(grant, new Caller(Standing.of(grant.principal()), Rights.NONE));
    }

    private Grant granted(Fetch fetch, RoutePolicy route) {
        var peer = fetch.peer().address();
        var wait = failures.wait(peer);
        if (wait.isPositive()) {
            log.limited(fetch.id(), "rejected-credentials");
            throw Problem.RATE_LIMITED.refused().with("Retry-After", Long.toString(Math.max(1, wait.toSeconds() + 1)));
        }
        return switch (gate.admit(fetch, route)) {
            case Decision.Admitted(var grant) -> grant;
            case Decision.Refused(var refusal) -> {
                if (refusal.reason().badCredential()) {
                    failures.failed(peer);
                }
                throw refused(refusal);
            }
        };
    }

    private Admitted known(Grant grant, InetAddress peer) {
        if (Standing.ended(grant.principal(), clock.instant())) {
            grant.close();
            throw Problem.UNAUTHENTICATED.refused("What the session was begun with has ended");
        }
        var standing = Standing.of(grant.principal());
        // A session goes on where its key could not be used itself.
        if (!standing.key().isEmpty() && !keyUsable.test(standing.key(), peer)) {
            grant.close();
            throw Problem.FORBIDDEN.refused("The API key may not be used from here");
        }
        var rights = grants.rights(standing);
        if (rights.all().isEmpty()) {
            grant.close();
            throw Problem.FORBIDDEN.refused("You have no role here");
        }
        return new Admitted(grant, new Caller(standing, rights));
    }

    /** 403 makes the contract's front ends forget all that they know, so it is for a denied role alone. */
    private static Refused refused(Refusal refusal) {
        return switch (refusal.reason()) {
            case ORIGIN_DENIED -> Problem.CSRF.refused();
            case AMBIGUOUS_CREDENTIALS, CREDENTIAL_MISPLACED ->
                Problem.MALFORMED_REQUEST.refused("A credential is there twice, or where none may be");
            case POLICY_DENIED, SCOPE_DENIED, ADDRESS_DENIED -> Problem.FORBIDDEN.refused();
            case UNAVAILABLE, NOT_CONFIGURED ->
                Problem.STORAGE_UNAVAILABLE
                        .refused("Credentials cannot be verified at the moment")
                        .with(
                                "Retry-After",
                                Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
            case Reason other -> Problem.UNAUTHENTICATED.refused().with("WWW-Authenticate", "Bearer");
        };
    }
}
