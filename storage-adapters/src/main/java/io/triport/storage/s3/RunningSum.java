package io.triport.storage.s3;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A checksum in the making. For one thread at a time. */
sealed interface RunningSum {
    void update(ByteBuffer piece);

    /** Of all bytes so far; asked for once. */
    Bytes value();

    static RunningSum of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case MD5 -> digest("MD5");
            case SHA1 -> digest("SHA-1");
            case SHA256 -> digest("SHA-256");
            case SHA384 -> digest("SHA-384");
            case SHA512 -> digest("SHA-512");
            case CRC32 -> new Cyclic(new CRC32(), algorithm.bytes());
            case CRC32C -> new Cyclic(new CRC32C(), algorithm.bytes());
            case CRC64NVME -> new Cyclic(new Crc64Nvme(), algorithm.bytes());
        };
    }

    private static RunningSum digest(String name) {
        try {
            return new Digested(MessageDigest.getInstance(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(name + " (expected: every JDK has it)", e);
        }
    }

    record Digested(MessageDigest digest) implements RunningSum {
        @Override
        public void update(ByteBuffer piece) {
            digest.update(piece);
        }

        @Override
        public Bytes value() {
            return Bytes.copyOf(digest.digest());
        }
    }

    record Cyclic(Checksum checksum, int bytes) implements RunningSum {
        @Override
        public void update(ByteBuffer piece) {
            checksum.update(piece);
        }

        @Override
        public Bytes value() {
            var eight = ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue());
            return Bytes.from(eight.flip().position(Long.BYTES - bytes));
        }
    }
}
