package io.triport.storage.postgresql;

import io.triport.domain.vector.FieldValue;
import io.triport.domain.vector.MetadataField;
import java.nio.ByteBuffer;

/**
 * A property that vectors of an index are found by.
 *
 * @param place a number that no other property of the index has had
 * @param slot which of the columns has its values
 */
record PgvectorField(int place, int slot, MetadataField field) {
    /*
     * Values
     *
     * A column has the values of one property after the other, as properties are forgotten and others are indexed. Each value has
     * the place of its property in front, so that those of a forgotten one are left where they are and match nothing. The rest is
     * bytes that are ordered as values are: of a string its own, of a number its bits with the sign turned over, and of one below
     * zero all of them.
     */
    String column() {
        return column(slot);
    }

    static String column(int slot) {
        return "f" + slot;
    }

    /** The least of all its values. */
    byte[] floor() {
        return floor(place);
    }

    /** Behind all its values. */
    byte[] ceiling() {
        return floor(place + 1);
    }

    byte[] bytes(FieldValue value) {
        return switch (value) {
            case FieldValue.Text(var start) -> behind(start.toByteArray());
            case FieldValue.Numeric(var number) -> behind(bytes(ordered(number)));
            case FieldValue.Truth(var truth) -> behind(new byte[] {(byte) (truth ? 1 : 0)});
        };
    }

    private byte[] behind(byte[] value) {
        return ByteBuffer.allocate(Integer.BYTES + value.length)
                .putInt(place)
                .put(value)
                .array();
    }

    private static byte[] floor(int place) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(place).array();
    }

    private static byte[] bytes(long bits) {
        return ByteBuffer.allocate(Long.BYTES).putLong(bits).array();
    }

    /** Ordered as unsigned numbers as the double ones are. */
    private static long ordered(double number) {
        var bits = Double.doubleToLongBits(number);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }
}
