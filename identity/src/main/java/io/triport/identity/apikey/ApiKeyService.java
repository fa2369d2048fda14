package io.triport.identity.apikey;

import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.IdentityState;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes keys, replaces their secrets and takes them away, while requests run. Knows nothing of who may do so: its callers sit
 * behind a route that does. Every method throws {@link io.triport.domain.identity.IdentityStateUnavailable} when the store does
 * not answer. Safe for many threads and nodes.
 */
public final class ApiKeyService {
    /*
     * Revoked first, then changed: if the second fails, the caller hears of it and asks again; the other way round a repeated
     * call would find the key changed already, and leave what was remembered of it elsewhere.
     */
    /** How long two secrets of one key may be good together. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

    /**
     * For how long a verification may be remembered elsewhere (identity specification, sections 6 and 11: 60 s, and 10 s until
     * all nodes know), with room to spare. After that the table alone says no.
     */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final Duration SHORTEST_OVERLAP = Duration.ofMinutes(1);

    private final ApiKeyTable table;
    private final RevocationList revocations;
    private final Clock clock;
    private final Randomness randomness;

    public ApiKeyService(ApiKeyTable table, RevocationList revocations, Clock clock, Randomness randomness) {
        this.table = table;
        this.revocations = revocations;
        this.clock = clock;
        this.randomness = randomness;
    }

    /** Over the table that the mechanisms of this process have which take keys of the same set. */
    public static ApiKeyService over(ApiKeySettings settings, IdentityState state) {
        return new ApiKeyService(
                ApiKeyTable.shared(settings, state), state.revocations(), state.clock(), state.randomness());
    }

    /** @return the key, which cannot be had again. @throws InvalidInput when it would end before it begins */
    public ApiKey create(ApiKeyOrder order) {
        var now = now();
        if (!order.expiresAt().isAfter(now)) {
            throw new InvalidInput("expires", "a time to come");
        }
        var key = ApiKey.fresh(order.environment(), ApiKeyId.fresh(randomness), randomness);
        table.add(new ApiKeyRecord(
                key.id(),
                order.owner(),
                order.scopes(),
                order.cidrs(),
                now,
                order.expiresAt(),
                Instant.MAX,
                List.of(table.peppers().hash(key, now))));
        return key;
    }

    /** All keys, in the order of their ids. */
    public List<ApiKeySummary> list() {
        var uses = table.lastUses();
        return table.readAll().stream()
                .map(held -> ApiKeySummary.of(
                        held.key(), Optional.ofNullable(uses.get(held.key().id()))))
                .toList();
    }

    public Optional<ApiKeySummary> find(ApiKeyId id) {
        var uses = table.lastUses();
        return table.read(id).map(held -> ApiKeySummary.of(held.key(), Optional.ofNullable(uses.get(id))));
    }

    /**
     * Whether a key is there and may be used from an address, as far as this process knows, for what was begun with the key and goes
     * on without it. Does not wait.
     */
    public boolean usableFrom(ApiKeyId id, InetAddress address) {
        return table.find(id)
                .filter(key -> !key.disabled() && key.usableFrom(address))
                .isPresent();
    }

    /**
     * Gives a key a new secret. A secret before the present one ends at once.
     *
     * @param environment see {@link ApiKeyOrder}
     * @param overlap for how long the present secret stays good: zero, or 1 min to 90 days
     * @return the key with its new secret, which cannot be had again; empty when there is no such key, or it is disabled
     * @throws InvalidInput for another overlap
     */
    public Optional<ApiKey> rotate(ApiKeyId id, String environment, Duration overlap) {
        if (!overlap.isZero() && (overlap.compareTo(SHORTEST_OVERLAP) < 0 || overlap.compareTo(LONGEST_OVERLAP) > 0)) {
            throw new InvalidInput("overlap", "zero, or 1m .. 90d");
        }
        var now = now();
        var key = ApiKey.fresh(environment, id, randomness);
        var fresh = table.peppers().hash(key, now);
        if (overlap.isZero()) {
            revocations.revoke(new Revocation(name(id), now, now.plus(REMEMBERED)));
        }
        var rotated = change(id, before -> {
            var present = before.hashes().getFirst();
            return before.with(overlap.isZero() ? List.of(fresh) : List.of(fresh, present.until(now.plus(overlap))));
        });
        return rotated ? Optional.of(key) : Optional.empty();
    }

    /** Ends a key for good; it stays listed. Whether there was one that was not ended already. */
    public boolean disable(ApiKeyId id) {
        var now = now();
        revocations.revoke(Revocation.of(name(id), now.plus(REMEMBERED)));
        return change(id, before -> before.disabledAt(now));
    }

    /** Ends a key for good and forgets it. Whether there was one. */
    public boolean delete(ApiKeyId id) {
        revocations.revoke(Revocation.of(name(id), now().plus(REMEMBERED)));
        return table.remove(id);
    }

    /** Until nobody else changed it between. A disabled key is not changed any more. */
    private boolean change(ApiKeyId id, UnaryOperator<ApiKeyRecord> change) {
        while (true) {
            var held = table.read(id);
            if (held.isEmpty() || held.get().key().disabled()) {
                return false;
            }
            if (table.replace(held.get(), change.apply(held.get().key()))) {
                return true;
            }
        }
    }

    private static RevocationKey name(ApiKeyId id) {
        return new RevocationKey.Credential(id.credential());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
