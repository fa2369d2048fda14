package io.triport.identity.hmac;

import java.util.Map;
import java.util.Optional;

/** The keys of an app at one moment. */
public sealed interface KeyRing {
    /** The key that an id names, if any. @param keyId as the request has it */
    Optional<SigningKey> find(String keyId);

    /** Whether there is no key at all. */
    boolean isEmpty();

    /** Keys by id; an id outside the map is refused. */
    record Named(Map<KeyId, SigningKey> keys) implements KeyRing {
        /** @throws IllegalArgumentException when two keys share a secret: a request could be repeated under the other's name */
        public Named {
            keys = Map.copyOf(keys);
            var entries = keys.entrySet().stream()
                    .flatMap(entry ->
                            entry.getValue().secrets().stream().map(secret -> Map.entry(entry.getKey(), secret)))
                    .toList();
            for (var i = 0; i < entries.size(); i++) {
                for (var j = i + 1; j < entries.size(); j++) {
                    if (entries.get(i).getValue().equals(entries.get(j).getValue())) {
                        throw new IllegalArgumentException(
                                "a secret of key " + entries.get(j).getKey() + " is one of key "
                                        + entries.get(i).getKey() + " too");
                    }
                }
            }
        }

        @Override
        public Optional<SigningKey> find(String keyId) {
            try {
                return Optional.ofNullable(keys.get(new KeyId(keyId)));
            } catch (io.triport.domain.request.InvalidInput e) {
                return Optional.empty();
            }
        }

        @Override
        public boolean isEmpty() {
            return keys.isEmpty();
        }
    }

    /** One secret for every id, as the original proxy has it. */
    record Shared(SigningKey key) implements KeyRing {
        @Override
        public Optional<SigningKey> find(String keyId) {
            return Optional.of(key);
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }
}
