package io.triport.storage.redis;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Where responses lie on a server. The braces keep all of it in one slot of a cluster, for the scripts. */
final class CacheKeys {
    static final int PLACE_BYTES = 32;
    static final int VARIANT_BYTES = 16;

    /** Of no principal. */
    static final String EVERYBODY = "";

    static final byte[] SEQUENCE = bytes("triport:{cache}:sequence");
    static final byte[] ORDER = bytes("triport:{cache}:order");
    static final byte[] ENDS = bytes("triport:{cache}:ends");
    static final byte[] WEIGHTS = bytes("triport:{cache}:weights");
    static final byte[] TOTAL = bytes("triport:{cache}:total");
    private static final byte[] PLACE = bytes("triport:{cache}:place:");
    private static final byte[] BODY = bytes("triport:{cache}:body:");

    private CacheKeys() {}

    /** The variants of a URL. Lengths stand before all parts, so that none can be another's. */
    static byte[] place(CacheName cache, String part, CacheUrl url) {
        var digest = sha256();
        for (var text : new String[] {cache.text(), part, url.text()}) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return digest.digest();
    }

    static byte[] ofPlace(byte[] place) {
        return joined(PLACE, place);
    }

    static byte[] ofBody(Bytes name) {
        return joined(BODY, name.toByteArray());
    }

    /** A variant at its place. @param variant what tells it from the others */
    static byte[] member(byte[] place, byte[] variant) {
        return ByteBuffer.allocate(PLACE_BYTES + VARIANT_BYTES)
                .put(place)
                .put(sha256().digest(variant), 0, VARIANT_BYTES)
                .array();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
