package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/** Derived keys that were used lately, at most 1024. Safe for many threads. */
final class SigningKeys {
    private static final int MOST = 1_024;

    /** A derived key with the secret that it was made from, which may have been replaced since. */
    private record Held(Secret secret, SigningKey key) {}

    private record Name(AccessKeyId key, CredentialScope scope) {}

    // Guarded by itself.
    private final LinkedHashMap<Name, Held> held = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Held> eldest) {
            return size() > MOST;
        }
    };

    SigningKey of(AccessKeyId id, Secret secret, CredentialScope scope) {
        var name = new Name(id, scope);
        var known = look(name);
        if (known != null && known.secret().equals(secret)) {
            return known.key();
        }
        var made = new Held(secret, SigningKey.of(secret, scope));
        synchronized (held) {
            held.put(name, made);
        }
        return made.key();
    }

    private @org.jspecify.annotations.Nullable Held look(Name name) {
        synchronized (held) {
            return held.get(name);
        }
    }
}
