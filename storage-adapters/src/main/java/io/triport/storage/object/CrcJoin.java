package io.triport.storage.object;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;

/** Makes the check of all bytes out of those of their parts, without the bytes. */
final class CrcJoin {
    /*
     * The check of A followed by B is that of A, moved by the length of B, plus that of B; the ones that registers begin and
     * end with cancel out. Moving by n bytes is multiplication with x^8n modulo the polynomial. All polynomials have their
     * bits in reverse order: the highest bit of the width is x^0.
     */
    private final int bytes;
    private final long polynomial;
    private final long one;
    private long value;

    private CrcJoin(int bytes, long polynomial) {
        this.bytes = bytes;
        this.polynomial = polynomial;
        this.one = 1L << (bytes * Byte.SIZE - 1);
    }

    static boolean knows(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32, CRC32C, CRC64NVME -> true;
            case MD5, SHA1, SHA256, SHA384, SHA512 -> false;
        };
    }

    /** Of no bytes yet. */
    static CrcJoin of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> new CrcJoin(Integer.BYTES, 0xEDB88320L);
            case CRC32C -> new CrcJoin(Integer.BYTES, 0x82F63B78L);
            case CRC64NVME -> new CrcJoin(Long.BYTES, Crc64Nvme.POLYNOMIAL);
            case MD5, SHA1, SHA256, SHA384, SHA512 ->
                throw new IllegalArgumentException("algorithm: " + algorithm + " (expected: a CRC)");
        };
    }

    void append(Bytes check, long length) {
        var whole = ByteBuffer.allocate(Long.BYTES);
        whole.position(Long.BYTES - bytes).put(check.toByteBuffer());
        value = multiply(power(length), value) ^ whole.getLong(0);
    }

    Bytes value() {
        var whole = ByteBuffer.allocate(Long.BYTES).putLong(0, value);
        return Bytes.from(whole.position(Long.BYTES - bytes));
    }

    /** x to the 8n. */
    private long power(long n) {
        var result = one;
        var base = one >>> Byte.SIZE;
        for (var rest = n; rest > 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(base, result);
            }
            base = multiply(base, base);
        }
        return result;
    }

    private long multiply(long a, long b) {
        var product = 0L;
        var moved = b;
        for (var bit = one; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= moved;
            }
            moved = (moved & 1) == 0 ? moved >>> 1 : (moved >>> 1) ^ polynomial;
        }
        return product;
    }
}
