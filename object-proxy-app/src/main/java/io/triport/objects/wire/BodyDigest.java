package io.triport.objects.wire;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Compares a document with the checksum that came with it. */
public final class BodyDigest {
    /** That of NVM Express, reflected (NVM Express NVM Command Set Specification, 64b CRC). */
    private static final long CRC64_NVME = 0x9A6C9329AC4BC9B5L;

    private BodyDigest() {}

    /**
     * @param content what the document was read from, to its end
     * @throws S3Refused INVALID_REQUEST where no checksum came, BAD_DIGEST where it is that of another body
     */
    public static void check(Headers headers, Content content, Bytes body) {
        if (compared(headers, content, body) == 0) {
            throw S3Error.INVALID_REQUEST.refused(
                    "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
    }

    /** The same for a body that need not have one. */
    public static void checkClaimed(Headers headers, Content content, Bytes body) {
        compared(headers, content, body);
    }

    private static int compared(Headers headers, Content content, Bytes body) {
        var claims = ChecksumFields.claims(headers, content);
        var compared = 0;
        for (var claim : claims) {
            var expected = claim.expected();
            if (expected.isPresent()) {
                compared++;
                if (!expected.get().equals(of(claim.algorithm(), body))) {
                    throw S3Error.BAD_DIGEST.refused();
                }
            }
        }
        return compared;
    }

    static Bytes of(ChecksumAlgorithm algorithm, Bytes body) {
        return switch (algorithm) {
            case MD5 -> digest("MD5", body);
            case SHA1 -> digest("SHA-1", body);
            case SHA256 -> digest("SHA-256", body);
            case SHA384 -> digest("SHA-384", body);
            case SHA512 -> digest("SHA-512", body);
            case CRC32 -> sum(new CRC32(), body);
            case CRC32C -> sum(new CRC32C(), body);
            case CRC64NVME -> crc64(body);
        };
    }

    private static Bytes digest(String name, Bytes body) {
        try {
            return Bytes.copyOf(MessageDigest.getInstance(name).digest(body.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    private static Bytes sum(Checksum sum, Bytes body) {
        sum.update(body.toByteArray());
        return Bytes.from(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).flip());
    }

    /** Bit by bit: documents are short, and this is their rarest checksum. */
    private static Bytes crc64(Bytes body) {
        var crc = -1L;
        for (var i = 0; i < body.size(); i++) {
            crc ^= body.at(i) & 0xFF;
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CRC64_NVME;
            }
        }
        return Bytes.from(ByteBuffer.allocate(Long.BYTES).putLong(~crc).flip());
    }
}
