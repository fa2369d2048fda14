package io.triport.identity.hmac;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Cidr;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Keys that open nothing in particular. */
final class TestKeys {
    private TestKeys() {}

    static SigningKey key(String id, String... secrets) {
        return key(id, List.of(), Instant.MAX, secrets);
    }

    static SigningKey key(String id, List<Cidr> cidrs, Instant expiresAt, String... secrets) {
        return new SigningKey(
                new CredentialId(id),
                Stream.of(secrets).map(HmacSecret::of).toList(),
                Set.of(new Scope("kv.get")),
                Permissions.NONE,
                cidrs,
                expiresAt,
                List.of());
    }

    static KeyRing ring(SigningKey... keys) {
        Map<KeyId, SigningKey> named = new LinkedHashMap<>();
        for (var key : keys) {
            named.put(new KeyId(key.credential().text()), key);
        }
        return new KeyRing.Named(named);
    }
}
