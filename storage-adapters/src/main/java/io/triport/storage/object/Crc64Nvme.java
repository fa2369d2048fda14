package io.triport.storage.object;

import java.util.zip.Checksum;

/** The check of 64 bits of the NVM Express command set (section 5.2.1.3.4), which the platform does not have. For one thread. */
final class Crc64Nvme implements Checksum {
    /** The polynomial AD93D23594C93659 with its bits in reverse order, as all of this works on them. */
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    /** Bytes at a time; for each of them a table of what it comes to that far from the end. */
    private static final int STRIDE = 8;

    private static final int BYTE = 0xFF;
    private static final long[][] TABLES = tables();

    private long register = -1;

    @Override
    public void update(int one) {
        register = TABLES[0][(int) (register ^ one) & BYTE] ^ (register >>> Byte.SIZE);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        var at = offset;
        var end = offset + length;
        for (; at + STRIDE <= end; at += STRIDE) {
            var mixed = register ^ littleEndian(bytes, at);
            var next = 0L;
            for (var i = 0; i < STRIDE; i++) {
                next ^= TABLES[STRIDE - 1 - i][(int) (mixed >>> (Byte.SIZE * i)) & BYTE];
            }
            register = next;
        }
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~register;
    }

    @Override
    public void reset() {
        register = -1;
    }

    private static long littleEndian(byte[] bytes, int at) {
        var value = 0L;
        for (var i = STRIDE - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (bytes[at + i] & BYTE);
        }
        return value;
    }

    private static long[][] tables() {
        var tables = new long[STRIDE][BYTE + 1];
        for (var i = 0; i <= BYTE; i++) {
            var value = (long) i;
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
            }
            tables[0][i] = value;
        }
        for (var table = 1; table < STRIDE; table++) {
            for (var i = 0; i <= BYTE; i++) {
                var before = tables[table - 1][i];
                tables[table][i] = tables[0][(int) before & BYTE] ^ (before >>> Byte.SIZE);
            }
        }
        return tables;
    }
}
