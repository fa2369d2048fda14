package io.triport.identity.jose;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A set of public keys as text (RFC 7517 section 5), read. */
public sealed interface JwkSet {
    /** What such a text may have at most, in bytes. */
    int MOST_BYTES = 262_144;

    /** How many keys a set may have at most. */
    int MOST_KEYS = 64;

    StrictJson JSON = new StrictJson(8, 256);

    /** @param dropped how many keys are of a kind or quality that is not used */
    record Usable(KeySet keys, int dropped) implements JwkSet {}

    /** Nothing of the set is used. */
    record Refused(Fault fault) implements JwkSet {}

    /** Why a set is refused as a whole. */
    enum Fault {
        /** Too large, not JSON, or without a list of keys. */
        MALFORMED,
        TOO_MANY_KEYS,
        /** A private key is published: its owner must hear of it. */
        PRIVATE_KEY,
        /** Two keys under one id: which one signed cannot be told. */
        DUPLICATE_KID
    }

    /** Reads a set. Unknown members are ignored, also in keys (RFC 7517 section 4). */
    static JwkSet read(Bytes text, SignatureEngine engine) {
        if (text.size() > MOST_BYTES) {
            return new Refused(Fault.MALFORMED);
        }
        return JSON.read(text)
                .map(members -> members.members().get("keys"))
                .map(keys -> keys instanceof ClaimValue.Listing(var items)
                        ? read(items, new JwkReader(engine))
                        : new Refused(Fault.MALFORMED))
                .orElse(new Refused(Fault.MALFORMED));
    }

    private static JwkSet read(List<ClaimValue> items, JwkReader reader) {
        if (items.size() > MOST_KEYS) {
            return new Refused(Fault.TOO_MANY_KEYS);
        }
        var usable = new ArrayList<JwsKey>();
        var materials = new HashMap<String, List<String>>();
        for (var item : items) {
            if (!(item instanceof ClaimValue.Members jwk)) {
                return new Refused(Fault.MALFORMED);
            }
            switch (reader.read(jwk)) {
                case JwkReader.Read.Private secret -> {
                    return new Refused(Fault.PRIVATE_KEY);
                }
                case JwkReader.Read.Dropped dropped -> {
                    if (dropped.kid() != null && !sameKey(materials, dropped.kid(), dropped.material())) {
                        return new Refused(Fault.DUPLICATE_KID);
                    }
                }
                case JwkReader.Read.Usable read -> {
                    var kid = read.key().kid();
                    if (kid.isPresent() && !sameKey(materials, kid.get(), read.material())) {
                        return new Refused(Fault.DUPLICATE_KID);
                    }
                    // The same key once more, perhaps for another algorithm.
                    if (kid.isEmpty()
                            || usable.stream().noneMatch(key -> key.kid().equals(kid) && key.overlaps(read.key()))) {
                        usable.add(read.key());
                    }
                }
            }
        }
        return new Usable(new KeySet(usable), items.size() - usable.size());
    }

    private static boolean sameKey(Map<String, List<String>> materials, String kid, List<String> material) {
        var before = materials.putIfAbsent(kid, material);
        return before == null || before.equals(material);
    }
}
