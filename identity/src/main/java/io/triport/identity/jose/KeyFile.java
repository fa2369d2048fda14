package io.triport.identity.jose;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** Public keys in a file: PEM, a JWK, or a set of them. */
public final class KeyFile {
    private static final String PEM = "-----BEGIN ";

    private KeyFile() {}

    /** @throws InvalidInput when a key of the file cannot be used, or there is none */
    public static KeySet read(Bytes content, SignatureEngine engine) {
        var text = content.toUtf8().strip();
        if (text.startsWith(PEM)) {
            return new PemKeys(engine)
                    .read(text)
                    .map(KeySet::new)
                    .orElseThrow(() -> new InvalidInput("keys", "public keys as PEM that can be used"));
        }
        var set = text.contains("\"keys\"") ? content : Bytes.utf8("{\"keys\":[" + text + "]}");
        return switch (JwkSet.read(set, engine)) {
            case JwkSet.Usable usable
            when usable.dropped() == 0 && usable.keys().size() > 0 -> usable.keys();
            case JwkSet.Usable usable -> throw new InvalidInput("keys", "public keys that can be used");
            case JwkSet.Refused refused ->
                throw new InvalidInput("keys", "a set of public keys, not " + refused.fault());
        };
    }
}
