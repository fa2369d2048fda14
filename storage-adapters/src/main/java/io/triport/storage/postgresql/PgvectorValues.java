package io.triport.storage.postgresql;

import io.triport.domain.vector.VectorValues;
import java.nio.ByteBuffer;

/** The values of vectors as the extension has them: single precision, the first byte first. */
final class PgvectorValues {
    /*
     * Values that are very large or very small
     *
     * The extension reckons in single precision: sums of squares of very large values become infinite, and those of very small ones
     * nothing. Vectors whose largest value is far from one have no place in a graph of neighbours. The bounds leave room for 1536
     * squares, and for the cosine of the smallest.
     */
    private static final float LARGEST = 0x1p50f;
    private static final float SMALLEST = 0x1p-50f;

    private PgvectorValues() {}

    /** Whether the extension can reckon with them. All zeros it can, where the metric lets them be. */
    static boolean usual(VectorValues values) {
        var largest = 0f;
        for (var i = 0; i < values.dimensions(); i++) {
            largest = Math.max(largest, Math.abs(values.at(i)));
        }
        return largest == 0 || (largest <= LARGEST && largest >= SMALLEST);
    }

    static byte[] toBytes(VectorValues values) {
        var bytes = ByteBuffer.allocate(values.dimensions() * Float.BYTES);
        for (var i = 0; i < values.dimensions(); i++) {
            bytes.putFloat(values.at(i));
        }
        return bytes.array();
    }

    static VectorValues from(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var values = new float[bytes.length / Float.BYTES];
        for (var i = 0; i < values.length; i++) {
            values[i] = buffer.getFloat();
        }
        return VectorValues.of(values);
    }
}
