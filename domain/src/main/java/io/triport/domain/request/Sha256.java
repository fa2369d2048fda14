package io.triport.domain.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. Safe for many threads. */
public final class Sha256 {
    private Sha256() {}

    /** A digest that has read nothing yet; for one thread at a time. */
    public static MessageDigest begun() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 32 bytes. */
    public static byte[] of(byte[] bytes) {
        return begun().digest(bytes);
    }

    /** 32 bytes. */
    public static Bytes of(Bytes bytes) {
        var digest = begun();
        digest.update(bytes.toByteBuffer());
        return Bytes.copyOf(digest.digest());
    }

    /** 32 bytes, of the text in UTF-8. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** 64 lower-case hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }

    /** 32 bytes of all parts with the length of each before it, so that no two lists share a digest by moving a boundary. */
    public static Bytes ofParts(Bytes... parts) {
        var digest = begun();
        for (var part : parts) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.size()).flip());
            digest.update(part.toByteBuffer());
        }
        return Bytes.copyOf(digest.digest());
    }
}
