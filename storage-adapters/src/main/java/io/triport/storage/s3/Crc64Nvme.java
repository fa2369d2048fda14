package io.triport.storage.s3;

import java.util.zip.Checksum;

/** CRC-64/NVME (NVM Express command set specification, section 5.2.1.3.4): reflected, all ones before and after. */
final class Crc64Nvme implements Checksum {
    private static final long POLYNOMIAL = 0x9A6C_9329_AC4B_C9B5L;
    private static final int AT_ONCE = 8;
    private static final long[][] TABLES = tables();

    private long state = -1;

    @Override
    public void update(int b) {
        state = step(state, b);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        var at = offset;
        var end = offset + length;
        for (; end - at >= AT_ONCE; at += AT_ONCE) {
            var mixed = state;
            for (var i = 0; i < AT_ONCE; i++) {
                mixed ^= (bytes[at + i] & 0xFFL) << 8 * i;
            }
            var next = 0L;
            for (var i = 0; i < AT_ONCE; i++) {
                next ^= TABLES[AT_ONCE - 1 - i][(int) (mixed >>> 8 * i) & 0xFF];
            }
            state = next;
        }
        for (; at < end; at++) {
            state = step(state, bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    private static long step(long state, int b) {
        return TABLES[0][(int) (state ^ b) & 0xFF] ^ state >>> 8;
    }

    private static long[][] tables() {
        var tables = new long[AT_ONCE][256];
        for (var i = 0; i < 256; i++) {
            var value = (long) i;
            for (var bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            tables[0][i] = value;
        }
        for (var table = 1; table < AT_ONCE; table++) {
            for (var i = 0; i < 256; i++) {
                var before = tables[table - 1][i];
                tables[table][i] = tables[0][(int) before & 0xFF] ^ before >>> 8;
            }
        }
        return tables;
    }
}
