package io.triport.identity.signed;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.field.BareItem;
import io.triport.identity.field.FieldParser;
import io.triport.identity.field.Member;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hashes of a body that a request names (RFC 9530 section 2). All that are known must fit, and one must be known; what is
 * insecure or unknown counts for nothing.
 *
 * @param hashes by the name that the JDK has for the algorithm, one or more
 */
record ContentDigest(Map<String, Bytes> hashes) {
    static final String FIELD = "content-digest";

    private static final Map<String, String> KNOWN = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    /** @throws InvalidInput when it is not of its form, or names no known hash */
    static ContentDigest parse(String text) {
        var hashes = new TreeMap<String, Bytes>();
        FieldParser.dictionary(FIELD, text).forEach((name, member) -> {
            if (!(member instanceof Member.Item(BareItem.Binary(var hash), var parameters))) {
                throw new InvalidInput(FIELD, "byte sequences");
            }
            if (KNOWN.containsKey(name)) {
                hashes.put(KNOWN.get(name), hash);
            }
        });
        if (hashes.isEmpty()) {
            throw new InvalidInput(FIELD, "sha-256 or sha-512");
        }
        return new ContentDigest(hashes);
    }

    static String sha256(Bytes body) {
        return "sha-256=" + new BareItem.Binary(hash("SHA-256", body)).text();
    }

    boolean matches(Bytes body) {
        return hashes.entrySet().stream()
                .allMatch(entry -> MessageDigest.isEqual(
                        hash(entry.getKey(), body).toByteArray(),
                        entry.getValue().toByteArray()));
    }

    private static Bytes hash(String algorithm, Bytes body) {
        try {
            return Bytes.copyOf(MessageDigest.getInstance(algorithm).digest(body.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
