package io.triport.identity.sts;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AccessKeys;
import io.triport.domain.access.Roles;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Subject;
import io.triport.domain.time.Randomness;
import io.triport.identity.sigv4.SessionTokens;
import io.triport.identity.sigv4.SigV4Problem;
import io.triport.identity.sigv4.Signatory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that nothing is remembered of: all that is known of one is in its token. What it opens was decided when it was given
 * out; whether its role and the key behind it still stand is asked at each use, and so is what that key opens where who gave it out
 * could not know that. Safe for many threads: the keys are one reference.
 */
public final class SealedSessions implements SessionTokens {
    /** Who vouches for sessions: this service. Single ones are taken back by their token id under this issuer. */
    public static final Issuer ISSUER = new Issuer("sts");

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final AtomicReference<@Nullable SessionSeal> seal = new AtomicReference<>();
    private final AccessKeys keys;
    private final Roles roles;
    private final Randomness randomness;

    /** Knows no session and can make none until it has keys. */
    public SealedSessions(AccessKeys keys, Roles roles, Randomness randomness) {
        this.keys = keys;
        this.roles = roles;
        this.randomness = randomness;
    }

    public SealedSessions(SessionKeys ring, AccessKeys keys, Roles roles, Randomness randomness) {
        this(keys, roles, randomness);
        adopt(ring);
    }

    /** From now on these keys count and no others. @param ring null for none */
    public void adopt(@Nullable SessionKeys ring) {
        seal.set(ring == null ? null : new SessionSeal(ring, randomness));
    }

    /** @throws StsRefusal when it says more than a token has room for, or no sessions are given out */
    String close(Session session) {
        var closing = seal.get();
        if (closing == null) {
            throw new StsRefusal(StsProblem.Code.ACCESS_DENIED, "This endpoint gives out no sessions");
        }
        return closing.close(session)
                .orElseThrow(() -> new StsRefusal(
                        StsProblem.Code.POLICY_TOO_LARGE,
                        "The scopes of the session do not fit into a token of 4 KiB"));
    }

    @Override
    public Opened open(String token, AccessKeyId id, Instant now) {
        var opening = seal.get();
        var opened = opening == null ? Optional.<Session>empty() : opening.open(token);
        if (opened.isEmpty()) {
            return new Opened.Refused(SigV4Problem.Kind.TOKEN);
        }
        var session = opened.get();
        if (!now.isBefore(session.expiresAt())) {
            return new Opened.Refused(SigV4Problem.Kind.EXPIRED);
        }
        if (!same(session.id(), id)) {
            return new Opened.Refused(SigV4Problem.Kind.TOKEN);
        }
        try {
            return standing(session, now)
                    .<Opened>map(found -> new Opened.Session(signatory(found)))
                    .orElseGet(() -> new Opened.Refused(SigV4Problem.Kind.REVOKED));
        } catch (StsRefusal e) {
            return new Opened.Refused(SigV4Problem.Kind.REVOKED);
        } catch (IdentityStateUnavailable e) {
            return new Opened.Unavailable(RETRY);
        }
    }

    /** What is left of it; empty when its role or the key behind it does not stand. */
    private Optional<Session> standing(Session session, Instant now) {
        if (!roleStands(session)) {
            return Optional.empty();
        }
        var parent = session.parent();
        return parent == null
                ? Optional.of(session)
                : key(parent, now).map(key -> session.within() ? session.under(key) : session);
    }

    private boolean roleStands(Session session) {
        var role = session.role();
        return role == null
                || roles.find(role)
                        .filter(found -> !session.issuedAt().isBefore(found.revokedBefore()))
                        .isPresent();
    }

    private Optional<AccessKey> key(AccessKeyId parent, Instant now) {
        return keys.find(parent).filter(AccessKey::enabled).filter(key -> now.isBefore(key.expiresAt()));
    }

    private static boolean same(AccessKeyId one, AccessKeyId other) {
        return MessageDigest.isEqual(
                one.text().getBytes(StandardCharsets.UTF_8), other.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Signatory signatory(Session session) {
        var claims = new LinkedHashMap<String, ClaimValue>();
        claims.put("sub", new ClaimValue.Text(session.subject()));
        claims.put("jti", new ClaimValue.Text(session.tokenId()));
        claims.put("session", new ClaimValue.Text(session.name()));
        var role = session.role();
        return new Signatory(
                session.id(),
                session.secret(),
                ISSUER,
                new Subject(role == null ? session.subject() : role + "/" + session.name()),
                role == null ? Set.of() : Set.of(new Role(role.text())),
                Claims.of(claims),
                session.permissions(),
                session.issuedAt(),
                session.expiresAt());
    }
}
