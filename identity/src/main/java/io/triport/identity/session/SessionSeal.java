package io.triport.identity.session;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MacKey;
import io.triport.identity.keyring.Purpose;
import io.triport.identity.keyring.SealKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sessions as the value of a cookie: {@code v1.<key>.<payload>.<mac>}, whose payload its bearer may read, or {@code
 * s1.<key>.<sealed>}, of which only we can read anything.
 */
final class SessionSeal {
    private static final Purpose SIGNED = new Purpose("session");
    private static final Purpose SEALED = new Purpose("session/seal");
    private static final Pattern SIGNED_FORM = Pattern.compile("v1\\.([\\w-]+)\\.([\\w-]+)\\.([\\w-]+)");
    private static final Pattern SEALED_FORM = Pattern.compile("s1\\.([\\w-]+)\\.([\\w-]+)");

    private final Keyring keyring;
    private final Map<String, MacKey> macs;
    private final Map<String, SealKey> seals;
    private final Randomness randomness;

    SessionSeal(Keyring keyring, Randomness randomness) {
        this.keyring = keyring;
        this.macs = keyring.macs(SIGNED);
        this.seals = keyring.seals(SEALED);
        this.randomness = randomness;
    }

    String close(Session session) {
        var payload = SessionForm.write(session);
        return session.personal() ? seal(payload) : sign(payload);
    }

    /** Empty for what was not made by one of the keys, to the last bit. */
    Optional<Session> open(String value) {
        return opened(value).flatMap(payload -> {
            try {
                return Optional.of(SessionForm.read(payload));
            } catch (InvalidInput e) {
                return Optional.empty();
            }
        });
    }

    private Optional<Bytes> opened(String value) {
        var signed = SIGNED_FORM.matcher(value);
        if (signed.matches()) {
            return verified(signed.group(1), signed.group(2), signed.group(3));
        }
        var sealed = SEALED_FORM.matcher(value);
        return sealed.matches() ? unsealed(sealed.group(1), sealed.group(2)) : Optional.empty();
    }

    private String sign(Bytes payload) {
        var key = keyring.first().mac(SIGNED);
        var text = Base64Url.encode(payload.toByteArray());
        var mac = Base64Url.encode(key.sign(message(key.id(), text)));
        return "v1." + key.id() + "." + text + "." + mac;
    }

    private Optional<Bytes> verified(String id, String payload, String mac) {
        var key = Optional.ofNullable(macs.get(id));
        var signature = Base64Url.decode(mac);
        return key.isPresent() && signature.isPresent() && key.get().signed(message(id, payload), signature.get())
                ? Base64Url.decode(payload).map(Bytes::copyOf)
                : Optional.empty();
    }

    private static String message(String id, String payload) {
        return "session.v1." + id + "." + payload;
    }

    private String seal(Bytes payload) {
        var key = keyring.first().seal(SEALED);
        var sealed = key.seal(payload, about(key.id()), randomness);
        return "s1." + key.id() + "." + Base64Url.encode(sealed.toByteArray());
    }

    private Optional<Bytes> unsealed(String id, String sealed) {
        var key = Optional.ofNullable(seals.get(id));
        var bytes = Base64Url.decode(sealed);
        return key.isPresent() && bytes.isPresent()
                ? key.get().open(Bytes.copyOf(bytes.get()), about(id))
                : Optional.empty();
    }

    private static String about(String id) {
        return "session.s1." + id;
    }
}
