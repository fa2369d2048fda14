package io.triport.identity.hmac;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.RateLimit;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A key with what it opens.
 *
 * @param secrets one, or two while a secret is being replaced; all verify
 * @param scopes the routes it opens
 * @param permissions the data it opens there
 * @param cidrs where it may be used from, none for anywhere
 * @param expiresAt {@link Instant#MAX} for never
 * @param limits at most one per limit scope
 */
public record SigningKey(
        CredentialId credential,
        List<HmacSecret> secrets,
        Set<Scope> scopes,
        Permissions permissions,
        List<Cidr> cidrs,
        Instant expiresAt,
        List<RateLimit> limits) {
    private static final int MOST_SECRETS = 2;

    public SigningKey {
        secrets = List.copyOf(secrets);
        scopes = Set.copyOf(scopes);
        cidrs = List.copyOf(cidrs);
        limits = List.copyOf(limits);
        if (secrets.isEmpty() || secrets.size() > MOST_SECRETS) {
            throw new IllegalArgumentException("secrets: " + secrets.size() + " (expected: 1, or 2 while rotating)");
        }
    }

    boolean usableFrom(InetAddress address) {
        return cidrs.isEmpty() || cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }

    /** Whether one of the secrets made the signature. Looks at all of them, so that time tells nothing of which. */
    boolean signed(CanonicalRequest request, String signature) {
        var signed = false;
        for (var secret : secrets) {
            signed |= secret.signs(request, signature);
        }
        return signed;
    }
}
