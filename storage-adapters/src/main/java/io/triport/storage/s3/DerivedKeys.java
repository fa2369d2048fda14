package io.triport.storage.s3;

import io.triport.domain.identity.Secret;
import org.jspecify.annotations.Nullable;

/** The key that was derived last: it is good for a day, and costs four times what a signature does. Safe for many threads. */
final class DerivedKeys {
    private volatile @Nullable Derived last;

    private record Derived(Secret secret, String scope, Secret key) {}

    Secret of(Secret secret, Signature signature) {
        var known = last;
        if (known == null
                || !known.scope().equals(signature.scope())
                || !known.secret().equals(secret)) {
            known = new Derived(secret, signature.scope(), signature.key(secret));
            last = known;
        }
        return known.key();
    }
}
