package io.triport.identity.apikey;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Sha256;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keys in {@code X-API-Key}, in {@code Authorization: Bearer} (values without the two dots of a JWT) or, id and secret apart, in
 * {@code CF-Access-Client-Id} and {@code CF-Access-Client-Secret}. Never in the query. Answers from memory, in some
 * microseconds, and needs no cache of verifications; one in front of it would not see from which address a key is used. Safe for
 * many threads.
 */
public final class ApiKeyMechanism implements IdentityMechanism {
    /*
     * Order of checks. The secret first: what else is true of a key (that it exists, has ended, is bound to addresses) is told
     * to nobody who does not hold it. An unknown id is compared with hashes of nobody, so that it takes the same time.
     */
    private static final Issuer ISSUER = new Issuer("api-key");
    private static final CredentialId BOOTSTRAP = new CredentialId("bootstrap");
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int HASH_BYTES = 32;

    /** A hash that no secret has: nobody knows one that leads to it. */
    private static final KeyHash NOBODYS =
            new KeyHash("", Bytes.copyOf(new byte[HASH_BYTES]), Instant.MIN, Instant.MAX);

    private final ApiKeySettings settings;
    private final ApiKeyTable table;
    private final RevocationGuard guard;
    private final Function<Set<Scope>, Permissions> permissions;
    private final List<byte[]> bootstrapDigests;
    private final Function<Fetch, Presented> places;

    /** A mechanism that takes keys in {@code X-Auth-Key} beside {@code X-Auth-Email}, and nowhere else. */
    static ApiKeyMechanism besideMail(ApiKeySettings settings, ApiKeyTable table, RevocationList revocations) {
        return new ApiKeyMechanism(settings, table, revocations, scopes -> Permissions.NONE, Presented::besideMail);
    }

    /** A mechanism whose principals have scopes and no data of their own, such as a gateway's. */
    public ApiKeyMechanism(ApiKeySettings settings, ApiKeyTable table, RevocationList revocations) {
        this(settings, table, revocations, scopes -> Permissions.NONE);
    }

    /** @param permissions what data a key with those scopes opens */
    public ApiKeyMechanism(
            ApiKeySettings settings,
            ApiKeyTable table,
            RevocationList revocations,
            Function<Set<Scope>, Permissions> permissions) {
        this(settings, table, revocations, permissions, Presented::in);
    }

    private ApiKeyMechanism(
            ApiKeySettings settings,
            ApiKeyTable table,
            RevocationList revocations,
            Function<Set<Scope>, Permissions> permissions,
            Function<Fetch, Presented> places) {
        this.places = places;
        this.settings = settings;
        this.table = table;
        this.guard = new RevocationGuard(revocations, settings.revocation());
        this.permissions = permissions;
        this.bootstrapDigests = settings.bootstrap().stream()
                .map(token -> token.use(Sha256::of))
                .toList();
    }

    @Override
    public MechanismName name() {
        return settings.name();
    }

    @Override
    public boolean present(Fetch request) {
        return !(places.apply(request) instanceof Presented.Nothing);
    }

    @Override
    public boolean quick(Fetch request) {
        return true;
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        return switch (places.apply(request)) {
            case Presented.Nothing nothing -> rejected(Reason.NO_CREDENTIALS);
            case Presented.Unusable unusable -> rejected(unusable.reason());
            case Presented.Pair(var id, var secret) -> verify(pair(id, secret), request, now);
            case Presented.Whole(var value) -> verify(value, request, now);
        };
    }

    private IdentityOutcome verify(String value, Fetch request, Instant now) {
        var digest = Sha256.of(value);
        for (var bootstrap : bootstrapDigests) {
            if (MessageDigest.isEqual(bootstrap, digest)) {
                return authenticated(
                        new Subject(BOOTSTRAP.text()),
                        BOOTSTRAP,
                        settings.bootstrapScopes(),
                        Instant.EPOCH,
                        now,
                        Instant.MAX);
            }
        }
        return verify(ApiKey.read(value), request, now);
    }

    private static Optional<ApiKey> pair(String id, String secret) {
        return id.endsWith(Presented.CLIENT_SUFFIX)
                ? ApiKey.read(id.substring(0, id.length() - Presented.CLIENT_SUFFIX.length()), secret)
                : Optional.empty();
    }

    private IdentityOutcome verify(Optional<ApiKey> shown, Fetch request, Instant now) {
        if (shown.isEmpty()) {
            return rejected(Reason.UNKNOWN_KEY);
        }
        if (!table.loaded() || (settings.revocation() == RevocationRule.HARD && !table.current())) {
            return new IdentityOutcome.Unavailable(RETRY);
        }
        var key = shown.get();
        var known = table.find(key.id());
        var matching = matching(key, known.map(ApiKeyRecord::hashes).orElse(List.of()));
        return known.isPresent() && matching.isPresent()
                ? admit(known.get(), matching.get(), request, now)
                : rejected(Reason.UNKNOWN_KEY);
    }

    /** Compares with two hashes always, whether there are two, one or none. */
    private Optional<KeyHash> matching(ApiKey key, List<KeyHash> hashes) {
        var made = table.peppers().hashes(key);
        var first = hashes.isEmpty() ? NOBODYS : hashes.getFirst();
        var second = hashes.size() < 2 ? NOBODYS : hashes.getLast();
        var isFirst = first.is(
                made.getOrDefault(first.pepper(), made.values().iterator().next()));
        var isSecond = second.is(
                made.getOrDefault(second.pepper(), made.values().iterator().next()));
        return isFirst ? Optional.of(first) : isSecond ? Optional.of(second) : Optional.empty();
    }

    private IdentityOutcome admit(ApiKeyRecord key, KeyHash hash, Fetch request, Instant now) {
        if (key.disabled()) {
            return rejected(Reason.CREDENTIAL_REVOKED);
        }
        var end = key.expiresAt().isBefore(hash.validUntil()) ? key.expiresAt() : hash.validUntil();
        if (!now.isBefore(end)) {
            return rejected(Reason.CREDENTIAL_EXPIRED);
        }
        if (!key.usableFrom(request.peer().address())) {
            return rejected(Reason.ADDRESS_DENIED);
        }
        var outcome = authenticated(key.owner(), key.id().credential(), key.scopes(), hash.issuedAt(), now, end);
        if (outcome instanceof IdentityOutcome.Authenticated) {
            table.used(key.id(), now);
        }
        return outcome;
    }

    private IdentityOutcome authenticated(
            Subject subject, CredentialId credential, Set<Scope> scopes, Instant issued, Instant now, Instant end) {
        var principal = new Principal(
                new PrincipalId(settings.name(), ISSUER, subject),
                Principal.Kind.SERVICE,
                Set.of(),
                scopes,
                Claims.NONE,
                credential,
                issued,
                now,
                end,
                AuthStrength.BEARER);
        return guard.pass(new IdentityOutcome.Authenticated(principal, permissions.apply(scopes), List.of()));
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
