package io.triport.identity.apikey;

import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MacKey;
import io.triport.identity.keyring.Purpose;
import io.triport.identity.keyring.SealKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What hashes and seals the keys of one store. A store without its peppers tells nothing and opens nothing. */
final class Peppers {
    private static final Purpose HASH = new Purpose("api-key/hash");
    private static final Purpose RECORD = new Purpose("api-key/record");
    private static final int VERSION = 1;

    private final String first;
    private final Map<String, MacKey> macs;
    private final Map<String, SealKey> seals;

    Peppers(Keyring keyring) {
        this.first = keyring.first().id();
        this.macs = keyring.macs(HASH);
        this.seals = keyring.seals(RECORD);
    }

    KeyHash hash(ApiKey key, Instant issuedAt) {
        return new KeyHash(
                first,
                Bytes.copyOf(mac(java.util.Objects.requireNonNull(macs.get(first)), key)),
                issuedAt,
                Instant.MAX);
    }

    /** The hashes by pepper: all of them, so that time does not tell under which one a key is kept, or whether it is. */
    Map<String, byte[]> hashes(ApiKey key) {
        var hashes = new LinkedHashMap<String, byte[]>();
        macs.forEach((pepper, mac) -> hashes.put(pepper, mac(mac, key)));
        return hashes;
    }

    /** @param about the name that it is stored under; it opens under no other */
    Bytes seal(Bytes plain, String about, Randomness randomness) {
        var seal = java.util.Objects.requireNonNull(seals.get(first));
        var head = head(first);
        return head.concat(seal.seal(plain, about(head, about), randomness));
    }

    /** Empty when it was sealed under a pepper that is not here, or was altered. */
    Optional<Bytes> open(Bytes sealed, String about) {
        for (var seal : seals.entrySet()) {
            var head = head(seal.getKey());
            if (sealed.startsWith(head)) {
                return seal.getValue().open(sealed.slice(head.size(), sealed.size()), about(head, about));
            }
        }
        return Optional.empty();
    }

    private static Bytes head(String pepper) {
        var id = pepper.getBytes(StandardCharsets.US_ASCII);
        return Bytes.from(
                ByteBuffer.allocate(id.length + 1).put((byte) VERSION).put(id).flip());
    }

    private static String about(Bytes head, String about) {
        return head.toHex() + ":" + about;
    }

    private static byte[] mac(MacKey mac, ApiKey key) {
        return key.secret().use(secret -> {
            var id = key.id().text().getBytes(StandardCharsets.US_ASCII);
            return mac.sign(ByteBuffer.allocate(id.length + secret.length)
                    .put(id)
                    .put(secret)
                    .array());
        });
    }
}
