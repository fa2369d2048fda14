package io.triport.identity.sts;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.keyring.SealKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sessions as tokens: {@code v1.<key>.<sealed>}, of which only who has the key can read or make anything. Safe for many threads. */
final class SessionSeal {
    /** Longer ones are neither made nor looked at. */
    static final int MOST_CHARACTERS = 4_096;

    private static final Pattern FORM = Pattern.compile("v1\\.([A-Za-z0-9_-]{1,32})\\.([A-Za-z0-9_-]+)");

    private final Map<String, SealKey> keys = new LinkedHashMap<>();
    private final SealKey first;
    private final Randomness randomness;

    SessionSeal(SessionKeys ring, Randomness randomness) {
        ring.keys().forEach(key -> keys.put(key.kid(), key.seal()));
        this.first = ring.keys().getFirst().seal();
        this.randomness = randomness;
    }

    /** Empty when the token would be too long. */
    Optional<String> close(Session session) {
        var sealed = first.seal(SessionForm.write(session), about(first.id()), randomness);
        return Optional.of("v1." + first.id() + "." + Base64Url.encode(sealed.toByteArray()))
                .filter(token -> token.length() <= MOST_CHARACTERS);
    }

    /** Empty for what was not made by one of the keys, to the last bit. */
    Optional<Session> open(String token) {
        if (token.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var form = FORM.matcher(token);
        if (!form.matches()) {
            return Optional.empty();
        }
        var key = keys.get(form.group(1));
        if (key == null) {
            return Optional.empty();
        }
        return Base64Url.decode(form.group(2))
                .map(Bytes::copyOf)
                .flatMap(bytes -> key.open(bytes, about(key.id())))
                .flatMap(SessionSeal::read);
    }

    private static Optional<Session> read(Bytes plain) {
        try {
            return Optional.of(SessionForm.read(plain));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static String about(String kid) {
        return "triport-session:v1." + kid;
    }
}
