package io.triport.manager.document;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.Purpose;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hides what whoever reads the store, or a copy of it, must not learn. Safe for many threads.
 *
 * @param keys the first seals, all open; null where there are none, so that nothing can be hidden
 */
public record Sealing(@Nullable Keyring keys, Randomness randomness) {
    private static final Purpose PURPOSE = new Purpose("manager/settings");
    private static final String FORM = "s1";

    /** Whether it can hide anything. */
    public boolean able() {
        return keys != null;
    }

    /**
     * @param about what it belongs to; it opens for nothing else
     * @throws IllegalStateException where it is not {@link #able}
     */
    public String seal(String plain, String about) {
        if (keys == null) {
            throw new IllegalStateException("keys: none (expected: asked first)");
        }
        var key = keys.first().seal(PURPOSE);
        return FORM + "." + key.id() + "."
                + key.seal(Bytes.utf8(plain), about, randomness).toHex();
    }

    /** Empty where no key opens it, or it was changed. */
    public Optional<String> open(String closed, String about) {
        var parts = closed.split("\\.", -1);
        if (keys == null || parts.length != 3 || !parts[0].equals(FORM)) {
            return Optional.empty();
        }
        try {
            var hidden = Bytes.parseHex(parts[2]);
            return Optional.ofNullable(keys.seals(PURPOSE).get(parts[1]))
                    .flatMap(key -> key.open(hidden, about))
                    .map(Bytes::toUtf8);
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /** Whether it was closed with the key that seals now. */
    public boolean fresh(String closed) {
        return keys != null && closed.startsWith(FORM + "." + keys.first().id() + ".");
    }
}
