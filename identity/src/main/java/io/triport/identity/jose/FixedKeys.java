package io.triport.identity.jose;

import java.util.List;
import java.util.Optional;

/**
 * Keys that never change: a secret, or public keys of a file. One without an id is tried whatever id a token names, because
 * the operator chose it and no issuer named it.
 */
public record FixedKeys(KeySet keys) implements KeySource {
    public static FixedKeys of(JwsKey... keys) {
        return new FixedKeys(new KeySet(List.of(keys)));
    }

    @Override
    public Found find(Optional<String> kid, JwsAlgorithm algorithm) {
        var named = keys.find(kid, algorithm);
        var found = named.isEmpty() && kid.isPresent() ? keys.nameless(algorithm) : named;
        return found.isEmpty() ? new Found.Unknown() : new Found.Keys(found);
    }

    @Override
    public boolean holds(Optional<String> kid, JwsAlgorithm algorithm) {
        return true;
    }

    @Override
    public long generation() {
        return 0;
    }

    @Override
    public boolean ready() {
        return true;
    }
}
