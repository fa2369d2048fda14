package io.triport.identity.verified;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Takes every credential that begins with {@code good}, and counts how often it had to look. */
final class Turnstile implements RepeatableMechanism {
    static final Duration SKEW = Duration.ofSeconds(30);

    private final AtomicInteger judged = new AtomicInteger();
    private final AtomicLong generation = new AtomicLong();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Duration life;

    /** @param life of a credential from the moment it is judged */
    Turnstile(Duration life) {
        this.life = life;
    }

    int judged() {
        return judged.get();
    }

    void replacesItsKeys() {
        generation.incrementAndGet();
    }

    void revokes(String credential) {
        revoked.add(credential);
    }

    @Override
    public MechanismName name() {
        return new MechanismName("turnstile");
    }

    @Override
    public boolean present(Fetch request) {
        return credential(request).isPresent();
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var outcome = credential(request)
                .map(text -> judge(text, now))
                .orElse(new IdentityOutcome.Rejected(Reason.NO_CREDENTIALS));
        return outcome instanceof IdentityOutcome.Authenticated held ? settle(held, request) : outcome;
    }

    @Override
    public Optional<String> credential(Fetch request) {
        return request.headers().only("x-ticket");
    }

    @Override
    public IdentityOutcome judge(String credential, Instant now) {
        judged.incrementAndGet();
        return credential.startsWith("good")
                ? new IdentityOutcome.Authenticated(
                        Principal.named(
                                new PrincipalId(name(), new Issuer("test"), new Subject(credential)),
                                Principal.Kind.HUMAN,
                                new CredentialId(credential),
                                AuthStrength.BEARER,
                                now,
                                now.plus(life).plus(SKEW)),
                        Permissions.NONE,
                        List.of())
                : new IdentityOutcome.Rejected(Reason.TOKEN_SIGNATURE);
    }

    @Override
    public IdentityOutcome settle(IdentityOutcome.Authenticated held, Fetch request) {
        return revoked.contains(held.principal().credential().text())
                ? new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED)
                : held;
    }

    @Override
    public long generation() {
        return generation.get();
    }

    @Override
    public Instant rememberableUntil(IdentityOutcome.Authenticated held) {
        return held.principal().validUntil().minus(SKEW);
    }
}
