package io.triport.identity.apikey;

import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is known of a key beside its secret.
 *
 * @param owner on whose behalf it acts
 * @param scopes the routes it opens, at most 100
 * @param cidrs where it may be used from, none for anywhere, at most 100
 * @param expiresAt {@link Instant#MAX} for never
 * @param disabledAt {@link Instant#MAX} while it is not
 * @param hashes one, or two while a secret is being replaced, the newer first
 */
record ApiKeyRecord(
        ApiKeyId id,
        Subject owner,
        Set<Scope> scopes,
        List<Cidr> cidrs,
        Instant createdAt,
        Instant expiresAt,
        Instant disabledAt,
        List<KeyHash> hashes) {
    static final int MOST = 100;

    ApiKeyRecord {
        scopes = Set.copyOf(scopes);
        cidrs = List.copyOf(cidrs);
        hashes = List.copyOf(hashes);
        if (scopes.size() > MOST || cidrs.size() > MOST) {
            throw new InvalidInput("API key", "at most " + MOST + " scopes and " + MOST + " blocks of addresses");
        }
        if (hashes.isEmpty() || hashes.size() > 2) {
            throw new IllegalArgumentException("hashes: " + hashes.size() + " (expected: 1, or 2 while rotating)");
        }
    }

    boolean disabled() {
        return !disabledAt.equals(Instant.MAX);
    }

    boolean usableFrom(InetAddress address) {
        return cidrs.isEmpty() || cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }

    ApiKeyRecord with(List<KeyHash> others) {
        return new ApiKeyRecord(id, owner, scopes, cidrs, createdAt, expiresAt, disabledAt, others);
    }

    ApiKeyRecord disabledAt(Instant moment) {
        return new ApiKeyRecord(id, owner, scopes, cidrs, createdAt, expiresAt, moment, hashes);
    }
}
