package io.triport.identity.verified;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Fetch;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the memory before the mechanism. Refusals are not remembered. */
final class RememberingMechanism implements IdentityMechanism {
    private final RepeatableMechanism mechanism;
    private final VerifiedCache cache;
    private final Duration life;
    private final Duration skew;
    private final MessageDigest begun;

    RememberingMechanism(
            RepeatableMechanism mechanism, VerifiedCache cache, Duration life, Duration skew, long number) {
        this.mechanism = mechanism;
        this.cache = cache;
        this.life = life;
        this.skew = skew;
        this.begun = CredentialDigest.begun(mechanism.name().text(), number);
    }

    @Override
    public MechanismName name() {
        return mechanism.name();
    }

    @Override
    public boolean present(Fetch request) {
        return mechanism.present(request);
    }

    @Override
    public boolean yields(Fetch request, IdentityMechanism other) {
        return mechanism.yields(request, other.fresh());
    }

    @Override
    public boolean quick(Fetch request) {
        return remembers(request) || mechanism.quick(request);
    }

    @Override
    public boolean remembers(Fetch request) {
        var credential = mechanism.credential(request);
        var known = credential.isEmpty() ? null : cache.find(digest(credential.get()));
        return known != null && known.fresh(mechanism.generation(), cache.nanos());
    }

    @Override
    public IdentityMechanism fresh() {
        return mechanism;
    }

    @Override
    public boolean ready() {
        return mechanism.ready();
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var credential = mechanism.credential(request);
        if (credential.isEmpty()) {
            return mechanism.verify(request, now);
        }
        var digest = digest(credential.get());
        var mark = mark(now);
        var known = recall(digest, mark, now);
        return known == null ? learn(credential.get(), digest, mark, request, now) : mechanism.settle(known, request);
    }

    @Override
    public Optional<IdentityOutcome> verifyAtOnce(Fetch request, Instant now) {
        var credential = mechanism.credential(request);
        if (credential.isEmpty()) {
            return mechanism.verifyAtOnce(request, now);
        }
        var digest = digest(credential.get());
        var mark = mark(now);
        var known = recall(digest, mark, now);
        if (known != null) {
            return Optional.of(mechanism.settle(known, request));
        }
        return mechanism.quick(request)
                ? Optional.of(learn(credential.get(), digest, mark, request, now))
                : Optional.empty();
    }

    /** Before the keys are looked at: what changes meanwhile makes the entry a stale one. */
    private Remembered.Mark mark(Instant now) {
        return new Remembered.Mark(mechanism.generation(), cache.epoch(now, skew));
    }

    private IdentityOutcome learn(
            String credential, CredentialDigest digest, Remembered.Mark mark, Fetch request, Instant now) {
        var outcome = mechanism.judge(credential, now);
        if (!(outcome instanceof IdentityOutcome.Authenticated held)) {
            return outcome;
        }
        cache.put(digest, new Remembered(digest, held, mark, cache.nanos() + life.toNanos(), endsAt(held, now)));
        return mechanism.settle(held, request);
    }

    /** By the wall clock, too: the gate asks it how old a verification is, and the ticker begins only after the judging. */
    private Instant endsAt(IdentityOutcome.Authenticated held, Instant now) {
        var own = mechanism.rememberableUntil(held);
        var latest = now.plus(life);
        return own.isBefore(latest) ? own : latest;
    }

    private IdentityOutcome.@Nullable Authenticated recall(CredentialDigest digest, Remembered.Mark mark, Instant now) {
        var found = cache.find(digest);
        var nanos = cache.nanos();
        if (found == null || !found.holds(mark, nanos, now)) {
            return null;
        }
        found.used(nanos);
        return found.outcome();
    }

    private CredentialDigest digest(String credential) {
        return CredentialDigest.of(begun, credential);
    }
}
