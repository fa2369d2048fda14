package io.triport.objects;

import io.triport.domain.access.AccessKeys;
import io.triport.domain.access.Roles;
import io.triport.domain.time.Randomness;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import io.triport.identity.sigv4.PostPolicyMechanism;
import io.triport.identity.sigv4.SessionTokens;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.sigv4.SigV4Settings;
import io.triport.identity.sts.IssuerKeys;
import io.triport.identity.sts.SealedSessions;
import io.triport.identity.sts.SessionKeys;
import io.triport.identity.sts.StsService;
import io.triport.identity.sts.StsSettings;
import io.triport.objects.admin.Administrators;
import io.triport.objects.config.Provider;
import io.triport.objects.endpoint.StsDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whose signatures count, and who gives out sessions, by what is configured at each moment. */
final class Signing {
    private final Provider provider;
    private final Rules rules;
    private final SealedSessions sessions;
    private final AtomicReference<@Nullable IssuerKeys> issuers = new AtomicReference<>();
    private final AtomicReference<@Nullable SessionKeys> ring;

    /**
     * How they count.
     *
     * @param region that signatures name
     * @param skew the largest distance between a request's time and the clock
     */
    record Rules(String region, Duration skew, StsSettings sts) {}

    /** @param ring of keys for sessions; null where none are given out */
    Signing(Provider provider, Rules rules, @Nullable SessionKeys ring, Randomness randomness) {
        this.provider = provider;
        this.rules = rules;
        this.ring = new AtomicReference<>(ring);
        this.sessions = new SealedSessions(keys(), roles(), randomness);
        sessions.adopt(ring);
    }

    /** Takes over the keys for sessions. */
    void follow(Signing newer) {
        ring.set(newer.ring.get());
        sessions.adopt(ring.get());
    }

    /** How requests are signed here. */
    PlannedMechanism requests() {
        return state -> new SigV4Mechanism(
                SigV4Mechanism.NAME, skewed(SigV4Settings.s3(rules.region())), keys(), sessions, guard(state));
    }

    /** How forms of browsers are. */
    PlannedMechanism forms() {
        return state -> new PostPolicyMechanism(
                PostPolicyMechanism.NAME, skewed(SigV4Settings.s3(rules.region())), keys(), sessions, guard(state));
    }

    /** How questions for sessions are. */
    PlannedMechanism questions() {
        return state -> new SigV4Mechanism(
                StsDesk.MECHANISM, skewed(SigV4Settings.sts(rules.region())), keys(), sessions, guard(state));
    }

    StsService service(IssuerKeys found, Clock clock, Randomness randomness) {
        issuers.set(found);
        return new StsService(rules.sts(), keys(), roles(), sessions, found, clock, randomness);
    }

    /** Issuers of roles whose keys are not at hand, of those that were asked for. */
    List<String> degraded() {
        var found = issuers.get();
        return found == null
                ? List.of()
                : found.degraded().stream()
                        .map(issuer -> "issuer " + issuer.text() + ": no keys")
                        .sorted()
                        .toList();
    }

    /** How administrators' requests are: by keys that the configuration file has alone, which nobody makes or changes by a request. */
    static PlannedMechanism administration(AccessKeys administrators, Rules rules) {
        return state -> new SigV4Mechanism(
                Administrators.MECHANISM,
                forService(Administrators.SERVICE, SigV4Settings.sts(rules.region()), rules.skew()),
                administrators,
                SessionTokens.NONE,
                guard(state));
    }

    private AccessKeys keys() {
        return provider;
    }

    private Roles roles() {
        return provider;
    }

    private static RevocationGuard guard(IdentityState state) {
        return new RevocationGuard(state.revocations(), RevocationRule.SOFT);
    }

    private SigV4Settings skewed(SigV4Settings standard) {
        return forService(standard.service(), standard, rules.skew());
    }

    private static SigV4Settings forService(String service, SigV4Settings standard, Duration skew) {
        return new SigV4Settings(
                service,
                standard.regions(),
                skew,
                standard.normalisation(),
                standard.payload(),
                standard.token(),
                standard.mostChunk());
    }
}
