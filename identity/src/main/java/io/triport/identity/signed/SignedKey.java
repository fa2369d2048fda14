package io.triport.identity.signed;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Somebody who signs requests, with what they may do.
 *
 * @param credential names them, and owns their nonces
 * @param keys one, or two while one is being replaced; both verify
 * @param permissions the data that the signer may reach where an app opens storage to them
 * @param cidrs where it may be used from, none for anywhere
 * @param expiresAt {@link Instant#MAX} for never
 */
public record SignedKey(
        CredentialId credential,
        List<SignatureKey> keys,
        Set<Role> roles,
        Set<Scope> scopes,
        Permissions permissions,
        List<Cidr> cidrs,
        Instant expiresAt) {
    private static final int MOST_KEYS = 2;

    public SignedKey {
        keys = List.copyOf(keys);
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
        cidrs = List.copyOf(cidrs);
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException("keys: " + keys.size() + " (expected: 1, or 2 while one is replaced)");
        }
    }

    /** A signer with scopes, from anywhere, for ever. */
    public static SignedKey of(CredentialId credential, SignatureKey key, Set<Scope> scopes) {
        return new SignedKey(credential, List.of(key), Set.of(), scopes, Permissions.NONE, List.of(), Instant.MAX);
    }

    boolean usableFrom(InetAddress address) {
        return cidrs.isEmpty() || cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }
}
